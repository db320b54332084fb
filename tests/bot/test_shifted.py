"""Other bodies, other years, the same answers; and no body of the samples is named in code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.assistant import Assistant
from corpus.entities.organisations import core_of, region_of
from corpus.model.types import Report
from index.library import Library
from scripts.make_samples import REPORTS, SOURCES, source_to_file
from scripts.toy_library import ToyEncoder

ROOT = Path(__file__).parents[2]
SHIFT = 3
YEAR = re.compile(r"(?<![\d.,])20[12]\d(?=年|年度|[^\d.,]|$)")
# Longest first; only what names a body is renamed, its kind stays what it is.
RENAMED = {
    "上海市普陀区": "青山市临江区",
    "普陀区": "临江区",
    "零陵区": "河口县",
    "零陵": "河口",
    "区总工会": "县总工会",
    "万里街道": "白沙街道",
}
# Bodies that every county has: their kinds may stand in code, as 局 and 委员会 do.
EVERYWHERE = {"财政局", "总工会"}

# Of which report (a word of its title), measure and aspect; asked of its own year.
ASKED = [
    ("绩效自评", "三公经费是多少"),
    ("绩效自评", "三公经费预算是多少"),
    ("绩效自评", "三公经费人均多少"),
    ("绩效自评", "人员经费决算是多少"),
    ("绩效自评", "人员经费年初预算是多少"),
    ("绩效自评", "公用经费比预算多多少"),
    ("绩效自评", "在职人员多少人"),
    ("绩效自评", "有没有项目支出"),
    ("绩效自评", "人员经费和公用经费合计多少"),
    ("绩效自评", "出国费用多少"),
    ("绩效自评", "资助困难职工家庭子女多少名"),
    ("绩效自评", "人员经费为什么增加"),
    ("决算", "三公经费决算是多少"),
    ("决算", "三公经费预算是多少"),
    ("决算", "支出合计多少"),
    ("决算", "行政运行基本支出多少"),
    ("决算", "住房公积金决算是多少"),
    ("决算", "公务接待费多少"),
    ("决算", "机关运行经费多少"),
    ("决算", "政府采购支出多少"),
    ("决算", "基本支出占支出合计的比例"),
    ("决算", "总投资多少"),
    ("部门预算", "三公经费预算多少"),
    ("部门预算", "机关运行经费预算多少"),
    ("部门预算", "政府采购预算多少"),
    ("部门预算", "住房公积金预算多少"),
    ("部门预算", "三公经费决算多少"),
    ("部门预算", "三公经费比上年预算增加多少"),
]


class Twin(NamedTuple):
    """The samples in a library as they are, and in another renamed and moved by years."""

    original: Library
    shifted: Library


def shift(text: str) -> str:
    """Rename the bodies of a text and move its years."""
    for old, new in RENAMED.items():
        text = text.replace(old, new)
    return YEAR.sub(lambda year: str(int(year.group()) + SHIFT), text)


def samples() -> list[Path]:
    """Return the latest sample of each format: reading all of them twice takes long."""
    return list({path.suffix: path for path in sorted(REPORTS.iterdir())}.values())


def write_shifted(folder: Path) -> list[Path]:
    """Write these samples again, each in its own format, from its renamed text."""
    for path in samples():
        if path.suffix == ".txt":
            text = shift(path.read_text(encoding="utf-8"))
            (folder / shift(path.name)).write_text(text, encoding="utf-8")
            continue
        source = SOURCES / f"{path.stem}.md"
        moved = folder / shift(source.name)
        moved.write_text(shift(source.read_text(encoding="utf-8")), encoding="utf-8")
        name, data = source_to_file(moved)
        moved.unlink()
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def open_samples(folder: Path, paths: list[Path]) -> Library:
    encoder = ToyEncoder()
    library = Library.open(folder, encoder=lambda: encoder)
    library.add(paths)
    return library


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    made = write_shifted(tmp_path_factory.mktemp("reports"))
    original = open_samples(tmp_path_factory.mktemp("original"), samples())
    shifted = open_samples(tmp_path_factory.mktemp("shifted"), made)
    with original, shifted:
        yield Twin(original, shifted)


def twins(twin: Twin) -> list[tuple[Report, Report]]:
    """Pair each sample with its copy."""
    copies = {report.name: report for report in twin.shifted.reports()}
    return [(report, copies[shift(report.name)]) for report in twin.original.reports()]


def outcome(library: Library, report: Report, words: str, *, moved: int = 0) -> object:
    """Ask about a report; return status and figures, the years moved back, names left out."""
    answer = Assistant(library).answer(f"{report.organisation}{report.year}年{words}").answer
    figures = [
        (one.value, one.unit, one.aspect, one.year and one.year - moved, one.formula)
        for one in answer.figures
    ]
    return answer.status, figures, [citation.page for citation in answer.citations]


def test_the_copies_are_identified_as_what_they_became(twin: Twin) -> None:
    for report, copy in twins(twin):
        assert copy.organisation == shift(report.organisation) != report.organisation
        assert report.year is not None
        assert copy.year == report.year + SHIFT
        assert (copy.kind, copy.level, copy.pages) == (report.kind, report.level, report.pages)


def test_the_copies_have_the_same_facts(twin: Twin) -> None:
    for report, copy in twins(twin):
        printed = [
            [(fact.printed, fact.unit, fact.measure, fact.aspect) for fact in facts]
            for facts in (
                twin.original.facts.find(reports=[report.id]),
                twin.shifted.facts.find(reports=[copy.id]),
            )
        ]
        assert [(p, u, shift(m), a) for p, u, m, a in printed[0]] == printed[1]


@pytest.mark.parametrize(("title", "words"), ASKED)
def test_a_renamed_and_later_report_answers_alike(twin: Twin, title: str, words: str) -> None:
    pairs = [(report, copy) for report, copy in twins(twin) if title in report.title]
    assert pairs
    for report, copy in pairs:
        assert outcome(twin.shifted, copy, words, moved=SHIFT) == outcome(
            twin.original, report, words
        )


def test_most_of_these_questions_are_answered(twin: Twin) -> None:
    """Alike is worth little where both say nothing."""
    said = [
        outcome(twin.original, report, words)
        for title, words in ASKED
        for report, _ in twins(twin)
        if title in report.title
    ]
    answered = [one for one in said if isinstance(one, tuple) and one[0] == "answered"]
    assert len(answered) >= len(said) * 0.8


def proper_names(report: Report) -> set[str]:
    """Return the names by which a body, or the district that it is of, could be singled out."""
    organisation = report.organisation
    core = core_of(organisation).removesuffix("办事处")
    district = re.sub(r"^.*[省市州](?=.)", "", region_of(organisation))
    return {organisation, core, district, district[:-1]} - EVERYWHERE - {""}


def test_no_body_of_the_samples_is_named_in_code_or_data(twin: Twin) -> None:
    names = {name for report in twin.original.reports() for name in proper_names(report)}
    assert len(names) > len(twin.original.reports())
    sources = [
        path
        for package in ("bot", "corpus", "index")
        for suffix in ("*.py", "*.toml")
        for path in (ROOT / package).rglob(suffix)
    ]
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources
        for name in names
        if name in path.read_text(encoding="utf-8")
    ]
    assert found == []
