"""Questions for budget subjects: a row of the same name answers them, those of sisters do not."""

from collections import Counter

from corpus.lexicon.term_matcher import load_vocabulary
from scripts.train.subjects import ECONOMIC, NONE_SHARE, row_of, subject_questions

MADE = tuple(subject_questions(400, seed=7))


def test_the_same_seed_gives_the_same_questions() -> None:
    assert tuple(subject_questions(400, seed=7)) == MADE


def test_a_subject_is_asked_for_with_its_row_and_without() -> None:
    lacking = sum(one.unanswerable for one in MADE)
    assert abs(lacking / len(MADE) - NONE_SHARE) < 0.06
    for one in MADE:
        right = [choice for choice in one.choices if choice.right]
        assert bool(right) != one.unanswerable
        assert len(one.choices) >= 9


def test_a_single_row_that_is_right_is_of_the_subject_that_is_asked_for() -> None:
    """By its name or by one that people say for it; the row of no sister is right."""
    known = load_vocabulary()
    for one in MADE:
        rows = {choice.says[1].split()[0] for choice in one.choices if choice.right}
        for name in rows:
            term = known.term(name)
            assert term is not None
            asked = one.asked
            assert any(said in asked for said in (name, *term.aliases, *term.asked))


def test_every_subject_of_the_economic_classification_is_asked_for_and_told() -> None:
    told = Counter(
        choice.says[1].split()[0]
        for one in subject_questions(4000, seed=8)
        for choice in one.choices
        if choice.right
    )
    names = [term.name for term in load_vocabulary().terms if term.group == ECONOMIC]
    assert [name for name in names if not told[name]] == []


def test_a_row_is_worded_as_the_index_words_it() -> None:
    term = load_vocabulary().term("办公费")
    assert term is not None
    assert (
        row_of(term, "决算", "支出决算表") == "办公费 决算 钱 | 商品和服务支出决算数 | 支出决算表"
    )
