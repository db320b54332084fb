"""The way of a sentence or of a question through the code: which modules, and how many moves.

    python -m scripts.trace [句子]
    python -m scripts.trace --ask 问题 [--reports PATH ...]

Without a sentence, one of six figures is read, as they stand in final accounts. A question is asked
of the sample reports or of others. A move is a call from one module of ours into another; what
Python and the libraries do between the two is not seen. The first call fills what is kept from one
call to the next and is not counted.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bot.assistant import Assistant, adviser_of
from bot.cli.console import Bar
from bot.settings.environment import load_settings
from corpus.extraction.discourse import Setting
from corpus.extraction.roles import block_to_statements
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Noun
from scripts.answer import open_library

PACKAGES = ("corpus", "index", "bot")
SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
SIX_FIGURES = (
    "2024年度“三公”经费支出决算为9.20万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费"
    "7.10万元，公务接待费2.10万元，比上年减少0.50万元，下降5.15%。"
)


class Move(Noun):
    """A call from a function of one module into one of another."""

    caller: str
    called: str
    function: str


class Trace(Noun):
    """The moves of one call in their order."""

    moves: tuple[Move, ...]

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that were entered, in the order in which they first were."""
        return tuple(dict.fromkeys(move.called for move in self.moves))


def trace(call: Callable[[], object]) -> Trace:
    """Return the moves of a call, which is made once before it is watched."""
    call()
    moves: list[Move] = []
    with watched(moves.append):
        call()
    return Trace(moves=tuple(moves))


@contextmanager
def watched(note: Callable[[Move], None]) -> Iterator[None]:
    """Note every move that is made inside."""

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or not (called := module_of(frame)):
            return
        above = frame.f_back
        while above is not None and not module_of(above):
            above = above.f_back
        caller = module_of(above) if above else ""
        if called != caller:
            note(Move(caller=caller, called=called, function=frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(before)


def module_of(frame: FrameType) -> str:
    """Return the module of ours that a frame runs in, "" for one of others."""
    name = str(frame.f_globals.get("__name__", ""))
    return name if name.split(".")[0] in PACKAGES else ""


def trace_sentence(sentence: str) -> Trace:
    """Return the moves of reading one sentence of a final account into statements."""
    setting = Setting(organisation="柳泉市档案馆", year=2024, kind="决算", section=())
    text, vocabulary = "".join(sentence.split()), load_vocabulary()
    return trace(lambda: block_to_statements(text, setting=setting, vocabulary=vocabulary))


def trace_question(question: str, reports: Sequence[Path]) -> Trace:
    """Return the moves of answering one question from some reports."""
    settings = load_settings()
    with Bar() as bar, open_library(reports, settings, bar=bar) as library:
        assistant = Assistant(library, adviser=adviser_of(settings))
        return trace(lambda: assistant.answer(question))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the moves in their order, how often each module was entered, and both totals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="?", default=SIX_FIGURES)
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--reports", type=Path, nargs="+", default=[SAMPLES])
    given = parser.parse_args(arguments)
    words, reports = given.words, given.reports
    found = trace_question(words, reports) if given.ask else trace_sentence(words)
    for number, move in enumerate(found.moves, start=1):
        print(f"{number:4} {move.caller or '-'} -> {move.called}: {move.function}")
    entered = Counter(move.called for move in found.moves)
    for module in found.modules:
        print(f"{entered[module]:4} {module}")
    print(f"{len(found.modules)} modules, {len(found.moves)} moves")


if __name__ == "__main__":
    main()
