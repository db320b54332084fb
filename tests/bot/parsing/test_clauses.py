"""The questions of one message, each with what stands before it."""

import pytest

from bot.parsing.clauses import asking_clauses, last_asking


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("三公预算多少？实际花了多少？人均呢", ("三公预算多少？", "实际花了多少？", "人均呢")),
        ("财政局2024年，差旅费多少，要决算数", ("财政局2024年，差旅费多少，要决算数",)),
        (
            "总工会三公经费预算、实际和人均各多少",
            ("总工会三公经费预算多少", "实际多少", "人均多少"),
        ),
        ("谢谢", ()),
    ],
)
def test_a_message_is_parted_into_what_it_asks(text: str, asked: tuple[str, ...]) -> None:
    assert asking_clauses(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("两栏是不是填颠倒了吗,三公那栏该是多少", "三公那栏该是多少"),
        ("三公经费多少", "三公经费多少"),
        ("三公经费", "三公经费"),
    ],
)
def test_the_last_clause_that_asks_stands_alone(text: str, asked: str) -> None:
    assert last_asking(text) == asked
