"""The default model without torch: the only module that imports onnxruntime and tokenizers.

What runs are the graphs of `index.encoder.onnx_network` over the weights of the model's folder. The
tuned upper layers of the joint scorer are put together once and lie in that folder beside them.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

# Read at import: a text is cut so fast that threads for it are not worth their start; and from 1.29
# on ONNX Runtime reports to its maker unless it is told not to. What an office asks stays with it.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.model.errors import BadSettings
from index.encoder.adapter import (
    SCORER,
    TensorFile,
    Tensors,
    adapted,
    fingerprint,
    load_tensors,
    write_tensors,
)
from index.encoder.batches import batches
from index.encoder.joint_scorer import JointScorer
from index.encoder.onnx_file import Graph
from index.encoder.onnx_network import UPPER, Sizes, joint, lower, upper

LONGEST = 512  # tokens of a text that are read
WORDS, POSITIONS, TYPES = (
    f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")
)
LAYER = "encoder.layer."
Floats = NDArray[np.float32]


class OnnxModel:
    """A folder of the default model, loaded; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        told = json.loads(
            (folder / "config_sentence_transformers.json").read_text(encoding="utf-8")
        )
        self._folder = folder
        self._prompts: dict[str, str] = told["prompts"]
        self._sizes = Sizes(
            width=config["hidden_size"],
            heads=config["num_attention_heads"],
            layers=config["num_hidden_layers"],
            epsilon=config["layer_norm_eps"],
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._weights = TensorFile.open(folder / "model.safetensors")
        self._places = self._weights.tensor(POSITIONS) + self._weights.tensor(TYPES)[0]
        self._lower = _session(lower(_graph(self._weights), self._sizes), folder)
        self._upper = _session(upper(_graph(self._weights), self._sizes), folder)

    def encode(self, texts: Sequence[str], *, prompts: Sequence[str]) -> Floats:
        """Return unit rows, after putting before each text the model's own prompt of these names.

        Of `prompts` the first that the model defines is taken; none where it defines none.
        """
        prompt = next((found for name in prompts if (found := self._prompts.get(name))), "")
        vectors = np.empty((len(texts), self._sizes.width), np.float32)
        for chosen, states, mask in self._read([prompt + text for text in texts], LONGEST):
            (vectors[chosen],) = self._upper.run(None, {"states": states, "mask": mask})
        return vectors

    def states(self, texts: Sequence[str], longest: int) -> list[Floats]:
        """Return the states of the tokens of each text after the lower layers, up to `longest`."""
        found: list[Floats] = [np.empty(0, np.float32)] * len(texts)
        for chosen, states, mask in self._read(texts, longest):
            ends = np.cumsum(mask.sum(1).astype(np.int64))
            for at, own in zip(chosen, np.split(states, ends[:-1]), strict=True):
                found[at] = own.copy()  # a view would keep the states of all
        return found

    @cached_property
    def scorer(self) -> JointScorer:
        """The scorer that shares the lower layers of this model."""
        made = _joint_session(self._folder, self._weights, self._sizes)

        def score(states: Floats, segments: NDArray[np.int64], mask: Floats) -> Floats:
            fed = {"states": states, "segments": segments, "mask": mask}
            scores: Floats = made.run(None, fed)[0]
            return scores

        return JointScorer(self.states, score)

    def _read(
        self, texts: Sequence[str], longest: int
    ) -> Iterator[tuple[list[int], Floats, Floats]]:
        """Yield numbers of texts of like length, the states of their tokens and their mask.

        The states stand text by text, without the padding that the mask tells of.
        """
        cut = [_cut(one.ids, longest) for one in self._tokenizer.encode_batch_fast(list(texts))]
        for chosen in batches([len(tokens) for tokens in cut]):
            embedded, mask = self._embed([cut[at] for at in chosen])
            (states,) = self._lower.run(None, {"embedded": embedded, "mask": mask})
            yield chosen, states, mask

    def _embed(self, cut: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        longest = max(map(len, cut))
        mask = np.array([[1] * len(one) + [0] * (longest - len(one)) for one in cut], np.float32)
        words, at = np.unique([number for one in cut for number in one], return_inverse=True)
        places = np.concatenate([self._places[: len(one)] for one in cut])
        return self._weights.rows(WORDS, words)[at] + places, mask


def load_model(folder: Path) -> OnnxModel:
    """Load the default model from its folder; raise `BadSettings` where that is damaged."""
    try:
        return OnnxModel(folder)
    except Exception as error:  # each of three libraries has its own
        raise BadSettings(f"默认模型读不了：请删掉文件夹 {folder}，会重新生成。") from error


def _cut(tokens: list[int], longest: int) -> list[int]:
    """Return what is read of the tokens of a text; the last is the mark of its end."""
    return tokens if len(tokens) <= longest else [*tokens[: longest - 1], tokens[-1]]


def _graph(weights: TensorFile) -> Graph:
    return Graph(weights.path.name, weights.places)


def _session(model: bytes, folder: Path) -> onnxruntime.InferenceSession:
    """Return what runs a model over the weights of a folder."""
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry(
        "session.model_external_initializers_file_folder_path", str(folder)
    )
    # Threads that wait must not turn, nor memory be kept for the longest text that ever came.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    threads = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    options.intra_op_num_threads = int(threads) if threads.isdecimal() else 0  # 0: one a core
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _joint_session(folder: Path, weights: TensorFile, sizes: Sizes) -> onnxruntime.InferenceSession:
    """Return what runs the tuned upper layers, which are put together where they are not yet."""
    path = folder / f"joint-{fingerprint(SCORER)}.safetensors"
    if path.is_file():
        with suppress(Exception):  # a damaged one is put together again
            return _session_over(path, sizes)
    tensors = tuned(weights, sizes.layers, load_tensors(SCORER))
    try:
        _write(tensors, path)
    except OSError:
        # A folder that can only be read: they are put together each time.
        with TemporaryDirectory() as passing:
            write_tensors(tensors, Path(passing) / path.name)
            return _session_over(Path(passing) / path.name, sizes)
    return _session_over(path, sizes)


def _session_over(path: Path, sizes: Sizes) -> onnxruntime.InferenceSession:
    return _session(joint(_graph(TensorFile.open(path)), sizes), path.parent)


def tuned(weights: TensorFile, count: int, tensors: Tensors) -> Tensors:
    """Return the tensors of the joint scorer: the upper ones of `count` layers, as trained.

    `tensors` is what training changed, its names as in `layers.0...`, and the head under `joint.`.
    """
    kept = count - UPPER
    layers = {
        f"layers.{int(number) - kept}.{rest}": weights.tensor(name)
        for name in weights.places
        if name.startswith(LAYER)
        for number, _, rest in [name.removeprefix(LAYER).partition(".")]
        if int(number) >= kept
    }
    head = {name[6:]: one for name, one in tensors.items() if name.startswith("joint.")}
    changed = {name: one for name, one in tensors.items() if name.startswith("layers.")}
    return adapted(layers, changed) | head


def _write(tensors: Tensors, path: Path) -> None:
    """Write tensors beside `path` and rename them: a file that is there is whole."""
    with NamedTemporaryFile(dir=path.parent, prefix=".making-", delete=False) as unfinished:
        half = Path(unfinished.name)
    try:
        write_tensors(tensors, half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
