"""A year of an archive in minutes: made-up sources on loopback, a run each day, faults, and a person who edits.

Every fault is a real one: processes are killed, files may not grow, servers refuse, git conflicts.
"""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from loopback_server import FakeTime, Reply, Server, send
from paper_digest.cli.check import check_archive
from paper_digest.cli.new_archive import Answers, new_archive
from paper_digest.cli.owned_files import OWNED_FILES_PATH
from paper_digest.cli.upgrade import upgrade_archive
from paper_digest.deliver.git_push import Remote, commit_paths, push_commits
from paper_digest.deliver.push_refusals import PushError
from paper_digest.ingest import commands
from paper_digest.model.errors import DigestError, Problem
from paper_digest.store.files import Store
from paper_digest.store.runs.log import Run
from source_answers import at, day_of, feed, fetching

FIRST_DAY = date(2026, 3, 9)  # a Monday, after the fake clock begins
_DAY = timedelta(days=1)
_SATURDAY = 5
_PAPERS_A_DAY = 3
_HTML = b"<!DOCTYPE html><html><body>Down for maintenance</body></html>"
_TROUBLE: dict[str, Reply] = {
    "429": send(b"slow down", 429, Retry_After="1"),
    "503": send(b"busy", 503),
    "HTML": send(_HTML, Content_Type="text/html"),
}


class World:
    """The sources: which papers they list on which day, and what they answer instead."""

    def __init__(self) -> None:
        self.server = Server()
        self.server.replies = _Replies(self)
        self.today = FIRST_DAY
        self.trouble = ""
        self.rng = random.Random(7)  # noqa: S311 - days of faults, not secrets

    def ids(self, day: date) -> list[str]:
        """Name the papers that are announced on a day; on weekends there are none."""
        if day < FIRST_DAY or day > self.today or day.weekday() >= _SATURDAY:
            return []
        number = (day - FIRST_DAY).days * _PAPERS_A_DAY
        return [f"{day:%y%m}.{number + n + 1:05}" for n in range(_PAPERS_A_DAY)]

    def day(self, bare_id: str) -> date:
        """Return the day a paper is of."""
        return FIRST_DAY + (int(bare_id.rpartition(".")[2]) - 1) // _PAPERS_A_DAY * _DAY

    def all_ids(self) -> set[str]:
        """Name all papers so far."""
        days = (FIRST_DAY + n * _DAY for n in range((self.today - FIRST_DAY).days + 1))
        return {f"arxiv:{bare}" for day in days for bare in self.ids(day)}

    def answer(self, path: str) -> Reply:
        """Answer an address of Hugging Face's or arXiv's."""
        if self.trouble:
            return _TROUBLE[self.trouble]
        asked = parse_qs(urlsplit(path).query)
        if "date" in asked:
            day = date.fromisoformat(asked["date"][0])
            return send(day_of(*self.ids(day)[:2], upvotes=1 + (self.today - day).days % 40))
        if nothing := next((a for part, a in _EMPTY_SEARCHES.items() if part in path), None):
            return send(nothing)
        if "/atom/" in path:
            return send(
                feed(self.today, *self.ids(self.today)), Content_Type="application/atom+xml"
            )
        if "id_list" in asked:
            watched = asked["id_list"][0].split(",")
            return send(
                _search_answer([(bare, self.day(bare)) for bare in watched]),
                Content_Type="application/atom+xml",
            )
        found = re.search(
            r"submittedDate:\[(\d{8})0000 TO (\d{8})", unquote(path).replace("+", " ")
        )
        assert found, path
        first, last = (date.fromisoformat(text) for text in found.groups())
        days = (first + n * _DAY for n in range((last - first).days + 1))
        papers = [(bare, day) for day in days for bare in self.ids(day)]
        return send(_search_answer(papers), Content_Type="application/atom+xml")


#: What the watch is answered where it asks who printed a paper: nobody.
_EMPTY_SEARCHES = {
    "/search/publ/api": b'{"result":{"hits":{"@total":"0"}}}',
    "/notes/search": b'{"notes":[]}',
    "query.bibliographic": b'{"message-type":"work-list","message":{"items":[],"total-results":0}}',
}


class _Replies(dict[str, list[Reply]]):
    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def __missing__(self, path: str) -> list[Reply]:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            self._world.answer(path)(handler)

        return [reply]


def _search_answer(papers: list[tuple[str, date]]) -> bytes:
    entries = "".join(
        f"""<entry><id>http://arxiv.org/abs/{bare}v1</id><title>Boats of {bare}</title>
        <updated>{day}T09:00:00Z</updated><published>{day}T08:00:00Z</published>
        <summary>We fold them, and then they float.</summary><category term="cs.RO"/>
        <author><name>Ada Example</name></author><author><name>Carl Case</name></author></entry>"""
        for bare, day in papers
    )
    return f"""<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
        xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id>
        <opensearch:totalResults>{len(papers)}</opensearch:totalResults>{entries}</feed>""".encode()


class Year:
    """An archive in git, the person who keeps it, and what happened to it.

    Attributes:
        log: how often each thing happened. ``problems``: what runs named, numbers left out.
        surprises: what should never happen.
        edited: the titles that a person wrote, by id.
    """

    def __init__(self, folder: Path, world: World) -> None:
        self.world, self.fake = world, FakeTime()
        self.log: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()
        self.surprises: list[str] = []
        self.edited: dict[str, str] = {}
        self.root, self.bare = folder / "papers", folder / "bare.git"
        answers = Answers(title="Boats", arxiv=("cs.RO",), huggingface=True)
        new_archive(self.root, answers)
        self._git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        self._git(self.root, "init", "--quiet", "--initial-branch=main")
        self._git(self.root, "add", ".")
        self._git(self.root, "commit", "--quiet", "-m", "Begin")
        self._git(self.root, "push", "--quiet", str(self.bare), "HEAD:main")
        self.other = folder / "other"

    def day(self, today: date, faults: tuple[str, ...]) -> None:
        """Live one day: the faults, then a run that finds the machine as it should be."""
        self.world.today = today
        at(self.fake, today.year, today.month, today.day, 12)
        for fault in faults:
            self.log[fault] += 1
            actions: dict[str, Callable[[], None]] = {
                "killed": self._killed,
                "two at once": self._two_at_once,
                "files may not grow": self._cramped,
                "edited by hand": self._edit_title,
                "CRLF and BOM": self._crlf,
                "merge markers": self._merge_markers,
                "topic renamed": self._rename_topic,
                "upgrade": self._upgrade,
                "two machines": self._two_machines,
            }
            actions.get(fault, lambda: None)()
        self.world.trouble = next((name for name in faults if name in _TROUBLE), "")
        self.run_once()
        self.world.trouble = ""
        self._commit()

    def run_once(self) -> None:
        """Ingest in this process; what it could not do is counted, a traceback is a surprise."""
        try:
            runs, problems = self._ingest(self.root)
        except DigestError as error:
            self.log[f"error: {error.what[:40]}"] += 1
            return
        except Exception:  # noqa: BLE001 - what nobody foresaw is what this is for
            self.surprises.append(traceback.format_exc())
            return
        self.log["runs"] += len(runs)
        self.log["runs that failed"] += sum(not run.ok for run in runs)
        for run in runs:
            for line in run.said:
                self.problems[re.sub(r"[0-9]{2,}", "N", line)[-110:]] += 1
        self.log["problems of files"] += len(problems)

    def missing(self) -> set[str]:
        """Name the papers that were announced and are in no record."""
        broken: list[Problem] = []
        papers = list(Store(self.root / "archive").read_all(broken))
        self.surprises += (f"broken: {problem}" for problem in broken)
        known = [i for paper in papers for i in (paper.id, *paper.aliases)]
        self.surprises += (f"twice: {i}" for i, n in Counter(known).items() if n > 1)
        titles = {paper.id: paper.title for paper in papers}
        lost = (f"edit lost: {i}" for i, title in self.edited.items() if titles.get(i) != title)
        self.surprises += lost
        return self.world.all_ids() - set(known)

    def check(self) -> list[str]:
        """Return what ``digest check`` finds."""
        return [str(problem) for problem in check_archive(self.root, self.world.today)]

    def build(self) -> int:
        """Build the site with MkDocs, strictly; returns its exit code."""
        command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--quiet"]
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        ran = subprocess.run(command, cwd=self.root, env=env, capture_output=True, check=False)
        self.log[f"build ended with {ran.returncode}"] += 1
        if b"Traceback" in ran.stdout + ran.stderr:
            self.surprises.append((ran.stdout + ran.stderr).decode()[-2000:])
        return ran.returncode

    def _ingest(self, root: Path) -> tuple[list[Run], list[Problem]]:
        return commands.ingest_followed(
            root,
            (None, None),
            replay=False,
            show_progress=lambda _: None,
            now=self.fake.world.now(),
            fetcher_factory=fetching(self.world.server, self.fake),
        )

    def _in_child(self, prepare: Callable[[], None]) -> int:
        """Ingest in a fork that was prepared; returns its process id."""
        process = os.fork()
        if process:
            return process
        code = 3
        try:
            prepare()
            self._ingest(self.root)
            code = 0
        except (DigestError, OSError):
            code = 2
        finally:
            os._exit(code)

    def _killed(self) -> None:
        """Kill a run when it has touched the archive so many times."""
        touches = self.world.rng.randint(1, 40)

        def prepare() -> None:
            count = 0

            def hook(event: str, arguments: tuple[object, ...]) -> None:
                nonlocal count
                if event in {"open", "os.rename", "os.mkdir"} and str(self.root) in str(
                    arguments[0]
                ):
                    count += 1
                    if count == touches:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(hook)

        self._count_end(self._in_child(prepare))

    def _two_at_once(self) -> None:
        children = [self._in_child(lambda: None) for _ in range(2)]
        for child in children:
            self._count_end(child)

    def _cramped(self) -> None:
        """Run where no file may have more than 600 bytes, which is a full disk to a program."""

        def prepare() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

        self._count_end(self._in_child(prepare))

    def _count_end(self, child: int) -> None:
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            self.log["ended by a signal"] += 1
            return
        code = os.WEXITSTATUS(status)
        self.log[f"child ended with {code}"] += 1
        if code not in {0, 2}:
            self.surprises.append(f"a child ended with {code}")

    def _some_record(self) -> Path | None:
        records = sorted((self.root / "archive" / "papers").rglob("*.md"))
        return self.world.rng.choice(records) if records else None

    def _edit_title(self) -> None:
        if path := self._some_record():
            title = f"Boats, mended on {self.world.today}"
            text = path.read_text("utf-8")
            path.write_text(re.sub(r"(?m)^title: .*$", f'title: "{title}"', text, count=1), "utf-8")
            self.edited[f"arxiv:{path.stem}"] = title

    def _crlf(self) -> None:
        if path := self._some_record():
            data = path.read_bytes().replace(b"\r\n", b"\n")
            path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))

    def _merge_markers(self) -> None:
        """Leave a conflict in a record, see that it is named, and resolve it."""
        if path := self._some_record():
            good = path.read_bytes()
            path.write_bytes(good + b"<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n")
            self.run_once()
            if not any(path.name in problem for problem in self.check()):
                self.surprises.append(f"nobody named the merge conflict in {path}")
            path.write_bytes(good)

    def _rename_topic(self) -> None:
        text = "- name: boats\n  title: Boats\n  words: [boat]\n"
        if "name: boats" in (self.root / "topics.yml").read_text("utf-8"):
            text = "- name: ships\n  title: Ships\n  words: [boat]\n  was: [boats]\n"
        (self.root / "topics.yml").write_text(text, "utf-8")

    def _upgrade(self) -> None:
        """Upgrade from an older version: one file of its own differs, one was changed by the operator."""
        state = self.root / OWNED_FILES_PATH
        state.write_text(
            re.sub(r'"version": "[^"]*"', '"version": "0.0.1"', state.read_text("utf-8"))
        )
        readme = self.root / "README.md"
        readme.write_text(readme.read_text("utf-8") + "\nMy own words.\n")
        done = upgrade_archive(self.root)
        if (done.before, "My own words." in readme.read_text("utf-8")) != ("0.0.1", True):
            self.surprises.append(f"upgrade: {done}")

    def _two_machines(self) -> None:
        """Let another clone ingest and push the same day first."""
        if not self.other.exists():
            self._git(self.root.parent, "clone", "--quiet", str(self.bare), "other")
        self._git(self.other, "pull", "--quiet")
        self._ingest(self.other)
        if commit_paths(self.other, ["archive"], "Elsewhere"):
            push_commits(self.other, Remote(str(self.bare), "main"))

    def _commit(self) -> None:
        """Commit and push; a conflict that is left is resolved as the manual says: taken anew."""
        if not commit_paths(
            self.root, ["archive", "topics.yml", "README.md", OWNED_FILES_PATH], "Day"
        ):
            self.log["days without a commit"] += 1
            return
        try:
            push_commits(self.root, Remote(str(self.bare), "main"))
        except PushError as error:
            self.log["conflicts"] += 1
            self.log[f"conflict: {error.what[:60]}"] += 1
            self._git(self.root, "fetch", "--quiet", str(self.bare), "main")
            self._git(self.root, "reset", "--quiet", "--hard", "FETCH_HEAD")
            self.run_once()
            if commit_paths(self.root, ["archive"], "Day, again"):
                push_commits(self.root, Remote(str(self.bare), "main"))
        self.log["commits"] += 1

    def _git(self, cwd: Path, *words: str) -> None:
        author = ("-c", "user.name=A", "-c", "user.email=a@a.example")
        subprocess.run(["git", *author, *words], cwd=cwd, check=True, capture_output=True)


def faults_of(number: int, rng: random.Random) -> tuple[str, ...] | None:
    """Say what goes wrong on a day of the year; ``None`` on days on which nothing runs at all."""
    silent = (range(60, 81), range(200, 222))
    if any(number in days for days in silent):
        return None
    if number in range(120, 131):
        return ("503",)
    planned = {30: "topic renamed", 150: "topic renamed", 180: "upgrade", 300: "upgrade"}
    faults = [planned[number]] if number in planned else []
    chances = {
        "killed": 0.08, "two at once": 0.04, "files may not grow": 0.04, "429": 0.03, "503": 0.03,
        "HTML": 0.03, "edited by hand": 0.04, "CRLF and BOM": 0.03, "merge markers": 0.02, "two machines": 0.04,
    }  # fmt: skip
    faults += [name for name, chance in chances.items() if rng.random() < chance]
    return tuple(faults)


def live(folder: Path, days: int, faults: Callable[[int, random.Random], tuple[str, ...] | None] = faults_of, build_every: int = 0) -> Year:  # fmt: skip
    """Live so many days, and three quiet ones; the year is then at rest, its server stopped."""
    world = World()
    year = Year(folder, world)
    rng = random.Random(11)  # noqa: S311 - as above
    try:
        for number in range(days + 3):
            today = FIRST_DAY + number * _DAY
            planned = faults(number, rng) if number < days else ()
            if planned is None:
                year.log["days of silence"] += 1
                continue
            year.day(today, planned)
            if build_every and number % build_every == build_every - 1:
                year.build()
    finally:
        world.server.stop()
    return year
