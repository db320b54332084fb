"""Years as they are said in reports and in questions."""

import pytest

from corpus.entities.years import YearMention, years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年度部门决算", [2024]),
        ("二〇二四年", [2024]),
        ("２０２４年", [2024]),
        ("24年预算", [2024]),
        ("23、24年", [2023, 2024]),
        ("2023年和2024年各花了多少", [2023, 2024]),
        ("2023和2024年", [2023, 2024]),
        ("2022-2024年", [2022, 2023, 2024]),
        ("2022年至2024年", [2022, 2023, 2024]),
        ("本年收入合计", [2024]),
        ("比上年度增加", [2023]),
        ("去年花了多少", [2023]),
        ("前年", [2022]),
        ("明年打算", [2025]),
        ("近三年三公经费", [2022, 2023, 2024]),
        ("1.2024年支出", [2024]),
        ("以前年度结余", []),
        ("上年结转", []),
        ("近24年", []),
        ("24、25两年", [2024, 2025]),
        ("增加5万元，2023年减少", [2023]),
        ("增加5万元,2023年减少", [2023]),
        ("〔2023〕1号", []),
        ("2024.1.1", []),
    ],
)
def test_years_of_a_text(text: str, years: list[int]) -> None:
    assert [mention.value for mention in years_in(text, this_year=2024)] == years


def test_a_relative_year_stays_open_without_the_year_of_the_report() -> None:
    assert years_in("较上年增加", this_year=None) == (
        YearMention(value=None, offset=-1, start=1, end=3, words="上年"),
    )


def test_a_bare_number_is_a_year_in_a_question_only() -> None:
    assert years_in("三公经费 2024", this_year=None) == ()
    (mention,) = years_in("三公经费 2024", this_year=None, bare=True)
    assert (mention.value, mention.start, mention.end) == (2024, 5, 9)


@pytest.mark.parametrize(
    "text", ["2024万元", "2024元", "12024", "2024.5", "2024号", "为21,778万元"]
)
def test_a_bare_number_that_counts_something_is_no_year(text: str) -> None:
    assert years_in(text, this_year=None, bare=True) == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("财政局 会议费 24", [2024]),
        ("会议费25预算", [2025]),
        ("财政局24政府采购多少", [2024]),
        ("财政局24三公", [2024]),
        ("25比24多了吗", [2025, 2024]),
        ("科目2080505,2024年决算", [2024]),  # a comma ends what is no thousands group
        ("科目208 25 01的金额", []),
        ("一共24", []),
        ("人数24人", []),
        ("1,2024元", []),
    ],
)
def test_years_of_a_short_question(text: str, years: list[int]) -> None:
    assert [mention.value for mention in years_in(text, this_year=2026, bare=True)] == years


def test_what_is_compared_with_is_a_year_before_many() -> None:
    assert [m.value for m in years_in("25年比24年多了吗", this_year=2026)] == [2025, 2024]
    assert years_in("做了24年多", this_year=2026) == ()


def test_two_short_years_are_a_stretch() -> None:
    assert [m.value for m in years_in("24到25年涨了多少", this_year=2026, bare=True)] == [
        2024,
        2025,
    ]
