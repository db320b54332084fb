"""The decision: answer, answer and say how it was read, ask back, or refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.parsing.grammar import find_sign
from bot.presentation.names_said import name_of, own_words
from bot.query.forms import Lookup, Passage
from bot.query.reckoned import figures_told
from bot.query.retrieval.scope import Case, asks_of_each
from bot.types import Answer, Memory, Operation
from bot.understanding.advice.reading import NONE, Adviser
from bot.understanding.execution import Considered
from bot.understanding.features import OF_RULES, Asked
from bot.understanding.judging import judge, told_by
from bot.understanding.ranking import load_ranking
from bot.understanding.reader import Reader, Understood
from corpus.entities.quantities import parse_number
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact

RELATED = 3
SIDES = 2  # figures of a reading that are shown beside a refusal
LONGEST_LABEL = 24
LIKE = 0.15  # a difference of chances that decides nothing
ASKS_BACK = 0.2  # the chance at which asking back goes before the figure of one body
ASKS_FIRST = 0.4  # the chance at which asking back goes before a refusal
# The certainty from which on is told what is reckoned of two figures, where it fits the message: on
# the validation sets 28 of 31 between these and the usual one were right.
LEAST_OF: Mapping[str, float] = {"per": 0.45, "compare": 0.5, "difference": 0.5}
# So is what is reckoned of figures that are all named in full, and a rank of as many as are said.
NAMED_IN_FULL = ("sum", "share", "times")
LEAST_NAMED, LEAST_RANKED = 0.5, 0.4
PATTERNS = patterns("questions.decision")
COUNTED, WHICH_PLACE = PATTERNS["counted"], PATTERNS["which_place"]
PLACE = patterns("questions.fitting")["place"]
AGREED = 0.4  # the certainty at which what both ways of reading tell is told
CHANGE = "差额"
LISTED: Operation = "列举"
READ_WHOLE = 0.25  # the chance at which what the rules read whole is told all the same
POSSIBLE = 0.25  # the certainty from which on a reading may well be the one meant
NEAR_ENOUGH = 0.6  # the cosine of a figure that a refusal may show


@dataclass(frozen=True)
class Decision:
    """What is answered, None for a refusal, and all that was considered."""

    answer: Answer | None
    understood: Understood

    @property
    def nearest(self) -> tuple[Fact, ...]:
        """The figures that a refusal may show: of the likeliest readings, then the nearest ones."""
        asked = self.understood.asked
        if asked is None or self.understood.certainty < POSSIBLE:
            return ()
        told = (
            asked.facts.get(figure.fact or "")
            for one in self.understood.considered[:RELATED]
            if one.probability >= POSSIBLE and one.answer.status == "answered"
            for figure in one.answer.figures[:SIDES]
        )
        near = (one.fact for one in asked.near[:RELATED] if one.score >= NEAR_ENOUGH)
        shown = {fact.id: fact for fact in chain(told, near) if fact}
        return tuple(shown.values())[:RELATED]


def decide(
    reader: Reader, case: Case, memory: Memory, rules: Answer | None, wording: str
) -> Decision:
    """Choose what is answered to a message; what the rules are sure of needs no encoder.

    `wording` is what the reader sees of it. Where it is not sure, its adviser is asked.
    """
    if rules is not None and _are_certain(rules, reader, case, memory, wording):
        return Decision(answer=rules, understood=Understood(wording=wording))
    understood = judge(reader.consider(case, memory, rules, wording), reader.scorer)
    if reader.adviser is not None and understood.certainty < load_ranking().sure:
        advised = _advised(reader.adviser, reader, case, memory, understood)
        if advised is not None:
            return advised
    return _likeliest(understood, rules)


def _are_certain(rules: Answer, reader: Reader, case: Case, memory: Memory, wording: str) -> bool:
    """Tell whether what the rules answer needs no reader: a figure for each body is no form."""
    if rules.status != "answered" or asks_of_each(case):
        return rules.status == "answered"
    if case.question.operation == LISTED and not any(ask.terms for ask in case.question.asks):
        return False  # which sentence is meant is a question of reading
    alone = load_ranking("rules")
    return alone.probability(
        reader.by_rules(case, memory, rules, wording)
    ) >= alone.sure and figures_told(rules) >= reader.wanted(case, wording)


def needs_no_reader(reader: Reader, case: Case, rules: Answer, wording: str) -> bool:
    """Tell whether what the rules answer to a message by itself is told as it is."""
    return _are_certain(rules, reader, case, Memory(), wording)


def _likeliest(understood: Understood, rules: Answer | None) -> Decision:
    """Answer with the likeliest reading where it is likely enough, else ask back or refuse."""
    ranking = load_ranking()
    told = preferred(understood) if understood.considered else None
    if told is None or understood.certainty < least_certainty(told, understood):
        read = _read_whole(understood)
        return Decision(answer=read or _asking_back(understood, rules), understood=understood)
    answer = told.answer
    if understood.certainty < ranking.sure:
        answer = _with_note(told, understood.asked)
    return Decision(answer=answer, understood=understood)


def least_certainty(told: Considered, understood: Understood) -> float:
    """Return the certainty from which on an answer is given; `told` is the reading preferred."""
    ranking, best = load_ranking(), understood.considered[0]
    if agrees_with_rules(best, understood.considered) or is_worked_back(best, understood):
        return AGREED
    usual = ranking.told if isinstance(best.form, Passage) else ranking.fair
    if told is not best:
        return usual
    if best.kind in NAMED_IN_FULL and best.features["named"] >= 1:
        return LEAST_NAMED
    if best.kind == "rank" and ranks_what_is_said(best, understood.asked):
        return LEAST_RANKED
    return LEAST_OF.get(best.kind, usual)


def ranks_what_is_said(best: Considered, asked: Asked | None) -> bool:
    """Tell whether as many are put in order as a message says, or all are of the kind it says.

    三个项目哪个得分最低 is of three; 哪个县最多 is of rows that are places, and of no total.
    """
    if asked is None:
        return False
    words, figures = asked.question.words, best.answer.figures
    if (said := COUNTED.search(words)) and len(figures) == parse_number(said["count"]):
        return True
    facts = [asked.facts.get(figure.fact or "") for figure in figures]
    return bool(WHICH_PLACE.search(words)) and all(
        one and PLACE.search(one.measure) for one in facts
    )


def is_worked_back(best: Considered, understood: Understood) -> bool:
    """Tell whether a level is worked back, and the message says that it is to be: 倒推预算."""
    asked = find_sign("reckoned_back", understood.asked.question.words if understood.asked else "")
    formulas = (figure.formula for figure in best.answer.figures)
    return isinstance(best.form, Lookup) and asked is not None and any(formulas)


def _read_whole(understood: Understood) -> Answer | None:
    """Return what the rules answer where they read every word of a message and leave nothing."""
    rules, asked = _figures_of_rules(understood.considered), understood.asked
    if rules is None or asked is None or asked.open or rules.features[f"rule_{CHANGE}"]:
        return None  # whose is not said, or a change that may be counted from something else
    whole = not rules.features["rules_unread"] and rules.probability >= READ_WHOLE
    return rules.answer if whole else None


def agrees_with_rules(best: Considered, considered: Sequence[Considered]) -> bool:
    """Tell whether the rules, which read every word of a message, tell what the reader finds best.

    On eleven sets what both tell was right wherever it was told below the usual certainty.
    """
    rules = _figures_of_rules(considered)
    if rules is None:
        return False
    return not rules.features["rules_left"] and told_by(rules.answer) == told_by(best.answer)


def _of_rules(found: Sequence[Considered]) -> Considered | None:
    """Return the candidate that is what the rules answer, if it is among those found."""
    return next((one for one in found if one.kind == OF_RULES), None)


def _figures_of_rules(found: Sequence[Considered]) -> Considered | None:
    """Return the candidate of the rules where it tells figures."""
    rules = _of_rules(found)
    told = rules is not None and rules.answer.status == "answered" and rules.answer.figures
    return rules if told else None


def _asking_back(understood: Understood, rules: Answer | None) -> Answer | None:
    """Return the question that is put where nothing is told: of which body, where none is named."""
    if rules is not None and rules.status == "clarify":
        return rules
    if understood.asked is None or not understood.asked.open:
        return None
    return next(
        (
            one.answer
            for one in understood.considered
            if one.answer.status == "clarify" and one.probability > ASKS_FIRST
        ),
        None,
    )


def _advised(
    adviser: Adviser, reader: Reader, case: Case, memory: Memory, understood: Understood
) -> Decision | None:
    """Return what comes of an adviser's reading; None where nothing does and ours counts.

    Where nobody is named and several bodies are loaded, whose figure is meant is no question of
    reading.
    """
    asked = understood.asked
    if asked is None or (asked.open and len(asked.bodies) > 1):
        return None
    offer = reader.offer(case, asked, memory)
    advice = adviser.advise(offer.text, ",".join(report.id for report in case.loaded))
    if advice is None:
        return None
    if advice.operation == NONE:
        return Decision(answer=None, understood=understood)
    best = reader.advised(case, asked, offer, advice)
    if best is None or best.answer.status != "answered":
        return None
    found = replace(understood, considered=(best, *understood.considered))
    return Decision(answer=_with_note(best, asked), understood=found)


def _with_note(best: Considered, asked: Asked | None) -> Answer:
    """Return an answer that begins with how the message was read, where that is to be said."""
    note = reading_note(best, asked.facts if asked else {})
    return best.answer.model_copy(update={"text": note + best.answer.text}) if note else best.answer


def preferred(understood: Understood) -> Considered:
    """Return the best candidate, or one of like weight that is the safer thing to say.

    What the rules answer goes before a reading of like weight, a whole list before one of its
    items. Where nobody was named and the rules ask back, one body's figure is told only where that
    is certain.
    """
    best, *others = understood.considered
    rules = _of_rules(others)
    if rules and goes_before(rules, best) and not leaves_asked(rules, best):
        return rules
    like = [one for one in others if one.probability > best.probability - LIKE]
    if isinstance(best.form, Passage):
        for one in like:
            if isinstance(one.form, Passage) and holds(one.form, best.form) and reads(one, best):
                return one
    asks_back = next((one for one in others if one.answer.status == "clarify"), None)
    open_asked = understood.asked is not None and understood.asked.open
    if open_asked and asks_back and best.answer.status == "answered":
        told = {figure.organisation for figure in best.answer.figures}
        if len(told) <= 1 and asks_back.probability > ASKS_BACK:  # a sentence tells no figure
            return asks_back
    return best


def goes_before(rules: Considered, best: Considered) -> bool:
    """Tell whether what the rules answer is the safer thing to say than the best candidate."""
    both_ask = rules.answer.status == best.answer.status == "clarify"
    alike = rules.probability > best.probability - LIKE
    return alike or both_ask or tells_more(rules.answer, best.answer)


def leaves_asked(rules: Considered, best: Considered) -> bool:
    """Tell whether the rules leave out a figure of several that are asked for: 在职几人退休几人."""
    told = {(one.value, one.unit) for one in best.answer.figures}
    less = {(one.value, one.unit) for one in rules.answer.figures}
    if isinstance(best.form, Passage):  # which tells all that stands in it
        return len(less) < best.features["q_wanted"] <= len(told)
    return best.kind == "several" and best.features["q_asking"] >= len(told) > len(less)


def tells_more(whole: Answer, part: Answer) -> bool:
    """Tell whether an answer tells all figures of another and more, of the same sentences."""
    return 0 < len(part.figures) < len(whole.figures) and tells(whole, part)


def tells(whole: Answer, part: Answer) -> bool:
    """Tell whether an answer tells all that another does, by its figures and by its proofs."""
    told = {(one.value, one.unit) for one in whole.figures}
    proofs = {one.quote for one in whole.citations}
    return all((one.value, one.unit) in told for one in part.figures) and all(
        one.quote in proofs for one in part.citations
    )


def holds(whole: Passage, part: Passage) -> bool:
    """Tell whether one stretch of a report lies inside another."""
    return whole.report == part.report and whole.start <= part.start and part.end <= whole.end


def reads(whole: Considered, part: Considered) -> bool:
    """Tell whether the answer that reads a stretch aloud comes to what lies inside of it."""
    said = "".join(whole.answer.text.split())
    return all("".join(one.quote.split()) in said for one in part.answer.citations)


def reading_note(chosen: Considered, facts: Mapping[str, Fact]) -> str:
    """Return how a message was read: what the figures of the answer are of, as it is said.

    The label of what was worked out (2024年比2023年少) would say nothing; its figures have names.
    """
    if isinstance(chosen.form, Passage):
        return "报告里相关的原文："
    if chosen.form is None or chosen.answer.status != "answered" or not chosen.answer.figures:
        return ""
    names = (one.fact for one in chosen.answer.figures)
    told = [facts[name] for name in names if name and name in facts]
    told = told[:1] if isinstance(chosen.form, Lookup) else told
    label = "、".join(dict.fromkeys(name_of(fact) for fact in told if not own_words(fact)))
    inside = label.replace("“", "‘").replace("”", "’")
    return f"按“{inside}”理解：" if label and len(label) <= LONGEST_LABEL else ""
