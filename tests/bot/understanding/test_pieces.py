"""Pieces: what a message names between the words that join or relate two things."""

import pytest

from bot.understanding.pieces import message_to_pieces


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("受益农户里脱贫户占几成", ("受益农户", "脱贫户")),
        ("办公费 差旅费 培训费", ("办公费", "差旅费", "培训费")),
        ("接待费和购车款加起来", ("接待费", "购车款")),
        ("接待费比购车款高多少", ("接待费", "购车款高")),
        ("三公经费花了多少", ()),
        ("接待费，接待费呢", ()),
        (
            "甲费、乙费、丙费、丁费、戊费、己费、庚费",
            ("甲费", "乙费", "丙费", "丁费", "戊费", "己费"),
        ),
    ],
)
def test_a_message_is_cut_where_it_joins_or_relates(words: str, pieces: tuple[str, ...]) -> None:
    assert message_to_pieces(words) == pieces
