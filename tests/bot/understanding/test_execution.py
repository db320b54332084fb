"""What may not be said in answer to a question, though it is near."""

import pytest

from bot.query.forms import Compare, Concept, Growth, Ratio, Select
from bot.understanding.execution import (
    compares,
    is_share_of_another,
    is_silent_on,
    names_both,
    ranks_unlisted,
)


@pytest.mark.parametrize(
    ("years", "quote", "silent"),
    [
        ((2023,), "培训企业技能人才325名。", True),
        ((2023,), "2023年培训企业技能人才325名。", False),
        ((2023,), "培训325名，比上年多12名。", False),
        ((2024,), "培训企业技能人才325名。", False),
        ((), "培训企业技能人才325名。", False),
    ],
    ids=["没有说那一年", "说了那一年", "说了上年", "就是那一年", "没有问哪年"],
)
def test_a_passage_of_a_later_report_must_speak_of_the_year(
    years: tuple[int, ...], quote: str, *, silent: bool
) -> None:
    assert is_silent_on(years, quote, 2024) is silent


SHARE = "商业创新专项里促消费提质提升占总盘子的比例多少"


def of(measure: str) -> Select:
    return Select(concept=Concept(measure=measure), aspect="决算")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("取消了多少个低效项目，压减了多少资金", False),
        ("取消的低效项目比压减资金多吗", True),
        ("取消低效项目和压减资金哪个多", True),
    ],
    ids=["名字里的减和低", "比", "哪个多"],
)
def test_a_name_does_not_ask_which_is_more(words: str, *, asked: bool) -> None:
    assert compares(words, Compare(parts=(of("取消低效项目"), of("压减资金")))) is asked


@pytest.mark.parametrize(
    ("words", "old", "named"),
    [
        ("财政拨款收入涨了百分之几", "财政拨款收入", True),
        ("财政拨款收入涨了百分之几", "经营收入", False),
        ("财政拨款收入比经营收入高百分之几", "经营收入", True),
    ],
    ids=["同一项", "另一项没有说", "两项都说了"],
)
def test_a_growth_is_of_one_thing_or_of_two_that_are_named(
    words: str, old: str, *, named: bool
) -> None:
    assert names_both(words, Growth(new=of("财政拨款收入"), old=of(old))) is named


@pytest.mark.parametrize(
    ("words", "part", "whole", "other"),
    [
        (SHARE, "商业数字化创新", "促消费提质提升", True),
        (SHARE, "促消费提质提升", "总盘子预算", False),
        ("中小企业发展占整个支出预算的百分之几", "中小企业发展", "其他中小企业发展管理补助", True),
        ("中小企业发展占整个支出预算的百分之几", "中小企业发展", "支出合计", False),
        ("中小企业发展占比多少", "中小企业发展", "支出合计", False),
        ("基本支出里发给人的占百分之几", "人员经费", "基本支出", False),
    ],
    ids=[
        "把部分当成了总数",
        "部分占总数",
        "总数不是说的那个",
        "说的总数",
        "没有说总数",
        "总数说在前面",
    ],
)
def test_a_share_is_of_what_is_named_ahead_in_what_is_named_behind(
    words: str, part: str, whole: str, *, other: bool
) -> None:
    form = Ratio(part=of(part), whole=of(whole), manner="share")
    assert is_share_of_another(words, form) is other


@pytest.mark.parametrize(
    ("words", "unlisted"),
    [
        ("甲山县、乙水县里谁的债最多", True),
        ("甲山县、乙水县、其他县里谁的债最多", False),
        ("哪个县的债最多", False),
        ("甲山县的债、余额各县排第几", False),
    ],
    ids=["没有列的", "都列了", "没有列举", "只说了一个"],
)
def test_what_is_listed_is_not_put_in_order_with_others(words: str, *, unlisted: bool) -> None:
    assert ranks_unlisted(words, ["甲山县", "乙水县", "其他县"]) is unlisted
