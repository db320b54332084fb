"""Figures of projects and funds: in lists of projects, in forms, and told of in running text."""

from corpus.extraction.assertions.reasons import report_to_reasons
from corpus.extraction.facts import report_to_sentence_facts
from corpus.extraction.subjects.projects import (
    Account,
    block_to_account,
    sentence_to_project,
    text_to_project,
)
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import (
    Block,
    Draft,
    Fact,
    Grid,
    GridCell,
    Kind,
    Paragraph,
    Report,
    Segment,
    Span,
)
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts

ORGANISATION = "青山市临江区水务局"


def grid(*rows: list[str]) -> Grid:
    """Build a grid of texts; "^" is covered by the cell above."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            below = [later[column] for later in rows[row + 1 :]]
            tall = 1 + next((at for at, each in enumerate(below) if each != "^"), len(below))
            if text != "^":
                cells.append(GridCell(row=row, column=column, rows=tall, columns=1, text=text))
    return Grid(page=1, cells=tuple(cells))


def table_facts(title: str, *rows: list[str]) -> tuple[Fact, ...]:
    lines = (f"{ORGANISATION}2024年部门预算", title, "单位：万元")
    pieces = [Paragraph(segments=(Segment(page=1, text=text),)) for text in lines]
    draft = Draft(pieces=(*pieces, grid(*rows)), pages=1)
    report = draft_to_report(draft, name="toy.pdf", digest="0" * 64)
    return report_to_cell_facts(report, load_vocabulary())


def text_report(*paragraphs: tuple[str, tuple[str, ...]], kind: Kind = "决算") -> Report:
    text, blocks = "", []
    for words, section in paragraphs:
        span = Span(report="toy", page=None, start=len(text), end=len(text) + len(words))
        blocks.append(Block(kind="paragraph", span=span, section=section))
        text += words + "\n"
    return Report(
        id="toy",
        name="toy.txt",
        title="toy",
        organisation=ORGANISATION,
        level="部门",
        year=2024,
        kind=kind,
        pages=None,
        text=text,
        marks=(),
        blocks=tuple(blocks),
        tables=(),
    )


def text_facts(
    *paragraphs: tuple[str, tuple[str, ...]], kind: Kind = "决算"
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    facts = report_to_sentence_facts(text_report(*paragraphs, kind=kind), load_vocabulary())
    return [(f.measure, f.aspect, f.printed + f.unit, f.row) for f in facts]


def test_a_project_is_named_by_its_name_and_not_by_the_account_it_is_booked_on() -> None:
    facts = table_facts(
        "重点项目支出预算表",
        ["序号", "项目名称", "支出功能科目", "2024年预算数", "资金来源"],
        ["1", "泵站改造", "水利工程建设", "120.00", "一般公共预算"],
        ["2", "河道清淤", "水利工程建设、防汛", "30.00", "政府性基金"],
    )
    assert [(f.measure, f.row, f.printed) for f in facts] == [
        ("泵站改造", ("泵站改造",), "120.00"),
        ("河道清淤", ("河道清淤",), "30.00"),
    ]


def test_a_project_stands_over_its_indicators_behind_its_own_figure() -> None:
    facts = table_facts(
        "项目支出绩效目标表",
        ["项目名称", "预算金额", "一级指标", "二级指标", "三级指标", "目标值"],
        ["泵站改造", "120.00", "产出指标", "数量指标", "改造泵站", "3座"],
        ["^", "^", "满意度指标", "服务对象满意度", "居民满意度", "≥90%"],
        ["河道清淤", "30.00", "产出指标", "数量指标", "清淤河道", "6公里"],
    )
    assert [(f.measure, f.row, f.printed + f.unit) for f in facts] == [
        ("泵站改造", ("泵站改造",), "120.00万元"),
        ("改造泵站", ("泵站改造", "产出指标", "数量指标", "改造泵站"), "3座"),
        ("居民满意度", ("泵站改造", "满意度指标", "服务对象满意度", "居民满意度"), "90%"),
        ("河道清淤", ("河道清淤",), "30.00万元"),
        ("清淤河道", ("河道清淤", "产出指标", "数量指标", "清淤河道"), "6公里"),
    ]


def test_the_score_of_a_project_is_its_last_row_and_not_the_points_for_its_money() -> None:
    facts = table_facts(
        "项目支出绩效自评表",
        ["项目名称", "泵站改造", "", "主管部门", ORGANISATION, ""],
        ["项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "120.00", "114.00", "10", "95.00%", "9.50"],
        ["二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["数量指标", "改造泵站", "3座", "3座", "90", "88.00"],
        ["总分", "", "", "", "100", "97.50"],
    )
    scores = [(f.measure, f.facet, f.aspect, f.printed) for f in facts if f.unit == "分"]
    assert scores == [
        ("年度资金总额", "分值", "其他", "10"),
        ("年度资金总额", "", "得分", "9.50"),
        ("改造泵站", "分值", "其他", "90"),
        ("改造泵站", "", "得分", "88.00"),
        ("泵站改造", "分值", "其他", "100"),
        ("泵站改造", "", "得分", "97.50"),
    ]


def test_the_summary_of_an_evaluation_is_of_the_project_that_it_names() -> None:
    facts = text_facts(
        (
            "“泵站改造工程”项目绩效自评综述：项目全年预算数120.00万元，执行数114.00万元，"
            "完成预算的95.00%。改造泵站3座。",
            ("绩效情况",),
        )
    )
    assert facts == [
        ("泵站改造工程", "调整预算", "120.00万元", ()),
        ("泵站改造工程", "执行数", "114.00万元", ()),
        ("泵站改造工程", "完成率", "95.00%", ()),
        ("改造泵站", "数量", "3座", ("泵站改造工程",)),
    ]


def test_the_score_of_one_project_evaluated_is_not_that_of_the_body() -> None:
    words = (
        "组织对“泵站改造工程”1个项目开展部门重点绩效评价，涉及资金120.00万元，评价得分91.50分。"
        "本部门整体支出绩效自评得分93.20分。"
    )
    scores = [
        (name, printed) for name, aspect, printed, _ in text_facts((words, ())) if "分" in printed
    ]
    assert scores == [("泵站改造工程", "91.50分"), ("绩效自评得分", "93.20分")]


def test_which_words_name_the_one_project_evaluated() -> None:
    assert text_to_project("1.河道清淤项目绩效自评综述：项目全年预算数30万元") == "河道清淤"
    assert text_to_project("本部门项目绩效自评综述：") == ""
    several = "拟对“泵站改造”等3个项目开展重点绩效评价，得分90分"
    assert sentence_to_project(several, len(several)) == ""
    plain = "对河道清淤项目开展了绩效评价，得分90分"
    assert sentence_to_project(plain, len(plain)) == "河道清淤项目"
    assert sentence_to_project("对“甲工程”开展评价。本部门得分", 15) == ""


def test_each_figure_in_the_line_of_a_fund_is_of_the_fund() -> None:
    words = (
        "2024年度政府性基金预算财政拨款年初结转和结余0.00万元，本年收入56.00万元，"
        "本年支出56.00万元，年末结转和结余0.00万元。"
    )
    assert [(name, printed, row) for name, _, printed, row in text_facts((words, ()))] == [
        ("政府性基金预算财政拨款年初结转和结余", "0.00万元", ()),
        ("政府性基金预算财政拨款收入", "56.00万元", ()),
        ("政府性基金预算财政拨款支出", "56.00万元", ()),
        ("政府性基金预算财政拨款年末结转和结余", "0.00万元", ()),
    ]


def test_posts_under_the_civil_service_law_are_no_posts_of_institutions() -> None:
    words = "核定编制74名，其中行政编制21名、参照公务员法管理事业编制15名、事业编制38名。"
    assert [(name, printed) for name, _, printed, _ in text_facts((words, ()))] == [
        ("编制人数", "74名"),
        ("行政编制", "21名"),
        ("参公编制", "15名"),
        ("事业编制", "38名"),
    ]


def test_an_account_ends_with_the_next_heading_of_its_kind() -> None:
    top = "第三部分 情况说明"
    told = block_to_account(Account(), (top, "六、排水专项资金情况"), "…")
    assert told.project == "排水专项"
    assert block_to_account(told, (top, "六、排水专项资金情况", "1.支出"), "…") == told.model_copy(
        update={"home": (top, "六、排水专项资金情况", "1.支出")}
    )
    assert block_to_account(told, (top, "七、其他说明", "（一）采购"), "…").project == ""
    assert block_to_account(Account(), (top, "五、财政专户管理资金情况"), "…").project == ""


INCREASE = (
    "2024年部门收入预算90.00万元，比上年增加9.00万元。2024年部门支出预算90.00万元。"
    "收支预算增加的主要原因是新招教师12名，以及公用经费标准提高。"
)


def test_a_figure_inside_a_reason_is_named_by_the_reason_alone() -> None:
    facts = text_facts((INCREASE, ()), kind="预算")
    assert facts[-1] == ("新招教师", "数量", "12名", ())


def test_a_rise_of_income_and_spending_is_explained_for_both() -> None:
    reasons = report_to_reasons(text_report((INCREASE, ()), kind="预算"), load_vocabulary())
    assert [(r.measure, r.direction, r.text) for r in reasons] == [
        ("收入合计", 1, "新招教师12名，以及公用经费标准提高"),
        ("支出合计", 1, "新招教师12名，以及公用经费标准提高"),
    ]
