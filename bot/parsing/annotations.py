"""What a message names, each with its place: terms, bodies, years, aspects, levels, comparisons."""

import re
from collections.abc import Collection, Iterable, Sequence

from bot.parsing.grammar import text_to_topic
from corpus.entities.comparisons import ADJUSTED_BUDGET
from corpus.entities.organisations import (
    GOVERNMENT,
    LAST_STEP,
    OrganisationMention,
    core_of,
    find_by_matter,
    find_organisations,
    find_places,
    is_government,
    region_of,
)
from corpus.entities.years import CHINESE_YEAR, YearMention, years_in
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import AspectMention, Mention, Vocabulary
from corpus.model.types import Aspect, Base, Level, Noun

PATTERNS = patterns("questions.annotations")
END_OF_COMPARISON = PATTERNS["end_of_comparison"]
COMPARED = PATTERNS["compared"]
BEFORE_CHANGE = PATTERNS["before_change"]
YEAR_BEFORE = PATTERNS["year_before"]
TWO_BEFORE = -2  # 前年, and what is before it
OVER_BUDGET = PATTERNS["over_budget"]
DOCUMENT = PATTERNS["document"]
OWN_YEAR = PATTERNS["own_year"]
AGE = PATTERNS["age"]
NO_ASPECT = PATTERNS["no_aspect"]
AGAINST = PATTERNS["against"]
WHOLE_AFTER, OF_GOVERNMENTS = PATTERNS["whole_after"], PATTERNS["of_governments"]
# What follows a region where another body of it is named; behind a year nothing is of its name.
UNKNOWN_AFTER = re.compile(
    rf"(?:(?!{CHINESE_YEAR}年)[\u4e00-\u9fff]){{0,10}}?(?:局|委|办|部|会|院|中心|街道|镇|乡|队|所|站)"
)
LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("单位", PATTERNS["unit_level"]),
    ("部门", PATTERNS["department_level"]),
)
# What may follow the short name of a region: its kind, and the inside of it.
REGION_TAIL = r"[省市县区州旗]?(?:里(?!程))?"
AREA = PATTERNS["area"]
STEP_NAME = PATTERNS["step_name"]
EACH, TABLE = PATTERNS["each"], PATTERNS["table"]
SPENT = PATTERNS["spent"]
ASPECT_WORD = PATTERNS["aspect_word"]
PIECE, PAIR = PATTERNS["piece"], 2
DOCUMENT_LEVEL = PATTERNS["document_level"]


class AskedBase(Base):
    """What a question compares with; `relative` for 上年, whatever year that is."""

    relative: bool = False

    @property
    def in_years(self) -> bool:
        """Tell whether one year is compared with another."""
        return self.relative or self.year is not None


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
    topic: Place | None = None  # the words that ask for a part of a report that has its own heading
    aside: tuple[Place, ...] = ()  # what is said of something else than what is asked for
    regions: tuple[Place, ...] = ()  # of the bodies named, of all that are loaded where none is

    @property
    def compares(self) -> bool:
        """Tell whether the message asks for a comparison and not for what came of it."""
        return bool(END_OF_COMPARISON.search(self.text)) and bool(self.base or self.against)

    @property
    def against(self) -> bool:
        """Tell whether the body named first is what something else is compared with: 比财政局多."""
        first = self.organisations[:1]
        return any(AGAINST.search(self.text[: body.start]) for body in first)

    @property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """The stretches that slots have taken; what is left over is content."""
        places = [(m.start, m.end) for m in self.terms]
        places += [(m.start, m.end) for m in self.organisations]
        places += [(m.start, m.end) for m in self.years]
        places += [(m.start, m.end) for m in self.aspects]
        places += [(p.start, p.end) for p in (*self.documents, *(p for _, p in self.levels))]
        places += [(place.start, place.end) for place in self.regions]
        others = (self.base_place, self.topic)
        places += [(place.start, place.end) for place in (*others, *self.aside) if place]
        return tuple(places)


def mark_text(text: str, known: Collection[str], vocabulary: Vocabulary, year: int) -> Marks:
    """Find in a normalised message whatever fills a slot."""
    terms = told_apart(vocabulary.mentions(text, asked=True), text, vocabulary)
    terms = tuple(m for m in terms if not TABLE.match(text, m.end)) or terms
    documents = tuple(Place(start=m.start(), end=m.end()) for m in DOCUMENT.finditer(text))
    inside = [(place.start, place.end) for place in documents]
    years = tuple(
        mention
        for mention in years_in(text, this_year=year, bare=True)
        if not (OWN_YEAR.match(mention.words) or AGE.match(text, mention.end))
        and not _overlaps(mention.start, inside)
    )
    blocked = [(m.start, m.end) for m in terms]
    named = (*find_organisations(text, known, blocked), *find_places(text, known, blocked))
    named = named or find_by_matter(text, known, blocked)
    named = named or named_as_term(terms, known)
    terms = tuple(m for m in terms if not any(o.start <= m.start < m.end <= o.end for o in named))
    organisations = named or find_by_region(text, known)
    base, place = text_to_base(text, years)
    topic = topic_in(text)
    if topic:
        inside.append((topic.start, topic.end))
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
        levels=(
            *levels_in(text, [*blocked, *inside]),
            *areas_in(text, {one.name for one in organisations} or known),
        ),
        base=base,
        base_place=place,
        topic=topic,
        regions=regions_in(
            text,
            {one.name for one in organisations} or known,
            [*blocked, *((m.start, m.end) for m in organisations)],
        ),
    )


def named_as_term(
    terms: Sequence[Mention], known: Collection[str]
) -> tuple[OrganisationMention, ...]:
    """Return the body whose name the only term of a message is: 图书馆 is whose budget is asked."""
    if len(terms) != 1:
        return ()
    (term,) = terms
    return tuple(
        one.model_copy(update={"start": term.start, "end": term.end})
        for one in find_organisations(term.words, known)
        if (one.start, one.end) == (0, len(term.words))
    )


def topic_in(text: str) -> Place | None:
    """Return where a message asks for problems or measures, of which a report has a part each.

    What they are said with names nothing else: 下一步打算 is no budget.
    """
    topic = text_to_topic(text)
    said = topic.asked.search(text) if topic and topic.apart else None
    return Place(start=said.start(), end=said.end()) if said else None


def regions_in(
    text: str, known: Collection[str], taken: list[tuple[int, int]]
) -> tuple[Place, ...]:
    """Return where a message names the region whose bodies are meant, beside what is in `taken`.

    Beside a body or a region that is named before, another one may be a row of its tables.
    """
    said = {way for name in known for way in ways_to_say_region(region_of(name))}
    found: list[Place] = []
    for way in sorted(said, key=len, reverse=True):
        for match in re.finditer(re.escape(way) + REGION_TAIL, text):
            held = any(place.holds(match.start()) for place in found)
            if not held and not _overlaps(match.start(), taken):
                found.append(Place(start=match.start(), end=match.end()))
    found.sort(key=lambda place: place.start)
    return tuple(found[:1])


def told_apart(
    mentions: Iterable[Mention], text: str, vocabulary: Vocabulary
) -> tuple[Mention, ...]:
    """Return the parts of a term that they name where each is asked for: 水费、电费各多少."""
    if not EACH.search(text):
        return tuple(mentions)
    return tuple(part for one in mentions for part in _parts_named(one, vocabulary))


def _parts_named(mention: Mention, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    term = vocabulary.term(mention.term)
    pieces = list(PIECE.finditer(mention.words))
    if term is None or len(pieces) < PAIR or not {p.group() for p in pieces} <= {*term.parts}:
        return (mention,)
    return tuple(
        Mention(
            term=piece.group(),
            start=mention.start + piece.start(),
            end=mention.start + piece.end(),
            words=piece.group(),
        )
        for piece in pieces
    )


def _overlaps(start: int, places: list[tuple[int, int]]) -> bool:
    return any(low <= start < high for low, high in places)


def levels_in(text: str, blocked: list[tuple[int, int]]) -> tuple[tuple[Level, Place], ...]:
    """Return the levels that a question names: 本级 is 单位.

    部门预算 alone may be but the name of a document; beside 单位预算 each says its level.
    """
    held = {match.group(): match for match in DOCUMENT_LEVEL.finditer(text)}
    if len(held) == len(LEVELS):
        return tuple(
            (level, Place(start=held[level].start(), end=held[level].end())) for level, _ in LEVELS
        )
    return tuple(
        (level, Place(start=match.start(), end=match.end()))
        for level, pattern in LEVELS
        for match in pattern.finditer(text)
        if not _overlaps(match.start(), blocked)
    )


def areas_in(text: str, bodies: Collection[str]) -> tuple[tuple[Level, Place], ...]:
    """Return where a question means the whole area of a government, which is its level 部门."""
    if not any(map(is_government, bodies)):
        return ()
    return tuple(
        ("部门", Place(start=match.start(), end=match.end())) for match in AREA.finditer(text)
    )


def find_by_region(text: str, known: Collection[str]) -> tuple[OrganisationMention, ...]:
    """Return the bodies that a question means by their regions: 望潮和青禾哪个高.

    Of a region the only body that is loaded is meant, or the government where the whole region or
    its treasury is spoken of.
    """
    found: list[OrganisationMention] = []
    for name in dict.fromkeys(known):
        mention = _said_by_region(text, name, known)
        others = [(one.start, one.end) for one in found]
        if mention and not any(low < mention.end and mention.start < high for low, high in others):
            found.append(mention)
    return tuple(found)


def _said_by_region(text: str, name: str, known: Collection[str]) -> OrganisationMention | None:
    region = region_of(name)
    if OF_GOVERNMENTS.search(text) and not is_government(name):
        return None
    for said in ways_to_say_region(region):
        at = text.find(said)
        if at < 0:
            continue
        end = at + len(said)
        whole = core_of(name) == GOVERNMENT and WHOLE_AFTER.match(text, end)
        alone = sum(region_of(other).endswith(region) for other in set(known)) == 1
        if whole or (alone and not UNKNOWN_AFTER.match(text, end)):
            return OrganisationMention(name=name, start=at, end=end)
    return None


def ways_to_say_region(region: str) -> tuple[str, ...]:
    """Return a region, its last step and all its steps without their kinds: 青山市, 青山."""
    short = LAST_STEP.search(region)
    if short is None:
        return (region,) if region else ()
    steps = STEP_NAME.findall(region)
    names = "".join(steps)
    return (region, short[1], *((names, names + region[-1]) if len(steps) > 1 else ()))


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
    elif ADJUSTED_BUDGET.search(words):
        aspect = "调整预算"
    elif "预算" in words or "年初" in words:
        aspect = "预算"
    elif SPENT.search(words):
        aspect = "决算"
    year = base_year(years, place)
    relative = year is None and (bool(YEAR_BEFORE.search(words)) or match.group() == "同")
    if aspect is None and year is None and not relative:
        return None, None
    return AskedBase(year=year, aspect=aspect, relative=relative), place


def base_year(years: Iterable[YearMention], place: Place) -> int | None:
    """Return the year that is compared with: the one printed there, or two before that asked of."""
    inside = [m for m in years if place.holds(m.start)]
    printed = [m.value for m in inside if m.offset is None]
    before = [m for m in inside if m.offset is not None and m.offset <= TWO_BEFORE]
    if printed or not before:
        return printed[0] if printed else None
    asked = [m.value for m in years if m.value and m.offset is None and not place.holds(m.start)]
    return asked[-1] + (before[0].offset or 0) if asked else before[0].value


def aspect_mentions(
    text: str, vocabulary: Vocabulary, terms: Collection[Mention]
) -> tuple[AspectMention, ...]:
    """Return the words of a question that say an aspect.

    Names such as 一般公共预算 say none, nor does 年初 inside 年初结转和结余, nor the
    支出 of 基本支出 with the 实际 behind it.
    """
    names = [match.span() for match in NO_ASPECT.finditer(text)]
    names += [(m.start, m.end) for m in terms if not ASPECT_WORD.search(m.words)]
    return vocabulary.aspect_mentions(blanked(text, names), asked=True)


def blanked(text: str, places: Iterable[tuple[int, int]], filler: str = "_") -> str:
    """Return a text with a filler in these places; the rest keeps its place, and its neighbours."""
    letters = list(text)
    for start, end in places:
        letters[start:end] = filler * (end - start)
    return "".join(letters)


def document_year(text: str, place: Place) -> int:
    """Return the year of the document that is named there."""
    match = DOCUMENT.match(text, place.start)
    return 2000 + int(match.group(1)) if match else 0
