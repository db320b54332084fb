"""Outline: numbering gives depth, wrong numbering survives, contents are no headings."""

from corpus.model.types import Draft, Grid, GridCell, Paragraph, Piece, Report, Segment
from corpus.structure.headings import is_heading, is_list_item, split_headings, text_to_numbering
from corpus.structure.outline import draft_to_report


def paragraph(text: str, page: int | None = None) -> Paragraph:
    return Paragraph(segments=(Segment(page=page, text=text),))


def report_of(*pieces: Piece | str) -> Report:
    made = tuple(paragraph(piece) if isinstance(piece, str) else piece for piece in pieces)
    return draft_to_report(Draft(pages=None, pieces=made), name="样本.txt", digest="d" * 64)


def headings(report: Report) -> list[tuple[int, str]]:
    return [(b.level, report.quote(b.span)) for b in report.blocks if b.kind == "heading"]


def test_numbering_is_read_with_its_style_and_number() -> None:
    numbering = text_to_numbering("（十二）其他事项")
    assert numbering is not None
    assert (numbering.style, numbering.number, numbering.start) == ("han_paren", 12, 4)


def test_a_decimal_number_is_no_numbering() -> None:
    assert text_to_numbering("1.95万元是全部支出") is None


def test_a_sentence_with_a_figure_is_no_heading() -> None:
    text = "（1）人员经费支出38.16万元"
    assert not is_heading(text, text_to_numbering(text))


def test_wrong_numbering_takes_the_level_of_the_list_that_waits_for_it() -> None:
    report = report_of(
        "一、基本情况",
        "某局负责全区财政工作，内容从略。",
        "二、支出情况",
        "（一）基本支出情况",
        "基本支出10万元。",
        "（2）项目支出情况",
        "无。",
        "3、基金支出情况",
        "无。",
        "四、绩效情况",
    )
    assert headings(report) == [
        (2, "一、基本情况"),
        (2, "二、支出情况"),
        (3, "（一）基本支出情况"),
        (3, "（2）项目支出情况"),
        (2, "3、基金支出情况"),
        (2, "四、绩效情况"),
    ]


def test_a_paragraph_stands_under_its_headings() -> None:
    report = report_of("二、支出情况", "（一）基本支出情况", "基本支出10万元。")
    assert report.blocks[-1].section == ("二、支出情况", "（一）基本支出情况")


def test_items_of_a_list_are_no_headings() -> None:
    near = ["1.临江区甲服务中心。", "3.临江区丙服务中心。"]
    assert is_list_item("2.临江区乙服务中心。", near)
    assert not is_list_item("2．机构情况。", ["1．主要职能。"])


def test_two_headings_on_one_line_are_two() -> None:
    assert split_headings("（一）职能职责、人员构成等。1．主要职能。") == (
        "（一）职能职责、人员构成等。",
        "1．主要职能。",
    )


def test_the_table_of_contents_holds_no_headings() -> None:
    report = report_of("目 录", "一、主要职能", "二、机构设置", "一、主要职能", "负责某事。")
    assert headings(report) == [(2, "一、主要职能")]
    assert report.blocks[1].section == ("目录",)


def test_a_list_may_begin_behind_a_colon() -> None:
    report = report_of(
        "一、机构设置", "本部门具体包括：1.市财政局本部", "2.市财政局信息中心", "二、名词解释"
    )
    assert headings(report) == [(2, "一、机构设置"), (2, "二、名词解释")]


def test_a_line_that_leads_to_a_page_number_is_of_the_contents() -> None:
    report = report_of(
        "附表", "表五、市本级预备费安排情况表..........22", "表六、转移支付……23", "正文。"
    )
    sections = [block.section for block in report.blocks]
    assert sections[1:3] == [("目录",), ("目录",)]
    assert sections[3] != ("目录",)


def test_a_table_is_written_row_by_row_with_the_place_of_each_cell() -> None:
    texts = [["项目", "决算数"], ["基本支出", "10.50"], ["合计", "10.50"]]
    cells = tuple(
        GridCell(row=r, column=c, text=text)
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
    )
    report = report_of("支出决算表", "单位：万元", Grid(page=None, cells=cells))
    table = report.tables[0]
    assert (table.title, table.unit, table.header) == ("支出决算表", "万元", 1)
    assert report.quote(table.cells[3].span) == "10.50"
    assert "基本支出 | 10.50\n" in report.text


def test_the_page_of_a_place_is_the_page_it_is_printed_on() -> None:
    wrapped = Paragraph(
        segments=(Segment(page=1, text="前半句，"), Segment(page=2, text="后半句。"))
    )
    report = report_of(wrapped)
    assert report.quote(report.blocks[0].span) == "前半句，后半句。"
    assert (report.page_at(0), report.page_at(5)) == (1, 2)


def test_a_paragraph_that_opens_with_a_project_heads_what_follows() -> None:
    report = report_of(
        "三、部分项目绩效自评结果",
        "（一）河道清淤项目。全年预算数80万元，得分96.5分。",
        "完成清淤13公里。",
        "（二）绿道建设专项：全年预算数70万元。",
        "完成绿道5公里。",
    )
    sections = [block.section[-1] for block in report.blocks[1:]]
    assert sections == ["（一）河道清淤项目"] * 2 + ["（二）绿道建设专项"] * 2


def test_other_numbered_sentences_head_nothing() -> None:
    report = report_of("二、基本情况", "（一）以重点项目。全面推进。", "（二）内设机构。共3个。")
    assert {block.section for block in report.blocks} == {("二、基本情况",)}


def test_a_line_that_names_a_draft_budget_heads_what_follows() -> None:
    assert is_heading("2026年预算草案", None)
    assert not is_heading("提交了2026年预算草案，请予审议", None)
