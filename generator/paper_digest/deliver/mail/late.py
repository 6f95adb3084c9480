"""Which papers came too late for the mail of their day or week."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from paper_digest.catalog.catalog import Catalog
from paper_digest.deliver.mail.log import read_steps
from paper_digest.deliver.newsletter import Period, SentMail, late_papers, recent_periods
from paper_digest.model.counted import counted


def late_words(archive: Path, catalog: Catalog, period: Period, today: date) -> list[str]:
    """Say which papers are in no mail, as theirs had been sent when they came: one sentence, or none.

    Args:
        archive: the folder of the log.
        catalog: the papers.
        period: of what mails.
        today: the day of the run.

    Raises:
        RecordError: a line of the log cannot be read.
    """
    mails: dict[str, SentMail] = {}
    for step in read_steps(archive):
        # Mails of earlier versions say no number. The first counts: later ones reach those left alone.
        if step.papers:
            mails.setdefault(step.period, SentMail(step.period, step.at, step.papers))
    recent = recent_periods(mails, period, today)
    counts = late_papers(catalog, (mails[name] for name in recent))
    if not counts:
        return []
    many = ", ".join(f"{count:,} of {name}" for name, count in sorted(counts.items()))
    papers = counted(sum(counts.values()), "paper is", "papers are")
    return [f"{papers} in no mail, as they came when the mail of their date had been sent: {many}."]
