"""Made-up libraries: other bodies, years and figures, the same each time, and vectors near by."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.library import Library
from scripts.bench_size import table
from scripts.corpora import SPREAD, YEARS, Drawn, bodies_of_a_county, grow, made_up
from scripts.toy_library import ToyEncoder


def titles(numbers: Sequence[int]) -> list[str]:
    return [made_up(number)[1].split("\n")[0] for number in numbers]


def test_every_report_is_of_a_body_and_a_year_of_its_own() -> None:
    per_county = YEARS * len(bodies_of_a_county())
    assert titles(range(8, 13)) == [
        "银港区总工会2021年度部门整体支出绩效自评报告",
        "银港区总工会2022年度部门整体支出绩效自评报告",
        "银港区总工会2023年度部门整体支出绩效自评报告",
        "银港区总工会2024年度部门整体支出绩效自评报告",
        "青山市银港区税务局2021年度部门决算",
    ]
    assert titles([per_county + 11]) == ["金坡区总工会2024年度部门整体支出绩效自评报告"]
    assert len(set(titles(range(0, 10_000, 7)))) == len(range(0, 10_000, 7))


def test_amounts_are_multiplied_and_add_up_as_before() -> None:
    name, text = made_up(9)
    assert (name, made_up(9)) == ("9.txt", (name, text))
    assert "2022年度部门整体支出3804.72万元，其中基本支出3804.72万元，项目支出0万元。" in text
    assert "人员经费支出1105.28万元" in text
    assert "公用经费支出2699.44万元" in text  # 1105.28 + 2699.44 = 3804.72
    assert "覆盖率88%" in text
    assert "【示例】" not in text
    assert "1,511.89" not in made_up(7)[1]


def test_a_library_grows_to_the_size_asked_for_and_is_read_by_the_rules(tmp_path: Path) -> None:
    encoder = Drawn(ToyEncoder())
    with Library.open(tmp_path / "library", encoder=lambda: encoder) as library:
        grow(library, 9)
        grow(library, 10)
        reports = library.reports()
        assert [(one.organisation, one.year) for one in reports][-2:] == [
            ("青山市银港区财政局", 2023),
            ("青山市银港区财政局", 2024),
        ]
        assert len(reports) == 10
        (fact,) = (
            fact
            for fact in library.facts.find(organisations=("银港区总工会",), measures=("人员经费",))
            if fact.year == 2022
            and fact.printed == "1105.28"
            and fact.section[:1] == ("三、一般公共预算支出情况",)
        )
        assert fact.value == Decimal("1105.28")


def test_a_vector_lies_near_that_of_the_words_and_is_its_own() -> None:
    real = ToyEncoder()
    drawn = Drawn(real)
    one, other = drawn.encode_passages(["银港区车辆10辆", "金坡区车辆20辆"])
    (plain,) = ToyEncoder().encode_passages(["区车辆0辆"])
    assert real.encoded == ["区车辆0辆"]
    assert not np.array_equal(one, other)
    for row in (one, other):
        assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-6)
        assert cosine(row, plain) > 1 - SPREAD
    again = Drawn(ToyEncoder()).encode_passages(["银港区车辆10辆"])
    assert np.array_equal(again[0], one)


def cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other)


def test_the_table_tells_how_many_times_the_smallest_each_size_takes() -> None:
    taken = {10: {"添加一份报告": 0.2, "磁盘（MB），每份报告": 2.0}}
    taken[100] = {"添加一份报告": 0.25, "磁盘（MB），每份报告": 1.0}
    assert table(taken).splitlines() == [
        "| 量的是 | 10 份 | 100 份 |",
        "| --- | --- | --- |",
        "| 添加一份报告 | 200.0 毫秒 | 250.0 毫秒（1.2 倍） |",
        "| 磁盘（MB），每份报告 | 2.00 | 1.00（0.5 倍） |",
    ]
