"""What a large model says: its reply as data, and the form that it means."""

import pytest

from bot.query.forms import (
    Compare,
    Difference,
    Form,
    Growth,
    Lookup,
    Parts,
    Passage,
    Rank,
    Ratio,
    Series,
    Several,
    Sum,
)
from bot.understanding.advice.reading import Advice, Pick, advice_to_candidate, text_to_advice
from bot.understanding.found import NearPassage, nearest
from scripts.toy_reports import FINANCE, WATER, toy_fact

NOW = toy_fact("5", "万元").model_copy(update={"id": "now"})
STAFF = toy_fact("12", "人", measure="在职人员", aspect="数量").model_copy(update={"id": "staff"})
(OWN,), (HEADS,) = nearest([(NOW, 0.9)], ()), nearest([(STAFF, 0.8)], ())
FIGURES = (OWN, HEADS)
A, B = OWN.single, HEADS.single
BOTH = (Pick(number=1), Pick(number=2))


def told(start: int, end: int, section: str = "一") -> NearPassage:
    form = Passage(report="r", start=start, end=end)
    return NearPassage(form=form, text="车辆报废。", section=(section,), score=0.5)


SENTENCES = (told(10, 20), told(20, 30), told(0, 9, "二"))


def form_of(advice: Advice) -> Form | None:
    made = advice_to_candidate(advice, FIGURES, SENTENCES, (FINANCE, WATER))
    return made.form if made else None


@pytest.mark.parametrize(
    ("operation", "form"),
    [
        ("several", Several(parts=(A, B))),
        ("difference", Difference(new=A, old=B)),
        ("growth", Growth(new=A, old=B)),
        ("share", Ratio(part=A, whole=B, manner="share")),
        ("completion", Ratio(part=A, whole=B, manner="completion")),
        ("times", Ratio(part=A, whole=B, manner="times")),
        ("per", Ratio(part=A, whole=B, manner="per")),
        ("sum", Sum(parts=(A, B))),
        ("compare", Compare(parts=(A, B))),
        ("series", Series(of=A)),
        ("rank", Rank(of=A)),
        ("parts", Parts(of=A)),
        ("lookup", Lookup(of=A)),
    ],
)
def test_each_operation_is_a_form_of_the_figures_in_their_order(operation: str, form: Form) -> None:
    assert form_of(Advice(operation=operation, figures=BOTH)) == form


def test_a_figure_alone_is_looked_up_as_it_was_found() -> None:
    assert form_of(Advice(operation="lookup", figures=BOTH[:1])) == Lookup(of=OWN.select)


def test_a_year_an_aspect_and_a_body_stand_for_those_of_the_figure() -> None:
    pick = Pick(number=1, year=2022, aspect="预算", body=WATER)
    wanted = A.in_year(2022).of_aspect("预算").of_body(WATER)
    assert form_of(Advice(operation="lookup", figures=(pick,))) == Lookup(of=wanted)
    both = Advice(operation="difference", figures=(Pick(number=1), Pick(number=1, year=2022)))
    assert form_of(both) == Difference(new=A, old=A.in_year(2022))


def test_one_figure_named_twice_is_looked_up() -> None:
    twice = Advice(operation="several", figures=(Pick(number=2), Pick(number=2)))
    assert form_of(twice) == Lookup(of=B)


@pytest.mark.parametrize(
    "advice",
    [
        Advice(operation="lookup"),
        Advice(operation="lookup", figures=(Pick(number=3),)),
        Advice(operation="lookup", figures=(Pick(number=1, body="乙县财政局"),)),
        Advice(operation="difference", figures=(Pick(number=1),)),
        Advice(operation="difference", figures=(Pick(number=1), Pick(number=1))),
        Advice(operation="unclear", figures=BOTH),
        Advice(operation="删库", figures=BOTH),
        Advice(operation="sentence"),
        Advice(operation="sentence", sentences=(0,)),
        Advice(operation="sentence", sentences=(4,)),
    ],
    ids=lambda advice: advice.model_dump_json(exclude_defaults=True),
)
def test_what_was_not_offered_is_no_form(advice: Advice) -> None:
    assert form_of(advice) is None


def test_a_sentence_is_quoted_with_others_of_its_section() -> None:
    one = Advice(operation="sentence", sentences=(2,))
    two = Advice(operation="sentence", sentences=(2, 1))
    apart = Advice(operation="sentence", sentences=(3, 1))
    assert form_of(one) == SENTENCES[1].form
    assert form_of(two) == Passage(report="r", start=10, end=30)
    assert form_of(apart) == SENTENCES[2].form


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "好的：{}"])
def test_a_reply_is_read_whatever_stands_around_it(around: str) -> None:
    text = '{"operation": "lookup", "figures": [{"number": 2, "aspect": "预算"}]}'
    wanted = Advice(operation="lookup", figures=(Pick(number=2, aspect="预算"),))
    assert text_to_advice(around.replace("{}", text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我不知道",
        "[]",
        '{"figures": []}',
        '{"operation": "lookup", "figures": [{"number": 0}]}',
        '{"operation": "lookup", "figures": [{"number": 1, "value": "1.95万元"}]}',
        '{"operation": "lookup", "text": "三公经费1.95万元"}',
        '{"operation": "lookup", "figures": [{"number": 1, "aspect": "估计"}]}',
    ],
)
def test_a_reply_with_a_text_or_a_figure_of_its_own_is_nonsense(text: str) -> None:
    with pytest.raises(ValueError, match="Advice"):
        text_to_advice(text)
