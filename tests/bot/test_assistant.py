"""The assistant over invented reports: each way of answering by its exact figure and formula.

The reports are in scripts/toy_reports.py; every figure here is worked by hand from them.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import assistant as module
from bot.assistant import Assistant
from bot.rules import operations
from bot.types import Answer, Citation
from index.library import Library
from scripts.toy_reports import (
    FINANCE,
    FOREST,
    REPORTS,
    UNION,
    WATER,
    open_reports,
    open_texts,
    talk,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_reports(tmp_path_factory.mktemp("toys")) as opened:
        yield opened


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


def figures(answer: Answer) -> list[str]:
    return [figure.value + figure.unit for figure in answer.figures]


def first(answer: Answer) -> tuple[str, str, str, int | None]:
    """Status, headline figure, whose, and of which year."""
    assert answer.figures, answer.text
    head = answer.figures[0]
    return answer.status, head.value + head.unit, head.organisation, head.year


def formulas(answer: Answer) -> list[str]:
    return [figure.formula for figure in answer.figures if figure.formula]


def assert_proved(answer: Answer) -> None:
    """Every printed figure stands in the quote that it cites, every line of it in the report."""
    for figure in answer.figures:
        quote = answer.citations[figure.citation - 1].quote
        assert figure.formula or figure.value in quote.replace(",", "")
    for citation in answer.citations:
        for line in citation.quote.splitlines():
            assert line in REPORTS[citation.document]


# ---------------------------------------------------------------- looking up


@pytest.mark.parametrize(
    ("question", "said", "whose", "year"),
    [
        ("河口县总工会2024年三公经费多少", ["2.4万元", "3万元"], UNION, 2024),
        ("总工会2023年三公经费多少", ["2万元", "2.8万元"], UNION, 2023),
        ("财政局2024年三公经费多少", ["5万元", "10.00万元"], FINANCE, 2024),
        ("总工会2024年三公经费预算是多少", ["3万元"], UNION, 2024),
        ("财政局2024年公务接待费预算多少", ["4.00万元"], FINANCE, 2024),
        ("财政局2024年公务接待多少批次", ["40批次"], FINANCE, 2024),
        ("财政局有几辆车", ["6辆"], FINANCE, 2024),
        ("财政局2024年三公经费完成预算的百分之几", ["50%"], FINANCE, 2024),
        ("总工会举办了几场技能竞赛", ["4场次"], UNION, 2024),
        ("总工会2024年慰问困难职工多少人", ["500名"], UNION, 2024),
        ("总工会参保人数多少，覆盖率多少", ["8000人", "80%"], UNION, 2024),
        ("总工会2024年项目支出多少", ["0万元"], UNION, 2024),
    ],
)
def test_a_figure_is_looked_up_with_the_budget_beside_the_account(
    assistant: Assistant, question: str, said: list[str], whose: str, year: int
) -> None:
    answer = talk(assistant, question)
    assert first(answer) == ("answered", said[0], whose, year)
    assert figures(answer) == said
    assert_proved(answer)


@pytest.mark.parametrize(
    "question",
    [
        "财政局2024年机关运行经费规模有多大",
        "财政局2024年机关运行经费盘子多大",  # no thing that is counted
        "财政局2024年有多少机关运行经费",
        "财政局2024年机关运行经费执行了多少",  # an account reports what was executed
        "财政局2024年机关运行经费支出实际支出多少",  # 支出实际 is no word of its own
        "根据公开资料，财政局2024年机关运行经费是哪个数",
        "财政局2024年的机关运行经费你那边查得到吗",
    ],
)
def test_ways_to_ask_for_one_figure(assistant: Assistant, question: str) -> None:
    assert first(talk(assistant, question)) == ("answered", "60.5万元", FINANCE, 2024)


def test_the_answer_cites_the_sentence_and_its_section(assistant: Assistant) -> None:
    answer = talk(assistant, "河口县总工会2024年三公经费多少")
    citation = answer.citations[0]
    assert citation.document == "工会2024.txt"
    assert citation.section == "二、支出情况 › （一）“三公”经费"
    assert "实际支出2.4万元" in citation.quote
    assert "[1]" in answer.text


def test_a_figure_printed_twice_cites_both_places(assistant: Assistant) -> None:
    answer = talk(assistant, "财政局2024年三公经费决算多少")
    assert first(answer) == ("answered", "5万元", FINANCE, 2024)
    assert [citation.quote for citation in answer.citations] == [
        "2024年度“三公”经费支出决算为5万元，完成年初预算的50%。",
        "财政拨款“三公”经费支出决算表\n项目 | 预算数 | 决算数\n合计 | 10.00 | 5.00",
    ]


def test_contradicting_figures_are_both_shown(assistant: Assistant) -> None:
    answer = talk(assistant, "财政局2024年培训费多少")
    assert figures(answer) == ["8.5万元", "8.6万元"]
    assert "注意" in answer.text
    assert_proved(answer)


# ---------------------------------------------------------------- computing

COMPUTED = [
    # what was asked, the headline, its formula
    ("财政局2024年三公经费比2023年少多少", "3万元", "5 - 8 = -3万元"),
    ("财政局2024年支出合计的增长率", "11.11%", "(1000 - 900) / 900 × 100% = 11.11%"),
    ("财政局2024年公务接待费占三公经费的比例", "40%", "2 / 5 × 100% = 40%"),
    ("财政局2024年公务接待费占三公经费预算的比例", "40%", "4 / 10 × 100% = 40%"),
    ("财政局2024年基本支出占支出合计的百分之几", "80%", "800 / 1000 × 100% = 80%"),
    ("财政局2024年项目支出占比", "20%", "200 / 1000 × 100% = 20%"),
    ("财政局2024年公务接待费和公务用车运行维护费合计多少", "5万元", "2 + 3 = 5万元"),
    ("总工会2024年人员经费和公用经费一共多少", "230.5万元", "150 + 80.5 = 230.5万元"),
    ("财政局2023年和2024年三公经费合计多少", "13万元", "8 + 5 = 13万元"),
    ("财政局和水务局2024年三公经费合计多少", "12.5万元", "5 + 7.5 = 12.5万元"),
    (
        "水务局2024年南湖泵站四个季度一共支付多少",
        "700万元",
        "100 + 150 + 200 + 250 = 700万元",
    ),
    ("财政局2024年公务接待平均每批次多少钱", "500元", "2万元 / 40 = 500元"),
    ("总工会慰问困难职工平均每人多少钱", "200元", "10万元 / 500 = 200元"),
    ("总工会2024年人员经费年初预算是多少", "130万元", "150 - 20 = 130万元"),
    ("总工会2024年公用经费预算多少", "75万元", "80.5 - 5.5 = 75万元"),
]


def test_a_printed_change_between_other_years_does_not_answer_for_two_years(
    assistant: Assistant,
) -> None:
    printed = talk(assistant, "财政局2024年机关运行经费比2023年减少多少")
    assert first(printed) == ("answered", "4.5万元", FINANCE, 2024)
    other = talk(assistant, "财政局机关运行经费2025年和2024年差多少")
    assert (other.status, other.figures) == ("not_found", ())


@pytest.mark.parametrize(("question", "value", "formula"), COMPUTED)
def test_a_computed_figure_shows_its_formula(
    assistant: Assistant, question: str, value: str, formula: str
) -> None:
    answer = talk(assistant, question)
    assert (answer.status, figures(answer)[0], formulas(answer)) == ("answered", value, [formula])
    assert value in answer.text
    assert said(formula) in answer.text
    assert_proved(answer)


def said(formula: str) -> str:
    """Return a formula as it is said: a fall is the larger less the smaller."""
    fall = re.fullmatch(r"(\S+) - (\S+) = -(\S+)", formula)
    return f"{fall[2]} - {fall[1]} = {fall[3]}" if fall else formula


def test_a_fall_in_percent_is_written_as_a_formula_that_holds(assistant: Assistant) -> None:
    answer = talk(assistant, "财政局2024年三公经费比2023年下降了百分之多少")
    assert figures(answer)[0] == "37.5%"
    assert formulas(answer) == ["(8 - 5) / 8 × 100% = 37.5%"]


@pytest.mark.parametrize(
    ("question", "value", "formula"),
    [
        ("水务局2024年支出合计是财政局的几倍", "2倍", "2000 / 1000 = 2倍"),
        ("水务局2024年项目支出比基本支出多多少", "1000万元", "1500 - 500 = 1000万元"),
        ("财政局和水务局哪个单位2024年三公经费多", "2.5万元", "7.5 - 5 = 2.5万元"),
        pytest.param("水务局和财政局2024年支出合计相差多少", "1000万元", "2000 - 1000 = 1000万元"),
        pytest.param(
            "水务局2024年支出合计和财政局2024年支出合计相差多少",
            "1000万元",
            "2000 - 1000 = 1000万元",
        ),
        pytest.param("水务局2024年三公经费比财政局多多少", "2.5万元", "7.5 - 5 = 2.5万元"),
        pytest.param("水务局比财政局2024年支出合计多多少", "1000万元", "2000 - 1000 = 1000万元"),
        ("林业局2025年部门比本级三公经费多多少", "4万元", "6 - 2 = 4万元"),
    ],
)
def test_two_figures_are_set_side_by_side(
    assistant: Assistant, question: str, value: str, formula: str
) -> None:
    answer = talk(assistant, question)
    assert value in figures(answer)
    assert formulas(answer) == [formula]
    assert_proved(answer)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("总工会2024年人员经费比预算多多少", ["20万元", "150万元"]),
        ("财政局2024年机关运行经费比上年减少多少", ["4.5万元", "6.92%", "60.5万元"]),
        ("财政局2024年机关运行经费下降了百分之多少", ["6.92%", "4.5万元", "60.5万元"]),
    ],
)
def test_a_printed_change_is_not_computed_anew(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert (figures(answer), formulas(answer)) == (said, [])
    assert_proved(answer)


def test_a_printed_amount_a_head_is_taken_as_it_is(assistant: Assistant) -> None:
    assert figures(talk(assistant, "总工会2024年三公经费人均多少")) == ["0.2万元"]


def test_an_amount_a_head_counts_the_staff_and_no_other_people(assistant: Assistant) -> None:
    answer = talk(assistant, "总工会2024年人均人员经费多少")
    assert formulas(answer) in ([], ["150万元 / 12 = 12.5万元"])  # never over the 2 who joined
    assert answer.status == "not_found" or figures(answer)[0] == "12.5万元"


def test_guests_are_not_the_heads_of_a_whole_expense(assistant: Assistant) -> None:
    """The report counts 320 guests and no staff: over them 三公经费 would be 156.25元 a head."""
    assert talk(assistant, "财政局2024年三公经费人均多少").status == "not_found"


# ---------------------------------------------------------------- ranks and trends


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2024年支出合计最多的是哪个单位", ["2000万元", "1000万元"]),
        ("2024年支出合计最少的是哪个单位", ["1000万元", "2000万元"]),
        pytest.param("2024年哪个单位三公经费最多", ["7.5万元", "5万元", "2.4万元"]),
        pytest.param("2024年哪个单位三公经费最少", ["2.4万元", "5万元", "7.5万元"]),
    ],
)
def test_bodies_are_ranked_by_what_they_spent(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert figures(answer) == said
    assert_proved(answer)


@pytest.mark.parametrize(
    "question",
    [
        "财政局三公经费历年是多少",
        pytest.param("财政局三公经费这几年的趋势"),
    ],
)
def test_a_trend_runs_over_the_years_that_are_printed(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert [(f.year, f.value) for f in answer.figures] == [(2023, "8"), (2024, "5")]


# ---------------------------------------------------------------- yes or no


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("总工会2024年有没有项目支出", "没有", ["0万元"]),
        ("财政局2024年有没有公务接待", "有", ["2万元"]),
        ("总工会2024年有政府性基金预算支出吗", "没有", []),
        ("总工会2024年三公经费超预算了吗", "没有超", ["2.4万元", "3万元"]),
        ("财政局2024年三公经费超预算了没有", "没有超", ["5万元", "10.00万元"]),
        ("财政局2024年三公经费文字和表格一致吗", "一致", ["5万元", "5.00万元"]),
        ("财政局2024年培训费是否一致", "不一致", ["8.5万元", "8.6万元"]),
        pytest.param("财政局2024年培训费前后一致吗", "不一致", ["8.5万元", "8.6万元"]),
    ],
)
def test_yes_or_no_comes_with_the_figures_that_tell(
    assistant: Assistant, question: str, verdict: str, said: list[str]
) -> None:
    answer = talk(assistant, question)
    assert answer.status == "answered"
    assert answer.text.startswith(verdict)
    assert figures(answer)[: len(said)] == said
    assert_proved(answer)


def test_a_stated_absence_is_quoted(assistant: Assistant) -> None:
    answer = talk(assistant, "总工会2024年有政府性基金预算支出吗")
    assert [one.quote for one in answer.citations] == ["2024年度没有政府性基金预算支出。"]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("总工会2024年人员经费为什么增加", "原因是年中新增2名工作人员"),
        ("财政局2024年机关运行经费为什么减少", "主要原因是办公场所搬迁后水电费减少"),
        ("什么是机关运行经费", "机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金"),
        ("总工会存在什么问题", "预算编制不够精细"),
        ("总工会下一步有什么改进措施", "加强预算管理，细化预算编制"),
        ("总工会2024年主要职责有哪些", "服务全县基层工会"),
        pytest.param("总工会的主要职责是什么", "服务全县基层工会"),
    ],
)
def test_words_are_answered_by_the_sentence_that_says_so(
    assistant: Assistant, question: str, quote: str
) -> None:
    answer = talk(assistant, question)
    assert answer.status == "answered"
    assert quote in answer.citations[0].quote
    assert quote in answer.text
    assert_proved(answer)


@pytest.mark.parametrize(
    "question", ["财政局2024年政府采购由哪几部分组成", "财政局政府采购分哪几类"]
)
def test_the_parts_of_an_amount_are_listed(assistant: Assistant, question: str) -> None:
    assert figures(talk(assistant, question)) == ["20万元", "30万元", "40万元"]


# ---------------------------------------------------------------- follow-ups

PUBLIC = "总工会2024年三公经费多少"
STAFF = "总工会2024年人员经费多少"


@pytest.mark.parametrize(
    ("turns", "value", "whose", "year"),
    [
        ((PUBLIC, "那2023年呢"), "2万元", UNION, 2023),
        ((PUBLIC, "人均呢"), "0.2万元", UNION, 2024),
        (("总工会2023年三公经费多少", "人均呢"), "0.16万元", UNION, 2023),
        ((PUBLIC, "那财政局呢"), "5万元", FINANCE, 2024),
        ((PUBLIC, "那财政局呢", "那2023年呢"), "8万元", FINANCE, 2023),
        ((PUBLIC, "那预算呢"), "3万元", UNION, 2024),
        ((STAFF, "年初预算呢"), "130万元", UNION, 2024),
        ((STAFF, "支出预算呢"), "130万元", UNION, 2024),
        ((STAFF, "那公用经费呢"), "80.5万元", UNION, 2024),
        ((STAFF, "那公用呢"), "80.5万元", UNION, 2024),
        ((STAFF, "那公用经费呢", "年初预算呢"), "75万元", UNION, 2024),
        ((STAFF, "为什么"), "150万元", UNION, 2024),
        (("财政局2024年三公经费多少", "少了多少"), "3万元", FINANCE, 2024),
        (("财政局2023年三公经费多少", "那2024年呢", "少了多少"), "3万元", FINANCE, 2024),
        (("财政局2024年机关运行经费多少", "比上年少了多少"), "4.5万元", FINANCE, 2024),
        (("财政局2024年政府采购多少", "货物呢"), "20万元", FINANCE, 2024),
        pytest.param(("财政局2024年政府采购服务多少", "货物呢"), "20万元", FINANCE, 2024),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_name(
    assistant: Assistant, turns: tuple[str, ...], value: str, whose: str, year: int
) -> None:
    assert first(talk(assistant, *turns)) == ("answered", value, whose, year)


def test_the_last_two_figures_are_compared_where_nothing_is_named(assistant: Assistant) -> None:
    answer = talk(assistant, STAFF, "那公用呢", "哪个多")
    told = {(one.value, one.unit) for one in answer.figures}
    assert answer.status == "answered"
    assert {("150", "万元"), ("80.5", "万元")} <= told
    assert "69.5" in answer.text


@pytest.mark.parametrize("asked", ["空调呢", "那团建的呢"])
def test_the_figure_before_is_not_told_for_another_thing(assistant: Assistant, asked: str) -> None:
    before = talk(assistant, PUBLIC)
    answer = talk(assistant, PUBLIC, asked)
    assert [one.fact for one in answer.figures[:1]] != [one.fact for one in before.figures[:1]]
    assert answer.status == "not_found"


@pytest.mark.parametrize("asked", ["再说一遍", "具体多少", "精确点"])
def test_the_figure_before_is_told_again_where_nothing_else_is_named(
    assistant: Assistant, asked: str
) -> None:
    assert first(talk(assistant, PUBLIC, asked)) == first(talk(assistant, PUBLIC))


def test_a_new_talk_knows_nothing_of_the_last(assistant: Assistant) -> None:
    assert talk(assistant, PUBLIC).status == "answered"
    assert talk(assistant, "人均呢").status != "answered"


def test_a_body_without_reports_is_not_answered_by_the_body_before(assistant: Assistant) -> None:
    answer = talk(assistant, PUBLIC, "那教育局呢")
    assert (answer.status, answer.figures) == ("not_found", ())
    assert "教育局" in answer.text


# ---------------------------------------------------------------- saying no


@pytest.mark.parametrize(
    "question",
    [
        "财政局2019年三公经费多少",  # no such year
        "总工会2025年三公经费多少",
        "教育局2024年三公经费多少",  # no such body
        "总工会2024年出国费用多少",  # the item is absent
        "财政局2024年社会保障和就业支出多少",
        "林业局2025年三公经费决算是多少",  # a budget tells no account
        "水务局2024年总投资多少",  # a noun that no sentence bears
        "水务局南湖泵站总投资多少",
        "总工会2024年建了多少公里公路",
        "总工会2024年南湖泵站支付多少",  # another body's
        pytest.param(
            "财政局25年预算书里三公经费多少",  # no such document
        ),
        "北山县2024年三公经费多少",  # another region
    ],
)
def test_what_no_report_says_is_not_found(assistant: Assistant, question: str) -> None:
    answer = talk(assistant, question)
    assert (answer.status, answer.figures) == ("not_found", ())


def test_a_refusal_shows_the_nearest_that_is_said(assistant: Assistant) -> None:
    answer = talk(assistant, "财政局2019年三公经费多少")
    assert "2019" in answer.text
    assert answer.citations == ()
    assert "支出决算为5万元" in answer.related[0].quote


# ---------------------------------------------------------------- whose, which level, which book


def test_several_bodies_are_asked_back_with_a_whole_question_each(assistant: Assistant) -> None:
    answer = talk(assistant, "2024年三公经费多少")
    assert (answer.status, answer.figures) == ("clarify", ())
    assert sorted(choice.label.split()[0] for choice in answer.choices) == sorted(
        [UNION, FINANCE, WATER]
    )
    for choice in answer.choices:
        assert talk(assistant, choice.question).status == "answered"


def test_one_body_with_the_figure_is_not_asked_back(assistant: Assistant) -> None:
    assert first(talk(assistant, "2024年机关运行经费多少")) == (
        "answered",
        "60.5万元",
        FINANCE,
        2024,
    )


def test_the_home_is_meant_where_nobody_is_named(library: Library) -> None:
    home = Assistant(library, home=UNION)
    assert first(talk(home, "2024年三公经费多少")) == ("answered", "2.4万元", UNION, 2024)
    assert UNION in talk(home, "2024年三公经费多少").text
    assert first(talk(home, "财政局2024年三公经费多少"))[2] == FINANCE
    chat = home.answer("2024年三公经费多少", home=FINANCE).answer
    assert first(chat) == ("answered", "5万元", FINANCE, 2024)


def test_a_home_without_reports_is_no_home(library: Library) -> None:
    assert talk(Assistant(library, home="北山县档案局"), "2024年三公经费多少").status == "clarify"


def test_both_levels_are_given_and_told_apart(assistant: Assistant) -> None:
    answer = talk(assistant, "石桥市林业局2025年三公经费预算多少")
    assert figures(answer) == ["6万元", "2万元"]
    assert "（单位）2万元" in answer.text
    assert_proved(answer)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("林业局部门2025年三公经费预算多少", "6万元"),
        ("林业局本级2025年三公经费预算多少", "2万元"),
        ("林业局25年单位预算里三公经费多少", "2万元"),
    ],
)
def test_a_level_that_is_named_is_the_only_one(
    assistant: Assistant, question: str, value: str
) -> None:
    assert figures(talk(assistant, question)) == [value]


def test_a_document_is_named_by_its_year(assistant: Assistant) -> None:
    assert first(talk(assistant, "林业局25年预算书里三公经费多少")) == (
        "answered",
        "6万元",
        FOREST,
        2025,
    )


def test_a_region_stands_for_its_only_body(assistant: Assistant) -> None:
    assert first(talk(assistant, "河口县2024年三公经费多少")) == (
        "answered",
        "2.4万元",
        UNION,
        2024,
    )


def test_a_typo_is_understood_and_said_back(assistant: Assistant) -> None:
    answer = talk(assistant, "总工会2024年三工经费多少")
    assert first(answer) == ("answered", "2.4万元", UNION, 2024)
    assert answer.text.startswith("按“三公经费”理解。")


# ---------------------------------------------------------------- the invariant


def test_an_answer_with_an_unproved_digit_is_never_sent(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = "2024年“三公”经费预算支出3万元，实际支出2.4万元"
    citation = Citation(n=1, document="工会2024.txt", title="", section="", page=None, quote=quote)
    made_up = Answer(status="answered", text="三公经费77万元。[1]", citations=(citation,))
    monkeypatch.setitem(operations.WAYS, "查数", (lambda case: made_up,))
    answer = talk(assistant, PUBLIC)
    assert answer.status == "not_found"
    assert "77" not in answer.text


def test_a_carried_digit_passes_the_same_way(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    citation = Citation(n=1, document="a", title="", section="", page=None, quote="实际2.4万元")
    sound = Answer(status="answered", text="三公经费2.4万元。[1]", citations=(citation,))
    monkeypatch.setitem(operations.WAYS, "查数", (lambda case: sound,))
    assert talk(assistant, PUBLIC).text == "三公经费2.4万元。[1]"


def test_every_answer_takes_time_and_is_at_most_eight_hundred_characters(
    assistant: Assistant,
) -> None:
    for question, _, _ in COMPUTED:
        answer = talk(assistant, question)
        assert answer.elapsed_ms >= 0
        assert len(answer.text) <= 800


# ---------------------------------------------------------------- years counted from today

_OF_2024 = "河口县总工会2024年三公经费实际支出2.4万元（预算3万元）。[1]"


@pytest.mark.parametrize(
    ("year", "question", "said"),
    [
        (
            2026,
            "总工会去年三公经费多少",
            f"去年的报告没有收录，最新的是2024年：{_OF_2024}",
        ),
        (
            2026,
            "总工会今年三公经费多少",
            f"今年的报告没有收录，最新的是2024年：{_OF_2024}",
        ),
        (2026, "总工会前年三公经费多少", _OF_2024),
        (2025, "总工会去年三公经费多少", _OF_2024),
        (
            2026,
            "总工会去年绿化费多少",
            "去年的报告没有收录，最新的是2024年：没有在河口县总工会的报告里找到",
        ),
        (
            2026,
            "总工会今年和去年三公经费合计多少",
            "今年、去年的报告没有收录，最新的是2024年，这里指2024年、2023年："
            "河口县总工会三公经费实际支出2024年、2023年合计4.4万元",
        ),
        (2026, "财政局机关运行经费比去年少多少", "青山市临江区财政局2024年机关运行经费"),
    ],
)
def test_last_year_is_that_before_today_and_where_no_report_is_so_new_that_is_said(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, year: int, question: str, said: str
) -> None:
    monkeypatch.setattr(module, "today", lambda: date(year, 3, 1))
    answer = talk(assistant, question)
    assert answer.text.startswith(said)


BUDGET_REPORT = """石桥市2024年预算执行情况和2025年预算草案的报告
石桥市财政局
一、2024年预算执行情况
2024年全市一般公共预算收入完成40.00亿元，增长2.0%。
2024年全市税收收入完成24.30亿元，占一般公共预算收入比重为61%。
2024年东山区税收收入完成2.00亿元，占一般公共预算收入比重为74.9%。
二、2025年预算草案
2025年全市一般公共预算收入安排42.00亿元，增长5.0%。
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "石桥市今年一般公共预算收入安排多少",
            "石桥市人民政府（全市）2025年一般公共预算收入预算42.00亿元。[1]",
        ),
        (
            "石桥市去年一般公共预算收入完成多少",
            "石桥市人民政府（全市）2024年一般公共预算收入执行数40.00亿元。[1]",
        ),
        (
            "石桥市2024年全市税收收入占一般公共预算收入的比重",
            "石桥市人民政府（全市）2024年税收收入占比61%。[1]\n"
            "· 税收收入预算执行数24.30亿元[1]\n"
            "· 一般公共预算收入执行数40.00亿元[2]",
        ),
    ],
    ids=["今年的预算", "去年的执行", "印出来的占比"],
)
def test_a_report_of_a_budget_to_come_is_of_that_year_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, said: str
) -> None:
    monkeypatch.setattr(module, "today", lambda: date(2025, 6, 1))
    texts = {"石桥市2024年预算执行情况和2025年预算草案的报告.txt": BUDGET_REPORT}
    with open_texts(tmp_path, texts) as library:
        assert talk(Assistant(library), question).text == said


# ---------------------------------------------------------------- the wording of a report


@pytest.mark.parametrize(
    "turns",
    [
        ("河口县总工会2024年三公经费原文怎么写的",),
        ("河口县总工会2024年三公经费多少", "原文怎么写的"),
        ("河口县总工会2024年三公经费多少", "在第几页", "看下原文"),
        ("河口县总工会2024年三公经费多少", "原文怎么写的", "报告里怎么说的"),
    ],
)
def test_how_it_is_written_is_answered_by_the_passage_with_its_place(
    assistant: Assistant, turns: tuple[str, ...]
) -> None:
    answer = talk(assistant, *turns)
    (citation,) = answer.citations
    assert answer.text == (
        f"《{citation.title}》“二、支出情况 › （一）“三公”经费”：\n“{citation.quote}”[1]"
    )
    assert figures(answer) == ["2.4万元", "3万元"]


def test_the_wording_of_nothing_is_asked_back_and_that_of_what_is_not_there_refused(
    assistant: Assistant,
) -> None:
    assert talk(assistant, "原文怎么写的").status == "clarify"
    refused = talk(assistant, "河口县总工会2019年三公经费原文怎么写的")
    assert refused.status == "not_found"
    assert "没有2019年" in refused.text
