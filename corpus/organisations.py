"""Names of organisations: cut from titles, shortened as people say them, found in a question.

A short name is a subsequence of the full name that ends in the same kind of body (人社局 of
人力资源和社会保障局, 发改委 of 发展和改革委员会); names that do not follow that rule stand in
organisations.toml.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from corpus.nouns import Noun

# Kinds of bodies: how a full name ends -> how a short name may end.
ENDINGS: dict[str, tuple[str, ...]] = {
    "委员会办公室": ("委办",),
    "人民政府办公室": ("府办", "政府办", "府办公室"),
    "街道办事处": ("街道", "街道办"),
    "委员会": ("委", "委员会"),
    "办公室": ("办", "办公室"),
    "人民政府": ("政府", "镇", "乡"),
    "总工会": ("工会", "总工会"),
    "联合会": ("联", "联合会"),
    "人民法院": ("法院",),
    "人民检察院": ("检察院",),
    "局": ("局",),
    "部": ("部",),
    "中心": ("中心",),
    "大队": ("大队", "队"),
    "支队": ("支队", "队"),
    "队": ("队",),
    "院": ("院",),
    "校": ("校", "学校"),
    "馆": ("馆",),
    "所": ("所",),
    "站": ("站",),
    "会": ("会",),
    "镇": ("镇",),
    "乡": ("乡",),
    "街道": ("街道",),
}
FULL = re.compile(
    r"[\u4e00-\u9fff（）]{2,30}?(?:" + "|".join(sorted(ENDINGS, key=len, reverse=True)) + r")"
    r"(?![\u4e00-\u9fff]*(?:局|委员会|办事处|办公室|总工会|人民政府|中心|法院|检察院|部门整体))"
)
YEAR = re.compile(r"(?:20\d\d|二[〇○零]..|\d\d)年(?:度)?")
TITLE_TAIL = re.compile(
    r"(?:的)?(?:区级|市级|县级|省级|本级)?(?:部门|单位|整体支出|项目支出|预算|决算|绩效|财政支出|“三公”|收支|概况|主要职能).*$"
)
# Words that hold 市, 区 or 县 and are no place: 城市管理局, 市场监督管理局, 区域合作办.
NO_PLACE = r"(?!城市|都市|市场|市政|市容|区域|社区|园区|县域)"
REGION = re.compile(
    rf"^(?:中共)?(?:[\u4e00-\u9fff]{{2,7}}?(?:省|自治区))?"
    rf"(?:{NO_PLACE}[^\W省市州区县]{{2,6}}?(?:市|州|盟|地区)(?!场|政|容))?"
    rf"(?:{NO_PLACE}[^\W市区县]{{1,5}}?(?:新区|区|县|市|旗)(?!场|政|容|域))?"
)
SHORT_END = re.compile(
    r"(?:街道办事处|街道办|街道|委员会|委办|政府办公室|府办公室|政府办|府办|办公室|总工会|工会|检察院|法院|人民政府|政府"
    r"|局|委|部|办|联|中心|大队|支队|队|院|校|馆|所|站|镇|乡|会)"
)
LONGEST_NAME = 24
UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:委员会|街道办事处|街道|办公室|总工会|检察院|法院|人民政府|联合会|党校|局)"
)
NO_NAME = re.compile(r"[的是哪个了吗由归为]|什么")
LEADING_FILLER = re.compile(
    r"^(?:请问|问一下|我想知道|想问|查一下|帮我查|麻烦|那么?|还有|和|与|跟|以及|的|是|在|由|归|给)+"
)


class OrganisationMention(Noun):
    """An organisation named in a text, by its full name, at [start, end)."""

    name: str
    start: int
    end: int


def organisations_in(text: str) -> tuple[OrganisationMention, ...]:
    """Return the organisations that a title or a label names, year and title words cut away."""
    bare = TITLE_TAIL.sub("", YEAR.sub("", re.sub(r"\s", "", text)))
    bare = re.sub(r"(?:（部门）|（本部）|\(部门\))$", "", bare)
    if bare and bare.rstrip("）)").endswith((*ENDINGS, "本级", "本部")):
        return (OrganisationMention(name=bare, start=0, end=len(bare)),)
    match = FULL.search(bare)
    if match is None:
        return ()
    return (OrganisationMention(name=match.group(), start=match.start(), end=match.end()),)


def region_of(name: str) -> str:
    """Return the region at the head of an organisation's name, "" where there is none."""
    match = REGION.match(name)
    region = match.group() if match else ""
    return region if len(region) < len(name) else ""


def core_of(name: str) -> str:
    """Return the name without its region: 上海市某区财政局 -> 财政局."""
    core = name[len(region_of(name)) :]
    core = re.sub(r"^人民政府(?=.+(?:街道|镇|乡))|^(?:委员会|委)(?=.+(?:部|办公室)$)", "", core)
    return core or name


@cache
def irregular_names() -> dict[str, tuple[str, ...]]:
    """Return the short names that follow from no rule: core name -> how people say it."""
    raw = resources.files("corpus").joinpath("organisations.toml").read_text(encoding="utf-8")
    return {core: tuple(short) for core, short in tomllib.loads(raw)["short"].items()}


def is_short_for(words: str, name: str) -> bool:
    """Tell whether the words name the organisation: whole, without its region, or shortened."""
    core = core_of(name)
    if words in (name, core) or (name.endswith(words) and len(words) >= len(core)):
        return True
    for base, shorts in irregular_names().items():
        if core.endswith(base) and any(words.endswith(short) for short in shorts):
            before = next(words[: -len(s)] for s in shorts if words.endswith(s))
            return before in ("", "区", "市", "县") or before in region_of(name)
    endings = next(
        (ENDINGS[end] for end in sorted(ENDINGS, key=len, reverse=True) if core.endswith(end)), ()
    )
    ending = next(
        (end for end in sorted(endings, key=len, reverse=True) if words.endswith(end)), ""
    )
    if not ending:
        return False
    stem = words[: len(words) - len(ending)]
    return _stem_fits(stem, name, core)


def _stem_fits(stem: str, name: str, core: str) -> bool:
    """Tell whether what stands before the ending is cut from the name, its head kept."""
    if not stem or stem in ("区", "市", "县", "省"):
        return bool(stem) or core in ENDINGS
    region = region_of(name)
    for cut in range(len(stem) + 1):
        place, rest = stem[:cut], stem[cut:]
        if place and place not in region and place not in ("区", "市", "县"):
            continue
        if not rest or (rest[0] == core[0] and _is_subsequence(rest, core)):
            return True
    return False


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def find_organisations(
    text: str, known: Iterable[str], taken: Iterable[tuple[int, int]] = ()
) -> tuple[OrganisationMention, ...]:
    """Return which known organisations a question names, the longest name first at each place.

    Places in `taken` (terms such as 工会经费) are no names. A short name that fits several known
    organisations gives one mention for each.
    """
    names = tuple(dict.fromkeys(known))
    blocked = tuple(taken)
    found: list[OrganisationMention] = []
    done = 0
    for match in SHORT_END.finditer(text):
        if match.end() <= done or _overlaps(match.span(), blocked):
            continue
        for start in range(max(done, match.end() - LONGEST_NAME), match.start() + 1):
            words = text[start : match.end()]
            fits = [name for name in names if is_short_for(words, name)]
            if fits and not _overlaps((start, match.end()), blocked):
                found += [
                    OrganisationMention(name=name, start=start, end=match.end()) for name in fits
                ]
                done = match.end()
                break
    return tuple(found)


def _overlaps(place: tuple[int, int], blocked: tuple[tuple[int, int], ...]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in blocked)


# Bodies whose name without its ending is the name of a place, and is said for them.
PLACES = ("街道办事处", "街道", "镇人民政府", "乡人民政府", "镇", "乡")
_PLACE_AFTER = re.compile(r"(?:^|[^\u4e00-\u9fff]|请问|问下|查下|[在给和与跟比问查])$")
_PLACE_BEFORE = re.compile(r"$|[^\u4e00-\u9fff]|[的今去本那全二和与跟及]")


def find_places(
    text: str, known: Iterable[str], taken: Iterable[tuple[int, int]] = ()
) -> tuple[OrganisationMention, ...]:
    """Return the body of a place that a question names in its stead: 桃源 for 桃源街道.

    The place must stand by itself: before a year, 的 or one of the terms in `taken`.
    """
    starts = {start for start, _ in taken}
    found = []
    for name in dict.fromkeys(known):
        core = core_of(name)
        place = next((core.removesuffix(end) for end in PLACES if core.endswith(end)), "")
        for match in re.finditer(re.escape(place), text) if len(place) > 1 else ():
            apart = _PLACE_BEFORE.match(text, match.end()) or match.end() in starts
            if apart and _PLACE_AFTER.search(text[: match.start()]):
                found.append(OrganisationMention(name=name, start=match.start(), end=match.end()))
    return tuple(found)


def unknown_organisation(text: str) -> str:
    """Return a name in the text that looks like an organisation, "" where there is none."""
    for match in UNKNOWN.finditer(text):
        name = LEADING_FILLER.sub("", match.group())
        if len(name) > 1 and not NO_NAME.search(name):
            return name
    return ""
