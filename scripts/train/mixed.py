"""Questions of worlds over a library of several bodies, asked as one asks where there are several.

The written questions mostly name no body and no year, since each world is asked by itself. Whoever
asks a library of many bodies names them. So the worlds of a part are read together, a few at a
time, and their questions begin with a name of the body as people say it, often with the year.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from scripts.train.plain import name_of
from scripts.train.worlds import World, WorldFact, WorldQuestion, WorldReport

TOGETHER = 5  # worlds in a library
NUMBERED = 100_000  # the place of the first question of a library in the rows of a world
DATED = 0.6  # the share of questions that name their year, where it is one
PAIRS = 40  # questions of a library that are asked of two bodies
REGION = re.compile(r"[^市县区州镇乡]{2,4}[市县区州镇乡]")
# What tells a year, or what year is meant.
TIMED = re.compile(r"年|去|今|\d\d|上一?期")
BEFORE = (
    "{body}{year}{asked}",
    "{body}{year}{asked}",
    "{year}{body}{asked}",
    "{body}{year}的{asked}",
    "请问{body}{year}{asked}",
    "{body}，{year}{asked}",
    "想问下{body}的，{year}{asked}",
)
OF_TWO = {
    "several": (
        "{a}和{b}{year}{item}各是多少",
        "{year}{a}跟{b}的{item}分别多少",
        "{a}、{b}，{year}{item}都报一下",
    ),
    "compare": (
        "{a}和{b}{year}{item}哪个高",
        "{year}{item}，{a}跟{b}谁多？各是多少",
        "{a}与{b}比，{year}谁的{item}多",
    ),
    "difference": (
        "{a}{year}{item}比{b}多多少",
        "{year}{item}{a}和{b}差多少",
        "{a}跟{b}{year}的{item}相差多少",
    ),
}


def names_of(report: WorldReport) -> tuple[str, ...]:
    """Return the names by which a body is called where others are about: with its region."""
    body = report.body
    regions, at = [], 0
    while found := REGION.match(body, at):
        regions.append(found.group())
        at = found.end()
    if not regions or at == len(body):
        return (body,)
    region, rest = regions[-1], body[at:]
    shorts = tuple(short.lstrip("市县区州镇乡") for short in report.short)
    own = tuple(short for short in shorts if len(short) > 1 and region[:-1] not in short)
    called = (body, region + rest, region[:-1] + rest)
    shorter = (before + short for before in (region, region[:-1]) for short in own)
    return tuple(dict.fromkeys((*called, *shorter)))


def report_of(question: WorldQuestion, world: World) -> WorldReport | None:
    """Return the report that a question is asked of; None where it is asked of several bodies."""
    by_id = {report.id: report for report in world.reports}
    told = [(one.id, one.report) for one in world.facts]
    told += [(one.id, one.report) for one in world.sentences]
    reports = [by_id[report] for own, report in told if own in question.args]
    reports = reports or list(world.reports)
    return reports[0] if len({report.body for report in reports}) == 1 else None


def year_of(question: WorldQuestion, world: World, report: WorldReport) -> int | None:
    """Return the one year that a question is asked of; None where it is of several."""
    years = {fact.year for fact in world.facts if fact.id in question.args and fact.year}
    years |= {report.year} if not years else set()
    return years.pop() if len(years) == 1 else None


def named(question: WorldQuestion, world: World, rng: random.Random) -> WorldQuestion | None:
    """Return a question with the body's name before it; None where it cannot be asked so."""
    first = question.said[0]
    said = {name for one in world.reports for name in (one.body, *one.short, *names_of(one))}
    report = report_of(question, world)
    if report is None or question.op in ("smalltalk", "clarify"):
        return None
    if any(name in "".join(question.said) for name in said):
        return question if any(name in first for name in names_of(report)) else None
    year = year_of(question, world, report)
    dated = year is not None and not TIMED.search(first) and rng.random() < DATED
    text = rng.choice(BEFORE).format(
        body=rng.choice(names_of(report)), year=f"{year}年" if dated else "", asked=first
    )
    changed = {"turns": (text, *question.turns[1:])} if question.turns else {"q": text}
    return question.model_copy(update=changed)


def _shared(a: World, b: World) -> list[tuple[WorldFact, WorldFact]]:
    """Return the figures that two worlds have of one name, year, aspect and unit."""

    def key(fact: WorldFact, world: World) -> tuple[str, str, int | None, str]:
        return (name_of(fact, world), fact.aspect, fact.year, fact.unit)

    def alone(world: World) -> dict[tuple[str, str, int | None, str], WorldFact]:
        keys = [key(fact, world) for fact in world.facts]
        return {key(f, world): f for f in world.facts if keys.count(key(f, world)) == 1}

    left, right = alone(a), alone(b)
    return [(left[one], right[one]) for one in left if one in right and left[one].year]


def of_two(worlds: Sequence[World], rng: random.Random) -> Iterator[tuple[World, WorldQuestion]]:
    """Yield questions of one figure of two bodies, each with a world that holds both figures."""
    found = [
        (a, b, *facts)
        for a, b in combinations(worlds, 2)
        for facts in _shared(a, b)
        if a.reports[0].body != b.reports[0].body
    ]
    for a, b, one, other in rng.sample(found, min(PAIRS, len(found))):
        other = other.model_copy(update={"id": f"{other.id} too", "report": f"{other.report} too"})
        both = a.model_copy(update={"facts": (one, other)})
        op = rng.choice(tuple(OF_TWO))
        aspect = "预算" if one.aspect == "预算" else ""
        text = rng.choice(OF_TWO[op]).format(
            a=rng.choice(_called(one, a)),
            b=rng.choice(_called(other, b)),
            year=f"{one.year}年",
            item=name_of(one, a) + aspect,
        )
        yield both, WorldQuestion(q=text, voice="模板", op=op, args=(one.id, other.id))


def _called(fact: WorldFact, world: World) -> tuple[str, ...]:
    report = next(one for one in world.reports if one.id == fact.report.removesuffix(" too"))
    return names_of(report)


def libraries(names: Sequence[str], worlds: Mapping[str, World]) -> list[tuple[str, ...]]:
    """Return the worlds that are read together; no two of a library have a body of one name."""
    made: list[list[str]] = []
    for name in names:
        bodies = {report.body for report in worlds[name].reports}
        for own in made:
            there = {report.body for other in own for report in worlds[other].reports}
            if len(own) < TOGETHER and not bodies & there:
                own.append(name)
                break
        else:
            made.append([name])
    return [tuple(own) for own in made]


def mixed_questions(
    names: Sequence[str], worlds: Mapping[str, World], *, seed: int
) -> dict[str, list[tuple[World, WorldQuestion]]]:
    """Return the questions of the worlds of a library by the name of their world, judged by it."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    asked: dict[str, list[tuple[World, WorldQuestion]]] = {}
    for name in names:
        world = worlds[name]
        own = (named(question, world, rng) for question in world.questions)
        asked[name] = [(world, question) for question in own if question]
    asked[names[0]].extend(of_two([worlds[name] for name in names], rng))
    return asked
