"""Details that a message asks for must be told: how many, on which day, at what rate.

A sentence that is near says that a meeting was held, and not when; that money was given back, and
not to how many. And a sum that nobody asked for is no answer.
"""

import re

from bot.evidence.asked_amounts import WHY, proof_of
from bot.query.retrieval.matching import COUNTERS
from bot.types import Answer, Question
from corpus.entities.numbers import parse_number
from corpus.lexicon.normalise import normalise

# How many people or bodies, by a counter that nothing else is counted by.
HOW_MANY = re.compile(
    r"(?:多少|好多|几多|(?<![哪这那])几)(?P<counter>名|位|人(?!民币|头|均|次)|家|户|亩|吨|公里)(?!.{0,2}[钱元费])"
)
ANY = ("个", "户")  # what people and bodies are counted by as well
NUMBER = r"[\d.]*[\d一二三四五六七八九十百千两][多余]?[百千万亿]*[多余]?"
DAY = re.compile(r"哪一?天|几月[几份]|几[号日](?=[^码]|$)|(?:什么|啥)(?:时候|时间|辰光)|何时")
DATE = re.compile(r"\d+[年月日]|年[初底末]|半年|季度|\d+:\d\d")
RATE = re.compile(r"(?:执行|完成|到位|覆盖|合格|增长|下降|就业|满意|处理|达标)[率度]")
SUM = re.compile(
    r"[共总计合加凑]|累|所有|全部|两[项个者样]|三[项个者样]|几[项个者样]|一起|拢|[和跟与及、]|整个|各|同"
)
MOST = re.compile(r"最[多少高低大小]|第[一二三]|排[第名]")
RANKED = re.compile(r"[最更首]|第[一二三\d]|\d位|位[居列]")
MOVED = re.compile(r"(?:增加|减少|增长|下降|上升|降低|[多少涨降])了?(?:多少|几个|百分之几)")
MOVES = re.compile(r"[增减降升涨多少差超]|持平|倍")
OVER = re.compile(
    r"超(?:预算|支|得|了|出|多少)|[跟和与比较]年?初?预算数?(?:相?比|来比|差|多|少|超)"
)
BUDGET = re.compile(r"预算|超|年初")
# By how much two differ, and how that is told.
DIFFERS = re.compile(
    r"差(?:多少|几|了|额|距|[？?。，,]|$)|相差|[多高][出了]{0,2}(?:几[个名人家辆台]|多少[个名人家万元钱])"
    r"|[高低]多少"
)
DIFFERENCE = re.compile(
    r"(?:相差|[多少高低超差]|增加|减少|增长|下降|上升|变化)[了出为]?[^，。；\n]{0,8}\d|持平|相同|一样|倍"
)
# 哪12个部门 asks for as many names.
WHICH_OF_MANY = re.compile(
    r"哪(?P<count>\d{1,2}|[两二三四五六七八九十])(?:[个家项条所处座名位种样类]|大)"
)
LISTED = re.compile(r"[。\n：:]")
BETWEEN = re.compile(r"[、；;]|以?及|[和与]")
NUMBERED = re.compile(
    r"[（(][一二三四五六七八九十]+[）)]|\d+[.、]|[一二三四五六七八九十]是|^·", re.MULTILINE
)
ADDS = re.compile(r"合计[^（\n]*（按公式计算：[\d.,]+ \+ ")


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
    )


def has_count(words: str, answer: Answer) -> bool:
    """Tell whether who asks how many of a kind there are is told a number of that kind."""
    asked = HOW_MANY.search(words)
    if asked is None:
        return True
    counter = asked["counter"]
    same = next((group for group in COUNTERS if counter in group), (counter,))
    units = (*same, *ANY)
    if any(figure.unit.endswith(units) for figure in answer.figures):
        return True
    told = normalise(proof_of(answer.citations) + answer.text)
    return bool(re.search(f"{NUMBER}(?:{'|'.join(units)})", told))


def has_day(words: str, answer: Answer) -> bool:
    """Tell whether who asks when is told a day, a month or a year."""
    return not DAY.search(words) or bool(DATE.search(normalise(proof_of(answer.citations))))


def has_rate(words: str, answer: Answer) -> bool:
    """Tell whether a rate that is asked for is told."""
    return not RATE.search(words) or "%" in answer.text or "分" in answer.text


def is_ranked(words: str, answer: Answer) -> bool:
    """Tell whether who asks for the most or the least is told what ranks so."""
    return not MOST.search(words) or bool(RANKED.search(answer.text))


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
