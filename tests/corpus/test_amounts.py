"""Figures in text: what is one, where it stands, and what each unit is worth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entities.quantities import Amount, amounts_in
from corpus.entities.units import MONEY, convert, to_yuan, unit_kind


def only(text: str) -> Amount:
    """Return the one figure of a text."""
    (amount,) = amounts_in(text)
    return amount


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind", "vague"),
    [
        ("1.95万元", "1.95", "万元", "money", ""),
        ("绩效目标为475.59万，其中", "475.59", "万", "money", ""),
        ("2,946.25", "2946.25", "", "plain", ""),
        ("2，946.25万元", "2946.25", "万元", "money", ""),
        ("1.2亿元", "1.2", "亿元", "money", ""),
        ("0.39万（含税）", "0.39", "万", "money", ""),
        ("投入200多万元在全区", "200", "万元", "money", "多"),
        ("3万余元", "3", "万元", "money", "余"),
        ("单价100万元（含）以上设备", "100", "万元", "money", "以上"),
        ("节约100万元", "100", "万元", "money", ""),
        ("人均0.18万元/人", "0.18", "万元/人", "money", ""),
        ("二百三十四万元", "2340000", "元", "money", ""),
        ("差旅费壹拾贰万零柒佰捌拾元整", "120780", "元", "money", ""),
        ("会议费伍仟零陆元正", "5006", "元", "money", ""),
        ("轮换价差收益为（15.90）万元", "-15.90", "万元", "money", ""),
        ("收支差额△1,015.90万元", "-1015.90", "万元", "money", ""),
        ("客流达100万", "100", "万", "count", ""),
        ("88%", "88", "%", "percent", ""),
        ("增长率-13.5％", "-13.5", "%", "percent", ""),
        ("百分之九十", "90", "%", "percent", ""),
        ("百分之十二点五", "12.5", "%", "percent", ""),
        ("就业率达90%以上", "90", "%", "percent", "以上"),
        ("３个百分点", "3", "个百分点", "points", ""),
        ("在职11名，其中", "11", "名", "people", ""),
        ("一百二十人", "120", "人", "people", ""),
        ("1.5万人次", "1.5", "万人次", "people", ""),
        ("建成近20家驿站", "20", "家", "count", "近"),
        ("附近20家驿站", "20", "家", "count", ""),
        ("6场次", "6", "场次", "count", ""),
        ("0 台（套）", "0", "台（套）", "count", ""),
        ("平均得分99.33分", "99.33", "分", "score", ""),
        ("约为13459平方米", "13459", "平方米", "area", "约为"),
        ("２０２４", "2024", "", "plain", ""),
        ("2024年度", "2024", "年度", "year", ""),
        ("二〇二四年", "2024", "年", "year", ""),
        ("24年预算", "24", "年", "year", ""),
        ("使用年限50年", "50", "年", "count", ""),
        ("截至2024年8月31日", "20240831", "", "date", ""),
        ("-13.5", "-13.5", "", "plain", ""),
        ("1、办公费", "1", "", "ordinal", ""),
        ("（2）项目支出", "2", "", "ordinal", ""),
        ("排名第3", "3", "", "ordinal", ""),
    ],
)
def test_one_figure(text: str, value: str, unit: str, kind: str, vague: str) -> None:
    amount = only(text)
    assert (amount.value, amount.unit, amount.kind, amount.vague) == (
        Decimal(value),
        unit,
        kind,
        vague,
    )


@pytest.mark.parametrize(
    "text",
    [
        "规范〔2023〕1号",
        "第三条",
        "驿站24小时不打烊",
        "A4纸",
        "“两癌”筛查",
        "“四个意识”",
        "一步一步",
        "“三公”经费",
        "“两节”期间",
        "党的二十大",
        "十八大以来",
        "一方面",
        "三个方面",
        "中央八项规定",
        "一个",
        "十分重视",
        "近三年",
        "万元",
    ],
)
def test_no_figure(text: str) -> None:
    assert amounts_in(text) == ()


def test_places_of_the_expression_and_of_its_digits() -> None:
    text = "共投入近200多万元建设"
    amount = only(text)
    assert text[amount.start : amount.end] == "近200多万元"
    assert text[amount.number_start : amount.number_end] == amount.printed == "200"


def test_a_list_marker_is_apart_from_the_year_after_it() -> None:
    found = [(amount.kind, amount.value) for amount in amounts_in("1.2024年支出3万元")]
    assert found == [
        ("ordinal", Decimal(1)),
        ("year", Decimal(2024)),
        ("money", Decimal(3)),
    ]


def test_a_row_of_a_table_has_a_plain_number_each() -> None:
    found = amounts_in("201 | 06 | 01 | 行政运行 | 1,511.89 | 年末")
    assert [amount.printed for amount in found] == ["201", "06", "01", "1,511.89"]
    assert {amount.kind for amount in found} == {"plain"}


def test_a_counter_does_not_run_into_a_word() -> None:
    assert only("8 人员经费").kind == "plain"
    assert only("5项目支出").kind == "plain"
    assert only("49.14 年末结转和结余").kind == "plain"


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=2),
    unit=st.sampled_from([unit for unit in MONEY if unit.endswith("元")]),
    grouped=st.booleans(),
)
def test_a_printed_amount_of_money_is_read_back(value: Decimal, unit: str, grouped: bool) -> None:
    printed = f"{value:,f}" if grouped else f"{value:f}"
    amount = only(f"支出{printed}{unit}。")
    assert (amount.value, amount.printed, amount.unit, amount.kind) == (
        value,
        printed,
        unit,
        "money",
    )


@given(st.text(alphabet="0123456789.,，万亿元人年月日（）第近多一二三十百 %\n", max_size=40))
def test_figures_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    end = 0
    for amount in amounts_in(text):
        assert end <= amount.start <= amount.number_start < amount.number_end <= amount.end
        assert text[amount.number_start : amount.number_end] == amount.printed
        end = amount.end


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        ("1.95", "万元", "19500"),
        ("475.59", "万", "4755900"),
        ("1.2", "亿元", "120000000"),
        ("3", "千元", "3000"),
        ("7", "元", "7"),
    ],
)
def test_money_in_yuan(value: str, unit: str, yuan: str) -> None:
    assert to_yuan(Decimal(value), unit) == Decimal(yuan)


def test_only_renminbi_has_yuan() -> None:
    assert to_yuan(Decimal(3), "名") is None
    assert to_yuan(Decimal(3), "万美元") is None
    assert to_yuan(Decimal(3), "元/人") is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        ("1842.60", "万千瓦时", "千瓦时", "18426000"),
        ("19500", "元", "万元", "1.95"),
        ("371514655.00", "元", "亿元", "3.71514655"),
        ("1.2", "亿元", "万元", "12000"),
        ("1.5", "万人次", "人次", "15000"),
        ("2", "公顷", "平方米", "20000"),
    ],
)
def test_conversion_is_exact(value: str, unit: str, to: str, result: str) -> None:
    converted = convert(Decimal(value), unit, to)
    assert str(converted) == result


def test_conversion_between_different_things_is_refused() -> None:
    with pytest.raises(ValueError, match="元 and 人"):
        convert(Decimal(1), "元", "人")


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("", "plain"),
        ("万元", "money"),
        ("万", "money"),
        ("元/平方米", "money"),
        ("％", "percent"),
        ("个百分点", "points"),
        ("万人次", "people"),
        ("辆", "count"),
        ("平方米", "area"),
        ("分", "score"),
        ("艘", "count"),
    ],
)
def test_what_a_unit_counts(unit: str, kind: str) -> None:
    assert unit_kind(unit) == kind


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("在职128人，8个单位", ["128", "8"]),
        ("增加5万元,3个项目", ["5", "3"]),
        ("共2，946.25万元", ["2，946.25"]),
        ("分别为5个，10、20个", ["5", "10", "20"]),
    ],
)
def test_a_comma_divides_clauses_or_groups_of_three(text: str, printed: list[str]) -> None:
    assert [amount.printed for amount in amounts_in(text)] == printed


@pytest.mark.parametrize("text", ["陆家嘴街道", "收入总计（936.48）万元", "叁元伍角"])
def test_numerals_in_names_and_brackets_that_a_form_drew_are_no_figures(text: str) -> None:
    assert amounts_in(text) == ()
