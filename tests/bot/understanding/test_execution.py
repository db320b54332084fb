"""What may not be said in answer to a question, though it is near."""

import pytest

from bot.understanding.execution import is_silent_on


@pytest.mark.parametrize(
    ("years", "quote", "silent"),
    [
        ((2023,), "培训企业技能人才325名。", True),
        ((2023,), "2023年培训企业技能人才325名。", False),
        ((2023,), "培训325名，比上年多12名。", False),
        ((2024,), "培训企业技能人才325名。", False),
        ((), "培训企业技能人才325名。", False),
    ],
    ids=["没有说那一年", "说了那一年", "说了上年", "就是那一年", "没有问哪年"],
)
def test_a_passage_of_a_later_report_must_speak_of_the_year(
    years: tuple[int, ...], quote: str, *, silent: bool
) -> None:
    assert is_silent_on(years, quote, 2024) is silent
