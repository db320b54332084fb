"""The page of an answer's proof, said where it is asked for."""

import pytest

from bot.presentation.pages_said import asks_page, with_pages, without_page
from bot.types import Answer, Citation


def answer_of(*pages: int | None) -> Answer:
    citations = tuple(
        Citation(n=n, document="a.pdf", title="某局决算", section="", page=page, quote="82.20")
        for n, page in enumerate(pages, start=1)
    )
    return Answer(status="answered", text="物业管理费82.20万元。[1]", citations=citations)


@pytest.mark.parametrize(
    ("pages", "words", "said"),
    [
        ((16,), "物业费在第几页", "\n《某局决算》第16页[1]。"),
        ((16, 9, 16), "物业费在哪一页", "\n《某局决算》第16页[1][3]，第9页[2]。"),
        ((None,), "物业费在第几页", "\n报告没有页码。"),
        ((16,), "物业费多少", ""),
    ],
    ids=["一处", "几处", "没有页码", "没问页码"],
)
def test_pages_are_said_where_they_are_asked_for(
    pages: tuple[int | None, ...], words: str, said: str
) -> None:
    assert with_pages(answer_of(*pages), words).text == f"物业管理费82.20万元。[1]{said}"


def test_a_refusal_has_no_page() -> None:
    refusal = Answer(status="not_found", text="没有。")
    assert with_pages(refusal, "在第几页") == refusal


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("物业费在第几页", "物业费"),
        ("三公经费多少，在第几页？", "三公经费多少"),
        ("三公经费在报告的哪一页呢", "三公经费"),
        ("在第几页", ""),
    ],
)
def test_a_question_for_a_page_is_of_what_is_left_of_it(words: str, rest: str) -> None:
    assert asks_page(words)
    assert without_page(words) == rest


@pytest.mark.parametrize("words", ["印了几页", "三公经费多少", "报告有几页"])
def test_a_count_of_pages_asks_for_no_page(words: str) -> None:
    assert not asks_page(words)
