"""Answers joined to one: the proofs are counted anew, each of them once."""

from bot.answering.joining import join_answers
from bot.types import Answer, Citation, Figure


def answer(value: str, *quotes: str) -> Answer:
    proofs = tuple(
        Citation(
            n=n, document="甲.txt", title="甲", section="一", page=None, quote=quote, report="r"
        )
        for n, quote in enumerate(quotes, 1)
    )
    marks = "".join(f"[{one.n}]" for one in proofs)
    told = Figure(
        value=value, unit="万元", label="数", organisation="甲", year=2024, aspect="决算",
        citation=len(proofs),
    )  # fmt: skip
    return Answer(
        status="answered", text=f"数{value}万元。{marks}", figures=(told,), citations=proofs
    )


def test_proofs_are_counted_anew_and_stand_once() -> None:
    joined = join_answers([answer("1", "一句", "二句"), answer("2", "二句"), answer("3", "三句")])
    assert joined.text == "数1万元。[1][2]\n数2万元。[2]\n数3万元。[3]"
    assert [one.quote for one in joined.citations] == ["一句", "二句", "三句"]
    assert [figure.citation for figure in joined.figures] == [2, 2, 3]
