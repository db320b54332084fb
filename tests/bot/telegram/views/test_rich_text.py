"""A message as runs: HTML that Telegram accepts, cut without breaking a tag or a figure."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.views.answer import answer_to_runs, mark_figures
from bot.telegram.views.buttons import Press, data_to_press, press_to_data
from bot.telegram.views.rich_text import (
    Run,
    fit,
    listing,
    runs_to_html,
    runs_to_text,
    shorten,
    units,
)
from bot.types import Answer, Citation, Figure
from scripts.tgrig import html_to_text

STYLES = st.sampled_from(["plain", "bold", "code", "pre", "quote"])
TEXTS = st.text(alphabet=st.sampled_from(list("中文<>&\"'𠮷😀1234567890.,万元%\n ab")), max_size=80)
RUNS = st.lists(st.builds(Run, text=TEXTS, style=STYLES), max_size=12)


@given(RUNS)
def test_html_reads_as_the_runs_do(runs: list[Run]) -> None:
    assert html_to_text(runs_to_html(runs)) == runs_to_text(runs)


@given(RUNS, st.integers(min_value=1, max_value=200))
def test_fit_keeps_the_limit_and_the_start(runs: list[Run], limit: int) -> None:
    cut = fit(runs, limit)
    text = runs_to_text(cut)
    assert units(text) <= limit
    html_to_text(runs_to_html(cut))
    whole = runs_to_text(runs)
    if units(whole) <= limit:
        assert text == whole
    else:
        assert text.endswith("…")


@given(st.lists(st.sampled_from(["支出1,234.56万元", "占98.7%", "共12人", "，", "😀"]), max_size=9),
       st.integers(min_value=1, max_value=60))  # fmt: skip
def test_no_figure_is_cut(pieces: list[str], limit: int) -> None:
    text = "".join(pieces)
    kept = shorten(text, limit)
    assert units(kept) <= limit
    figures = r"\d[\d.,]*(?:万元|%|人)?"
    whole = re.findall(figures, text)
    assert re.findall(figures, kept) == whole[: len(re.findall(figures, kept))]


def test_shorten_by_hand() -> None:
    assert shorten("支出475.59万元，其中", 7) == "支出…"
    assert shorten("支出475.59万元，其中", 11) == "支出475.59万元…"
    assert shorten("支出475.59万元，其中", 99) == "支出475.59万元，其中"
    assert shorten("𠮷𠮷𠮷", 5) == "𠮷𠮷…"  # two UTF-16 units each


@given(st.lists(st.text(alphabet="某局甲乙😀", min_size=1, max_size=40), max_size=30))
@example(["某局"] * 3000)
@example(["某" * 100] * 50)
def test_listing_shows_what_fits_and_counts_the_rest(lines: list[str]) -> None:
    text = runs_to_text(listing(lines, lambda count: f"还有{count}行").runs)
    whole = "\n".join(lines)
    if units(whole) <= 4096:
        assert text == whole
        return
    assert 3900 < units(text) <= 4096
    left = int(text.rpartition("还有")[2].removesuffix("行"))
    assert text == "\n".join([*lines[: len(lines) - left], f"还有{left}行"])


def test_hundredth_style_is_the_last() -> None:
    runs = fit([Run(text=str(n), style="code") for n in range(150)])
    assert [run.style for run in runs].count("code") == 100
    assert runs_to_text(runs) == "".join(map(str, range(150)))


def figure(value: str) -> Figure:
    return Figure(
        value=value,
        unit="万元",
        label="支出",
        organisation="某局",
        year=2024,
        aspect="决算",
        citation=1,
    )


def test_figures_of_the_answer_are_marked_and_no_other_number() -> None:
    runs = mark_figures("2024年支出1,234.50万元（预算1,300万元）。[1]", [figure("1234.50")])
    assert [run.text for run in runs if run.style == "code"] == ["1,234.50"]


def test_longest_answer_fits_a_message() -> None:
    citations = tuple(
        Citation(
            n=n,
            document="报告.pdf",
            title="报告",
            section="一 › 二",
            page=n,
            quote="支出1万元<&>" * 99,
        )
        for n in range(1, 20)
    )
    answer = Answer(
        status="answered", text="支出1万元" * 160, figures=(figure("1"),), citations=citations
    )
    html = runs_to_html(answer_to_runs(answer, "https://t.me/x?start=f_0"))
    read = html_to_text(html)
    assert units(read) <= 4096
    assert read.startswith("1 万元\n")


def test_not_found_shows_what_is_near_and_says_so() -> None:
    near = Citation(n=1, document="报告.txt", title="报告", section="", page=None, quote="原文")
    html = runs_to_html(answer_to_runs(Answer(status="not_found", text="没有。", related=(near,))))
    assert html == (
        "没有。\n\n相近的内容（不是所问的数）：\n"
        "<blockquote expandable>[1]《报告.txt》\n原文</blockquote>"
    )


def test_button_data_reads_back_and_is_short() -> None:
    press = Press(action="subscribe", answer=2**60, at=12, choice="0123abcd")
    assert data_to_press(press_to_data(press)) == press
    assert len(press_to_data(press).encode()) <= 64
    assert [data_to_press(bad) for bad in ("", "x:1", "choose:", "choose:1:2:3")] == [None] * 4
