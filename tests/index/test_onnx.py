"""The default model without torch: the graphs give what torch gives, to the fourth decimal."""

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from corpus.model.errors import BadSettings
from index.encoder import onnx_runtime
from index.encoder.adapter import SCORER, TensorFile, Tensors, difference, fingerprint
from index.encoder.batches import batches
from index.encoder.joint import Joint, joined, mean, through
from index.encoder.joint_scorer import LONGEST_PIECE
from index.encoder.onnx_network import UPPER
from index.encoder.onnx_runtime import OnnxModel, load_model

WIDTH, LAYERS = 16, 6
LETTERS = "问多少查数决算三公经费钱表培训甲乙丙|。"
LONG = ("问多少", "查数决算", "三公经费决算钱|决算表", "培训费")
SHORT = ("问", "查数")
TEXTS = ("三公经费多少", "问", "培训费决算表。" * 12)


@pytest.fixture
def network() -> BertModel:
    """A network of six small layers, every weight of which tells."""
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=3 + len(LETTERS),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        layer_norm_eps=1e-12,
    )
    made = BertModel(config)
    with torch.no_grad():
        for weight in made.parameters():
            weight.add_(torch.randn_like(weight) * 0.1)
    made.set_attn_implementation("eager")
    made.requires_grad_(False).eval()  # type: ignore[no-untyped-call]
    return made


@pytest.fixture
def tuned(network: BertModel) -> Joint:
    """Upper layers as training might leave them: every weight moved a little."""
    torch.manual_seed(2)
    joint = Joint(deepcopy(network.encoder.layer[-UPPER:]), WIDTH)
    with torch.no_grad():
        for weight in joint.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    return joint.requires_grad_(False).eval()


@pytest.fixture
def folder(network: BertModel, tmp_path: Path) -> Path:
    """The network as a folder of the default model; a letter is a word."""
    made = tmp_path / "模型 one"
    made.mkdir()
    weights = {name: one.numpy() for name, one in network.state_dict().items()}
    save_file(weights, made / "model.safetensors")
    config = network.config.to_dict()
    (made / "config.json").write_text(json.dumps(config, default=str), encoding="utf-8")
    told = {"prompts": {"query": "问", "document": "数"}}
    (made / "config_sentence_transformers.json").write_text(json.dumps(told), encoding="utf-8")
    words = {word: at for at, word in enumerate(("<s>", "</s>", "<unk>", *LETTERS))}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.BertProcessing(("</s>", 1), ("<s>", 0))
    tokenizer.save(str(made / "tokenizer.json"))
    return made


@pytest.fixture
def tensors(network: BertModel, tuned: Joint, monkeypatch: pytest.MonkeyPatch) -> Tensors:
    """What training changed in the upper layers, and the head, as they are shipped."""
    before = network.encoder.layer[-UPPER:].state_dict()
    layers = difference(
        {f"layers.{name}": one.numpy() for name, one in tuned.layers.state_dict().items()},
        {f"layers.{name}": one.numpy() for name, one in before.items()},
        rank=WIDTH,
    )
    head = {
        f"joint.{name}": one.numpy()
        for name, one in tuned.state_dict().items()
        if not name.startswith("layers.")
    }
    monkeypatch.setattr(onnx_runtime, "load_tensors", lambda _: layers | head)
    return layers | head


def ids(text: str, longest: int) -> list[int]:
    return [0, *(3 + LETTERS.index(letter) for letter in text[: longest - 2]), 1]


def states(network: BertModel, text: str, longest: int, layers: int) -> torch.Tensor:
    """Return what torch makes of a text by itself: (1, tokens, width)."""
    fed = torch.tensor([ids(text, longest)])
    return through(network.encoder.layer[:layers], network.embeddings(fed), torch.ones(fed.shape))


def vector(network: BertModel, text: str) -> list[float]:
    hidden = states(network, text, 512, LAYERS)
    pooled = mean(hidden, torch.ones(hidden.shape[:2]))
    found: list[float] = torch.nn.functional.normalize(pooled, dim=1)[0].tolist()
    return found


def scores(network: BertModel, tuned: Joint, pairs: Sequence[Sequence[str]]) -> list[float]:
    read = [
        [states(network, piece, LONGEST_PIECE, LAYERS - UPPER)[0] for piece in pair]
        for pair in pairs
    ]
    found: list[float] = tuned(*joined(read)).tolist()
    return found


def test_a_text_has_the_vector_that_torch_gives_it(network: BertModel, folder: Path) -> None:
    found = OnnxModel(folder).encode(TEXTS, prompts=("query",))
    assert found.dtype == np.float32
    expected = [vector(network, "问" + text) for text in TEXTS]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_the_first_prompt_that_is_there_is_put_before(network: BertModel, folder: Path) -> None:
    model = OnnxModel(folder)
    found = model.encode(TEXTS[:1], prompts=("passage", "document"))
    np.testing.assert_allclose(found, [vector(network, "数" + TEXTS[0])], atol=1e-5)
    found = model.encode(TEXTS[:1], prompts=("none",))
    np.testing.assert_allclose(found, [vector(network, TEXTS[0])], atol=1e-5)


def test_no_text_has_no_vector(folder: Path) -> None:
    assert OnnxModel(folder).encode([], prompts=("query",)).shape == (0, WIDTH)


def test_a_pair_scores_what_torch_gives_it(
    network: BertModel, tuned: Joint, folder: Path, tensors: Tensors
) -> None:
    pairs = [LONG, SHORT, (*LONG, "甲", "乙丙"), ("甲" * 60, "乙" * 47)]
    found = OnnxModel(folder).scorer.scores(pairs)
    np.testing.assert_allclose(found, scores(network, tuned, pairs), atol=1e-4)


def test_tuned_layers_are_put_together_once(
    network: BertModel, tuned: Joint, folder: Path, tensors: Tensors,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = OnnxModel(folder).scorer.scores([LONG])
    made = folder / f"joint-{fingerprint(SCORER)}.safetensors"
    assert list(folder.glob("*joint*")) == [made]
    assert set(TensorFile.open(made).places) == set(tuned.state_dict())
    monkeypatch.setattr(onnx_runtime, "load_tensors", lambda _: pytest.fail("made again"))
    assert OnnxModel(folder).scorer.scores([LONG]).tolist() == first.tolist()


def test_another_scorer_is_put_together_anew(
    network: BertModel, tuned: Joint, folder: Path, tensors: Tensors,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = OnnxModel(folder).scorer.scores([LONG])
    moved = tensors | {"joint.last.bias": tensors["joint.last.bias"] + 1}
    monkeypatch.setattr(onnx_runtime, "load_tensors", lambda _: moved)
    monkeypatch.setattr(onnx_runtime, "fingerprint", lambda _: "another")
    after = OnnxModel(folder).scorer.scores([LONG])
    np.testing.assert_allclose(after, before + 1, atol=1e-5)


@pytest.mark.parametrize("left", [b"", b"\x00" * 40], ids=["空文件", "坏文件"])
def test_damaged_tuned_layers_are_put_together_again(
    folder: Path, tensors: Tensors, left: bytes
) -> None:
    whole = OnnxModel(folder).scorer.scores([LONG])
    made = folder / f"joint-{fingerprint(SCORER)}.safetensors"
    size = made.stat().st_size
    made.write_bytes(left)
    assert OnnxModel(folder).scorer.scores([LONG]).tolist() == whole.tolist()
    assert made.stat().st_size == size


def test_a_folder_that_can_only_be_read_scores_as_well(
    network: BertModel, tuned: Joint, folder: Path, tensors: Tensors,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(onnx_runtime, "_write", refuse)
    found = OnnxModel(folder).scorer.scores([LONG])
    np.testing.assert_allclose(found, scores(network, tuned, [LONG]), atol=1e-4)
    assert list(folder.glob("*joint*")) == []


def test_a_damaged_folder_is_said(folder: Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadSettings, match="模型 one"):
        load_model(folder)


def test_texts_of_like_length_are_read_together() -> None:
    assert list(batches([5, 40, 6, 7, 41])) == [[0, 2, 3], [1, 4]]
    assert list(batches([250, 250, 250])) == [[0, 1], [2]]
    assert list(batches([9000, 1])) == [[1], [0]]
    assert list(batches([])) == []
