"""Whether the comment or abstract of a preprint says that it was withdrawn, and with what words."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

_PAPER = r"(?:paper|article|manuscript|submission|preprint|e-?print|work|note|report|version)"

#: A withdrawal from a journal or a meeting leaves the preprint where it is.
_NOT_FROM_VENUE = r"(?!\s+(?:for\s+now\s+)?from\b(?!\s+(?:the\s+)?arxiv))"

_THIS_PAPER = rf"(?:this|the|our|the present|the current)\s+(?:arxiv\s+)?{_PAPER}"

#: "This paper has been withdrawn by the author"
_IS_WITHDRAWN = rf"\b{_THIS_PAPER}\s+(?:has\s+been|is\s+being|is|was)\s+(?:\w+ly\s+)?withdrawn\b{_NOT_FROM_VENUE}"

_NOTICES = (
    late_pattern(_IS_WITHDRAWN, re.IGNORECASE),
    # "Withdrawn due to an error", the word alone, "Paper withdrawn by the author"
    late_pattern(
        rf"^\W*(?:(?:this\s+)?{_PAPER}\s+)?(?:temporarily\s+)?withdrawn\b(?=\W*\Z|\W*[.,;:(]"
        r"|\s+(?:by|due|because|since|as|pending|for|in\s+order)\b)",
        re.IGNORECASE,
    ),
    # "The authors are withdrawing this paper", "We have decided to withdraw this article"
    late_pattern(
        r"\b(?:we|authors?)\s+(?:have\s+|are\s+|had\s+to\s+|wish\s+to\s+|would\s+like\s+to\s+|want\s+to\s+"
        r"|(?:have\s+)?decided\s+to\s+|(?:therefore\s+)?request\s+to\s+)*"
        rf"(?:withdraw|withdrawn|withdrew|withdrawing)\s+{_THIS_PAPER}\b{_NOT_FROM_VENUE}",
        re.IGNORECASE,
    ),
)
_OPENING_NOTICE = late_pattern(rf"\W*{_IS_WITHDRAWN}", re.IGNORECASE)


def withdrawal_reason(comment: str, abstract: str) -> str:
    """Return the words that say a preprint is withdrawn, or "" where nothing says so for certain.

    arXiv has no field for it: a withdrawal is a new version whose reason stands in its comment,
    and in old records at the head of the abstract
    (https://info.arxiv.org/help/withdraw.html). A word about a withdrawal elsewhere, such as
    from a conference or of another paper, is no notice.
    """
    if any(notice.search(comment) for notice in _NOTICES):
        return comment
    return abstract.partition("\n\n")[0] if _OPENING_NOTICE.match(abstract) else ""
