"""Questions to go on with: of the same body, answered when they are asked, never a refusal."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.onward import TRIES, onward
from bot.types import Answer
from scripts.toy_reports import FINANCE, UNION, open_reports


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_reports(tmp_path_factory.mktemp("onward")) as library:
        yield Assistant(library)


def offered(assistant: Assistant, question: str) -> list[str]:
    reply = assistant.answer(question)
    return [one.question for one in onward(assistant.library, reply, assistant.told_at_once)]


@pytest.mark.parametrize(
    ("question", "next_ones"),
    [
        (
            "财政局2024年机关运行经费多少",
            [
                f"{FINANCE}2023年机关运行经费决算是多少",
                f"{FINANCE}2024年机关运行经费决算为什么减少",
                f"{FINANCE}2024年三公经费决算是多少",
            ],
        ),
        (
            "财政局2019年三公经费多少",
            [
                f"{FINANCE}2024年三公经费决算是多少",
                f"{FINANCE}2024年公务接待费决算是多少",
                f"{FINANCE}2024年三公经费预算是多少",
            ],
        ),
        ("气象局三公经费多少", []),
        ("2024年三公经费多少", []),
        ("你好", []),
    ],
    ids=["之后", "拒答之后", "没有这个单位", "反问", "寒暄"],
)
def test_questions_are_of_the_same_body_and_of_what_was_asked(
    assistant: Assistant, question: str, next_ones: list[str]
) -> None:
    assert offered(assistant, question) == next_ones


@pytest.mark.parametrize(
    "question",
    [
        "总工会2024年三公经费多少", "总工会2024年绿化费多少", "财政局2024年公务接待多少批次",
        "水务局2024年三公经费多少", "林业局2025年三公经费预算多少", "财政局2024年培训费多少",
    ],
)  # fmt: skip
def test_what_is_offered_is_answered(assistant: Assistant, question: str) -> None:
    found = offered(assistant, question)
    assert found
    assert [assistant.answer(one).answer.status for one in found] == ["answered"] * len(found)


def test_what_would_be_refused_is_tried_and_not_offered(assistant: Assistant) -> None:
    tried = []

    def refuse(words: str) -> Answer:
        tried.append(words)
        return Answer(status="not_found", text="没有。")

    reply = assistant.answer("财政局2024年机关运行经费多少")
    assert onward(assistant.library, reply, refuse) == ()
    assert 0 < len(tried) <= TRIES
    assert not any(UNION in words for words in tried)
