"""What a run of the mail says to the operator: sentences, problems and errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from paper_digest.deliver.mail import log
from paper_digest.deliver.mail.log import SendingStep
from paper_digest.deliver.mail.smtp import MailError, SendResult
from paper_digest.deliver.newsletter import Issue, Period


class MailReport(NamedTuple):
    """One sentence for each mail, and the problems of mails that went out all the same."""

    sentences: Sequence[str]
    problems: Sequence[str] = ()


def failure_words(sent: SendResult) -> str:
    """Say why a mail did not reach all its recipients."""
    return sent.cut_reason or sent.end_reason or sent.refused[0]


def failure_error(issue: Issue, sent: SendResult) -> MailError:
    """Return the error for a mail that did not reach all its recipients, and what to do about the others."""
    what, cure = failure_words(sent), "correct that and run the command again"
    if sent.cut_reason:
        what, cure = f"{what}; mails known to be sent: {sent.accepted:,}", _uncertain_cure(issue)
    elif sent.end_reason:
        cure = "run the command again: the mail goes to those whom it did not reach"
        what = f"{what}; mails sent: {sent.accepted:,}"
    return MailError(f"the mail of {issue.period_name}", what, cure)


def uncertain_error(issue: Issue, step: SendingStep) -> MailError:
    """Return the error for a mail whose last step leaves open whether it was sent."""
    why = f" ({step.said})" if step.said else ""
    what = f"was begun at {step.at}, and it is not known whether it arrived{why}"
    return MailError(f"the mail of {issue.period_name}", what, _uncertain_cure(issue))


def _uncertain_cure(issue: Issue) -> str:
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
