"""Grids become tables: titles, unit lines, header rows, further pages, notes."""

import pytest

from corpus.model.types import Grid, GridCell, Paragraph, Piece, Segment
from corpus.structure.captions import UNIT, is_title
from corpus.structure.grids import clean_text
from corpus.structure.table_assembly import LooseTable, pieces_to_tables


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
            while row + tall < len(rows) and rows[row + tall][column : column + 1] == ["^"]:
                tall += 1
            cells.append(GridCell(row=row, column=column, rows=tall, columns=wide, text=text))
    return Grid(page=page, cells=tuple(cells))


def tables_of(*pieces: Piece) -> list[LooseTable]:
    """Return the tables alone."""
    return [piece for piece in pieces_to_tables(pieces) if isinstance(piece, LooseTable)]


def rows_of(table: LooseTable) -> list[list[str]]:
    height = len(table.row_pages)
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


SPENDING = (
    ["项目", "<", "合计", "基本支出"],
    ["科目编码", "科目名称", "^", "^"],
    ["201", "一般公共服务支出", "30.00", "10.00"],
)


def test_title_and_unit_line_are_taken_from_the_lines_before() -> None:
    (table,) = tables_of(line("支出决算表"), line("单位：万元"), grid(*SPENDING))
    assert (table.title, table.title_page) == ("支出决算表", 1)
    assert (table.unit_line, table.unit) == ("单位：万元", "万元")
    assert table.header == 2
    assert table.row_pages == (1, 1, 1)


def test_a_sentence_before_a_grid_stays_a_paragraph() -> None:
    pieces = (line("纳入编制范围的单位包括："), grid(["序号", "单位名称"], ["1", "临江区财政局"]))
    first, table = pieces_to_tables(pieces)
    assert first == pieces[0]
    assert isinstance(table, LooseTable)
    assert (table.title, table.unit_line, table.header) == ("", "", 1)


def test_title_and_unit_in_one_paragraph_are_split() -> None:
    (table,) = tables_of(line("收入决算表 金额单位：元"), grid(*SPENDING))
    assert (table.title, table.unit_line, table.unit) == ("收入决算表", "金额单位：元", "元")


def test_a_unit_line_before_the_title_is_taken_too() -> None:
    (table,) = tables_of(line("单位：千元"), line("收入决算表"), grid(*SPENDING))
    assert (table.title, table.unit) == ("收入决算表", "千元")


def test_labels_between_title_and_grid_are_joined() -> None:
    (table,) = tables_of(
        line("收入支出决算总表"),
        line("公开01表"),
        line("编制单位：元山县财政局"),
        line("金额单位：万元"),
        grid(*SPENDING),
    )
    assert table.unit_line == "公开01表 编制单位：元山县财政局 金额单位：万元"
    assert table.unit == "万元"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：元", "元"),
        ("编制部门：临江区财政局 单位:万元", "万元"),
        ("编制单位：元山县财政局", None),
        ("单位：人民币亿元", "亿元"),
        ("单位：人", None),
    ],
)
def test_unit_of_money(text: str, unit: str | None) -> None:
    found = UNIT.search(text)
    assert (found.group(1) if found else None) == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年部门收入预算总表", True),
        ("财政拨款“三公”经费支出决算表", True),
        ("部门收支总表（公开表1）", True),
        ("项目支出情况见下表", False),
        ("第二部分 部门决算表", False),
        ("收入决算表……………3", False),
        ("如无数据，故列空表", False),
    ],
)
def test_what_is_a_title(text: str, *, expected: bool) -> None:
    assert is_title(text) is expected


def test_a_row_with_letters_in_its_code_cells_is_data_if_it_has_figures() -> None:
    (table,) = tables_of(
        line("收入决算表"),
        grid(
            ["项目", "<", "<", "<", "合计"],
            ["科目编码", "<", "<", "科目名称", "^"],
            ["类", "款", "项", "合计", "2,946.25"],
            ["201", "", "", "一般公共服务支出", "2,946.25"],
        ),
    )
    assert table.header == 2


def test_rows_that_number_the_columns_are_header() -> None:
    (table,) = tables_of(
        line("收入支出决算总表"),
        grid(
            ["项目", "行次", "金额"],
            ["栏次", "", "1"],
            ["一、财政拨款收入", "1", "12.50"],
        ),
    )
    assert table.header == 2


def test_a_table_without_figures_keeps_its_total_row_as_data() -> None:
    (table,) = tables_of(
        line("政府性基金预算支出表"),
        grid(
            ["项目", "<", "合计"],
            ["编码", "名称", "^"],
            ["", "", ""],
            ["合计", "<", ""],
        ),
        line("注：本单位无此类支出，故本表为空表。"),
        line("三、其他说明"),
    )
    assert table.header == 2
    assert rows_of(table)[2] == ["合计", ""]
    assert [note.text for note in table.notes] == ["注：本单位无此类支出，故本表为空表。"]


def test_a_further_page_without_header_belongs_to_the_table() -> None:
    tables = tables_of(
        line("支出决算表"), grid(*SPENDING), grid(["合计", "<", "30.00", "10.00"], page=2)
    )
    assert len(tables) == 1
    assert tables[0].row_pages == (1, 1, 1, 2)
    assert rows_of(tables[0])[3] == ["合计", "30.00", "10.00"]


def test_a_repeated_header_is_dropped() -> None:
    more = grid(*SPENDING[:2], ["202", "外交支出", "1.00", "1.00"], page=2)
    (table,) = tables_of(line("支出决算表"), grid(*SPENDING), more)
    assert rows_of(table)[2:] == [
        ["201", "一般公共服务支出", "30.00", "10.00"],
        ["202", "外交支出", "1.00", "1.00"],
    ]


def test_a_repeated_title_goes_on_with_the_table() -> None:
    pieces = (
        line("支出决算表"),
        grid(*SPENDING),
        line("支出决算表（续）", page=2),
        line("单位：万元", page=2),
        grid(["202", "外交支出", "1.00", "1.00"], page=2),
    )
    assert [table.row_pages for table in tables_of(*pieces)] == [(1, 1, 1, 2)]


def test_a_grid_with_its_own_title_starts_a_table() -> None:
    pieces = (
        line("收入决算表"),
        grid(*SPENDING),
        line("支出决算表", page=2),
        grid(*SPENDING, page=2),
    )
    assert [table.title for table in tables_of(*pieces)] == ["收入决算表", "支出决算表"]


def test_a_lone_total_with_fewer_columns_is_aligned_to_the_right() -> None:
    (table,) = tables_of(
        line("支出决算表"), grid(*SPENDING), grid(["合计", "30.00", "10.00"], page=2)
    )
    total = [(cell.column, cell.columns) for cell in table.cells if cell.row == 3]
    assert total == [(0, 2), (2, 1), (3, 1)]


FORM = (
    ["项目名称", "校舍修缮项目", "<"],
    ["项目资金（万元）", "年度资金总额", "40.00"],
)
INDICATORS = (
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "修缮面积", "300平方米"],
)


def test_a_form_goes_on_over_the_page_in_rows_of_another_width() -> None:
    (table,) = tables_of(line("绩效目标表"), grid(*FORM), grid(*INDICATORS, page=2))
    assert rows_of(table)[-1] == ["产出指标", "数量指标", "修缮面积", "300平方米"]
    assert table.row_pages == (1, 1, 2, 2)


def test_a_table_that_is_no_form_does_not_go_on_in_rows_of_another_width() -> None:
    tables = tables_of(line("目标表"), grid(FORM[1]), grid(*INDICATORS, page=2))
    assert [len(table.row_pages) for table in tables] == [1, 2]


def test_an_empty_tail_page_is_dropped() -> None:
    pieces = (line("支出决算表"), grid(*SPENDING), grid(["", "", "", ""], page=2))
    assert [table.row_pages for table in tables_of(*pieces)] == [(1, 1, 1)]


def test_a_name_broken_over_the_page_is_joined() -> None:
    pieces = (
        line("支出决算表"),
        grid(*SPENDING, ["20805", "机关事业单位基本养老保险缴", "5.00", "5.00"]),
        grid(["", "费支出", "", ""], ["202", "外交支出", "1.00", "1.00"], page=2),
    )
    (table,) = tables_of(*pieces)
    assert rows_of(table)[3] == ["20805", "机关事业单位基本养老保险缴费支出", "5.00", "5.00"]
    assert table.row_pages == (1, 1, 1, 1, 2)


def test_rows_with_blank_figures_on_a_further_page_are_not_joined() -> None:
    pieces = (
        line("收支总表"),
        grid(["项目", "预算数", "项目", "预算数"], ["本年收入合计", "5", "本年支出合计", "5"]),
        grid(["使用非财政拨款结余", "", "结余分配", ""], page=2),
    )
    (table,) = tables_of(*pieces)
    assert rows_of(table)[2] == ["使用非财政拨款结余", "", "结余分配", ""]


def test_line_wraps_in_cells_are_undone() -> None:
    (table,) = tables_of(grid(["项目", "项目支\n出"], ["一、机 关\n运行", "5.00"]))
    assert rows_of(table) == [["项目", "项目支出"], ["一、机关运行", "5.00"]]


def test_title_unit_and_note_inside_the_grid() -> None:
    (table,) = tables_of(
        grid(
            ["部门收支总表", "<"],
            ["编制部门：临江区财政局", "单位：万元"],
            ["项目", "预算数"],
            ["一、财政拨款收入", "8.00"],
            ["注：本表含结转。", "<"],
        )
    )
    assert (table.title, table.unit, table.header) == ("部门收支总表", "万元", 1)
    assert rows_of(table) == [["项目", "预算数"], ["一、财政拨款收入", "8.00"]]
    assert [note.text for note in table.notes] == ["注：本表含结转。"]


def test_a_frame_of_one_column_is_text() -> None:
    pieces = pieces_to_tables((grid(["目录"], ["一、主要职能"]),))
    assert [piece.text for piece in pieces if isinstance(piece, Paragraph)] == [
        "目录",
        "一、主要职能",
    ]


def beside(*rows: list[str]) -> Grid:
    return grid(*rows).model_copy(update={"beside": True})


LEFT, RIGHT = (
    (["项目", "决算数"], ["其他收入", "8.00"]),
    (["项目", "决算数"], ["公务接待费", "0.76"]),
)


@pytest.mark.parametrize(
    ("lines", "left", "right"),
    [
        (("收入决算表 “三公”经费支出决算表", "单位：万元"), "收入决算表", "“三公”经费支出决算表"),
        (
            ("表1收入决算表（左）表2支出决算表（右）", "单位：万元"),
            "表1收入决算表（左）",
            "表2支出决算表（右）",
        ),
        (("收入支出决算总表", "单位：万元"), "收入支出决算总表", ""),
    ],
)
def test_tables_side_by_side_share_the_lines_above_both(
    lines: tuple[str, ...], left: str, right: str
) -> None:
    tables = tables_of(*map(line, lines), grid(*LEFT), beside(*RIGHT))
    assert [(table.title, table.unit) for table in tables] == [(left, "万元"), (right, "万元")]


def test_each_of_two_tables_side_by_side_may_print_its_own_unit() -> None:
    tables = tables_of(line("单位：万元 单位：元"), grid(*LEFT), beside(*RIGHT))
    assert [table.unit for table in tables] == ["万元", "元"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("986,40\n0.00", "986,400.00"),
        ("1,012,3\n00.00", "1,012,300.00"),
        ("12,345\n678.90", "12,345 678.90"),  # each may be a number of its own
        ("1,20\n5,000", "1,205,000"),
        ("2024 2025", "2024 2025"),
    ],
)
def test_a_number_that_a_wrap_cut_inside_a_group_of_three_is_one(text: str, joined: str) -> None:
    assert clean_text(text) == joined


def test_titles_inside_a_ragged_grid_part_its_tables() -> None:
    """In a Word file several tables may be drawn as one whose rows do not all reach as far."""
    rows = (
        ["附表1", "", "", "", ""],
        ["2025年全市收入完成情况表", "<", "<", "<"],
        ["", "", "", "单位:万元", "<"],
        ["预算科目", "<", "预算数", "完成数", "占预算(%)"],
        ["契税", "<", "71184", "61327", "86.2"],
        ["附表2", "", "", "", ""],
        ["2025年全市支出完成情况表", "<", "<", "<"],
        ["", "", "", "单位:万元", "<"],
        ["预算科目", "<", "预算数", "完成数", "占预算(%)"],
        ["教育支出", "<", "500", "480", "96"],
    )
    first, second = tables_of(grid(*rows))
    assert (first.title, first.unit, first.header) == ("2025年全市收入完成情况表", "万元", 1)
    assert rows_of(first)[1] == ["契税", "71184", "61327", "86.2"]
    assert (second.title, second.unit, second.header) == ("2025年全市支出完成情况表", "万元", 1)
    assert rows_of(second)[1] == ["教育支出", "500", "480", "96"]
