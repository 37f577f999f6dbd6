"""The command `evaluate --export-feedback`: what people said of verdicts, as labels in a file."""

from pathlib import Path

from app.evaluation_sets import JUDGED_FILE
from app.report.file import OutputFile
from app.surroundings import Surroundings
from app.wording import counted
from corpus.errors import UsageError


def export_feedback(directory: Path, here: Surroundings) -> int:
    """Write it to oordelen.jsonl in `directory`, one a line, the oldest first; exit code 0."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"folder {directory} cannot be made: {error.strerror}; choose a folder that you may write"
        ) from error
    path = directory / JUDGED_FILE
    with OutputFile(path) as output:
        with here.service() as service:
            feedback = service.feedback().feedback
        output.write("".join(f"{each.model_dump_json()}\n" for each in feedback).encode())
    here.console.line(f"{counted(len(feedback), 'opmerking', 'opmerkingen')} over oordelen geschreven: {path}")
    return 0
