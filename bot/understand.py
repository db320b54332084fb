"""From the words of a message to a question in slots, by itself; the talk so far comes later."""

import re
from collections.abc import Collection
from datetime import date

from bot.asks import Message, message_to_asks
from bot.cues import text_to_operation, text_to_topic
from bot.nouns import Question
from corpus.nouns import Aspect, Base, Level, Noun
from corpus.organisations import find_organisations, region_of, unknown_organisation
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
LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("单位", re.compile(r"[（(]?(?:机关)?本级[）)]?(?:单位)?|单位(?=预算|决算)|机关本部")),
    ("部门", re.compile(r"部门(?=预算|决算|汇总|整体|和本级|的?三公|政府采购)|全部门")),
)


class Reading(Noun):
    """What the words of one message say: the slots, and whether it leans on the message before."""

    question: Question
    follows: bool
    base: Base | None = None


class Place(Noun):
    """A stretch of the message that a slot has taken."""

    start: int
    end: int

    def holds(self, start: int) -> bool:
        """Tell whether something that starts there lies inside."""
        return self.start <= start < self.end


def words_to_reading(
    words: str, *, known: Collection[str], vocabulary: Vocabulary, today: date
) -> Reading:
    """Read one message; `known` are the organisations of the corpus, `today` resolves 今年."""
    text = normalise(words).strip()
    corrections = vocabulary.correct(text)
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.term + text[correction.end :]
    terms = vocabulary.mentions(text, asked=True)
    organisations = find_organisations(text, known, [(m.start, m.end) for m in terms])
    years = list(years_in(text, this_year=today.year, bare=True))
    said = aspect_mentions(text, vocabulary, terms)
    base, place = text_to_base(text, years)
    levels = levels_in(text)
    taken = [(m.start, m.end) for m in organisations]
    taken += [(m.start, m.end) for m in years] + [(m.start, m.end) for m in said]
    taken += [(m.start, m.end) for m in terms] + [(m.start, m.end) for _, m in levels]
    taken += [(place.start, place.end)] if place else []
    operation, topic = text_to_operation(text), text_to_topic(text)
    question = Question(
        words=words,
        organisations=tuple(dict.fromkeys(m.name for m in organisations)),
        unknown_organisation="" if organisations else stranger(text, terms, known),
        level=levels[0][0] if len({level for level, _ in levels}) == 1 else None,
        years=years_asked(years, place),
        as_of=text_to_as_of(text),
        aspects=tuple(
            dict.fromkeys(
                m.aspect
                for m in said
                if m.aspect not in STATES
                and not (place and place.holds(m.start))
                and (m.aspect != "占比" or operation == "占比")
            )
        ),
        operation=operation,
        topic=topic.name if topic else "",
        asks=message_to_asks(Message(text=text, terms=terms, taken=tuple(taken)), operation),
        corrections=tuple(correction.term for correction in corrections),
    )
    return Reading(question=question, follows=bool(FOLLOWS.search(text)), base=base)


def years_asked(years: list[YearMention], base: Place | None) -> tuple[int, ...]:
    """Return the years asked for: not the one compared with; 今年（2025年） is 2025."""
    asked = [m for m in years if m.value and not (base and base.holds(m.start))]
    printed = [m for m in asked if m.offset is None]
    return tuple(dict.fromkeys(m.value for m in printed or asked if m.value))


def levels_in(text: str) -> list[tuple[Level, Place]]:
    """Return the levels that a question names: 本级 is 单位."""
    return [
        (level, Place(start=match.start(), end=match.end()))
        for level, pattern in LEVELS
        for match in pattern.finditer(text)
    ]


def text_to_base(text: str, years: list[YearMention]) -> tuple[Base | None, Place | None]:
    """Return what a difference is asked against ("比2023年预算…"), and where that stands."""
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
    relative = YEAR_BEFORE.search(words) or match.group() == "同"
    inside = [m.value for m in years if place.holds(m.start) and m.offset is None]
    if aspect is None and not inside and not relative:
        return None, None
    return Base(year=None if relative or not inside else inside[0], aspect=aspect), place


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
