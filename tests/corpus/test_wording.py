"""Text in one form, for reading and for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon.normalise import fold, fold_with_places, normalise


def test_a_question_in_plain_form() -> None:
    assert normalise("２０２４年「三公」經費") == "2024年“三公”经费"
    assert normalise('"三公"和"两费"') == "“三公”和“两费”"


def test_characters_that_are_simplified_already_stay() -> None:
    assert normalise("著名的乾隆") == "著名的乾隆"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("因公出国（境）费用", "因公出国(境)费 用"),
        ("“三公”经费", "三公經費"),
        ("维修（护）费", "维修护费"),
    ],
)
def test_what_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_clauses_stay_apart() -> None:
    assert fold("教育、支出") != fold("教育支出")


def test_places_of_a_folded_text() -> None:
    folded = fold_with_places("“三 公”经费")
    assert folded.text == "三公经费"
    assert folded.original(0, 4) == (1, 7)
    assert folded.original(1, 2) == (3, 4)


@given(st.text(alphabet="三公“” （）(境)％１2經费，、\n㎡", max_size=20))
def test_places_lead_back_to_what_was_folded(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    for place, char in enumerate(folded.text):
        start, end = folded.original(place, place + 1)
        assert char in fold(text[start:end])
