"""What a run of the mail says to the operator: sentences, problems and errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paper_digest.deliver.mail import log
from paper_digest.deliver.mail.log import SendingStep
from paper_digest.deliver.mail.smtp import MailError
from paper_digest.deliver.newsletter import Issue, Period


class MailReport(NamedTuple):
    """One sentence for each mail, and the problems of mails that went out all the same."""

    sentences: Sequence[str]
    problems: Sequence[str] = ()


def uncertain_error(issue: Issue, step: SendingStep) -> MailError:
    """Return the error for a mail whose last step leaves open whether it was sent."""
    why = f" ({step.said})" if step.said else ""
    what = f"was begun at {step.at}, and it is not known whether it arrived{why}"
    return MailError(f"the mail of {issue.period_name}", what, uncertain_cure(issue))


def uncertain_cure(issue: Issue) -> str:
    """Say how to find out whether a mail arrived, and what to do in either case."""
    return (
        f"run {_again(issue)}: it goes to those whom it is not known to have reached. If a reader or the mail "
        f'server\'s log says that all have it, write "sent" as its state in archive/{log.LOG_FILE}'
    )


def refused_problems(issue: Issue, refused: Sequence[str]) -> list[str]:
    """Say of each refusal of a mail that others got how it is sent to that reader: no later run does by itself."""
    return [f"{words}; once that is mended, run {_again(issue)}" for words in refused]


def _again(issue: Issue) -> str:
    return f"digest email --period {issue.period} --date {issue.first_day} --again"


def nothing_to_send(period: Period, names: Sequence[str]) -> str:
    """Say that the periods of these names have no papers; of no names, that none is due."""
    when = " and ".join(names) or f"a {period} that is over and not yet mailed"
    return f"There are no papers of {when}, so no mail is sent."


def void_words(period_name: str) -> str:
    """Say that a mail which was claimed is not sent."""
    return f"The mail of {period_name} has no papers any more, so none is sent."


def claim_words(issue: Issue) -> str:
    """Say that the mail is about to be sent, and by what."""
    return f"The mail of {issue.period_name} is claimed; digest email --claimed sends it."
