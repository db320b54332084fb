"""Writing an answer: figures as they were printed, numbered proofs, nothing cut inside a figure."""

from decimal import Decimal

import pytest

from bot.presentation.answer_text import (
    Page,
    aspect_word,
    caution_mark,
    cut,
    label_of,
    plain,
    plain_printed,
    show,
    whose,
)
from corpus.model.types import Base, Report
from scripts.toy_reports import FINANCE, toy_fact

TEXT = "“三公”经费5万元，培训费8.5万元。"
REPORT = Report(
    id="toy", name="toy.txt", title="决算", organisation=FINANCE, level="部门", year=2024,
    kind="决算", pages=None, text=TEXT, marks=(), blocks=(), tables=(),
)  # fmt: skip


def page() -> Page:
    return Page(lambda _: REPORT)


@pytest.mark.parametrize(
    ("printed", "unit", "vague", "said"),
    [
        ("1.95", "万元", "", "1.95万元"),
        ("2,946.25", "万元", "", "2,946.25万元"),
        ("200", "万元", "多", "200多万元"),
        ("20", "家", "近", "近20家"),
        ("90", "%", "以上", "90%以上"),
        ("30", "名", "余", "30余名"),
    ],
)
def test_a_figure_is_shown_as_it_was_printed(
    printed: str, unit: str, vague: str, said: str
) -> None:
    assert show(toy_fact(printed, unit, vague=vague)) == said


def test_a_computed_value_has_no_exponent_and_no_trailing_zeros() -> None:
    assert [plain(Decimal(text)) for text in ("1.50", "100", "1E+3", "-0.20", "0.00")] == [
        "1.5",
        "100",
        "1000",
        "-0.2",
        "0",
    ]


def test_the_value_of_a_figure_keeps_the_printed_places() -> None:
    assert plain_printed(toy_fact("2,946.20")) == "2946.20"
    chinese = toy_fact("120", "人").model_copy(update={"printed": "一百二十"})
    assert plain_printed(chinese) == "120"


@pytest.mark.parametrize(
    ("slots", "label"),
    [
        ({"aspect": "预算"}, "三公经费预算"),
        ({"aspect": "决算"}, "三公经费决算"),
        ({"aspect": "决算", "kind": "绩效自评"}, "三公经费实际支出"),
        ({"aspect": "执行数"}, "三公经费预算执行数"),
        ({"aspect": "人均"}, "三公经费人均"),
        ({"aspect": "数量"}, "三公经费"),
        ({"aspect": "预算", "facet": "项目支出"}, "三公经费（项目支出）预算"),
        (
            {"aspect": "增减额", "direction": -1, "base": Base(year=2023, aspect="决算")},
            "三公经费比上年决算减少",
        ),
        (
            {"aspect": "增减率", "direction": 1, "base": Base(year=2024, aspect="预算")},
            "三公经费比预算增加",
        ),
    ],
)
def test_a_label_says_what_a_figure_is(slots: dict[str, object], label: str) -> None:
    assert label_of(toy_fact("5").model_copy(update=slots)) == label


def test_whose_figure_it_is_names_the_unit_where_the_level_is_one() -> None:
    assert whose(toy_fact("5")) == f"{FINANCE}2024年"
    assert whose(toy_fact("5", level="单位")) == f"{FINANCE}（单位）2024年"
    assert whose(toy_fact("5", year=None)) == FINANCE


def test_what_was_spent_is_called_as_the_report_calls_it() -> None:
    assert aspect_word(toy_fact("5")) == "决算"
    assert aspect_word(toy_fact("5", kind="绩效自评")) == "实际"
    assert aspect_word(toy_fact("5", aspect="预算", kind="绩效自评")) == "预算"


def test_the_same_quote_keeps_its_number() -> None:
    made = page()
    quote = TEXT
    first = made.add_fact(toy_fact("5", quote=quote))
    second = made.add_fact(toy_fact("8.5", measure="培训费", at=13, quote=quote))
    other = made.add_fact(toy_fact("3", measure="会议费"))
    assert (first, second, other) == (1, 1, 2)
    answer = made.finish()
    assert [citation.n for citation in answer.citations] == [1, 2]
    assert [figure.citation for figure in answer.figures] == [1, 1, 2]
    assert answer.citations[0].quote == TEXT


def test_a_passage_is_quoted_word_for_word() -> None:
    made = page()
    assert made.cite_span(REPORT, REPORT.span(0, 9), ("一、支出",)) == 1
    (citation,) = made.finish().citations
    assert (citation.quote, citation.section) == (TEXT[:9], "一、支出")
    assert (citation.report, citation.start, citation.end) == ("toy", 0, 9)


def test_the_table_ends_the_path_of_its_cell() -> None:
    made = page()
    made.add_fact(toy_fact("5", section=("二、表",), table="支出决算表"))
    assert made.finish().citations[0].section == "二、表 › 支出决算表"


def test_a_large_amount_in_yuan_is_also_said_in_ten_thousands() -> None:
    made = page()
    assert made.converted(toy_fact("1234500", "元")) == "（合123.45万元）"
    (figure,) = made.finish().figures
    assert (figure.value, figure.unit, figure.formula) == (
        "123.45",
        "万元",
        "1234500元 / 10000 = 123.45万元",
    )
    assert page().converted(toy_fact("99999", "元")) == ""
    assert page().converted(toy_fact("123.45", "万元")) == ""


def test_a_long_text_is_cut_at_the_end_of_a_sentence() -> None:
    text = "甲" * 6 + "。" + "乙" * 6 + "。"
    assert cut(text, 14) == text
    assert cut(text, 10) == "甲" * 6 + "。…"


def test_a_figure_is_never_cut_in_two() -> None:
    assert cut("支出合计一千万元以上即12345678元", 15) == "支出合计一千万元以上即…"


def test_a_whole_answer_is_at_most_eight_hundred_characters() -> None:
    made = page()
    made.lines += ["某局2024年支出5万元。" * 10] * 20
    assert len(made.finish().text) <= 800


def test_an_answer_says_which_figures_were_recognised_none_too_surely() -> None:
    poor = toy_fact("5").model_copy(update={"unsure": True})
    alone, both = page(), page()
    for written, facts in ((alone, [poor]), (both, [poor, toy_fact("8.5")])):
        written.lines.append("".join(f"{show(fact)}[{written.cite_fact(fact)}]" for fact in facts))
    said = "是从扫描件识别的，把握不大，请核对原件。"
    assert alone.finish().text == f"5万元[1]\n这个数{said}"
    assert both.finish().text == f"5万元[1]8.5万元[2]\n[1]的数{said}"
    assert [caution_mark(fact) for fact in (poor, toy_fact("8.5"))] == [
        "（识别自扫描件，把握不大）",
        "",
    ]


def test_an_answer_says_why_it_doubts_each_figure() -> None:
    unlike = toy_fact("5").model_copy(update={"disputed": True})
    poor = toy_fact("8.5").model_copy(update={"unsure": True})
    written = page()
    written.lines.append(
        "".join(f"{show(one)}[{written.cite_fact(one)}]" for one in (unlike, poor))
    )
    assert written.finish().text == (
        "5万元[1]8.5万元[2]\n[1]的数按表格线和按字距读出来不一致，请核对原件。\n"
        "[2]的数是从扫描件识别的，把握不大，请核对原件。"
    )
    assert caution_mark(unlike) == "（两种读法不一致）"
