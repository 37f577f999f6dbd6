"""Models by name: from the Hugging Face hub's own cache on this machine, else from the hub."""

from collections.abc import Callable

import httpx

from corpus.errors import ModelError, UnreachableError
from embeddings.sentence_transformer import SentenceTransformerEncoder, load_sentence_transformer, quiet_libraries

TIMEOUT_SECONDS = 10.0
_ORGANISATION = "sentence-transformers/"


def load_from_hub(name: str, notify: Callable[[str], None]) -> SentenceTransformerEncoder:
    """Load a model by name; one that was fetched before is taken as it is, without network.

    Raises ModelError (no such model, or one that cannot be loaded) and UnreachableError (the hub does not answer).
    """
    with quiet_libraries():
        from huggingface_hub import try_to_load_from_cache
        from huggingface_hub.errors import HFValidationError

    for candidate in _candidates(name):
        try:
            cached = isinstance(try_to_load_from_cache(candidate, "config.json"), str)
        except HFValidationError as error:
            raise ModelError(
                f"The embedding model {name!r} is neither a folder nor a name on the hub. Give a folder, packaged, or "
                "a name such as intfloat/multilingual-e5-base."
            ) from error
        if cached:
            try:
                return load_sentence_transformer(candidate, name)
            except ModelError:
                notify(f"The embedding model {name} was fetched in part; fetching the rest ...")
    source = _name_on_hub(name)
    notify(f"Fetching the embedding model {name} from the hub, once ...")
    try:
        return load_sentence_transformer(source, name, local_only=False)
    except ModelError as error:
        if _is_about_network(error):
            raise UnreachableError(_unreachable(name, "the connection was lost")) from error
        raise


def _candidates(name: str) -> tuple[str, ...]:
    return (name,) if "/" in name else (_ORGANISATION + name, name)


def _name_on_hub(name: str) -> str:
    """The full name of a model that the hub says exists."""
    from huggingface_hub import constants
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    if constants.HF_HUB_OFFLINE:
        raise UnreachableError(_unreachable(name, "HF_HUB_OFFLINE forbids it"))
    for candidate in _candidates(name):
        try:
            answer = httpx.get(
                f"{constants.ENDPOINT}/api/models/{candidate}",
                headers=build_hf_headers(),
                timeout=TIMEOUT_SECONDS,
                follow_redirects=True,
            )
        except httpx.HTTPError as error:
            raise UnreachableError(_unreachable(name, str(error) or type(error).__name__)) from error
        if answer.status_code == httpx.codes.OK:
            return candidate
        if answer.status_code not in (401, 403, 404):
            raise UnreachableError(_unreachable(name, f"status {answer.status_code}"))
    raise ModelError(
        f"The embedding model {name} is no folder, and the hub has no such model or does not show it to you. Check the "
        "name in BELEIDSWIJZER_EMBEDDING_MODEL; for a closed model set HF_TOKEN."
    )


def _unreachable(name: str, reason: str) -> str:
    return (
        f"The embedding model {name} is not on this machine and the hub cannot be reached ({reason}). Fetch it once "
        "with network, set BELEIDSWIJZER_EMBEDDING_MODEL to its folder, or leave that out for the packaged model."
    )


def _is_about_network(error: BaseException) -> bool:
    from huggingface_hub.errors import LocalEntryNotFoundError

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (LocalEntryNotFoundError, ConnectionError, TimeoutError)):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
