"""Which messages ask for an overview: a body, years and the words for it, and nothing else."""

import pytest

from bot.overview.request import words_to_request
from bot.overview.wording import load_wording

KNOWN = ("上海市普陀区财政局", "上海市普陀区人民政府万里街道办事处", "零陵区总工会")


@pytest.mark.parametrize(
    ("words", "kind", "years", "sure"),
    [
        ("财政局", "overview", (), False),
        ("零陵区总工会", "overview", (), False),
        ("万里街道2024年", "overview", (2024,), False),
        ("总结一下", "overview", (), True),
        ("帮我总结一下财政局去年的情况", "overview", (2025,), True),
        ("请问总工会整体情况怎么样？", "overview", (), True),
        ("财政局情况咋样", "overview", (), False),
        ("对比24和25年", "comparison", (2024, 2025), False),
        ("万里街道对比24和25年", "comparison", (2024, 2025), False),
        ("万里街道2024年和2025年有什么不同", "comparison", (2024, 2025), False),
        ("财政局跟去年比", "comparison", (2025,), False),
        ("整体对比24年25年", "comparison", (2024, 2025), False),
    ],
)
def test_a_body_years_and_its_own_words_ask_for_a_card(
    words: str, kind: str, years: tuple[int, ...], sure: bool
) -> None:
    request = words_to_request(words, KNOWN, 2026)
    assert request is not None
    said = (request.kind, tuple(year.value for year in request.years), request.sure)
    assert said == (kind, years, sure)


@pytest.mark.parametrize(
    "words",
    [
        "财政局2024年三公经费", "财政局决算", "财政局收入情况", "财政局多少人", "财政局超支了吗",
        "财政局主要职责", "教育局", "普陀区", "财政局和总工会对比", "财政局存在的问题",
        "财政局项目情况", "财政局预算怎么样", "总结一下三公经费", "财政局钱花哪了", "你好",
        "", "对比各单位", "人均", "财政局" * 30,
    ],
)  # fmt: skip
def test_whatever_else_is_said_asks_for_something_else(words: str) -> None:
    assert words_to_request(words, KNOWN, 2026) is None


def test_texts_print_no_figure() -> None:
    wording = load_wording()
    for text in (*wording.text.values(), *wording.finding.values()):
        assert not any(char.isdigit() for char in text)
