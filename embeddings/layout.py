"""How a point lies in Qdrant, the same in both engines: the names of its vectors and of what is filtered on."""

from embeddings.index import Point

DENSE = "dense"
LEXICAL = "lexical"
TOKENS = "tokens"
VERSION = "version"
KIND = "kind"
BODY = "body"
_ASIDE = "aside"


def payload_of(point: Point) -> dict[str, str]:
    """What is filtered on; words only, since Edge 0.9.0 finds nothing by a boolean."""
    return {VERSION: point.version, KIND: BODY if point.body else _ASIDE}
