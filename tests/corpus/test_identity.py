"""Who a report is of: by title, labels, cover, file name and text, whichever of them there are."""

import pytest

from corpus.model.types import Draft, Paragraph, Segment
from corpus.structure.identity import Identity, draft_to_identity
from corpus.structure.titles import text_to_labels, title_to_name, title_to_plain_name


def identity(*lines: str, name: str = "P0202409.pdf") -> Identity:
    pieces = tuple(Paragraph(segments=(Segment(page=None, text=line),)) for line in lines)
    return draft_to_identity(Draft(pages=None, pieces=pieces), name=name)


@pytest.mark.parametrize(
    "name",
    [
        "云岭省生态环境厅",
        "青山市民政局",
        "中共青山市委组织部",
        "中共青山市委宣传部",
        "中国共产党青山县纪律检查委员会",
        "青山县人大常委会办公室",
        "青山市人民代表大会常务委员会办公室",
        "中国人民政治协商会议青山县委员会办公室",
        "政协青山县委员会",
        "民革青山市委员会",
        "青山市供销合作社联合社",
        "青山县妇女联合会",
        "青山县残联",
        "青山县人民医院",
        "青山县第一中学",
        "青山市实验小学",
        "青山大学",
        "青山县石桥镇人民政府",
        "青山县石桥镇",
        "青山市临江区柳树街道办事处",
        "青山高新区管委会",
        "青山市高新技术产业开发区管理委员会",
        "青山市中级人民法院",
        "青山区人民检察院",
        "青山市农业科学院",
        "青山市水利水电研究所",
        "青山市公安局交通警察支队",
        "青山市消防救援支队",
        "青山市机关事务管理局",
        "青山市城市管理和综合执法局",
        "青山市预算绩效评价中心",
        "青山市财政预算编审中心",
        "青山市政务公开办公室",
        "青山市广播电视台",
        "青山监狱",
        "青山水库管理处",
    ],
)
@pytest.mark.parametrize(
    "title",
    [
        "{}2024年度部门决算",
        "2024年度{}部门决算公开报告",
        "二〇二四年度{}单位决算",
        "二O二四年{}部门预算编制说明",
        "关于{}2024年度整体支出绩效自评情况的报告",
        "附件2：{}（本级）2024年单位预算",
        "2024年部门决算—{}",
    ],
)
def test_a_title_names_its_organisation(title: str, name: str) -> None:
    assert title_to_name(title.format(name)) == name


@pytest.mark.parametrize(
    "line",
    [
        "第一部分部门概况",
        "第一部分 青山市2024年度部门决算表",
        "一、主要职责",
        "青山市临江区2025年区级部门预算",
        "2024年部门预算",
        "目录",
    ],
)
def test_headings_and_places_are_no_names(line: str) -> None:
    assert title_to_name(line) == ""
    assert title_to_plain_name(line) == ""


def test_a_label_names_an_organisation_and_no_unit_of_money() -> None:
    line = "公开01表 编制部门：青山市民政局 2023年度 单位：万元"
    assert [label.name for label in text_to_labels(line)] == ["青山市民政局"]
    assert text_to_labels("金额单位：万元") == ()
    assert text_to_labels("项目实施单位：青山市柳树社会福利院") == ()


def test_a_heading_that_looks_like_a_name_is_outvoted_by_the_title() -> None:
    made = identity(
        "2023年度",
        "云岭省生态环境厅部门决算",
        "2024年8月",
        "目录",
        "第一部分部门概况",
        "第二部分2023年度部门决算表",
        "第一部分部门概况",
        "第二部分2023年度部门决算表",
    )
    assert (made.organisation, made.year, made.kind) == ("云岭省生态环境厅", 2023, "决算")
    assert made.level == "部门"


def test_the_month_of_publication_is_not_the_year() -> None:
    made = identity("二O二四年八月", "青山市民政局", "二O二三年度部门决算", "目录")
    assert (made.organisation, made.year) == ("青山市民政局", 2023)


def test_the_file_name_alone_may_tell() -> None:
    made = identity("一、主要职能", "本部门负责某事。", name="3.青山市残联二〇二四年部门预算.docx")
    assert (made.organisation, made.year, made.kind) == ("青山市残联", 2024, "预算")


def test_a_name_under_the_title_is_read() -> None:
    made = identity("2024年度", "部门决算公开", "中共青山市委统战部", "二〇二五年九月", "目 录")
    assert (made.organisation, made.year) == ("中共青山市委统战部", 2024)


def test_running_text_tells_where_cover_and_file_are_silent() -> None:
    made = identity(
        "2024年部门预算",
        "青山市民政局是市政府组成部门，负责全市民政工作。",
        "纳入青山市民政局2024年部门预算编制范围的单位包括：青山市社会福利院。",
        "青山市民政局2024年收支预算10万元。",
    )
    assert made.organisation == "青山市民政局"


def test_the_unit_is_preferred_to_the_department_above_it() -> None:
    made = identity(
        "青山市临江区2025年区级单位预算",
        "预算主管部门：青山市临江区教育局",
        "预算单位：青山市临江区柳树小学",
        "目录",
        name="青山市临江区柳树小学2025年预算.pdf",
    )
    assert (made.organisation, made.level) == ("青山市临江区柳树小学", "单位")


def test_captions_that_name_the_department_above_do_not_win() -> None:
    made = identity(
        "青山市财政局国库支付中心2024年度单位决算",
        "目录",
        *["编制部门：青山市财政局 单位：万元"] * 9,
    )
    assert made.organisation == "青山市财政局国库支付中心"


def test_the_fullest_form_of_the_name_is_taken() -> None:
    made = identity(
        "2024年度人社局整体支出绩效自评报告",
        "部门名称：青山县人力资源和社会保障局",
        name="人社局自评.txt",
    )
    assert made.organisation == "青山县人力资源和社会保障局"


def test_a_body_of_no_known_kind_is_believed_where_the_text_repeats_it() -> None:
    made = identity(
        "青山植物标本陈列苑2024年度单位决算",
        "青山植物标本陈列苑成立于某年。",
        "青山植物标本陈列苑有5人。",
    )
    assert made.organisation == "青山植物标本陈列苑"


def test_the_kind_is_not_read_from_the_name() -> None:
    made = identity("青山市绩效评价中心2024年度单位决算", "一、主要职能")
    assert (made.kind, made.level) == ("决算", "单位")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            ("青山市第七届人民代表大会", "第五次会议文件（九）", "关于青山市2024年预算执行情况和",
             "2025年预算草案的报告（书面）", "青山市财政局", "各位代表："),
            "预算报告.docx",
        ),
        (("2024年末青山市地方政府债务限额及余额决算情况表", "单位：万元"), "附件1.xls"),
        (("会议资料", "青山市", "2024年地方财政预算执行情况和2025年地方财政预算（草案）",
          "青山市财政局编制"), "青山市2024年地方财政预算执行情况附表.xlsx"),
        (("全市财政情况向大会提交报告——", "2024年预算情况和2025年预算草案",
          "提交了《关于青山市2024年预算执行情况和2025年预算草案的报告》。"), "35038.html"),
    ],
)  # fmt: skip
def test_the_report_of_a_government_is_of_its_place(lines: tuple[str, ...], name: str) -> None:
    made = identity(*lines, name=name)
    assert (made.organisation, made.level, made.year) == ("青山市人民政府", None, 2024)


def test_a_department_that_has_a_bureau_for_budgets_is_no_government() -> None:
    made = identity("青山市财政局2024年部门预算执行情况和2025年部门预算草案的报告")
    assert made.organisation == "青山市财政局"


def test_the_lines_above_the_title_of_a_paper_for_a_congress_are_no_title() -> None:
    made = identity(
        "青山市十五届人大",
        "七次会议文件（19）",
        "关于青山市2025年总预算执行情况与2026年总预算草案的报告（书面）",
    )
    assert made.title == "关于青山市2025年总预算执行情况与2026年总预算草案的报告（书面）"


def test_a_city_whose_name_ends_in_the_word_for_capital_is_a_place() -> None:
    made = identity("2024年末成都市政府债务限额及余额决算情况表")
    assert made.organisation == "成都市人民政府"


def test_the_title_of_a_first_table_is_not_that_of_the_report() -> None:
    made = identity(
        "收入支出决算总表",
        "编制单位：青山市民政局 公开01表",
        name="青山市民政局2022年度部门决算公开表.xlsx",
    )
    assert (made.title, made.year) == ("青山市民政局2022年度部门决算公开表", 2022)
    assert (made.organisation, made.level, made.kind) == ("青山市民政局", "部门", "决算")


def test_a_page_is_titled_as_it_says_itself() -> None:
    line = Paragraph(segments=(Segment(page=None, text="现将决算公开如下："),))
    draft = Draft(pages=None, pieces=(line,), title="柳树镇2022年度“三公”经费决算公开")
    made = draft_to_identity(draft, name="163.html")
    assert (made.title, made.organisation, made.year) == (draft.title, "柳树镇", 2022)


@pytest.mark.parametrize(
    ("text", "name"),
    [("柳树镇人民政府办公室编。", "青山县柳树镇人民政府"), ("全镇。", "青山县柳树镇")],
)
def test_a_town_is_named_by_its_government_where_the_text_names_that(text: str, name: str) -> None:
    assert identity("青山县柳树镇2021年“三公”经费决算情况说明", text).organisation == name
