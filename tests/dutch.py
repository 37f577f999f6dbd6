"""Whether a sentence that readers see is Dutch, by the words that only English has."""

import re

_ENGLISH = re.compile(
    r"(?i)\b(?:the|a file|file|cannot|is not|not|with|its|and|give|save|which|page|pages|password|read|it|that|error|"
    r"line|no|broken|empty|could|has|holds|signal|exit|run|without|found|expected|invalid|bad|unknown|such)\b"
)


def english_in(sentence: str) -> list[str]:
    """The English words in a sentence."""
    return _ENGLISH.findall(sentence)
