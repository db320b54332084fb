"""What a message asks to be told must be told: people, money, budget and account, a sum.

A filter, never a hint: a sentence that is near a question and says no amount of money does not
answer how much was paid, and one of two figures is not what both make.
"""

from collections.abc import Iterable
from decimal import Decimal

from bot.presentation.answer_text import SHOWN_FORMULA, is_conversion
from bot.types import Answer, Citation, Question
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.model.types import CARRIED_OUT, PLANS

SEVERAL = 2
PATTERNS = patterns("evidence.asked_amounts")
COUNTED = PATTERNS["counted"]
MONEY = PATTERNS["money"]
NONE = PATTERNS["none"]
CELLS = "|"  # between the cells of a table: a row below 合计 is no total
LISTED = "\n·"  # before each of several figures, of which none is their sum
UNTOLD = "不能回答"  # what an answer says of a part that no report tells
# Two amounts of one thing, each asked for by itself: 预算多少，最后决算多少.
AMOUNT = PATTERNS["amount"]
GRADE = PATTERNS["grade"]
GRADES = PATTERNS["grades"]
ADDED, PLUS = PATTERNS["added"], PATTERNS["plus"]
APART = PATTERNS["apart"]
BACKWARDS = PATTERNS["backwards"]
TIMES = PATTERNS["times"]
SAID = PATTERNS["said"]
PERCENT = PATTERNS["percent"]
CHANGED = PATTERNS["changed"]
SHARED = PATTERNS["shared"]
SHARES, CHANGES = PATTERNS["shares"], PATTERNS["changes"]
BETWEEN_BOTH = PATTERNS["between_both"]
CHANGES_TOLD, IN_HUNDRED = ("增减额", "增减率"), "百分之"
A_PART = PATTERNS["a_part"]
EACH = PATTERNS["each"]
A_HEAD, SHARED_OUT = PATTERNS["a_head"], PATTERNS["shared_out"]
BY_HEAD = PATTERNS["by_head"]
WHY = PATTERNS["why"]
ROSE = PATTERNS["rose"]
FELL = PATTERNS["fell"]
UNLIKE = PATTERNS["unlike"]
REASON = PATTERNS["reason"]
WHERE_APART = PATTERNS["where_apart"]
TAKEN_AWAY = PATTERNS["taken_away"]
WHOLES = PATTERNS["wholes"]
RESTS = PATTERNS["rests"]


def tells_what_is_asked(question: Question, answer: Answer) -> bool:
    """Tell whether an answer tells all the kinds of thing that a message asks for."""
    words = normalise(question.words)
    return (
        counts_what_is_asked(words, answer)
        and tells_money_asked(words, answer)
        and has_aspects(question, words, answer)
        and has_grade(words, answer)
        and is_worked_out(words, answer)
        and is_a_ratio(words, answer)
        and is_of_each(words, answer)
        and has_reason(words, answer)
        and moves_as_said(words, answer)
        and tells_where_apart(words, answer)
    )


def counts_what_is_asked(words: str, answer: Answer) -> bool:
    """Tell whether people or things that are counted are not answered with amounts of money alone.

    What else a message asks for may be money: 多少人，花了多少钱.
    """
    if not answer.figures or not COUNTED.search(words):
        return True
    return any(unit_kind(figure.unit) != "money" for figure in answer.figures)


def tells_money_asked(words: str, answer: Answer) -> bool:
    """Tell whether who asks how much money is told an amount of it, or that there is none.

    That it is not told is a part of an answer where something else is asked for as well.
    """
    if not MONEY.search(words):
        return True
    told = any(unit_kind(figure.unit) == "money" for figure in answer.figures)
    untold = UNTOLD in answer.text and len(AMOUNT.findall(words)) >= SEVERAL
    return told or untold or bool(NONE.search(proof_of(answer.citations)))


def has_aspects(question: Question, words: str, answer: Answer) -> bool:
    """Tell whether budget and account are both told where each is asked for by itself."""
    asked, plans = set(question.aspects), set(PLANS)
    each = len(AMOUNT.findall(words)) >= SEVERAL
    if not (asked & plans and asked & {*CARRIED_OUT}):
        return True
    told = {figure.aspect for figure in answer.figures if not is_conversion(figure)}
    both = bool(told & plans and told - plans)
    if BETWEEN_BOTH.search(words) and is_reckoned(answer):
        return both or bool(told & {*CHANGES_TOLD})
    return both or not each or is_reckoned(answer)


def is_reckoned(answer: Answer) -> bool:
    """Tell whether a figure is worked out of others; the same amount in a larger unit is not."""
    return any(one.formula and not is_conversion(one) for one in answer.figures)


def has_grade(words: str, answer: Answer) -> bool:
    """Tell whether who asks for a grade is told one: a score is none."""
    return not GRADE.search(words) or bool(GRADES.search(answer.text))


def is_worked_out(words: str, answer: Answer) -> bool:
    """Tell whether what is to be added up or taken away is worked out, or printed as such."""
    worked = is_reckoned(answer)
    if BACKWARDS.search(words) and not (worked and rests_on_known(words, answer)):
        return False
    proof = proof_of(answer.citations)
    told = answer.text + proof_of(one for one in answer.citations if CELLS not in one.quote)
    formulas = [figure.formula or "" for figure in answer.figures if not is_conversion(figure)]
    adds = any("+" in formula for formula in formulas)
    taken = bool(TAKEN_AWAY.search(words))
    # A whole may come of what is left of a larger one; how far two are apart is none.
    alone = sum(map(bool, formulas)) == 1  # two budgets, each worked back, are no sum of them
    apart = APART.search(answer.text) or PLUS.search(words)
    summed = worked and (taken or adds or (alone and not apart))
    listed = not worked and LISTED in answer.text
    added = not ADDED.search(words) or summed or (bool(WHOLES.search(told)) and not listed)
    return added and (not taken or worked or bool(RESTS.search(proof)))


def rests_on_known(words: str, answer: Answer) -> bool:
    """Tell whether the amounts that a message says itself are those that an answer starts from."""
    told = answer.text.replace(",", "")
    return all(amount["value"].replace(",", "") in told for amount in SAID.finditer(words))


def is_a_ratio(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many times or percent is told a ratio."""
    if TIMES.search(words):
        times = [Decimal(figure.value) for figure in answer.figures if figure.unit == "倍"]
        return "倍" in answer.text and min(times, default=1) >= 1  # else turned round: 0.1倍
    if not PERCENT.search(words):
        return True
    if answer.text.count("%") < words.count(IN_HUNDRED):
        return False  # 完成了百分之几，同比降了百分之几
    changed, shared = bool(CHANGED.search(words)), bool(SHARED.search(words))
    if is_reckoned(answer) and changed != shared:
        wanted = CHANGES if changed else SHARES
        lines = (line for line in reckoned_lines(answer) if not (changed and A_PART.search(line)))
        return any(wanted.search(line) for line in lines)
    return "%" in answer.text or "百分" in answer.text


def reckoned_lines(answer: Answer) -> list[str]:
    """Return the lines of an answer that show a formula, each up to it; all where none does."""
    lines = (line.partition(SHOWN_FORMULA) for line in answer.text.splitlines())
    return [told for told, shown, _ in lines if shown] or [answer.text]


def is_of_each(words: str, answer: Answer) -> bool:
    """Tell whether an average is of what it is asked of: for each group of guests, no guest."""
    if A_HEAD.search(words) and not BY_HEAD.search(answer.text):
        return False
    if not answer.figures:
        return True
    if SHARED_OUT.search(words) and not (is_reckoned(answer) or BY_HEAD.search(answer.text)):
        return False
    asked = EACH.search(words)
    if asked is None:
        return True
    return f"每{asked['of']}" in answer.text or "人均" in answer.text or not is_reckoned(answer)


def has_reason(words: str, answer: Answer) -> bool:
    """Tell whether who asks for a figure and for its reason is told both.

    What is worked out gives no reason at all.
    """
    if not WHY.search(words):
        return True
    both = bool(AMOUNT.search(words) or PERCENT.search(words))
    if both and not answer.figures:
        return False
    silent = is_reckoned(answer) or (both and bool(answer.figures))
    return not silent or bool(REASON.search(answer.text))


def moves_as_said(words: str, answer: Answer) -> bool:
    """Tell whether who asks why something rose is not told why something fell, nor turned round."""
    why = WHY.search(words)
    if why is None:
        return True
    # What is said in other clauses is said of something else: 别家都在降，这家为什么升.
    start, end = words.rfind(",", 0, why.start()) + 1, words.find(",", why.end())
    own = words[start : end if end > 0 else None]
    said = UNLIKE.sub("", own if ROSE.search(own) or FELL.search(own) else words)
    rose, fell = bool(ROSE.search(said)), bool(FELL.search(said))
    if rose == fell:
        return True
    asked, other = (ROSE, FELL) if rose else (FELL, ROSE)
    return bool(asked.search(answer.text)) or not other.search(answer.text)


def tells_where_apart(words: str, answer: Answer) -> bool:
    """Tell whether who asks in which item two accounts differ is told of more than their sums."""
    measures = {figure.label for figure in answer.figures if figure.formula is None}
    return not WHERE_APART.search(words) or len(measures) >= SEVERAL


def proof_of(citations: Iterable[Citation]) -> str:
    """Return where an answer stands, in the report's words."""
    return " ".join(f"{one.section} {one.quote}" for one in citations)
