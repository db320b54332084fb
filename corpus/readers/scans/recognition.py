"""The one way into rapidocr: the lines of a picture, character by character, with their scores.

Its models come with its package and are named here by their paths, so that it never looks for
others on the net. Whoever imports this loads it: only a page without text is worth that.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# From 1.29 on ONNX Runtime reports to its maker unless it is told not to, before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import rapidocr
from numpy.typing import NDArray

from corpus.readers.pdf.pdfium import Pixels

SURE = 0.9  # a score below this is a guess
_MODELS = Path(rapidocr.__file__).parent / "models"
_UPRIGHT = 1.5  # times as high as wide: the library turns such a line before it reads it
_OPTIONS: dict[str, object] = {
    "Global.log_level": "critical",
    # What turns lines that stand on their heads also turns numbers that do not.
    "Global.use_cls": False,
    "Global.max_side_len": 4000,
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    # Lines are found on a smaller picture, in a quarter of the time, and read from the large one.
    "Det.limit_type": "max",
    "Det.limit_side_len": 1280,
    "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
    "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
    "EngineConfig.onnxruntime.intra_op_num_threads": min(2, os.cpu_count() or 1),
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Character(NamedTuple):
    """A character with its middle, counted in pixels from the left, and how sure it is, 0 to 1."""

    char: str
    x: float
    score: float


class Reading(NamedTuple):
    """A line as it was recognised: its characters, its upper and lower edge, how sure it is.

    `upright` is set where it stands on end: its page lies on its side.
    """

    characters: tuple[Character, ...]
    top: float
    bottom: float
    score: float
    upright: bool = False


@cache
def _engine() -> Any:
    return rapidocr.RapidOCR(params=_OPTIONS)


def recognise(picture: Pixels) -> tuple[Reading, ...]:
    """Read the lines of an upright picture (height x width x 3)."""
    said = _engine()(picture)
    if said.txts is None:
        return ()
    found = zip(said.boxes, said.scores, said.word_results, strict=True)
    return tuple(_reading(box, float(score), words) for box, score, words in found)


def recognise_lines(pictures: Sequence[Pixels]) -> tuple[tuple[str, float], ...]:
    """Read pictures that hold one line each: its text, and how sure the least sure part of it is.

    It is not looked for where in them the line stands; where none is made out, the text is empty.
    """
    said = _engine().recognize_txt(list(pictures))
    read = zip(said.txts, said.scores, said.word_results, strict=True)
    return tuple(
        ("".join(text.split()), min(map(float, (score, *words.confs))))
        for text, score, words in read
    )


def _reading(box: NDArray[np.float32], score: float, words: Any) -> Reading:
    tops, bottoms = box[:2, 1], box[2:, 1]
    top, bottom = float(tops.mean()), float(bottoms.mean())
    upright = bottom - top > _UPRIGHT * float(np.ptp(box[:, 0]))
    return Reading(tuple(_characters(words)), top, bottom, score, upright)


def _characters(words: Any) -> Iterator[Character]:
    for char, score, corners in words:
        across = [float(x) for x, _ in corners]
        if char.strip():
            yield Character(char, (min(across) + max(across)) / 2, float(score))
