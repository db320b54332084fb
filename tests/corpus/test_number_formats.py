"""Numbers as the cells of a spreadsheet show them."""

from datetime import datetime, time

import pytest

from corpus.readers.sheets.number_formats import show_date, show_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (0.5, "0.00%", "50.00%"),
        (0.3, "#.#%", "30%"),
        (-0.0513, "0.0%", "-5.1%"),
        (-0.0001, "0.0%", "0.0%"),
        (4105338.2, "0.00", "4105338.2"),
        (666164.720000003, "0.00", "666164.72"),
        (182506.58999999997, "General", "182506.59"),
        (250422, "#,##0", "250422"),
        (-12.5, "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-12.5"),
        (-3.5, "0.00_);[Red]\\(0.00\\)", "-3.5"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (0, ";;;", ""),
        (5, '0"辆"', "5辆"),
        (12345.6, "¥#,##0.00", "12345.6"),
        (1234567, '0.00,"千元"', "1234.57千元"),
        (5, "@", "5"),
        (5, "", "5"),
        (1.1195, "0.0000", "1.1195"),
        (12345678901234, "0", "12345678901234"),
        (99.9, "0.00E+00", "99.9"),
        (0.5, "# ?/?", "0.5"),
    ],
)
def test_a_number_is_shown_by_its_format(value: float, number_format: str, shown: str) -> None:
    assert show_number(value, number_format) == shown


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("m/d/yy", "2026年1月5日"),
        ('yyyy"年"m"月";@', "2026年1月"),
        ("yyyy", "2026年"),
        ("yyyy-mm-dd hh:mm", "2026年1月5日09:30"),
    ],
)
def test_a_date_is_shown_as_far_as_its_format_goes(number_format: str, shown: str) -> None:
    assert show_date(datetime(2026, 1, 5, 9, 30), number_format) == shown  # noqa: DTZ001 — as stored


def test_a_time_of_day_is_no_date() -> None:
    assert show_date(time(9, 5), "h:mm") == "09:05"
