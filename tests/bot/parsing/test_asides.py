"""What is said beside the question is left out; what bears on it stays."""

import pytest

from bot.parsing.asides import parted, without_asides


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("同志您好,三公经费多少?", "三公经费多少?"),
        ("我在写一篇稿子,白鹭区拉走了多少垃圾?", "白鹭区拉走了多少垃圾?"),
        ("天天喊过紧日子,三公花了多少?别打马虎眼", "三公花了多少?"),
        ("三公多少,谢谢", "三公多少,"),
        ("不是,我要局本级的", "不是,我要局本级的"),
        ("我常去阳明大道那个,得过什么奖?", "我常去阳明大道那个,得过什么奖?"),
        ("除了我们送快递的,还有谁有份?", "除了我们送快递的,还有谁有份?"),
        ("我说的是2024年,三公多少", "我说的是2024年,三公多少"),
        ("公用经费的预算数是多少?我要预算,别又给我报决算数", "公用经费的预算数是多少?我要预算,"),
        ("人员经费预算是多少 报告只写了决算 帮我倒算下", "人员经费预算是多少 帮我倒算下"),
        ("三公 2024 年多少", "三公 2024 年多少"),
        ("报告里没写的总额是多少,能倒推吗", "报告里没写的总额是多少,能倒推吗"),
        ("原来打多少?报告没直接写,倒推一个数", "原来打多少?倒推一个数"),
        ("2024年的,算一下我看占比多少", "2024年的,算一下我看占比多少"),
        ("爱心餐送了多少人 我咋没吃到", "爱心餐送了多少人 "),
        ("消费券发了多少钱,咋俺一张没摸着", "消费券发了多少钱,"),
        ("谢谢", "谢谢"),
        ("三公经费多少", "三公经费多少"),
    ],
    ids=[
        "问好", "说自己", "埋怨", "道谢", "更正的话", "指着一处", "除外的话", "有年份", "不要的数",
        "空格分开", "数字边上的空格", "问的就是没写的", "没写的话", "算一下问的",
        "没轮到我", "俺没拿到",
        "只有一句", "没有闲话",
    ],
)  # fmt: skip
def test_only_what_says_nothing_of_the_question_is_left_out(message: str, kept: str) -> None:
    assert without_asides(message, ()) == kept


def test_a_clause_that_names_something_stays() -> None:
    message = "我们工会,一共几个人?"
    assert without_asides(message, [(2, 4)]) == message
    assert without_asides(message, []) == "一共几个人?"


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("项目有几个 总共多少钱", "项目有几个,总共多少钱"),
        ("财政局 三公经费 决算", "财政局 三公经费 决算"),
        ("财政局 三公经费多少", "财政局 三公经费多少"),
        ("三公 2024 年多少", "三公 2024 年多少"),
    ],
    ids=["两个问题", "几个词", "一个问题", "数字边上的空格"],
)
def test_a_blank_between_two_questions_is_a_comma(message: str, meant: str) -> None:
    assert parted(message) == meant


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("三公经费多少，莫哄我老头子", "三公经费多少，"),
        ("三公经费多少，就是出国那块", "三公经费多少，就是出国那块"),
        ("自评多少分，优还是良", "自评多少分，优还是良"),
        ("我们穷得很，三公经费多少", "三公经费多少"),
        ("在职多少人 退了休的莫算进去", "在职多少人 "),
        ("每人多少？离退休的别往里掺。", "每人多少？"),
        ("附中算不算", "附中算不算"),
    ],
    ids=["牢骚", "限定", "另一个问题", "前面的话", "不算的", "不掺的", "问的就是算不算"],
)
def test_what_is_said_behind_the_question_narrows_it_or_is_left_out(
    message: str, left: str
) -> None:
    assert without_asides(message, []) == left
