"""Marks: what counts as right, cited, sourced and verbatim, each by one hand-made answer."""

from datetime import date
from decimal import Decimal

import pytest

from bot.types import Answer, Citation, Figure
from corpus.model.types import Report
from scripts import marks
from scripts.evaluate import Scored, misses_to_page, ratio
from scripts.marks import Alternative, Gold, Wanted, answer_to_mark, common, figure, proves
from scripts.toy_library import FINANCE

TEXT = "2024年“三公”经费预算支出2.50万元，实际支出1.95万元。"
REPORTS = {
    "a.txt": Report(
        id="a", name="a.txt", title="甲", organisation=FINANCE, level=None, year=2024,
        kind="决算", pages=None, text=TEXT, marks=(), blocks=(), tables=(),
    )
}  # fmt: skip
GOLD = Gold(
    id="Q1",
    turns=("三公经费多少",),
    kind="figure",
    expect="answered",
    figures=((Alternative(value="1.95", unit="万元"), Alternative(value="19500", unit="元")),),
    forbid=("2.50",),
    doc="a.txt",
    evidence="实际支出1.95万元",
)


def said(*values: str, text: str, quote: str = TEXT, document: str = "a.txt") -> Answer:
    return Answer(
        status="answered",
        text=text,
        figures=tuple(
            Figure(
                value=value, unit="万元", label="三公经费", organisation=FINANCE, year=2024,
                aspect="决算", citation=1,
            )
            for value in values
        ),
        citations=(
            Citation(n=1, document=document, title="甲", section="", page=None, quote=quote),
        ),
    )  # fmt: skip


def test_money_is_compared_as_an_amount() -> None:
    assert figure("1.95", "万元") == figure("19,500", "元") == Wanted(Decimal(19500), "元")
    assert figure("12", "名") == figure("12", "人")
    assert figure("12", "%") != figure("12", "人")


def test_a_right_answer_has_nothing_amiss() -> None:
    mark = answer_to_mark(GOLD, said("1.95", text="实际支出1.95万元。[1]"), REPORTS)
    assert (mark.right, mark.cited, mark.unsourced, mark.invented, mark.why) == (
        True,
        True,
        (),
        0,
        "",
    )


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status="not_found", text="没有"), "status not_found, wanted answered"),
        (said("2.50", text="2.50万元[1]"), "figure missing: 1.95万元 / 19500元"),
        (said("2.50", "1.95", text="2.50万元，1.95万元[1]"), "the headline is the trap 25000"),
        (said("1.95", text="见表[1]"), "figure missing: 1.95万元 / 19500元"),
    ],
)
def test_a_wrong_answer_says_why(answer: Answer, why: str) -> None:
    mark = answer_to_mark(GOLD, answer, REPORTS)
    assert (mark.right, mark.why) == (False, why)


def test_a_number_without_a_source_and_an_invented_quote_are_counted() -> None:
    answer = said("1.95", text="1.95万元，共7次。[1]", quote="实际支出1.95万元，8人")
    mark = answer_to_mark(GOLD, answer, REPORTS)
    assert (mark.unsourced, mark.invented) == (("7",), 1)


def test_the_year_that_last_year_is_has_the_question_for_its_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marks, "today", lambda: date(2026, 3, 1))
    answer = said("1.95", text="去年（2025年）的报告没有收录：1.95万元[1]")
    asked = GOLD.model_copy(update={"turns": ("去年三公经费多少",)})
    assert answer_to_mark(asked, answer, REPORTS).unsourced == ()
    assert answer_to_mark(GOLD, answer, REPORTS).unsourced == ("2025",)


def test_a_quote_from_another_document_does_not_prove() -> None:
    mark = answer_to_mark(GOLD, said("1.95", text="1.95万元[1]", document="b.txt"), REPORTS)
    assert (mark.right, mark.cited) == (True, False)


def test_a_quote_proves_with_a_number_beside_its_words() -> None:
    assert proves("2024年实际支出 1.95 万元", "实际支出1.95万元")
    assert proves("三公经费 | 1.95 | 2.50", "三公经费 1.95")
    assert not proves("实际支出2.50万元", "实际支出1.95万元")


def test_the_longest_common_piece() -> None:
    assert common("部门决算表", "单位决算表") == 3
    assert common("", "甲") == 0


def test_misses_are_written_as_a_page() -> None:
    answer = Answer(status="not_found", text="没有")
    scored = Scored(gold=GOLD, mark=answer_to_mark(GOLD, answer, REPORTS), said=answer.text)
    page = misses_to_page([scored])
    assert page.splitlines()[2:7] == [
        "## Q1 (figure)",
        "",
        "- 问：三公经费多少",
        "- status not_found, wanted answered",
        "- 答：没有",
    ]
    assert ratio(11, 12) == "11/12 (0.917)"
