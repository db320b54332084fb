"""Whether an answer is right for a question of a world, judged by values and quotes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from bot.types import Answer
from corpus.lexicon.normalise import fold
from scripts.train.worlds import Op, World, WorldFact, WorldQuestion, WorldSentence

MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10) ** 8}
SLACK = Decimal("0.006")  # of a value: what two roundings of one ratio may differ by
SPARE = 4  # figures that may stand beside those that were asked for
# The share of a sentence that a quote must carry.
MOST = 0.6


def canonical(value: str | Decimal, unit: str) -> Decimal:
    """Return an amount in 元, and anything else as it is, without a sign."""
    return abs(Decimal(str(value).replace(",", ""))) * MONEY.get(unit, Decimal(1))


def figures_of(answer: Answer, most: int) -> tuple[Decimal, ...]:
    """Return the first figures of an answer as plain amounts."""
    return tuple(canonical(one.value, one.unit) for one in answer.figures[:most])


def holds(values: Sequence[Decimal], wanted: Decimal, *, exact: bool) -> bool:
    """Tell whether a value is among some, to the last place or but for rounding."""
    slack = Decimal(0) if exact else max(SLACK, abs(wanted) * SLACK)
    return any(abs(value - wanted) <= slack for value in values)


def quoted(answer: Answer, text: str) -> bool:
    """Tell whether the answer quotes most of a sentence."""
    bare = re.sub(r"\s+", "", fold(text))
    pairs = {bare[at : at + 3] for at in range(len(bare) - 2)}
    for citation in answer.citations:
        quote = re.sub(r"\s+", "", fold(citation.quote))
        said = sum(pair in quote for pair in pairs)
        clause = len(quote) >= 8 and quote in bare
        if said >= MOST * len(pairs) or clause:
            return True
    return False


def worked(op: Op, a: Decimal, b: Decimal) -> Decimal | None:
    """Return what two operands make of an operation, None where it makes no number."""
    if op == "difference":
        return abs(a - b)
    if b == 0:
        return None
    ways: Mapping[str, Callable[[], Decimal]] = {
        "growth": lambda: abs(a - b) / b * 100,
        "ratio_times": lambda: a / b,
        "share": lambda: a / b * 100,
        "completion": lambda: a / b * 100,
        "per": lambda: a / b,
    }
    return ways[op]() if op in ways else None


EACH = ("lookup", "several", "parts", "compare", "trend", "list", "rank", "overview")
PAIRED = ("difference", "growth", "ratio_times", "share", "completion", "per")


# What a question for one figure must not be answered with: it is in there, among others.
BROAD = ("several", "compare", "series", "rank", "parts", "difference", "sum")


def is_right(world: World, question: WorldQuestion, answer: Answer, kind: str = "") -> bool | None:
    """Tell whether an answer is right; None where this cannot be judged by values or quotes.

    `kind` is the kind of form that gave it: one figure is not answered by a list that holds it.
    """
    if question.op == "none":
        return answer.status != "answered"
    if question.op == "smalltalk":
        return None
    facts = [fact for fact in world.facts if fact.id in question.args]
    facts.sort(key=lambda fact: question.args.index(fact.id))
    if question.op == "clarify":
        return answer.status == "clarify" or _all_shown(facts, answer)
    if answer.status != "answered":
        return False
    sentences = [one for one in world.sentences if one.id in question.args]
    if question.op == "yesno":
        return _yesno_right(facts, sentences, answer)
    if facts and not (sentences and question.op in ("why", "define", "passage")):
        broad = question.op in ("lookup", "worked_back") and kind in BROAD
        return not broad and _figures_right(question, facts, answer)
    if kind not in ("passage", "section", "rules", ""):
        return False  # a figure that is quoted from the sentence does not tell what it says
    wanted = sentences[:1] if question.op != "list" else sentences
    return bool(wanted) and all(quoted(answer, one.text) for one in wanted)


def _all_shown(facts: list[WorldFact], answer: Answer) -> bool:
    amounts = [canonical(fact.value, fact.unit) for fact in facts]
    shown = figures_of(answer, len(amounts) + SPARE)
    return bool(amounts) and all(holds(shown, one, exact=True) for one in amounts)


def _yesno_right(facts: list[WorldFact], sentences: list[WorldSentence], answer: Answer) -> bool:
    """Tell whether a yes/no question is told by one of its figures or by its sentence."""
    shown = figures_of(answer, 3)
    amounts = [canonical(fact.value, fact.unit) for fact in facts]
    told = any(holds(shown, one, exact=True) for one in amounts)
    return told or any(quoted(answer, one.text) for one in sentences)


def _figures_right(question: WorldQuestion, facts: list[WorldFact], answer: Answer) -> bool | None:
    amounts = [canonical(fact.value, fact.unit) for fact in facts]
    shown = figures_of(answer, len(amounts) + SPARE)
    if question.op == "worked_back":
        ways = befores(facts) if len(facts) > 1 else ()
        return any(holds(shown[:1], one, exact=False) for one in ways) if ways else None
    if question.op == "lookup":
        return holds(shown[:1], amounts[0], exact=True)
    if question.op == "rank" or len(amounts) == 1:
        return holds(shown[:2], amounts[0], exact=True)
    if question.op == "several" and len(answer.figures) > len(amounts) + SPARE:
        return False
    if question.op in EACH:
        return all(holds(shown, amount, exact=True) for amount in amounts)
    if question.op == "sum":
        return holds(shown[:2], sum(amounts, Decimal(0)), exact=False)
    return _computed_right(question.op, amounts, shown)


def befores(facts: Sequence[WorldFact]) -> Iterator[Decimal]:
    """Yield what a level was before a change, or what a plan was of which a part is done.

    Whichever of the two comes first; a printed change bears its sign.
    """
    for level, moved in (facts[:2], facts[1::-1]):
        value, by = canonical(level.value, level.unit), Decimal(moved.value.replace(",", ""))
        if moved.unit != "%" or level.unit == "%":
            by *= MONEY.get(moved.unit, Decimal(1))
            yield value + by if moved.aspect == "余额" else value - by
        elif moved.aspect == "完成率" and by:
            yield value / by * 100
        elif by > -100:
            yield value / (1 + by / 100)


def _computed_right(op: Op, amounts: list[Decimal], shown: tuple[Decimal, ...]) -> bool | None:
    """Tell whether what two figures make is shown; a growth may be asked from either side."""
    sides = [(amounts[0], amounts[1]), (amounts[1], amounts[0])]
    if op != "growth":
        sides = sides[:1]
    values = [value for a, b in sides if (value := worked(op, a, b)) is not None]
    if not values:
        return None
    return any(holds(shown, value, exact=False) for value in values)
