"""Computed and comparing answers over invented reports; every figure is worked by hand."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from scripts.toy_reports import open_texts, talk

CULTURE = "春江市东湖区文化局"
SPORT = "春江市东湖区体育局"

ACCOUNT = f"""{CULTURE}2024年度部门决算
一、支出决算情况说明
2024年度住房公积金年初预算为80万元，支出决算为60万元。
2024年度公用经费支出90.5万元。
二、机关运行经费支出情况说明
2024年度机关运行经费支出70.5万元。
三、政府采购支出情况说明
2024年度政府采购支出总额90.1万元，其中：政府采购货物支出20万元、政府采购工程支出30万元、政府采购服务支出40万元。
四、绩效管理情况说明
绩效自评的2024年度项目8个，涉及预算金额100万元。
五、人员情况
2024年末在职人员20名。

收入支出决算总表
单位：万元
项目 | 决算数
文化旅游体育与传媒支出 | 400.02
卫生健康支出 | 40.00
住房保障支出 | 59.98

支出决算表
单位：万元
科目名称 | 本年支出合计 | 基本支出 | 项目支出
文化旅游体育与传媒支出 | 400.00 | 250.00 | 150.00
卫生健康支出 | 40.00 | 40.00 | 0.00
住房保障支出 | 60.00 | 60.00 | 0.00
"""

OTHER_ACCOUNT = f"""{SPORT}2024年度部门决算
一、绩效管理情况说明
绩效自评的2024年度项目4个，涉及预算金额30万元。
二、支出决算情况说明
2024年度公用经费支出50万元。
"""

PLAN = f"""{SPORT}2025年部门预算
一、财政拨款支出主要内容
1.“文化旅游体育与传媒支出（类）体育（款）体育训练（项）”30.00万元，主要用于体育训练。2024年当年预算执行数为15.00万元，2025年预算安排30.00万元，比2024年预算执行数增加100.00%，主要原因是新增训练项目。
2.“文化旅游体育与传媒支出（类）体育（款）群众体育（项）”20.00万元，主要用于群众体育。2024年当年预算执行数为40.00万元，2025年预算安排20.00万元，比2024年预算执行数减少50.00%，主要原因是压减支出。
3.“文化旅游体育与传媒支出（类）体育（款）体育场馆（项）”45.00万元，主要用于体育场馆。2024年当年预算执行数为60.00万元，2025年预算安排45.00万元，比2024年预算执行数减少25.00%，主要原因是压减支出。
全民健身专项经费情况说明
一、年度预算安排
2025年度项目总预算60.00万，其中赛事补助40.00万，器材更新20.00万。
青训专项经费情况说明
一、年度预算安排
2025年度项目总预算25.00万，其中教练培训10.00万，营地租用15.00万。
"""

REPORTS = {"体育2025.txt": PLAN, "文化2024.txt": ACCOUNT, "体育2024.txt": OTHER_ACCOUNT}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_texts(tmp_path_factory.mktemp("toys"), REPORTS) as library:
        yield Assistant(library)


def computed(answer: Answer) -> list[tuple[str, str | None]]:
    return [(f.value + f.unit, f.formula) for f in answer.figures if f.formula]


def printed(answer: Answer) -> list[str]:
    return [f.value + f.unit for f in answer.figures if not f.formula]


def test_one_thing_in_two_named_tables_is_subtracted_and_never_added(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局住房保障支出，收支总表与支出决算表的数差多少")
    assert computed(answer) == [("0.02万元", "60 - 59.98 = 0.02万元")]
    assert printed(answer) == ["59.98万元", "60.00万元"]


def test_whether_two_tables_agree_is_told_with_both_figures(assistant: Assistant) -> None:
    unlike = talk(assistant, "东湖区文化局住房保障支出，收支总表和支出决算表一致吗")
    assert unlike.text.startswith("不一致")
    same = talk(assistant, "东湖区文化局卫生健康支出，收支总表和支出决算表一致吗")
    assert same.text.startswith("一致")
    assert printed(same) == ["40.00万元", "40.00万元"]


def test_a_place_that_does_not_print_the_thing_is_refused(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局机关运行经费，文字说明和支出决算表差多少")
    assert (answer.status, answer.figures) == ("not_found", ())


def test_whether_two_things_are_one_figure(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局公用经费和机关运行经费是同一个数吗，各多少")
    assert answer.text.startswith("不一样。")
    assert printed(answer) == ["90.5万元", "70.5万元"]
    assert computed(answer) == [("20万元", "90.5 - 70.5 = 20万元")]


def test_parts_are_added_and_held_against_their_printed_whole(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局货物、工程、服务采购相加是多少，和公布的总额差多少")
    assert [value for value, _ in computed(answer)] == ["90万元", "0.1万元"]
    assert computed(answer)[1][1] == "90.1 - 90 = 0.1万元"


def test_a_completion_that_is_not_printed_is_account_over_budget(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局2024年住房公积金预算完成率")
    assert computed(answer) == [("75%", "60 / 80 × 100% = 75%")]
    assert printed(answer) == ["60万元", "80万元"]


def test_no_completion_without_a_budget_of_the_same_item(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局2024年机关运行经费预算完成率")
    assert (answer.status, computed(answer)) == ("not_found", [])


def test_the_money_for_each_counted_project_of_each_body(assistant: Assistant) -> None:
    question = "绩效自评项目平均每个项目多少预算金额，东湖区文化局和体育局分别是多少"
    answer = talk(assistant, question)
    assert [value for value, _ in computed(answer)] == ["12.5万元", "7.5万元"]


def test_the_money_talked_of_is_divided_by_the_heads_named(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局2024年公用经费多少", "按在职人数人均多少")
    assert computed(answer) == [("4.53万元", "90.5万元 / 20 = 4.53万元")]


def test_the_last_two_figures_of_a_talk_are_subtracted(assistant: Assistant) -> None:
    turns = ("东湖区文化局2024年公用经费多少", "东湖区体育局同年呢", "两家差多少")
    assert [value for value, _ in computed(talk(assistant, *turns))] == ["40.5万元"]


def test_the_most_and_the_least_class_of_one_table(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局2024年支出决算三大类里哪类最多、哪类最少，各多少")
    assert [f.value for f in answer.figures[:2]] == ["400.02", "40.00"]


def test_a_class_of_something_else_is_no_class_of_spending(assistant: Assistant) -> None:
    assert talk(assistant, "东湖区文化局公务用车哪类最多").status != "answered"


def test_the_items_that_changed_by_a_given_rate(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区体育局2025年预算里，哪几项比2024年执行数正好增加100%")
    assert printed(answer) == ["100.00%"]
    assert "体育训练" in answer.text


def test_the_item_that_fell_the_most(assistant: Assistant) -> None:
    answer = talk(
        assistant, "东湖区体育局2025年各科目里，跟2024年执行数比降得最厉害的是哪项，降了多少"
    )
    assert printed(answer) == ["50.00%", "25.00%"]
    assert "群众体育" in answer.text


def test_a_counted_group_is_added_up_only_where_the_count_is_right(assistant: Assistant) -> None:
    two = talk(assistant, "东湖区体育局公开的两个专项2025年一共安排多少")
    assert computed(two) == [("85万", "60 + 25 = 85万")]
    three = talk(assistant, "东湖区体育局公开的三个专项2025年一共安排多少")
    assert (three.status, three.figures) == ("clarify", ())


def test_the_parts_of_an_undertaking_in_order(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区体育局全民健身专项，各块资金从多到少排")
    assert "赛事补助" in answer.text.splitlines()[0]
    assert printed(answer)[1:] == ["40.00万", "20.00万"]


def test_who_rose_the_most_is_never_answered_by_levels(assistant: Assistant) -> None:
    answer = talk(assistant, "东湖区文化局和东湖区体育局2024年哪家公用经费增得最多")
    assert (answer.status, answer.figures) == ("not_found", ())
