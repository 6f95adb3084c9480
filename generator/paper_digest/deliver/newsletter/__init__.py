"""The newsletter: the papers of a day or week as one mail, in plain text and HTML; without I/O."""

from paper_digest.deliver.newsletter.html import render_html
from paper_digest.deliver.newsletter.issue import Issue, build_issue
from paper_digest.deliver.newsletter.message import (
    Recipient,
    build_message,
    list_recipients,
    message_id,
)
from paper_digest.deliver.newsletter.periods import (
    Period,
    SentMail,
    due_periods,
    late_papers,
    period_name,
    recent_periods,
)
from paper_digest.deliver.newsletter.text import render_text

__all__ = [
    "Issue",
    "Period",
    "Recipient",
    "SentMail",
    "build_issue",
    "build_message",
    "due_periods",
    "late_papers",
    "list_recipients",
    "message_id",
    "period_name",
    "recent_periods",
    "render_html",
    "render_text",
]
