"""What a report says of something: the sentences that bear out the question best."""

import re

from bot.case import Case
from bot.match import coverage
from bot.nouns import Answer
from bot.quoting import Found, answer_with, different, in_years, sentences_of
from corpus.nouns import Report
from corpus.wording import fold

ENOUGH = 0.6
NEAR = 0.12
LEAST_SAID = 0.4
# Of each phrase asked for this much must stand in a sentence or its headings.
LEAST_PIECE = 0.4
SHORT_PIECE = 2
# "哪个部门管": the answer is whose report it is, so any body may give it.
WHO = re.compile(r"哪个?(?:部门|单位|局|委|家)|归谁|谁(?:管|负责)|谁的职责|职责")
PURPOSE = re.compile(r"用来|用于|干什么|做什么|主要.{0,6}(?:谁|什么)|接待谁|什么上头")
PURPOSE_SAID = re.compile(r"主要用于|用于")
LIST_SAID = re.compile(r"主要包括|包括|如下")
LIST = re.compile(r"哪[些几]|名目|有什么|都有")
REASON = re.compile(r"因|由于|原因|为了|导致|所以|根据")
SHORT = 12


def told(case: Case) -> Answer | None:
    """Quote the sentences that bear out the question best; None where none does so enough."""
    words = " ".join((case.ask.words, *map(fold, case.ask.terms))).strip()
    if not words:
        return None
    nearness = passage_nearness(case)
    found = [
        item
        for report in case.reports
        if in_years(case, report)
        for item in scored_sentences(case, report, words, nearness)
    ]
    found.sort(key=lambda item: -item.score)
    near = [item for item in found if item.score > found[0].score - NEAR]
    if not near or near[0].score < ENOUGH:
        return None
    bodies = {item.report.organisation for item in near}
    if case.scope.open and len(bodies) > 1 and not WHO.search(case.question.words):
        return None
    return answer_with(case, different(near))


def passage_nearness(case: Case) -> list[tuple[str, int, int, float]]:
    """Return the places of the passages that the search brings, with their score from 0 to 1."""
    hits = case.passages(case.question.words)
    top = max((score for _, score in hits), default=1.0) or 1.0
    return [(p.report, p.span.start, p.span.end, max(score / top, 0.0)) for p, score in hits]


def bears_pieces(pieces: list[str], text: str) -> bool:
    """Tell whether every phrase asked for stands in a text; one short word of several may not.

    "大桥的驿站得过什么荣誉": the sentence names the prize and need not say 荣誉.
    """
    missing = [piece for piece in pieces if coverage(piece, text) < LEAST_PIECE]
    return not missing or (len(missing) == 1 and len(missing[0]) <= SHORT_PIECE < len(pieces))


def scored_sentences(
    case: Case, report: Report, words: str, nearness: list[tuple[str, int, int, float]]
) -> list[Found]:
    """Score the sentences of a report by the words they share and the passage they stand in."""
    question = case.question.words
    wants_purpose, wants_list = PURPOSE.search(question), LIST.search(question)
    found = []
    for sentence in sentences_of(report):
        said = coverage(words, fold(sentence.text))
        around = coverage(words, fold("".join(sentence.section)))
        if max(said, around) < LEAST_SAID or said == 0:
            continue
        if case.question.operation == "原因" and not REASON.search(sentence.text):
            continue
        text = fold(sentence.text + "".join(sentence.section))
        if not bears_pieces(words.split(), text):
            continue
        near = max(
            (score for owner, start, end, score in nearness
             if owner == report.id and start <= sentence.span.start < end),
            default=0.0,
        )  # fmt: skip
        score = said + 0.15 * around + 0.15 * near - 0.1 * (len(sentence.text) <= SHORT)
        score += 0.3 * bool(wants_purpose and PURPOSE_SAID.search(sentence.text))
        if wants_list:
            score += 0.06 * min(sentence.text.count("、"), 4)
            score += 0.2 * bool(LIST_SAID.search(sentence.text))
        found.append(
            Found(report=report, span=sentence.span, section=sentence.section, score=score)
        )
    return found
