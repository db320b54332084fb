"""What a figure is a figure of: the words of its subject as a term of the vocabulary, or as said.

A term is given only where it covers the subject; what is left beside it must be neutral (the
organisation, 本部门, 财政拨款的). A doubtful subject keeps the report's own words.
"""

import re
from typing import NamedTuple

from corpus.entities.comparisons import LEVELS, strip_words
from corpus.entities.organisations import is_short_for
from corpus.lexicon.grammar import patterns, piece, words_of
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Noun

PATTERNS = patterns("extraction.subject_terms")
ITEM = PATTERNS["item"]
CLASS = PATTERNS["class"]
QUARTER = PATTERNS["quarter"]
NEUTRAL = PATTERNS["neutral"]
WE = PATTERNS["we"]
OURS = PATTERNS["ours"]
HAPPENED = PATTERNS["happened"]
VALUED = PATTERNS["valued"]
GENERIC = PATTERNS["generic"]
SPENT_FIRST = PATTERNS["spent_first"]
SCORE = "绩效自评得分"
WHOLE_SCORE = PATTERNS["whole_score"]
SCORED = PATTERNS["scored"]
BOTH = PATTERNS["both"]
HEADING_TAIL = PATTERNS["heading_tail"]
NUMBERING = PATTERNS["numbering"]
OF_YEAR = PATTERNS["of_year"]
A_SIDE, IS_SIDE = PATTERNS["a_side"], PATTERNS["is_side"]
STAGE_END, OF_COLUMN = PATTERNS["stage_end"], PATTERNS["of_column"]

SEATS = words_of("seat")
LONGEST_SHORT, SHORTEST_SHORT = 6, 3


class Subject(Noun):
    """What a figure is of. `start:end` are its words in the text, equal where it has none there.

    `row` is what it is a part of, from the outside in; `facet` the part singled out (第一季度).
    `known` is set where `measure` is a term of the vocabulary or an item of the classification.
    """

    measure: str
    facet: str = ""
    row: tuple[str, ...] = ()
    known: bool
    start: int
    end: int


class Names(NamedTuple):
    """What words are the name of in one block: by its terms, its body, project and headings."""

    vocabulary: Vocabulary
    organisation: str
    project: str
    section: tuple[str, ...]

    def of(self, words: str, at: int) -> Subject | None:
        """Return the subject that words name by themselves, without the project's own name."""
        named = words_to_subject(
            words, vocabulary=self.vocabulary, organisation=self.organisation, at=at
        )
        if named is None or named.known or not self.project:
            return named
        told = named.measure.removeprefix(self.project).removeprefix("项目")
        bare = OF_YEAR.sub("", told)  # X项目全年开展活动
        if bare == named.measure or len(bare) < len("活动") or not OF_YEAR.match(told):
            return named
        return named.model_copy(update={"measure": bare})

    def total(self, words: str, at: int) -> Subject | None:
        """Return the total of income or of spending that general words name."""
        return words_to_total(
            words, vocabulary=self.vocabulary, organisation=self.organisation, at=at
        )

    def of_any(self, words: str, at: int) -> Subject | None:
        """Return the subject that words name by themselves, or the total."""
        return self.of(words, at) or self.total(words, at)

    def heading(self) -> Subject | None:
        """Return the term that the nearest heading names, where it names exactly one."""
        for title in reversed(self.section):
            bare = HEADING_TAIL.sub("", NUMBERING.sub("", strip_words(title)))
            terms = {mention.term for mention in self.vocabulary.mentions(bare)}
            if len(terms) == 1:
                return Subject(measure=terms.pop(), known=True, start=0, end=0)
            if terms:
                return None
        return None


def words_to_subject(
    words: str, *, vocabulary: Vocabulary, organisation: str, at: int
) -> Subject | None:
    """Return the subject that the words before a figure name; None where they name nothing.

    `at` is where the words start in their text, so that the subject knows its place.
    """
    if item := ITEM.search(words):
        return item_to_subject(item, vocabulary=vocabulary, at=at)
    plain = strip_ours(drop_organisation(words, organisation))
    quarter, valued = QUARTER.match(plain), VALUED.match(plain)
    facet = quarter["part"] if quarter else ""
    if quarter:
        plain = strip_words(quarter["rest"])
    elif valued and valued["rest"]:
        plain, facet = valued["rest"], valued["part"]
    if not plain or GENERIC.match(plain) or WE.match(plain):
        return None
    term = words_to_term(plain, vocabulary)
    own = own_words(plain)
    own = plain if own == plain else strip_words(own) or plain
    if not term and (WE.match(own) or HAPPENED.search(own)):
        return None
    found = words.find(own)
    start = at + max(found, 0)
    return Subject(
        measure=term or own,
        facet=facet,
        known=bool(term),
        start=start,
        end=start + len(own) if found >= 0 else at + len(words),
    )


def strip_ours(words: str) -> str:
    """Drop what is around a subject, and 本部门 or 我单位 before it."""
    bare = strip_words(words)
    theirs = OURS.sub("", bare)
    return bare if theirs == bare else strip_words(theirs) or bare


def words_to_total(
    words: str, *, vocabulary: Vocabulary, organisation: str, at: int
) -> Subject | None:
    """Return the total that general words name (收入预算, 支出决算), if they name one."""
    plain = strip_ours(drop_organisation(words, organisation))
    term = vocabulary.term_of(plain) if A_SIDE.search(plain) else None
    if term is None:
        return None
    found = max(words.find(plain), 0)
    return Subject(measure=term, known=True, start=at + found, end=at + found + len(plain))


def drop_organisation(words: str, organisation: str) -> str:
    """Take the report's organisation off the words, also where its name is printed in a variant."""
    if len(organisation) < 4:
        return words
    words = drop_short_name(words, organisation)
    name = rf"{re.escape(organisation[:3])}[^，。；：]{{0,25}}{re.escape(organisation[-2:])}"
    return re.sub(rf"(?:{re.escape(organisation)}|{name}){piece('scope')}?", "", words)


def drop_short_name(words: str, organisation: str) -> str:
    """Take a short name of the organisation off the head of the words: 区残联 before 编制."""
    if not words or words[0] not in SEATS:
        return words
    for cut in range(min(LONGEST_SHORT, len(words) - 1), SHORTEST_SHORT - 1, -1):
        if is_short_for(words[:cut], organisation):
            return words[cut:]
    return words


def item_to_subject(item: re.Match[str], *, vocabulary: Vocabulary, at: int) -> Subject:
    """Return an item of the functional classification, its 类, 款 and 项 as the row path."""
    path = (item["class"], item["section"], item["item"])
    path = (NUMBERING.sub("", path[0]), *path[1:])
    return Subject(
        measure=vocabulary.term_of(path[-1]) or path[-1],
        row=path,
        known=True,
        start=at + item.start("item"),
        end=at + item.end("item"),
    )


def words_to_term(words: str, vocabulary: Vocabulary) -> str:
    """Return the term that covers the words: whole, without their aspect, or at their end."""
    if WHOLE_SCORE.fullmatch(words):
        return SCORE
    if classed := CLASS.match(words):
        words = classed["name"]
    for candidate in (words, *aspect_stripped(words)):
        term = vocabulary.term_of(candidate) if candidate else None
        if term and not (BOTH.search(candidate) and not BOTH.search(term)):
            return term
    for candidate in (words, *aspect_stripped(words), SPENT_FIRST.sub("", words)):
        if term := end_term(candidate, vocabulary):
            return term
    return ""


def aspect_stripped(words: str) -> tuple[str, ...]:
    """Return the words without the aspect at their end, the shortest cut first."""
    short = STAGE_END.sub("", words)
    cuts = [short] if short != words else []
    for _, pattern in LEVELS:
        if found := pattern.search(words):
            cuts.append(OF_COLUMN.sub("", words[: found.start()]))
    return tuple(dict.fromkeys(cuts))


def end_term(words: str, vocabulary: Vocabulary) -> str:
    """Return the term that the words end in, where all before it is neutral; else ""."""
    mentions = vocabulary.mentions(words)
    for mention in sorted(mentions, key=lambda each: each.start):
        after = words[mention.end :]
        spent = after in ("支出", "收入", "费用") and not IS_SIDE.search(mention.words)
        if NEUTRAL.match(words[: mention.start]) and (spent or NEUTRAL.match(after)):
            return mention.term
    return ""


def own_words(words: str) -> str:
    """Return a subject in the report's own words, its aspect or the word for a score taken off."""
    if scored := SCORED.match(words):
        return scored["of"].replace("“", "").replace("”", "")
    return next((cut for cut in reversed(aspect_stripped(words)) if cut), words)
