"""Answer a file of questions over some reports: one conversation a line, one JSON line each.

    python -m scripts.answer --reports PATH [--reports PATH ...] QUESTIONS.jsonl

QUESTIONS has {"id": ..., "turns": [...]} a line; {"id": ..., "answer": ...} is printed for the last
turn. The reports are indexed by themselves under WENSHU_DATA and kept there by content. Exit code 2
where nothing could be read.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.assistant import Assistant, adviser_of
from bot.cli.console import Bar
from bot.settings.environment import Settings, load_settings
from bot.types import Answer, Memory
from corpus.model.errors import BadReport, WenshuError
from corpus.model.types import content_id
from index.encoder.encoder import SentenceEncoder
from index.files import report_files
from index.library import Library
from index.originals import path_to_digest

FAILED = 2


class Talk(NamedTuple):
    """A conversation to hold: its id and its messages, of which the last is scored."""

    id: str
    turns: tuple[str, ...]


def read_talks(path: Path) -> tuple[Talk, ...]:
    """Read a file of questions."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(Talk(id=str(row["id"]), turns=tuple(row["turns"])) for row in rows)


def open_library(paths: Iterable[Path], settings: Settings, *, bar: Bar) -> Library:
    """Return a library of exactly these files and folders, made once for the same content.

    The rules of extraction are not part of its name: the library reads its files again where they
    have changed and keeps the vectors of passages that have not. A file that cannot be read is
    reported on standard error; `BadReport` is raised where none can.
    """
    files = report_files(paths)
    encoder = SentenceEncoder(settings.model, models=settings.models, notice=bar.notice)
    named = sorted(f"{path_to_digest(path)} {path.name}" for path in files)
    folder = settings.data / "sets" / content_id(encoder.name, *named)
    library = Library.open(folder, encoder=lambda: encoder, progress=bar.show)
    added = library.add(files, progress=bar.show, refuse=report_refused)
    for one in added:
        if one.replaced:
            bar.notice(f"{one.report.name} 取代了同一份报告的另一个文件")
    if not added:
        library.close()
        raise BadReport("没有一份报告读得了。")
    return library


def report_refused(_path: Path, error: BadReport) -> None:
    """Say on standard error why a file was left out."""
    print(error, file=sys.stderr)


def hold(assistant: Assistant, turns: Sequence[str]) -> Answer:
    """Hold a fresh conversation and return its last answer."""
    return assistant.answer(turns[-1], memory_of(assistant, turns[:-1])).answer


def memory_of(assistant: Assistant, turns: Iterable[str]) -> Memory:
    """Hold a fresh conversation and return what is remembered of it."""
    memory = Memory()
    for turn in turns:
        memory = assistant.answer(turn, memory).memory
    return memory


def answers(
    assistant: Assistant, talks: Iterable[Talk], *, bar: Bar
) -> Iterator[tuple[str, Answer]]:
    """Hold each conversation, with no home set; yield its id and its last answer."""
    waiting = tuple(talks)
    for done, talk in enumerate(waiting, start=1):
        yield talk.id, hold(assistant, talk.turns)
        bar.show("回答", done, len(waiting))


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer the questions of the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.answer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--reports", type=Path, action="append", required=True)
    chosen = parser.parse_args(arguments)
    try:
        settings = load_settings()
        with Bar() as bar, open_library(chosen.reports, settings, bar=bar) as library:
            assistant = Assistant(library, adviser=adviser_of(settings))
            for name, answer in answers(assistant, read_talks(chosen.questions), bar=bar):
                line = {"id": name, "answer": answer.model_dump(mode="json")}
                print(json.dumps(line, ensure_ascii=False), flush=True)
    except WenshuError as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
