"""The words before a figure: what they say of its aspect, of a comparison, and what is left over.

Only wording: no vocabulary, no figures, no state. The patterns are data, `grammar/entities.toml`.
"""

import re
from typing import NamedTuple

from corpus.lexicon.grammar import patterns, words_of
from corpus.model.types import Aspect, Base, Noun

# ---------------------------------------------------------------- comparison

PATTERNS = patterns("entities.comparisons")
COMPARISON = PATTERNS["comparison"]
MOVE = PATTERNS["move"]
HELD, HELD_YEAR = PATTERNS["held"], PATTERNS["held_year"]
HELD_STATE, HELD_PLAN = PATTERNS["held_state"], PATTERNS["held_plan"]
_AFTER_HELD, _AFTER_EVEN = PATTERNS["after_held"], PATTERNS["after_even"]
EITHER_WAY = "增减"
CLAUSE_END = re.compile(r"(?<=[，。；：、])")
# A change that needs no comparison before it to be one.
_STRONG = frozenset((*words_of("change"), "增幅", "降幅", EITHER_WAY))
_DOWN, _EVEN, _CHANGED = PATTERNS["falling"], PATTERNS["even"], PATTERNS["changed"]
ADJUSTED_BUDGET = PATTERNS["adjusted_budget"]
_BASE_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("执行数", PATTERNS["base_executed"]),
    ("决算", PATTERNS["base_final"]),
    ("调整预算", ADJUSTED_BUDGET),
    ("预算", PATTERNS["base_budget"]),
)


class Comparison(Noun):
    """What something is held against: the year and the aspect of the base where they are said.

    `offset` counts years from the figure's own (上年 is -1, 去年 too); `direction` is set by 小于
    and 大于, which need no figure.
    """

    start: int
    end: int
    year: int | None
    offset: int
    aspect: Aspect | None
    direction: int = 0

    def to_base(self, *, year: int | None, aspect: Aspect | None) -> Base:
        """Fill up what the words leave open with the year and the aspect that are compared."""
        base_year = self.year
        if base_year is None and year is not None:
            base_year = year + self.offset
        return Base(year=base_year, aspect=self.aspect or aspect)


def words_to_comparison(words: str) -> Comparison | None:
    """Return the last comparison that the words make: 比2023年预算, 较上年, 同比, 小于预算数."""
    found = tuple(COMPARISON.finditer(words))
    if not found:
        return None
    last = found[-1]
    named = (last[name] for name in ("base", "base_less", "base_more", "base_on"))
    base = next((words for words in named if words), "去年")
    held = base_to_comparison(base, start=last.start(), end=last.end())
    direction = -1 if last["less"] else 1 if last["more"] else 0
    return held.model_copy(update={"direction": direction})


def compared_spans(text: str) -> list[tuple[int, int]]:
    """Return where a text speaks of bases: the last of each clause, and those with a figure."""
    spans: list[tuple[int, int]] = []
    place = 0
    for part in CLAUSE_END.split(text):
        last = tuple(COMPARISON.finditer(part))[-1:]
        found = (*last, *HELD_YEAR.finditer(part))
        spans += [(place + match.start(), place + match.end()) for match in found]
        place += len(part)
    return spans


def base_to_comparison(base: str, *, start: int, end: int) -> Comparison:
    """Read the words of a base: the year or how far back it lies, and its aspect."""
    years = re.search(r"(?:19|20)\d\d", base)
    past = PATTERNS["past"].search(base)
    return Comparison(
        start=start,
        end=end,
        year=int(years[0]) if years else None,
        offset=0 if years or not past else -2 if past[0] == "前年" else -1,
        aspect=next((name for name, pattern in _BASE_ASPECTS if pattern.search(base)), None),
    )


OPENING_STATE = "年初"


class Held(Noun):
    """A base that prints its own figure; `words` name what the base is of ("" for the same).

    `facet` singles out the state at the start of the year.
    """

    comparison: Comparison
    words: str
    facet: str = ""


def words_to_held(words: str, after: str) -> Held | None:
    """Return the base that the figure between `words` and `after` is of: 比上年29.75万元减少."""
    if (state := HELD_STATE.search(words)) and _AFTER_HELD.match(after):
        opening = Comparison(start=state.start(), end=state.end(), year=None, offset=0, aspect=None)
        return Held(comparison=opening, words="", facet=OPENING_STATE)
    if (plan := HELD_PLAN.search(words)) and _AFTER_HELD.match(after):
        planned = base_to_comparison(plan["base"], start=plan.start(), end=plan.end())
        planned = planned.model_copy(update={"aspect": planned.aspect or "预算"})
        return Held(comparison=planned, words="")
    found = HELD.search(words)
    if found is None or MOVE.search(words):
        return None
    if not (_AFTER_EVEN if found["even"] else _AFTER_HELD).match(after):
        return None
    comparison = base_to_comparison(found["base"], start=found.start(), end=found.end())
    return Held(comparison=comparison, words=found["words"])


RATIO, _RATIO_AFTER = PATTERNS["ratio"], PATTERNS["ratio_after"]


def words_to_ratio(words: str, after: str) -> "FigureKind | None":
    """Return what the percentage is that follows a figure: 完成全年预算[38万元]的71.61%.

    `whole` names the figure itself, `start` where the words of the ratio begin.
    """
    found = RATIO.search(words)
    if found is None or not _RATIO_AFTER.match(after):
        return None
    if found["done"] and not PATTERNS["of_plan"].search(found["of"]):
        return None
    return FigureKind(
        start=found.start(),
        aspect="完成率" if found["done"] else "占比",
        said=f"{found[0]}的",
        whole=found["of"],
    )


def is_even(words: str) -> bool:
    """Tell whether the words say that two things are equal: 持平, 与…一致."""
    return bool(_EVEN.search(words))


def words_to_change(words: str) -> int:
    """Return -1 or 1 where the words end in a change without a figure (项目支出增加), else 0."""
    found = _CHANGED.search(words)
    return 0 if not found else -1 if _DOWN.search(found[0]) else 1


def drop_verdict(words: str) -> str:
    """Take the change or the equality off the end of the words: 项目支出增加 is 项目支出."""
    return PATTERNS["verdict_degree"].sub("", _EVEN.sub("", _CHANGED.sub("", words)))


# ---------------------------------------------------------------- the kind of figure

OF_BUDGET, SHARE = PATTERNS["of_budget"], PATTERNS["share"]
DONE, PER_HEAD = PATTERNS["done"], PATTERNS["per_head"]
LEVELS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("执行数", PATTERNS["executed_level"]),
    ("决算", PATTERNS["final_level"]),
    ("调整预算", PATTERNS["adjusted_level"]),
    ("预算", PATTERNS["budget_level"]),
)
OPENING_BUDGET = PATTERNS["opening_budget"]


class FigureKind(Noun):
    """What a figure is by the words right before it; `start` is where those words begin.

    `aspect` is None where the words do not say. `whole` is what a share is a share of.
    """

    start: int
    aspect: Aspect | None = None
    said: str = ""
    direction: int = 0
    whole: str = ""


class Lead(NamedTuple):
    """The words before a figure as they name its subject, where they start, and a facet."""

    words: str
    place: int
    facet: str = ""


class Role(NamedTuple):
    """All that the words before a figure say by themselves; `bare` is what is left of them."""

    lead: Lead
    comparison: Comparison | None
    kind: FigureKind
    bare: str


class Around(NamedTuple):
    """The words around a figure: right before it, in the clause before, and after it.

    `before` is the clause before, where that holds no figure; `bracketed` where the figure stands
    alone in a bracket behind it.
    """

    lead: Lead
    before: Lead | None
    bracketed: bool
    after: str

    @property
    def held(self) -> Lead:
        """The words that say what a base's own figure is of: 比上年29.75万元, 比上年（9万元）."""
        return self.before if self.before and self.bracketed else self.lead


class Verdict(NamedTuple):
    """What a clause without a figure says of a comparison; `change` is -1, 0 or 1."""

    comparison: Comparison | None
    even: bool
    change: int


def words_to_verdict(words: str) -> Verdict:
    """Read a clause without a figure once: is it held against a base, is it equal, has it moved."""
    return Verdict(words_to_comparison(words), is_even(words), words_to_change(words))


def words_to_figure(
    around: Around, *, unit: str, percent: bool, before: Comparison | None
) -> Held | FigureKind | Role:
    """Read the words around a figure once: a base's own figure, what a ratio is of, or its role.

    A comparison `before` holds where the words make none.
    """
    lead, judged, _, after = around
    if held := words_to_held(around.held.words, after):
        return held
    if not unit.endswith("%") and (ratio := words_to_ratio(lead.words, after)):
        return ratio
    told = lead_of(lead, after=after, judged=judged or Lead(words="", place=0))
    return words_to_role(told, percent=percent, before=before)


def words_to_role(lead: Lead, *, percent: bool, before: Comparison | None) -> Role:
    """Read the words before a figure; a comparison `before` holds where they make none."""
    comparison = words_to_comparison(lead.words)
    compared = (comparison or before) is not None
    kind = words_to_kind(lead.words, percent=percent, compared=compared)
    return Role(lead=lead, comparison=comparison, kind=kind, bare=strip_words(lead.words))


def words_to_kind(words: str, *, percent: bool, compared: bool) -> FigureKind:
    """Read the end of the words before a figure; `compared` when a comparison stands before it."""
    move = MOVE.search(words)
    if move and (compared or move["verb"] in _STRONG):
        return FigureKind(
            start=move.start(),
            aspect="增减率" if percent else "增减额",
            said=move[0],
            direction=verb_to_way(move["verb"]),
        )
    if percent:
        if done := OF_BUDGET.search(words):
            return FigureKind(start=done.start(), aspect="完成率", said=done[0])
        if share := SHARE.search(words):
            whole = share["whole"]
            return FigureKind(start=share.start(), aspect="占比", said=share[0], whole=whole)
        if done := DONE.search(words):
            return FigureKind(start=done.start(), aspect="完成率", said=done[0])
    if head := PER_HEAD.search(words):
        return FigureKind(start=head.start(), aspect="人均", said=head[0])
    return words_to_level(words)


def verb_to_way(verb: str) -> int:
    """Return which way a verb of change goes; what may go either way goes by the printed sign."""
    return -1 if verb != EITHER_WAY and _DOWN.search(verb) else 1


def words_to_level(words: str) -> FigureKind:
    """Return the aspect that the words end in (支出决算为) or begin with (预算安排购置)."""
    for aspect, pattern in LEVELS:
        if found := pattern.search(words):
            return FigureKind(start=found.start(), aspect=aspect, said=found[0])
    if opening := OPENING_BUDGET.search(strip_words(words)):
        return FigureKind(start=len(words), aspect="预算", said=opening[0])
    return FigureKind(start=len(words))


# ---------------------------------------------------------------- turns of phrase

# "由88人增加到112人" holds two figures of one thing; "执行率偏低，仅87%" is judged first.
ORIGIN, RESULT, _MOVES_TO = PATTERNS["origin"], PATTERNS["result"], PATTERNS["moves_to"]
_OTHER_CHANGE = PATTERNS["other_change"]
BEFORE_CHANGE = "变化前"
JUDGED, _BLANK, CARRIED = PATTERNS["judged"], PATTERNS["blank"], PATTERNS["carried"]


def lead_of(lead: Lead, *, after: str, judged: Lead) -> Lead:
    """Return the words before a figure, those of a turn of phrase replaced by what they mean.

    `judged` is the clause before, where that holds no figure.
    """
    words, place = lead.words, lead.place
    if result := RESULT.match(words):
        return Lead(words="", place=place, facet=result["each"] or "")
    if (origin := ORIGIN.search(words)) and _MOVES_TO.match(after):
        head = words[: origin.start()]
        cut = _OTHER_CHANGE.match(head)
        start = cut.end() if cut else len(head) - len(head.lstrip("将把"))
        return Lead(words=head[start:], place=place + start, facet=BEFORE_CHANGE)
    if _BLANK.match(words) and (rated := JUDGED.match(judged.words)):
        return Lead(words=rated["head"], place=judged.place)
    return lead


# ---------------------------------------------------------------- what is left over

_OPENINGS, _COUNTED, _COPULA = PATTERNS["opening"], PATTERNS["counted"], PATTERNS["copula"]
SHORT_NAME, _ASIDE, YEAR_WORDS = PATTERNS["short_name"], PATTERNS["aside"], PATTERNS["year_words"]


def strip_words(words: str) -> str:
    """Drop years, asides, openings (其中, 全年) and copulas (为, 达) around a subject."""
    bare = YEAR_WORDS.sub("", SHORT_NAME.sub("", words))
    before = None
    while bare != before:
        before = bare
        bare = _OPENINGS.sub("", bare).strip("，、；：。:,（")
        bare = _COUNTED.sub("", bare)
        bare = _COPULA.sub("", bare)
    kept = _ASIDE.sub("", bare)
    return balanced(_COPULA.sub("", kept) or bare)


def balanced(words: str) -> str:
    """Drop a bracket or a quotation mark at either end whose other half is not in the words."""
    for left, right in (("（", "）"), ("“", "”")):
        if words.count(right) > words.count(left) and words.startswith(right):
            words = words[1:]
        if words.count(left) > words.count(right):
            head, _, tail = words.rpartition(left)
            words = head or tail
    return words
