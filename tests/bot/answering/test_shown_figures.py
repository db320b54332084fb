"""The figures of a clause that an answer quotes are all among its figures."""

from bot.answering.shown_figures import with_shown_figures
from bot.presentation.answer_text import fact_to_figure
from bot.presentation.names_said import own_words
from bot.types import Answer
from corpus.model.types import Fact
from scripts.toy_reports import toy_fact

CLAUSE = "全年参保18480人，其中园区企业职工5000人参保，覆盖率88%"


def printed(value: str, unit: str, measure: str, quote: str = CLAUSE) -> Fact:
    made = toy_fact(value, unit, measure=measure, aspect="数量")
    return made.model_copy(update={"id": measure, "quote": quote})


WORKERS = printed("5000", "人", "园区企业职工参保")
COVERED = printed("88", "%", "覆盖率")
OTHER = printed("88", "%", "满意度", quote="满意度88%")
FACTS = {fact.id: fact for fact in (WORKERS, COVERED, OTHER)}


def answer_of(fact: Fact, text: str) -> Answer:
    return Answer(status="answered", text=text, figures=(fact_to_figure(fact, 1),))


def test_what_stands_in_the_quoted_clause_is_shown_too() -> None:
    found = with_shown_figures(answer_of(WORKERS, f"{own_words(WORKERS)}。[1]"), FACTS)
    assert [(one.value, one.unit, one.citation) for one in found.figures] == [
        ("5000", "人", 1),
        ("88", "%", 1),
    ]


def test_a_figure_that_is_told_by_its_name_shows_no_other() -> None:
    answer = answer_of(WORKERS, "园区企业职工参保5000人。[1]")
    assert with_shown_figures(answer, FACTS) == answer


def test_what_is_near_the_question_is_shown_first() -> None:
    whole = printed("18480", "人", "参保")
    facts = {fact.id: fact for fact in (whole, WORKERS, COVERED)}
    told = answer_of(WORKERS, f"{own_words(WORKERS)}。[1]")
    plain = with_shown_figures(told, facts)
    assert [one.value for one in plain.figures] == ["5000", "18480", "88"]
    near = with_shown_figures(told, facts, (COVERED,))
    assert [one.value for one in near.figures] == ["5000", "88", "18480"]


def test_what_is_told_goes_before_what_else_a_clause_says() -> None:
    answer = Answer(
        status="answered",
        text=f"{own_words(WORKERS)}。[1]满意度88%。[2]",
        figures=(fact_to_figure(WORKERS, 1), fact_to_figure(OTHER, 2)),
    )
    found = with_shown_figures(answer, FACTS)
    assert [(one.value, one.citation) for one in found.figures] == [
        ("5000", 1),
        ("88", 2),
        ("88", 1),
    ]


def test_what_is_worked_out_goes_before_what_else_a_clause_says() -> None:
    told = answer_of(WORKERS, f"{own_words(WORKERS)}。[1]")
    (printed_one,) = told.figures
    worked = {"value": "13480", "fact": None, "formula": "18480 - 5000"}
    apart = printed_one.model_copy(update=worked)
    found = with_shown_figures(told.model_copy(update={"figures": (*told.figures, apart)}), FACTS)
    assert [one.value for one in found.figures] == ["5000", "13480", "88"]
