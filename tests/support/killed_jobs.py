"""Work that is killed and done again: what it leaves, and whether the next run completes it."""

from __future__ import annotations

import json
import random
import shutil
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import forked_builds
from forked_builds import forked
from paper_digest.deliver.mail import log as mail_log
from paper_digest.deliver.mail.send_due import Mailing
from paper_digest.deliver.mail.smtp import MailError
from paper_digest.deliver.publish import publish_site
from paper_digest.ingest.files import ingest_files
from paper_digest.model.errors import Problem
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from paths import SAMPLE
from site_builds import change, files, project_of
from smtp_server import PASSWORD, ServerApart

PAPERS = "1[47]*/*[0-46-9].md"
TODAY = date(2025, 11, 21)
NOW = datetime(2025, 11, 21, 13, 17, tzinfo=UTC)
RECIPIENTS = [f"reader{n}@example.net" for n in range(12)]
_PAPER_COUNT = 60


class FaultError(Exception):
    """A kill did harm, or the run after it did not complete its work."""


def require(is_so: object, what: str) -> None:
    """Raise where something is not so."""
    if not is_so:
        raise FaultError(what)


class Job:
    """Work that can be killed; the work is done in forks."""

    def __init__(self, place: Path) -> None:
        """Prepare the work in a folder of its own, and see how long it takes."""
        self.place = place
        place.mkdir()
        self._log = place / "said"
        self.prepare()
        began = time.monotonic()
        self.finish()
        self.seconds = time.monotonic() - began

    def prepare(self) -> None:
        """Make what the work needs."""

    def begin(self) -> None:
        """Make the work worth doing once more."""

    def work(self) -> None:
        """Do the work, in a fork."""
        raise NotImplementedError

    def look(self) -> None:
        """Raise where the kill left harm."""

    def check(self) -> None:
        """Raise where the work is not done."""
        raise NotImplementedError

    def finish(self) -> None:
        """Do the work to its end, and check it."""
        code = forked(self.work, self._log)
        require(code == 0, f"ended with {code}: {self._log.read_text('utf-8', 'replace')[-900:]}")
        self.check()

    def stop(self) -> None:
        """End what serves the work."""

    def kill_once(self, chance: random.Random) -> str:
        """Begin the work, kill it, look, and finish it; returns how the killed run ended."""
        self.begin()
        code = forked(self.work, self._log, chance.uniform(0, self.seconds * 1.1))
        require(
            code in {0, -signal.SIGKILL},
            f"ended with {code}: {self._log.read_text('utf-8', 'replace')[-900:]}",
        )
        self.look()
        self.finish()
        return "ended before the kill" if code == 0 else "killed"


class Ingest(Job):
    """Papers of a dump come into an archive; every other time with another abstract."""

    def prepare(self) -> None:
        """Write two dumps."""
        self._before = set[str]()
        self._round = 0
        self._store = Store(self.place / "archive")
        for name in ("0", "1"):
            papers = [
                {"id": f"arxiv:2603.{n:05}", "title": f"Boat {n}", "abstract": f"It floats. {name} " * 30,
                 "claims": [{"source": "bibtex", "at": f"2026-03-0{int(name) + 1}", "agrees": ["title", "abstract"]}]}
                for n in range(_PAPER_COUNT)
            ]  # fmt: skip
            text = "\n".join(json.dumps(paper) for paper in papers)
            (self.place / f"{name}.jsonl").write_text(text, "utf-8")

    def begin(self) -> None:
        """Take the other dump, or begin with an empty archive."""
        self._before = {p.id for p in self._store.read_all()}
        self._round += 1
        if self._round % 3 == 0:
            shutil.rmtree(self._store.root)
            self._before = set()

    def work(self) -> None:
        """Ingest a dump."""
        path = self.place / f"{self._round % 2}.jsonl"
        with path.open("rb") as stream:
            source = registry().by_name["jsonl"]
            report = ingest_files(self._store, source, [(str(path), stream)], today=TODAY)
        require(not report.problems, str(report.problems))

    def look(self) -> None:
        """See that every record can be read, and none is lost."""
        problems: list[Problem] = []
        ids = {p.id for p in self._store.read_all(problems)}
        require(not problems, f"half-written: {problems}")
        require(self._before <= ids, "a record is lost")

    def check(self) -> None:
        """See that all papers are there, with the abstract of this dump or a later one."""
        self.look()
        require(len(list(self._store.paths())) == _PAPER_COUNT, "papers are missing")
        require(not list(self._store.root.rglob("*.tmp")), "temporary files are left")


class Build(Job):
    """A site is built in two states of its archive."""

    is_large = False

    def prepare(self) -> None:
        """Build both states."""
        self.project = project_of(self.place / "project", PAPERS)
        forked_builds.load_program(self.project)
        self._states = ("Attention", "Attraction")
        self._sites: dict[str, dict[str, bytes]] = {}
        for _ in range(2):
            self.begin()
            require(forked(self.work, self._log) == 0, self._log.read_text("utf-8"))
            self._sites[self._states[0]] = files(self.project / "site")

    def begin(self) -> None:
        """Change a record."""
        change(self.project, *self._states, "archive/papers/1706/1706.03762.md")
        self._states = self._states[::-1]

    def work(self) -> None:
        """Build."""
        if self.is_large:
            forked_builds.as_if_large()
        forked_builds.build_here(self.project)

    def look(self) -> None:
        """See that the site is the old one or the new one, whole; a large one is so file by file."""
        site = files(self.project / "site")
        whole = list(self._sites.values())
        if self.is_large:
            known = all(data in {one.get(path) for one in whole} for path, data in site.items())
            require(known, "a file is half-written")
        else:
            require(site in whole, "the site is neither the old one nor the new one")

    def check(self) -> None:
        """See that the site is that of this state."""
        require(files(self.project / "site") == self._sites[self._states[0]], "another site")


class LargeBuild(Build):
    """The same, with files moved one by one."""

    is_large = True


class Publish(Job):
    """A site is uploaded to a folder; every other time another site."""

    def prepare(self) -> None:
        """Make two sites."""
        self._round = 0
        self._target = self.place / "target"
        self._target.mkdir()
        (self._target / "another's").write_text("stays", "utf-8")
        for name in "01":
            site = self.place / name
            for n in range(300):
                path = site / f"{'papers' if n % 3 else 'only' + name}/{n}/index.html"
                path.parent.mkdir(parents=True)
                path.write_text(f"page {n} of {name if n % 2 else ''}" * 200, "utf-8")
            (site / "index.html").write_text(name, "utf-8")
        self._sites = [files(self.place / name) for name in "01"]

    def begin(self) -> None:
        """Take the other site."""
        self._round += 1

    def work(self) -> None:
        """Upload it."""
        publish_site(self.place / str(self._round % 2), str(self._target))

    def look(self) -> None:
        """See that every page is whole."""
        for path, data in files(self._target).items():
            if not any(part.startswith(".") for part in Path(path).parts):  # rsync's own
                require(
                    path == "another's" or data in [site.get(path) for site in self._sites], path
                )

    def check(self) -> None:
        """See that the target holds this site, and another's file."""
        there = files(self._target)
        require(there.pop("another's") == b"stays", "another's file is lost")
        there.pop(".paper-digest")
        require(there == self._sites[self._round % 2], "the target is not the site")


class Mails(Job):
    """The mail of a day goes to some readers."""

    def prepare(self) -> None:
        """Make an archive with papers of a day."""
        shutil.copytree(SAMPLE / "archive", self.place / "archive")
        self._server = ServerApart(self.place)
        mail = {"from": "Papers <papers@example.org>", "host": "localhost", "port": self._server.port,
                "to": RECIPIENTS, "user": "papers"}  # fmt: skip
        text = json.dumps({"title": "P", "url": "https://papers.example.org/", "mail": mail})
        (self.place / "archive.yml").write_text(text, "utf-8")
        self._day = _newest_day(self.place)
        self.begin()

    def begin(self) -> None:
        """Forget what was sent."""
        (self.place / "archive" / mail_log.LOG_FILE).unlink(missing_ok=True)
        self._server.got.write_bytes(b"")
        self._is_again = False

    def work(self) -> None:
        """Send the mail."""
        secrets = {"DIGEST_SMTP_PASSWORD": PASSWORD}
        mailing = Mailing(self.place, load_config(self.place), NOW, secrets, self._server.trust())
        mailing.send("day", self._day, again=self._is_again)

    def look(self) -> None:
        """See that the log can be read, and that nothing is sent again unasked."""
        steps = list(mail_log.last_steps(self.place / "archive").values())
        got = self._counts()
        require(max(got.values(), default=0) <= 1, "sent twice in one run")
        if not steps:
            require(not got, "sent, and no log of it")
        elif steps[-1].is_uncertain:
            code = forked(self._expect_refusal, self._log)
            require(code == 0, f"sent without --again, or {self._log.read_text('utf-8')[-500:]}")
            require(self._counts() == got, "sent again unasked")
        self._is_again = True

    def stop(self) -> None:
        """End the server."""
        self._server.stop()

    def _expect_refusal(self) -> None:
        self._is_again = False
        with suppress(MailError):
            self.work()
            raise FaultError

    def check(self) -> None:
        """See that each reader has the mail, and one at most has it twice."""
        got = self._counts()
        require(set(got) == set(RECIPIENTS), f"some got none: {got}")
        require(sum(got.values()) <= len(RECIPIENTS) + 1, f"sent twice: {got}")

    def _counts(self) -> Counter[str]:
        return Counter(self._server.got.read_text("utf-8").split())


def _newest_day(root: Path) -> date:
    days = [p.announced or p.published for p in Store(root / "archive").read_all()]
    return date.fromisoformat(max(day for day in days if len(day) == len("2025-11-20")))
