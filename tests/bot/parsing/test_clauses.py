"""The questions of one message, each with what stands before it."""

import pytest

from bot.parsing.clauses import asking_clauses


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
