"""The words before a figure: what they say of its aspect, of a comparison, and what is left over.

Only wording: no vocabulary, no figures, no state. Patterns stand here as data; each of them is
tried on a stretch of text without white space.
"""

import re

from corpus.model.types import Aspect, Base, Noun

# ---------------------------------------------------------------- comparison

_YEAR = r"(?:19|20)\d\d年?度?"
_LAST = r"上一?个?年度?|上一度|去年|上年同期|同期|前年"
_BASE_WORDS = "年初|全年|当年|本年度?|年度|预算|执行|决算|实际|支出|收入|安排|批复|调整后?|数|额|的"
_BASE = rf"(?:{_YEAR}|{_LAST}|{_BASE_WORDS})+"
CHANGED = (
    "增减|增产|减产|增支|减支|多支出|少支出"
    "|增加|增长|增幅|减少|下降|降低|降幅|上升|提高|提升|压减|压缩|节约|节省|超支|超出|减|增|降|多|少"
)
COMPARISON = re.compile(
    rf"(?:(?:相比于?|相较于?|对比|比起|比照?|较之|较|与|同|和)(?P<base>{_BASE})(?:相比较?|比较|对比|而言)?"
    rf"(?=$|，|均|各|总体|基本|略|有所|净|持平|一致|相同|相等|{CHANGED}))"
    rf"|(?P<same>同比|环比)|在(?P<base_on>{_BASE})基础上"
    rf"|(?P<less>小于|低于|少于|未达到?)(?P<base_less>{_BASE})|(?P<more>大于|高于|多于|超过)(?P<base_more>{_BASE})"
)
MOVE = re.compile(
    rf"(?<![稳促保新扩助推])净?(?P<verb>{CHANGED})(?:了|额|幅度?|率|比例)?(?:（[增减上下长降少加升]{{2}}）)?(?:为|约|达)?$"
)
# The base with its own figure: 比2023年预算[5.20万元]减少; 与 needs 相比 or 持平 behind it.
HELD = re.compile(
    rf"(?:比|较|(?P<even>与|同|和))(?P<base>(?:{_YEAR}|{_LAST})(?P<words>[^，。；：]{{0,25}}))$"
)
HELD_YEAR = re.compile(
    rf"(?:比|较|(?:与|同|和)(?=[^，。；：]*(?:相比|持平|一致|相同|比较)))"
    rf"(?:{_YEAR}|{_LAST})[^，。；：]{{0,25}}?(?=\d[\d,.]*(?:[万亿]?元|[人名个辆台次家户]))"
)
# The state at the start of the year with its own figure: 较年初[80万元]增加.
HELD_STATE = re.compile(r"(?:比|较)(?:年初|期初)(?:数|余额)?的?$")
# The plan with its own figure: 比预算数[75万元]节约.
HELD_PLAN = re.compile(
    r"(?:比|较)(?P<base>(?:年初|全年|调整后?的?|当年)?(?:预算|计划)(?:安排)?数?的?)$"
)
_AFTER_HELD = re.compile(rf"[，）]?(?:略有?|有所|大幅|净|基本)?(?:相比|持平|一致|相同|{CHANGED})")
_AFTER_EVEN = re.compile(r"(?:基本|总体)?(?:相比|持平|一致|相同|比较)")
_STRONG = frozenset(
    ("增减", "增加", "增长", "增幅", "减少", "下降", "降低", "降幅", "上升", "提高")
)
EITHER_WAY = "增减"
_DOWN = re.compile(r"减|降|少|压|节")
_EVEN = re.compile(r"(?:持平|一致|相同|相等|无变化|没有变化|未变化)$")
_CHANGED = re.compile(
    r"(?:总体|略有|有所|明显|大幅|小幅)*(?:增加|增长|减少|下降|降低|上升|提高)了?$"
)
# What the budget became within the year; 追加 alone is only what was added to it.
ADJUSTED = (
    r"(?:(?:调整|变更|追加)(?:以?后)?的?(?:全年|年度)?|(?<!完成)全年(?:（调整）)?|最终)(?<!总)预算"
)
ADJUSTED_BUDGET = re.compile(ADJUSTED)
_BASE_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("执行数", re.compile(r"执行")),
    ("决算", re.compile(r"决算|实际")),
    ("调整预算", ADJUSTED_BUDGET),
    ("预算", re.compile(r"预算|年初|批复|安排")),
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


def base_to_comparison(base: str, *, start: int, end: int) -> Comparison:
    """Read the words of a base: the year or how far back it lies, and its aspect."""
    years = re.search(r"(?:19|20)\d\d", base)
    past = re.search(_LAST, base)
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


RATIO = re.compile(r"(?:(?P<done>完成)(?:了)?|占)(?P<of>[^，。；：占]{0,25})$")
_RATIO_AFTER = re.compile(r"的?(?:比例|比重)?(?:为|达)?\d[\d.]*[%％]")


def words_to_ratio(words: str, after: str) -> "FigureKind | None":
    """Return what the percentage is that follows a figure: 完成全年预算[38万元]的71.61%.

    `whole` names the figure itself, `start` where the words of the ratio begin.
    """
    found = RATIO.search(words)
    if found is None or not _RATIO_AFTER.match(after):
        return None
    if found["done"] and not re.search(r"预算|计划|任务|目标", found["of"]):
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
    return re.sub(r"(?:基本|总体|均)*$", "", _EVEN.sub("", _CHANGED.sub("", words)))


# ---------------------------------------------------------------- the kind of figure

OF_BUDGET = re.compile(
    r"(?:为|占)(?:年初|全年|当年|本年|年度|调整后?的?)?(?:预算(?:安排)?数?|(?:计划|目标)(?:任务)?数?|任务数?)的?$"
)
SHARE = re.compile(r"占(?P<whole>[^，。；占]{0,25}?)的?(?:比例|比重|比率|比)?(?:为|达到?|约)?$")
DONE = re.compile(
    r"(?:完成|达到?)[^，。；]{0,8}?(?:预算|预期|目标|计划|任务)数?的?$|(?:年初|计划)完成$"
    r"|(?:完成率|执行率)(?:仅?为|达到?|仅)?$"
)
PER_HEAD = re.compile(r"人均(?:支出|费用|经费)?(?:为|约)?$|平均每(?:人|人次)")
_TAIL = r"(?:约?为|仅|只|是|共计?|达到?|约|合计|有|各)*$"
_LEVELS: tuple[tuple[Aspect, str], ...] = (
    ("执行数", r"(?:当年|全年|本年|年度)?(?:预算执行数|实际执行数|执行数)"),
    (
        "决算",
        r"支出决算数?|收入决算数?|决算(?:支出|收入)?数?|实际(?:支出|完成|发生|使用|采购)数?|决算金额",
    ),
    (
        "调整预算",
        rf"{ADJUSTED}(?:支出数?|安排|数据|数|批复数?|额|)|预算调整(?:为|后数?|数|)",
    ),
    (
        "预算",
        r"(?:年初|调整后?|全年|当年|年度|本年|财政拨款)?(?<!总)预算(?:支出数?|安排|数据|数|批复数?|拟安排|拟|额|)"
        r"|(?:支出|收入|部门)预算(?:安排|数|)|(?:安排|核定|批复)预算",
    ),
)
LEVELS = tuple((name, re.compile(rf"(?:{words}){_TAIL}")) for name, words in _LEVELS)
OPENING_BUDGET = re.compile(r"^(?:年?部门|年度?|本年)?预算(?:拟?安排|拟)")


class FigureKind(Noun):
    """What a figure is by the words right before it; `start` is where those words begin.

    `aspect` is None where the words do not say. `whole` is what a share is a share of.
    """

    start: int
    aspect: Aspect | None = None
    said: str = ""
    direction: int = 0
    whole: str = ""


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


# ---------------------------------------------------------------- what is left over

_OPENINGS = re.compile(
    r"^(?:[（）、，：“]*(?:其中|分别|主要包括|包括|以及|主要用于|用于|同时|另外|此外|但|主要原因|原因|主要由于|由于|主要是|主要系|导致|造成|(?:严格)?控制在|是|为|截至[^，]*?日)[：，]?)+"
    r"|^(?:与|和|及|、|）|”|（|并|的|含(?!参)|相比较?)+|^[一二三四五六七八九十]是"
)
_COUNTED = re.compile(
    r"^(?:全年|当年|本年(?![收支])|年内|累计|共计|合计|现有|实有(?!人)|另有|年[末底](?!结转|结余|余额|未|数)|共有|拥有|尚有|预计|列明|共(?=接待|完成|开展|组织|举办|安排|投入|发放|培训|建成|发现|征集|办理))+"
)
_COPULA = re.compile(
    r"(?:约?为|是|有|共计?|共有|达到?|约|分别为|各|拟|人民币|科目|(?<![存出])栏|仅|(?:保持|稳定)在?|：)+$"
)
SHORT_NAME = re.compile(r"（(?:以下|下文|下同)?[，]?(?:统一)?简称[^（）]*）")
_ASIDE = re.compile(r"（(?![类款项境护一-龥]）)[^（）]{3,}）|（含）")
YEAR_WORDS = re.compile(
    rf"(?:截[至止]到?|至(?={_YEAR}年?[末底]))?{_YEAR}(?:年[初末底终]|当年|全年|[初末底终])?|(?<![上去])(?:本年度|上一?年度|去年)(?=[^收支])"
)


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
