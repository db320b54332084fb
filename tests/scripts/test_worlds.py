"""The worlds that the reader learns from: valid as data, printed and read again, judged by rows."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.types import Answer, Citation, Figure, Status
from scripts.train.__main__ import read_parts
from scripts.train.examples import world_to_parts
from scripts.train.judging import is_right
from scripts.train.worlds import (
    Op,
    World,
    WorldFact,
    WorldQuestion,
    WorldReport,
    WorldSentence,
    read_world,
    report_to_title,
    world_to_files,
)

FOLDER = Path(__file__).parents[2] / "scripts/train/data/worlds"
WORLDS = {path.stem: read_world(path) for path in sorted(FOLDER.glob("*.json"))}


@pytest.fixture(params=WORLDS, name="world")
def a_world(request: pytest.FixtureRequest) -> World:
    return WORLDS[request.param]


def ids_of(world: World) -> list[str]:
    reports = [one.id for one in world.reports]
    return [*reports, *(one.id for one in world.facts), *(one.id for one in world.sentences)]


def twice(names: Sequence[object]) -> list[object]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_every_world_teaches_one_part() -> None:
    encoder, scorer, ranking = read_parts(WORLDS)
    assert sorted((*encoder, *scorer, *ranking)) == sorted(WORLDS)


def test_a_world_of_no_part_is_named() -> None:
    with pytest.raises(ValueError, match=r"^parts\.toml: z-new$"):
        read_parts((*WORLDS, "z-new"))


def test_every_id_of_a_world_names_one_thing(world: World) -> None:
    assert twice(ids_of(world)) == []


def test_facts_and_sentences_stand_in_reports_of_their_world(world: World) -> None:
    reports = {report.id for report in world.reports}
    assert [one.id for one in world.facts if one.report not in reports] == []
    assert [one.id for one in world.sentences if one.report not in reports] == []


def test_what_answers_a_question_is_in_its_world(world: World) -> None:
    known = set(ids_of(world))
    missing = [(q.said, set(q.args) - known) for q in world.questions if set(q.args) - known]
    assert missing == []


def test_a_question_has_what_its_operation_needs(world: World) -> None:
    """One message or a talk, and something that answers it where it has an answer."""
    open_ended = ("none", "clarify", "smalltalk")
    wrong = [
        question.said
        for question in world.questions
        if bool(question.q) == bool(question.turns)
        or (question.op not in open_ended and not question.args)
        or (question.op in ("none", "smalltalk") and question.args)
    ]
    assert wrong == []


def test_no_world_asks_the_same_question_twice(world: World) -> None:
    assert twice([question.said for question in world.questions]) == []


def test_a_figure_stands_in_its_sentence_or_in_a_table(world: World) -> None:
    sentences = {one.id: one for one in world.sentences}
    wrong = []
    for fact in world.facts:
        if fact.where.startswith("table:"):
            parts = [part.strip().split(":")[0] for part in fact.where.split("|")]
            right = parts == ["table", "行", "列"]
        else:
            told = sentences.get(fact.where)
            right = (
                told is not None
                and told.report == fact.report
                and fact.value.lstrip("-") in told.text.replace(",", "")
            )
        wrong += [] if right else [fact.id]
    assert wrong == []


# ---------------------------------------------------------------- printing and reading

ARCHIVE = "河口县档案馆"
SMALL = World(
    reports=(
        WorldReport(id="r1", body=ARCHIVE, short=("档案馆",), year=2024, kind="决算"),
        WorldReport(id="r2", body=ARCHIVE, year=2024, kind="决算", level="单位"),
    ),
    facts=(
        WorldFact(
            id="f1",
            report="r1",
            item="三公经费",
            aspect="决算",
            value="5.20",
            unit="万元",
            where="s2",
        ),
        WorldFact(
            id="f2",
            report="r1",
            item="培训费",
            aspect="决算",
            value="3.00",
            unit="万元",
            where="table: 支出决算表 | 行: 支出合计 / 培训费 | 列: 决算数",
        ),
        WorldFact(
            id="f3",
            report="r1",
            item="培训费",
            aspect="预算",
            value="4.00",
            unit="万元",
            where="table: 支出决算表 | 行: 支出合计 / 培训费 | 列: 预算数",
        ),
        WorldFact(
            id="f4",
            report="r2",
            item="三公经费",
            aspect="决算",
            value="1.10",
            unit="万元",
            where="s3",
        ),
    ),
    sentences=(
        WorldSentence(
            id="s1", report="r1", section="一、主要职责", text="负责全县档案的收集和保管。"
        ),
        WorldSentence(
            id="s2",
            report="r1",
            section="二、决算情况",
            text="2024年“三公”经费支出决算5.20万元。",
        ),
        WorldSentence(
            id="s3",
            report="r2",
            section="一、决算情况",
            text="2024年“三公”经费支出决算1.10万元。",
        ),
    ),
    questions=(),
)


def test_a_printed_world_reads_as_it_was_written() -> None:
    first, second = world_to_parts(SMALL)
    assert first.report.text == (
        f"{ARCHIVE}2024年度部门决算\n"
        "一、主要职责\n负责全县档案的收集和保管。\n"
        "二、决算情况\n2024年“三公”经费支出决算5.20万元。\n"
        "支出决算表\n单位：万元\n项目 | 决算数 | 预算数\n培训费 | 3.00 | 4.00\n"
    )
    read = [
        (f.organisation, f.level, f.year, f.measure, f.aspect, str(f.value), f.unit, f.table)
        for parts in (first, second)
        for f in parts.facts
    ]
    assert read == [
        (ARCHIVE, "部门", 2024, "三公经费", "决算", "5.20", "万元", ""),
        (ARCHIVE, "部门", 2024, "培训费", "决算", "3.00", "万元", "支出决算表"),
        (ARCHIVE, "部门", 2024, "培训费", "预算", "4.00", "万元", "支出决算表"),
        (ARCHIVE, "单位", 2024, "三公经费", "决算", "1.10", "万元", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "level", "title"),
    [
        ("决算", None, "河口县档案馆2024年度部门决算"),
        ("决算", "本级", "河口县档案馆2024年度单位决算"),
        ("预算", "单位", "河口县档案馆2024年单位预算"),
        ("绩效自评", None, "河口县档案馆2024年度部门整体支出绩效自评报告"),
        ("项目绩效自评", None, "河口县档案馆2024年度项目支出绩效自评报告"),
        ("三公经费决算", None, "河口县档案馆2024年“三公”经费决算情况说明"),
        ("财政预算执行报告", None, "河口县档案馆2024年财政预算执行情况的报告"),
        ("工作总结", None, "河口县档案馆2024年度工作报告"),
    ],
)
def test_the_title_says_what_a_report_is(kind: str, level: str | None, title: str) -> None:
    report = WorldReport(id="r", body=ARCHIVE, year=2024, kind=kind, level=level)
    assert report_to_title(report) == title


def test_reports_of_one_title_are_files_of_their_own(tmp_path: Path) -> None:
    twin = SMALL.reports[0].model_copy(update={"id": "r3"})
    world = SMALL.model_copy(update={"reports": (SMALL.reports[0], twin)})
    assert [path.name for path in world_to_files(world, tmp_path)] == [
        "河口县档案馆2024年度部门决算.docx",
        "河口县档案馆2024年度部门决算_r3.docx",
    ]


@pytest.mark.parametrize("op", ["lookups", ""])
def test_an_unknown_operation_is_refused(op: str) -> None:
    with pytest.raises(ValidationError, match="op"):
        WorldQuestion.model_validate({"q": "三公多少", "op": op})


# ---------------------------------------------------------------- judging


def world_fact(id_: str, value: str, unit: str = "万元", aspect: str = "决算") -> WorldFact:
    return WorldFact(
        id=id_, report="r1", item=id_, aspect=aspect, value=value, unit=unit, where="s1"
    )


JUDGED = World(
    reports=(),
    facts=(
        world_fact("five", "5.00"),
        world_fact("eight", "8"),
        world_fact("grown", "3", "万元"),
        world_fact("shrunk", "-3", "万元", "增减额"),
        world_fact("slower", "-20", "%", "增减率"),
        world_fact("done", "80", "%", "完成率"),
        world_fact("kept", "2", "万元", "余额"),
        world_fact("staff", "7", "人"),
        world_fact("rate", "1,234.50"),
    ),
    sentences=(
        WorldSentence(
            id="why", report="r1", section="", text="主要原因是办公场所搬迁后水电费减少。"
        ),
        WorldSentence(
            id="more", report="r1", section="", text="新增两名工作人员负责档案整理工作。"
        ),
    ),
    questions=(),
)


def told(*amounts: str, status: Status = "answered", quotes: tuple[str, ...] = ()) -> Answer:
    """Return an answer with figures, each 值 and 单位 divided by a blank, and quotes."""
    figures = [
        Figure(
            value=amount.split()[0],
            unit=amount.split()[1] if " " in amount else "",
            label="",
            organisation="",
            year=2024,
            aspect="决算",
            citation=1,
        )
        for amount in amounts
    ]
    citations = [
        Citation(n=n, document="", title="", section="", page=None, quote=quote)
        for n, quote in enumerate(quotes, start=1)
    ]
    return Answer(status=status, text="", figures=tuple(figures), citations=tuple(citations))


@pytest.mark.parametrize(
    ("op", "args", "answer", "right"),
    [
        pytest.param("lookup", ("five",), told("5 万元"), True, id="查数，对"),
        pytest.param("lookup", ("five",), told("50000 元"), True, id="查数，换了单位"),
        pytest.param("lookup", ("rate",), told("1234.5 万元"), True, id="查数，千分位"),
        pytest.param("lookup", ("five",), told("5.01 万元"), False, id="查数，差一点也是错"),
        pytest.param("lookup", ("five",), told("8 万元", "5 万元"), False, id="查数，排第二"),
        pytest.param(
            "lookup", ("five",), told("8 万元", "3 万元", "5 万元"), False, id="查数，排第三"
        ),
        pytest.param("lookup", ("five",), told(status="not_found"), False, id="查数，没有答"),
        pytest.param("several", ("five", "eight"), told("8 万元", "5 万元"), True, id="两个数"),
        pytest.param("several", ("five", "eight"), told("5 万元"), False, id="两个数缺一个"),
        pytest.param("difference", ("eight", "five"), told("3 万元"), True, id="相差"),
        pytest.param("difference", ("five", "eight"), told("3 万元"), True, id="相差，不论先后"),
        pytest.param("difference", ("five", "eight"), told("13 万元"), False, id="相差，错"),
        pytest.param("growth", ("eight", "five"), told("60 %"), True, id="增长率"),
        pytest.param("growth", ("five", "eight"), told("37.5 %"), True, id="下降率"),
        pytest.param("share", ("five", "eight"), told("62.5 %"), True, id="占比"),
        pytest.param("share", ("five", "eight"), told("160 %"), False, id="占比，反了"),
        pytest.param("share", ("grown", "staff"), told("428571.43 %"), True, id="占比，约数"),
        pytest.param("ratio_times", ("eight", "five"), told("1.6 倍"), True, id="几倍"),
        pytest.param("per", ("five", "staff"), told("7142.86 元"), True, id="人均，四舍五入"),
        pytest.param("per", ("five", "staff"), told("0.7143 万元"), True, id="人均，以万元计"),
        pytest.param("per", ("five", "staff"), told("7300 元"), False, id="人均，差得多"),
        pytest.param("sum", ("five", "eight"), told("13 万元"), True, id="合计"),
        pytest.param("sum", ("five", "eight"), told("5 万元", "8 万元"), False, id="没有相加"),
        pytest.param("worked_back", ("eight", "grown"), told("5 万元"), True, id="倒推"),
        pytest.param("worked_back", ("eight", "shrunk"), told("11 万元"), True, id="倒推，减少的"),
        pytest.param("worked_back", ("eight", "shrunk"), told("5 万元"), False, id="倒推，反了"),
        pytest.param("worked_back", ("eight", "slower"), told("10 万元"), True, id="倒推，按率"),
        pytest.param("worked_back", ("eight", "done"), told("10 万元"), True, id="倒推，计划"),
        pytest.param("worked_back", ("eight", "kept"), told("10 万元"), True, id="倒推，剩余"),
        pytest.param("worked_back", ("eight",), told("8 万元"), None, id="倒推，缺一个数"),
        pytest.param("yesno", ("five",), told("1 万元"), False, id="是否，不相干的数"),
        pytest.param("yesno", ("five", "eight"), told("8 万元"), True, id="是否，有其中一个数"),
        pytest.param("clarify", ("five", "eight"), told("8 万元", "5 万元"), True, id="反问的全列"),
        pytest.param("clarify", ("five", "eight"), told("8 万元"), False, id="该反问的只答一个"),
        pytest.param("none", (), told("5 万元"), False, id="无解的答了"),
        pytest.param("none", (), told(status="not_found"), True, id="无解的拒了"),
        pytest.param("clarify", (), told(status="clarify"), True, id="反问"),
        pytest.param("clarify", (), told("5 万元"), False, id="该反问的答了"),
        pytest.param("smalltalk", (), told(), None, id="寒暄不评"),
        pytest.param(
            "why",
            ("why",),
            told(quotes=("机关运行经费减少，主要原因是办公场所搬迁后水电费减少。",)),
            True,
            id="原因，引了原句",
        ),
        pytest.param(
            "why", ("why",), told(quotes=("办公场所搬迁后水电费",)), True, id="原因，引了其中一段"
        ),
        pytest.param("why", ("why",), told(quotes=("水电费减少",)), False, id="原因，引得太少"),
        pytest.param(
            "why",
            ("why",),
            told(quotes=("新增两名工作人员负责档案整理工作。",)),
            False,
            id="别的句子",
        ),
        pytest.param(
            "list",
            ("why", "more"),
            told(quotes=("主要原因是办公场所搬迁后水电费减少。",)),
            False,
            id="列举，少一条",
        ),
    ],
)
def test_an_answer_is_judged(
    op: Op, args: tuple[str, ...], answer: Answer, right: bool | None
) -> None:
    assert is_right(JUDGED, WorldQuestion(q="问", op=op, args=args), answer) is right


def test_a_list_is_no_answer_to_a_question_for_one_figure() -> None:
    question = WorldQuestion(q="问", op="lookup", args=("five",))
    answer = told("5 万元", "8 万元")
    kinds = ("lookup", "several", "parts")
    assert [is_right(JUDGED, question, answer, kind) for kind in kinds] == [True, False, False]


def test_what_is_asked_back_is_no_answer_to_a_question_that_has_one() -> None:
    question = WorldQuestion(q="问", op="lookup", args=("five",))
    assert Decimal(JUDGED.facts[0].value) == 5
    assert is_right(JUDGED, question, told("5 万元", status="clarify")) is False
