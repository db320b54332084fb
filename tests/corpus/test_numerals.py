"""Numbers in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entities.quantities import parse_number
from corpus.entities.units import SCALES

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


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


@given(
    value=st.decimals(min_value=-(10**15), max_value=10**15, places=2),
    grouped=st.booleans(),
    full_width=st.booleans(),
)
def test_what_is_printed_is_read_back(value: Decimal, grouped: bool, full_width: bool) -> None:
    printed = f"{value:,f}" if grouped else f"{value:f}"
    assert parse_number(printed.translate(FULL_WIDTH) if full_width else printed) == value


@given(value=st.integers(min_value=0, max_value=10**16 - 1))
def test_whole_numbers_in_chinese_are_read_back(value: int) -> None:
    assert parse_number(chinese(value)) == value


def chinese(value: int) -> str:
    """Name a whole number of 0 or more; 零 stands once wherever places in between are empty."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    for word in "亿万千百十":
        scale = int(SCALES[word])
        if value >= scale:
            break
    high, low = divmod(value, scale)
    head = "" if word == "十" and high == 1 else chinese(high)
    if low == 0:
        return head + word
    gap = "零" if low < scale // 10 else ""
    # Inside a larger number the ten is spoken with its one: 一百一十, 一万零一十.
    tail = chinese(low)
    return head + word + gap + ("一" + tail if tail.startswith("十") else tail)


@given(st.text(alphabet="一二三十百千万亿零〇点负两0123456789.,", max_size=12))
def test_any_text_is_a_number_or_none(words: str) -> None:
    value = parse_number(words)
    assert value is None or value.is_finite()
