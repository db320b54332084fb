"""An answer as a message: which figure stands at its head, and in which digits."""

import pytest

from bot.telegram.views.answer import answer_to_runs, is_of_one_figure
from bot.telegram.views.rich_text import runs_to_html
from bot.types import Answer, Citation, Figure

PROOF = Citation(
    n=1, document="甲.pdf", title="甲", section="", page=4, quote="合计 | 101,341,746"
)  # fmt: skip


def figure(value: str, unit: str, body: str = "财政局") -> Figure:
    return Figure(
        value=value, unit=unit, label="", organisation=body, year=2025, aspect="预算", citation=1
    )


def answer(text: str, *figures: Figure, proof: Citation = PROOF) -> Answer:
    return Answer(status="answered", text=text, figures=figures, citations=(proof,))


def test_figure_stands_at_the_head_in_the_digits_of_the_report() -> None:
    said = answer("财政局2025年基本支出预算101,341,746元。[1]", figure("101341746", "元"))
    assert runs_to_html(answer_to_runs(said)).startswith("<code>101,341,746</code> 元\n财政局")


QUOTED = "“三公”经费年初预算0.95万元，支出决算0.00万元；"


@pytest.mark.parametrize(
    "said",
    [
        answer(f"财政局：{QUOTED[:-1]}。[1]", figure("0.95", "万元"),
               proof=PROOF.model_copy(update={"quote": QUOTED})),
        answer("财政局2024年：\n· 人员经费80万元。[1]\n· 公用经费20万元。[1]",
               figure("80", "万元"), figure("20", "万元")),
        answer("财政局2024年三公经费80万元。[1]\n文化局2024年三公经费20万元。[1]",
               figure("80", "万元"), figure("20", "万元", "文化局")),
    ],
    ids=["a quoted passage", "a list", "several bodies"],
)  # fmt: skip
def test_no_figure_stands_over_a_passage_or_a_list(said: Answer) -> None:
    assert not is_of_one_figure(said)
    assert runs_to_html(answer_to_runs(said)).startswith("财政局")
