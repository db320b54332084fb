"""Slips in the words that ask are mended; words that merely hold the same letters are not."""

import pytest

from bot.parsing.spelling import mend_slips


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
        ("统共打算付几钿，侬帮我加加拢", "一共打算付多少钱，你帮我加起来"),
        ("格笔钞票哪能少噶多", "这笔钱咋少噶多"),
        ("为啥子少了好多", "为什么少了多少"),
        ("平常管点啥事体伐", "平常管点啥事情吗"),
        ("有冇得帮扶", "有没有帮扶"),
        ("接待了几拨人", "接待了几批人"),
        ("支出多少个亿", "支出多少亿"),
        ("total预算的limit是how much", "总预算的限额是多少"),
        ("若干措施", "若干措施"),
    ],
)
def test_slips_in_the_words_that_ask(typed: str, meant: str) -> None:
    assert mend_slips(typed) == meant
