from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from corpus.model.errors import BadReport
from corpus.model.types import Grid, GridCell, Paragraph
from corpus.readers.files import packages
from corpus.readers.word.docx import read_docx

LEVEL_XML = (
    '<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>'
    '<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
)


def to_bytes(document: WordDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def texts(document: WordDocument) -> list[str]:
    pieces = read_docx(to_bytes(document)).pieces
    return [piece.text for piece in pieces if isinstance(piece, Paragraph)]


def grids(document: WordDocument) -> list[Grid]:
    return [piece for piece in read_docx(to_bytes(document)).pieces if isinstance(piece, Grid)]


def add_xml(document: WordDocument, xml: str) -> None:
    """Put an element at the end of the body."""
    start, rest = xml.split(">", 1)
    document.element.body.insert_element_before(
        parse_xml(f"{start} {nsdecls('w')}>{rest}"), "w:sectPr"
    )


def test_the_body_comes_in_order_with_heading_levels() -> None:
    document = Document()
    document.add_paragraph("青山市临江区财政局 2024 年度部门决算", style="Title")
    document.add_heading("一、部门概况", 1)
    document.add_paragraph("在职人员 12 名。")
    document.add_table(1, 2).rows[0].cells[0].text = "合计"
    document.add_heading("（一）职能", 2)
    pieces = read_docx(to_bytes(document)).pieces
    assert [(piece.heading, piece.text) for piece in pieces if isinstance(piece, Paragraph)] == [
        (0, "青山市临江区财政局2024年度部门决算"),
        (1, "一、部门概况"),
        (0, "在职人员12名。"),
        (2, "（一）职能"),
    ]
    assert isinstance(pieces[3], Grid)


def test_an_outline_level_makes_a_heading_and_level_9_does_not() -> None:
    document = Document()
    for level in (1, 9):
        add_xml(
            document,
            f'<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'
            f"<w:r><w:t>第{level}</w:t></w:r></w:p>",
        )
    pieces = read_docx(to_bytes(document)).pieces
    assert [piece.heading for piece in pieces if isinstance(piece, Paragraph)] == [2, 0]


def test_merged_cells_stand_once_however_equal_their_neighbours_are() -> None:
    document = Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "决算数"
    for place, text in {(1, 1): "1", (1, 2): "1", (2, 0): "合计", (2, 1): "1", (2, 2): "1"}.items():
        table.cell(*place).text = text
    assert grids(document)[0].cells == (
        GridCell(row=0, column=0, rows=2, text="项目"),
        GridCell(row=0, column=1, columns=2, text="决算数"),
        GridCell(row=1, column=1, text="1"),
        GridCell(row=1, column=2, text="1"),
        GridCell(row=2, column=0, text="合计"),
        GridCell(row=2, column=1, text="1"),
        GridCell(row=2, column=2, text="1"),
    )


def test_a_nested_table_is_drawn_into_its_cell() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "项目名称", "阅读推广"
    table.cell(1, 0).text, table.cell(1, 1).text = "项目资金（万元）", "资金来源如下"
    inner = table.cell(1, 1).add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "全年预算数", "全年执行数"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "80.00", "76.40"
    assert grids(document)[0].cells == (
        GridCell(row=0, column=0, text="项目名称"),
        GridCell(row=0, column=1, columns=2, text="阅读推广"),
        GridCell(row=1, column=0, rows=3, text="项目资金（万元）"),
        GridCell(row=1, column=1, columns=2, text="资金来源如下"),
        GridCell(row=2, column=1, text="全年预算数"),
        GridCell(row=2, column=2, text="全年执行数"),
        GridCell(row=3, column=1, text="80.00"),
        GridCell(row=3, column=2, text="76.40"),
    )


def test_two_nested_tables_stand_below_each_other_over_the_whole_cell() -> None:
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "备注"
    for names in (("办公费", "1.20", "万元"), ("印刷费", "0.30")):
        inner = table.cell(0, 0).add_table(1, len(names))
        for at, name in enumerate(names):
            inner.cell(0, at).text = name
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in grids(document)[0].cells] == [
        (0, 0, 1, 1, "办公费"),
        (0, 1, 1, 1, "1.20"),
        (0, 2, 1, 1, "万元"),
        (0, 3, 2, 1, "备注"),
        (1, 0, 1, 1, "印刷费"),
        (1, 1, 1, 2, "0.30"),
    ]


def test_two_figures_in_one_cell_do_not_run_together() -> None:
    document = Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "1.95"
    cell.add_paragraph("0.20")
    assert grids(document)[0].cells[0].text == "1.95 0.20"


def test_a_frame_of_one_cell_is_no_table() -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "“三公”经费1.95万元。"
    assert texts(document) == ["“三公”经费1.95万元。"]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = Document()
    add_xml(
        document,
        "<w:p><w:r><w:t>预算</w:t></w:r><w:del><w:r><w:delText>1</w:delText><w:t>1</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>2万元</w:t></w:r></w:ins></w:p>",
    )
    assert texts(document) == ["预算2万元"]


def test_a_deleted_table_row_is_dropped() -> None:
    document = Document()
    table = document.add_table(3, 2)
    for at, row in enumerate(table.rows):
        row.cells[0].text = str(at)
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    assert [cell.text for cell in grids(document)[0].cells] == ["0", "", "2", ""]


def test_hidden_text_is_not_read() -> None:
    document = Document()
    run = document.add_paragraph("看得见").add_run("看不见")
    run.font.hidden = True
    assert texts(document) == ["看得见"]


def paragraph_of(*runs: tuple[str, str]) -> str:
    """Return the text that is read of a paragraph of (properties, text) runs."""
    document = Document()
    body = "".join(f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>" for looks, text in runs)
    add_xml(document, f"<w:p>{body}</w:p>")
    return "".join(texts(document))


SUPER = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("runs", "read"),
    [
        ([("", "收入总计936.48"), (SUPER, "1"), ("", "万元")], "收入总计936.48万元"),
        ([("", "公务用车6"), (SUPER, "[12]"), ("", "辆")], "公务用车6辆"),
        ([("", "支出4.6"), (SUPER, "①"), ("", "万元")], "支出4.6万元"),
        ([("", "在职58"), ('<w:position w:val="6"/>', "2"), ("", "人")], "在职58人"),
        ([("", "支出7"), (SUPER, "注"), (SUPER, "1"), ("", "万元")], "支出7万元"),
        ([("", "面积120m"), (SUPER, "2"), ("", "。")], "面积120m²。"),
        ([("", "共3×10"), (SUPER, "4"), ("", "元")], "共3×10⁴元"),
        ([("", "支出"), ('<w:vertAlign w:val="baseline"/>', "12"), ("", "万元")], "支出12万元"),
    ],
)
def test_a_raised_note_mark_is_no_digit_of_the_figure_before_it(
    runs: list[tuple[str, str]], read: str
) -> None:
    assert paragraph_of(*runs) == read


def test_a_raised_mark_by_its_style_and_in_a_cell_is_none_either() -> None:
    document = Document()
    style = document.styles.add_style("NoteMark", 2)  # a style of characters
    style.font.superscript = True
    cell = document.add_table(1, 2).rows[0].cells[1]
    cell.paragraphs[0].add_run("12.5")
    cell.paragraphs[0].add_run("2", style="NoteMark")
    assert [each.text for each in grids(document)[0].cells] == ["", "12.5"]


@pytest.mark.parametrize(
    ("looks", "read"),
    [
        ("<w:strike/>", "会议费4.25万元"),
        ("<w:dstrike/>", "会议费4.25万元"),
        ('<w:strike w:val="0"/>', "会议费14.25万元"),
        ('<w:sz w:val="2"/>', "会议费4.25万元"),
        ('<w:color w:val="FFFFFF"/>', "会议费4.25万元"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>', "会议费14.25万元"),
        ('<w:sz w:val="21"/>', "会议费14.25万元"),
    ],
)
def test_what_is_struck_out_or_cannot_be_seen_is_no_digit(looks: str, read: str) -> None:
    assert paragraph_of(("", "会议费"), (looks, "1"), ("", "4.25万元")) == read


def test_white_words_on_a_dark_cell_are_seen() -> None:
    document = Document()
    cell = document.add_table(1, 2).rows[0].cells[0]
    run = cell.paragraphs[0].add_run("决算数")
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    assert grids(document)[0].cells[0].text == "决算数"


def test_lines_broken_by_hand_are_paragraphs_of_their_own() -> None:
    document = Document()
    document.add_paragraph("第一行。\n第二行。")
    assert texts(document) == ["第一行。", "第二行。"]


def test_text_in_content_controls_and_text_boxes_is_read_once() -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        document,
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        "<w:t>框外</w:t><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>",
    )
    add_xml(
        document,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert texts(document) == ["框外", "框内", "控件"]


def numbered_document() -> WordDocument:
    """Make a document whose list 77 counts 一、 and （1）, and list 78 the same from the start."""
    document = Document()
    root = document.part.numbering_part.element
    levels = "".join(
        LEVEL_XML.format(depth=depth, style=style, text=text)
        for depth, (style, text) in enumerate([("chineseCounting", "%1、"), ("decimal", "（%2）")])
    )
    space = nsdecls("w")
    abstract = f'<w:abstractNum {space} w:abstractNumId="77">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    root.append(
        parse_xml(f'<w:num {space} w:numId="78"><w:abstractNumId w:val="77"/>{restart}</w:num>')
    )
    return document


def add_item(document: WordDocument, text: str, *, number: int, depth: int) -> None:
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )
    add_xml(document, f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")


def test_automatic_numbers_are_written_out() -> None:
    document = numbered_document()
    add_item(document, "概况", number=77, depth=0)
    add_item(document, "职能", number=77, depth=1)
    add_item(document, "机构", number=77, depth=1)
    add_item(document, "收支", number=77, depth=0)
    add_item(document, "另起", number=78, depth=0)
    add_item(document, "接着", number=77, depth=0)
    add_item(document, "没有这个列表", number=99, depth=0)
    assert texts(document) == [
        "一、概况",
        "（1）职能",
        "（2）机构",
        "二、收支",
        "一、另起",
        "三、接着",
        "没有这个列表",
    ]


def test_a_style_can_carry_number_and_level() -> None:
    document = numbered_document()
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    document.add_heading("概况", 1)
    document.add_heading("收支", 1)
    pieces = read_docx(to_bytes(document)).pieces
    assert [(piece.heading, piece.text) for piece in pieces if isinstance(piece, Paragraph)] == [
        (1, "一、概况"),
        (1, "二、收支"),
    ]


def test_malformed_numbers_are_read_as_absent() -> None:
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "合计"
    properties = table.cell(0, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="x"/>'))
    assert [cell.column for cell in grids(document)[0].cells] == [0, 1]


def zipped(members: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return written.getvalue()


def without(name: str) -> bytes:
    """Make a Word file that lacks one of its parts."""
    with ZipFile(BytesIO(to_bytes(Document()))) as package:
        return zipped(
            {member: package.read(member) for member in package.namelist() if member != name}
        )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"PK\x03\x04" + bytes(50), "不是完整的 Word 文档"),
        (lambda: to_bytes(Document())[:-400], "不是完整的 Word 文档"),
        (lambda: zipped({"a.txt": b"a"}), "不是完整的 Word 文档"),
        (lambda: without("[Content_Types].xml"), "不是完整的 Word 文档"),
        (lambda: without("word/document.xml"), "不是完整的 Word 文档"),
    ],
    ids=["no zip", "cut", "other zip", "no content types", "no document"],
)
def test_what_is_no_word_file_is_refused(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadReport, match=words):
        read_docx(make())


def test_damaged_xml_is_refused() -> None:
    with ZipFile(BytesIO(to_bytes(Document()))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/document.xml"] = b"<w:document"
    with pytest.raises(BadReport, match="不是完整的 Word 文档"):
        read_docx(zipped(members))


def test_a_zip_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(BadReport, match="解压后超过 1 MB"):
        read_docx(zipped({"word/document.xml": bytes(1024 * 1024 + 1)}))


def test_a_style_based_on_itself_does_not_hang() -> None:
    document = Document()
    style = document.styles["Normal"].element
    style.insert(1, parse_xml(f'<w:basedOn {nsdecls("w")} w:val="{style.get(qn("w:styleId"))}"/>'))
    document.add_paragraph("正文。")
    assert texts(document) == ["正文。"]
