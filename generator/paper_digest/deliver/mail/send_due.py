"""The newsletter of a day or week, from the archive to the mail server or a file, never twice."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from paper_digest.builder.read_catalog import read_catalog
from paper_digest.catalog.catalog import Catalog
from paper_digest.deliver import newsletter
from paper_digest.deliver.mail import log as mail_record
from paper_digest.deliver.mail.exchange import Letter
from paper_digest.deliver.mail.late import late_words
from paper_digest.deliver.mail.log import SendingState, SendingStep
from paper_digest.deliver.mail.recipient_log import RecipientLog
from paper_digest.deliver.mail.report import (
    MailReport,
    claim_words,
    failure_error,
    failure_words,
    nothing_to_send,
    refused_problems,
    uncertain_error,
    void_words,
)
from paper_digest.deliver.mail.smtp import (
    PASSWORD_VARIABLE,
    MailError,
    SendResult,
    send_mails,
)
from paper_digest.deliver.newsletter import Issue, Period, Recipient
from paper_digest.deliver.newsletter.curated import add_curated
from paper_digest.model.errors import ConfigError, DigestError
from paper_digest.settings.config import Config
from paper_digest.store.atomic import replace_file
from paper_digest.store.files import Store
from paper_digest.text.language import language


class Mailing:
    """The newsletter of one archive.

    Args:
        root: the project's folder.
        config: its settings.
        now: the time, with its zone.
        environment: where password and recipients may stand (``os.environ``).
        context: what the server's certificate is checked with; the system's, unless given.

    Raises:
        ConfigError: the settings lack what a mail needs.
    """

    def __init__(
        self,
        root: Path,
        config: Config,
        now: datetime,
        environment: Mapping[str, str],
        context: ssl.SSLContext | None = None,
    ) -> None:
        if config.mail is None:
            cure = "write mail: {from: ..., host: ...}; see “Settings: archive.yml” in the manual, Reference"
            raise ConfigError("archive.yml", "has no mail:", cure)
        if not config.url:
            cure = "write where the site is published: every link of a mail leads there"
            raise ConfigError("archive.yml", "has no url", cure)
        self._config, self._mail, self._now = config, config.mail, now.astimezone(UTC)
        self._environment, self._context = environment, context
        self._store = Store(root / "archive")

    def send(self, period: Period, day: date | None, *, again: bool = False) -> MailReport:
        """Send the mail of the period ``day`` lies in, or, without a day, all mails that are due.

        Raises:
            ConfigError: there is no recipient.
            MailError: nothing was sent, or it is not known whether it was.
            LockedError: another run is writing to the archive.
        """
        self._recipients()
        with self._store.lock():
            issues, report = self._unsent_issues(period, day, again=again)
            self._log_step(issues, "begun")
            return self._deliver(issues, report)

    def claim(self, period: Period, day: date | None, *, again: bool = False) -> MailReport:
        """Log which mails are about to be sent, and send nothing; raises as ``send`` does.

        A workflow commits this log before it sends, so the next run knows of the mails even if
        the sending machine is lost.
        """
        with self._store.lock():
            issues, report = self._unsent_issues(period, day, again=again)
            self._log_step(issues, "begun")
            claimed = map(claim_words, issues)
            return MailReport([*report.sentences, *claimed], report.problems)

    def send_claimed(self) -> MailReport:
        """Send the mails of the last claim; raises as ``send`` does, and if none is open."""
        with self._store.lock():
            steps = list(mail_record.last_steps(self._store.root).values())
            names = [s.period for s in steps if s.state == "begun" and s.at == steps[-1].at]
            if not names:
                where = str(self._store.root / mail_record.LOG_FILE)
                raise MailError(where, "has no open claim", "run digest email --claim first")
            issues = self._issues(names)
            void = sorted({*names} - {issue.period_name for issue in issues})
            mail_record.append_void(self._store.root, void, self._now)
            return self._deliver(issues, MailReport([*map(void_words, void)]))

    def write_mail(self, period: Period, day: date | None, place: Path) -> MailReport:
        """Write the mail, addressed to the first recipient, into a file (``.eml``) or folder."""
        names = self._period_names(period, day, {})
        issues = self._issues(names[-1:])
        if not issues:
            return MailReport([nothing_to_send(period, names)])
        path = place if place.suffix == ".eml" else place / f"{issues[0].period_name}.eml"
        some = newsletter.list_recipients(self._mail, self._environment, required=False)
        first = next(iter(some), None)
        replace_file(path, self._message(issues[0], first))
        return MailReport([f"{path} was written: {issues[0].subject}"])

    def _unsent_issues(
        self, period: Period, day: date | None, *, again: bool
    ) -> tuple[list[Issue], MailReport]:
        """Return the mails to send, and a report that says why the others are not sent."""
        last_steps = mail_record.last_steps(self._store.root)
        names = self._period_names(period, day, last_steps)
        issues = self._issues(names)
        free: list[Issue] = []
        sent: list[str] = []
        uncertain: list[MailError] = []
        for issue in issues:
            step = last_steps.get(issue.period_name)
            if step is None or again or step.state == "failed":
                free.append(issue)
            elif step.state == "sent":
                what = f"The mail of {issue.period_name} was sent at {step.at}"
                sent.append(f"{what}; --again sends it to those it did not reach.")
            else:
                uncertain.append(uncertain_error(issue, step))
        if uncertain and not free:
            raise uncertain[0]
        said = sent if issues else [nothing_to_send(period, names)]
        if not day:
            said += late_words(self._store.root, self._catalog, period, self._now.date())
        return free, MailReport(said, [str(error) for error in uncertain])

    def _period_names(
        self, period: Period, day: date | None, last_steps: Mapping[str, SendingStep]
    ) -> tuple[str, ...]:
        """Return the period of ``day``, or without a day all periods that are due or uncertain."""
        if day:
            return (newsletter.period_name(period, day),)
        today = self._now.date()
        failed = {name for name, step in last_steps.items() if step.state == "failed"}
        recent = newsletter.recent_periods(last_steps, period, today)
        undecided = (name for name in recent if last_steps[name].is_uncertain)
        mailed = last_steps.keys() - failed
        due = newsletter.due_periods(self._catalog, period, today, mailed, failed)
        return (*undecided, *due)

    def _issues(self, names: Sequence[str]) -> list[Issue]:
        catalog, config = self._catalog, self._config
        with language(config.language):
            made = [newsletter.build_issue(catalog, n, config, self._mail.limit) for n in names]
            return [add_curated(issue, catalog, config, self._now) for issue in made if issue]

    def _message(self, issue: Issue, recipient: Recipient | None) -> bytes:
        with language(self._config.language):
            return newsletter.build_message(issue, self._mail, recipient, self._now).as_bytes()

    @cached_property
    def _catalog(self) -> Catalog:
        # `digest build` reports records that cannot be read; the others go out.
        return read_catalog(self._store.root.parent, self._config)

    def _recipients(self) -> list[Recipient]:
        return newsletter.list_recipients(self._mail, self._environment)

    def _deliver(self, issues: Sequence[Issue], report: MailReport) -> MailReport:
        """Send mails, and log the outcome of each."""
        sentences, problems = list(report.sentences), list(report.problems)
        for number, issue in enumerate(issues):
            try:
                sent = self._send_issue(issue)
            except DigestError as error:
                self._log_step(issues[number:], "failed", error=str(error))
                raise
            if sent is None:
                self._log_step([issue], "sent")
                what = f"The mail of {issue.period_name} has reached all its recipients"
                sentences.append(f"{what}, so none is sent.")
                continue
            if sent.cut_reason or sent.end_reason or not sent.accepted:
                # Mails not tried are released, so that the next run may send them.
                self._log_step(issues[number + 1 :], "failed", error="not tried")
                raise self._log_failure(issue, sent)
            self._log_step([issue], "sent", sent)
            many = f"{sent.accepted:,} recipient{'s'[: sent.accepted > 1]}"
            sentences.append(f"The mail of {issue.period_name} went to {many}: {issue.subject}")
            problems += refused_problems(issue, sent.refused)
        return MailReport(sentences, problems)

    def _send_issue(self, issue: Issue) -> SendResult | None:
        """Send a mail to all recipients it did not reach yet; ``None`` where there are none."""
        reached = RecipientLog(self._store.root, issue.period_name)
        letters = [
            Letter(to.address, self._message(issue, to))
            for to in self._recipients()
            if not reached.has_reached(to.address)
        ]
        if not letters:
            return None
        password = self._environment.get(PASSWORD_VARIABLE, "").rstrip("\r\n")
        record = reached.recorder(self._now.isoformat(timespec="seconds"))
        return send_mails(letters, self._mail, password, self._context, record)

    def _log_failure(self, issue: Issue, sent: SendResult) -> MailError:
        """Log a mail that did not reach all recipients, or of which that is not known, and return the error."""
        state: SendingState = "cut" if sent.cut_reason else "failed"
        self._log_step([issue], state, sent, error=failure_words(sent))
        return failure_error(issue, sent)

    def _log_step(
        self,
        issues: Iterable[Issue],
        state: SendingState,
        sent: SendResult | None = None,
        error: str = "",
    ) -> None:
        for issue in issues:
            sending = SendingStep(
                period=issue.period_name,
                state=state,
                at=self._now.isoformat(timespec="seconds"),
                message_id=newsletter.message_id(issue, self._mail).strip("<>"),
                accepted=sent.accepted if sent else 0,
                refused=len(sent.refused) if sent else 0,
                papers=issue.paper_count if state == "sent" or (sent and sent.accepted) else 0,
                said=error,
            )
            mail_record.append_step(self._store.root, sending)
