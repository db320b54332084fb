"""What a report says of something: the sentences that bear out the question best."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.evidence.quotation import Found, answer_with, different, figures_of, in_years, sentences_of
from bot.evidence.reasons import words_to_sign
from bot.evidence.support import Phrase, asked_phrases, bears, ends_alike, of_kind, weight
from bot.parsing.slots import COUNTED, TOTALS
from bot.query.retrieval.matching import fits_kind, term_stands_in
from bot.query.retrieval.scope import Case
from bot.types import Answer
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact, Report
from corpus.structure.sentences import Sentence

ENOUGH = 0.6
NEAR = 0.12
LEAST_SAID = 0.4
PATTERNS = patterns("evidence.supporting_sentences")
WHO = PATTERNS["who"]
DUTY = PATTERNS["duty"]
DUTIES = PATTERNS["duties"]
PURPOSE = PATTERNS["purpose"]
PURPOSE_SAID = PATTERNS["purpose_said"]
LIST_SAID = PATTERNS["list_said"]
LIST = PATTERNS["list"]
REASON = PATTERNS["reason"]
RESULT = PATTERNS["result"]
SHORT = 12

Nearness = list[tuple[str, int, int, float]]


def measured(case: Case) -> Answer | None:
    """Quote the sentence that prints a count or a date as asked: "能用多少年", "什么时候"."""
    asks = COUNTED.search(case.question.words) or case.ask.kind == "日期"
    return told(case) if asks else None


def told_of_duty(case: Case) -> Answer | None:
    """Quote the sentence of a body's duties that tells whether it sees to a matter."""
    return told(case, under=DUTIES) if DUTY.search(case.question.words) else None


def told(case: Case, *, under: re.Pattern[str] | None = None) -> Answer | None:
    """Quote the sentences that bear out the question best; None where none does so enough.

    `under` keeps those under a heading that it fits.
    """
    phrases = asked_phrases(case)
    if not phrases:
        return None
    nearness = passage_nearness(case)
    found = [
        item
        for report in case.texts
        if in_years(case, report)
        for item in scored_sentences(case, report, phrases, nearness)
        if under is None or under.search("".join(item.section))
    ]
    found.sort(key=lambda item: -item.score)
    near = [item for item in found if item.score > found[0].score - NEAR]
    if not near or near[0].score < ENOUGH:
        return None
    bodies = {item.report.organisation for item in near}
    if case.fits_several(bodies) and not WHO.search(case.question.words):
        return None
    return answer_with(case, different(near))


def passage_nearness(case: Case) -> Nearness:
    """Return the places of the passages that the search brings, with their score from 0 to 1."""
    hits = case.passages(case.question.words)
    top = max((score for _, score in hits), default=1.0) or 1.0
    return [(p.report, p.span.start, p.span.end, max(score / top, 0.0)) for p, score in hits]


def scored_sentences(
    case: Case, report: Report, phrases: tuple[Phrase, ...], nearness: Nearness
) -> list[Found]:
    """Score the sentences of a report that bear the question out."""
    found = []
    figures = figures_of(case, report)
    for sentence, after in pairwise((*sentences_of(report), None)):
        if sentence is None:
            continue
        inside = figures.between(sentence.span)
        said = weight(phrases, fold(sentence.text + "".join(rows_of(inside))))
        around = weight(phrases, fold("".join(sentence.section)))
        if max(said, around) < LEAST_SAID or said == 0:
            continue
        item = Found(report=report, span=sentence.span, section=sentence.section, score=said)
        if case.question.operation == "原因":
            item = with_reason(item, after)
        if not answers(case, phrases, item, inside):
            continue
        score = said + 0.15 * around + 0.15 * near_search(item, nearness) + manner(case, item)
        found.append(item.model_copy(update={"score": score}))
    return found


def with_reason(item: Found, after: Sentence | None) -> Found:
    """Return a sentence that gives no reason with the one right after it, where that does."""
    gives = after is not None and after.section == item.section and REASON.search(after.text[:6])
    if after is None or not gives or REASON.search(item.text):
        return item
    return item.model_copy(update={"span": item.report.span(item.span.start, after.span.end)})


def answers(case: Case, phrases: tuple[Phrase, ...], item: Found, inside: Sequence[Fact]) -> bool:
    """Tell whether a sentence bears out each phrase and the kind asked for.

    Its headings count with it, and the names of what the figures in it are of.
    """
    if case.question.operation == "原因" and not explains(case, phrases, item):
        return False
    text = fold("".join((item.text, *item.section, *rows_of(inside))))
    if not bears(phrases, text) or not ends_alike(phrases[-1], text):
        return False
    if case.question.operation == "查数" and not tells_each(case, inside):
        return False
    return of_kind(case, item.text, inside)


def tells_each(case: Case, inside: Sequence[Fact]) -> bool:
    """Tell whether a sentence prints a figure for every part of a question; a date is no figure."""
    kinds = [ask.kind for ask in case.question.asks]
    if len(kinds) == 1:
        return bool(inside) or kinds == ["日期"]  # a bare name asks for its figure
    return all(any(fits_kind(fact, kind) for fact in inside) for kind in kinds if kind != "日期")


def explains(case: Case, phrases: tuple[Phrase, ...], item: Found) -> bool:
    """Tell whether a sentence explains what is asked, and not the opposite of it.

    What is explained stands before the reason, or after 导致: "因大楼装修" explains no 装修.
    """
    asked, said = words_to_sign(case.question.words), words_to_sign(item.text)
    mark, result = REASON.search(item.text), RESULT.search(item.text)
    if mark is None or asked * said < 0:
        return False
    explained = item.text[result.end() :] if result else item.text[: mark.start()]
    around = fold("".join((explained, *item.section)))
    named = set(case.ask.terms) - TOTALS
    if not all(term_stands_in(term, around, case.vocabulary) for term in named):
        return False  # 公务用车…支出 shares characters with 公务接待费支出 and is another thing
    return bears(phrases, around)


def rows_of(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the names of what figures are of: "本工程使用年限50年" is of a certain building."""
    return tuple(dict.fromkeys(name for fact in facts if not fact.table for name in fact.row))


def near_search(item: Found, nearness: Nearness) -> float:
    """Return the score of the best passage of the search that a sentence stands in."""
    return max(
        (score for owner, start, end, score in nearness
         if owner == item.report.id and start <= item.span.start < end),
        default=0.0,
    )  # fmt: skip


def manner(case: Case, item: Found) -> float:
    """Return what a sentence gains by saying a purpose or a list as asked; scraps lose."""
    question, text = case.question.words, item.text
    gain = -0.1 * (len(text) <= SHORT)
    if PURPOSE.search(question):
        gain += 0.3 * bool(PURPOSE_SAID.search(text))
    if LIST.search(question):
        gain += 0.06 * min(text.count("、"), 4) + 0.2 * bool(LIST_SAID.search(text))
    return gain
