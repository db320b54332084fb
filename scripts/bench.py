"""How long answering takes, as ratios of what is measured beside it in the same run.

    python -m scripts.bench [--repetitions 5] [--reports FOLDER] [--data FOLDER] [--processor]

Questions over the sample reports are asked in a warm process, each beside a bare encoding of the
same question; each repetition loads the encoder anew, so that every question is new to it. `wenshu
ask` for a figure is started beside a Python that imports three of its libraries. Both sides of a
ratio take turns; printed are the medians in milliseconds and their ratio. With `--processor` the
time of all processors is counted instead of the clock's: on a machine that others use it wanders
less. What a bot and what indexing costs is measured by `bench_bot` and `bench_index`.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.assistant import Assistant
from index.encoder.encoder import Encoder, SentenceEncoder
from index.files import report_files
from index.library import Library

_SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
_IMPORTS = ("-c", "import pydantic, faiss, sqlite3")
_ASK = ("-m", "bot.cli", "ask")

# What is asked for, by what it takes to answer: the rules alone, the reader, or a refusal by both.
FIGURE, READER, REFUSAL = "规则就能答的数字", "要读者的问题", "答不了的问题"
QUESTIONS: Mapping[str, Sequence[str]] = {
    FIGURE: (
        "零陵区总工会2024年人员经费支出多少",
        "零陵区总工会公用经费比预算多了多少",
        "总工会有几个内设机构",
        "普陀区财政局2024年三公经费决算",
        "万里街道2024年三公经费预算",
    ),
    READER: (
        "工会驿站24小时开门吗",
        "区总工会去年给多少一线职工送了清凉",
        "在职人员有几名",
        "爱心营养餐送给了多少人",
        "技能竞赛办了几场",
        "参保覆盖率",
        "司机之家投入了多少",
        "财政局主要职责是什么",
    ),
    REFUSAL: ("总工会的领导是谁", "工人文化宫归谁管", "今天天气怎么样", "财政局有多少公务用车"),
}
Clock = Callable[[], float]


class Beside(NamedTuple):
    """Seconds that something took each time, and those of what it is held against."""

    name: str
    against: str
    own: Sequence[float]
    other: Sequence[float]

    @property
    def ratio(self) -> float:
        """How many times as long it takes, by the medians."""
        return statistics.median(self.own) / statistics.median(self.other)


def processor_seconds() -> float:
    """Return the processors' time of this process and of its children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds(work: Callable[[], object], clock: Clock) -> float:
    """Return how long something takes."""
    started = clock()
    work()
    return clock() - started


def answering(
    folder: Path, encoders: Callable[[], Encoder], questions: Mapping[str, Sequence[str]],
    repetitions: int, clock: Clock,
) -> Iterator[Beside]:  # fmt: skip
    """Yield how long each kind of question takes, beside the encoding of the same questions."""
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in questions}
    for _ in range(repetitions):
        encoder = encoders()
        encoder.encode_questions(["先把模型载入"])
        with Library.open(folder, encoder=partial(_same, encoder)) as library:
            assistant = Assistant(library)
            assistant.answer("零陵区总工会去年怎么样")  # what is read of the library once is read
            for name, some in questions.items():
                for words in some:
                    asked, read = partial(assistant.answer, words), partial(_encode, library, words)
                    taken[name][0].append(seconds(asked, clock))
                    taken[name][1].append(seconds(read, clock))
    for name, (own, other) in taken.items():
        yield Beside(name, "编码同一句话", own, other)
    every = [one for own, _ in taken.values() for one in own]
    slowest = statistics.quantiles(every, n=20)[-1]
    yield Beside("最慢的二十分之一（p95）", "所有问题的中位数", [slowest], every)


def _same(encoder: Encoder) -> Encoder:
    return encoder


def _encode(library: Library, words: str) -> None:
    library.read_questions([words])


def starting(data: Path, question: str, repetitions: int, clock: Clock) -> Beside:
    """Return how long `wenshu ask` takes, beside a Python that only imports; the first is left out.

    The bytecode is written in that first time, so the environment must not forbid it.
    """
    own, other = [], []
    settings = {**os.environ, "WENSHU_DATA": str(data), "PYTHONDONTWRITEBYTECODE": ""}

    def run(*arguments: str) -> None:
        subprocess.run(  # noqa: S603 - this Python and arguments of this module
            [sys.executable, *arguments], env=settings, check=True, stdout=subprocess.DEVNULL
        )

    for at in range(repetitions + 1):
        pair = seconds(lambda: run(*_ASK, question), clock), seconds(lambda: run(*_IMPORTS), clock)
        if at:
            own.append(pair[0])
            other.append(pair[1])
    return Beside("wenshu ask 一个数字，从启动算起", "只启动并载入三个库", own, other)


def table(rows: Sequence[Beside]) -> str:
    """Return a table of ratios with their operands, as Markdown."""
    head = ("| 量的是 | 毫秒 | 对照 | 毫秒 | 倍数 |", "|---|---|---|---|---|")
    return "\n".join((*head, *map(_line, rows)))


def _line(row: Beside) -> str:
    own, other = (statistics.median(taken) * 1000 for taken in (row.own, row.other))
    return f"| {row.name} | {own:.1f} | {row.against} | {other:.1f} | {row.ratio:.2f} |"


def bench(reports: Path, data: Path, repetitions: int, clock: Clock) -> list[Beside]:
    """Measure all over a library of its own, with the models of a data folder."""
    models = data / "models"
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        (Path(folder) / "models").symlink_to(models.absolute())
        with Library.open(library, encoder=lambda: SentenceEncoder(models=models)) as made:
            made.add(report_files([reports]))
        rows = list(
            answering(
                library, lambda: SentenceEncoder(models=models), QUESTIONS, repetitions, clock
            )
        )
        return [*rows, starting(Path(folder), QUESTIONS[FIGURE][0], repetitions, clock)]


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--reports", type=Path, default=_SAMPLES)
    parser.add_argument("--data", type=Path, default=Path(".wenshu"), help="where the model is")
    parser.add_argument("--processor", action="store_true", help="count the processors' time")
    chosen = parser.parse_args()
    clock = processor_seconds if chosen.processor else time.perf_counter
    print(table(bench(chosen.reports, chosen.data, chosen.repetitions, clock)))


if __name__ == "__main__":
    main()
