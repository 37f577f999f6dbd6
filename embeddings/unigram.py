"""The tokenizer of the packaged model, written as a `tokenizer.json` of the library `tokenizers`.

It splits any text exactly as the package's own engine does, which is how SentencePiece does it but for three things:
characters are replaced one by one (a letter with a loose accent is not joined), spaces at the end count, and each
character that is in no piece is an unknown token of its own.
"""

import base64
import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any

from embeddings.character_map import compile_character_map
from embeddings.e5s1 import E5Model

# `Precompiled` looks a letter and its accents up as one. A control character, which the map drops, keeps them apart.
_APART = "\x01"
_JOINS_ON = r"(?=[\p{M}\x{200c}\x{200d}\x{ff9e}\x{ff9f}])"


def tokenizer_json(model: E5Model) -> str:
    """The text of `tokenizer.json`."""
    specials = [model.bos, model.pad, model.eos, model.unk, model.pieces.index("<mask>")]
    replacements = {**model.replacements, ord(_APART): ""}
    parts: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_special(number, model.pieces[number]) for number in sorted(specials)],
        "normalizer": _normalizer(replacements),
        "pre_tokenizer": _pre_tokenizer(model, {model.pieces[number] for number in specials}),
        "post_processor": _post_processor(model),
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": model.unk,
            "vocab": [list(entry) for entry in zip(model.pieces, model.scores, strict=True)],
            "byte_fallback": False,
        },
    }
    return json.dumps(parts, ensure_ascii=False)


def tokenizer_config(model: E5Model) -> Mapping[str, object]:
    """The contents of `tokenizer_config.json`, read by the library `transformers`."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": model.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": model.pieces[model.bos],
        "cls_token": model.pieces[model.bos],
        "eos_token": model.pieces[model.eos],
        "sep_token": model.pieces[model.eos],
        "pad_token": model.pieces[model.pad],
        "unk_token": model.pieces[model.unk],
        "mask_token": "<mask>",
        "clean_up_tokenization_spaces": False,
    }


def _normalizer(replacements: Mapping[int, str]) -> Mapping[str, object]:
    characters = base64.b64encode(compile_character_map(replacements)).decode()
    return _sequence(
        "normalizers",
        [
            {"type": "Replace", "pattern": {"Regex": _JOINS_ON}, "content": _APART},
            {"type": "Precompiled", "precompiled_charsmap": characters},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ],
    )


def _pre_tokenizer(model: E5Model, specials: set[str]) -> Mapping[str, object]:
    """Words with a leading "▁"; a character of no piece stands alone, so that unknown ones are not taken together."""
    known = {character for piece in model.pieces if piece not in specials for character in piece}
    ranges = "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in _ranges(map(ord, known)))
    return _sequence(
        "pretokenizers",
        [
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True},
            {"type": "Split", "pattern": {"Regex": f"[^{ranges}]"}, "behavior": "Isolated", "invert": False},
        ],
    )


def _post_processor(model: E5Model) -> Mapping[str, object]:
    bos, eos = model.pieces[model.bos], model.pieces[model.eos]
    first: list[object] = [_part("SpecialToken", bos), _part("Sequence", "A"), _part("SpecialToken", eos)]
    second = [_part("SpecialToken", eos), _part("Sequence", "B"), _part("SpecialToken", eos)]
    return {
        "type": "TemplateProcessing",
        "single": first,
        "pair": first + second,
        "special_tokens": {
            token: {"id": token, "ids": [number], "tokens": [token]}
            for token, number in ((bos, model.bos), (eos, model.eos))
        },
    }


def _sequence(key: str, steps: list[Mapping[str, object]]) -> Mapping[str, object]:
    return {"type": "Sequence", key: steps}


def _part(kind: str, name: str) -> Mapping[str, object]:
    return {kind: {"id": name, "type_id": 0}}


def _special(number: int, text: str) -> Mapping[str, object]:
    return {
        "id": number,
        "content": text,
        "single_word": False,
        "lstrip": False,
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _ranges(values: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Runs of consecutive values, ascending."""
    for _, run in itertools.groupby(enumerate(sorted(values)), lambda entry: entry[1] - entry[0]):
        members = [value for _, value in run]
        yield members[0], members[-1]
