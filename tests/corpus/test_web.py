"""Web pages as drafts: the article without the frame, its tables, its source."""

from datetime import date

import pytest

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Grid, Paragraph
from corpus.readers.web.html import is_archived_page, is_page, read_html, read_mht

ARTICLE = """
<p>&nbsp;&nbsp;青山市民政局２０２４年度决算公开如下：</p>
<p><b>一、总体情况</b></p>
<p>全年收入决算120.50万元，支出决算118.36万元，年末结转和结余2.14万元，收支与预算相符。</p>
<p>2024年“三公”经费支出<span>17.0</span><span>5</span>万元，<br>比上年减少1.37万元，下降7.44%。</p>
"""
TABLE = """
<table border="1"><tr><td rowspan="2">项目</td><td colspan="2">2024年度</td></tr>
<tr><td>预算数</td><td>决算数</td></tr>
<tr><td>接待费</td><td>5.00</td><td> 3.20 </td></tr></table>
"""
FRAME = """<!DOCTYPE html>
<!-- saved from url=(0042)http://www.example.gov.cn/art/2025/3/2.html -->
<html><head><meta charset="utf-8"><title>青山市2025年政务公开_青山市门户网站</title>
<meta name="PubDate" content="2025-08-29 16:20"></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul>
<div class="crumb">当前位置：首页 &gt; 政务公开 &gt; 民政局</div>
<div class="main"><h1>青山市民政局2024年度决算公开</h1>
<div class="info">来源：民政局　发布时间：2025-08-30　浏览：<span>163</span></div>
<div id="{name}">{article}</div></div>
<div class="right"><h4>相关阅读</h4>
<ul><li><a href="/b">柳树镇“三公”经费22.31万元</a></li></ul></div>
<div class="foot">主办：青山市人民政府办公室　备案号00000000</div>
</body></html>"""


def page(article: str = ARTICLE + TABLE, name: str = "zoom") -> bytes:
    return FRAME.format(article=article, name=name).encode()


def texts(draft: Draft) -> list[str]:
    return [piece.text for piece in draft.pieces if isinstance(piece, Paragraph)]


@pytest.mark.parametrize("name", ["zoom", "TRS_Editor", "x1"])
def test_the_article_comes_without_menus_side_bars_and_foot(name: str) -> None:
    draft = read_html(page(name=name))
    assert texts(draft) == [
        "青山市民政局2024年度决算公开",
        "青山市民政局２０２４年度决算公开如下：",
        "一、总体情况",
        "全年收入决算120.50万元，支出决算118.36万元，年末结转和结余2.14万元，收支与预算相符。",
        "2024年“三公”经费支出17.05万元，",
        "比上年减少1.37万元，下降7.44%。",
    ]
    assert draft.title == "青山市民政局2024年度决算公开"


def test_address_and_day_of_publication_are_kept() -> None:
    origin = read_html(page()).origin
    assert origin.address == "http://www.example.gov.cn/art/2025/3/2.html"
    assert origin.published == date(2025, 8, 29)


def test_the_day_in_the_frame_is_taken_where_the_head_has_none() -> None:
    data = page().replace(b'<meta name="PubDate" content="2025-08-29 16:20">', b"")
    assert read_html(data).origin.published == date(2025, 8, 30)


def test_spans_of_cells_are_kept() -> None:
    (grid,) = (piece for piece in read_html(page()).pieces if isinstance(piece, Grid))
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        ("项目", 0, 0, 2, 1),
        ("2024年度", 0, 1, 1, 2),
        ("预算数", 1, 1, 1, 1),
        ("决算数", 1, 2, 1, 1),
        ("接待费", 2, 0, 1, 1),
        ("5.00", 2, 1, 1, 1),
        ("3.20", 2, 2, 1, 1),
    ]


@pytest.mark.parametrize(
    "front",
    ["", "\ufeff", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- 一 -->\n<!-- 二 -->", "\n\n"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_fragment_is_read_whatever_stands_in_front(front: str, encoding: str) -> None:
    if front == "\ufeff" and encoding != "utf-8":
        pytest.skip("a byte order mark is of UTF-8 here")
    data = (front + "<div><p>青山市民政局决算</p>" + TABLE + "</div>").encode(encoding)
    assert is_page(data)
    draft = read_html(data)
    assert texts(draft) == ["青山市民政局决算"]
    assert sum(isinstance(piece, Grid) for piece in draft.pieces) == 1


@pytest.mark.parametrize("text", ["决算<表>数", "a < b", "1. <b>", "", "青山市民政局<html>"])
def test_text_with_a_sign_in_it_is_no_page(text: str) -> None:
    assert not is_page(text.encode())


def test_a_table_that_only_places_things_is_opened() -> None:
    text = "青山市民政局二〇二四年度决算公开的情况如下表，单位为万元。"
    inner = f"<table><tr><td>{text}</td></tr><tr><td>{TABLE}</td></tr></table>"
    draft = read_html(("<html><body>" + inner + "</body></html>").encode())
    assert texts(draft) == [text]
    (grid,) = (piece for piece in draft.pieces if isinstance(piece, Grid))
    assert len(grid.cells) == 7


def test_a_cell_with_much_text_is_not_taken_for_the_article() -> None:
    long = "项目按计划完成，资金按规定使用。" * 20
    rows = f"<tr><td>概况</td><td>{long}</td></tr><tr><td>得分</td><td>96</td></tr>"
    (grid,) = read_html(f"<body><table>{rows}</table></body>".encode()).pieces
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["概况", long, "得分", "96"]


def test_what_a_page_hides_is_not_read() -> None:
    hidden = '<p style="display: none">内部99万元</p><p hidden>草稿</p><p><s>删去8万元</s>留下</p>'
    assert texts(read_html(f"<body>{hidden}<script>var a=1</script></body>".encode())) == ["留下"]


def test_items_of_a_numbered_list_have_their_numbers() -> None:
    assert texts(read_html("<ol start='3'><li>甲</li><li>乙</li></ol>".encode())) == [
        "3.甲",
        "4.乙",
    ]


def test_headings_have_their_level() -> None:
    draft = read_html("<div><h2>一、总体</h2><p>正文</p></div>".encode())
    assert [p.heading for p in draft.pieces if isinstance(p, Paragraph)] == [2, 0]


def test_pictures_and_files_that_are_not_read_are_told() -> None:
    article = ARTICLE + (
        '<p><img src="t1.png"><img src="icon.gif" width="16" height="16"></p>'
        '<p><a href="/f/1.xlsx">附件1：决算表</a><a href="/x">返回</a></p>'
    )
    assert read_html(page(article)).notices == (
        "正文里有 1 张图片，图里的文字和表格没有读",
        "正文附有 1 个文件，没有读：附件1：决算表",
    )


def test_an_article_of_pictures_alone_is_refused() -> None:
    with pytest.raises(BadReport, match="正文是图片"):
        read_html(b"<html><body><div><img src='1.png'></div></body></html>")


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(BadReport, match="没有正文"):
        read_html(b"<html><body><div></div></body></html>")


def test_cells_that_claim_to_span_millions_do_not_fill_the_memory() -> None:
    cell = '<td rowspan="99999999" colspan="99999999">甲</td>'
    draft = read_html(f"<table>{f'<tr>{cell}{cell}</tr>' * 300}</table>".encode())
    (grid,) = (piece for piece in draft.pieces if isinstance(piece, Grid))
    assert len(grid.cells) < 300


def test_tags_within_tags_without_end_are_refused_or_read() -> None:
    deep = "<div>" * 20_000 + "青山市民政局决算"
    try:
        assert texts(read_html(deep.encode())) == ["青山市民政局决算"]
    except BadReport as refusal:
        assert "网页" in str(refusal)  # noqa: PT017 — either is right


def test_a_page_saved_as_one_file_is_read_with_its_address() -> None:
    body = page(name="x1").replace(b"<!-- saved from url=(0042)", b"<!-- ")
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/3.html\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b1"\r\n\r\n'
        b"--b1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + body
        + b"\r\n"
        b"--b1\r\nContent-Type: image/png\r\n\r\nAAAA\r\n--b1--\r\n"
    )
    assert is_archived_page(data)
    draft = read_mht(data)
    assert texts(draft)[0] == "青山市民政局2024年度决算公开"
    assert draft.origin.address == "https://www.example.gov.cn/3.html"
