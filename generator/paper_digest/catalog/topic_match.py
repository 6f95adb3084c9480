"""What is said of a topic and a paper: its score, the grounds, and why it lost where it did."""

from __future__ import annotations

from paper_digest.model.strict import StrictStruct

#: The field of a ``TopicReason`` that is the paper's likeness to papers of the topic.
LIKENESS = "likeness"


class TopicReason(StrictStruct, frozen=True, gc=False):
    """One ground for a topic: a word or category of the topic, where it stood, its weight.

    ``field`` is a key of ``topics.FIELD_WEIGHTS``; ``term`` is spelt as the topic has it. Or ``field`` is
    ``LIKENESS``: ``term`` names the paper's words that papers of the topic have too, as they are indexed.
    """

    term: str
    field: str
    weight: float


class TopicMatch(StrictStruct, frozen=True, gc=False):
    """A topic and a paper: its name, its score (the sum of the weights), the heaviest reason first.

    ``loss`` says why the paper does not have it all the same; "" where it has.
    """

    topic: str
    score: float
    reasons: tuple[TopicReason, ...]
    loss: str = ""
