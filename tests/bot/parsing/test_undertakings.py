"""A report that is about one undertaking is found by the name of that."""

import pytest

from bot.parsing.undertakings import undertaking_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("望山县水利局2023年度河道清淤管护项目支出绩效自评报告", "河道清淤管护"),
        ("望山县水利局2023年度部门整体支出绩效自评报告", ""),
        ("望山县水利局2023年度部门决算", ""),
    ],
)
def test_a_title_names_the_undertaking(title: str, name: str) -> None:
    assert undertaking_of(title, "望山县水利局") == name
