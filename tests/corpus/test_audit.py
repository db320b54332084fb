"""The audit: what does not add up is listed with both figures, and nothing else is."""

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.checks.audit import audit
from corpus.checks.findings import tolerance
from corpus.checks.table_sums import table_to_sums
from corpus.model.types import Draft, Fact, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.readers.scans.reader import read_pdf
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts


class NoTerms:
    """A vocabulary without words: every measure is called as it is printed."""

    def term_of(self, words: str) -> str | None:
        return None


def line(text: str, page: int = 1) -> Paragraph:
    return Paragraph(segments=(Segment(page=page, text=text),))


def grid(*rows: list[str], page: int = 1) -> Grid:
    cells = [
        GridCell(row=row, column=column, text=text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Grid(page=page, cells=tuple(cells))


def report_of(*pieces: Piece) -> Report:
    cover = line("青山市临江区财政局2024年度部门决算")
    draft = Draft(pages=3, pieces=(cover, *pieces))
    return draft_to_report(draft, name="toy.pdf", digest="0" * 64)


def found_in(*pieces: Piece) -> list[tuple[str, str, Decimal]]:
    report = report_of(*pieces)
    facts = report_to_cell_facts(report, NoTerms())
    return [(found.kind, found.text, found.difference) for found in audit(report, facts)]


def table(title: str, *rows: list[str], page: int = 1) -> tuple[Piece, ...]:
    head = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    return line(title, page), line("单位：万元", page), grid(head, *rows, page=page)


FITS = (
    ["201", "一般公共服务支出", "30.00", "20.00", "10.00"],
    ["20106", "财政事务", "30.00", "20.00", "10.00"],
    ["2010601", "行政运行", "20.00", "20.00", ""],
    ["2010602", "信息化建设", "10.00", "", "10.00"],
    ["合计", "", "30.00", "20.00", "10.00"],
)


def test_a_table_that_adds_up_gives_no_finding() -> None:
    assert found_in(*table("支出决算表", *FITS)) == []


def test_parts_that_do_not_make_the_total() -> None:
    rows = [list(row) for row in FITS]
    rows[2][2:4] = ["21.00", "21.00"]
    assert found_in(*table("支出决算表", *rows)) == [
        (
            "合计不符",
            "《支出决算表》第1页“财政事务·合计”印为30.00万元，其2个分项之和为31万元（第1页），"
            "相差1万元。",
            Decimal("-1.00"),
        ),
        (
            "合计不符",
            "《支出决算表》第1页“财政事务·基本支出”印为20.00万元，其1个分项之和为21万元（第1页），"
            "相差1万元。",
            Decimal("-1.00"),
        ),
    ]


def test_columns_that_do_not_make_the_total() -> None:
    rows = [list(row) for row in FITS]
    rows[3][2] = "10.50"
    rows[1][2] = rows[0][2] = rows[4][2] = "30.50"
    kinds = [(kind, difference) for kind, _, difference in found_in(*table("支出决算表", *rows))]
    assert kinds == [("合计不符", Decimal("0.50"))] * 4


def test_a_difference_that_rounding_explains_is_no_finding() -> None:
    rows = [list(row) for row in FITS]
    for row in (rows[0], rows[1], rows[4]):
        row[2] = "30.01"
    assert found_in(*table("支出决算表", *rows)) == []


def test_a_table_that_was_not_understood_is_left_alone() -> None:
    rows = [
        ["201", "一般公共服务支出", "30.00", "2.00", "1.00"],
        ["202", "外交支出", "50.00", "5.00", "8.00"],
    ]
    assert found_in(*table("项目情况表", *rows)) == []


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        (["8.77", "2250.88"], "2259.65", "0.01"),
        (["4.79", "0", "246.47"], "251.25", "0.01"),
        (["1", "2", "3"], "6", "1.5"),
    ],
)
def test_tolerance_is_half_a_last_digit_a_part(parts: list[str], whole: str, expected: str) -> None:
    values = [Decimal(part) for part in parts]
    assert tolerance(values, Decimal(whole)) == Decimal(expected)


def test_two_tables_that_differ_by_a_last_digit() -> None:
    one = table("支出决算表", ["2010601", "行政运行", "20.00", "", ""])
    other = table("支出决算明细表", ["2010601", "行政运行", "20.01", "", ""], page=2)
    assert found_in(*one, *other) == [
        (
            "前后不一",
            "2024年“行政运行”决算在《支出决算表》第1页为20.00万元，在《支出决算明细表》第2页为"
            "20.01万元。",
            Decimal("-0.01"),
        )
    ]


def test_all_funds_and_one_fund_may_differ() -> None:
    less = [
        ["201", "一般公共服务支出", "20.00", "20.00", ""],
        ["合计", "", "20.00", "20.00", ""],
    ]
    fiscal = table("一般公共预算财政拨款支出决算表", *less, page=2)
    assert found_in(*table("支出决算表", *FITS), *fiscal) == []


def test_income_and_spending_must_be_equal() -> None:
    pieces = (
        line("收入支出决算总表"),
        line("单位：万元"),
        grid(
            ["收入", "收入", "支出", "支出"],
            ["项目", "决算数", "项目", "决算数"],
            ["收入总计", "9.00", "支出总计", "8.00"],
        ),
    )
    assert found_in(*pieces) == [
        (
            "合计不符",
            "《收入支出决算总表》收入总计9.00万元（第1页）与支出总计8.00万元（第1页）不等。",
            Decimal("1.00"),
        )
    ]


def test_a_note_that_calls_a_filled_table_empty() -> None:
    pieces = (*table("支出决算表", *FITS), line("注：本单位无此项支出，故本表为空表。"))
    assert found_in(*pieces) == [
        (
            "空表有数",
            "《支出决算表》第1页的注写明“注：本单位无此项支出，故本表为空表。”，表中却印有13个数，"
            "如一般公共服务支出·合计30.00万元。",
            Decimal("30.00"),
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "政府采购金额为251.25万元，其中：货物采购金额4.79万元、工程采购金额0万元、"
            "服务采购金额246.47万元。",
            [("合计不符", Decimal("-0.01"))],
        ),
        ("共有车辆7辆，其中：机要通信用车2辆、其他用车5辆。", []),
        ("总预算100.00万元，其中支持企业稳增长30.00万元，支持首店70.00万元，合计100.00万元。", []),
        ("预算30万元，比上年增加5万元。其中：购置费20万元，比上年增加5万元；运行费10万元。", []),
        (
            "本年支出合计80.00万元，其中：基本支出60.00万元，占75.00%；项目支出20.00万元，占25%。",
            [],
        ),
        (
            "本年支出合计80.00万元，其中：基本支出60.00万元，占76.00%；项目支出20.00万元，占25%。",
            [("占比不符", Decimal("1.00"))],
        ),
        ("收入总计110.00万元。与2023年度相比，增加10.00万元，增长10.00%。", []),
        (
            "收入总计110.00万元。与2023年度相比，增加10.00万元，增长11.00%。",
            [("占比不符", Decimal("1.00"))],
        ),
        ("年初预算为40.00万元，支出决算为30.00万元，完成年初预算的75.00%。", []),
        (
            "年初预算为40.00万元，支出决算为30.00万元，完成年初预算的85.00%。",
            [("占比不符", Decimal("10.00"))],
        ),
        (
            "2023年执行数为40.00万元，2024年安排44.00万元，比2023年预算执行数增加10.00%。",
            [],
        ),
        ("支出增加10.00万元，增长13.95。", [("单位可疑", Decimal(0))]),
        ("涉及项目25个，其中：甲类2个、乙类3个。", []),
    ],
)
def test_sentences(text: str, expected: list[tuple[str, Decimal]]) -> None:
    found = found_in(line("一、情况说明"), line(text))
    assert [(kind, difference) for kind, _, difference in found] == expected


def said(measure: str, printed: str, text: str, report: Report) -> Fact:
    """Make the fact of a sentence."""
    at = report.text.index(text) + text.index(printed)
    return Fact(
        id=printed,
        report=report.id,
        organisation=report.organisation,
        level=report.level,
        kind=report.kind,
        year=2024,
        report_year=2024,
        measure=measure,
        aspect="决算",
        value=Decimal(printed),
        printed=printed,
        unit="万元",
        quote=text,
        spans=(report.span(at, at + len(printed)),),
        section=("三、支出决算情况说明",),
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("30.00", []),
        ("30", []),
        (
            "31.00",
            [
                "2024年“支出合计”决算在正文第1页为31.00万元，在《支出决算表》第1页为30.00万元。",
            ],
        ),
        (
            "0.003",
            [
                "2024年“支出合计”决算在正文第1页为0.003万元，在《支出决算表》第1页为30.00万元，"
                "两者单位可疑。",
            ],
        ),
    ],
)
def test_a_sentence_against_the_tables(printed: str, expected: list[str]) -> None:
    text = f"本年支出合计{printed}万元。"
    report = report_of(line("三、支出决算情况说明"), line(text), *table("支出决算表", *FITS))
    cells = report_to_cell_facts(report, NoTerms())
    found = audit(report, (said("支出合计", printed, text, report), *cells))
    assert [one.text for one in found] == expected


REPORTS = Path(__file__).parents[3] / "shared" / "reports"


@pytest.mark.reports
@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside the project")
def test_the_real_tables_add_up_or_are_listed() -> None:
    checked = 0
    for path in sorted(REPORTS.glob("*.pdf")):
        draft = read_pdf(path.read_bytes())
        report = draft_to_report(draft, name=path.name, digest="0" * 64)
        facts = report_to_cell_facts(report, NoTerms())
        listed = {found.spans[0] for found in audit(report, facts)}
        for entry in report.tables:
            for one in table_to_sums(entry, report, facts):
                checked += 1
                assert one.fits or one.whole.spans[0] in listed
    assert checked > 1500


def test_changes_that_fell_and_rose_are_summed_with_their_signs() -> None:
    rows = (["甲项目", "△5.00"], ["乙项目", "2.00"], ["合计", "(3.00)"])
    head = ["项目", "增减额"]
    assert found_in(line("项目支出表"), line("单位：万元"), grid(head, *rows)) == []


def test_income_and_spending_in_one_column_make_up_neither() -> None:
    rows = (
        ["本年收入合计", "655.30"],
        ["基本支出", "402.16"],
        ["项目支出", "250.08"],
        ["本年支出合计", "652.24"],
    )
    pieces = (line("收入支出决算表"), line("单位：万元"), grid(["项目", "2024年"], *rows))
    assert found_in(*pieces) == []
    wrong = (*rows[:3], ["本年支出合计", "652.34"])
    pieces = (line("收入支出决算表"), line("单位：万元"), grid(["项目", "2024年"], *wrong))
    assert [difference for _, _, difference in found_in(*pieces)] == [Decimal("0.10")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "三公经费决算为18.00万元。其中公务接待费6.00万元，占33.33%；用车费12.00万元，占66.67%。",
            0,
        ),
        ("预算30万元，决算18万元，其中公务接待费6万元，占33.33%。", 0),
        ("支出合计18.00万元，其中公务接待费6.00万元，占43.33%。", 1),
        ("支出合计12万元。其中公务接待费6万元，占33.33%。", 0),  # of what, is not said
    ],
)
def test_a_share_is_wrong_only_where_it_is_of_no_figure_before_it(text: str, found: int) -> None:
    assert len(found_in(line(text))) == found
