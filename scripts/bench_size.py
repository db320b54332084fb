"""How cost grows with the library: the same work over ever more reports, taken in turns in one run.

    python -m scripts.bench_size [--sizes 10 100 1000] [--repetitions 3] [--data FOLDER]
        [--postgres] [--processor]

The libraries are made by `scripts.corpora` under the data folder, once, and kept. Each repetition
goes through all sizes; printed are medians, and how many times that of the smallest library each
is. The reports that are asked of are in every library. Every repetition opens the library anew, so
the first question of a body finds nothing of it in memory. With `--processor` the time of all
processors is counted instead of the clock's: on a machine that others use it wanders less. With
`--postgres` the libraries are kept in a PostgreSQL of Debian's programs that is started for it, and
gone with it; the processors' time is then that of the client alone.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from bot.assistant import Assistant
from index.checks.opening import SETTLED
from index.encoder.encoder import Encoder, SentenceEncoder
from index.engines.opening import Engines
from index.library import Library
from scripts.bench import Clock, processor_seconds, seconds
from scripts.corpora import Drawn, grow, write_made_up
from scripts.engine_servers import database_size, new_database, postgres

FIGURE = "青山市银港区财政局2024年三公经费决算多少"
AGAIN = (
    "银港区财政局2023年三公经费决算多少",
    "青山市银港区财政局2024年会议费决算多少",
    "银港区财政局2022年支出合计多少",
)
READER = (
    "银港区总工会的工会驿站24小时开门吗",
    "银港区总工会2022年技能竞赛办了几场",
    "银港区总工会的司机之家投入了多少",
)
RANK = "2022年哪个单位的三公经费最多"
ABROAD = "路灯谁来修"  # of no body, and nowhere answered
MEGABYTE = 2**20

CHECKING, OPENING = "改动之后第一次打开（核对整个文件）", "打开并答出一个数"
FIRST, WARM = "数字，第一次问到的单位", "数字，问过的单位"
READ, RANKED, REFUSED = "要读者的问题", "在全部单位里排名", "不说单位、答不了的问题"
ADDING, AFTER, REMOVING = "添加一份报告", "添加之后的第一个数", "移除一份报告"
IN_SECONDS = (CHECKING, OPENING, FIRST, WARM, READ, RANKED, REFUSED, ADDING, AFTER, REMOVING)
MEMORY, MEMORY_READ = "内存（MB），答过一个数", "内存（MB），也答过要读者的问题"
DISK = "磁盘（MB），每份报告"


class Place(NamedTuple):
    """Where a library is kept."""

    folder: Path
    engines: Engines

    def open(self, encoder: Encoder) -> Library:
        """Open the library."""
        return Library.open(self.folder, encoder=lambda: encoder, engines=self.engines)


Taken = Mapping[str, float]  # what one library took of everything once: seconds, or megabytes


def work(place: Place, encoder: Encoder, number: int, clock: Clock) -> Taken:
    """Return how long everything takes over a library once, which is left as it was."""
    time.sleep(SETTLED)  # so that what was checked is noted as such
    taken = {CHECKING: seconds(lambda: place.open(encoder).close(), clock)}

    def open_and_answer() -> tuple[Library, Assistant]:
        library = place.open(encoder)
        assistant = Assistant(library)
        assistant.answer("银港区总工会2022年三公经费")
        return library, assistant

    started = clock()
    library, assistant = open_and_answer()
    taken[OPENING] = clock() - started
    with library, tempfile.TemporaryDirectory() as new:
        taken[FIRST] = seconds(partial(assistant.answer, FIGURE), clock)
        taken[WARM] = statistics.median(_each(assistant, AGAIN, clock))
        assistant.answer(READER[0])  # what of the model is loaded once is loaded
        taken[READ] = statistics.median(_each(assistant, READER[1:], clock))
        taken[RANKED] = seconds(partial(assistant.answer, RANK), clock)
        taken[REFUSED] = seconds(partial(assistant.answer, ABROAD), clock)
        files = write_made_up(Path(new), [number])
        taken[ADDING] = seconds(lambda: library.add(files), clock)
        taken[AFTER] = seconds(partial(assistant.answer, FIGURE), clock)
        added = next(one for one in library.reports() if one.name == files[0].name)
        taken[REMOVING] = seconds(partial(library.remove, added.id), clock)
    return taken


def _each(assistant: Assistant, questions: Sequence[str], clock: Clock) -> list[float]:
    return [seconds(partial(assistant.answer, words), clock) for words in questions]


def memory(place: Place, models: Path, questions: Sequence[str]) -> float:
    """Return the megabytes of a process of its own that answers some questions."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_resident, (place, models, questions))


def _resident(place: Place, models: Path, questions: Sequence[str]) -> float:
    with place.open(SentenceEncoder(models=models)) as library:
        assistant = Assistant(library)
        for words in questions:
            assistant.answer(words)
        return most_resident()


def most_resident() -> float:
    """Return the most megabytes that this process has had in memory.

    What `resource` tells of it a process takes over from the one that started it.
    """
    told = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    (line,) = (one for one in told if one.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / MEGABYTE


def disk(place: Place, count: int) -> float:
    """Return the megabytes on the disk that a report takes, in the folder and in the database."""
    size = sum(one.stat().st_size for one in place.folder.rglob("*") if one.is_file())
    address = place.engines.store.get_secret_value()
    size += database_size(address) if address else 0
    return size / count / MEGABYTE


def bench(
    places: Mapping[int, Place], models: Path, repetitions: int, clock: Clock
) -> Mapping[int, Taken]:
    """Return what every library took, by its number of reports: medians over the repetitions."""
    encoder = Drawn(SentenceEncoder(models=models))
    encoder.encode_questions(["先把模型载入"])
    runs: dict[int, list[Taken]] = {count: [] for count in places}
    for turn in range(repetitions + 1):
        for count, place in places.items():
            taken = work(place, encoder, count, clock)
            if turn:  # the first warms what the operating system keeps of the files
                runs[count].append(taken)
    return {
        count: {name: statistics.median(one[name] for one in some) for name in IN_SECONDS}
        | {
            MEMORY: memory(places[count], models, (FIGURE,)),
            MEMORY_READ: memory(places[count], models, (FIGURE, *READER)),
            DISK: disk(places[count], count),
        }
        for count, some in runs.items()
    }


def table(taken: Mapping[int, Taken]) -> str:
    """Return a table as Markdown: what each library took, and how many times the smallest."""
    counts = list(taken)
    head = ["量的是", *(f"{count} 份" for count in counts)]
    lines = [head, ["---"] * len(head)]
    for name in taken[counts[0]]:
        own = [taken[count][name] for count in counts]
        shown = [_shown(name, value) for value in own]
        times = [
            f"{text}（{value / own[0]:.1f} 倍）" for text, value in zip(shown, own, strict=True)
        ]
        lines.append([name, shown[0], *times[1:]])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(name: str, value: float) -> str:
    return f"{value * 1000:.1f} 毫秒" if name in IN_SECONDS else f"{value:.2f}"


def made(
    data: Path, sizes: Sequence[int], server: str, *, say: Callable[[str], None]
) -> Iterator[tuple[int, Place]]:
    """Yield a library of each size under a data folder, made where it is missing.

    `server` is the address of a PostgreSQL, {} for the name of a database, or "" for none.
    """
    encoder = Drawn(SentenceEncoder(models=data / "models"))
    for count in sizes:
        kind = "postgres" if server else "library"
        address = new_database(server, f"wenshu_{count}") if server else ""
        engines = Engines(store=SecretStr(address))
        place = Place(data / "corpora" / str(count) / kind, engines)
        started, used = time.perf_counter(), processor_seconds()
        with place.open(encoder) as library:
            grow(library, count, progress=lambda _, done, total: say(f"{done}/{total}"))
        say(f"{time.perf_counter() - started:.1f} s, {processor_seconds() - used:.1f} s of CPU")
        yield count, place


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--data", type=Path, default=Path(".wenshu"), help="where the model is")
    parser.add_argument("--postgres", action="store_true", help="keep the libraries in PostgreSQL")
    parser.add_argument("--processor", action="store_true", help="count the processors' time")
    chosen = parser.parse_args()
    clock = processor_seconds if chosen.processor else time.perf_counter
    with postgres() if chosen.postgres else nullcontext("") as server:
        places = dict(made(chosen.data, chosen.sizes, server, say=print))
        print(table(bench(places, chosen.data / "models", chosen.repetitions, clock)))


if __name__ == "__main__":
    main()
