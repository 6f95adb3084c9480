"""Records that OpenReview has from DBLP, for the profiles of authors: papers that were never submitted there."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text import fields

#: What OpenReview calls the venue of a record of arXiv that it has from DBLP.
_PREPRINTS = late_pattern(r"(?:CoRR|arXiv)\b")


def is_copy(values: Mapping[str, object]) -> bool:
    """Tell whether a record is DBLP's, which knows the year of a paper alone: its day is the first of January."""
    return fields.one_line(values.get("venueid")).lower().startswith("dblp.org/")


def is_preprint(values: Mapping[str, object]) -> bool:
    """Tell whether a record is of a paper on arXiv, which is no venue."""
    return bool(_PREPRINTS.match(fields.one_line(values.get("venue"))))


def arxiv_ids(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the arXiv id of a record that is arXiv's own: ``html`` is its address there."""
    arxiv_id, _ = fields.parse_arxiv_id(values.get("html")) if is_preprint(values) else ("", None)
    return (f"arxiv:{arxiv_id}",) if arxiv_id else ()
