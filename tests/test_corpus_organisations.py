"""Organisations: cut from titles, and found again under their short names."""

import pytest

from corpus.organisations import (
    core_of,
    find_organisations,
    find_places,
    organisations_in,
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


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2024年度河口县总工会整体支出绩效自评报告", "河口县总工会"),
        ("青山市临江区财政局2024年度部门决算", "青山市临江区财政局"),
        ("青山市临江区人民政府柳树街道办事处", "青山市临江区人民政府柳树街道办事处"),
        ("青山市临江区财政局（本级）2024年度单位决算", "青山市临江区财政局（本级）"),
    ],
)
def test_a_title_names_its_organisation(title: str, name: str) -> None:
    assert [mention.name for mention in organisations_in(title)] == [name]


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


def test_a_term_that_holds_the_word_is_no_organisation() -> None:
    assert find_organisations("工会经费多少", KNOWN, taken=[(0, 4)]) == ()


def test_a_name_that_no_report_has_is_said_to_be_unknown() -> None:
    assert unknown_organisation("司法局2024年三公经费多少") == "司法局"


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
