"""What crosses from one process to another, or into the state, is what was there: all of it."""

from datetime import date

import pytest

from bot.telegram.state import shown_answers
from bot.telegram.state.conversations import Place
from bot.telegram.state.serialisation import from_wire, to_wire
from bot.telegram.state.shown_answers import Said
from bot.telegram.workers.answering import Worked, work_out
from bot.telegram.workers.processes import (
    NotWorkedOut,
    answer_errand,
    outcome_to_worked,
    question_to_errand,
)
from bot.types import Answer, Choice, Citation, Figure, Memory, Question, Reply
from corpus.model.errors import BadIndex, WenshuError
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

CITATION = Citation(
    n=1, document="甲.pdf", title="甲", section="一、", page=3, quote="5\n万元",
    report="abc", start=7, end=11,
)  # fmt: skip
ANSWER = Answer(
    status="answered",
    text="甲局2024年5万元。[1]",
    figures=(
        Figure(
            value="5", unit="万元", label="三公", organisation="甲局", year=2024, aspect="决算",
            citation=1, formula="2 + 3 = 5", fact="0123456789abcdef",
        ),
    ),
    citations=(CITATION,),
    choices=(Choice(label="乙", question="乙局呢"),),
    onward=(Choice(label="丙", question="丙局呢"),),
    related=(CITATION.model_copy(update={"n": 2, "page": None, "start": 20, "end": 25}),),
    elapsed_ms=1.25,
)  # fmt: skip
QUESTION = Question(words="甲", pairs=(("甲局", 2024),), as_of=date(2024, 6, 30))
WORKED = Worked(
    reply=Reply(answer=ANSWER, memory=Memory(question=QUESTION, facts=("0123456789abcdef", ""))),
    rows=(("passage", "picture"), ("copy", "up", "down")),
)


def test_a_value_comes_out_as_it_went_in() -> None:
    line = to_wire(WORKED)
    assert b"\n" not in line
    assert from_wire(Worked, line) == WORKED


def test_public_json_leaves_out_what_only_the_bot_works_with() -> None:
    public = ANSWER.model_dump()
    assert list(public["figures"][0]) == [
        "value", "unit", "label", "organisation", "year", "aspect", "citation", "formula",
    ]  # fmt: skip
    for cited in (*public["citations"], *public["related"]):
        assert list(cited) == ["n", "document", "title", "section", "page", "quote"]


@pytest.mark.parametrize(
    "question",
    [
        f"{FINANCE}2024年三公经费实际支出多少",
        f"{FINANCE}2024年三公经费比2023年减少多少",
        "2024年三公经费实际支出多少",
        f"{FINANCE}2019年三公经费实际支出多少",
        "各单位2024年三公经费实际支出分别多少",
        f"{FINANCE}存在哪些问题",
    ],
)
def test_answer_of_another_process_is_the_answer_of_the_assistant(
    stage: Stage, question: str
) -> None:
    here = work_out(stage.assistant, question, Memory(), None)
    there = outcome_to_worked(
        answer_errand(stage.assistant, question_to_errand(question, Memory(), None))
    )
    assert _untimed(there) == _untimed(here)
    cited = (*there.reply.answer.citations, *there.reply.answer.related)
    assert [one.report for one in cited if not one.report] == []


def _untimed(worked: Worked) -> Worked:
    answer = worked.reply.answer.model_copy(update={"elapsed_ms": 0.0})
    return worked.model_copy(update={"reply": worked.reply.model_copy(update={"answer": answer})})


def test_answer_that_is_kept_comes_back_whole(stage: Stage) -> None:
    said = Said(
        place=Place(chat=1, topic=0, person=1),
        asked=5,
        words="甲",
        before=Memory(),
        after=WORKED.reply.memory,
        answer=ANSWER,
    )
    state = stage.state()
    kept = shown_answers.find(state, shown_answers.keep(state, said))
    state.close()
    assert kept is not None
    assert {name: getattr(kept, name) for name in Said.model_fields} == dict(said)


def test_failure_of_another_process_says_what_failed_and_where_but_not_the_question(
    stage: Stage,
) -> None:
    line = answer_errand(stage.assistant, question_to_errand("boom 三公", Memory(), None))
    with pytest.raises(NotWorkedOut, match="secret inside") as raised:
        outcome_to_worked(line)
    assert raised.value.where.startswith("RuntimeError\n")
    assert "tgstage.py" in raised.value.where
    assert "三公" not in raised.value.where


def test_error_that_is_made_for_people_reaches_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BadIndex("索引坏了。")

    monkeypatch.setattr(stage.assistant, "answer", refuse)
    line = answer_errand(stage.assistant, question_to_errand("三公", Memory(), None))
    with pytest.raises(WenshuError, match=r"^索引坏了。$"):
        outcome_to_worked(line)
