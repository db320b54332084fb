"""Printed figures that are in no fact, with their places, and why as far as it is known."""

from corpus.checks.unread import NOT_UNDERSTOOD, Count, report_to_unread
from corpus.extraction.cell_texts import report_to_output_facts
from corpus.extraction.facts import report_to_sentence_facts
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.tables.cells import report_to_cell_facts

TITLE = "青山市临江区城管局2024年度部门决算"


def line(text: str) -> Paragraph:
    return Paragraph(segments=(Segment(page=None, text=text),))


def grid(*rows: str) -> Grid:
    cells = (
        GridCell(row=row, column=column, text=text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts.split("|"))
    )
    return Grid(page=None, cells=tuple(cells))


def report_of(*pieces: Piece) -> Report:
    draft = Draft(pages=None, pieces=(line(TITLE), *pieces))
    return draft_to_report(draft, name=f"{TITLE}.txt", digest="0" * 64)


def count_of(*pieces: Piece) -> Count:
    report, words = report_of(*pieces), load_vocabulary()
    facts = (
        *report_to_sentence_facts(report, words),
        *report_to_cell_facts(report, words),
        *report_to_output_facts(report, words),
    )
    return report_to_unread(report, facts)


def brief(count: Count) -> list[tuple[str, str, str]]:
    return [(each.printed, each.reason, each.place) for each in count.unread]


def test_what_running_text_prints_and_no_fact_holds() -> None:
    count = count_of(
        line("一、支出情况"),
        line("会议费5万元，补助标准为每户800-1200元；单价100万元以上设备1台。年龄不超过65周岁。"),
    )
    assert count.printed == 5
    assert brief(count) == [
        ("1200元", "区间的一头", "一、支出情况"),
        ("100万元以上", "限额或标准", "一、支出情况"),
        ("65周", "名称里的数", "一、支出情况"),
    ]
    assert (
        count.unread[0].around
        == "会议费5万元，补助标准为每户800-1200元；单价100万元以上设备1台。年龄不超过65周岁。"
    )


def test_what_a_table_prints_and_no_fact_holds() -> None:
    count = count_of(
        line("支出决算表"),
        line("单位：万元"),
        grid(
            "序号|项目|预算数|决算数|备注",
            "1|会议费|3.00|2.50|全年召开会议，共5场",
            "2|培训费|1.00|0.80|",
        ),
    )
    assert (count.printed, brief(count)) == (
        7,
        [
            ("1", "编号", "表“支出决算表”第2行“序号”栏"),
            ("5场", "格子里的话", "表“支出决算表”第2行“备注”栏"),
            ("2", "编号", "表“支出决算表”第3行“序号”栏"),
        ],
    )
    assert count.unread[1].around == "全年召开会议，共5场"


def test_a_report_that_is_read_whole_has_nothing_unread() -> None:
    count = count_of(line("会议费5万元，培训费3万元。"))
    assert count == Count(printed=2, unread=())
    assert NOT_UNDERSTOOD not in [each.reason for each in count.unread]


def test_what_was_done_of_the_goals_of_a_form_is_read() -> None:
    report = report_of(
        line("项目支出绩效自评表"),
        grid(
            "项目名称|管渠清淤|",
            "年度总体目标|预期目标|实际完成情况",
            "|清淤渠道65公里。|清淤渠道61公里，维修泵站14座。",
        ),
    )
    facts = report_to_output_facts(report, load_vocabulary())
    assert [(each.row, each.measure, each.printed + each.unit) for each in facts] == [
        (("管渠清淤",), "清淤渠道", "61公里"),
        (("管渠清淤",), "维修泵站", "14座"),
    ]


def test_the_notes_under_a_table_are_read() -> None:
    report = report_of(
        line("“三公”经费支出决算表"),
        line("单位：万元"),
        grid("项目|预算数|决算数", "公务接待费|3.00|2.50", "公务用车购置及运行维护费|1.00|0.80"),
        line("注：公务用车保有量4辆，其中流动体检车1辆。"),
    )
    facts = report_to_sentence_facts(report, load_vocabulary())
    assert [(each.measure, each.printed + each.unit) for each in facts] == [
        ("车辆", "4辆"),
        ("流动体检车", "1辆"),
    ]
