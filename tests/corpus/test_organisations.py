"""Organisations: cut from titles, and found again under their short names."""

import pytest

from corpus.entities.organisations import (
    core_of,
    find_by_matter,
    find_organisations,
    find_places,
    region_of,
    unknown_organisation,
)

KNOWN = (
    "青山市临江区财政局",
    "青山市临江区规划和自然资源局",
    "青山市临江区商务委员会",
    "青山市临江区人民政府柳树街道办事处",
    "青山市临江区人民政府办公室",
    "中共青山市临江区委社会工作部",
    "河口县总工会",
)


def test_the_region_is_cut_from_the_name() -> None:
    assert region_of("青山市临江区财政局") == "青山市临江区"
    assert core_of("青山市临江区人民政府柳树街道办事处") == "柳树街道办事处"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("规资局2024年三公经费花了多少", ["青山市临江区规划和自然资源局"]),
        ("那柳树街道呢", ["青山市临江区人民政府柳树街道办事处"]),
        ("区府办的会议费", ["青山市临江区人民政府办公室"]),
        ("社工部有多少人", ["中共青山市临江区委社会工作部"]),
        ("工会有多少人", ["河口县总工会"]),
        ("财政局和商务委谁多", ["青山市临江区财政局", "青山市临江区商务委员会"]),
        ("今年一般公共预算收入是多少", []),
    ],
)
def test_a_question_names_organisations_by_short_names(question: str, names: list[str]) -> None:
    assert [mention.name for mention in find_organisations(question, KNOWN)] == names


UNITS = (
    "河口市应急管理局",
    "河口市应急管理局综合行政执法支队",
    "河口市教育局",
    "河口市教育局城关分局",
    "云岭省生态环境厅",
    "河口县人民医院",
    "河口县石桥镇人民政府",
    "河口县卫生健康委员会",
    "河口市生态环境监测中心",
    "河口市供销合作社联合社",
    "中共河口市委组织部",
    "政协河口县委员会办公室",
    "河口县人大常委会办公室",
    "河口经济技术开发区管理委员会",
    "河口市第一中学",
    "河口市中级人民法院",
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("执法支队2024年差旅费", ["河口市应急管理局综合行政执法支队"]),
        ("应急局执法支队的三公经费", ["河口市应急管理局综合行政执法支队"]),
        ("应急执法支队有没有大型设备", ["河口市应急管理局综合行政执法支队"]),
        ("河口市应急局支队有几个人", ["河口市应急管理局综合行政执法支队"]),
        ("应急局有几个人", ["河口市应急管理局"]),
        (
            "应急局部门公务接待费比支队的多多少",
            ["河口市应急管理局", "河口市应急管理局综合行政执法支队"],
        ),
        ("教育局的会议费", ["河口市教育局"]),
        ("城关分局的会议费", ["河口市教育局城关分局"]),
        ("省生态环境厅花了多少", ["云岭省生态环境厅"]),
        ("云岭环保厅花了多少", ["云岭省生态环境厅"]),
        ("县医院有多少床位", ["河口县人民医院"]),
        ("县卫健委的三公", ["河口县卫生健康委员会"]),
        ("石桥镇政府今年的预算", ["河口县石桥镇人民政府"]),
        ("镇政府的会议费", ["河口县石桥镇人民政府"]),
        ("环境监测中心在职人数", ["河口市生态环境监测中心"]),
        ("市供销社有多少人", ["河口市供销合作社联合社"]),
        ("市委组织部的培训费", ["中共河口市委组织部"]),
        ("组织部的培训费", ["中共河口市委组织部"]),
        ("县政协办有几辆车", ["政协河口县委员会办公室"]),
        ("县人大办有几辆车", ["河口县人大常委会办公室"]),
        ("经开区管委会的收入", ["河口经济技术开发区管理委员会"]),
        ("市一中的收入", ["河口市第一中学"]),
        ("河口中院的收入", ["河口市中级人民法院"]),
        # another body of the kind, another place, a body that is not loaded
        ("河口市消防救援支队的三公", []),
        ("河口县中医医院的床位", []),
        ("南塘市应急局的三公", []),
        ("省应急局的三公", []),
        ("河口县教育局的三公", []),
        ("管理服务中心的三公", []),
        ("社会事务局的三公", []),
    ],
)
def test_units_and_institutions_are_named_in_short(question: str, names: list[str]) -> None:
    assert [mention.name for mention in find_organisations(question, UNITS)] == names


def test_a_body_of_the_place_above_is_another_body() -> None:
    assert find_organisations("青山市财政局三公多少", KNOWN) == ()
    assert find_organisations("青山财政局三公多少", KNOWN) == ()
    assert unknown_organisation("青山市财政局三公多少") == "青山市财政局"


@pytest.mark.parametrize("name", ["南坪区总工会", "青山市总工会", "市总工会"])
def test_no_part_of_the_name_of_another_body_is_that_of_ours(name: str) -> None:
    ours = ("青山市临江区总工会",)
    assert find_organisations(f"那{name}2024年三公多少", ours) == ()
    assert unknown_organisation(f"那{name}2024年三公多少") == name
    assert [one.name for one in find_organisations("区工会三公多少", ours)] == list(ours)


def test_a_thing_before_our_level_is_no_place() -> None:
    ours = ("青山市临江县总工会",)
    for text in ("职工互助县总工会参保多少人", "技能竞赛县总工会办了几场"):
        assert [one.name for one in find_organisations(text, ours)] == list(ours)


@pytest.mark.parametrize(
    "before",
    ["顺便问一下", "你们知道", "领导急要", "我老婆在", "还有隔壁", "那边也有个厂"],
)
def test_words_that_run_on_before_a_place_hide_no_other_body(before: str) -> None:
    ours, text = ("青山市临江区总工会",), f"{before}南坪湾区总工会2024年三公多少"
    assert find_organisations(text, ours) == ()
    assert unknown_organisation(text) == "南坪湾区总工会"


@pytest.mark.parametrize("before", ["领导想知道", "社会实践要写", "工作报告里", "出租车这个行业"])
def test_words_that_run_on_before_our_level_are_no_place(before: str) -> None:
    ours = ("青山市临江区总工会",)
    found = find_organisations(f"{before}区总工会2024年三公多少", ours)
    assert [one.name for one in found] == list(ours)


def test_the_end_of_a_name_begins_with_a_place() -> None:
    ours = ("杭州市滨江区财政局",)
    assert find_organisations("宁江区财政局2024年三公经费多少", ours) == ()
    assert [one.name for one in find_organisations("滨江区财政局三公多少", ours)] == list(ours)


def test_our_own_district_is_no_other_place() -> None:
    assert [m.name for m in find_organisations("我区财政局有几人", KNOWN)] == ["青山市临江区财政局"]


def test_a_term_that_holds_the_word_is_no_organisation() -> None:
    assert find_organisations("工会经费多少", KNOWN, taken=[(0, 4)]) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("司法局2024年三公经费多少", "司法局"),
        ("帮我查一下临海区司法局的三公经费", "临海区司法局"),
        ("听说教育局要建新学校", "教育局"),
        ("不是，我要局本级的", ""),
        ("请问贵局花了多少", ""),
        ("他们单位局长是谁", ""),
        ("贵阳市教育局花了多少", "贵阳市教育局"),
    ],
)
def test_a_name_that_no_report_has_is_said_to_be_unknown(text: str, name: str) -> None:
    assert unknown_organisation(text) == name


@pytest.mark.parametrize(
    ("text", "taken", "places"),
    [
        ("柳树25年租赁费", [], [(0, 2)]),
        ("柳树租赁费", [(2, 5)], [(0, 2)]),
        ("财政局和柳树的三公经费", [], [(4, 6)]),
        ("柳树小学租赁费", [], []),  # another body of the place
        ("种了多少柳树苗", [], []),
    ],
)
def test_a_street_is_named_by_its_place(
    text: str, taken: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    assert [(m.start, m.end) for m in find_places(text, KNOWN, taken)] == places


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("青山市2024年一般公共预算收入多少", True),
        ("24年青山市本级支出多少", True),
        ("青山市政府2024年债务余额", True),
        ("大青山市场2024年收入", False),
    ],
)
def test_a_place_is_said_for_its_government(question: str, named: bool) -> None:
    known = ("青山市人民政府", "青山市水务局")
    found = {m.name for m in (*find_organisations(question, known), *find_places(question, known))}
    assert found == ({"青山市人民政府"} if named else set())


def test_a_name_in_full_holds_the_terms_in_it() -> None:
    known = ("青山市人民政府", "青山市图书馆")
    text = "青山市图书馆2024年项目支出多少"
    taken = ((3, 6),)
    assert [m.name for m in find_organisations(text, known, taken)] == ["青山市图书馆"]
    assert find_places(text, known, taken) == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("白鹭民政2023年三公多少", ["白鹭区民政局"]),
        ("云岭市水务系统花了多少", ["云岭市水务局"]),
        ("白鹭区民政部门和云岭水务谁多", ["白鹭区民政局", "云岭市水务局"]),
        ("东湖规资24政府采购多少", ["东湖区规划和自然资源局"]),
        ("民政资金多少", []),
    ],
)
def test_a_body_is_named_by_its_place_and_its_matter(question: str, names: list[str]) -> None:
    known = ("白鹭区民政局", "云岭市水务局", "云岭市图书馆", "东湖区规划和自然资源局")
    assert [mention.name for mention in find_by_matter(question, known)] == names


def test_a_term_behind_a_place_is_no_body() -> None:
    assert find_by_matter("青山财政拨款多少", ("青山市财政局",), taken=[(2, 6)]) == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("政府预算经济分类里会议费多少", []),
        ("青山政府债务余额多少", []),
        ("青山市政府2024年预算多少", ["青山市人民政府"]),
    ],
)
def test_what_is_of_the_government_as_a_kind_of_money_is_no_body(
    question: str, names: list[str]
) -> None:
    found = find_organisations(question, ("青山市人民政府", "青山市临江区财政局"))
    assert [mention.name for mention in found] == names
