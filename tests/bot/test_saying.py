"""How figures are said: one case for each way in which an answer could not be read aloud."""

from typing import Any

import pytest

from bot.presentation.answer_text import formula_words, label_of
from bot.presentation.names_said import (
    Told,
    equal_said,
    figure_said,
    full_stop,
    name_of,
    spoken,
    sum_said,
    tell,
)
from corpus.model.types import Fact
from scripts.toy_reports import toy_fact

OFFICE, WATER = "财政局", "水务局"


def fact(printed: str, unit: str = "万元", **slots: Any) -> Fact:
    return toy_fact(printed, unit, **{"organisation": OFFICE} | slots)


def told(*facts: Fact) -> list[Told]:
    return [Told(one, figure_said(one), f"[{n}]") for n, one in enumerate(facts, start=1)]


@pytest.mark.parametrize(
    ("slots", "name"),
    [
        pytest.param({"measure": "支出合计"}, "支出决算合计", id="合计在口径后面"),
        pytest.param({"measure": "收支总计", "aspect": "预算"}, "收支预算总计", id="总计"),
        pytest.param({"measure": "合计支出"}, "支出决算合计", id="合计在前"),
        pytest.param({"measure": "支出合计项目支出"}, "项目支出决算", id="合计贴在名称前"),
        pytest.param({"measure": "总计支出总计"}, "支出决算总计", id="总计说了两遍"),
        pytest.param({"measure": "合计支出决算数", "aspect": "其他"}, "支出决算合计", id="表头"),
        pytest.param({"measure": "支出完成", "aspect": "执行数"}, "支出完成", id="完成"),
        pytest.param({"measure": "其他收入都", "aspect": "预算"}, "其他收入预算", id="副词"),
        pytest.param({"measure": "三公经费"}, "三公经费决算", id="好的名称不变"),
        pytest.param(
            {"measure": "教育支出", "facet": "基本支出"}, "教育支出中的基本支出决算", id="其中"
        ),
        pytest.param(
            {"measure": "用款计划", "facet": "第一季度", "aspect": "预算"},
            "第一季度用款计划预算",
            id="季度",
        ),
    ],
)
def test_a_name_has_no_seams_of_a_table(slots: dict[str, Any], name: str) -> None:
    assert name_of(fact("5", **slots)) == name


ROUNDS = fact("2", "批次", measure="国内公务接待批次", aspect="数量")
GUESTS = fact("26", "人次", measure="国内公务接待人次", aspect="数量")
MEALS = fact(
    "3000", "名", measure="送去爱心营养餐", aspect="数量", quote="为3000名司机送去爱心营养餐。"
)
NOW, PAST = fact("5"), fact("8", year=2023)
OTHER = fact("7.5", organisation=WATER)
FEWER = fact("-124,500.00", "元", aspect="增减额", direction=-1)
SCHOOL, SCHOOL_BEFORE = (fact("25", measure="教育支出", year=year) for year in (2025, 2024))
FOUR = [fact("15", measure="用款计划", facet=f"第{n}季度", aspect="预算") for n in "一二三四"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(
            tell(told(ROUNDS, GUESTS)),
            "财政局2024年国内公务接待2批次、26人次。[1][2]",
            id="批次和人次",
        ),
        pytest.param([spoken(MEALS)], "财政局2024年：为3000名司机送去爱心营养餐", id="数的是什么"),
        pytest.param([spoken(FEWER)], "财政局2024年三公经费减少124,500.00元", id="正负号"),
        pytest.param([formula_words("5 - 8 = -3万元")], "（按公式计算：8 - 5 = 3万元）", id="算式"),
        pytest.param(
            [equal_said(told(SCHOOL, SCHOOL_BEFORE))],
            "财政局教育支出决算2025年和2024年都是25万元。[1][2]",
            id="两年一样",
        ),
        pytest.param(
            tell(told(NOW, PAST)),
            "财政局三公经费决算：2024年5万元[1]，2023年8万元[2]。",
            id="两年，单位只说一遍",
        ),
        pytest.param(
            tell(told(NOW, OTHER)),
            "2024年三公经费决算：财政局5万元[1]，水务局7.5万元[2]。",
            id="两家，项目只说一遍",
        ),
        pytest.param(
            tell(told(NOW, fact("10", aspect="预算"))),
            "财政局2024年三公经费决算5万元[1]，预算10万元[2]。",
            id="决算和预算",
        ),
        pytest.param([sum_said(FOUR)], "财政局2024年用款计划预算四个季度合计", id="季度之和"),
        pytest.param(
            [sum_said([NOW, OTHER])], "2024年三公经费决算，财政局、水务局合计", id="两家之和"
        ),
        pytest.param([full_stop("共有车辆0辆；")], "共有车辆0辆。", id="半句收尾"),
        pytest.param(tell([]), "", id="没有数字"),
    ],
)
def test_figures_are_said_as_a_person_says_them(lines: list[str], text: str) -> None:
    assert "\n".join(lines) == text


def test_the_label_of_a_figure_stays_as_it_is() -> None:
    assert label_of(fact("5", measure="支出合计项目支出")) == "支出合计项目支出决算"
