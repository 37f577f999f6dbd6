"""What was said of verdicts, from the register to the wire."""

from app.api.feedback_bodies import FeedbackBody, VerdictFeedbackBody
from corpus.municipalities import Municipalities
from corpus.register_feedback import Feedback
from corpus.verdict_feedback import VerdictFeedback


def feedback_body(feedback: Feedback, municipalities: Municipalities) -> FeedbackBody:
    """All of it, the oldest first, so that of several on one verdict the last one counts."""
    return FeedbackBody(feedback=[verdict_feedback_body(each, municipalities) for each in reversed(feedback.all())])


def verdict_feedback_body(said: VerdictFeedback, municipalities: Municipalities) -> VerdictFeedbackBody:
    """One of them; a municipality that is on the list no more goes by its code."""
    place = municipalities.get(said.municipality)
    return VerdictFeedbackBody(
        id=said.id,
        question=said.question,
        municipality=said.municipality if place is None else place.name,
        right_ruling=said.right_ruling,
        ruling=said.ruling,
        certainty=said.certainty,
        remark=said.remark,
        filters=said.filters,
        index=said.index,
        given_at=said.given_at,
    )
