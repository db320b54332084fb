"""A message made text: halves of characters, controls and turning marks go, all else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.messages import to_text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("2024年三公经费多少？\n", "2024年三公经费多少？\n"),
        ("\ud800三公\udcff经费", "三公经费"),
        ("\ud83d\ude00", "😀"),
        ("三\x00公\x1b经\x7f费", "三公经费"),
        ("\u202e费经公三\u202c", "费经公三"),
        ("\ufeff👨\u200d👩", "\ufeff👨\u200d👩"),
    ],
)
def test_what_is_no_character_goes(words: str, text: str) -> None:
    assert to_text(words) == text


@given(st.text(st.characters(categories=None), max_size=50))
def test_what_comes_out_can_be_written_and_comes_out_again(words: str) -> None:
    text = to_text(words)
    text.encode()
    assert to_text(text) == text
