"""A scope of more reports than are read for one question: the figures asked for, by the rules."""

from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.types import Answer
from index.library import Library
from scripts.toy_reports import open_reports

RANK = "2024年哪个单位的三公经费最多"


def test_what_is_asked_of_very_many_is_answered_without_reading_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_reports(tmp_path) as library:
        all_read = ask(library, RANK)
        assert all_read.text.startswith("青山市临江区水务局2024年三公经费决算最多")
        monkeypatch.setattr("bot.assistant.MOST_READ", 2)
        monkeypatch.setattr(library, "search", None)
        for report in library.reports():
            monkeypatch.setattr(type(report), "text", property(lambda _: 1 / 0), raising=False)
        told = ask(library, RANK)
        assert (told.text, told.figures, told.citations) == (
            all_read.text,
            all_read.figures,
            all_read.citations,
        )


def test_where_nobody_is_named_it_asks_back_or_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_reports(tmp_path) as library:
        asked_back = ask(library, "2024年三公经费多少")
        monkeypatch.setattr("bot.assistant.MOST_READ", 2)
        monkeypatch.setattr(library, "search", None)
        assert ask(library, "2024年三公经费多少").choices == asked_back.choices
        assert ask(library, "路灯谁来修").status == "not_found"
        assert ask(library, "河口县总工会2024年三公经费多少").figures[0].value == "2.4"


def ask(library: Library, words: str) -> Answer:
    return Assistant(library).answer(words).answer
