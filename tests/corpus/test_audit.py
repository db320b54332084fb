"""The audit: what does not add up is listed with both figures, and nothing else is."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from corpus.checks.audit import audit
from corpus.checks.findings import tolerance
from corpus.checks.table_sums import table_to_sums
from corpus.model.types import Base, Draft, Fact, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts
from scripts.real_reports import PDFS, read_real


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


@pytest.mark.reports
@pytest.mark.skipif(not PDFS, reason="the real reports are not beside the project")
def test_the_real_tables_add_up_or_are_listed() -> None:
    checked = 0
    for path in PDFS:
        report = draft_to_report(read_real(path), name=path.name, digest="0" * 64)
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


def spoken(text: str, printed: str, **told: object) -> Callable[[Report], Fact]:
    """Return what makes the fact of a sentence in a report, with what it tells otherwise."""

    def make(report: Report) -> Fact:
        measure = str(told.get("measure", "支出合计"))
        fact = said(measure, printed, text, report)
        return fact.model_copy(update=told)

    return make


def heard(*pieces: Piece, facts: Sequence[Callable[[Report], Fact]] = ()) -> list[str]:
    report = report_of(*pieces)
    cells = report_to_cell_facts(report, NoTerms())
    return [found.text for found in audit(report, (*(make(report) for make in facts), *cells))]


ROW = ["201", "一般公共服务支出", "30.00", "20.00", "10.00"]
LESS = ["201", "一般公共服务支出", "20.00", "15.00", "5.00"]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("支出决算表", "支出决算明细表", 1),
        ("2024年全市一般公共预算支出情况表", "2024年市本级一般公共预算支出情况表", 0),
        ("2024年临江市一般公共预算支出情况表", "2024年临江市市本级一般公共预算支出情况表", 0),
        ("2024年市本级一般公共预算支出情况表", "2024年市本级政府性基金支出情况表", 0),
        ("支出决算表", "财政拨款支出决算表", 0),
        ("支出决算表", "非财政拨款收入支出决算表", 1),
        ("支出决算表", "基本支出决算表", 0),
        ("支出决算表（功能分类）", "支出决算表（经济分类）", 0),
        ("2024年市本级一般公共预算支出表", "2024年市本级一般公共预算支出表（转移支付）", 0),
        ("一般公共预算支出表", "一般公共预算和政府性基金支出表", 0),
    ],
)
def test_only_tables_of_one_scope_contradict_each_other(one: str, other: str, found: int) -> None:
    assert len(heard(*table(one, ROW), *table(other, LESS, page=2))) == found


def test_forms_of_one_title_do_not_contradict_each_other() -> None:
    forms = [
        *table("项目绩效目标表", ["", "年度资金", "30.00", "", ""]),
        *table("项目绩效目标表", ["", "年度资金", "20.00", "", ""], page=2),
        *table("支出决算表", ["", "年度资金", "10.00", "", ""], page=3),
    ]
    assert heard(*forms) == []


def test_a_third_figure_is_told_as_well() -> None:
    found = heard(
        *table("甲表", ROW),
        *table("乙表", ["201", "一般公共服务支出", "30.01", "20.01", "10.00"], page=2),
        *table("丙表", LESS, page=3),
    )
    assert [text.split("，在")[1] for text in found] == [
        "《乙表》第2页为30.01万元。",
        "《丙表》第3页为20.00万元。",
    ]


@pytest.mark.parametrize(
    ("heading", "before", "found"),
    [
        ("三、支出决算情况说明", "", 1),
        ("三、支出决算情况说明", "全市的", 1),  # a body that has no table of 全市 speaks in passing
        ("三、财政拨款支出决算情况说明", "", 0),
        ("三、支出决算情况说明", "财政拨款", 0),
        ("三、支出决算情况说明", "使用非财政拨款结余后，", 1),
        ("三、支出决算情况说明", "局本级", 0),
        ("三、政府性基金支出决算情况说明", "", 0),
    ],
)
def test_a_sentence_is_held_against_tables_of_its_scope(
    heading: str, before: str, found: int
) -> None:
    text = f"{before}本年支出合计31.00万元。"
    pieces = (line(heading), line(text), *table("支出决算表", *FITS))
    fact = spoken(text, "31.00", section=(heading,))
    assert len(heard(*pieces, facts=[fact])) == found


def test_a_total_is_told_however_far_off_and_an_item_only_near_by() -> None:
    text = "本年支出合计2.00万元，其中行政运行1.50万元。"
    pieces = (line("三、支出决算情况说明"), line(text), *table("支出决算表", *FITS))
    facts = [spoken(text, "2.00"), spoken(text, "1.50", measure="行政运行")]
    assert heard(*pieces, facts=facts) == [
        "2024年“支出合计”决算在正文第1页为2.00万元，在《支出决算表》第1页为30.00万元。"
    ]


def test_vehicles_make_up_no_money() -> None:
    rows = (
        ["合计", "9.84"],
        ["1.公务用车费", "9.18"],
        ["2.公务接待费", "0.66"],
        ["相关统计数", ""],
        ["公务用车保有量（辆）", "5"],
    )
    assert heard(line("经费支出表"), line("单位：万元"), grid(["项目", "决算数"], *rows)) == []


NUMBERED = (["一、道路", "10.00"], ["其中：桥", "4.00"], ["隧道", "3.00"], ["二、学校", "5.00"])
PLAIN = (["道路", "10.00"], ["其中：桥", "4.00"], ["隧道", "3.00"], ["学校", "5.00"])


@pytest.mark.parametrize(
    ("rows", "total", "found"),
    [
        (NUMBERED, "15.00", 0),
        (NUMBERED, "16.00", 1),
        (PLAIN, "10.00", 0),
        (PLAIN, "18.00", 0),
        (PLAIN, "17.00", 0),  # whether 隧道 goes on with 其中 or is beside 道路 cannot be told
    ],
)
def test_rows_that_go_on_with_a_part_are_no_further_parts(
    rows: tuple[list[str], ...], total: str, found: int
) -> None:
    whole = (*rows, ["合计", total])
    pieces = (line("投向表"), line("单位：万元"), grid(["项目", "决算数"], *whole))
    assert len(heard(*pieces)) == found


def test_a_figure_that_was_not_read_makes_no_whole_list() -> None:
    rows = (["甲项目", "10.00"], ["乙项目", "1O.5"], ["丙项目", "5.00"], ["合计", "16.00"])
    assert heard(line("投向表"), line("单位：万元"), grid(["项目", "决算数"], *rows)) == []


def test_an_unsure_figure_accuses_nobody() -> None:
    report = report_of(
        *table("甲表", ROW),
        *table("乙表", LESS, page=2),
    )
    cells = report_to_cell_facts(report, NoTerms())
    unsure = [cell.model_copy(update={"unsure": cell.table == "乙表"}) for cell in cells]
    assert len(audit(report, cells)) == 1
    assert audit(report, unsure) == ()


def test_the_money_of_projects_with_goals_is_told_with_doubt() -> None:
    text = "编报绩效目标的项目5个，涉及项目预算资金8.00万元。"
    pieces = (line("四、绩效情况"), line(text), *table("2024年支出预算表", *FITS))
    fact = spoken(text, "8.00", measure="编报绩效目标项目金额", aspect="预算")
    assert heard(*pieces, facts=[fact]) == [
        "编报绩效目标的项目预算资金在正文第1页为8.00万元，项目支出合计在《2024年支出预算表》第1页为"
        "10.00万元，相差2万元：是否有项目没有编报绩效目标，原文没有说明。"
    ]


@pytest.mark.parametrize(
    ("printed", "direction", "expected"),
    [
        ("1.25", -1, []),
        (
            "1.52",
            -1,
            [
                "2024年“公务接待费”在正文第1页写为减少1.52万元，《经费支出表》第1页印的是4.37万元和"
                "上期5.62万元，应为减少1.25万元。"
            ],
        ),
        (
            "1.25",
            1,
            [
                "2024年“公务接待费”在正文第1页写为增加1.25万元，《经费支出表》第1页印的是4.37万元和"
                "上期5.62万元，应为减少1.25万元。"
            ],
        ),
    ],
)
def test_a_change_against_the_levels_of_a_table(
    printed: str, direction: int, expected: list[str]
) -> None:
    text = f"公务接待费比上年变动{printed}万元。"
    pieces = (
        line("二、情况说明"),
        line(text),
        line("经费支出表"),
        line("单位：万元"),
        grid(["项目", "2024年决算数", "2023年决算数"], ["公务接待费", "4.37", "5.62"]),
    )
    fact = spoken(
        text,
        printed,
        measure="公务接待费",
        aspect="增减额",
        direction=direction,
        base=Base(year=2023, aspect=None),
    )
    assert heard(*pieces, facts=[fact]) == expected


EVEN = "经费3.20万元，与2023年预算持平。其中：接待费{0}万元，比2023年预算{1}；用车费2.80万元，{2}。"


@pytest.mark.parametrize(
    ("item", "change", "other", "expected"),
    [
        (
            "0.40",
            "减少0.10万元",
            "与2023年预算持平",
            ["正文第1页写3.2万元与2023年预算相比持平，其中2个分项合起来减少0.1万元。"],
        ),
        ("0.40", "减少0.10万元", "比2023年预算增加0.10万元", []),
        ("0.30", "减少0.10万元", "与2023年预算持平", []),  # the list is not whole
        ("0.40", "减少0.10万元", "与2023年决算持平", []),  # from another base
        ("0.40", "减少0.10万元", "全部为运行费", []),  # one change is not told
    ],
)
def test_parts_that_change_otherwise_than_their_total(
    item: str, change: str, other: str, expected: list[str]
) -> None:
    assert heard(line("一、说明"), line(EVEN.format(item, change, other))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "总计28.00万元，较2022年度的30.50万元减少2.50万元。",
            [],
        ),
        (
            "总计28.00万元，较2022年度的30.50万元减少2.05万元。",
            [
                "正文第1页写为减少2.05万元，按同句数字（28.00 - 30.50）应为减少2.5万元。",
            ],
        ),
        ("预算28.00万元，比预算30.50万元的项目晚，其中甲减少2.05万元。", []),
        (
            "经费减少0.15万元，下降（增长）27.78%。",
            ["正文第1页“下降（增长）27.78%”两个方向都写着，可能是模板没有删改。"],
        ),
        (
            "因核算不严，经费栏数据2万元与培训费0.2万元对调了。",
            ["正文第1页自述2万元与0.2万元对调了，请核对文中的数。"],
        ),
        ("两个单位的办公楼对调了，经费2万元。", []),
        (
            "产出得47.0分（满分50分），效果得45.49分（满分50分），综合得分92.5分。",
            ["正文第1页得分印为92.5分，2项得分之和为92.49分，相差0.01分（可能是四舍五入）。"],
        ),
        ("产出得47分（满分50分），效果得45分（满分50分），综合得分92分。", []),
        ("产出得47分（满分50分），效果得25分（满分30分），综合得分92分。", []),
        (
            "其中县级配套资金180.00万元。县级配套到位162.00万元，县级配套资金到位率只有88%。",
            ["正文第1页“县级配套资金到位率只有88%”，按文中数字计算（162.00 ÷ 180.00）应为90%。"],
        ),
        ("其中县级配套资金180.00万元。县级配套到位162.00万元，县级配套资金到位率为90%。", []),
        ("项目资金180.00万元，资金到位率88%。", []),
        (
            "年末公务用车保有量4辆。期末公务用车保有量为5辆。",
            ["“公务用车保有量”在正文第1页为4辆，在正文第1页为5辆。"],
        ),
        ("2023年末公务用车保有量4辆。2024年末公务用车保有量5辆。", []),
        ("截至8月31日公务用车保有量4辆。年末公务用车保有量5辆。", []),
        ("局本级公务用车保有量4辆。公务用车保有量5辆。", []),
        (
            "2024年末在职52人。按工资统发口径，2024年12月末实有人员54人。",
            [
                "“年末在职人员”在正文第1页为52人，在正文第1页为54人（两处说法或口径不同，请核对）。",
            ],
        ),
        ("年末在职52人，退休29人。", []),
    ],
)
def test_what_the_text_gives_away(text: str, expected: list[str]) -> None:
    assert heard(line("一、情况说明"), line(text)) == expected


def test_vehicles_in_a_row_in_its_remark_and_in_a_note() -> None:
    rows = (["公务用车费", "13.85", "年末实有车辆3辆"], ["公务接待费", "3.20", "车辆4辆次"])
    pieces = (
        line("年末公务用车保有量4辆。"),
        line("经费支出表"),
        line("单位：万元"),
        grid(["项目", "决算数", "备注"], *rows),
    )
    assert heard(*pieces) == ["“公务用车保有量”在正文第1页为4辆，在《经费支出表》第1页为3辆。"]
    counted = (["公务用车费", "13.85"], ["公务用车保有量（辆）", "5"])
    noted = (
        line("经费支出表"),
        line("单位：万元"),
        grid(["项目", "决算数"], *counted),
        line("注：公务用车保有量4辆，其中体检车1辆。"),
    )
    assert heard(*noted) == [
        "“公务用车保有量”在《经费支出表》第1页为5辆，在《经费支出表》的注为4辆。"
    ]


def test_a_share_told_twice() -> None:
    one = "全市税收收入占一般公共预算收入的比重为63.5%。"
    other = "全市税收占比达到65.3%。"
    facts = [
        spoken(one, "63.5", measure="税收收入", aspect="占比", row=("一般公共预算收入",), unit="%"),
        spoken(other, "65.3", measure="全市税收", aspect="占比", unit="%"),
    ]
    pieces = (line("一、执行情况"), line(one), line(other))
    assert heard(*pieces, facts=facts) == [
        "2024年“税收占比”在正文第1页为65.3%，“税收收入”占一般公共预算收入的比重在正文第1页为63.5%。"
    ]
    apart = (line("一、执行情况"), line(one), line(other.replace("全市", "市本级")))
    facts[1] = spoken(other.replace("全市", "市本级"), "65.3", aspect="占比", unit="%")
    assert heard(*apart, facts=facts) == []


def test_a_finding_keeps_its_id_on_another_page() -> None:
    ids = []
    for page in (1, 2):
        report = report_of(*table("甲表", ROW, page=page), *table("乙表", LESS, page=page + 1))
        ids += [found.id for found in audit(report, report_to_cell_facts(report, NoTerms()))]
    one, other = ids
    assert one == other
