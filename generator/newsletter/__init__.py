"""The newsletter: the papers of a day or week as one mail, in plain text and HTML; without I/O."""

from generator.newsletter.html import html
from generator.newsletter.issue import Issue, Period, due, issue, name
from generator.newsletter.message import Recipient, message, message_id, recipients
from generator.newsletter.text import text

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
