"""From the words of a message to a question in slots, by itself; the talk so far comes later."""

import re
from collections.abc import Collection
from datetime import date

from bot.asks import Message, message_to_asks
from bot.cues import text_to_operation, text_to_topic
from bot.nouns import Question
from corpus.nouns import Aspect, Base, Level, Noun
from corpus.organisations import (
    OrganisationMention,
    find_organisations,
    region_of,
    unknown_organisation,
)
from corpus.vocabulary import AspectMention, Mention, Vocabulary
from corpus.wording import normalise
from corpus.years import YearMention, years_in

COMPARED = re.compile(
    r"(?:比|较)(?!例|重)(?=[^，。？]{0,14}(?:相比|多|少|增|减|涨|降|高|低|超|差|变|持平))"
    r"|(?:跟|和|与|同)(?=[^，。？]{1,14}相比)|同(?=比)"
)
BEFORE_CHANGE = re.compile(
    r"[^，。？]{0,14}?(?=相比|要?多|要?少|是?增|减|涨|降|要?高|要?低|超|差|有?变|持平)"
)
YEAR_BEFORE = re.compile(r"[上去前]一?年|同期")
OVER_BUDGET = re.compile(r"超(?:了|过|出)?(?:年初)?预算|超支")
DOCUMENT = re.compile(
    r"(?:20)?(\d\d)年度?(?:部门|单位)?(?:预算|决算)(?:书|公开(?:的)?材料|公开|文本|报告|说明)(?:里|中)?(?:写的|说的)?"
)
# 今年（2025年） is 2025; 本年 in 本年支出合计 is no year that is asked for.
YEAR_IN_BRACKETS = re.compile(r"[今去本当前]年?度?[（(](20\d\d)年?度?[）)]")
YEARS_IN_BRACKETS = re.compile(r"(?<=[（(])20\d\d(?:、20\d\d)+(?=[）)])")
OWN_YEAR = re.compile(r"^(?:本|当)年|^本$")
AS_OF = re.compile(r"(?:截至|截止到?|到)(20\d\d)年(\d{1,2})月(?:(\d{1,2})日|底|末)?")
FOLLOWS = re.compile(
    r"^(?:那|那么|它|其|还有|另外|再问|换成|改成|换|同样|同期|此外|里面|当中)|呢[？?。]*$"
)
# Names that hold 预算 or 执行 and say no aspect.
NO_ASPECT = re.compile(
    r"一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|预算(?:绩效|单位|管理|部门|编制)"
)
# Not aspects to choose by: what is counted or left over says so by its own name.
STATES = ("余额", "数量", "得分", "其他")
# What follows a region where another body of it is named.
UNKNOWN_AFTER = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:局|委|办|部|会|院|中心|街道|镇|乡|队|所|站)")
LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("单位", re.compile(r"[（(]?(?:机关)?本级[）)]?(?:单位)?|单位(?=预算|决算)|机关本部")),
    ("部门", re.compile(r"(?<!哪个)(?<!哪些)(?<!什么)(?:整个|全)?部门(?!归|管|负责|职)")),
)


class AskedBase(Base):
    """What a question compares with; `relative` for 上年, whatever year that is."""

    relative: bool = False


class Reading(Noun):
    """What the words of one message say: the slots, and whether it leans on the message before."""

    question: Question
    follows: bool
    base: AskedBase | None = None
    relative: bool = False  # the years asked for hang on what 今年 means


class Place(Noun):
    """A stretch of the message that a slot has taken."""

    start: int
    end: int

    def holds(self, start: int) -> bool:
        """Tell whether something that starts there lies inside."""
        return self.start <= start < self.end


class Marks(Noun):
    """What was found in a message, each with its place."""

    text: str
    terms: tuple[Mention, ...]
    organisations: tuple[OrganisationMention, ...]
    years: tuple[YearMention, ...]
    documents: tuple[Place, ...]
    aspects: tuple[AspectMention, ...]
    levels: tuple[tuple[Level, Place], ...]
    base: AskedBase | None
    base_place: Place | None

    @property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """The stretches that slots have taken; what is left over is content."""
        places = [(m.start, m.end) for m in self.terms]
        places += [(m.start, m.end) for m in self.organisations]
        places += [(m.start, m.end) for m in self.years]
        places += [(m.start, m.end) for m in self.aspects]
        places += [(p.start, p.end) for p in (*self.documents, *(p for _, p in self.levels))]
        places += [(self.base_place.start, self.base_place.end)] if self.base_place else []
        return tuple(places)


def words_to_reading(
    words: str,
    *,
    known: Collection[str],
    vocabulary: Vocabulary,
    today: date,
    talk_year: int | None = None,
) -> Reading:
    """Read one message.

    `known` are the organisations of the corpus; `today` resolves 今年, and `talk_year`, the year
    that was talked of last, 上一年.
    """
    text = YEAR_IN_BRACKETS.sub(r"\1年", normalise(words).strip())
    text = text.replace("预决算", "预算和决算")
    text = YEARS_IN_BRACKETS.sub(lambda match: match.group().replace("、", "年、"), text)
    corrections = vocabulary.correct(text)
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.term + text[correction.end :]
    marks = mark_text(text, known, vocabulary, today.year)
    operation, topic = text_to_operation(text), text_to_topic(text)
    if operation == "查数" and marks.base:
        operation = "差额"
    question = Question(
        words=words,
        organisations=tuple(dict.fromkeys(m.name for m in marks.organisations)),
        unknown_organisation="" if marks.organisations else stranger(text, marks.terms, known),
        levels=tuple(dict.fromkeys(level for level, _ in marks.levels)),
        years=years_asked(marks, talk_year),
        documents=tuple(document_year(text, place) for place in marks.documents),
        pairs=marks_to_pairs(marks),
        as_of=text_to_as_of(text),
        aspects=aspects_asked(marks, operation),
        operation=operation,
        topic=topic.name if topic else "",
        asks=message_to_asks(Message(text=text, terms=marks.terms, taken=marks.taken), operation),
        corrections=tuple(correction.term for correction in corrections),
    )
    return Reading(
        question=question,
        follows=bool(FOLLOWS.search(text)),
        base=marks.base,
        relative=any(m.offset is not None and m.value in question.years for m in marks.years),
    )


def mark_text(text: str, known: Collection[str], vocabulary: Vocabulary, year: int) -> Marks:
    """Find in a normalised message whatever fills a slot."""
    terms = vocabulary.mentions(text, asked=True)
    documents = tuple(Place(start=m.start(), end=m.end()) for m in DOCUMENT.finditer(text))
    inside = [(place.start, place.end) for place in documents]
    years = tuple(
        mention
        for mention in years_in(text, this_year=year, bare=True)
        if not OWN_YEAR.match(mention.words) and not _overlaps(mention.start, inside)
    )
    blocked = [(m.start, m.end) for m in terms]
    organisations = find_organisations(text, known, blocked) or find_by_region(text, known)
    base, place = text_to_base(text, years)
    if place and any(place.holds(mention.start) for mention in organisations):
        base, place = None, None  # one body is compared with another, not with a year or a budget
    return Marks(
        text=text,
        terms=terms,
        organisations=organisations,
        years=years,
        documents=documents,
        aspects=tuple(
            m for m in aspect_mentions(text, vocabulary, terms) if not _overlaps(m.start, inside)
        ),
        levels=levels_in(text, [*blocked, *inside]),
        base=base,
        base_place=place,
    )


def _overlaps(start: int, places: list[tuple[int, int]]) -> bool:
    return any(low <= start < high for low, high in places)


def document_year(text: str, place: Place) -> int:
    """Return the year of the document that is named there."""
    match = DOCUMENT.match(text, place.start)
    return 2000 + int(match.group(1)) if match else 0


def aspects_asked(marks: Marks, operation: str) -> tuple[Aspect, ...]:
    """Return the aspects asked for, without the one that is only compared with."""
    found = [
        m.aspect
        for m in marks.aspects
        if m.aspect not in STATES
        and not (marks.base_place and marks.base_place.holds(m.start))
        and (m.aspect != "占比" or operation == "占比")
    ]
    return tuple(dict.fromkeys(found))


def marks_to_pairs(marks: Marks) -> tuple[tuple[str, int], ...]:
    """Return each body with its year where a year follows each: 甲2023年和乙2024年."""
    both = sorted(
        [(m.start, m.name) for m in marks.organisations]
        + [(m.start, m.value) for m in marks.years if m.value],
        key=lambda mark: mark[0],
    )
    values = [value for _, value in both]
    bodies, years = values[::2], values[1::2]
    if len(bodies) != len(years) or len(bodies) < 2:
        return ()
    pairs = zip(bodies, years, strict=True)
    return tuple((b, y) for b, y in pairs if isinstance(b, str) and isinstance(y, int))


def years_asked(marks: Marks, talk_year: int | None) -> tuple[int, ...]:
    """Return the years asked for, not the one compared with; 上一年 is counted from the talk's."""
    asked = [m for m in marks.years if not (marks.base_place and marks.base_place.holds(m.start))]
    printed = [m for m in asked if m.offset is None]
    values = []
    for mention in printed or asked:
        if mention.offset is not None and talk_year and mention.words.startswith(("上", "前一")):
            values.append(talk_year + mention.offset)
        elif mention.value:
            values.append(mention.value)
    return tuple(dict.fromkeys(values))


def levels_in(text: str, blocked: list[tuple[int, int]]) -> tuple[tuple[Level, Place], ...]:
    """Return the levels that a question names: 本级 is 单位."""
    return tuple(
        (level, Place(start=match.start(), end=match.end()))
        for level, pattern in LEVELS
        for match in pattern.finditer(text)
        if not _overlaps(match.start(), blocked)
    )


def find_by_region(text: str, known: Collection[str]) -> tuple[OrganisationMention, ...]:
    """Return the one body that is loaded of a region that the question names in its stead."""
    for name in dict.fromkeys(known):
        region = region_of(name)
        alone = sum(region_of(other).endswith(region) for other in set(known)) == 1
        at = text.find(region) if region else -1
        if at >= 0 and alone and not UNKNOWN_AFTER.match(text, at + len(region)):
            return (OrganisationMention(name=name, start=at, end=at + len(region)),)
    return ()


def text_to_base(
    text: str, years: tuple[YearMention, ...]
) -> tuple[AskedBase | None, Place | None]:
    """Return what a difference is asked against ("比2023年预算…"), and where that stands."""
    if over := OVER_BUDGET.search(text):
        return AskedBase(year=None, aspect="预算"), Place(start=over.start(), end=over.end())
    match = COMPARED.search(text)
    if match is None:
        return None, None
    rest = BEFORE_CHANGE.match(text, match.end())
    words = rest.group() if rest else ""
    place = Place(start=match.start(), end=match.end() + len(words))
    aspect: Aspect | None = None
    if "执行" in words:
        aspect = "执行数"
    elif "预算" in words or "年初" in words:
        aspect = "预算"
    elif re.search(r"决算|实际|支出", words):
        aspect = "决算"
    relative = bool(YEAR_BEFORE.search(words)) or match.group() == "同"
    inside = [m.value for m in years if place.holds(m.start) and m.offset is None]
    if aspect is None and not inside and not relative:
        return None, None
    year = None if relative or not inside else inside[0]
    return AskedBase(year=year, aspect=aspect, relative=relative), place


def text_to_as_of(text: str) -> date | None:
    """Return the date of "截至2024年8月底"; the day is the month's last where none is said."""
    match = AS_OF.search(text)
    if match is None:
        return None
    year, month = int(match.group(1)), int(match.group(2))
    if not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(int(match.group(3) or last), last))


def aspect_mentions(
    text: str, vocabulary: Vocabulary, terms: Collection[Mention]
) -> list[AspectMention]:
    """Return the words of a question that say an aspect.

    Names such as 一般公共预算 say none, nor does 年初 inside 年初结转和结余.
    """
    names = [match.span() for match in NO_ASPECT.finditer(text)]
    names += [(m.start, m.end) for m in terms if not re.search(r"预算|决算|执行", m.words)]
    return [
        mention
        for mention in vocabulary.aspect_mentions(text, asked=True)
        if not any(mention.start < end and start < mention.end for start, end in names)
    ]


def stranger(text: str, terms: tuple[Mention, ...], known: Collection[str]) -> str:
    """Return the organisation or region a question names though no report of it is loaded."""
    masked = list(text)
    for mention in terms:
        masked[mention.start : mention.end] = " " * (mention.end - mention.start)
    bare = "".join(masked)
    if name := unknown_organisation(bare):
        return name
    regions = {region_of(name)[cut:] for name in known for cut in (0, 3)} - {""}
    for region in sorted(regions, key=len, reverse=True):
        if len(region) > 1 and re.match(rf"(?:请问)?{region}(?=20|\d|今|去|的|全年|一般| )", bare):
            return region
    return ""
