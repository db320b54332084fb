"""Questions over a library of several bodies: whom they name, and by what they are judged."""

import random

import pytest

from scripts.train.mixed import (
    BEFORE,
    OF_TWO,
    libraries,
    mixed_questions,
    named,
    names_of,
    of_two,
    year_of,
)
from scripts.train.worlds import World, WorldFact, WorldQuestion, WorldReport, WorldSentence


def report(body: str, *short: str, year: int = 2023) -> WorldReport:
    return WorldReport(id=f"r{year}", body=body, short=short, year=year, kind="部门决算")


def fact(name: str, item: str = "三公经费", *, value: str = "5", year: int = 2023) -> WorldFact:
    return WorldFact(
        id=name, report="r2023", item=item, aspect="决算", year=year, value=value, unit="万元",
        where="s1",
    )  # fmt: skip


def world(body: str, *facts: WorldFact, questions: tuple[WorldQuestion, ...] = ()) -> World:
    told = WorldSentence(id="s1", report="r2023", section="一", text="收支情况。")
    return World(
        reports=(report(body, "财政局", "县财政局"),),
        facts=facts,
        sentences=(told,),
        questions=questions,
    )


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (
            report("青山县财政局", "县财政局"),
            ("青山县财政局", "青山财政局"),
        ),
        (
            report("锦阳市东塬区人力资源和社会保障局", "区人社局"),
            (
                "锦阳市东塬区人力资源和社会保障局",
                "东塬区人力资源和社会保障局",
                "东塬人力资源和社会保障局",
                "东塬区人社局",
                "东塬人社局",
            ),
        ),
        (report("青山县石桥镇"), ("青山县石桥镇",)),
        (report("中心医院", "医院"), ("中心医院",)),
    ],
    ids=lambda made: made.body if isinstance(made, WorldReport) else "",
)
def test_a_body_is_called_with_its_region(made: WorldReport, names: tuple[str, ...]) -> None:
    assert names_of(made) == names


def asked(q: str, *args: str, op: str = "lookup", turns: tuple[str, ...] = ()) -> WorldQuestion:
    return WorldQuestion.model_validate({"q": q, "turns": turns, "op": op, "args": args})


def test_a_question_begins_with_a_name_of_its_body_and_keeps_its_answer() -> None:
    own = world("青山县财政局", fact("f1"))
    rng = chance()
    found = [named(asked("请客花了多少", "f1"), own, rng) for _ in range(30)]
    shapes = {
        shape.format(body=name, year=year, asked="请客花了多少")
        for shape in BEFORE
        for name in names_of(own.reports[0])
        for year in ("", "2023年")
    }
    assert {one.q for one in found if one} <= shapes
    assert {"2023年" in one.q for one in found if one} == {True, False}
    assert {(one.op, one.args) for one in found if one} == {("lookup", ("f1",))}


def test_in_a_talk_the_first_message_names_the_body() -> None:
    own = world("青山县财政局", fact("f1"))
    made = named(asked("", "f1", turns=("24年花了多少", "23年呢")), own, chance())
    assert made is not None
    assert made.turns[0].endswith("24年花了多少")
    assert "2023" not in made.turns[0]  # the message tells a year of its own
    assert made.turns[1:] == ("23年呢",)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        (asked("青山县财政局花了多少", "f1"), True),
        (asked("财政局花了多少", "f1"), False),
        (asked("你好", op="smalltalk"), False),
        (asked("花了多少", op="clarify"), False),
    ],
    ids=["说了全称", "只说简称", "寒暄", "反问"],
)
def test_what_names_a_body_stays_and_what_names_none_for_sure_goes(
    question: WorldQuestion, kept: bool
) -> None:
    own = world("青山县财政局", fact("f1"))
    assert named(question, own, chance()) == (question if kept else None)


def test_a_year_is_one_where_all_figures_are_of_it() -> None:
    own = world("青山县财政局", fact("f1"), fact("f2", year=2022))
    (told,) = own.reports
    assert year_of(asked("多少", "f1"), own, told) == 2023
    assert year_of(asked("多少", "f2"), own, told) == 2022
    assert year_of(asked("多少", "f1", "f2"), own, told) is None
    assert year_of(asked("多少", op="none"), own, told) == 2023


def test_figures_that_two_bodies_share_are_asked_of_both() -> None:
    one = world("青山县财政局", fact("f1"), fact("f2", "培训费"))
    other = world("白水县财政局", fact("f1", value="7"))
    made = list(of_two([one, other], chance()))
    (both, question), *others = made
    assert others == []
    assert [(f.id, f.value) for f in both.facts] == [("f1", "5"), ("f1 too", "7")]
    assert question.args == ("f1", "f1 too")
    assert question.op in OF_TWO
    assert "2023年" in question.q
    assert "三公经费" in question.q


def test_no_two_bodies_of_a_library_have_one_name() -> None:
    worlds = {name: world("青山县财政局") for name in "ab"} | {"c": world("白水县财政局")}
    assert libraries("abc", worlds) == [("a", "c"), ("b",)]
    six = {
        name: world(f"{name}县财政局") for name in ("甲乙", "丙丁", "戊己", "庚辛", "子丑", "寅卯")
    }
    assert [len(own) for own in libraries(tuple(six), six)] == [5, 1]


def test_the_questions_of_a_library_are_the_same_for_the_same_seed() -> None:
    questions = (asked("请客花了多少", "f1"), asked("你好", op="smalltalk"))
    worlds = {
        "a": world("青山县财政局", fact("f1"), questions=questions),
        "b": world("白水县财政局", fact("f1"), questions=questions),
    }
    made = mixed_questions("ab", worlds, seed=3)
    assert made == mixed_questions("ab", worlds, seed=3)
    assert {name: len(own) for name, own in made.items()} == {"a": 2, "b": 1}
