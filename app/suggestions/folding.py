"""How text is compared while it is typed: without capitals, accents and signs."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Lower case without accents: "Coördinatie" is "coordinatie"."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: "Jeugd-GGZ (POH)" are jeugd, ggz and poh."""
    return tuple(_WORD.findall(folded(text)))
