"""The newsletter: the papers of a day or week as one mail, in plain text and HTML; without I/O."""

from paper_digest.deliver.newsletter.html import render_html
from paper_digest.deliver.newsletter.issue import Issue, build_issue
from paper_digest.deliver.newsletter.message import (
    Recipient,
    build_message,
    list_recipients,
    message_id,
)
from paper_digest.deliver.newsletter.periods import Period, due_periods, period_name
from paper_digest.deliver.newsletter.text import render_text

__all__ = [
    "Issue",
    "Period",
    "Recipient",
    "build_issue",
    "build_message",
    "due_periods",
    "list_recipients",
    "message_id",
    "period_name",
    "render_html",
    "render_text",
]
