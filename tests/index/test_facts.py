"""The fact table: every slot filters, decimals keep their digits, order is that of the text."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from index.library import Library
from scripts.toy_library import CULTURE, FINANCE, open_toys, write_toy


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_toys(tmp_path / "library") as opened:
        opened.add(
            [
                write_toy(tmp_path / "a", f"{FINANCE}|2024|决算|甲", "三公1.90万元", "会议费2万元"),
                write_toy(tmp_path / "b", f"{FINANCE}|2023|决算|乙", "三公3万元"),
                write_toy(tmp_path / "c", f"{CULTURE}|2024|决算|丙", "三公4万元"),
            ]
        )
        yield opened


def test_no_slot_finds_every_fact_in_order(library: Library) -> None:
    assert [fact.printed for fact in library.facts.find()] == ["1.90", "2", "3", "4"]


def test_slots_narrow_together(library: Library) -> None:
    found = library.facts.find(organisations=[FINANCE], years=[2024], measures=["三公"])
    assert [fact.printed for fact in found] == ["1.90"]
    assert library.facts.find(years=[2022]) == ()


def test_a_slot_may_name_several(library: Library) -> None:
    found = library.facts.find(
        organisations=(FINANCE, CULTURE), years={2023, 2024}, measures=("三公",)
    )
    assert [fact.printed for fact in found] == ["1.90", "3", "4"]


def test_a_report_is_a_slot(library: Library) -> None:
    report = next(one for one in library.reports() if one.organisation == CULTURE)
    assert [fact.printed for fact in library.facts.find(reports=[report.id])] == ["4"]


def test_a_decimal_keeps_the_digits_that_were_printed(library: Library) -> None:
    value = library.facts.find(years=[2024])[0].value
    assert str(value) == "1.90"
    assert isinstance(value, Decimal)


def test_ids_are_answered_in_the_order_asked(library: Library) -> None:
    first, second, *_ = library.facts.find()
    assert library.facts.get([second.id, "unknown", first.id]) == (second, first)


def test_measures_are_listed_once(library: Library) -> None:
    assert library.facts.measures() == ("三公", "会议费")
    culture = next(one for one in library.reports() if one.organisation == CULTURE)
    assert library.facts.measures(reports=[culture.id]) == ("三公",)
