"""The digit guard: whatever is made of quotes and formulas passes, one digit more does not."""

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.presentation.digit_guard import numbers_in, unproved
from bot.types import Answer, Choice, Citation, Figure

STEADY = settings(derandomize=True, deadline=None)  # the same answers in every run
NUMBERS = st.one_of(
    st.integers(0, 99_999).map(str),
    st.decimals(0, 99_999, places=2, allow_nan=False).map(lambda value: f"{value:.2f}"),
    st.integers(1_000, 9_999_999).map(lambda value: f"{value:,}"),
)
QUOTES = st.lists(NUMBERS, min_size=1, max_size=3).map(
    lambda numbers: "，".join(f"支出{number}万元" for number in numbers)
)


def citation(n: int, quote: str, *, page: int | None = None) -> Citation:
    return Citation(
        n=n, document="a.pdf", title="甲局决算", section="一、支出", page=page, quote=quote
    )


def computed(formula: str, value: str) -> Figure:
    return Figure(
        value=value, unit="万元", label="合计", organisation="青山市财政局", year=2024,
        aspect="计算", citation=1, formula=formula,
    )  # fmt: skip


@st.composite
def sound_answers(draw: st.DrawFn) -> Answer:
    """An answer that says its quotes word for word, and a sum of two of their numbers."""
    quotes = draw(st.lists(QUOTES, min_size=1, max_size=4))
    citations = tuple(citation(n, quote) for n, quote in enumerate(quotes, start=1))
    lines = [f"{one.quote}。[{one.n}]" for one in citations]
    numbers = sorted(numbers_in("".join(quotes)))
    total = numbers[0] + numbers[-1]
    formula = f"{numbers[0]} + {numbers[-1]} = {total}"
    lines.append(f"2024年合计{total}万元（{formula}）。")
    return Answer(
        status="answered",
        text="\n".join(lines),
        figures=(computed(formula, str(total)),),
        citations=citations,
    )


@STEADY
@given(sound_answers())
def test_an_answer_of_quotes_and_formulas_passes(answer: Answer) -> None:
    assert unproved(answer, "合计多少") == frozenset()


@STEADY
@given(sound_answers(), NUMBERS, st.data())
def test_any_other_number_is_found(answer: Answer, extra: str, data: st.DataObject) -> None:
    lines = answer.text.splitlines()
    value = Decimal(extra.replace(",", ""))
    assume(value not in numbers_in(" ".join([*lines, "2024"])))
    at = data.draw(st.integers(0, len(lines)))
    text = "\n".join([*lines[:at], f"另有{extra}元。", *lines[at:]])
    assert unproved(answer.model_copy(update={"text": text}), "") == {value}


@STEADY
@given(sound_answers(), NUMBERS)
def test_a_number_that_the_question_says_may_be_repeated(answer: Answer, number: str) -> None:
    text = answer.text + f"没有{number}元的支出。"
    assert unproved(answer.model_copy(update={"text": text}), f"有{number}元吗") == frozenset()


@STEADY
@given(st.sets(st.integers(1, 99_999_999), min_size=1, max_size=6))
def test_numbers_are_read_whole(values: set[int]) -> None:
    assert numbers_in("、".join(f"{value:,}元" for value in sorted(values))) == set(values)


def said(text: str, **parts: object) -> frozenset[Decimal]:
    answer = {"status": "answered", "text": text, "citations": (citation(1, "支出1.95万元"),)}
    return unproved(Answer.model_validate(answer | parts), "")


def test_a_digit_of_a_longer_number_is_no_proof() -> None:
    assert said("支出1.95万元。[1]") == frozenset()
    assert said("支出1.9万元。[1]") == {Decimal("1.9")}
    assert said("支出95万元。[1]") == {Decimal(95)}
    assert said("支出11.95万元。[1]") == {Decimal("11.95")}


def test_full_width_digits_are_digits() -> None:
    assert said("支出７万元。[1]") == {Decimal(7)}
    assert said("支出１．９５万元。[1]") == frozenset()


def test_citation_marks_are_no_numbers_of_the_answer() -> None:
    assert said("支出[9]。") == frozenset()


def test_a_page_a_year_and_a_choice_carry_their_numbers() -> None:
    assert said("见第12页。[1]") == {Decimal(12)}
    assert said("见第12页。[1]", citations=(citation(1, "甲", page=12),)) == frozenset()
    assert said("2024年。", figures=(computed("1 + 1 = 2", "2"),)) == frozenset()
    assert said("2023年。", choices=(Choice(label="甲 2023年", question="甲"),)) == frozenset()


def test_the_value_of_a_printed_figure_proves_nothing_by_itself() -> None:
    figure = computed("1 + 1 = 2", "77").model_copy(update={"formula": None})
    assert said("共77万元。[1]", figures=(figure,)) == {Decimal(77)}


def test_what_a_stored_correction_says_is_carried() -> None:
    text = "支出1.96万元。[1]\n更正：报告印的是1.95万元[1]，更正为1.96万元，原因：公告第12号。"
    assert said(text) == {Decimal("1.96"), Decimal(12)}
    assert said(text, corrections=(text.partition("\n")[2],)) == frozenset()
