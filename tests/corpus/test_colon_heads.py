"""Money after a name and a colon: of what it is, and where the words before it name nothing."""

import pytest

from corpus.extraction.facts import report_to_sentence_facts
from corpus.extraction.subjects.colon_heads import names_thing
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Draft, Paragraph, Segment
from corpus.structure.outline import draft_to_report

BUDGET = "青山市临江区城管局2025年部门预算"
EVALUATION = "青山市临江区城管局2024年度项目支出绩效自评报告"
Told = tuple[int | None, str, str, str, str, tuple[str, ...]]


def told(title: str, *paragraphs: str) -> list[Told]:
    pieces = tuple(
        Paragraph(segments=(Segment(page=None, text=text),)) for text in (title, *paragraphs)
    )
    report = draft_to_report(Draft(pages=None, pieces=pieces), name=f"{title}.txt", digest="0" * 64)
    return [
        (fact.year, fact.measure, fact.facet, fact.aspect, fact.printed + fact.unit, fact.row)
        for fact in report_to_sentence_facts(report, load_vocabulary())
    ]


def test_a_name_before_a_colon_is_what_the_bare_money_is_of() -> None:
    assert told(
        BUDGET,
        "老街管网改造：2025年安排320.00万元，新铺管道2.6公里。北渠清障：2025年安排48万元。"
        "全局在职人员30人。",
    ) == [
        (2025, "老街管网改造", "", "预算", "320.00万元", ()),
        (2025, "新铺管道", "", "数量", "2.6公里", ("老街管网改造",)),
        (2025, "北渠清障", "", "预算", "48万元", ()),
        (2025, "在职人员", "", "数量", "30人", ()),
    ]


def test_the_items_of_a_list_keep_what_was_done_apart() -> None:
    assert told(
        EVALUATION,
        "（一）路灯补装：预算84.00万元，执行82.32万元，执行率98%。",
        "2.古树复壮：下达50万元，拨付40万元。支出38万元，惠及居民1200户。",
        "一是公厕提档：投入12万元；二是绿道贯通：投入30万元。",
    ) == [
        (2024, "路灯补装", "", "预算", "84.00万元", ()),
        (2024, "路灯补装", "", "执行数", "82.32万元", ()),
        (2024, "路灯补装", "", "完成率", "98%", ()),
        (2024, "古树复壮", "", "其他", "50万元", ()),
        (2024, "古树复壮", "拨付", "其他", "40万元", ()),
        (2024, "古树复壮", "", "决算", "38万元", ()),
        (2024, "惠及居民", "", "数量", "1200户", ("古树复壮",)),
        (2024, "公厕提档", "", "其他", "12万元", ()),
        (2024, "绿道贯通", "", "其他", "30万元", ()),
    ]


def test_spending_beside_the_plan_of_a_budget_is_of_the_same_year() -> None:
    assert told(BUDGET, "1.路灯补装：预算84万元，支出82万元。", "2.绿道贯通：支出60万元。") == [
        (2025, "路灯补装", "", "预算", "84万元", ()),
        (2025, "路灯补装", "", "执行数", "82万元", ()),
        (2025, "绿道贯通", "", "预算", "60万元", ()),
    ]


def test_a_term_before_a_colon_and_parts_after_one_are_read_as_before() -> None:
    assert told(BUDGET, "培训费：2025年安排5万元。", "路灯补装：安排9万元，其中：灯杆6万元。") == [
        (2025, "培训费", "", "预算", "5万元", ()),
        (2025, "路灯补装", "", "预算", "9万元", ()),
        (2025, "灯杆", "", "预算", "6万元", ("路灯补装",)),
    ]


@pytest.mark.parametrize(
    "words",
    ["注", "备注", "其中", "说明", "资金安排情况", "绩效目标", "存在问题", "主要工作", "专项资金",
     "上级补助收入", "本部门", "全县", "支出按用途分",
     "2025年"],
)  # fmt: skip
def test_a_heading_or_a_remark_is_no_thing(words: str) -> None:
    assert not names_thing(words)


@pytest.mark.parametrize(
    "words",
    [
        "老街管网改造",
        "以工代赈",
        "全民健身步道",
        "秸秆禁烧工作",
        "高标准农田建设资金",
        "城区亮化工程",
    ],
)
def test_the_name_of_a_project_is_a_thing(words: str) -> None:
    assert names_thing(words)


def test_a_body_before_a_colon_is_what_the_money_went_to() -> None:
    assert told(
        EVALUATION,
        "补助资金共13.5万元，其中：柳塘镇：拨付5万元；青石镇：8.5万元。",
        "区水利局：预算500万元，执行480万元。",
    ) == [
        (2024, "补助资金", "", "其他", "13.5万元", ()),
        (2024, "柳塘镇", "", "其他", "5万元", ("补助资金",)),
        (2024, "青石镇", "", "其他", "8.5万元", ("补助资金",)),
        (2024, "区水利局", "", "预算", "500万元", ()),
        (2024, "区水利局", "", "执行数", "480万元", ()),
    ]


def test_what_else_is_said_after_a_body_belongs_to_it() -> None:
    assert told(BUDGET, "柳塘镇：“三公”经费5万元，公务接待费2万元。") == [
        (2025, "三公经费", "", "预算", "5万元", ("柳塘镇",)),
        (2025, "公务接待费", "", "预算", "2万元", ("柳塘镇",)),
    ]


def test_a_bare_figure_is_of_the_words_before_its_colon() -> None:
    assert told(
        EVALUATION, "建设进度：93%。惠及群众：1200人。道路养护项目绩效自评得分：93.5分。"
    ) == [
        (2024, "建设进度", "", "其他", "93%", ()),
        (2024, "惠及群众", "", "数量", "1200人", ()),
        (2024, "道路养护项目", "", "得分", "93.5分", ()),
    ]
