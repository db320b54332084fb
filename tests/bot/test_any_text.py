"""Whatever a message is made of: no exception, and no answer from a report without a citation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import LONGEST, Assistant
from bot.parsing.messages import to_text
from bot.smalltalk import small_talk
from bot.types import Memory
from index.encoder.encoder import SentenceEncoder
from index.library import Library
from scripts.toy_reports import REPORTS, open_reports, talk

PLAIN = "财政局2024年三公经费多少"
ODD = (
    *("\ud800", "\udfff\ud800", f"{PLAIN}\ud83d", f"\udc80{PLAIN}", "\x00", "\x00\x1b[2J", "\x85"),
    *("\u202e" + PLAIN, "\u0661\u0662\u0663年", "مرحبا كم", "שלום 2024", "é" * 40),
    *("<script>alert(1)</script>", f"<b>{PLAIN}</b>", "&lt;&#x27;&amp;", "{{7*7}}", "%s%n%x"),
    *("'; DROP TABLE facts; --", f"{PLAIN}' OR '1'='1", '"\\', "../../etc/passwd", "$(id)"),
    *("⁰¹²³", "Ⅷ㈠㊙㍻", "ﬁ", "\ufdfa", "İ", "ß" * 30, "０" * 50, "9" * 300, "1e999", "-0", "½年"),
    *("\u0300" * 200, "👨\u200d👩\u200d👧", "🇨🇳", "\ufffe\uffff", "\U0010ffff", "\u3000\u3000", ""),
    *("年" * 300, "比" * 300, "和" * 300, "（" * 150, "“" * 299, "第" * 150 + "页" * 150),
)
PIECES = (
    *("财政局", "总工会", "2024年", "去年", "三公经费", "支出合计", "多少", "和", "比", "为什么"),
    *(
        "占",
        "%",
        "（",
        "”",
        "第3页",
        "呢",
        "\n",
        "\ud800",
        "\x00",
        "<i>",
        "'",
        "\u202e",
        "零",
        "９",
    ),
)
# Half of the messages are made of words that the rules know, with what does not belong among them.
MESSAGES = st.one_of(
    st.text(st.characters(categories=None), max_size=80),
    st.lists(st.sampled_from(PIECES) | st.characters(categories=None), max_size=25).map("".join),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_reports(tmp_path_factory.mktemp("toys")) as opened:
        yield opened


def assert_answered_or_refused(assistant: Assistant, words: str) -> None:
    """Ask by itself and after another question; what is told of a report cites it."""
    before = assistant.answer(PLAIN).memory
    for memory in (Memory(), before):
        answer = assistant.answer(words, memory).answer
        answer.model_dump_json()
        cited = {figure.citation for figure in answer.figures}
        assert cited <= set(range(1, len(answer.citations) + 1))
        if answer.status == "answered":
            assert answer.citations or small_talk(to_text(words), assistant.library), words


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=MESSAGES)
def test_no_message_raises_and_none_is_answered_without_a_citation(
    library: Library, words: str
) -> None:
    assert_answered_or_refused(Assistant(library), words)


@pytest.mark.parametrize("words", ODD, ids=lambda words: ascii(words[:12]))
def test_odd_messages(library: Library, words: str) -> None:
    assert_answered_or_refused(Assistant(library), words)


@pytest.mark.parametrize(
    "unit", ["三公经费", "<b>", "\ud800", "\x00", "9", "a ", "比", "？", "年"], ids=ascii
)
def test_a_hundred_thousand_characters(library: Library, unit: str) -> None:
    words = unit * (100_000 // len(unit))
    assert_answered_or_refused(Assistant(library), words)
    assert len(words) > LONGEST


def test_what_is_no_character_changes_no_answer(library: Library) -> None:
    assistant = Assistant(library)
    plain = talk(assistant, PLAIN)
    odd = talk(assistant, f"\udcff\x00{PLAIN}\u202e")
    assert (odd.text, odd.figures) == (plain.text, plain.figures)


@pytest.mark.model
def test_odd_messages_by_the_learned_reader(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> None:
    folder = tmp_path_factory.mktemp("read")
    (folder / "工会2024.txt").write_text(REPORTS["工会2024.txt"], encoding="utf-8")
    encoder = SentenceEncoder(models=models)
    with Library.open(folder / "library", encoder=lambda: encoder) as library:
        library.add([folder / "工会2024.txt"])
        for words in ODD:
            assert_answered_or_refused(Assistant(library), words)
