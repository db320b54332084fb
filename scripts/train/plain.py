"""Plain questions of a world: what an office would type, made from its facts by templates.

The written questions are of people who do not know the terms; many who ask do. These stand for
them when the ranking is fitted: the item as the report names it, year and aspect said in full, and
the same of years and items that the world does not have.
"""

import random
from collections.abc import Iterator, Sequence

from scripts.train.worlds import World, WorldFact, WorldQuestion

LOOK_UPS, NONE, PAIRS = 12, 5, 8  # of a world
SAID = {
    "预算": ("预算", "年初预算", "预算安排"),
    "决算": ("决算", "实际支出", "决算数", ""),
    "执行数": ("执行数", "全年执行数", "实际执行"),
    "调整预算": ("调整预算", "全年预算"),
    "增减额": ("比上年增减多少",),
    "增减率": ("比上年增长百分之几",),
    "完成率": ("完成率",),
    "占比": ("占比",),
    "人均": ("人均",),
    "得分": ("得分",),
}
SHAPES = (
    "{body}{year}{item}{aspect}是多少",
    "{year}{item}{aspect}多少",
    "{year}{item}{aspect}是多少？",
    "{item}{aspect}有多少{year}",
    "请问{body}{year}的{item}{aspect}是多少",
    "{year}{body}{item}{aspect}",
)
PAIRED = {
    "difference": ("{a}比{b}多多少", "{a}和{b}相差多少", "{a}与{b}的差额是多少"),
    "share": ("{a}占{b}的比例是多少", "{a}占{b}百分之几", "{b}中{a}占多大比重"),
    "sum": ("{a}和{b}合计多少", "{a}加{b}一共多少", "{a}、{b}两项之和是多少"),
    "several": ("{a}和{b}分别是多少", "{a}、{b}各是多少", "{a}多少，{b}多少"),
    "compare": ("{a}和{b}哪个多", "{a}与{b}相比哪个高"),
    "per": ("平均每{unit}{b}{a}是多少", "{a}按{b}平均是多少"),
    "ratio_times": ("{a}是{b}的几倍",),
}


def name_of(fact: WorldFact, world: World) -> str:
    """Return what a fact is called: its item, with the part before it where others share that."""
    same = [
        f for f in world.facts if (f.item, f.aspect, f.year) == (fact.item, fact.aspect, fact.year)
    ]
    return fact.item if len(same) == 1 or not fact.facet else f"{fact.facet}{fact.item}"


def plain_questions(world: World, others: Sequence[World], *, seed: int) -> list[WorldQuestion]:
    """Return the plain questions of a world, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    return [*_look_ups(world, rng), *_missing(world, others, rng), *_pairs(world, rng)]


def _alone(world: World) -> list[WorldFact]:
    """Return the facts that their name, year and aspect tell from all others."""

    def key(fact: WorldFact) -> tuple[str, str, int | None]:
        return (name_of(fact, world), fact.aspect, fact.year)

    keys = [key(fact) for fact in world.facts]
    return [fact for fact in world.facts if keys.count(key(fact)) == 1]


def _look_ups(world: World, rng: random.Random) -> Iterator[WorldQuestion]:
    facts = _alone(world)
    for fact in rng.sample(facts, min(LOOK_UPS, len(facts))):
        report = next(one for one in world.reports if one.id == fact.report)
        said = rng.choice(SAID.get(fact.aspect, ("",)))
        body = rng.choice((report.body, *report.short))
        text = rng.choice(SHAPES).format(
            body=body, year=f"{fact.year}年", item=name_of(fact, world), aspect=said
        )
        yield WorldQuestion(q=text, voice="模板", op="lookup", args=(fact.id,))


def _missing(world: World, others: Sequence[World], rng: random.Random) -> Iterator[WorldQuestion]:
    years = {fact.year for fact in world.facts} | {report.year for report in world.reports}
    items = {fact.item for fact in world.facts}
    foreign = [f for one in others for f in one.facts if f.item not in items]
    for at in range(NONE):
        own = rng.choice(world.facts)
        fact = own if at % 2 else rng.choice(foreign)
        year = next(y for y in range(2015, 2030) if y not in years) if at % 2 else own.year
        said = rng.choice(SAID.get(fact.aspect, ("",)))
        text = f"{year}年{fact.item}{said}是多少"
        yield WorldQuestion(q=text, voice="模板", op="none", why="模板")


def _pairs(world: World, rng: random.Random) -> Iterator[WorldQuestion]:
    """Yield plain wordings of what people asked of two facts that their names tell apart."""
    alone = {fact.id: fact for fact in _alone(world)}
    asked = [
        one
        for one in world.questions
        if one.op in PAIRED and len(one.args) == 2 and set(one.args) <= alone.keys()
    ]
    for one in rng.sample(asked, min(PAIRS, len(asked))):
        a, b = (alone[name] for name in one.args)
        if name_of(a, world) == name_of(b, world) or (a.year, a.aspect) != (b.year, b.aspect):
            continue
        text = rng.choice(PAIRED[one.op]).format(
            a=name_of(a, world), b=name_of(b, world), unit=b.unit
        )
        yield one.model_copy(update={"q": f"{a.year}年{text}", "turns": (), "voice": "模板"})
