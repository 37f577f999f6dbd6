"""What was said of verdicts, as it goes over the wire to the other commands and into a file of labels."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.api.body import Body

FEEDBACK_PATH = "/v1/beheer/oordelen"


class VerdictFeedbackBody(Body):
    """A verdict on a question and a municipality (its name), and the one that would have been right."""

    id: str
    question: Annotated[str, Field(alias="vraag")]
    municipality: Annotated[str, Field(alias="gemeente")]
    right_ruling: Annotated[str, Field(alias="oordeel")]
    ruling: Annotated[str, Field(alias="gegeven")]
    certainty: Annotated[float | None, Field(alias="zekerheid")]
    remark: Annotated[str, Field(alias="opmerking")]
    filters: Mapping[str, str]
    index: str
    given_at: Annotated[datetime, Field(alias="op")]


class FeedbackBody(Body):
    """All that was said, the oldest first."""

    feedback: Annotated[list[VerdictFeedbackBody], Field(alias="oordelen")]
