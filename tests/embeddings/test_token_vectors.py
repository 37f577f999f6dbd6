"""The vectors of a text's own tokens: against the model called directly, and where they stand in a question."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.encoder import Encoder, Vectors
from embeddings.models import load_encoder
from embeddings.sentence_transformer import BATCH_TOKENS, quiet_libraries
from tests.embeddings.sentences import SENTENCES

PREFIX_TOKENS = {"passage: ": 9, "query: ": 7}  # of the tiny model: a "▁", and a token for each other sign
MOST = 16


@pytest.fixture(scope="module")
def tiny(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(str(tiny_folder), tmp_path_factory.mktemp("unused"), pytest.fail)


@pytest.fixture(scope="module")
def model(tiny_folder: Path) -> Any:
    """The library's own model."""
    with quiet_libraries():
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(tiny_folder), device="cpu").eval()


def by_the_model(model: Any, prefix: str, text: str) -> Vectors:
    """The normalised token vectors of a text between the prefix and the last special token."""
    import torch

    inputs = model.tokenizer(prefix + text, truncation=True, max_length=MOST, return_tensors="pt")
    with torch.no_grad():
        (tokens,) = model[0](dict(inputs))["token_embeddings"].numpy()
    own: Vectors = tokens[1 + PREFIX_TOKENS[prefix] : -1]
    normalised: Vectors = own / np.linalg.norm(own, axis=1, keepdims=True)
    return normalised


@pytest.mark.parametrize(
    ("text", "passage", "question"),
    [
        ("x", 2, 2),
        ("een", 1, 1),
        ("een kat", 5, 5),
        ("een een", 2, 2),
        ("ab:c", 5, 5),
        ("é\t\tﬁ", 5, 5),
        ("x" * 99, 5, 7),
    ],
)
def test_tokens_are_those_of_the_text_alone(tiny: Encoder, model: Any, text: str, passage: int, question: int) -> None:
    (tokens,) = tiny.encode_passages_with_tokens([text]).tokens
    assert tokens.shape == (passage, 32)
    np.testing.assert_allclose(tokens, by_the_model(model, "passage: ", text), atol=1e-5)
    asked = tiny.encode_query_with_tokens(text).tokens
    assert asked.shape == (question, 32)
    np.testing.assert_allclose(asked, by_the_model(model, "query: ", text), atol=1e-5)


def test_the_vectors_of_texts_are_the_same_as_without_tokens(tiny: Encoder) -> None:
    texts = ["een", "", "de kat krabt", "x" * 99, "een"]
    encoded = tiny.encode_passages_with_tokens(texts)
    assert encoded.dense.dtype == np.float32
    np.testing.assert_allclose(encoded.dense, tiny.encode_passages(texts), atol=1e-6)
    for text in texts:
        np.testing.assert_allclose(tiny.encode_query_with_tokens(text).dense, tiny.encode_query(text), atol=1e-6)


def test_results_come_in_the_order_of_the_texts_and_progress_tells_of_all(tiny: Encoder) -> None:
    texts = ["abcdefgh"[: 1 + (7 * number) % 8] for number in range(BATCH_TOKENS // MOST + 300)]
    told: list[int] = []
    together = tiny.encode_passages_with_tokens(texts, told.append)
    assert sum(told) == len(texts)
    assert len(told) > 1
    alone = {text: tiny.encode_passages_with_tokens([text]) for text in set(texts)}
    for row, text in enumerate(texts):
        np.testing.assert_allclose(together.tokens[row], alone[text].tokens[0], atol=1e-5)
        np.testing.assert_allclose(together.dense[row], alone[text].dense[0], atol=1e-5)


def test_tokens_are_normalised_and_no_texts_have_none(tiny: Encoder) -> None:
    for tokens in tiny.encode_passages_with_tokens(["een", "de kat", "x" * 50]).tokens:
        assert tokens.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(tokens, axis=1), 1, rtol=1e-5)
    nothing = tiny.encode_passages_with_tokens([])
    assert (nothing.dense.shape, nothing.tokens) == ((0, 32), ())


@pytest.mark.parametrize("text", ["", " ", "</s>", "<s></s>", "<mask>", "\t"])
def test_a_text_without_words_has_one_token_at_least(tiny: Encoder, text: str) -> None:
    encoded = tiny.encode_passages_with_tokens([text, "een"])
    assert [len(tokens) >= 1 for tokens in encoded.tokens] == [True, True]
    asked = tiny.encode_query_with_tokens(text)
    assert len(asked.tokens) >= 1
    assert np.isfinite(asked.tokens).all()
    assert len(asked.spans) in (0, len(asked.tokens))


# where tokens stand


def test_spans_cut_a_question_at_its_pieces(tiny: Encoder) -> None:
    text = "een k: een x"
    asked = tiny.encode_query_with_tokens(text)
    assert [text[start:end].strip() for start, end in asked.spans] == ["een", "", "k", ":", "een", "", "x"]
    assert "".join(text[start:end] for start, end in asked.spans) == text


def test_spans_stay_with_the_signs_as_they_were_asked(tiny: Encoder) -> None:
    """One sign may be two letters to the model (ﬁ); white space at the ends belongs to no token."""
    for text in ("ﬁé", "é ﬁ", "een  de", " een ", "kat\tde"):
        asked = tiny.encode_query_with_tokens(text)
        assert len(asked.spans) == len(asked.tokens)
        assert all(0 <= start <= end <= len(text) for start, end in asked.spans)
        starts = [start for start, _ in asked.spans]
        assert starts == sorted(starts)
    (first, second, third, *_) = tiny.encode_query_with_tokens("ﬁé").spans
    assert (second, third) == ((0, 1), (0, 1))
    assert first[1] <= 1


def test_spans_end_where_the_model_reads_no_further(tiny: Encoder) -> None:
    asked = tiny.encode_query_with_tokens("abcdefghijk")
    assert len(asked.spans) == len(asked.tokens) == MOST - 2 - PREFIX_TOKENS["query: "]
    assert asked.spans[-1][1] == 6


def test_what_the_tokenizer_does_not_know_is_a_token_and_a_special_one_in_a_text_is_none(tiny: Encoder) -> None:
    for text, pieces in (("een Q k", ["een", "", "Q", "", "k"]), ("een </s> k", ["een", "", "", "k"])):
        asked = tiny.encode_query_with_tokens(text)
        assert [text[start:end].strip() for start, end in asked.spans] == pieces
        assert len(asked.tokens) == len(pieces)
        assert len(tiny.encode_passages_with_tokens([text]).tokens[0]) == min(5, len(pieces))


def test_eight_threads_get_the_same_tokens_as_one(tiny: Encoder) -> None:
    """Also of texts that are cut, while others are counted: nothing in the tokenizer may change meanwhile."""
    texts = [text[:length] for length in (3, 9, 30, 60) for text in SENTENCES[:20]]
    expected = [tiny.encode_query_with_tokens(text) for text in texts]
    assert all(each.spans for each in expected)

    def work(number: int) -> bool:
        if number % 4 == 0:
            passages = tiny.encode_passages_with_tokens(texts)
            return max(map(len, passages.tokens)) == MOST - 2 - PREFIX_TOKENS["passage: "]
        found = [tiny.encode_query_with_tokens(text) for text in texts]
        return all(
            one.spans == other.spans and np.allclose(one.tokens, other.tokens, atol=1e-5)
            for one, other in zip(found, expected, strict=True)
        )

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(16)))


# which models


def test_only_a_model_that_pools_by_mean_says_so(tiny: Encoder, tiny_folder: Path, tmp_path: Path) -> None:
    assert tiny.pools_by_mean
    folder = shutil.copytree(tiny_folder, tmp_path / "cls")
    pooling = folder / "1_Pooling" / "config.json"
    config = json.loads(pooling.read_text())
    pooling.write_text(json.dumps(config | {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}))
    assert not load_encoder(str(folder), tmp_path, pytest.fail).pools_by_mean


def test_a_model_without_prefixes_leaves_out_no_token(tiny_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_folder, tmp_path / "plain")
    (folder / "config_sentence_transformers.json").write_text('{"prompts": {}}')
    encoder = load_encoder(str(folder), tmp_path, pytest.fail)
    asked = encoder.encode_query_with_tokens("een kat")
    assert asked.spans == ((0, 3), (3, 4), (4, 5), (5, 6), (6, 7))
    assert len(encoder.encode_passages_with_tokens(["een kat"]).tokens[0]) == 5


def test_the_packaged_models_tokens_belong_to_their_text(packaged_encoder: Encoder) -> None:
    """The mean of the tokens of a text is nearest to that text's own vector, though the prefix is left out of it."""
    assert packaged_encoder.pools_by_mean
    texts = SENTENCES[:12]
    encoded = packaged_encoder.encode_passages_with_tokens(texts)
    np.testing.assert_allclose(encoded.dense, packaged_encoder.encode_passages(texts), atol=1e-4)
    means = np.stack([tokens.mean(axis=0) for tokens in encoded.tokens])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    cosines = means @ encoded.dense.T
    assert cosines.diagonal().min() > 0.95
    assert cosines.argmax(axis=1).tolist() == list(range(len(texts)))


def test_the_packaged_models_pieces_stand_where_their_words_do(packaged_encoder: Encoder) -> None:
    question = "Wat doet de gemeente aan conflictscheidingen?"
    asked = packaged_encoder.encode_query_with_tokens(question)
    assert len(asked.spans) == len(asked.tokens)
    pieces = [question[start:end] for start, end in asked.spans]
    assert "".join(pieces).replace(" ", "") == question.replace(" ", "")
    assert [piece.strip() for piece in pieces[:2]] == ["Wat", "doet"]
    assert len(pieces) > len(question.split())
