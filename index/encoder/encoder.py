"""What turns text into vectors, behind a protocol; nothing here loads a model before it is needed.

The default model is run by `index.encoder.onnx_runtime`, which starts in a fraction of a second;
any other by `index.encoder.sentence_transformer`, over torch, which takes seconds and hundreds of
megabytes. Either is loaded by name when the first text is to be encoded: a question that is
answered by a fact needs none of it.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder.onnx_runtime import OnnxModel
    from index.encoder.sentence_transformer import Transformer

DEFAULT = "multilingual-e5-small-zh-4"


class Encoder(Protocol):
    """Turns text into unit vectors; every vector of one encoder has the same length."""

    @property
    def name(self) -> str:
        """What the encoder is called in the manifest of an index; asking it loads nothing."""

    def encode_passages(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a row of length 1 for each text: float32, (texts, dimension)."""

    def encode_questions(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a row of length 1 for each question: float32, (texts, dimension)."""


class SentenceEncoder:
    """A sentence-transformers model by folder or hub name; "" is the default model under `models`.

    It is loaded at the first text, the default model made first where it is not there; `notice` is
    told before work that takes seconds.
    """

    def __init__(
        self, model: str = "", *, models: Path, notice: Callable[[str], None] = lambda _: None
    ) -> None:
        self.name = model or DEFAULT
        self._model = model
        self._models = models
        self._notice = notice
        self._lock = Lock()
        self._loaded: OnnxModel | Transformer | None = None

    def encode_passages(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a row of length 1 for each text: float32, (texts, dimension)."""
        return self._running().encode(texts, prompts=("document", "passage"))

    def encode_questions(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a row of length 1 for each question: float32, (texts, dimension)."""
        return self._running().encode(texts, prompts=("query",))

    def joint_scores(self, pairs: "Sequence[Sequence[str]]") -> "NDArray[np.float32]":
        """Return how well candidates answer, 0 being as good as no answer: float32, (pairs,).

        A pair is a question and the pieces of what a candidate says. Of the default model alone.
        """
        if self._model:
            raise TypeError(f"{self.name} has no joint scorer")
        scores: NDArray[np.float32] = cast("OnnxModel", self._running()).scorer.scores(pairs)
        return scores

    def _running(self) -> "OnnxModel | Transformer":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load_other() if self._model else self._load_default()
            return self._loaded

    def _load_default(self) -> "OnnxModel":
        folder = self._models / DEFAULT
        if not folder.is_dir():
            self._notice("正在生成默认模型（只做一次）…")
            import_module("index.encoder.default_model").default_model(self._models, name=DEFAULT)
        loaded: OnnxModel = import_module("index.encoder.onnx_runtime").load_model(folder)
        return loaded

    def _load_other(self) -> "Transformer":
        self._notice("正在载入模型…")
        module = import_module("index.encoder.sentence_transformer")
        loaded: Transformer = module.load_transformer(self._model)
        return loaded
