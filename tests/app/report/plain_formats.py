"""Formats that a person can read, for tests that are not about how a report looks."""

import pytest

from app.api.report_bodies import RunBody
from app.report.formats import FORMATS, Format


def use_plain_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every format be title, id and the topics with their verdicts, one a line."""
    for name, each in FORMATS.items():
        monkeypatch.setitem(FORMATS, name, Format(each.media_type, _plain))


def _plain(run: RunBody) -> bytes:
    lines = [f"{run.title} {run.id}"]
    for result in run.results:
        findings = result.comparison.municipalities if result.comparison is not None else ()
        cells = [f"{finding.name} {finding.ruling}" for finding in findings]
        lines.append(": ".join([result.topic.topic, ", ".join(cells) or str(result.error)]))
    if run.since is not None:
        lines.append(f"sinds {run.since.run}: {len(run.since.cells)}")
    return "\n".join(lines).encode()
