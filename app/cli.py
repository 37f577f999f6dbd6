"""The command line: from arguments to an exit code, with one message for every error."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from app.cli_commands import COMMANDS
from app.cli_parser import command_parser
from app.connection import connect as connect_by_address
from app.console import Console, visible
from app.faults import trace_of
from app.settings import Settings
from app.surroundings import PROGRAM, Connect, Surroundings
from corpus.errors import BeleidswijzerError, DocumentError, HeldError, MachineError, UnreachableError

USAGE, HELD, UNREACHABLE, MACHINE = 2, 3, 4, 5
INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts SIGINT and SIGPIPE
_EXIT_CODES: tuple[tuple[type[BeleidswijzerError], int], ...] = (
    (DocumentError, 1),
    (HeldError, HELD),
    (UnreachableError, UNREACHABLE),
    (MachineError, MACHINE),
)


def run(
    argv: Sequence[str],
    environment: Mapping[str, str],
    output: TextIO,
    messages: TextIO,
    connect: Connect = connect_by_address,
) -> int:
    """Run one command and return its exit code; results go to `output`, everything else to `messages`."""
    try:
        return _command(argv, environment, output, messages, connect)
    except BeleidswijzerError as error:
        _tell(messages, str(error))
        return exit_code(error)
    except BrokenPipeError:
        _forget(output)
        return PIPE_CLOSED
    except KeyboardInterrupt as interrupt:
        for message in (*interrupt.args, "stopped"):
            _tell(messages, str(message))
        return INTERRUPTED
    except MemoryError:
        _tell(messages, "out of memory; close other programs or use a smaller model")
        return MACHINE
    except OSError as error:
        _forget(output)
        where = f"{error.filename}: " if error.filename else ""
        _tell(messages, f"{where}{error.strerror or type(error).__name__}; see to the machine and try again")
        return MACHINE
    except Exception as error:  # noqa: BLE001 - the outermost place: the user gets one message, not a traceback with values
        _tell(messages, f"internal error; please report this:\n{trace_of(error)}")
        return MACHINE


def exit_code(error: BeleidswijzerError) -> int:
    """The exit code of an error."""
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), USAGE)


def _command(
    argv: Sequence[str], environment: Mapping[str, str], output: TextIO, messages: TextIO, connect: Connect
) -> int:
    try:
        arguments = command_parser().parse_args(argv)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    settings = Settings.from_environment(environment)
    here = Surroundings(settings, connect, output, messages, Console(output, environment))
    code = COMMANDS[arguments.command](arguments, here)
    output.flush()
    return code


def _tell(messages: TextIO, message: str) -> None:
    print(f"{PROGRAM}: {visible(message)}", file=messages, flush=True)


def _forget(output: TextIO) -> None:
    """Where stdout takes no more, let the rest go nowhere, so that the interpreter does not fail on it at its end."""
    if output is not sys.stdout:
        return
    try:
        output.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
