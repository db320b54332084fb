"""Mistyped names of bodies: taken for the loaded one that sounds so, never for another real one."""

import pytest

from corpus.entities.organisation_spelling import (
    misnamings,
    places_that_sound_so,
    short_names_of,
)

KNOWN = (
    "青山市临江区财政局",
    "青山市临江区水务局",
    "青山市临江区商务委员会",
    "青山市临江区人民政府柳树街道办事处",
    "河口县总工会",
    "青山市临江区卫生健康委员会",
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("财证局培训费多少", [("财政局", 0, 3)]),
        ("柳树街到25年电费", [("柳树街道", 0, 4)]),
        ("查一下商务伟的会议费", [("商务委", 3, 6)]),
        ("财政局培训费多少", []),  # right as it stands
        ("税务局三公经费多少", []),  # a body of its own, though it sounds like 水务局
        ("卫建委培训费多少", [("卫健委", 0, 3)]),  # no 建委 of a place called 卫
        ("区建委培训费多少", []),
        ("才证局培训费", []),  # two characters of three are wrong
    ],
)
def test_a_mistyped_name_is_taken_for_the_body_that_sounds_so(
    text: str, names: list[tuple[str, int, int]]
) -> None:
    assert [(m.name, m.start, m.end) for m in misnamings(text, KNOWN)] == names


def test_the_short_names_of_a_body() -> None:
    assert set(short_names_of("青山市临江区人民政府柳树街道办事处")) == {
        "青山市临江区人民政府柳树街道办事处",
        "柳树街道办事处",
        "柳树街道办",
        "柳树街道",
        "柳树办事处",
    }


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("临姜区培训费多少", [("临江区", 0, 3)]),
        ("查临将区财政局的培训费", [("临江区", 1, 4)]),
        ("临江趋培训费多少", []),  # the kind of a region is typed right
        ("临江区培训费多少", []),
    ],
)
def test_a_place_that_sounds_like_ours_is_asked_about(
    text: str, places: list[tuple[str, int, int]]
) -> None:
    assert [(m.name, m.start, m.end) for m in places_that_sound_so(text, KNOWN)] == places
