"""What the words of a question promise of its answer: a sum, a share, a difference, an average.

An operation that was not understood leaves a figure that fits the names in the question and is not
what was asked. So what an answer shows is held against the words once more, after the fact.
"""

from collections.abc import Callable

from bot.parsing.grammar import load_cues
from bot.types import Answer, Figure, Operation, Question
from corpus.lexicon.normalise import normalise

Kept = Callable[[Answer], bool]

# What is told in words is held to the words elsewhere.
NUMERIC: frozenset[Operation] = frozenset({"查数", "差额", "增长率", "占比", "比值", "合计"})
UNCHANGED = ("持平", "一样", "没有变化", "相同", "一致", "没有。", "无法")


def is_kept(question: Question, answer: Answer) -> bool:
    """Tell whether an answer shows every kind of reckoning that the question speaks of."""
    if answer.status != "answered" or question.operation not in NUMERIC:
        return True
    words = normalise(question.words)
    for ask in question.asks:
        for said in ask.said:  # a name promises nothing: 收入合计, 结转和结余
            words = words.replace(said, "_" * len(said))
    promised = (name for name, found in load_cues().promises.items() if found.search(words))
    return all(KEPT[name](answer) for name in promised)


def _worked(answer: Answer, sign: str) -> bool:
    return any(sign in (figure.formula or "") for figure in answer.figures)


def _unit(answer: Answer, *units: str) -> bool:
    return any(figure.unit in units for figure in answer.figures)


def _about(answer: Answer, test: Callable[[Figure], bool]) -> bool:
    return any(test(figure) for figure in answer.figures)


def _sum(answer: Answer) -> bool:
    # What units have together may be the rest: the figure of the 部门 less that of its 本级.
    rest = _about(answer, lambda f: "下属单位" in f.label and "-" in (f.formula or ""))
    return rest or _worked(answer, "+")


def _share(answer: Answer) -> bool:
    return _unit(answer, "%", "％")


def _rate(answer: Answer) -> bool:
    return _unit(answer, "%", "％", "倍", "个百分点") or _unchanged(answer)


def _difference(answer: Answer) -> bool:
    changes = _about(answer, lambda figure: figure.aspect in ("增减额", "增减率"))
    return changes or _worked(answer, "-") or _unchanged(answer)


def _average(answer: Answer) -> bool:
    named = _about(answer, lambda f: f.aspect == "人均" or any(w in f.label for w in "均每"))
    return named or _worked(answer, "/")


def _left(answer: Answer) -> bool:
    named = _about(answer, lambda f: f.aspect == "余额" or "结" in f.label or "剩" in f.label)
    return named or _worked(answer, "-") or _unchanged(answer)


def _unchanged(answer: Answer) -> bool:
    return any(word in answer.text for word in UNCHANGED)


KEPT: dict[str, Kept] = {
    "和": _sum,
    "占比": _share,
    "幅度": _rate,
    "差额": _difference,
    "平均": _average,
    "剩余": _left,
}
