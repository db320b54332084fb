"""Cells of tables become facts: what a figure is of, whose row and column it stands in."""

from decimal import Decimal

import pytest

from corpus.model.types import Base, Draft, Fact, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts, text_to_figure
from scripts.real_reports import PDFS, read_real

TERMS = {
    "“三公”经费": "三公经费",
    "公务用车运行费": "公务用车运行维护费",
    "一般公共预算财政拨款": "一般公共预算财政拨款收入",
    "一般公共预算财政拨款收入": "一般公共预算财政拨款收入",
}


class ToyTerms:
    """A vocabulary of a few words."""

    def term_of(self, words: str) -> str | None:
        return TERMS.get(words)


def line(text: str, page: int = 1) -> Paragraph:
    return Paragraph(segments=(Segment(page=page, text=text),))


def grid(*rows: list[str], page: int = 1) -> Grid:
    """Build a grid of texts; "<" is covered by the cell to its left, "^" by the one above."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in ("<", "^"):
                continue
            wide = 1
            while column + wide < len(texts) and texts[column + wide] == "<":
                wide += 1
            tall = 1
            while row + tall < len(rows) and rows[row + tall][column] == "^":
                tall += 1
            cells.append(GridCell(row=row, column=column, rows=tall, columns=wide, text=text))
    return Grid(page=page, cells=tuple(cells))


def report_of(*pieces: Piece, title: str = "青山市临江区财政局2024年度部门决算") -> Report:
    draft = Draft(pages=3, pieces=(line(title), *pieces))
    return draft_to_report(draft, name="toy.pdf", digest="0" * 64)


def facts_of(*pieces: Piece, title: str = "青山市临江区财政局2024年度部门决算") -> list[Fact]:
    return list(report_to_cell_facts(report_of(*pieces, title=title), ToyTerms()))


def meanings(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.measure, fact.facet, fact.printed) for fact in facts]


CODED = grid(
    ["项目", "<", "<", "<", "合计", "基本支出", "项目支出"],
    ["科目编码", "<", "<", "科目名称", "^", "^", "^"],
    ["类", "款", "项", "^", "^", "^", "^"],
    ["201", "", "", "一般公共服务支出", "30.00", "20.00", "10.00"],
    ["201", "6", "", "财政事务", "30.00", "20.00", "10.00"],
    ["201", "6", "1", "行政运行", "20.00", "20.00", ""],
    ["201", "6", "2", "一般行政管理事务", "10.00", "0.00", "10.00"],
    ["合计", "<", "<", "<", "30.00", "20.00", "10.00"],
)


def test_codes_give_the_rows_their_parents() -> None:
    facts = facts_of(line("支出决算表"), line("单位：万元"), CODED)
    paths = [fact.row for fact in facts if fact.column == ("合计",)]
    assert paths == [
        ("一般公共服务支出",),
        ("一般公共服务支出", "财政事务"),
        ("一般公共服务支出", "财政事务", "行政运行"),
        ("一般公共服务支出", "财政事务", "一般行政管理事务"),
        ("合计",),
    ]


def test_figures_with_their_units_beside_them_in_the_cells_are_figures() -> None:
    table = grid(
        ["项目", "2024年", "2023年"],
        ["实缴单位", "8427家", "7935家"],
        ["实缴职工", "46.83万人", "45.27万人"],
        ["缴存额", "98.46亿元", "92.15亿元"],
    )
    found = facts_of(line("住房公积金业务情况表"), table)
    assert [(fact.year, fact.measure, fact.printed, fact.unit) for fact in found] == [
        (2024, "实缴单位", "8427", "家"),
        (2023, "实缴单位", "7935", "家"),
        (2024, "实缴职工", "46.83", "万人"),
        (2023, "实缴职工", "45.27", "万人"),
        (2024, "缴存额", "98.46", "亿元"),
        (2023, "缴存额", "92.15", "亿元"),
    ]


@pytest.mark.parametrize(("head", "rows"), [("月份", ["1月", "2月"]), ("线路", ["2路", "5路"])])
def test_names_that_begin_with_a_number_are_names(head: str, rows: list[str]) -> None:
    table = grid([head, "补贴"], [rows[0], "6.00"], [rows[1], "7.00"])
    found = facts_of(line("补贴情况表"), line("单位：万元"), table)
    assert [(fact.row, fact.printed) for fact in found] == [
        ((rows[0],), "6.00"),
        ((rows[1],), "7.00"),
    ]


def test_a_blank_cell_is_no_fact_and_a_printed_zero_is() -> None:
    facts = facts_of(line("支出决算表"), line("单位：万元"), CODED)
    of = [(fact.facet, fact.printed) for fact in facts if fact.row[-1] == "行政运行"]
    assert of == [("", "20.00"), ("基本支出", "20.00")]
    zero = [fact for fact in facts if fact.printed == "0.00"]
    assert [(fact.row[-1], fact.facet) for fact in zero] == [("一般行政管理事务", "基本支出")]


def test_the_total_row_is_named_by_table_and_column() -> None:
    facts = facts_of(line("支出决算表"), line("单位：万元"), CODED)
    assert meanings(facts[-3:]) == [
        ("支出合计", "", "30.00"),
        ("基本支出", "", "20.00"),
        ("项目支出", "", "10.00"),
    ]


def test_a_fact_says_when_in_which_aspect_and_in_which_unit() -> None:
    fact = facts_of(line("支出决算表"), line("单位：万元"), CODED)[0]
    assert (fact.year, fact.aspect, fact.unit) == (2024, "决算", "万元")
    assert (fact.value, fact.table) == (Decimal("30.00"), "支出决算表")


def test_the_spans_show_number_name_headers_and_unit() -> None:
    report = report_of(line("支出决算表"), line("单位：万元"), CODED)
    fact = report_to_cell_facts(report, ToyTerms())[1]
    assert [report.quote(span) for span in fact.spans] == [
        "20.00",
        "一般公共服务支出",
        "基本支出",
        "单位：万元",
    ]


def test_the_quote_is_title_header_and_row() -> None:
    fact = facts_of(line("支出决算表"), line("单位：万元"), CODED)[0]
    assert fact.quote == (
        "支出决算表\n项目 | 合计 | 基本支出 | 项目支出\n科目编码 | 科目名称\n类 | 款 | 项\n"
        "201 |  |  | 一般公共服务支出 | 30.00 | 20.00 | 10.00"
    )


def test_joined_codes_and_a_total_at_the_top() -> None:
    facts = facts_of(
        line("收入决算表"),
        grid(
            ["项目", "<", "本年收入合计", "财政拨款收入"],
            ["科目编码", "科目名称", "^", "^"],
            ["合计", "<", "5.00", "5.00"],
            ["208", "社会保障和就业支出", "5.00", "5.00"],
            ["20805", "行政事业单位养老支出", "5.00", "5.00"],
            ["2080505", "机关事业单位基本养老保险缴费支出", "5.00", "5.00"],
        ),
    )
    assert meanings(facts[:2]) == [("收入合计", "", "5.00"), ("财政拨款收入", "", "5.00")]
    assert facts[-1].row == (
        "社会保障和就业支出",
        "行政事业单位养老支出",
        "机关事业单位基本养老保险缴费支出",
    )
    # Income set apart for an item of spending is not what was spent on it.
    assert meanings(facts[2:4]) == [
        ("社会保障和就业支出", "收入合计", "5.00"),
        ("社会保障和就业支出", "财政拨款收入", "5.00"),
    ]


def test_side_by_side_blocks_keep_their_figures_apart() -> None:
    facts = facts_of(
        line("财政拨款收入支出决算总表"),
        grid(
            ["收入", "<", "支出", "<", "<"],
            ["项目", "决算数", "项目", "合计", "一般公共预算财政拨款"],
            ["一、一般公共预算财政拨款", "9.00", "一、一般公共服务支出", "8.00", "8.00"],
            ["二、政府性基金预算财政拨款", "", "二、外交支出", "", ""],
            ["本年收入合计", "9.00", "本年支出合计", "8.00", "8.00"],
            ["年初财政拨款结转和结余", "1.00", "年末财政拨款结转和结余", "2.00", "2.00"],
            ["一、一般公共预算财政拨款", "1.00", "", "", ""],
            ["总计", "10.00", "总计", "10.00", "10.00"],
        ),
    )
    assert meanings(facts) == [
        ("一般公共预算财政拨款收入", "", "9.00"),
        ("一般公共服务支出", "", "8.00"),
        ("一般公共服务支出", "一般公共预算财政拨款", "8.00"),
        ("收入合计", "", "9.00"),
        ("支出合计", "", "8.00"),
        ("支出合计", "一般公共预算财政拨款", "8.00"),
        ("年初财政拨款结转和结余", "", "1.00"),
        ("年末财政拨款结转和结余", "", "2.00"),
        ("年末财政拨款结转和结余", "一般公共预算财政拨款", "2.00"),
        ("年初财政拨款结转和结余", "一般公共预算财政拨款", "1.00"),
        ("收入总计", "", "10.00"),
        ("支出总计", "", "10.00"),
        ("支出总计", "一般公共预算财政拨款", "10.00"),
    ]


def test_two_blocks_of_economic_items() -> None:
    facts = facts_of(
        line("一般公共预算财政拨款基本支出决算表"),
        grid(
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
            ["301", "工资福利支出", "3.00", "302", "商品和服务支出", "1.00"],
            ["30101", "基本工资", "3.00", "30201", "办公费", "1.00"],
            ["人员经费合计", "<", "3.00", "公用经费合计", "<", "1.00"],
        ),
    )
    assert meanings(facts) == [
        ("工资福利支出", "", "3.00"),
        ("商品和服务支出", "", "1.00"),
        ("基本工资", "", "3.00"),
        ("办公费", "", "1.00"),
        ("人员经费", "", "3.00"),
        ("公用经费", "", "1.00"),
    ]
    assert facts[3].row == ("商品和服务支出", "办公费")


def test_one_row_under_nothing_but_headers_is_named_by_its_columns() -> None:
    facts = facts_of(
        line("“三公”经费和机关运行经费预算表"),
        line("编制部门：青山市临江区财政局 单位:万元"),
        grid(
            ["2025年“三公”经费预算数", "<", "<", "<", "2025年机关运行经费预算数"],
            ["合计", "公务接待费", "公务用车购置及运行费", "<", "^"],
            ["^", "^", "小计", "运行费", "^"],
            ["3.50", "0", "3.50", "3.50", "40.25"],
        ),
        title="青山市临江区财政局2025年度部门预算",
    )
    assert meanings(facts) == [
        ("三公经费", "", "3.50"),
        ("公务接待费", "", "0"),
        ("公务用车购置及运行费", "", "3.50"),
        ("公务用车运行维护费", "", "3.50"),
        ("机关运行经费", "", "40.25"),
    ]
    assert {(fact.year, fact.aspect, fact.unit) for fact in facts} == {(2025, "预算", "万元")}


def test_a_bare_total_below_that_of_the_year_is_the_grand_one() -> None:
    facts = facts_of(
        line("收支决算总表 单位：万元"),
        grid(
            ["支出", "<"],
            ["项目", "决算数"],
            ["教育支出", "90.00"],
            ["本年支出合计", "90.00"],
            ["年末结转和结余", "10.00"],
            ["合计", "100.00"],
        ),
    )
    assert [one for one in meanings(facts) if "计" in one[0]] == [
        ("支出合计", "", "90.00"),
        ("支出总计", "", "100.00"),
    ]


def test_a_subtotal_under_a_kind_of_spending_is_of_that_kind() -> None:
    facts = facts_of(
        line("财政拨款支出决算表 单位：万元"),
        grid(
            ["科目名称", "本年支出", "<", "<"],
            ["^", "合计", "基本支出", "项目支出"],
            ["^", "^", "^", "小计"],
            ["高中教育", "16.00", "15.00", "1.00"],
        ),
    )
    assert meanings(facts) == [
        ("高中教育", "", "16.00"),
        ("高中教育", "基本支出", "15.00"),
        ("高中教育", "项目支出", "1.00"),
    ]


def test_budget_and_outlay_below_one_item() -> None:
    facts = facts_of(
        line("财政拨款“三公”经费支出决算表"),
        grid(
            ["合计", "<", "公务接待费", "<"],
            ["预算数", "决算数", "预算数", "决算数"],
            ["2.50", "0.39", "2.50", "0.39"],
        ),
    )
    assert [(fact.measure, fact.aspect, fact.printed) for fact in facts] == [
        ("三公经费", "预算", "2.50"),
        ("三公经费", "决算", "0.39"),
        ("公务接待费", "预算", "2.50"),
        ("公务接待费", "决算", "0.39"),
    ]


def test_budget_and_outlay_above_the_items_and_numbered_columns() -> None:
    facts = facts_of(
        line("财政拨款“三公”经费支出决算表"),
        grid(
            ["预算数", "<", "决算数", "<"],
            ["合计", "公务接待费", "合计", "公务接待费"],
            ["1", "2", "3", "4"],
            ["2.50", "2.50", "0.39", "0.39"],
        ),
    )
    assert [(fact.measure, fact.aspect, fact.printed) for fact in facts] == [
        ("三公经费", "预算", "2.50"),
        ("公务接待费", "预算", "2.50"),
        ("三公经费", "决算", "0.39"),
        ("公务接待费", "决算", "0.39"),
    ]


def test_line_numbers_are_no_facts() -> None:
    facts = facts_of(
        line("收入支出决算总表"),
        grid(
            ["收入", "<", "<", "支出", "<", "<"],
            ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"],
            ["一、事业收入", "1", "7.00", "一、教育支出", "5", "6.00"],
        ),
    )
    assert meanings(facts) == [("事业收入", "", "7.00"), ("教育支出", "", "6.00")]


def test_a_list_of_units_has_no_facts() -> None:
    assert facts_of(grid(["序号", "单位名称", "备注"], ["1", "临江区财政局（本级）", ""])) == []


def test_years_changes_and_rates_in_headers() -> None:
    facts = facts_of(
        line("部门支出情况表"),
        line("单位：万元"),
        grid(
            ["项目", "2023年决算数", "2024年决算数", "比上年增减", "增减率（%）"],
            ["一、基本支出", "20.00", "15.00", "-5.00", "-25.00"],
        ),
    )
    assert [
        (fact.year, fact.aspect, fact.printed, fact.unit, fact.direction) for fact in facts
    ] == [
        (2023, "决算", "20.00", "万元", 0),
        (2024, "决算", "15.00", "万元", 0),
        (2024, "增减额", "5.00", "万元", -1),
        (2024, "增减率", "25.00", "%", -1),
    ]


def test_how_far_something_fell_is_no_negative_amount_and_a_level_below_nothing_is_one() -> None:
    facts = facts_of(
        line("收入支出决算表"),
        line("单位：万元"),
        grid(
            ["项目", "2024年决算数", "增减额", "增减率（%）"],
            ["本年收支结余", "(38.60)", "△63.20", "－256.91"],
        ),
    )
    assert [(fact.aspect, str(fact.value), fact.printed, fact.direction) for fact in facts] == [
        ("决算", "-38.60", "(38.60)", 0),
        ("增减额", "63.20", "63.20", -1),
        ("增减率", "256.91", "256.91", -1),
    ]


def test_a_unit_in_the_header_beats_the_unit_line() -> None:
    facts = facts_of(
        line("项目支出绩效自评表"),
        grid(
            ["项目名称", "预算数（万元）", "执行率", "得分"],
            ["信息化建设", "135.90", "99.5%", "9.9"],
        ),
    )
    assert [(fact.aspect, fact.printed, fact.unit) for fact in facts] == [
        ("预算", "135.90", "万元"),
        ("完成率", "99.5", "%"),
        ("得分", "9.9", "分"),
    ]


def test_rows_that_are_organisations_are_facets() -> None:
    facts = facts_of(
        line("“三公”经费支出表"),
        grid(
            ["单位名称", "合计", "公务接待费"],
            ["合计", "3.00", "3.00"],
            ["临江区财政局（本级）", "2.00", "2.00"],
            ["临江区会计中心", "1.00", "1.00"],
        ),
    )
    assert meanings(facts) == [
        ("三公经费", "", "3.00"),
        ("公务接待费", "", "3.00"),
        ("三公经费", "临江区财政局（本级）", "2.00"),
        ("公务接待费", "临江区财政局（本级）", "2.00"),
        ("三公经费", "临江区会计中心", "1.00"),
        ("公务接待费", "临江区会计中心", "1.00"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,946.25", ("2946.25", "2,946.25", "", "")),
        ("-3.20", ("-3.20", "-3.20", "", "")),
        ("98%", ("98", "98", "%", "")),
        ("≥95％", ("95", "95", "%", "≥")),
        ("39个", ("39", "39", "个", "")),
        ("(117.45)", ("-117.45", "(117.45)", "", "")),
        ("（1,480）", ("-1480", "（1,480）", "", "")),
        ("△54.25万元", ("-54.25", "△54.25", "万元", "")),
        ("▲ 8.14", ("-8.14", "▲ 8.14", "", "")),
        ("－256.91％", ("-256.91", "－256.91", "%", "")),
        ("１２，３４５．６０", ("12345.60", "１２，３４５．６０", "", "")),
        ("12.5②", ("12.5", "12.5", "", "")),
        ("7.15[3]", ("7.15", "7.15", "", "")),
        ("12.4*万元", ("12.4", "12.4", "万元", "")),
        ("38.20（注4）", ("38.20", "38.20", "", "")),
    ],
)
def test_what_a_cell_prints(text: str, expected: tuple[str, str, str, str]) -> None:
    figure = text_to_figure(text)
    assert figure is not None
    assert (str(figure.value), figure.printed, figure.unit, figure.vague) == expected


@pytest.mark.parametrize(
    "text", ["", "—", "无", "2024年12月31日", "3-5", "第一季度完成", "(1)", "(2024)", "①"]
)
def test_what_is_no_figure(text: str) -> None:
    assert text_to_figure(text) is None


@pytest.mark.reports
@pytest.mark.skipif(not PDFS, reason="the real reports are not beside the project")
def test_every_fact_of_a_real_report_points_at_its_number() -> None:
    path = min(PDFS, key=lambda file: file.stat().st_size)
    report = draft_to_report(read_real(path), name=path.name, digest="0" * 64)
    facts = report_to_cell_facts(report, ToyTerms())
    assert len(facts) > 250
    for fact in facts:
        assert report.quote(fact.spans[0]) == fact.printed
        assert fact.quote.split("\n")[-1] in report.text


def test_a_change_column_has_the_aspect_of_the_column_it_is_counted_from() -> None:
    facts = facts_of(
        line("支出预算表"),
        line("单位：万元"),
        grid(
            ["支出类别", "2025年预算数", "2024年执行数", "增减额", "增减率"],
            ["培训费", "12.00", "10.00", "2.00", "20.00%"],
        ),
        title="青山市临江区财政局2025年部门预算",
    )
    budget, spent, change, rate = facts
    assert [(f.measure, f.facet) for f in facts] == [("培训费", "")] * 4
    assert (budget.year, budget.aspect) == (2025, "预算")
    assert (spent.year, spent.aspect) == (2024, "执行数")
    assert (change.year, change.aspect, change.base) == (
        2025,
        "增减额",
        Base(year=2024, aspect="执行数"),
    )
    assert (rate.aspect, rate.unit, rate.base) == ("增减率", "%", Base(year=2024, aspect="执行数"))


def test_scores_are_in_points_and_weights_are_no_scores() -> None:
    facts = facts_of(
        line("一级指标得分表"),
        line("单位：万元、分"),
        grid(
            ["一级指标", "分值", "自评得分"],
            ["产出", "30", "29.2"],
            ["合计", "100", "94.3"],
        ),
    )
    assert [(f.measure, f.facet, f.aspect, f.unit) for f in facts] == [
        ("产出", "分值", "其他", "分"),
        ("产出", "", "得分", "分"),
        ("绩效自评得分", "分值", "其他", "分"),
        ("绩效自评得分", "", "得分", "分"),
    ]


def test_a_table_without_a_title_is_of_its_heading() -> None:
    facts = facts_of(
        line("三、项目支出情况"),
        grid(["项目名称", "全年预算数"], ["高标准农田建设", "26.00"], ["合计", "26.00"]),
    )
    assert [fact.measure for fact in facts] == ["高标准农田建设", "项目支出"]


def test_the_national_form_with_line_and_column_numbers() -> None:
    facts = facts_of(
        line("收入支出决算总表"),
        line("金额单位：万元"),
        grid(
            ["收入", "<", "<", "支出", "<", "<"],
            ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"],
            ["八、其他收入", "8", "5.00", "十九、住房保障支出", "50", "4.00"],
            ["总计", "31", "5.00", "总计", "62", "5.00"],
        ),
    )
    assert meanings(facts) == [
        ("其他收入", "", "5.00"),
        ("住房保障支出", "", "4.00"),
        ("收入总计", "", "5.00"),
        ("支出总计", "", "5.00"),
    ]


def test_a_row_of_units_is_of_the_unit_and_not_of_its_kind() -> None:
    table = grid(
        ["序号", "单位名称", "单位性质", "编制数（名）", "年末实有人数（人）"],
        ["1", "临江区财政局本级", "行政单位", "30", "28"],
        ["2", "临江区国库支付中心", "公益一类事业单位", "12", "11"],
        ["合计", "", "", "42", "39"],
    )
    facts = facts_of(line("部门人员情况表"), table)
    assert meanings(facts)[2:4] == [
        ("编制数", "临江区国库支付中心", "12"),
        ("年末实有人数", "临江区国库支付中心", "11"),
    ]
    assert {(fact.aspect, fact.unit) for fact in facts[:4]} == {("数量", "名"), ("数量", "人")}


def test_dashes_for_nothing_are_no_names() -> None:
    table = grid(
        ["单位名称", "因公出国（境）费", "<", "公务接待费", "<"],
        ["^", "2023年预算", "2024年预算", "2023年预算", "2024年预算"],
        ["临江区财政局", "—", "—", "2.50", "1.80"],
    )
    facts = facts_of(line("“三公”经费支出表"), line("单位：万元"), table)
    assert [(f.measure, f.facet, f.year, f.aspect, f.printed) for f in facts] == [
        ("公务接待费", "临江区财政局", 2023, "预算", "2.50"),
        ("公务接待费", "临江区财政局", 2024, "预算", "1.80"),
    ]


def test_this_years_budget_is_an_aspect_and_no_part() -> None:
    table = grid(["项目", "本年预算"], ["本年收入合计", "9.00"], ["其他收入", "1.00"])
    facts = facts_of(line("收支总表"), line("单位：万元"), table)
    assert [(f.measure, f.facet, f.aspect) for f in facts] == [
        ("收入合计", "", "预算"),
        ("其他收入", "", "预算"),
    ]


FORM = grid(
    ["项目名称", "河道清淤工程", "项目金额（元）", "500,000"],
    ["年度绩效目标", "清理全区河道。", "<", "<"],
    ["二级指标", "三级指标", "指标值", "实际完成值"],
    ["数量指标", "清淤河道长度", "≥12公里", "13公里"],
    ["质量指标", "验收合格率", "100%", "98%"],
)


def test_a_form_names_the_project_of_the_indicators_under_it() -> None:
    facts = facts_of(line("项目支出绩效目标表"), FORM)
    assert [(f.measure, f.facet, f.vague + f.printed, f.unit, f.aspect) for f in facts] == [
        ("河道清淤工程", "", "500,000", "元", "决算"),
        ("清淤河道长度", "指标值", "≥12", "公里", "数量"),
        ("清淤河道长度", "", "13", "公里", "数量"),
        ("验收合格率", "指标值", "100", "%", "其他"),
        ("验收合格率", "", "98", "%", "其他"),
    ]
    assert {fact.row[0] for fact in facts} == {"河道清淤工程"}


def test_what_is_rated_is_not_spent() -> None:
    table = grid(
        ["三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["信访办结率", "≥95%", "96.5%", "10", "9.5"],
    )
    facts = facts_of(line("绩效目标完成情况表"), table)
    assert [(f.facet, f.aspect, f.unit) for f in facts] == [
        ("年度指标值", "其他", "%"),
        ("", "其他", "%"),
        ("分值", "其他", "分"),
        ("", "得分", "分"),
    ]


def test_the_header_of_a_list_of_projects_is_no_form() -> None:
    facts = facts_of(
        line("项目支出绩效自评表"),
        grid(["项目名称", "预算数（万元）", "得分"], ["信息化建设", "135.90", "9.9"]),
    )
    assert [fact.row for fact in facts] == [("信息化建设",), ("信息化建设",)]


def test_a_column_of_units_says_what_each_row_counts_in() -> None:
    facts = facts_of(
        line("主要指标表"),
        line("单位：万元"),
        grid(
            ["指标", "计量单位", "2023年", "2024年"],
            ["地方政府专项债券", "亿元", "3.2", "4.05"],
            ["项目储备数", "个", "118", "131"],
            ["政府投资占比", "％", "41.3", "38.6"],
        ),
    )
    assert [(f.measure, f.year, f.printed, f.unit, f.aspect) for f in facts] == [
        ("地方政府专项债券", 2023, "3.2", "亿元", "决算"),
        ("地方政府专项债券", 2024, "4.05", "亿元", "决算"),
        ("项目储备数", 2023, "118", "个", "数量"),
        ("项目储备数", 2024, "131", "个", "数量"),
        ("政府投资占比", 2023, "41.3", "%", "决算"),
        ("政府投资占比", 2024, "38.6", "%", "决算"),
    ]


def test_a_column_of_bodies_called_units_names_its_rows() -> None:
    facts = facts_of(
        line("“三公”经费支出表"),
        grid(["单位", "公务接待费"], ["临江区财政局", "2.00"], ["临江区会计中心", "1.00"]),
    )
    assert meanings(facts) == [
        ("公务接待费", "临江区财政局", "2.00"),
        ("公务接待费", "临江区会计中心", "1.00"),
    ]


def test_the_rows_that_add_others_up_are_marked() -> None:
    facts = facts_of(
        line("支出决算表"),
        grid(["科目名称", "项目支出"], ["学前教育", "4.00"], ["小计", "4.00"], ["合计", "4.00"]),
    )
    assert [fact.total for fact in facts] == [False, True, True]


def test_the_head_of_a_list_of_projects_with_units_names_no_project() -> None:
    facts = facts_of(
        line("重点项目资金使用情况表"),
        grid(
            ["项目名称", "总投资（亿元）", "2024年预算数（万元）", "建设里程（公里）"],
            ["城北快速路", "12.6", "8,500", "14.2"],
        ),
    )
    assert [(f.row, f.facet, f.printed, f.unit) for f in facts] == [
        (("城北快速路",), "总投资", "12.6", "亿元"),
        (("城北快速路",), "", "8,500", "万元"),
        (("城北快速路",), "建设里程", "14.2", "公里"),
    ]


def units(facts: list[Fact]) -> list[tuple[str, str]]:
    return [(fact.printed, fact.unit) for fact in facts]


def test_a_unit_beside_the_name_of_a_row_counts_more_than_that_of_the_table() -> None:
    facts = facts_of(
        line("三公经费支出决算表"),
        line("单位：万元"),
        grid(["项目", "决算数"], ["公务接待费", "0.66"], ["公务用车保有量（辆）", "5"]),
    )
    assert units(facts) == [("0.66", "万元"), ("5", "辆")]
    assert [fact.aspect for fact in facts] == ["决算", "数量"]


@pytest.mark.parametrize(
    ("head", "rates", "unit"),
    [
        ("增减比例", ("0.125", "-0.0417"), ""),
        ("增减比例（%）", ("0.125", "-0.0417"), "%"),
        ("增减比例", ("12.5", "-4.17"), "%"),
        ("增减比例", ("0.12", "1.5"), "%"),
    ],
)
def test_rates_that_are_printed_as_fractions_are_no_percents(
    head: str, rates: tuple[str, str], unit: str
) -> None:
    facts = facts_of(
        line("支出决算表"),
        line("单位：元"),
        grid(["项目", "决算数", head], ["办公费", "500", rates[0]], ["水费", "80", rates[1]]),
    )
    assert [fact.unit for fact in facts if fact.aspect == "增减率"] == [unit, unit]


def test_several_units_in_one_line_go_by_the_kind_of_column() -> None:
    facts = facts_of(
        line("附表：分乡镇管护面积和支出情况"),
        line("单位：万亩、万元、人"),
        grid(["乡镇", "管护面积", "支出合计", "管护员人数"], ["雁落乡", "0.74", "71.26", "10"]),
    )
    assert units(facts) == [("0.74", "万亩"), ("71.26", "万元"), ("10", "人")]


def test_a_table_without_a_unit_has_that_of_the_text_that_repeats_its_figures() -> None:
    table = grid(["项目", "预算", "决算"], ["接待费", "5.00", "3.20"], ["运行费", "14.80", "13.85"])
    said = "接待费3.20万元，预算5.00万元；运行费13.85万元。"
    assert {fact.unit for fact in facts_of(line(said), table)} == {"万元"}
    assert {fact.unit for fact in facts_of(line("接待费3.20万元。"), table)} == {""}


def test_parts_of_a_part_do_not_hide_what_the_rows_are_parts_of() -> None:
    facts = facts_of(
        line("单位：万元"),
        grid(
            ["项目", "决算数"],
            ["合计", "17.05"],
            ["因公出国（境）费", "0"],
            ["公务接待费", "3.20"],
            ["公务用车购置及运行维护费", "13.85"],
            ["其中：购置费", "0"],
        ),
    )
    assert facts[0].measure == "三公经费"


def test_tables_that_were_drawn_as_one_come_apart_at_their_titles() -> None:
    report = report_of(
        grid(
            ["附表1", "", ""],
            ["2024年全市收入完成情况表", "<", "<"],
            ["", "单位：万元", "<"],
            ["科目", "预算数", "完成数"],
            ["税收收入", "615", "612"],
            ["附表2", "", ""],
            ["2024年政府债务限额和余额情况表", "<", "<"],
            ["", "单位：亿元", "<"],
            ["地区", "限额", "余额"],
            ["市本级", "128", "118"],
        ),
        title="关于青山市2024年预算执行情况和2025年预算草案的报告",
    )
    assert [(table.title, table.unit, table.header) for table in report.tables] == [
        ("2024年全市收入完成情况表", "万元", 1),
        ("2024年政府债务限额和余额情况表", "亿元", 1),
    ]


@pytest.mark.parametrize(
    ("head", "aspect"),
    [
        ("占预算%", "完成率"),
        ("占调整预算%", "完成率"),
        ("完成2025年预算数的%", "完成率"),
        ("比2024年决算数增长%", "增减率"),
        ("比上年±%", "增减率"),
        ("%", "增减率"),
        ("占总支出的%", "占比"),
    ],
)
def test_what_a_sign_of_percent_is_of_is_told_by_the_words_before_it(
    head: str, aspect: str
) -> None:
    facts = facts_of(
        line("支出决算表"),
        line("单位：元"),
        grid(["项目", "决算数", head], ["办公费", "500", "98.5"]),
    )
    assert [fact.aspect for fact in facts] == ["决算", aspect]


def test_the_year_of_a_table_is_that_of_its_title() -> None:
    facts = facts_of(
        line("2025年一般公共预算支出预算表"),
        line("单位：元"),
        grid(["项目", "上年决算数", "预算数"], ["办公费", "500", "600"]),
    )
    assert [(fact.year, fact.printed) for fact in facts] == [(2024, "500"), (2025, "600")]


def test_what_is_among_others_is_called_by_its_own_name() -> None:
    facts = facts_of(
        line("收入决算表"),
        grid(
            ["项目", "事业收入", "其中：学费"],
            ["教育支出", "30.00", "20.00"],
        ),
    )
    assert meanings(facts) == [
        ("教育支出", "事业收入", "30.00"),
        ("教育支出", "学费", "20.00"),
    ]
