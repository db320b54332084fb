"""Workbooks as drafts: .xlsx and .xls, made here."""

import struct
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Paragraph
from corpus.readers.sheets.xls import read_xls
from corpus.readers.sheets.xlsx import read_xlsx
from corpus.structure.outline import draft_to_report

Fill = Callable[[Worksheet], None]


def workbook(**sheets: Fill) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, fill in sheets.items():
        fill(book.create_sheet(name))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def rows(*lines: tuple[object, ...]) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


def shown(draft: Draft) -> list[str | list[list[str]]]:
    """Return paragraphs as texts and grids as rows of texts."""
    out: list[str | list[list[str]]] = []
    for piece in draft.pieces:
        if isinstance(piece, Paragraph):
            out.append("#" * piece.heading + piece.text)
        else:
            count = max(cell.row for cell in piece.cells) + 1
            out.append([[c.text for c in piece.cells if c.row == at] for at in range(count)])
    return out


def test_title_unit_line_table_and_note_come_apart() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(
            ("收入支出决算总表", None, None, None),
            ("编制单位：青山市民政局", None, "公开01表", "单位：元"),
            ("收入", None, "支出", None),
            ("项目", "决算数", "项目", "决算数"),
            ("一、财政拨款收入", 1286405.1, "一、教育支出", 0),
            ("注：本表反映总收支。",),
        )(sheet)
        for area in ("A1:D1", "A3:B3", "C3:D3"):
            sheet.merge_cells(area)
        sheet["B5"].number_format = "0.00"

    draft = read_xlsx(workbook(公开01=fill))
    assert shown(draft) == [
        "收入支出决算总表",
        "编制单位：青山市民政局 公开01表 单位：元",
        [
            ["收入", "支出"],
            ["项目", "决算数", "项目", "决算数"],
            ["一、财政拨款收入", "1286405.1", "一、教育支出", "0"],
        ],
        "注：本表反映总收支。",
    ]
    (table,) = draft_to_report(draft, name="a.xlsx", digest="0" * 64).tables
    assert (table.title, table.unit, table.header) == ("收入支出决算总表", "元", 2)
    assert table.notes == ("注：本表反映总收支。",)


def test_numbers_are_shown_as_their_cells_show_them() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("项目", "增减率", "车辆"), ("接待费", 0.125, 3), ("会议费", -0.5, 0))(sheet)
        for cell, looks in {"B2": "0.0%", "B3": "0%", "C2": '0"辆"'}.items():
            sheet[cell].number_format = looks

    assert shown(read_xlsx(workbook(支出=fill)))[-1] == [
        ["项目", "增减率", "车辆"],
        ["接待费", "12.5%", "3辆"],
        ["会议费", "-50%", "0"],
    ]


def test_the_name_of_a_sheet_is_its_heading_where_no_title_stands_in_it() -> None:
    table = rows(("项目", "决算数"), ("接待费", 1.5))
    titled = rows(("支出决算表", None), ("项目", "决算数"), ("接待费", 1.5))
    draft = read_xlsx(workbook(三公经费=table, 公开02=titled, Sheet3=table))
    assert [line for line in shown(draft) if isinstance(line, str)] == ["#三公经费", "支出决算表"]


def test_sheets_that_are_empty_or_hidden_are_no_text() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.append(["往来账", 3])
        sheet.append(["内部", 3])
        sheet.sheet_state = "hidden"

    draft = read_xlsx(workbook(空表=rows(), 往来=hide, 支出=rows(("名称", "金额"), ("甲", 1))))
    assert shown(draft) == ["#支出", [["名称", "金额"], ["甲", "1"]]]


def test_hidden_rows_and_columns_and_what_is_not_printed_are_left_out() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(
            ("编码", "项目", "金额", None, "打印"),
            ("201", "甲", 1, None, "是"),
            ("202", "乙", 2, None, "否"),
            ("203", "丙", 3, None, "是"),
        )(sheet)
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.print_area = "A1:C4"

    assert shown(read_xlsx(workbook(表=fill))) == [[["项目", "金额"], ["甲", "1"], ["丙", "3"]]]


def test_a_merged_cell_counts_the_columns_that_are_seen() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("项目", "2024年", None, None), (None, "预算", 3, "决算"), ("甲", 1, 8, 2))(sheet)
        sheet.merge_cells("B1:D1")
        sheet.merge_cells("A1:A2")
        sheet.column_dimensions["C"].hidden = True

    grid = read_xlsx(workbook(表=fill)).pieces[0]
    assert not isinstance(grid, Paragraph)
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        ("项目", 0, 0, 2, 1),
        ("2024年", 0, 1, 1, 2),
        ("预算", 1, 1, 1, 1),
        ("决算", 1, 2, 1, 1),
        ("甲", 2, 0, 1, 1),
        ("1", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]


def test_tables_beside_each_other_under_titles_of_their_own_come_apart() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(
            ("债务限额表", None, "债务余额表", None),
            ("项目", "全市", "项目", "市本级"),
            ("一般债务", 5, "一般债务", 2),
        )(sheet)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    assert shown(read_xlsx(workbook(债务=fill))) == [
        "债务限额表",
        [["项目", "全市"], ["一般债务", "5"]],
        "债务余额表",
        [["项目", "市本级"], ["一般债务", "2"]],
    ]


def test_an_empty_column_divides_tables_but_not_a_table_from_marks_beside_it() -> None:
    two = rows(
        ("项目", "收入", None, "项目", "支出"),
        ("税收", 5, None, "教育", 2),
        ("其他", 1, None, "卫生", 3),
    )
    marked = rows(
        ("项目", "支出", None, "打印", "上年数"),
        ("教育", 2, None, "是", 9),
        ("卫生", 3, None, "是", 8),
        ("住房", 4, None, "是", 7),
    )
    draft = read_xlsx(workbook(收支=two, 明细=marked))
    grids = [line for line in shown(draft) if not isinstance(line, str)]
    assert [len(grid[0]) for grid in grids] == [2, 2, 5]


def test_an_empty_row_divides_tables_but_not_rows_of_figures() -> None:
    sheet = rows(
        ("项目", "支出"),
        ("甲", 1),
        (),
        ("乙", 2),
        (),
        ("车辆情况表", None),
        ("名称", "数量"),
        ("轿车", 3),
    )
    draft = read_xlsx(workbook(表=sheet))
    assert shown(draft) == [
        [["项目", "支出"], ["甲", "1"], ["", ""], ["乙", "2"]],
        "车辆情况表",
        [["名称", "数量"], ["轿车", "3"]],
    ]


def test_formulas_without_results_are_told() -> None:
    book = workbook(表=rows(("项目", "支出"), ("甲", 1), ("合计", "=SUM(B2:B2)")))
    (notice,) = read_xlsx(book).notices
    assert notice.startswith("有 1 个公式没有存下结果")


def test_struck_out_cells_are_no_figures() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("项目", "支出"), ("甲", 1), ("乙", 2))(sheet)
        sheet["B2"].font = Font(strike=True)

    assert shown(read_xlsx(workbook(表=fill))) == [[["项目", "支出"], ["甲", ""], ["乙", "2"]]]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_refused(part: str) -> None:
    with ZipFile(BytesIO(workbook(表=rows(("项目", "支出"), ("甲", 1))))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    written = BytesIO()
    with ZipFile(written, "w") as package:
        for name, data in members.items():
            package.writestr(name, data[:60] if name == part else data)
    with pytest.raises(BadReport, match="不是完整的 Excel 表格"):
        read_xlsx(written.getvalue())


# ------------------------------------------------------------------ .xls


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str, size: str) -> bytes:
    """Return a string of BIFF8: its length, a flag for two bytes a character, the characters."""
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


def old_workbook(title: str, cells: dict[tuple[int, int], str | float], *extra: bytes) -> bytes:
    """Return the stream of an old workbook with one sheet; numbers are shown under 0.0%."""
    font = struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + wide("A", "B")
    looks = [struct.pack("<HHHBBBBIIH", 0, key, 1, 0, 0, 0, 0, 0, 0, 0) for key in (0, 164)]
    name = wide(title, "B")
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 0))
    start += record(0x31, font) * 5 + record(0x41E, struct.pack("<H", 164) + wide("0.0%", "H"))
    start += b"".join(record(0xE0, one) for one in looks)
    size = len(start) + 4 + 6 + len(name) + 4
    book = start + record(0x85, struct.pack("<IBB", size, 0, 0) + name) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 0))
    for (row, column), value in sorted(cells.items()):
        if isinstance(value, str):
            at = struct.pack("<HHH", row, column, 0)
            sheet += record(0x204, at + wide(value, "H"))
        else:
            sheet += record(0x203, struct.pack("<HHHd", row, column, 1, value))
    return book + sheet + b"".join(extra) + record(0x0A, b"")


def test_an_old_workbook_is_read_with_merged_cells_and_formats() -> None:
    merged = record(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 1))
    data = old_workbook(
        "三公经费",
        {
            (0, 0): "三公经费决算表",
            (1, 0): "项目",
            (1, 1): "增减率",
            (2, 0): "接待费",
            (2, 1): 0.125,
        },
        merged,
    )
    assert shown(read_xls(data)) == [
        "三公经费决算表",
        [["项目", "增减率"], ["接待费", "12.5%"]],
    ]


def test_hidden_rows_of_an_old_workbook_are_left_out() -> None:
    hidden = record(0x208, struct.pack("<HHHHHHI", 1, 0, 2, 0, 0, 0, 0x20))
    cells: dict[tuple[int, int], str | float] = {
        (0, 0): "项目", (0, 1): "支出", (1, 0): "甲", (1, 1): 0.1, (2, 0): "乙", (2, 1): 0.2,
    }  # fmt: skip
    assert shown(read_xls(old_workbook("表", cells, hidden))) == [
        [["项目", "支出"], ["乙", "20.0%"]]
    ]


def test_a_broken_old_workbook_is_refused() -> None:
    with pytest.raises(BadReport, match="不是完整的 Excel 表格"):
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
