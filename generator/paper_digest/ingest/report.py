"""What a run did: papers met, new and changed, and the problems it had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from paper_digest.ingest.fetch.protocol import HostSilentError
from paper_digest.model.batch import Request
from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper


class SilentHost(msgspec.Struct):
    """A host that gave no answer, why, what was asked of it, and which problem of a report says so."""

    first: Problem
    index: int
    requests: list[Request]

    def problem(self) -> Problem:
        """Say it in one line, with the days, or the number of addresses, that were not asked."""
        if len(self.requests) == 1:
            return self.first
        days = sorted({d for r in self.requests for d in (r.since, r.until) if d})
        number = len(self.requests)
        missing = f"{counted(number, 'address', 'addresses')} not asked"
        if days:
            by_day = all(r.since and r.since == r.until for r in self.requests)
            missing = f"{counted(number, 'day')} not asked" if by_day else missing
            missing += f" ({days[0]} to {days[-1]})"
        return Problem(self.first.where, f"{self.first.what}; {missing}", cure=self.first.cure)


class IngestReport(msgspec.Struct):
    """What a run did.

    Attributes:
        entries: how many were read; ``ignored_removals``: how many of them say that a paper is gone,
            or was corrected, which the archive never had; ``blocked``: how many have to wait because a file of the
            store is broken, or the program failed.
        new, changed, unchanged: ids of the papers met.
        paper_names: what lists of ids name; it has not been asked for.
        left_out: ids, or titles, of papers that did not pass the filters of an entry.
        newest: the last day a paper was seen on by its source (ISO date).
        undecided: pairs of ids, one of them met in this run, that may be one paper.
        silent_hosts: hosts that gave no answer, by name; each is one of ``problems``.
    """

    entries: int = 0
    ignored_removals: int = 0
    blocked: int = 0
    left_out: list[str] = []
    newest: str = ""
    new: set[str] = set()
    changed: set[str] = set()
    unchanged: set[str] = set()
    problems: list[Problem] = []
    paper_names: list[str] = []
    undecided: list[tuple[str, str]] = []
    silent_hosts: dict[str, SilentHost] = {}

    def add_silent_host(self, error: HostSilentError, request: Request) -> None:
        """Take a request that got no answer because of its host: one problem for all of these."""
        if host := self.silent_hosts.get(error.host):
            host.requests.append(request)
            self.problems[host.index] = host.problem()
        else:
            self.silent_hosts[error.host] = SilentHost(error.problem, len(self.problems), [request])
            self.problems.append(error.problem)

    @property
    def paper_count(self) -> int:
        """Number of distinct papers met."""
        return len(self.new | self.changed | self.unchanged)

    def list_undecided(self, undecided_with: Callable[[str], Iterable[str]]) -> None:
        """Name the pairs of a paper that this run wrote and one that may be the same."""
        written = self.new | self.changed
        pairs = {(min(a, b), max(a, b)) for a in written for b in undecided_with(a)}
        self.undecided = sorted(pairs)

    def block_paper(self, paper: Paper, where: str, broken_file: str) -> None:
        """Note that what was said of a paper cannot be kept, because its file is broken."""
        self.blocked += 1
        what = f"what is said of {paper.id} was not taken, because {broken_file} cannot be read"
        cure = "restore that file from git or delete it, then ingest again"
        self.problems.append(Problem(where, what, cure=cure))

    def count_paper(self, olds: Sequence[Paper], merged: Paper) -> None:
        """Count a paper as new, changed or unchanged, once however often this run meets it.

        Args:
            olds: the records it was merged with; none for a new one.
            merged: what became of them; one of ``olds`` itself where nothing changed.
        """
        ids = {old.id for old in olds}
        is_new = not ids - self.new
        is_unchanged = len(olds) == 1 and merged is olds[0]
        if is_unchanged and not is_new and merged.id not in self.changed:
            self.unchanged.add(merged.id)
        elif not is_unchanged:
            for group in (self.new, self.changed, self.unchanged):
                group.difference_update(ids)
            (self.new if is_new else self.changed).add(merged.id)
