"""Compare indexing some reports with what the encoder alone needs for their passages, in one run.

    python -m scripts.bench_index REPORTS [--data FOLDER]

Prints both in seconds and their ratio. Only the ratio means anything on a shared machine.
"""

import argparse
import tempfile
import time
from pathlib import Path

from index.encoder.encoder import SentenceEncoder
from index.files import report_files
from index.library import Library

BATCH = 8


def seconds_to_index(files: list[Path], encoder: SentenceEncoder, folder: Path) -> float:
    """Return how long adding the files to an empty library takes."""
    started = time.perf_counter()
    with Library.open(folder, encoder=lambda: encoder) as library:
        library.add(files)
    return time.perf_counter() - started


def seconds_to_encode(encoder: SentenceEncoder, folder: Path) -> tuple[int, float]:
    """Return the number of passages of a library, and how long the encoder alone needs for them."""
    with Library.open(folder, encoder=lambda: encoder) as library:
        texts = [p.text for report in library.reports() for p in library.passages(report.id)]
    texts.sort(key=len)
    started = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        encoder.encode_passages(texts[at : at + BATCH])
    return len(texts), time.perf_counter() - started


def main() -> None:
    """Read the command line and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--data", type=Path, default=Path(".wenshu"), help="where the model is")
    options = parser.parse_args()
    files = list(report_files([options.reports]))
    encoder = SentenceEncoder(models=options.data / "models")
    encoder.encode_passages(["先把模型载入"])
    with tempfile.TemporaryDirectory() as folder:
        whole = seconds_to_index(files, encoder, Path(folder))
        count, alone = seconds_to_encode(encoder, Path(folder))
    print(f"{len(files)} 份报告，{count} 段：入库 {whole:.1f} 秒，单独编码 {alone:.1f} 秒")
    print(f"入库是单独编码的 {whole / alone:.2f} 倍")


if __name__ == "__main__":
    main()
