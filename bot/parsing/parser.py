"""From the words of a message to a question in slots, by itself; the talk so far comes later."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from bot.parsing.annotations import (
    AskedBase,
    Marks,
    Place,
    blanked,
    document_year,
    mark_text,
)
from bot.parsing.asides import parted, question_alone, without_asides
from bot.parsing.grammar import (
    asks_amount,
    find_sign,
    text_to_judgement,
    text_to_operation,
    text_to_topic,
)
from bot.parsing.slots import Message, message_to_asks
from bot.parsing.spelling import mend_slips, with_both_sides, with_whole_names
from bot.types import Ask, Operation, Question
from corpus.entities.organisation_spelling import misnamings
from corpus.entities.organisations import (
    drafted_by,
    region_of,
    unknown_of_region,
    unknown_organisation,
)
from corpus.entities.years import YearMention
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.lexicon.term_matcher import Mention, Vocabulary
from corpus.model.types import CHANGES, Aspect, Noun

PATTERNS = patterns("questions.parser")
YEAR_IN_BRACKETS = PATTERNS["year_in_brackets"]
YEAR_ASIDE = PATTERNS["year_aside"]
YEARS_IN_BRACKETS = re.compile(r"(?<=[（(])20\d\d(?:、20\d\d)+(?=[）)])")
AS_OF = PATTERNS["as_of"]
AMOUNT_SAID = PATTERNS["amount_said"]
FOLLOWS = PATTERNS["follows"]
ASKING_WORD = PATTERNS["asking_word"]
CODE = PATTERNS["code"]
COUNTED_THINGS = PATTERNS["counted_things"]
OF_BODY = PATTERNS["of_body"]
# A particle that was left in letters.
PARTICLES = {"ne": "呢", "ma": "吗", "ba": "吧", "a": "啊"}
PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff])(?:ne|ma|ba|a)(?=[?!.。？！]*$)", re.IGNORECASE)
SPOKEN_YEAR = PATTERNS["spoken_year"]
SPOKEN = "〇一二三四五六七八九"
# Ways to put a question that hide the name of what it is about.
REWORDED = (
    (PATTERNS["whose_score"], "哪家自评得分"),
    (PATTERNS["score_told"], "自评得分"),
    (PATTERNS["whose_money"], "总支出"),
    (PATTERNS["hearsay"], ""),
    (PATTERNS["not_meant"], ""),
    (PATTERNS["why_much"], "是多少"),
)
OF_CHANGES = ("差额", "增长率", "比较", "原因", "是否")
# Not aspects to choose by: what is counted or left over says so by its own name.
STATES = ("余额", "数量", "得分", "其他")


class Reading(Noun):
    """What the words of one message say: the slots, and whether it leans on the message before."""

    question: Question
    follows: bool
    base: AskedBase | None = None
    relative: bool = False  # the years asked for hang on what 今年 means
    against: bool = False  # the body named is what that of the talk is compared with
    typed: str = ""  # the message as it came


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
    typed = words
    words = SPOKEN_YEAR.sub(_year_of, mend_slips(normalise(words).strip()))
    words = _to_the_point(words, known, vocabulary)
    text, corrections = words_to_plain_text(words, known, vocabulary)
    marks = without_premise(mark_text(text, known, vocabulary, today.year))
    # A name says nothing of what is wanted: neither 结余分配 nor 最低生活保障. 内设哪几个科室 does.
    names = [(m.start, m.end) for m in marks.terms if not ASKING_WORD.search(m.words)]
    operation = text_to_operation(blanked(text, names))
    topic = text_to_topic(text)
    years = years_asked(marks, talk_year)
    if find_sign("reckoned_back", text):
        years = tuple(sorted(years)[:1])  # what is reckoned back is before what it is reckoned of
        operation = "查数" if operation in OF_CHANGES else operation
    operation = comparison_meant(operation, marks, several=len(years) > 1)
    if topic and operation == "查数" and not (marks.terms or marks.aspects or asks_amount(text)):
        operation = "说明"  # 规资局职责 asks for what the section of that name says
    asks = _asks_of(text, marks, operation)
    if not (marks.aspects or marks.organisations or any(ask.terms or ask.words for ask in asks)):
        years = years_gone_on(marks, years, talk_year)
    organisations = tuple(dict.fromkeys(m.name for m in marks.organisations))
    unknown = unknown_of_region(text, known)
    unknown = unknown or (
        subordinate(text, known) if organisations else stranger(text, marks.terms, known)
    )
    if drafted := drafted_by(unknown, known):
        organisations, unknown, corrections = (drafted,), "", (*corrections, drafted)
    question = Question(
        words=words,
        organisations=organisations,
        unknown_organisation=unknown,
        levels=tuple(dict.fromkeys(level for level, _ in marks.levels)),
        years=years,
        documents=tuple(document_year(text, place) for place in marks.documents),
        pairs=marks_to_pairs(marks),
        as_of=text_to_as_of(text),
        aspects=aspects_asked(marks, operation),
        operation=operation,
        judgement=text_to_judgement(predicate(text, marks)) if operation == "是否" else "",
        topic=topic.name if topic else "",
        asks=asks,
        corrections=corrections,
    )
    return Reading(
        question=question,
        follows=bool(FOLLOWS.search(text)),
        base=marks.base,
        against=marks.against,
        typed=typed,
        relative=any(hangs_on_today(mention, marks, question.years) for mention in marks.years),
    )


def _asks_of(text: str, marks: Marks, operation: Operation) -> tuple[Ask, ...]:
    """Return what a message asks for. A region beside a term alone may be a row of that: 青禾县.

    Beside words of its own, such as the name of a project, it is where to look.
    """
    asks = message_to_asks(Message(text=text, terms=marks.terms, taken=marks.taken), operation)
    if marks.organisations or not all(ask.terms and not ask.words for ask in asks):
        return asks
    taken = marks.model_copy(update={"regions": ()}).taken
    return message_to_asks(Message(text=text, terms=marks.terms, taken=taken), operation)


def without_premise(marks: Marks) -> Marks:
    """Return what is found in a message without the change from which a level is to be worked back.

    So `base`, the aspects of changes and the amounts that are known are no slots; their words stay
    taken. What is said behind
    倒推 goes before what is said ahead of it: 决算我知道，倒推下预算.
    """
    sign = find_sign("reckoned_back", marks.text)
    if sign is None:
        return marks
    behind = any(one.start >= sign.end() and one.aspect not in CHANGES for one in marks.aspects)
    known = AMOUNT_SAID.finditer(marks.text, 0, sign.start())
    aside = (
        *(Place(start=one.start(), end=one.end()) for one in known),
        *(
            Place(start=one.start, end=one.end)
            for one in marks.aspects
            if one.aspect in CHANGES or (behind and one.start < sign.start())
        ),
    )
    kept = tuple(one for one in marks.aspects if all(not place.holds(one.start) for place in aside))
    return marks.model_copy(update={"aspects": kept, "aside": aside, "base": None})


def hangs_on_today(mention: YearMention, marks: Marks, asked: Sequence[int]) -> bool:
    """Tell whether a year asked for or compared with is one that 今年 leads to."""
    if mention.offset is None:
        return False
    if marks.base is not None and marks.base_place and marks.base_place.holds(mention.start):
        return mention.value is not None and mention.value == marks.base.year
    return mention.value in asked


def comparison_meant(operation: Operation, marks: Marks, *, several: bool) -> Operation:
    """Return the operation of a message that compares with a year, a budget or another body.

    比去年多了吗 and 跟去年比怎么样 ask for a difference; 超预算了吗 is told by its own word.
    """
    in_years = marks.base is not None and marks.base.in_years
    if operation == "比较" and find_sign("either_way", marks.text):
        return operation if several or "分别" in marks.text else "差额"
    if (marks.base and operation == "查数") or (in_years and operation in ("是否", "说明")):
        return "差额"
    if marks.compares and operation in ("查数", "说明"):
        return "比较"
    return operation


def _year_of(spoken: re.Match[str]) -> str:
    return f"202{SPOKEN.index(spoken[1].replace('零', '〇'))}年"


def _to_the_point(words: str, known: Collection[str], vocabulary: Vocabulary) -> str:
    """Return a message without the clauses that say nothing of what is asked for."""
    marks = mark_text(words, known, vocabulary, 0)
    taken = [place for place in marks.taken if not is_said_again(words, place)]
    bodies, things = ([one.start for one in found] for found in (marks.organisations, marks.terms))
    alone = question_alone(words, bodies, things)
    return parted(without_asides(words, taken)) if alone == words else parted(alone)


def is_said_again(words: str, place: tuple[int, int]) -> bool:
    """Tell whether what is named at a place is named further on: 我是某市的…，查查某市的预算."""
    start, end = place
    return end - start > 1 and words[start:end] in words[end:]


def words_to_plain_text(
    words: str, known: Collection[str], vocabulary: Vocabulary
) -> tuple[str, tuple[str, ...]]:
    """Return a message in plain form, and what was taken for something else than was typed."""
    text = YEAR_IN_BRACKETS.sub(r"\1年", mend_slips(normalise(words).strip()))
    text = YEAR_ASIDE.sub(r"\1年", text)
    text = text.replace("预决算", "预算和决算").replace("其它", "其他")
    text = YEARS_IN_BRACKETS.sub(lambda match: match.group().replace("、", "年、"), text)
    for pattern, plain in REWORDED:
        text = pattern.sub(plain, text)
    text = PARTICLE.sub(lambda match: PARTICLES[match.group().lower()], text)
    text = COUNTED_THINGS.sub("", text)
    text, subjects = name_subjects(text, vocabulary)
    read = list(subjects)
    for slip in reversed(misnamings(text, known)):
        text = text[: slip.start] + slip.name + text[slip.end :]
        read.append(slip.name)
    corrections = vocabulary.correct(text)
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.term + text[correction.end :]
    text = with_both_sides(with_whole_names(text, vocabulary), vocabulary)
    return text, (*read, *(correction.term for correction in corrections))


def name_subjects(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """Put the names of budget subjects in the place of their codes; return them as well."""
    read: list[str] = []
    pieces, done = [], 0
    for match in CODE.finditer(text):
        path = vocabulary.subjects_of_code(match["code"])
        told = match["before"] or match["after"] or len(re.sub(r"\D", "", match["code"])) > 3
        if not path or not told:
            continue
        # A name printed after its code needs no translation.
        if text[match.end() :].lstrip(" （(").startswith(path[-1]):
            path = (*path[:-1], "")
        pieces += [text[done : match.start()], "中的".join(path)]
        read += [name for name in path[-1:] if name]
        done = match.end()
    return "".join((*pieces, text[done:])), tuple(read)


def predicate(text: str, marks: Marks) -> str:
    """Return a message without the things, bodies and years that it names: what is said of them."""
    letters = list(text)
    places = [(mention.start, mention.end) for mention in marks.terms]
    places += [(mention.start, mention.end) for mention in marks.organisations]
    places += [(mention.start, mention.end) for mention in marks.years]
    for start, end in places:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


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


def years_gone_on(marks: Marks, years: tuple[int, ...], talk_year: int | None) -> tuple[int, ...]:
    """Return the years of a message that names a year alone: 去年呢, after the figure of 2025.

    Where 去年 is the very year that was told, it is counted from there: nobody asks twice.
    """
    offsets = [mention.offset for mention in marks.years if mention.offset]
    if talk_year is None or years != (talk_year,) or len(offsets) != 1:
        return years
    return (talk_year + offsets[0],)


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


def subordinate(text: str, known: Collection[str]) -> str:
    """Return the unit of a body that a question names, where it has no report of its own."""
    found = OF_BODY.search(text)
    if found is None or any(found["unit"] in name for name in known):
        return ""
    return found["unit"]


def stranger(text: str, terms: tuple[Mention, ...], known: Collection[str]) -> str:
    """Return the organisation or region a question names though no report of it is loaded.

    A region is meant as a whole where a term of budgets is asked of it: 某区2024年三公经费.
    """
    bare = blanked(text, [(mention.start, mention.end) for mention in terms], " ")
    if name := unknown_organisation(bare):
        return name
    if not terms:
        return ""  # a matter of the region by its own name may well be one of its bodies'
    regions = {region_of(name)[cut:] for name in known for cut in (0, 3)} - {""}
    for region in sorted(filter(bare.__contains__, regions), key=len, reverse=True):
        if len(region) > 1 and re.match(rf"(?:请问)?{region}(?=20|\d|今|去|的|全年|一般| )", bare):
            return region
    return ""
