"""A completion that says nothing but 完成, a plan and an account told at once, a label with a unit.

The variants are of one kind each: what is said of the item before holds for what follows it.
"""

import pytest

from corpus.model.types import Fact
from index.rules import read_file

TEXT = """石桥市民政局2022年度部门决算
五、支出决算情况
几个科目：老年福利年初预算780.00万元，决算760.94万元，完成97.56%；临时救助年初预算200.00万元，决算190.26万元，实际完成了95.13%。
住房公积金年初预算和决算都是94.64万元，完成100%。培训完成率98%。
六、“三公”经费支出决算表（单位：万元）
项目\t决算数
公务用车保有量（辆）\t5
公务用车购置数（辆）\t1
注：公务用车保有量4辆。
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fact, ...]:
    file = tmp_path_factory.mktemp("done") / "民政局2022.txt"
    file.write_text(TEXT, encoding="utf-8")
    return read_file(file).facts


@pytest.mark.parametrize(
    ("measure", "aspect", "printed"),
    [
        ("老年福利", "完成率", "97.56"),
        ("临时救助", "完成率", "95.13"),
        ("住房公积金", "决算", "94.64"),
        ("住房公积金", "完成率", "100"),
        ("车辆", "数量", "5"),
        ("车辆", "数量", "4"),
        ("购置车辆", "数量", "1"),
    ],
)
def test_the_figure_is_of_the_item(
    facts: tuple[Fact, ...], measure: str, aspect: str, printed: str
) -> None:
    assert (measure, aspect, printed) in {(one.measure, one.aspect, one.printed) for one in facts}


def test_nothing_is_of_the_verb_alone(facts: tuple[Fact, ...]) -> None:
    assert not [one for one in facts if one.measure.startswith("完成")]


PLACES = """石桥市2024年政府债务限额及余额决算情况表（单位：万元）
地区\t债务余额
石桥市\t900.00
市本级\t300.00
县区合计\t600.00
青岚县\t350.00
望溪县\t250.00
"""


def test_the_sum_of_the_counties_is_no_sum_of_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("places") / "石桥市2024年债务.txt"
    file.write_text(PLACES, encoding="utf-8")
    (counties,) = [one for one in read_file(file).facts if one.printed == "600.00"]
    assert (counties.measure, counties.total) == ("县区合计", False)


GOALS = """石桥大学2024年度部门预算
中央高校捐赠配比专项绩效目标表
项目名称\t捐赠配比专项\t\t\t\t
主管部门及代码\t教育部105\t实施单位\t石桥大学本级\t\t
项目资金（万元）\t年度资金总额：\t1041.00\t\t\t执行率分值（10）
绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t分值（90）
绩效指标\t产出指标\t数量指标\t奖助学生人次\t6000人次\t20
绩效指标\t产出指标\t质量指标\t奖助学金覆盖面\t50%\t15
"""


def test_the_full_mark_in_a_head_does_not_hide_a_table_of_indicators(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("goals") / "石桥大学2024预算.txt"
    file.write_text(GOALS, encoding="utf-8")
    told = {(one.measure, one.printed, one.unit) for one in read_file(file).facts}
    assert told >= {
        ("奖助学生人次", "6000", "人次"),
        ("奖助学生人次", "20", "分"),
        ("奖助学金覆盖面", "50", "%"),
        ("捐赠配比专项", "1041.00", "万元"),
    }


DEBTS = """石桥市2025年政府债务限额情况表（单位：亿元）
地区\t2024年政府债务限额\t2024年政府债务限额\t2024年政府债务限额\t2025年新增政府债务限额\t2025年新增政府债务限额\t末政府债务余额
地区\t合计\t一般债务\t专项债务\t一般债务\t专项债务\t小计
石桥市\t30.00\t12.00\t18.00\t1.00\t2.00\t25.00
石桥市本级\t10.00\t4.00\t6.00\t0.40\t0.60\t8.00
青岚县\t20.00\t8.00\t12.00\t0.60\t1.40\t17.00
"""


def test_a_debt_under_a_limit_is_a_limit_and_the_whole_place_names_no_row(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("debts") / "石桥市2025年债务.txt"
    file.write_text(DEBTS, encoding="utf-8")
    told = {(one.level, one.measure, one.facet, one.printed) for one in read_file(file).facts}
    assert told >= {
        ("部门", "政府债务限额", "", "30.00"),
        ("部门", "一般债务限额", "", "12.00"),
        ("部门", "新增专项债务限额", "", "2.00"),
        ("部门", "政府债务余额", "", "25.00"),
        ("单位", "专项债务限额", "", "6.00"),
        ("单位", "政府债务余额", "", "8.00"),
    }
    (county,) = [one for one in told if one[3] == "12.00" and one[1] != "一般债务限额"]
    assert county[1:3] == ("青岚县", "专项债务限额")


MONTHS = """石桥县民政局2022年度部门决算情况说明
按工资统发口径，2022年12月末实有人员54人。剩余1.4公里在2023年6月底前完工。
"""


def test_the_end_of_a_month_is_no_part_of_a_name_and_before_it_is_no_day(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("months") / "石桥县民政局2022年度部门决算情况说明.txt"
    file.write_text(MONTHS, encoding="utf-8")
    told = {one.printed: one for one in read_file(file).facts}
    assert (told["54"].measure, told["54"].facet, told["54"].year) == ("在职人员", "", 2022)
    assert told["1.4"].as_of is None
