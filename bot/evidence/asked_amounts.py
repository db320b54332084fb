"""What a message asks to be told must be told: people, money, budget and account, a sum.

A filter, never a hint: a sentence that is near a question and says no amount of money does not
answer how much was paid, and one of two figures is not what both make.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.presentation.answer_text import SHOWN_FORMULA, is_conversion
from bot.types import Answer, Citation, Question
from corpus.entities.units import unit_kind
from corpus.lexicon.normalise import normalise
from corpus.model.types import CARRIED_OUT, PLANS

SEVERAL = 2
HOW_MANY = "(?:多少|几|好多|几多)(?:个)?"
# People, bodies and things that are asked for by their counters; 多少个亿 counts money.
COUNTED = re.compile(
    HOW_MANY + r"(?:人(?!民币|头|均)|名|辆|家|户|台|批|人次|起|所|座|亩|公里|吨)(?!.{0,2}[钱元费])"
    r"|(?:人次|批次|户数|人数|家数|台数)(?:[是有为各更最多少]|$)"
)
# An amount of money that is asked for, and what says that there is none.
MONEY = re.compile(
    HOW_MANY + r"[千百万亿]*(?:块?钱|元|块(?![牌地区]))|金额[是为有]?(?:多少|[及和与、，])"
)
NONE = re.compile(r"未(?:安排|发生|列支|产生|支出|使用|购置|开展|编制)|[无没零]|不涉及")
CELLS = "|"  # between the cells of a table: a row below 合计 is no total
UNTOLD = "不能回答"  # what an answer says of a part that no report tells
# Two amounts of one thing, each asked for by itself: 预算多少，最后决算多少.
AMOUNT = re.compile(r"多少|几多|若干|几何")
GRADE = re.compile(
    r"(?:什么|哪个|哪一?|几)(?:评价)?(?:等级|等次|档次?|级别)|(?:等级|等次|档次)(?:是|呢|如何|咋|怎)"
)
GRADES = re.compile(r"优|良|合格|达标|等级|等次|[“\"'为是][中差]")
# What is to be added up or taken away: 两个加一块儿多少, 除开园区的还剩多少.
ADDED = re.compile(
    r"(?<![增追参附添更叠])加(?:在?一[起块]|起来|拢|总|上)|(?<![增追参附添更叠])加(?![班强快大油固工装急入补挂码征]).{1,12}[一总]共"
    r"|合(?:在一起|起来|到一起)|相加|合并计算|[总之]和(?![^，。？]{0,6}比)"
)
APART = re.compile(r"相差|更[多少高低大小]")
# What follows from a level and its change, or is so many times or percent of another.
BACKWARDS = re.compile(r"[倒反回逆][推算]|推[算回]|还原")
TIMES = re.compile(r"几倍|多少倍")
PERCENT = re.compile(
    r"百分之[几多]|百分比|几个百分点|(?:占比|比重|比例)(?:[是为]?多少|有多[大少高])"
)
# A change in percent, and a share of a whole: the one is no answer to the other.
CHANGED = re.compile(
    r"[增减涨降升多少高低](?:了|加|长|少)?(?:百分之[几多]|几个百分点|百分比)|[增降涨]幅|增长率|增速"
)
SHARED = re.compile(r"占.{0,12}(?:百分之|比例|比重|几成)|占比")
SHARES, CHANGES = re.compile(r"占|为|比[例重]"), re.compile(r"增|降|涨|减|多|少|持平|变化")
A_PART = re.compile(r"占|为[^，。\n]{1,40}的[\d.]+%")
# What an average is to be of: 平均每接待一批客人.
EACH = re.compile(
    r"每(?:接待|办理?|建|买|救助|资助)?一?个?(?P<of>批次?|人次|亩|台|辆|户|家|吨|场|期)(?![年月天日])"
)
# What somebody gets for himself in a year, and how an answer tells that.
A_HEAD = re.compile(r"[一每]个?人[一每]个?[年月]|人头")
BY_HEAD = re.compile(r"每人|人均|/人|平均每|一人")
WHICH = re.compile(r"哪一?个(?P<kind>科室?(?![目技学研])|股室?)")
# Why something is so; an answer that tells no reason leaves that out.
WHY = re.compile(r"为什么|为啥|为何|什么原因|啥原因|原因(?:是|在|呢|何在)|咋会|怎么会")
ROSE = re.compile(r"增|涨|升|提高|[变更]?多了|超支|超出|超过|超预算")
FELL = re.compile(r"减|降|下滑|压缩|缩|[变更]?少了|节约")
UNLIKE = re.compile(r"不[降减]反|不[升增]反")
CAUSE = "因|由于|为了|导致|造成|所致"
REASON = re.compile(rf"{CAUSE}|主要[是系为]|受.{{1,20}}(?:影响|限制)|[一二三]是")
TAKEN_AWAY = re.compile(r"除[开去掉]|扣[除掉]|刨[开去除掉]|还剩|剩下|[以之]外的")
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
        and is_of_each(words, answer)
        and has_reason(words, answer)
        and tells_which_office(words, answer)
        and moves_as_said(words, answer)
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
    told = {figure.aspect for figure in answer.figures if not is_conversion(figure)}
    return is_reckoned(answer) or bool(told & plans and told - plans)


def is_reckoned(answer: Answer) -> bool:
    """Tell whether a figure is worked out of others; the same amount in a larger unit is not."""
    return any(one.formula and not is_conversion(one) for one in answer.figures)


def has_grade(words: str, answer: Answer) -> bool:
    """Tell whether who asks for a grade is told one: a score is none."""
    return not GRADE.search(words) or bool(GRADES.search(answer.text))


def is_worked_out(words: str, answer: Answer) -> bool:
    """Tell whether what is to be added up or taken away is worked out, or printed as such."""
    worked = is_reckoned(answer)
    if BACKWARDS.search(words) and not worked:
        return False
    proof = proof_of(answer.citations)
    told = answer.text + proof_of(one for one in answer.citations if CELLS not in one.quote)
    adds = any("+" in (figure.formula or "") for figure in answer.figures)
    taken = bool(TAKEN_AWAY.search(words))
    # A whole may come of what is left of a larger one; how far two are apart is none.
    summed = worked and (taken or adds or not APART.search(answer.text))
    added = not ADDED.search(words) or summed or bool(WHOLES.search(told))
    return added and (not taken or worked or bool(RESTS.search(proof)))


def is_a_ratio(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many times or percent is told a ratio."""
    if TIMES.search(words):
        times = [Decimal(figure.value) for figure in answer.figures if figure.unit == "倍"]
        return "倍" in answer.text and min(times, default=1) >= 1  # else turned round: 0.1倍
    if not PERCENT.search(words):
        return True
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
    if not answer.figures:
        return True
    if A_HEAD.search(words) and not BY_HEAD.search(answer.text):
        return False
    asked = EACH.search(words)
    if asked is None:
        return True
    return f"每{asked['of']}" in answer.text or "人均" in answer.text or not is_reckoned(answer)


def tells_which_office(words: str, answer: Answer) -> bool:
    """Tell whether who asks which 科 it is is told one by its kind."""
    asked = WHICH.search(words)
    return asked is None or asked["kind"][0] in answer.text


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
    if not WHY.search(words):
        return True
    said = UNLIKE.sub("", words)  # 不降反升 says that it rose
    rose, fell = bool(ROSE.search(said)), bool(FELL.search(said))
    if rose == fell:
        return True
    asked, other = (ROSE, FELL) if rose else (FELL, ROSE)
    return bool(asked.search(answer.text)) or not other.search(answer.text)


def proof_of(citations: Iterable[Citation]) -> str:
    """Return where an answer stands, in the report's words."""
    return " ".join(f"{one.section} {one.quote}" for one in citations)
