"""Messages taken apart: the questions of one by one, and an operation with what it is done with.

Each part is a message of its own, read after the one before it, by the same rules and the same
reader as a whole one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answering.joining import join_answers
from bot.evidence.asked_amounts import AMOUNT
from bot.evidence.named_slots import is_reason_of_named
from bot.parsing.clauses import Operands, operands_of
from bot.parsing.dialogue import says_what
from bot.parsing.parser import Reading, words_to_plain_text
from bot.parsing.slots import TOTALS
from bot.query.reckoned import figures_told, is_of, the_figure
from bot.query.retrieval.scope import WORKED_OUT, Case
from bot.types import Answer, Figure, Memory, Operation, Question
from corpus.model.types import Fact

# Figures and characters that answer one of several questions of a message.
MOST_OF_PART, LONGEST_OF_PART = 3, 240
# What is told by a passage is asked of a whole message: a clause of it alone says too little.
TOLD_WHOLE: frozenset[Operation] = frozenset({"列举", "说明", "定义"})
OfPart = Callable[["Part"], Answer | None]


@dataclass(frozen=True)
class Part:
    """A message, or a part of one, as it is read after what was said before."""

    case: Case
    reading: Reading
    question: Question  # the reading's, filled up from the talk
    before: Memory

    def remembered(self, answer: Answer, said: str) -> Memory:
        """Return the talk after it was answered; `said` is how the reader saw it."""
        return Memory(question=self.question, said=said, facts=told(answer, self.before))


@dataclass(frozen=True)
class Decomposition:
    """How parts of a message are answered, as it is itself.

    `read` reads one, `wording` is how the reader sees it, `by_rules` and `decide` answer it.
    `reckon` returns what comes of figures, `considered` the answers of one kind that the reader
    finds for a message, the best first.
    """

    read: Callable[[str, Memory], Part]
    wording: Callable[[Case], str]
    by_rules: OfPart
    decide: Callable[[Part, Answer | None], Answer]
    reckon: Callable[[Case, str, Sequence[Fact]], Answer | None]
    considered: Callable[[Part, str], Iterable[Answer]]
    is_stranger: Callable[[Case], bool]

    def in_parts(self, clauses: Sequence[str], before: Memory, answered: OfPart) -> Answer | None:
        """Return what is answered to a message of several questions, each after the last.

        None where it is one question, or where one of them has no answer.
        """
        answers: list[Answer] = []
        for clause in clauses if len(clauses) > 1 else ():
            part = self.read(clause, before)
            if answers and says_total(part.reading.question):
                return None  # 车辆几辆，花了多少钱 asks for no total
            answer = answered(part)
            if answer is None or answer.status != "answered" or self.is_stranger(part.case):
                return None
            if answers and not is_of_the_same(part, answer, answers):
                return None
            before = part.remembered(answer, self.wording(part.case))
            answers.append(answer)
        return join_answers(answers) if answers else None

    def told_alone(self, part: Part) -> Answer | None:
        """Return what the rules answer to one of several questions of a message."""
        question = part.case.question
        alone = says_what(question) and question.operation not in TOLD_WHOLE
        return self.by_rules(part) if alone else None

    def read_alone(self, part: Part) -> Answer | None:
        """Return what is chosen for one of several questions of a message.

        A part is told in short: who asks for an amount is told it, and not a paragraph of them.
        """
        answer = self.decide(part, self.by_rules(part))
        many = AMOUNT.search(part.case.question.words) and figures_told(answer) > MOST_OF_PART
        return None if many or len(answer.text) > LONGEST_OF_PART else answer

    def reckoned(self, whole: Part) -> Answer | None:
        """Return what is reckoned of figures that a message names, each asked for by itself."""
        case = whole.case
        text, _ = words_to_plain_text(case.asked_words, case.loaded.bodies, case.vocabulary)
        for operands in operands_of(text):
            asked = operands.asked
            figures = self._figures(asked, whole.before)
            if not figures:  # 东城和西城的支出差多少 says of what with the second
                figures = self._figures(asked[::-1], whole.before, turned=True)[::-1]
            if len(figures) < len(asked):
                continue
            if answer := self._reckoned_of(whole, operands, figures):
                return answer
        return None

    def _reckoned_of(
        self, whole: Part, operands: Operands, figures: Sequence[Figure]
    ) -> Answer | None:
        """Return what is made of figures, as the reader found it or else put together here."""
        facts = [whole.case.pool.by_id.get(one.fact or "") for one in figures]
        printed = [one for one in facts if one is not None]
        if len(printed) == len(figures):
            answer = self.reckon(whole.case, operands.kind, printed)
            if answer and is_of(answer, operands.kind, figures):
                return answer
        found = self.considered(whole, operands.kind)
        return next((one for one in found if is_of(one, operands.kind, figures)), None)

    def _figures(
        self, asked: Sequence[str], before: Memory, *, turned: bool = False
    ) -> tuple[Figure, ...]:
        """Return the one figure that each of some questions is answered with, each after the last.

        The first that has no such answer ends them. With `turned` the first of them stands last
        in the message, and is to say itself what it asks for.
        """
        found: list[Figure] = []
        for words in asked:
            part = self.read(words, before)
            names = part.reading.question if turned else part.question
            if not found and not says_what(names):
                break
            if says_what(part.reading.question):  # the talk says of whom and when, and not of what
                part = replace(part, before=before.model_copy(update={"said": ""}))
            answer = self.decide(part, self.by_rules(part))
            figure = the_figure(answer)
            if figure is None:
                break
            before = part.remembered(answer, self.wording(part.case))
            found.append(figure)
        return tuple(found)


def is_of_the_same(part: Part, answer: Answer, before: Sequence[Answer]) -> bool:
    """Tell whether what is answered to a part is of whose and of what was said before it.

    Both are said once: 比预算少了多少，原因是什么 asks why that is less.
    """
    own, past = part.question, part.before.question
    if not part.reading.question.organisations and is_of_others(answer, before):
        return False
    if past is None or any(ask.terms for ask in own.asks):
        return True
    return is_reason_of_named(own.model_copy(update={"asks": past.asks}), answer)


def told(answer: Answer, before: Memory) -> tuple[str, ...]:
    """Return the facts of the last turns with that of this one; to be asked back is no turn."""
    facts = tuple(f.fact or WORKED_OUT for f in answer.figures[:1])
    turn = () if answer.status == "clarify" else (*facts, "")[:1]
    return (*turn, *before.facts)[:6]


def is_of_others(answer: Answer, before: Sequence[Answer]) -> bool:
    """Tell whether an answer tells a figure of a body that the answers before are not of."""
    bodies = {figure.organisation for one in before for figure in one.figures}
    return not {figure.organisation for figure in answer.figures} <= bodies


def says_total(asked: Question) -> bool:
    """Tell whether a message by itself names nothing but a total: 花了多少钱."""
    named = {term for ask in asked.asks for term in ask.terms}
    return bool(named) and named <= TOTALS
