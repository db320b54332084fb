"""Details that a message asks for must be told: how many, on which day, at what rate.

A sentence that is near says that a meeting was held, and not when; that money was given back, and
not to how many. And a sum that nobody asked for is no answer.
"""

import re

from bot.evidence.asked_amounts import WHY, proof_of
from bot.query.retrieval.matching import COUNTERS
from bot.types import Answer, Question
from corpus.entities.quantities import parse_number
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns, piece
from corpus.lexicon.normalise import normalise

PATTERNS = patterns("evidence.asked_details")
HOW_MANY = PATTERNS["how_many"]
ANY = ("个", "户")  # what people and bodies are counted by as well
NUMBER = piece("said_number")
PIECES, COUNT = PATTERNS["pieces"], PATTERNS["count"]
AMOUNTS = ("money", "percent", "points")
DAY = PATTERNS["day"]
DATE = PATTERNS["date"]
RATE = PATTERNS["rate"]
SUM = PATTERNS["sum"]
MOST = PATTERNS["most"]
RANKED, RANKED_OF_MANY = PATTERNS["ranked"], PATTERNS["ranked_of_many"]
OF_TWO = PATTERNS["of_two"]
MOVED = PATTERNS["moved"]
MOVES = PATTERNS["moves"]
OVER = PATTERNS["over"]
BUDGET = PATTERNS["budget"]
DIFFERS = PATTERNS["differs"]
DIFFERENCE = PATTERNS["difference"]
WHICH_OF_MANY = PATTERNS["which_of_many"]
LISTED = re.compile(r"[。\n：:]")
BETWEEN = PATTERNS["between"]
NUMBERED = PATTERNS["numbered"]
ADDS = PATTERNS["adds"]
KINDS = patterns("evidence.named_kinds")
TOLD = "_told"  # ends the name of how a thing of a kind is told


def tells_details(question: Question, answer: Answer) -> bool:
    """Tell whether an answer tells the details that are asked for, and adds up nothing else."""
    words = normalise(question.words)
    return (
        has_count(words, answer)
        and has_day(words, answer)
        and has_rate(words, answer)
        and is_ranked(words, answer)
        and has_moved(words, answer)
        and is_against_budget(words, answer)
        and is_wanted(words, answer)
        and tells_difference(words, answer)
        and names_as_many(words, answer)
        and names_its_kind(words, answer)
    )


def has_count(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many of a kind there are is told a number of that kind."""
    asked = HOW_MANY.search(words)
    if asked is None:
        return has_any_count(words, answer)
    counter = asked["counter"]
    same = next((group for group in COUNTERS if counter in group), (counter,))
    units = (*same, *ANY)
    if any(figure.unit.endswith(units) for figure in answer.figures):
        return True
    told = normalise(proof_of(answer.citations) + answer.text)
    return bool(re.search(f"{NUMBER}(?:{'|'.join(units)})", told))


def has_any_count(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many pieces there are is told any number of people or things."""
    if not PIECES.search(words) or any(
        unit_kind(one.unit) not in AMOUNTS for one in answer.figures
    ):
        return True
    return bool(COUNT.search(normalise(proof_of(answer.citations) + answer.text)))


def has_day(words: str, answer: Answer) -> bool:
    """Tell whether who asks when is told a day, a month or a year."""
    return not DAY.search(words) or bool(DATE.search(normalise(proof_of(answer.citations))))


def has_rate(words: str, answer: Answer) -> bool:
    """Tell whether a rate that is asked for is told."""
    return not RATE.search(words) or "%" in answer.text or "分" in answer.text


def is_ranked(words: str, answer: Answer) -> bool:
    """Tell whether who asks for the most or the least is told it; of two that is which is more."""
    if not MOST.search(words):
        return True
    ranked = RANKED if OF_TWO.search(words) else RANKED_OF_MANY
    return bool(ranked.search(answer.text))


def has_moved(words: str, answer: Answer) -> bool:
    """Tell whether who asks by how much something moved is told so, and not what it was."""
    return not MOVED.search(words) or bool(MOVES.search(answer.text))


def is_against_budget(words: str, answer: Answer) -> bool:
    """Tell whether what is to be held against the budget is told beside it, the reason aside."""
    return not OVER.search(words) or bool(WHY.search(words) or BUDGET.search(answer.text))


def is_wanted(words: str, answer: Answer) -> bool:
    """Tell whether a sum is asked for where one is told."""
    return not ADDS.search(answer.text) or bool(SUM.search(words))


def tells_difference(words: str, answer: Answer) -> bool:
    """Tell whether who asks by how much two differ is told so, and not both alone."""
    return not DIFFERS.search(words) or bool(DIFFERENCE.search(answer.text))


def names_as_many(words: str, answer: Answer) -> bool:
    """Tell whether who asks which twelve they are is told as many."""
    asked = WHICH_OF_MANY.search(words)
    if asked is None:
        return True
    count = parse_number(asked["count"].replace("两", "二"))
    longest = max(len(BETWEEN.split(one)) for one in LISTED.split(answer.text))
    return count is None or max(longest, len(NUMBERED.findall(answer.text))) >= count


def names_its_kind(words: str, answer: Answer) -> bool:
    """Tell whether who asks which newspaper or which office it is is told one of that kind."""
    asked = [kind for kind in KINDS if not kind.endswith(TOLD) and KINDS[kind].search(words)]
    told = normalise(answer.text)
    return all(KINDS[f"{kind}{TOLD}"].search(told) for kind in asked)
