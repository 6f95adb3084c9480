"""The newsletter: the papers of a day or week as one mail, in plain text and HTML; without I/O."""

from paper_digest.deliver.newsletter.html import html
from paper_digest.deliver.newsletter.issue import Issue, Period, due, issue, name
from paper_digest.deliver.newsletter.message import Recipient, message, message_id, recipients
from paper_digest.deliver.newsletter.text import text

__all__ = [
    "Issue",
    "Period",
    "Recipient",
    "due",
    "html",
    "issue",
    "message",
    "message_id",
    "name",
    "recipients",
    "text",
]
