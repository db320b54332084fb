import pytest

from corpus.readers.word.lists import ListCounter, ListLevel, number_to_chinese, number_to_text


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_counting_words(number: int, chinese: str) -> None:
    assert number_to_chinese(number) == chinese


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (3, "decimal", "3"),
        (3, "chineseCountingThousand", "三"),
        (120, "chineseCounting", "120"),
        (10, "ideographDigital", "一〇"),
        (2, "decimalEnclosedCircle", "②"),
        (2, "upperLetter", "B"),
        (27, "lowerLetter", "27"),
    ],
)
def test_number_styles(number: int, style: str, text: str) -> None:
    assert number_to_text(number, style=style) == text


def test_an_inner_list_starts_again_under_each_outer_number() -> None:
    counter = ListCounter(
        [
            ListLevel(style="chineseCounting", text="%1、"),
            ListLevel(style="decimal", text="（%2）"),
            ListLevel(style="decimal", text="%2.%3"),
        ]
    )
    steps = [counter.step(depth) for depth in (0, 1, 1, 2, 0, 1)]
    assert steps == ["一、", "（1）", "（2）", "2.1", "二、", "（1）"]


def test_a_list_starts_where_its_level_says() -> None:
    counter = ListCounter([ListLevel(style="decimal", text="%1.", start=4)])
    assert [counter.step(0), counter.step(0)] == ["4.", "5."]


def test_a_level_that_was_skipped_shows_its_first_number() -> None:
    counter = ListCounter(
        [ListLevel(style="decimal", text="%1."), ListLevel(style="decimal", text="%1.%2")]
    )
    assert counter.step(1) == "1.1"


def test_bullets_and_unknown_depths_print_nothing() -> None:
    counter = ListCounter([ListLevel(style="bullet", text="·")])
    assert [counter.step(0), counter.step(7)] == ["", ""]
