"""Numbers in words, both ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entities.numbers import format_number, parse_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2,946.25", "2946.25"),
        ("１２．５", "12.5"),
        ("-13.5", "-13.5"),
        ("1.2亿", "120000000"),
        ("475.59万", "4755900"),
        ("十", "10"),
        ("一百二十", "120"),
        ("两百", "200"),
        ("一百零五万三千", "1053000"),
        ("一千二百三十四万五千六百", "12345600"),
        ("一亿零五", "100000005"),
        ("三万亿", "3000000000000"),
        ("三万五", "35000"),
        ("一百二", "120"),
        ("一点二", "1.2"),
        ("一点二亿", "120000000"),
        ("负三点五", "-3.5"),
        ("二〇二四", "2024"),
        ("二零二四", "2024"),
        ("壹佰贰拾", "120"),
        ("壹拾贰万零柒佰捌拾", "120780"),
        ("△54.25", "-54.25"),
        ("▲11.02", "-11.02"),
        ("－256.91", "-256.91"),
        ("(38.60)", "-38.60"),
        ("（１，１１７．４５）", "-1117.45"),
    ],
)
def test_reading(words: str, value: str) -> None:
    assert parse_number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "万", "千", "三公", "点五", "12人", "1,23", "十十"])
def test_what_is_no_number(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize(
    ("value", "like", "printed"),
    [
        ("2946.25", "1,000", "2,946.25"),
        ("2946.20", "", "2946.20"),
        ("12.5", "１", "１２．５"),
        ("2024", "二〇二三", "二〇二四"),
        ("120", "一百", "一百二十"),
        ("10010", "一百", "一万零一十"),
        ("12345600", "一百", "一千二百三十四万五千六百"),
        ("3.05", "一百", "三点零五"),
    ],
)
def test_printing(value: str, like: str, printed: str) -> None:
    assert format_number(Decimal(value), like=like) == printed


@given(
    value=st.decimals(min_value=-(10**15), max_value=10**15, places=2),
    like=st.sampled_from(["", "1,000", "１", "一百", "二〇二四"]),
)
def test_what_is_printed_is_read_back(value: Decimal, like: str) -> None:
    assert parse_number(format_number(value, like=like)) == value


@given(value=st.integers(min_value=0, max_value=10**16 - 1))
def test_whole_numbers_in_chinese_are_read_back(value: int) -> None:
    words = format_number(Decimal(value), like="一百")
    assert parse_number(words) == value


@given(st.text(alphabet="一二三十百千万亿零〇点负两0123456789.,", max_size=12))
def test_any_text_is_a_number_or_none(words: str) -> None:
    value = parse_number(words)
    assert value is None or value.is_finite()
