"""What a report says of something: the sentences that bear out the question best."""

import re
from itertools import pairwise

from bot.bearing import Phrase, asked_phrases, bears, ends_alike, of_kind, weight
from bot.case import Case
from bot.nouns import Answer
from bot.quoting import Found, answer_with, different, facts_inside, in_years, sentences_of
from corpus.nouns import Report
from corpus.sentences import Sentence
from corpus.wording import fold

ENOUGH = 0.6
NEAR = 0.12
LEAST_SAID = 0.4
# "哪个部门管": the answer is whose report it is, so any body may give it.
WHO = re.compile(r"哪个?(?:部门|单位|局|委|家)|归谁|谁(?:管|负责)|谁的职责|职责")
PURPOSE = re.compile(r"用来|用于|干什么|做什么|主要.{0,6}(?:谁|什么)|接待谁|什么上头")
PURPOSE_SAID = re.compile(r"主要用于|用于")
LIST_SAID = re.compile(r"主要包括|包括|如下")
LIST = re.compile(r"哪[些几]|名目|有什么|都有")
REASON = re.compile(r"因|由于|原因|为了|导致|所以|根据")
SHORT = 12

Nearness = list[tuple[str, int, int, float]]


def told(case: Case) -> Answer | None:
    """Quote the sentences that bear out the question best; None where none does so enough."""
    phrases = asked_phrases(case)
    if not phrases:
        return None
    nearness = passage_nearness(case)
    found = [
        item
        for report in case.reports
        if in_years(case, report)
        for item in scored_sentences(case, report, phrases, nearness)
    ]
    found.sort(key=lambda item: -item.score)
    near = [item for item in found if item.score > found[0].score - NEAR]
    if not near or near[0].score < ENOUGH:
        return None
    bodies = {item.report.organisation for item in near}
    if case.scope.open and len(bodies) > 1 and not WHO.search(case.question.words):
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
    for sentence, after in pairwise((*sentences_of(report), None)):
        if sentence is None:
            continue
        said = weight(phrases, fold(sentence.text))
        around = weight(phrases, fold("".join(sentence.section)))
        if max(said, around) < LEAST_SAID or said == 0:
            continue
        item = Found(report=report, span=sentence.span, section=sentence.section, score=said)
        if case.question.operation == "原因":
            item = with_reason(item, after)
        if not answers(case, phrases, item):
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


def answers(case: Case, phrases: tuple[Phrase, ...], item: Found) -> bool:
    """Tell whether a sentence under its headings bears out each phrase and the kind asked for."""
    if case.question.operation == "原因" and not REASON.search(item.text):
        return False
    text = fold(item.text + "".join(item.section))
    if not bears(phrases, text) or not ends_alike(phrases[-1], text):
        return False
    inside = facts_inside(case, item)
    if case.question.operation == "查数" and not inside:
        return False  # a bare name asks for its figure
    return of_kind(case, item.text, inside)


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
