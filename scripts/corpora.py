"""Made-up libraries of any size: the samples, told of other bodies and years with other figures.

    python -m scripts.corpora COUNT FOLDER [--data FOLDER]

Every text is read by the real rules. Vectors are drawn, each around that of the sample's own words,
so that neither a thousand reports nor ten thousand take the hours that encoding them would. A
larger library holds the reports of a smaller one and further ones. The reports are added in steps,
those that are there are passed over.
"""

import argparse
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.cli.console import Bar
from corpus.entities.body_names import name_to_body
from corpus.lexicon.data_files import read_data
from corpus.model.types import Report
from corpus.pipeline import file_to_parts
from index.encoder.encoder import Encoder, SentenceEncoder
from index.hits import Progress, silent
from index.library import Library

SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
# The first and the second character of invented places: 青山, 石河.
FIRST, SECOND = "青石云柳白望桃松竹梅金银", "山河岭桥湖坪溪塘湾坡港滩"
PLACE = re.compile(f"[{FIRST}][{SECOND}]")
YEARS = 4  # reports of one body
# An amount as the samples print it, and no percentage, which stays what it is.
AMOUNT = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+(?=万?元))(?![\d,.]|%|个?百分点)"
)
YEAR = re.compile(r"(?<![\d,.])20[12]\d(?![\d,.])")
DIGITS = re.compile(r"\d[\d,.]*")
WHENCE = re.compile(r"【示例】.*\n")  # of a sample: its figures are those of an original
COUNTIES_OF_A_CITY = 12
SPREAD = 0.3  # how far a drawn vector lies from that of the sample's words
STEP = 200  # reports that are added together


@cache
def samples() -> tuple[Report, ...]:
    """Return the samples, the latest year last of each body."""
    return tuple(file_to_parts(path).report for path in sorted(SAMPLES.iterdir()))


def place(number: int) -> str:
    """Return the name of an invented place without its kind; neighbours differ in both halves."""
    turn, first = divmod(number % (len(FIRST) * len(SECOND)), len(FIRST))
    return FIRST[first] + SECOND[(first + turn) % len(SECOND)]


@cache
def bodies_of_a_county() -> tuple[tuple[str, str, tuple[Report, ...]], ...]:
    """Return what bodies a county has: each its name in a sample, its own one, and its samples.

    Beside those of the samples there is every other bureau, which prints what 财政局 prints.
    """
    held: dict[str, list[Report]] = {}
    for report in samples():
        held.setdefault(report.organisation, []).append(report)
    own = [(name_to_body(name).own, tuple(some)) for name, some in held.items()]
    bureau = next((name, some) for name, some in own if name.endswith("局"))
    others = (name for name in read_data("organisations")["bodies"] if name.endswith("局"))
    return (
        *((name, name, some) for name, some in own),
        *((bureau[0], other, bureau[1]) for other in others if other != bureau[0]),
    )


def made_up(number: int) -> tuple[str, str]:
    """Return the name and the text of a made-up report; the same number gives the same one."""
    body, year = divmod(number, YEARS)
    kinds = bodies_of_a_county()
    county, kind = divmod(body, len(kinds))
    told, own, some = kinds[kind]
    sample = some[year % len(some)]
    text = _elsewhere(sample, city=place(county // COUNTIES_OF_A_CITY), county=place(-1 - county))
    text = WHENCE.sub("", text).replace(told, own)
    later = (year // len(some)) * len(some) - YEARS + 1
    text = YEAR.sub(lambda match: str(int(match.group()) + later), text)
    factor = 2 + crc32(f"{body} {year}".encode()) % 7
    text = AMOUNT.sub(lambda match: _times(match.group(), factor), text)
    return f"{number}.txt", text


def _elsewhere(sample: Report, *, city: str, county: str) -> str:
    """Return the text of a sample with the places of its body replaced."""
    *above, last = name_to_body(sample.organisation).places
    text = sample.text
    for step in above:
        text = text.replace(step, city + "市")
    return text.replace(last[:-1], county)


def _times(printed: str, factor: int) -> str:
    """Return an amount that is some times as large, printed alike."""
    _, _, decimals = printed.partition(".")
    value = int(printed.replace(",", "").replace(".", "")) * factor
    whole, rest = divmod(value, 10 ** len(decimals))
    head = f"{whole:,}" if "," in printed else str(whole)
    return f"{head}.{rest:0{len(decimals)}}" if decimals else head


class Drawn:
    """An encoder that draws the vector of a text around that of its words without names and digits.

    Those it encodes, once. Questions are encoded as they are.
    """

    def __init__(self, real: Encoder) -> None:
        self._real = real
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """The name of the encoder that it draws around: its libraries are read as those of it."""
        return self._real.name

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length 1 for each text."""
        plain = [DIGITS.sub("0", PLACE.sub("", text)) for text in texts]
        new = sorted(set(plain) - self._known.keys(), key=len)
        if new:
            self._known |= zip(new, self._real.encode_passages(new), strict=True)
        rows = np.stack([self._known[one] for one in plain])
        drawn = rows + np.stack([_noise(text, rows.shape[1]) for text in texts])
        unit: NDArray[np.float32] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        return unit

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length 1 for each question."""
        return self._real.encode_questions(texts)

    def joint_scores(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return how well candidates answer, as the real encoder finds it."""
        return cast("SentenceEncoder", self._real).joint_scores(pairs)


def _noise(text: str, dimension: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(crc32(text.encode())).standard_normal(dimension, np.float32)
    noise: NDArray[np.float32] = drawn * np.float32(SPREAD / dimension**0.5)
    return noise


def write_made_up(folder: Path, numbers: Iterable[int]) -> list[Path]:
    """Write made-up reports into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in map(made_up, numbers):
        (folder / name).write_text(text, encoding="utf-8")
        files.append(folder / name)
    return files


def grow(library: Library, count: int, *, progress: Progress = silent) -> None:
    """Add the made-up reports that a library lacks of so many, some at a time."""
    held = {report.name for report in library.reports()}
    numbers = [number for number in range(count) if f"{number}.txt" not in held]
    for start in range(0, len(numbers), STEP):
        some = numbers[start : start + STEP]
        with TemporaryDirectory() as folder:
            library.add(write_made_up(Path(folder), some))
        progress("编造", start + len(some), len(numbers))


def main() -> None:
    """Read the command line and make a library."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path, help="of the library")
    parser.add_argument("--data", type=Path, default=Path(".wenshu"), help="where the model is")
    chosen = parser.parse_args()
    encoder = Drawn(SentenceEncoder(models=chosen.data / "models"))
    with Bar() as bar, Library.open(chosen.folder, encoder=lambda: encoder) as library:
        grow(library, chosen.count, progress=bar.show)


if __name__ == "__main__":
    main()
