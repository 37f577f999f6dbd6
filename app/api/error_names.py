"""The errors of `corpus.errors` by name, so that one raised in the service is raised as the same class by a command."""

from collections.abc import Callable

from corpus import errors
from corpus.reason import Why, because

_PREFIX = "urn:beleidswijzer:fout:"


def _document_error(message: str) -> errors.DocumentError:
    return errors.DocumentError("a document", because(Why.TOLD, told=message))


_BY_NAME: dict[str, Callable[[str], errors.BeleidswijzerError]] = {
    kind.__name__: kind
    for kind in (
        errors.UsageError,
        errors.SettingsError,
        errors.ModelError,
        errors.DataDirectoryError,
        errors.NotFoundError,
        errors.HeldError,
        errors.UnreachableError,
        errors.MachineError,
    )
} | {errors.DocumentError.__name__: _document_error}


def name_of(error: BaseException) -> str:
    """The nearest class that a message alone can raise again; MachineError for an error that is not ours."""
    return next((kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _BY_NAME), "MachineError")


def error_named(name: str, message: str) -> errors.BeleidswijzerError:
    """The error of this name; an unknown name, of another version, is an UnreachableError."""
    return _BY_NAME.get(name, errors.UnreachableError)(message)


def problem_type(error: errors.BeleidswijzerError) -> str:
    """The `type` of a problem (RFC 9457) that this error becomes."""
    return f"{_PREFIX}{name_of(error)}"


def error_of_type(problem_type: str, message: str) -> errors.BeleidswijzerError:
    """The error that a problem of this `type` was; UnreachableError for any other type."""
    return error_named(problem_type.removeprefix(_PREFIX), message)
