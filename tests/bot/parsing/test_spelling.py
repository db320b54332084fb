"""Slips in the words that ask are mended; words that merely hold the same letters are not."""

import pytest

from bot.parsing.spelling import mend_slips, with_both_sides, with_whole_names
from corpus.lexicon.term_matcher import load_vocabulary


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("花了多小", "花了多少"),
        ("公积金多绍", "公积金多少"),
        ("差旅费多小钱", "差旅费多少钱"),
        ("花了多少前？", "花了多少钱？"),
        ("要几多钱", "要多少钱"),
        ("什吗原因", "什么原因"),
        ("有木有购车", "有没有购车"),
        ("开了多小时", "开了多小时"),
        ("多小学生", "多小学生"),
        ("比前年多少", "比前年多少"),
        ("多少千瓦", "多少千瓦"),
        ("几千", "几千"),
        ("per capita是多少", "人均是多少"),
        ("2025年Budget里福利费", "2025年预算里福利费"),
        ("覆盖率是多少percent", "覆盖率百分之几"),
        ("YoY涨了多少", "同比涨了多少"),
        ("compared", "compared"),
        ("拿去管菜场个钞票", "拿去管菜场的钱"),
        ("预备用脱多少铜钿？", "预备用了多少钱？"),
        ("脱贫攻坚资金", "脱贫攻坚资金"),
        ("人员经费多少w 培训费多少W", "人员经费多少万 培训费多少万"),
        ("在职咯和退休咯人", "在职的和退休咯人"),
        ("咯笔钱用咖多少钱", "这笔钱用了多少钱"),
        ("统共打算付几钿，侬帮我加加拢", "一共打算付多少钱，你帮我加起来"),
        ("格笔钞票哪能少噶多", "这笔钱咋少噶多"),
        ("为啥子少了好多", "为什么少了多少"),
        ("平常管点啥事体伐", "平常管点啥事情吗"),
        ("有冇得帮扶", "有没有帮扶"),
        ("接待了几拨人", "接待了几批人"),
        ("格末财政局呢", "那财政局呢"),
        ("那是多少，给我倒起算一哈", "那是多少，给我倒推"),
        ("三公决算说比21年减了1.44万，那21年是多少", "三公决算倒推，那21年是多少"),
        ("一般公共预算花的比收的多了多少", "一般公共预算支出比收入多了多少"),
        ("hi，整体支出total是多少", "整体支出是多少"),
        ("同旧年预算比", "同去年预算比"),
        ("支出多少个亿", "支出多少亿"),
        ("total预算的limit是how much", "总预算的限额是多少"),
        ("若干措施", "若干措施"),
        ("招代费和接代批次", "招待费和接待批次"),
        ("FY2024的预算", "2024的预算"),
        ("拿纳税人的钱", "拿钱"),
        ("占几多个巴仙", "占百分之几"),
        ("比旧年多了还是少了", "比去年多了还是少了"),
        ("3公决算，开车3公里", "三公决算，开车3公里"),
        ("学校占了好多亩地", "学校占地多少亩"),
        ("有几多间厂攞到", "有多少家厂攞到"),
    ],
)
def test_slips_in_the_words_that_ask(typed: str, meant: str) -> None:
    assert mend_slips(typed) == meant


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("城市加农村低保一共多少", "城市低保加农村低保一共多少"),
        ("收入和支出总计", "收入总计和支出总计"),
        ("基本和项目支出", "基本支出和项目支出"),
        ("三公经费和会议费", "三公经费和会议费"),
        ("财政和教育支出", "财政和教育支出"),
    ],
)
def test_joined_names_stand_whole(said: str, whole: str) -> None:
    assert with_whole_names(said, load_vocabulary()) == whole


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("一般公共预算支出比收入多多少", "一般公共预算支出比一般公共预算收入多多少"),
        ("收入比支出多多少", "收入比支出多多少"),
        ("三公经费和支出", "三公经费和支出"),
    ],
    ids=["两边一样", "没有前半截", "不是两边"],
)
def test_both_sides_are_of_one_budget(typed: str, meant: str) -> None:
    assert with_both_sides(typed, load_vocabulary()) == meant
