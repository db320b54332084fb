"""BM25 over characters and pairs: terms, postings, and scores worked by hand."""

import math

import pytest

from index.bm25 import PAIR, scores, text_to_terms, texts_to_postings


def pair(one: str, other: str) -> int:
    return (ord(one) << PAIR) | ord(other)


def test_terms_are_characters_and_pairs_that_touch() -> None:
    assert sorted(text_to_terms("公车，费")) == sorted(
        [ord("公"), ord("车"), ord("费"), pair("公", "车")]
    )


def test_width_and_case_make_no_difference() -> None:
    assert list(text_to_terms("ＡＢ２")) == list(text_to_terms("ab2"))


def test_postings_count_each_term_in_each_text() -> None:
    postings = texts_to_postings(["车车", "会"])
    assert list(postings.lengths) == [3, 1]
    assert list(postings.terms) == [ord("会"), ord("车"), pair("车", "车")]
    assert list(postings.starts) == [0, 1, 2, 3]
    assert list(postings.texts) == [1, 0, 0]
    assert list(postings.counts) == [1, 2, 1]


def test_a_score_is_the_formula_of_robertson_and_zaragoza() -> None:
    """Two texts of one character: idf = ln(1 + 1.5/1.5); tf = 1 x 2.2 / (1 + 1.2) = 1."""
    assert list(scores("车", [texts_to_postings(["车", "会"])])) == pytest.approx(
        [math.log(2), 0.0]
    )


def test_a_longer_text_scores_less_for_the_same_word() -> None:
    """Lengths 1 and 5, mean 3: 2.2 / (1 + 1.2 (0.25 + 0.75 l / 3)), idf = ln(1 + 0.5/2.5)."""
    rare = math.log(1.2)
    expected = [rare * 2.2 / (1 + 1.2 * 0.5), rare * 2.2 / (1 + 1.2 * 1.5)]
    assert list(scores("车", [texts_to_postings(["车", "车会水"])])) == pytest.approx(expected)


def test_two_reports_score_as_one_would() -> None:
    together = scores("公车费", [texts_to_postings(["公车费", "会议费", "水费"])])
    apart = scores("公车费", [texts_to_postings(["公车费"]), texts_to_postings(["会议费", "水费"])])
    assert list(apart) == pytest.approx(list(together))


def test_nothing_to_search_gives_nothing() -> None:
    assert list(scores("车", [])) == []
    assert list(scores("，", [texts_to_postings(["车"])])) == [0.0]
