"""Writes a model in the format E5S1 as a folder that sentence-transformers loads."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from embeddings.e5s1 import E5Model
from embeddings.encoder import Vectors
from embeddings.unigram import tokenizer_config, tokenizer_json

CONVERSION = "1"
"""Goes up whenever the files written here change."""

_PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
_EMBEDDINGS = {
    "embeddings.word_embeddings.weight": "emb.word",
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
}
_LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def write_model(model: E5Model, folder: Path) -> None:
    """Fill an empty folder; every file has the same bytes on every machine. Raises OSError, ModelError."""
    _write_json(folder / "config.json", _config(model))
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": model.positions, "do_lower_case": False})
    _write_json(folder / "config_sentence_transformers.json", {"prompts": _PROMPTS, "similarity_fn_name": "cosine"})
    _write_json(folder / "tokenizer_config.json", tokenizer_config(model))
    (folder / "tokenizer.json").write_text(tokenizer_json(model), encoding="utf-8", newline="\n")
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": model.hidden, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True},
    )
    (folder / "2_Normalize").mkdir()
    _write_weights(model, folder / "model.safetensors")


_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def _config(model: E5Model) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": model.vocabulary,
        "hidden_size": model.hidden,
        "num_hidden_layers": model.layers,
        "num_attention_heads": model.heads,
        "intermediate_size": model.feed_forward,
        "max_position_embeddings": model.positions,
        "type_vocab_size": model.types,
        "layer_norm_eps": float(f"{model.epsilon:.6g}"),
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": model.pad,
        "bos_token_id": model.bos,
        "eos_token_id": model.eos,
        "dtype": "float32",
    }


def _write_weights(model: E5Model, path: Path) -> None:
    """Write the weights in the format safetensors, tensor after tensor, so that it takes little memory."""
    shapes = dict(_shapes(model))
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, (shape, _) in shapes.items():
        start, end = end, end + 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for shape, source in shapes.values():
            for values in _values(model, source, int(np.prod(shape))):
                file.write(values.astype("<f4", copy=False).tobytes())


def _values(model: E5Model, source: str | None, count: int) -> Iterator[Vectors]:
    if source is None:
        yield np.zeros(count, dtype=np.float32)
    else:
        yield from model.weights(source, count)


def _shapes(model: E5Model) -> Iterator[tuple[str, tuple[list[int], str | None]]]:
    """Names as transformers has them, with the shape and the name in the file (None: not there, all zero)."""
    hidden, wide = model.hidden, model.feed_forward
    rows = {"emb.word": model.vocabulary, "emb.pos": model.positions, "emb.type": model.types}
    for name, source in _EMBEDDINGS.items():
        yield name, ([rows[source], hidden] if source in rows else [hidden], source)
    outputs = {"fi": wide}
    inputs = {"fo": wide}
    for layer in range(model.layers):
        for name, source in _LAYER.items():
            size = outputs.get(source, hidden)
            weight = [size] if source.endswith("ln") else [size, inputs.get(source, hidden)]
            yield f"encoder.layer.{layer}.{name}.weight", (weight, f"l{layer}.{source}.w")
            yield f"encoder.layer.{layer}.{name}.bias", ([size], f"l{layer}.{source}.b")
    yield "pooler.dense.weight", ([hidden, hidden], None)
    yield "pooler.dense.bias", ([hidden], None)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
