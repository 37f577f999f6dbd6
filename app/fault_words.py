"""What readers are told of a fault of the service: what they can do, in Dutch, and nothing of its inside."""

from corpus.errors import (
    BeleidswijzerError,
    DataDirectoryError,
    HeldError,
    MachineError,
    ModelError,
    SettingsError,
    UnreachableError,
)

_OF_THE_SERVICE = (SettingsError, ModelError, DataDirectoryError, HeldError, UnreachableError, MachineError)
_WORDS: tuple[tuple[type[BeleidswijzerError], str], ...] = (  # the first class that fits
    (HeldError, "De kennisbank wordt nu bijgewerkt. Probeer het over een minuut opnieuw."),
    (UnreachableError, "Een deel van de dienst antwoordt niet. Probeer het later opnieuw of meld het de beheerder."),
    (MachineError, "De machine heeft geen ruimte meer of een andere storing. Meld het de beheerder."),
    (BeleidswijzerError, "De dienst is niet goed ingericht. Meld het de beheerder: het log zegt wat er mis is."),
)


def fault_words(error: BeleidswijzerError) -> str:
    """What to tell where the service itself is at fault; its message may name folders and addresses."""
    return next(text for kind, text in _WORDS if isinstance(error, kind))


def told_words(error: BeleidswijzerError) -> str:
    """What to tell of any error: that of wrong use is made for who reads it."""
    return fault_words(error) if isinstance(error, _OF_THE_SERVICE) else str(error)
