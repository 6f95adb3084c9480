"""What is said of a paper that was taken back: by whom, and why. Page, feeds and citations take it from here."""

from __future__ import annotations

from paper_digest.catalog.news import is_retraction
from paper_digest.model.late_pattern import late_pattern

#: Reasons that only say again that a paper was taken back.
_WORD_ALONE = late_pattern(r"(?:withdrawn|withdrawal|retracted|retraction)\.?\Z")
#: A reason that says by itself what became of the paper: ``Retraction: https://doi.org/...``.
_RETRACTION_BEFORE_REASON = late_pattern(r"Retract(?:ion|ed): \S")


def given_reason(withdrawn: str) -> str:
    """Return the reason of a withdrawal (``Paper.withdrawn``); "" where there is only the word for it."""
    return "" if _WORD_ALONE.match(withdrawn.strip().lower()) else withdrawn


def withdrawal_status(withdrawn: str) -> str:
    """Return ``Retracted`` of what a publisher took back, ``Withdrawn`` of any other withdrawal, "" for none.

    In English whatever the page's language, for citations and programs; readers are told by
    ``change_words.withdrawal_words``.
    """
    if not withdrawn:
        return ""
    return "Retracted" if is_retraction(withdrawn) else "Withdrawn"


def withdrawal_note(withdrawn: str) -> str:
    """Return a citation's note about a withdrawal; ``sources/citation_note.py`` reads it back.

    ``Retraction: https://doi.org/...`` says it by itself; before any other reason the word is put.
    """
    reason, status = given_reason(withdrawn), withdrawal_status(withdrawn)
    if _RETRACTION_BEFORE_REASON.match(reason):
        return reason
    return f"{status}: {reason}" if reason else status
