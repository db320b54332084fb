"""Any other model than the default: the only module that imports sentence-transformers."""

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

# Read at import by the libraries below: a folder needs no network, bars are the caller's, and
# nothing is reported to anybody.
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from corpus.model.errors import BadSettings


class Transformer:
    """A loaded model; safe to use from several threads.

    A tokenizer keeps its padding between calls and may not be shared while in use, so texts are
    cut under a lock; the network, where the time goes, runs without.
    """

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        self._lock = Lock()
        self._prompts: Mapping[str, str | None] = model.prompts

    def encode(self, texts: Sequence[str], *, prompts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, after putting before each text the model's own prompt of these names.

        Of `prompts` the first that the model defines is taken; none where it defines none.
        """
        prompt = next((found for name in prompts if (found := self._prompts.get(name))), "")
        with self._lock:
            features = self._model.preprocess([prompt + text for text in texts])
        with torch.inference_mode():
            rows = self._model(features)["sentence_embedding"]
            unit = torch.nn.functional.normalize(rows.float(), dim=1)
        vectors: NDArray[np.float32] = unit.cpu().numpy()
        return vectors


def load_transformer(model: str) -> Transformer:
    """Load a model from a folder or by its hub name; raise `BadSettings` where there is none."""
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    local = Path(model).is_dir()
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=local)
    except (OSError, ValueError) as error:
        raise BadSettings(
            f"载入不了模型“{model}”：请检查 WENSHU_MODEL 是不是一个模型文件夹或可以下载的模型名。"
        ) from error
    loaded.eval()
    return Transformer(loaded)
