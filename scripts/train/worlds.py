"""Worlds: invented reports as facts and sentences, with the questions that people ask of them.

A world is one JSON file of `scripts/train/data/worlds`. It is printed as .docx files, one a report,
and read by the ordinary pipeline, so that what the reader learns from is what it will meet.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from docx import Document
from docx.document import Document as DocumentType
from pydantic import BaseModel, ConfigDict

from index.encoder.operations import Operation

Op = Operation | Literal["clarify"]


class Row(BaseModel):
    """A frozen row of a world; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WorldReport(Row):
    """A report of a world: whose, of which year and kind; `short` are the body's everyday names."""

    id: str
    body: str
    short: tuple[str, ...] = ()
    year: int
    kind: str
    level: str | None = None


class WorldFact(Row):
    """A figure of a world; `where` is the id of its sentence or `table: T | 行: R | 列: C`."""

    id: str
    report: str
    item: str
    facet: str = ""
    aspect: str
    year: int | None = None
    value: str
    unit: str
    where: str
    path: tuple[str, ...] = ()
    code: str = ""


class WorldSentence(Row):
    """A sentence of a world under its heading."""

    id: str
    report: str
    section: str
    text: str


class WorldQuestion(Row):
    """A question (`q`, or the `turns` of a talk), its operation and the facts that answer it."""

    q: str = ""
    turns: tuple[str, ...] = ()
    voice: str = ""
    op: Op
    args: tuple[str, ...] = ()
    answer: str = ""
    why: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """The messages of the talk; the last one is to be answered."""
        return self.turns or (self.q,)


class World(Row):
    """One invented world."""

    reports: tuple[WorldReport, ...]
    facts: tuple[WorldFact, ...]
    sentences: tuple[WorldSentence, ...]
    questions: tuple[WorldQuestion, ...]


def read_world(path: Path) -> World:
    """Read a world; a field that is unknown or of the wrong type names itself in the error."""
    return World.model_validate(json.loads(path.read_text(encoding="utf-8")))


# The title of a report by what its kind holds; the first that fits.
TITLES = (
    ("三公", "{year}年“三公”经费决算情况说明"),
    ("财政预算", "{year}年财政预算执行情况的报告"),
    ("预算执行", "{year}年预算执行情况的报告"),
    ("自评", "{year}年度部门整体支出绩效自评报告"),
    ("决算", "{year}年度部门决算"),
    ("预算", "{year}年部门预算"),
)


def report_to_title(report: WorldReport) -> str:
    """Return the title that a report of this kind prints."""
    shape = next((shape for word, shape in TITLES if word in report.kind), "{year}年度工作报告")
    if report.kind.startswith("项目") and "自评" in report.kind:
        shape = "{year}年度项目支出绩效自评报告"
    if report.level in ("单位", "本级"):
        shape = shape.replace("部门决算", "单位决算").replace("部门预算", "单位预算")
    return report.body + shape.format(year=report.year)


def world_to_files(world: World, folder: Path) -> tuple[Path, ...]:
    """Print the reports of a world as .docx files; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for report in world.reports:
        path = folder / f"{report_to_title(report)}.docx"
        if path.exists() and path in paths:
            path = folder / f"{report_to_title(report)}_{report.id}.docx"
        _print(world, report, path)
        paths.append(path)
    return tuple(paths)


def _print(world: World, report: WorldReport, path: Path) -> None:
    document = Document()
    document.add_heading(report_to_title(report), 0)
    section = ""
    for sentence in world.sentences:
        if sentence.report != report.id:
            continue
        if sentence.section != section:
            section = sentence.section
            document.add_heading(section, 1)
        document.add_paragraph(sentence.text)
    for title, rows in tables_of(world, report):
        _print_table(document, title, rows)
    document.save(str(path))


Tabled = tuple[str, str, str, str]  # row, column, value, unit


def tables_of(world: World, report: WorldReport) -> Iterator[tuple[str, tuple[Tabled, ...]]]:
    """Yield the title and the cells of each table of a report."""
    tables: dict[str, list[Tabled]] = defaultdict(list)
    for fact in world.facts:
        if fact.report != report.id or not fact.where.startswith("table:"):
            continue
        title, row, column = (part.split(":", 1)[-1].strip() for part in fact.where.split("|"))
        tables[title].append((row, column, fact.value, fact.unit))
    yield from ((title, tuple(cells)) for title, cells in tables.items())


def row_name(row: str) -> str:
    """Return the last name of a row path: 税收收入 of 收入合计 / 税收收入."""
    return row.rsplit("/", 1)[-1].strip()


def _print_table(document: "DocumentType", title: str, cells: Sequence[Tabled]) -> None:
    rows = tuple(dict.fromkeys(row for row, *_ in cells))
    columns = tuple(dict.fromkeys(column for _, column, *_ in cells))
    units = {unit for *_, unit in cells}
    depth = max(row.count("/") for row in rows) + 1 if "指标" in title else 1
    document.add_paragraph(title)
    if len(units) == 1:
        document.add_paragraph(f"单位：{next(iter(units))}")
    table = document.add_table(rows=len(rows) + 1, cols=len(columns) + depth)
    table.style = "Table Grid"
    heads = ("一级指标", "二级指标", "三级指标")[-depth:] if depth > 1 else ("项目",)
    for at, head in enumerate((*heads, *columns)):
        table.cell(0, at).text = head
    for row, column, value, unit in cells:
        cell = table.cell(rows.index(row) + 1, columns.index(column) + depth)
        cell.text = value if len(units) == 1 else f"{value}{unit}"
    for at, row in enumerate(rows, start=1):
        levels = (
            [part.strip() for part in row.split("/")][-depth:] if depth > 1 else [row_name(row)]
        )
        for place, level in enumerate(levels):
            table.cell(at, place).text = level
