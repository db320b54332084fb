"""What a message asks to be told must be told: people, money, budget and account, a sum.

A filter, never a hint: a sentence that is near a question and says no amount of money does not
answer how much was paid, and one of two figures is not what both make.
"""

import re
from collections.abc import Iterable

from bot.types import Answer, Citation, Question
from corpus.entities.units import unit_kind
from corpus.lexicon.normalise import normalise
from corpus.model.types import CARRIED_OUT, PLANS

SEVERAL = 2
HOW_MANY = "(?:多少|几|好多|几多)(?:个)?"
# People, bodies and things that are asked for by their counters; 多少个亿 counts money.
COUNTED = re.compile(
    HOW_MANY + r"(?:人(?!民币|头|均)|名|辆|家|户|台|批|人次|起|所|座|亩|公里|吨)(?!.{0,2}[钱元费])"
)
# An amount of money that is asked for, and what says that there is none.
MONEY = re.compile(HOW_MANY + r"[千百万亿]*(?:块?钱|元|块(?![牌地区]))")
NONE = re.compile(r"[未无没零]|不涉及")
UNTOLD = "不能回答"  # what an answer says of a part that no report tells
# Two amounts of one thing, each asked for by itself: 预算多少，最后决算多少.
AMOUNT = re.compile(r"多少|几多|若干|几何")
GRADE = re.compile(
    r"(?:什么|哪个|哪一?|几)(?:评价)?(?:等级|等次|档次?|级别)|(?:等级|等次|档次)(?:是|呢|如何|咋|怎)"
)
GRADES = re.compile(r"优|良|合格|达标|等级|等次|[“\"'为是][中差]")
# What is to be added up or taken away: 两个加一块儿多少, 除开园区的还剩多少.
ADDED = re.compile(
    r"(?<![增追参附添更叠])加(?:在?一[起块]|起来|拢|总|上)|(?<![增追参附添更叠])加(?![班强快大油固工装急入]).{1,12}[一总]共"
    r"|合(?:在一起|起来|到一起)|相加"
)
# What follows from a level and its change, or is so many times or percent of another.
BACKWARDS = re.compile(r"[倒反回逆]推|倒算|推算|推回|还原")
TIMES, PERCENT = re.compile(r"几倍|多少倍"), re.compile(r"百分之[几多]|百分比|几个百分点")
TAKEN_AWAY = re.compile(r"除[开去掉]|扣[除掉]|刨[开去除掉]|还剩|剩下")
WHOLES = re.compile(r"(?<!公)共(?![青同享服用]|产党)|总[数计额量]|合计|累计|包[括含]")
RESTS = re.compile(r"[剩余]|其他|其它|另")


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
    )


def counts_what_is_asked(words: str, answer: Answer) -> bool:
    """Tell whether people or things that are counted are not answered with amounts of money alone.

    What else a message asks for may be money: 多少人，花了多少钱.
    """
    if not answer.figures or not COUNTED.search(words):
        return True
    return any(unit_kind(figure.unit) != "money" for figure in answer.figures)


def tells_money_asked(words: str, answer: Answer) -> bool:
    """Tell whether who asks how much money is told an amount of it, or that there is none."""
    if not MONEY.search(words):
        return True
    told = any(unit_kind(figure.unit) == "money" for figure in answer.figures)
    return told or UNTOLD in answer.text or bool(NONE.search(proof_of(answer.citations)))


def has_aspects(question: Question, words: str, answer: Answer) -> bool:
    """Tell whether budget and account are both told where each is asked for by itself."""
    asked, plans = set(question.aspects), set(PLANS)
    each = len(AMOUNT.findall(words)) >= SEVERAL
    if not (each and asked & plans and asked & {*CARRIED_OUT}):
        return True
    told = {figure.aspect for figure in answer.figures}
    return any(one.formula for one in answer.figures) or bool(told & plans and told - plans)


def has_grade(words: str, answer: Answer) -> bool:
    """Tell whether who asks for a grade is told one: a score is none."""
    return not GRADE.search(words) or bool(GRADES.search(answer.text))


def is_worked_out(words: str, answer: Answer) -> bool:
    """Tell whether what is to be added up or taken away is worked out, or printed as such."""
    worked = any(figure.formula for figure in answer.figures)
    proof = proof_of(answer.citations)
    if BACKWARDS.search(words) and not worked:
        return False
    added = not ADDED.search(words) or worked or bool(WHOLES.search(proof))
    return added and (not TAKEN_AWAY.search(words) or worked or bool(RESTS.search(proof)))


def is_a_ratio(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many times or percent is told a ratio."""
    if TIMES.search(words) and "倍" not in answer.text:
        return False
    return not PERCENT.search(words) or "%" in answer.text or "百分" in answer.text


def proof_of(citations: Iterable[Citation]) -> str:
    """Return where an answer stands, in the report's words."""
    return " ".join(f"{one.section} {one.quote}" for one in citations)
