"""The things that one message asks for: its parts, each with kind, terms and leftover words."""

import re
from functools import lru_cache

from bot.parsing.annotations import blanked
from bot.parsing.grammar import load_cues, text_to_kind
from bot.types import Ask
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.lexicon.term_matcher import Mention, load_vocabulary
from corpus.model.types import Noun

PATTERNS = patterns("questions.slots")
ASKING = PATTERNS["asking"]
MEASURE = PATTERNS["measure"]
COUNTED = PATTERNS["counted"]
HOW_MANY = PATTERNS["how_many"]
BREAK = re.compile(r"[，,；;。？?！!、]")
SECOND = PATTERNS["second"]
WITHIN = PATTERNS["within"]
SPENT = PATTERNS["spent"]
ARRIVED = "到位"
# Totals of a whole body.
TOTALS = {"支出合计", "收入合计", "收支总计"}
SIDES = {"收入": "收入合计", "支出": "支出合计"}
SHARES = (PATTERNS["share_of_whole"], PATTERNS["share_in_whole"])
BARE_WHOLE = PATTERNS["bare_whole"]
# What stands right before a bracket: the same thing by another name, or its place.
OTHERWISE = re.compile(r"(?P<words>[\u4e00-\u9fff]{2,})[(（]$")
BRACKETS_CLOSE = (")", "）")
LENGTH_ASKED = PATTERNS["length_asked"]
DATED = PATTERNS["dated"]
TOLD_AMOUNT = PATTERNS["told_amount"]
ASKED_AMOUNT = PATTERNS["asked_amount"]


class Message(Noun):
    """A normalised message with the terms it names and the stretches that slots have taken."""

    text: str
    terms: tuple[Mention, ...]
    taken: tuple[tuple[int, int], ...]


def message_to_asks(message: Message, operation: str) -> tuple[Ask, ...]:
    """Cut a message into the things it asks for; parts without a question word join the next."""
    if operation == "占比" and (sides := _share_to_asks(message)):
        return sides
    parts = _parts(message.text) if operation == "查数" else [(0, len(message.text))]
    first = _part_to_ask(message, *parts[0])
    others = (_leaning(message, start, end, first) for start, end in parts[1:])
    return (first, *others)


def _of_first(ask: Ask, first: Ask) -> Ask:
    """Return a later part that names nothing as the same question of what the first part names.

    "改造了几户，花了多少钱": what was spent on that, and not by the whole body.
    """
    named = not set(first.terms) <= TOTALS or bool(first.words)
    if not named or not _names_nothing(ask) or ask.kind != "金额":
        return ask
    terms = tuple(map(_money_of, first.terms))
    return first.model_copy(update={"kind": "金额", "counters": "", "terms": terms})


@lru_cache(maxsize=1024)
def _money_of(term: str) -> str:
    """Return the money that is spent on what a term counts: 公务接待费 of 公务接待批次."""
    spent = (t.name for t in load_vocabulary().terms if t.kind == "money" and term in t.near)
    counted = load_vocabulary().term(term)
    return next(spent, term) if counted and counted.kind != "money" else term


def _names_nothing(ask: Ask) -> bool:
    """Tell whether a part says no thing but spending as a verb: 花了多少钱."""
    spent = set(ask.terms) <= TOTALS and all(map(SPENT.fullmatch, ask.said))
    return spent and not ask.words


def _share_to_asks(message: Message) -> tuple[Ask, ...]:
    """Return the part and the whole of "…里甲占…" or "甲占乙的比例"; none where one is missing."""
    for pattern in SHARES:
        match = pattern.search(message.text)
        if match is None:
            continue
        whole = _whole_to_ask(message, *match.span("whole"))
        part = _part_to_ask(message, *match.span("part"), of=whole.terms)
        if (part.terms or part.words) and (whole.terms or whole.words):
            return tuple(ask.of_any_kind() for ask in (part, whole))
    return ()


def _whole_to_ask(message: Message, start: int, end: int) -> Ask:
    """Read what a share is of: bare 支出预算 or 总支出 is all spending."""
    whole = _part_to_ask(message, start, end)
    side = BARE_WHOLE.search(message.text[start:end])
    if whole.terms or whole.words or side is None:
        return whole
    return whole.model_copy(update={"terms": (f"{side['side']}合计",), "said": (side.group(),)})


def _part_to_ask(message: Message, start: int, end: int, *, of: tuple[str, ...] = ()) -> Ask:
    """Read one part; `of` are terms that its leftover words may name a part of."""
    mentions = [m for m in message.terms if start <= m.start < end]
    words = content_words(message, start, end)
    terms = [(m.term, m.words) for m in mentions]
    named, left = _compound_terms([*of, *(m.term for m in mentions)], words)
    terms += [(term, term) for term in named]
    if left in SIDES and {term for term, _ in terms} <= TOTALS:
        terms, left = [(SIDES[left], left)], ""  # 今年预算收入 is all of it
    elif left and {term for term, _ in terms} <= TOTALS:
        # "某项目的总预算" asks for the total of that thing and not of the whole body.
        left, terms = " ".join((left, *(fold(said) for _, said in terms))), []
    part = uncounted(message, start, end)
    counted = COUNTED.search(part)
    return Ask(
        kind=text_to_kind(part),
        terms=tuple(dict.fromkeys(term for term, _ in terms)),
        said=tuple(dict(reversed(terms))[t] for t in dict.fromkeys(t for t, _ in terms)),
        within=tuple(m.term for m in mentions if WITHIN.match(message.text[m.end :])),
        counters=counted.group(1) if counted else ("米" if LENGTH_ASKED.search(part) else ""),
        words=left,
    )


def uncounted(message: Message, start: int, end: int) -> str:
    """Return a part without the names right behind 多少 and 几: 多少项目支出 counts no 项."""
    names = [(m.start, m.end) for m in message.terms if HOW_MANY.search(message.text[: m.start])]
    return blanked(message.text, names)[start:end]


def _compound_terms(terms: list[str], words: str) -> tuple[list[str], str]:
    """Return the parts of a term that leftover words name (货物 of 政府采购), and what is left."""
    vocabulary = load_vocabulary()
    named, left = [], []
    for piece in words.split():
        wholes = [w for t in terms for w in (t, vocabulary.whole_of(t)) if w]
        said = [name for w in wholes for name in (w + piece, piece)]
        # 运行费, after 公务用车购置费, is said for 公务用车运行费.
        said += [t[:cut] + piece for t in terms for cut in range(len(t) - 1, 1, -1)]
        names = [vocabulary.term_of(name) for name in said]
        parts = {part for whole in wholes for part in vocabulary.parts_of(whole)}
        term = next((name for name in names if name in parts), None)
        if term:
            named.append(term)
        else:
            left.append(piece)
    return named, " ".join(left)


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a message that each hold one question word."""
    cuts = {m.end() for m in BREAK.finditer(text)} | set(_seconds(text))
    parts: list[tuple[int, int]] = []
    start = 0
    for end in [*sorted(cuts), len(text)]:
        if ASKING.search(text[start:end]):
            parts.append((start, end))
            start = end
    if not parts:
        return [(0, len(text))]
    parts[-1] = (parts[-1][0], len(text))
    return parts


def _seconds(text: str) -> list[int]:
    """Return where a second thing is asked for without a mark, behind one that is counted."""
    counted = COUNTED.search(text)
    return [m.start() for m in SECOND.finditer(text, counted.end())] if counted else []


def _leaning(message: Message, start: int, end: int, first: Ask) -> Ask:
    """Read a later part; one that names nothing is of what the first names.

    It is its money, its other count, or its sister by one character: 良的几个 after 优的几个.
    """
    ask = _part_to_ask(message, start, end)
    if name := _other_side(ask, first) or _beside(message, start, end, ask, first):
        return ask.model_copy(update={"terms": (name,), "said": (name,)})
    return _of_first(ask, first)


def _beside(message: Message, start: int, end: int, ask: Ask, first: Ask) -> str | None:
    """Return the term that a part which names nothing means, beside the one that was named."""
    if len(first.terms) != 1 or not _names_nothing(ask):
        return None
    vocabulary = load_vocabulary()
    said = content_words(message, start, end, least=1)
    name = vocabulary.sister_of(first.terms[0], said) if len(said) == 1 else None
    if name is None and ask.kind == "金额":
        return vocabulary.counters.money_of(first.terms[0])
    if name is None and ask.counters:
        return vocabulary.counters.of(first.terms[0], ask.counters)
    return name


def _other_side(ask: Ask, first: Ask) -> str | None:
    """Return the 支出 of the fund whose 收入 was asked for before, where no more is said."""
    side = ask.said[0] if len(ask.said) == 1 and not ask.words else ""
    other = {"收入": "支出", "支出": "收入"}.get(side)
    name = first.terms[0] if len(first.terms) == 1 else ""
    if other is None or not name.endswith(other):
        return None
    return load_vocabulary().term_of(name.removesuffix(other) + side)


def said_twice(message: Message) -> list[tuple[int, int]]:
    """Return the places of words that a bracket behind them puts as a term of the same head.

    孤儿生活救助（其他城市生活救助） is one thing under two names.
    """
    places = []
    for mention in message.terms:
        before = OTHERWISE.search(message.text[: mention.start])
        after = message.text[mention.end : mention.end + 1]
        if before and after in BRACKETS_CLOSE and before["words"][-2:] == mention.words[-2:]:
            places.append(before.span("words"))
    return places


def _trimmed(piece: str) -> str:
    """Take empty characters off the ends of a piece; 到位 has none."""
    cues = load_cues()
    return piece if piece.startswith(ARRIVED) else cues.tail.sub("", piece.lstrip(cues.head))


def content_words(message: Message, start: int, end: int, *, least: int = 2) -> str:
    """Return what a part says beyond its slots and empty words, the pieces divided by spaces.

    Pieces of fewer characters than `least` are left out.
    """
    letters = list(message.text[start:end])
    for low, high in (*message.taken, *said_twice(message)):
        for place in range(max(low, start), min(high, end)):
            letters[place - start] = " "
    bare = DATED.sub(" ", "".join(letters))
    bare = TOLD_AMOUNT.sub(" ", bare)
    bare = ASKED_AMOUNT.sub(" ", bare)
    cues = load_cues()
    pieces = re.findall(r"[\u4e00-\u9fffA-Za-z0-9%“”]+", cues.stop.sub(" ", bare))
    trimmed = (fold(_trimmed(piece)) for piece in pieces)
    return " ".join(piece for piece in trimmed if len(piece) >= least)
