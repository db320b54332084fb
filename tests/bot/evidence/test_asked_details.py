"""Details that a message asks for: how many of a kind, on which day, at what rate."""

import pytest

from bot.evidence.asked_details import tells_details
from bot.types import Answer, Citation, Question

ADDED = "驿站、食堂合计46个（按公式计算：40 + 6 = 46个）。"
BEFORE = "2023年收支总计3052.34万元（按公式计算：2995.39 + 56.95 = 3052.34万元）。"


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("经费退给了几家小微企业", "返还小微企业工会经费14万元。", False),
        ("经费退给了几家小微企业", "返还12家小微企业工会经费14万元。", True),
        ("经费退给了几家小微企业", "向三户企业返还14万元。", True),
        ("有哪几家单位", "下属单位包括机关服务中心。", True),
        ("那次座谈会到了多少人", "召开了2024年产业园区座谈会。", False),
        ("那次座谈会到了多少人", "座谈会有120名代表参加。", True),
        ("服务中心哪天开门", "用地面积约为4000平方米。", False),
        ("服务中心哪天开门", "服务中心2025年6月投入使用。", True),
        ("啥时候开的会", "召开了座谈会。", False),
        ("哪个项目执行率高", "农田管护预算执行数最多，为358.19万元。", False),
        ("哪个项目执行率高", "农田管护执行率最高，为98%。", True),
        ("驿站有多少个", ADDED, False),
        ("驿站和食堂一共多少个", ADDED, True),
        ("2023年收支总计多少", BEFORE, True),
        ("2023年收支总计减少了多少", BEFORE, False),
        ("2023年收支总计减少了多少", "收支总计比上年减少18.6万元。", True),
        ("哪个科目合计最少", "支出决算合计21822.11万元。", False),
        ("哪个科目合计最少", "教育支出最少，为139.99万元。", True),
        ("人员和公用跟预算比哪个超得多", "公用经费比人员经费多199.27万元。", False),
        ("人员和公用跟预算比哪个超得多", "公用经费比预算增加302.94万元。", True),
        ("参公的多还是事业编的多，差几个", "公务员最多，事业编制最少。7名，4名。", False),
        ("参公的多还是事业编的多，差几个", "公务员更多，相差3名。", True),
        ("哪家的经费高，高多少", "财政局184.65万元，社工部10.23万元。", False),
        ("哪家的经费高，高多少", "财政局多174.42万元。", True),
        ("到底是哪12个部门", "选择12个部门试行零基预算，压减资金1.09亿元。", False),
        ("到底是哪三个科室", "设办公室、财务科和项目科。", True),
    ],
    ids=[
        "家数没说", "家数说了", "户数也是", "问是哪几家", "人数没说", "人数说了", "日子没说",
        "日子说了", "时候没说", "率没说", "率说了", "没问合计", "问了合计", "倒推不是合计",
        "问的是减了多少", "减了多少", "没有排出来", "排出来了", "没和预算比", "和预算比了",
        "差几个没说", "差几个说了", "高多少没说", "高多少说了", "名单没有", "名单够数",
    ],
)  # fmt: skip
def test_a_detail_that_is_asked_for_is_told_and_nothing_else_added_up(
    words: str, text: str, *, told: bool
) -> None:
    shown = Citation(n=1, document="a.txt", title="", section="", page=None, quote=text)
    answer = Answer(status="answered", text=text, citations=(shown,))
    assert tells_details(Question(words=words), answer) is told
