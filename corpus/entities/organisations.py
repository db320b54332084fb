"""Names of organisations as people shorten them, found again in a question.

A short name is a subsequence of the full name that keeps its head and ends in the same kind of
body (人社局 of 人力资源和社会保障局); names that do not follow that rule, and the kinds of bodies,
stand in organisations.toml. A unit of a department (某局综合行政执法支队) is named by its own part,
with or without its superior (执法支队, 某局执法支队), and never by the superior's name alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.entities.body_index import BodyIndex, body_index
from corpus.entities.body_names import Body, irregular_names, kinds_of_bodies, name_to_body
from corpus.entities.places import LEVELS, place_fits, step_to_forms
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun

LONGEST_NAME = 28
GOVERNMENT = "人民政府"
# 政府 by itself is no body where it says what kind of money or of report is meant.
GOVERNMENT_SAID = "政府"
NO_GOVERNMENT = re.compile(r"预算|债|采购|性基金|购买|收支|投资|工作报告")
FINANCE = re.compile(r"财政[局厅]$")
TOWN_GOVERNMENTS = ("镇人民政府", "乡人民政府")  # reported of like any department
# Institutions may be called by the end of their name: 监测中心, 执法支队.
BY_END = ("中心", "总队", "支队", "大队", "所", "站", "院", "馆", "校", "学校")
SAYS_LITTLE = re.compile(r"(?:管理|服务|事务|保障|工作|综合|监督|发展|研究|技术|指导|行政|培训)*")
SHORTEST_END = 2
USUAL_PLACE = 3  # characters that are taken for a place where words run on before it
LONGEST_PLACE = 4  # characters before 市 or 县 that may be the name of another one
# What people call a body by its kind alone, where only one of the kind is known: 支队, 医院.
BARE = (
    "总队",
    "支队",
    "大队",
    "医院",
    "法院",
    "检察院",
    "管委会",
    "学校",
    "党校",
    "镇政府",
    "乡政府",
    "街道办",
    "街道",
)
BARE_AFTER = re.compile(r"(?:^|[^\u4e00-\u9fff]|[比较跟和与及对而是的那问让请在])$")
UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:委员会|街道办事处|街道|办公室|总工会|[市区县州旗]工会|检察院|法院|人民政府|联合会|党校"
    r"|局|(?<![大客餐展前])厅)"
    r"|[省市区县州旗](?:总工会|检察院|法院|党校)"
)
PATTERNS = patterns("entities.organisations")
OF_REGION, NO_PLACE = PATTERNS["of_region"], PATTERNS["no_place"]
# The last step of a region, 临江区 of 青山市临江区, and its name without its kind.
LAST_STEP = re.compile(r"([^省市区县州盟旗]{2,4}|[^省市区县州盟旗]{1,3}州(?=市))[市区县州盟旗]$")
OURS = re.compile(r"(?:[我本全该]|我们|咱们?)[省市区县州旗]$")
NO_NAME = re.compile(r"[的是哪个了吗由归为我你您他她咱这]|什么|^贵[局委厅院会]")
FILLER = (
    r"想?请[问教]|问一下|我?想知道|想问|我?想了?解|查一下|帮我查|麻烦|那么?|还有|和|与|跟|以及|的|是|在|由"
    r"|归|给"
)
LEADING_FILLER = re.compile(rf"^(?:{FILLER}|一下|听说|告诉我?|帮我?)+")
# What may stand before 市财政局 and names no city.
NO_CITY = re.compile(
    rf"^(?:{FILLER}|帮我?|把|将|从|对|按|[查看算说讲问列]|一下|倒推|反推|推算|计算|统计|汇总|比较|对比"
    r"|介绍|关于|纳入|包括|属于|隶属|告诉我?|知道|[去今前上全本]年度?|年度"
    r"|[你您]好|[我你咱]们?|隔壁|旁边|邻近)+"
)
# What stands directly before 市财政局: 南塘 makes it a body of that city.
AFTER_BREAK = re.compile(r"[^\W\d比较跟和与及的年]*$")


class OrganisationMention(Noun):
    """An organisation named in a text, by its full name, at [start, end)."""

    name: str
    start: int
    end: int


def region_of(name: str) -> str:
    """Return the region at the head of an organisation's name, "" where there is none."""
    return name_to_body(name).region


def step_of(name: str) -> str:
    """Return the last step of an organisation's region without its kind: 望潮 of 望潮县农业局."""
    step = LAST_STEP.search(region_of(name))
    return step[1] if step else ""


def is_government(name: str) -> bool:
    """Tell whether a body is the government of a county or above: it has a 本级 and an area."""
    return name.endswith(GOVERNMENT) and not name.endswith(TOWN_GOVERNMENTS)


def core_of(name: str) -> str:
    """Return the name without its region: 上海市某区财政局 -> 财政局."""
    return name_to_body(name).core


@lru_cache(maxsize=65536)
def is_short_for(words: str, name: str) -> bool:
    """Tell whether the words name the organisation: whole, without its region, or shortened."""
    body = name_to_body(name)
    if words in (name, body.core) or ends_whole(words, name, body):
        return True
    if not words or words[0] not in _heads(name):
        return False
    for cut in range(len(words)):
        left, right = words[:cut], words[cut:]
        if place_fits(left, body.places):
            if names_own(right, body, bare=not left and right in BARE):
                return True
        elif body.superior and names_superior(left, body) and names_own(right, body, led=True):
            return True
    return False


def ends_whole(words: str, name: str, body: Body) -> bool:
    """Tell whether words are the end of a name from one of its places on: no 江区 of 滨江区."""
    if not name.endswith(words) or len(words) < len(body.core):
        return False
    before = name[: -len(words)]
    at_step = words[0] in LEVELS or before.endswith(tuple(LEVELS))
    return at_step or len(before) >= len(body.region)


@lru_cache(maxsize=65536)
def _heads(name: str) -> frozenset[str]:
    """Return the characters that a name for the body may begin with: a cheap first test."""
    own = name_to_body(name).core
    shorts = (
        short[0] for base, said in irregular_names().items() if own.endswith(base) for short in said
    )
    return frozenset((*name, *own, *shorts, "经", "开", "高"))


def names_superior(words: str, body: Body) -> bool:
    """Tell whether words name a unit's superior: 应急局, or 应急 alone before 执法支队."""
    full = "".join(body.places) + body.superior
    alike = words[0] == body.superior[0] and is_subsequence(words, body.superior)
    return (alike and len(words) >= SHORTEST_END) or is_short_for(words, full)


def names_own(words: str, body: Body, *, led: bool = False, bare: bool = False) -> bool:
    """Tell whether words name a body by its own part; `led` where its superior stands before.

    A word that is but the kind of body, with nothing before it, does not name one (`bare`).
    """
    own = body.own
    if words == own:
        return True
    for base, shorts in irregular_names().items():
        if words in shorts and own == base:
            return True
    ending = next(
        (end for end in sorted(body.shorts, key=len, reverse=True) if words.endswith(end)), ""
    )
    if not ending:
        return False
    stem = words[: len(words) - len(ending)]
    if not stem:
        return (led and len(ending) >= SHORTEST_END) or (own in kinds_of_bodies() and not bare)
    numbered = own.removeprefix("第")  # 一中 is 第一中学
    if stem[0] in (own[0], numbered[0]) and is_subsequence(stem, own):
        return True
    whole = own.endswith(words) and len(stem) >= SHORTEST_END
    return whole and ending in BY_END and SAYS_LITTLE.fullmatch(stem) is None


def is_subsequence(short: str, long: str) -> bool:
    """Tell whether the characters of the one stand in the other in this order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def find_organisations(
    text: str, known: Iterable[str], taken: Iterable[tuple[int, int]] = ()
) -> tuple[OrganisationMention, ...]:
    """Return which known organisations a question names, of names inside each other the longest.

    Places in `taken` (terms such as 工会经费) are no names; a name in full holds the terms in it. A
    short name that fits several known organisations gives one mention for each.
    """
    bodies = body_index(tuple(known))
    blocked = tuple(taken)
    spans: dict[tuple[int, int], list[str]] = {}
    for end in short_ends_in(text):
        for start in range(max(0, end - LONGEST_NAME), end - 1):
            if _overlaps((start, end), blocked) and text[start:end] not in bodies:
                continue
            if fits := names_meant(text, start, end, bodies):
                spans[start, end] = fits
                break
            # The body of another place, of whose name no part is that of ours.
            if is_of_place(text, start) and names_said(text[start:end], bodies):
                break
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not _overlaps(span, tuple(found)):
            found.append(span)
    return tuple(
        OrganisationMention(name=name, start=span[0], end=span[1])
        for span in sorted(found)
        for name in spans[span]
    )


def is_of_place(text: str, start: int) -> bool:
    """Tell whether 区总工会 or 总工会 there has a place before it: 冷水滩区, no 职工互助县."""
    level = next((at for at in (start, start - 1) if at >= 0 and text[at] in LEVELS), None)
    return level is not None and not runs_on(words_at_end(text[:level]))


def words_at_end(text: str) -> str:
    """Return the words that a text ends in, from the last break on, without filling words."""
    run = AFTER_BREAK.search(text)
    return NO_CITY.sub("", run.group()) if run else ""


def place_at_end(text: str) -> str:
    """Return what may be the name of a place at the end of a text, "" where nothing may be.

    Of many words that run on only the last can be one: 顺便问一下冷水滩.
    """
    said = words_at_end(text)
    if len(said) <= LONGEST_PLACE:
        return said
    return "" if runs_on(said) else said[-USUAL_PLACE:]


def runs_on(words: str) -> bool:
    """Tell whether many words end in a verb or a matter and in no place: 想知道, 职工互助."""
    return len(words) >= LONGEST_PLACE and bool(NO_PLACE.search(words))


def short_ends_in(text: str) -> tuple[int, ...]:
    """Return where in a text the short name of a body may end; 政府预算 is a way to class money."""
    ends: set[int] = set()
    for shorts in (*kinds_of_bodies().values(), *irregular_names().values()):
        for short in shorts:
            at = text.find(short)
            while at >= 0:
                if short != GOVERNMENT_SAID or not NO_GOVERNMENT.match(text, at + len(short)):
                    ends.add(at + len(short))
                at = text.find(short, at + 1)
    return tuple(sorted(ends))


def names_said(words: str, bodies: BodyIndex) -> list[str]:
    """Return the names that words are short for, in their order: see `is_short_for`."""
    found = set(bodies.of_end(words))
    for cut in range(len(words)):
        left, right = words[:cut], words[cut:]
        bare = not left and right in BARE
        for own in bodies.owns(right):
            if names_own(right, bodies.one_of(own), bare=bare):
                found.update(bodies.of_own(own, left))
        for own in bodies.owns_of_units(right) if left else ():
            found.update(bodies.units(own))
    names = (bodies.names[at] for at in sorted(found))
    return [name for name in names if is_short_for(words, name)]


def names_meant(text: str, start: int, end: int, bodies: BodyIndex) -> list[str]:
    """Return the names that the words at a place stand for: shortened, or by their kind alone."""
    words, before = text[start:end], text[:start]
    fits = [name for name in names_said(words, bodies) if not is_elsewhere(words, before, name)]
    if fits or words not in BARE or not BARE_AFTER.search(before):
        return fits
    kind = [name for at in bodies.of_short(words) if words[0] in _heads(name := bodies.names[at])]
    return kind if len(kind) == 1 else []


def is_elsewhere(words: str, before: str, name: str) -> bool:
    """Tell whether a place stands before a name without one: the body of another place is meant.

    上海市财政局 is not the 财政局 of a district, though 财政局 alone would be.
    """
    forms = [form for step in name_to_body(name).places for form in step_to_forms(step)]
    if OURS.search(before + words[:1]) or OURS.search(before):
        return False
    if any(words.startswith(form) for form in forms if len(form) > 1):
        return False
    if words[0] in LEVELS:
        return len(place_at_end(before)) >= SHORTEST_END
    return before.endswith(tuple(LEVELS)) or any(
        before.endswith(form) for form in forms if len(form) > 1
    )


def _overlaps(place: tuple[int, int], blocked: tuple[tuple[int, int], ...]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in blocked)


# What a body is called by that neither says its kind nor its place in full: 白鹭民政, 青山财政.
_STEP = re.compile(r"([\u4e00-\u9fff]{2,4})[省市区县州盟旗]$")
_KIND = re.compile(r"(?:委员会|办公室|局|厅|委|部|办)$")
_MATTER_AFTER = "(?:系统|部门|条线|口)?"


def find_by_matter(
    text: str, known: Iterable[str], taken: Iterable[tuple[int, int]] = ()
) -> tuple[OrganisationMention, ...]:
    """Return the bodies that a question names by place and matter alone: 白鹭民政, 云岭水务系统.

    Places in `taken` are terms: the 财政 of 青山财政拨款 is no body.
    """
    blocked = tuple(taken)
    found = []
    for name, place, matter in _matters(tuple(known)):
        if place not in text or matter not in text:
            continue
        said = rf"{place}[省市区县州盟旗]?{matter}{_MATTER_AFTER}"
        found += [
            OrganisationMention(name=name, start=match.start(), end=match.end())
            for match in re.finditer(said, text)
            if not _overlaps(match.span(), blocked)
        ]
    return tuple(found)


@lru_cache(maxsize=16)
def _matters(known: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the names that say place and matter, with what is said of the two."""
    found = []
    for name in dict.fromkeys(known):
        place, core = _STEP.search(region_of(name)), core_of(name)
        shorts = (
            short for base, said in irregular_names().items() if core == base for short in said
        )
        for full in (core, *shorts):
            matter = _KIND.sub("", full)
            if place and len(matter) >= SHORTEST_END and matter != full:
                found.append((name, place[1][-2:], matter))
    return tuple(found)


# Bodies whose name without its ending is the name of a place, and is said for them.
PLACES = ("街道办事处", "街道", "镇人民政府", "乡人民政府", "镇", "乡")
_PLACE_AFTER = re.compile(r"(?:^|[^\u4e00-\u9fff]|请问|问下|查下|[在给和与跟比问查年])$")
_PLACE_BEFORE = re.compile(r"$|[^\u4e00-\u9fff]|[的今去本那全二和与跟及]")


def find_places(
    text: str, known: Iterable[str], taken: Iterable[tuple[int, int]] = ()
) -> tuple[OrganisationMention, ...]:
    """Return the body of a place that a question names in its stead: 桃源 for 桃源街道.

    The place must stand by itself: before a year, 的 or one of the terms in `taken`.
    """
    starts = {start for start, _ in taken}
    names = tuple(known)
    bodies = body_index(names)
    found = []
    for name, place in _places_in(text, names):
        for match in re.finditer(re.escape(place), text):
            apart = _PLACE_BEFORE.match(text, match.end()) or match.end() in starts
            if any(other != name for other in bodies.starts_with(text, match.start())):
                continue
            if apart and _PLACE_AFTER.search(text[: match.start()]):
                found.append(OrganisationMention(name=name, start=match.start(), end=match.end()))
    return tuple(found)


def _places_in(text: str, known: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the bodies, in their order, for which a place that stands in a text is said."""
    return [(name, place) for name, place in _places_said(known) if place in text]


@lru_cache(maxsize=16)
def _places_said(known: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the bodies for which a place is said, with that place."""
    said = ((name, place_said_for(name)) for name in dict.fromkeys(known))
    return tuple((name, place) for name, place in said if len(place) > 1)


def place_said_for(name: str) -> str:
    """Return the place that is said for a body: 桃源 for 桃源街道, 青山市 for its government."""
    core = core_of(name)
    if core == GOVERNMENT:
        return region_of(name)
    return next((core.removesuffix(end) for end in PLACES if core.endswith(end)), "")


def unknown_organisation(text: str) -> str:
    """Return a name in the text that looks like an organisation, "" where there is none."""
    for match in UNKNOWN.finditer(text):
        name = from_place_on(LEADING_FILLER.sub("", match.group()))
        if len(name) > 1 and not NO_NAME.search(name):
            return name
    return ""


def from_place_on(name: str) -> str:
    """Return a name without the words that run on before its place: 你们知道冷水滩区总工会."""
    at = next((at for at, char in enumerate(name) if char in LEVELS), 0)
    place = place_at_end(name[:at])
    return place + name[at:] if at > LONGEST_PLACE and place else name


def unknown_of_region(text: str, known: Iterable[str]) -> str:
    """Return a body of a region that is named in full and is none of those known, "" for none."""
    bodies = tuple(known)
    found = (LEADING_FILLER.sub("", match.group()) for match in OF_REGION.finditer(text))
    names = (name for name in found if not NO_NAME.search(name))
    return next((name for name in names if not find_organisations(name, bodies)), "")


def drafted_by(name: str, known: Iterable[str]) -> str:
    """Return the government whose budgets a finance bureau drafts; "" for none, or for several.

    市财政局 by itself is that of the only government that is known. Source: the Budget Law,
    articles 25 and 44: the finance departments of governments draft their budgets and accounts.
    """
    found = FINANCE.search(name)
    if found is None:
        return ""
    place = name[: found.start()]
    governments = [one for one in known if is_government(one) and region_of(one).endswith(place)]
    return governments[0] if len(governments) == 1 else ""
