"""The things that one message asks for: its parts, each with kind, terms and leftover words."""

import re
from functools import lru_cache
from itertools import pairwise

from bot.cues import load_cues, text_to_kind
from bot.marks import blanked
from bot.nouns import Ask
from corpus.nouns import Noun
from corpus.vocabulary import Mention, load_vocabulary
from corpus.wording import fold

COUNTER = (
    r"人次|批次|平方米|立方米|公顷|公斤"
    r"|[个家辆台次场期项处批座套件户间部条名位种类篇所分层米公里亩人吨株起宗份对]"
)
ASKING = re.compile(rf"多少|几(?:{COUNTER})|怎么样|如何|多大|多高|百分之几")
MEASURE = r"[年岁天度级]|个月|小时"
COUNTED = re.compile(
    rf"(?:(?:多少|几)(?=[万亿]?(?:{COUNTER})|[度级岁])|多少(?={MEASURE}))"
    rf"([万亿]?(?:{COUNTER}|{MEASURE}))"
)
HOW_MANY = re.compile(r"(?:多少|几)$")
BREAK = re.compile(r"[，,；;。？?！!、]")
WITHIN = re.compile(r"^(?:支出|预算|决算)?(?:之?中|里面|里头|里|内|当中|下面)(?:的)?")
# Spending as a verb, which somebody or something named before must have done.
SPENT = re.compile(
    r"(?:一共|总共|共|实际|合计)*(?:花|用|支出|投)[了掉去出入]*(?:多少|几)?(?:钱|资金|经费|万)?"
)
ARRIVED = "到位"
# Totals of a whole body.
TOTALS = {"支出合计", "收入合计", "收支总计"}
SHARES = (
    re.compile(r"(?P<whole>.+?)(?:里面?|里头|当中|之?中)(?:的)?[，,]?(?P<part>.+?)(?:所?占|占比)"),
    re.compile(r"(?P<part>.+?)(?:所?占)(?P<whole>.+?)(?:的|多少|百分|比例|比重|$)"),
)
BARE_WHOLE = re.compile(r"(?:总|全部|本年|年度)?(?P<side>支出|收入)(?:预算|决算)?(?:总额|总数)?")
# What stands right before a bracket: the same thing by another name, or its place.
OTHERWISE = re.compile(r"(?P<words>[\u4e00-\u9fff]{2,})[(（]$")
BRACKETS_CLOSE = (")", "）")
LENGTH_ASKED = re.compile(r"(?<!率)(?<!率有)多高|多长|多深|高度|长度")


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
    asks = [_part_to_ask(message, start, end) for start, end in parts]
    return tuple(_counted(_of_first(ask, asks[0])) for ask in asks)


def _of_first(ask: Ask, first: Ask) -> Ask:
    """Return a later part that names nothing as the same question of what the first part names.

    "改造了几户，花了多少钱": what was spent on that, and not by the whole body.
    """
    named = not set(first.terms) <= TOTALS or bool(first.words)
    spent = set(ask.terms) <= TOTALS and all(map(SPENT.fullmatch, ask.said))
    if ask is first or ask.words or not (named and spent) or ask.kind != "金额":
        return ask
    terms = tuple(map(_money_of, first.terms))
    return first.model_copy(update={"kind": "金额", "counters": "", "terms": terms})


@lru_cache(maxsize=1024)
def _money_of(term: str) -> str:
    """Return the money that is spent on what a term counts: 公务接待费 of 公务接待批次."""
    spent = (t.name for t in load_vocabulary().terms if t.kind == "money" and term in t.near)
    counted = load_vocabulary().term(term)
    return next(spent, term) if counted and counted.kind != "money" else term


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
    if left and {term for term, _ in terms} <= TOTALS:
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


def _counted(ask: Ask) -> Ask:
    """Ask for the count beside an amount of money where a counter asks: 公务接待多少批次."""
    known = [load_vocabulary().term(term) for term in ask.terms]
    nears = [(*(term.near if term else ()),) for term in known]
    terms = tuple(
        next((near for near in beside if ask.counters and near.endswith(ask.counters)), term)
        for term, beside in zip(ask.terms, nears, strict=True)
    )
    return ask.model_copy(update={"terms": terms})


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
    cuts = [match.end() for match in BREAK.finditer(text)]
    counted = pairwise(COUNTED.finditer(text))
    cuts += [b.start() for a, b in counted if a.end() == b.start()]  # 几批几人
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


def content_words(message: Message, start: int, end: int) -> str:
    """Return what a part says beyond its slots and empty words, the pieces divided by spaces."""
    letters = list(message.text[start:end])
    for low, high in (*message.taken, *said_twice(message)):
        for place in range(max(low, start), min(high, end)):
            letters[place - start] = " "
    bare = re.sub(r"[上去前今本当]一?年度?|\d+月(?:\d+日)?|公开\d+表", " ", "".join(letters))
    bare = re.sub(rf"\d+\.\d+[万亿]?(?:元|亩|吨|%|{COUNTER})?", " ", bare)
    bare = re.sub(rf"(?:多少|几)(?:块?钱|块|[万亿]?(?:{COUNTER})?)", " ", bare)
    cues = load_cues()
    pieces = re.findall(r"[\u4e00-\u9fffA-Za-z0-9%“”]+", cues.stop.sub(" ", bare))
    trimmed = (fold(_trimmed(piece)) for piece in pieces)
    return " ".join(piece for piece in trimmed if len(piece) > 1)
