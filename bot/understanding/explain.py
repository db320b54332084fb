"""Every step of an answer as text: what was annotated, what was considered, what was decided."""

from collections.abc import Iterator

from bot.understanding.execution import Considered
from bot.understanding.features import Asked
from bot.understanding.reader import Understood

SHOWN = 8
FEATURES = ("score", "behind", "p_kind", "aspect", "kind", "terms_borne", "other_term", "covered")


def explain(understood: Understood) -> str:
    """Return what was understood of a message and what was considered for it."""
    return "\n".join(_lines(understood))


def _lines(understood: Understood) -> Iterator[str]:
    yield f"阅读器看到的问题：{understood.wording}"
    if understood.asked is not None:
        yield from _slots(understood.asked)
    if not understood.considered:
        yield "没有可以考虑的理解。"
    yield f"把握：{understood.certainty:.3f}"
    for place, one in enumerate(understood.considered[:SHOWN], start=1):
        yield from _candidate(place, one)


def _slots(asked: Asked) -> Iterator[str]:
    slots = asked.slots
    yield (
        f"槽位：单位 {'、'.join(slots.bodies) or '未指明'}；"
        f"年份 {'、'.join(map(str, slots.years)) or '未指明'}；"
        f"口径 {'、'.join(slots.aspects) or '未指明'}；比较 {slots.base or '无'}"
    )
    terms = "、".join(term for ask in asked.question.asks for term in ask.terms)
    yield f"词汇：{terms or '无'}"
    likely = sorted(asked.operations.items(), key=lambda pair: -pair[1])[:3]
    yield "运算：" + "，".join(f"{name} {share:.2f}" for name, share in likely)


def _candidate(place: int, one: Considered) -> Iterator[str]:
    said = one.answer.text.replace("\n", " / ")[:100]
    yield f"{place}. {one.probability:.3f} {one.kind} [{one.answer.status}] {said}"
    yield "   " + " ".join(f"{name}={one.features.get(name, 0.0):.2f}" for name in FEATURES)
    if one.form is not None:
        yield f"   {one.form.model_dump_json(exclude_defaults=True)}"
