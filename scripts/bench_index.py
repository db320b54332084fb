"""What encoding costs: indexing beside the encoder alone, the encoder beside sentence-transformers.

    python -m scripts.bench_index REPORTS [--data FOLDER] [--repetitions 3] [--processor]

Some reports are indexed, and their passages encoded alone, once by the encoder that is used and
once by `SentenceTransformer.encode` with its defaults, in float32, over the same weights; then
every question of `scripts.bench` by both. Those that are held against each other take turns; only
the ratios mean anything on a shared machine. Printed last is for how many questions the nearest
passage is the same by the vectors of both. With `--processor` the time of all processors is
counted instead of the clock's.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import DEFAULT, Encoder, SentenceEncoder
from index.files import report_files
from index.library import Library
from scripts.bench import QUESTIONS, Beside, Clock, processor_seconds, seconds, table

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def indexing(
    files: Sequence[Path], encoder: Encoder, folder: Path, clock: Clock
) -> tuple[Beside, list[str]]:
    """Return what adding files to an empty library takes beside their encoding, and passages."""
    with Library.open(folder, encoder=lambda: encoder) as library:
        whole = seconds(lambda: library.add(files), clock)
        texts = [p.text for report in library.reports() for p in library.passages(report.id)]
    alone = seconds(lambda: encoder.encode_passages(texts), clock)
    return Beside("入库", "单独编码段落", [whole], [alone]), texts


def encoding(
    name: str, own: Encode, other: Encode, batches: Sequence[Sequence[str]], clock: Clock
) -> Beside:
    """Return how long texts take one encoder beside another, by the batches they are given in."""
    taken: tuple[list[float], list[float]] = ([], [])
    for texts in batches:
        for encode, own_time in zip((own, other), taken, strict=True):
            own_time.append(seconds(partial(encode, texts), clock))
    return Beside(name, "SentenceTransformer.encode", *taken)


def same_nearest(
    own: tuple[Encode, Encode], other: tuple[Encode, Encode], asked: Sequence[str],
    texts: Sequence[str],
) -> int:  # fmt: skip
    """Return for how many questions two encoders, of questions and passages, find the same text."""
    nearest = [(of(asked) @ passages(texts).T).argmax(axis=1) for of, passages in (own, other)]
    return int((nearest[0] == nearest[1]).sum())


def plain_encoder(folder: Path) -> tuple[Encode, Encode]:
    """Return what `SentenceTransformer.encode` makes of questions and of passages by its defaults.

    Only the prompt is named, as the model's own makers do.
    """
    kind = import_module("sentence_transformers").SentenceTransformer
    encode = kind(str(folder), device="cpu", local_files_only=True).encode
    return partial(encode, prompt_name="query"), partial(encode, prompt_name="document")


def main() -> None:
    """Read the command line and print the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--data", type=Path, default=Path(".wenshu"), help="where the model is")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--processor", action="store_true", help="count the processors' time")
    chosen = parser.parse_args()
    clock = processor_seconds if chosen.processor else time.perf_counter
    encoder = SentenceEncoder(models=chosen.data / "models")
    encoder.encode_passages(["先把模型载入"])
    own = encoder.encode_questions, encoder.encode_passages
    other = plain_encoder(chosen.data / "models" / DEFAULT)
    other[1](["先把模型载入"])
    files = list(report_files([chosen.reports]))
    with tempfile.TemporaryDirectory() as folder:
        whole, texts = indexing(files, encoder, Path(folder), clock)
    asked = [words for some in QUESTIONS.values() for words in some]
    rows = [
        whole,
        encoding("编码全部段落", own[1], other[1], [texts] * chosen.repetitions, clock),
        encoding("编码一个问题", own[0], other[0], [[words] for words in asked], clock),
    ]
    print(f"{len(files)} 份报告，{len(texts)} 段\n{table(rows)}")
    same = same_nearest(own, other, asked, texts)
    print(f"{len(asked)} 个问题里，最近的段落相同的有 {same} 个")


if __name__ == "__main__":
    main()
