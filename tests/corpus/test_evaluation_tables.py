"""Tables of self-evaluations: years as rows, lists of projects, results and reasons in words."""

from corpus.extraction.assertions.missed_targets import report_to_shortfalls
from corpus.extraction.cell_texts import report_to_output_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Fact, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts

TITLE = "临江区图书馆2024年度整体支出绩效自评报告"


def line(text: str) -> Paragraph:
    return Paragraph(segments=(Segment(page=None, text=text),))


def grid(*rows: list[str]) -> Grid:
    """Build a grid of texts; "^" is covered by the cell above."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "^":
                continue
            tall = 1
            while row + tall < len(rows) and rows[row + tall][column] == "^":
                tall += 1
            cells.append(GridCell(row=row, column=column, rows=tall, text=text))
    return Grid(page=None, cells=tuple(cells))


def report_of(*pieces: Piece) -> Report:
    draft = Draft(pages=None, pieces=(line(TITLE), *pieces))
    return draft_to_report(draft, name="toy.docx", digest="0" * 64)


def facts_of(*pieces: Piece) -> tuple[Fact, ...]:
    return report_to_cell_facts(report_of(*pieces), load_vocabulary())


def said(facts: tuple[Fact, ...]) -> list[tuple[int | None, str, str, str]]:
    return [(fact.year, fact.measure, fact.aspect, fact.printed + fact.unit) for fact in facts]


YEARS = grid(
    ["年度", "公务接待费", "合计"],
    ["2023年", "3,000", "12,000"],
    ["2024年", "2,500", "11,000"],
)


def test_a_row_that_is_a_year_dates_its_figures() -> None:
    facts = facts_of(line("附表2 “三公”经费两年对比表（单位：元）"), YEARS)
    assert said(facts) == [
        (2023, "公务接待费", "决算", "3,000元"),
        (2023, "三公经费", "决算", "12,000元"),
        (2024, "公务接待费", "决算", "2,500元"),
        (2024, "三公经费", "决算", "11,000元"),
    ]
    assert {fact.table for fact in facts} == {"附表2 “三公”经费两年对比表"}


def test_bare_years_and_aspects_date_rows_as_well() -> None:
    table = grid(
        ["年份", "会议费", "培训费"],
        ["2023", "1.00", "2.00"],
        ["2024年预算数", "1.50", "2.50"],
        ["上年数", "1.00", "2.00"],
        ["增减额", "0.50", "0.50"],
    )
    facts = facts_of(line("会议费和培训费支出对比表"), line("单位：万元"), table)
    assert said(facts[::2]) == [
        (2023, "会议费", "决算", "1.00万元"),
        (2024, "会议费", "预算", "1.50万元"),
        (2023, "会议费", "决算", "1.00万元"),
        (2024, "会议费", "增减额", "0.50万元"),
    ]


def test_a_year_merged_over_rows_dates_each_of_them() -> None:
    table = grid(
        ["年度", "项目", "金额"],
        ["2023年", "会议费", "1.00"],
        ["^", "培训费", "2.00"],
        ["2024年", "会议费", "3.00"],
    )
    facts = facts_of(line("主要支出情况表"), line("单位：万元"), table)
    assert said(facts) == [
        (2023, "会议费", "决算", "1.00万元"),
        (2023, "培训费", "决算", "2.00万元"),
        (2024, "会议费", "决算", "3.00万元"),
    ]


PROJECTS = grid(
    ["项目类别", "项目名称", "资金来源", "预算数", "支出数", "绩效完成情况"],
    ["阅读推广", "流动书车", "市级", "30.00", "28.00", "出车60次，每次补助400元"],
    ["^", "少儿阅读", "区级", "10.00", "10.00", "完成12场"],
    ["^", "小计", "", "40.00", "38.00", ""],
    ["合计", "", "", "40.00", "38.00", ""],
)
PROJECTS_TITLE = line("附表3：项目支出明细表（金额单位：万元）")


def test_who_pays_is_no_name_of_a_project() -> None:
    facts = facts_of(PROJECTS_TITLE, PROJECTS)
    assert [(f.measure, f.aspect, f.printed, f.unit) for f in facts] == [
        ("流动书车", "预算", "30.00", "万元"),
        ("流动书车", "决算", "28.00", "万元"),
        ("少儿阅读", "预算", "10.00", "万元"),
        ("少儿阅读", "决算", "10.00", "万元"),
        ("阅读推广", "预算", "40.00", "万元"),
        ("阅读推广", "决算", "38.00", "万元"),
        ("项目支出", "预算", "40.00", "万元"),
        ("项目支出", "决算", "38.00", "万元"),
    ]
    assert facts[0].row == ("阅读推广", "流动书车")


def test_results_in_words_are_figures_of_their_row() -> None:
    facts = report_to_output_facts(report_of(PROJECTS_TITLE, PROJECTS), load_vocabulary())
    assert [(f.measure, f.facet, f.printed + f.unit, f.row[-1]) for f in facts] == [
        ("出车", "", "60次", "流动书车"),
        ("出车", "每次补助", "400元", "流动书车"),
        ("少儿阅读", "", "12场", "少儿阅读"),
    ]
    assert facts[2].quote.endswith("阅读推广 | 少儿阅读 | 区级 | 10.00 | 10.00 | 完成12场")


SCORES = grid(
    ["二级指标", "三级指标", "分值", "年度指标值", "完成情况", "得分", "未完成原因"],
    ["数量指标", "办展次数", "10", "≥8次", "办展6次", "7.5", "展厅漏水停用"],
    ["^", "借书册数", "10", "≥5万册", "5.2万册", "10", ""],
    ["总分", "", "20", "", "", "17.5", ""],
)


def test_indicators_keep_target_score_and_total_apart() -> None:
    facts = facts_of(line("整体支出绩效自评表"), SCORES)
    assert [
        (f.measure, f.facet, f.aspect, f.printed) for f in facts if f.row[-1] != "借书册数"
    ] == [
        ("办展次数", "分值", "其他", "10"),
        ("办展次数", "年度指标值", "数量", "8"),
        ("办展次数", "", "得分", "7.5"),
        ("绩效自评得分", "分值", "其他", "20"),
        ("绩效自评得分", "", "得分", "17.5"),
    ]


def test_a_column_of_reasons_explains_its_row() -> None:
    (reason,) = report_to_shortfalls(report_of(line("绩效自评表"), SCORES), load_vocabulary())
    assert (reason.measure, reason.text) == ("办展次数", "展厅漏水停用")
    assert reason.quote == "办展次数 | 10 | ≥8次 | 办展6次 | 7.5 | 展厅漏水停用"


def test_money_of_a_table_of_income_and_spending_was_spent() -> None:
    table = grid(
        ["项目", "金额", "项目", "金额"],
        ["财政拨款收入", "90.00", "基本支出", "70.00"],
        ["本年收入合计", "90.00", "本年支出合计", "70.00"],
    )
    facts = facts_of(line("附表1 单位收支情况表 单位：万元"), table)
    assert {fact.aspect for fact in facts} == {"决算"}
    assert [fact.measure for fact in facts] == ["财政拨款收入", "基本支出", "收入合计", "支出合计"]


def test_letters_of_a_formula_and_what_is_left_over_are_no_parts() -> None:
    table = grid(
        ["资金来源", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）", "结余结转"],
        ["年度资金总额", "50.00", "45.00", "90.00%", "5.00"],
    )
    facts = facts_of(line("部门预算资金执行情况表（金额单位：万元）"), table)
    assert [(f.measure, f.facet, f.aspect, f.printed) for f in facts] == [
        ("支出合计", "", "调整预算", "50.00"),
        ("支出合计", "", "执行数", "45.00"),
        ("支出合计", "", "完成率", "90.00"),
        ("支出合计", "结余结转", "余额", "5.00"),
    ]


def test_a_total_without_a_title_is_of_what_its_rows_are_parts_of() -> None:
    three = grid(
        ["项目", "上年决算数", "本年决算数"],
        ["因公出国（境）费", "0.00", "0.00"],
        ["公务用车运行维护费", "2.00", "1.50"],
        ["公务接待费", "1.00", "0.50"],
        ["合计", "3.00", "2.00"],
    )
    totals = facts_of(line("二、支出情况"), line("如下表（单位：万元）："), three)[-2:]
    assert said(totals) == [
        (2023, "三公经费", "决算", "3.00万元"),
        (2024, "三公经费", "决算", "2.00万元"),
    ]
    works = grid(["工程", "实际支出"], ["修缮", "3.00"], ["合计", "3.00"])
    total = facts_of(line("二、支出情况"), line("如下表（单位：万元）："), works)[-1]
    assert total.measure == "合计"


def test_funds_that_came_are_apart_from_what_was_paid() -> None:
    table = grid(
        ["级次", "项目", "到位金额", "支付金额", "支付率(%)", "完成工作量"],
        ["省级", "河道清淤", "30.00", "24.00", "80.00", "清淤河道6公里"],
        ["合计", "", "30.00", "24.00", "80.00", ""],
    )
    caption = line("表三 2024年专项资金安排及使用情况 单位：万元")
    facts = facts_of(caption, table)
    assert [(f.measure, f.facet, f.aspect, f.printed + f.unit) for f in facts] == [
        ("河道清淤", "到位金额", "其他", "30.00万元"),
        ("河道清淤", "", "决算", "24.00万元"),
        ("河道清淤", "", "完成率", "80.00%"),
        ("专项资金", "到位金额", "其他", "30.00万元"),
        ("专项资金", "", "决算", "24.00万元"),
        ("专项资金", "", "完成率", "80.00%"),
    ]
    (told,) = report_to_output_facts(report_of(caption, table), load_vocabulary())
    assert (told.measure, told.printed + told.unit, told.row) == (
        "清淤河道",
        "6公里",
        ("河道清淤",),
    )


def test_targets_and_results_with_counters_are_data() -> None:
    table = grid(
        ["未完成指标", "年初目标", "实际完成", "偏差原因"],
        ["新建站点数", "4个", "3个", "用地未批复"],
        ["验收时间", "12月底前", "次年2月", "接口调整"],
    )
    report = report_of(line("偏差原因说明表"), table)
    facts = report_to_cell_facts(report, load_vocabulary())
    assert [(f.measure, f.facet, f.printed + f.unit) for f in facts] == [
        ("新建站点数", "年初目标", "4个"),
        ("新建站点数", "", "3个"),
    ]
    reasons = report_to_shortfalls(report, load_vocabulary())
    assert [(reason.measure, reason.text) for reason in reasons] == [
        ("新建站点数", "用地未批复"),
        ("验收时间", "接口调整"),
    ]
