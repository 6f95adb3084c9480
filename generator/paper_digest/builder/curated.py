"""What curators wrote, read for a build: the papers it names found in the archive."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from paper_digest.builder.paper_names import NamedPaper, PaperNames, possible_ids
from paper_digest.builder.records import ArchiveRecords
from paper_digest.catalog.curated import CuratedContent, CuratedLists
from paper_digest.catalog.meetings import Meetings
from paper_digest.catalog.picks import Picks
from paper_digest.catalog.proposals import Proposals
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import CuratedList, ListItem, load_lists
from paper_digest.store.files import Store
from paper_digest.store.meetings import Meeting, load_meetings
from paper_digest.store.picks import PICKS_FILE, Pick, load_picks
from paper_digest.store.proposals import PROPOSALS_FILE, Proposal, load_proposals
from paper_digest.store.volume_lists import Volume


class CuratedReader:
    """Reads what curators wrote; ``problems`` gets what cannot be used, and each paper that nobody knows.

    ``hidden`` are the entries about papers that somebody hid: no fault of a site, which leaves them out, but the
    curator's words went with them.
    """

    def __init__(
        self,
        archive: Path,
        volumes: Iterable[Volume],
        records: ArchiveRecords,
        config: Config,
        problems: list[Problem],
    ) -> None:
        """Take the folder ``archive/``, what papers there are, here and in volumes, and where problems go."""
        self._archive, self._volumes, self._records = archive, volumes, records
        self._config, self._problems = config, problems
        self.hidden: list[Problem] = []

    def read(self) -> CuratedContent:
        """Read all, which the site of a volume has none of.

        A paper that the site does not show is left out of its meeting, of the picks and of the proposals, and has no link of
        the site in its list. What a meeting is about is proposed no more.
        """
        if self._config.volume:
            return CuratedContent()
        meetings = load_meetings(self._archive, self._config.timezone, self._problems)
        lists = load_lists(self._archive, self._problems)
        picks = load_picks(self._archive, self._problems)
        proposals = load_proposals(self._archive, self._problems)
        if not (meetings or lists or picks or proposals):
            return CuratedContent()
        self._names = PaperNames(self._records, self._volumes, self._config)
        of_meetings = Meetings([self._meeting(one) for one in meetings])
        return CuratedContent(
            of_meetings,
            CuratedLists([self._list(one) for one in lists]),
            Picks(self._picks(picks)),
            Proposals(self._proposals(proposals, of_meetings)),
        )

    def _meeting(self, meeting: Meeting) -> Meeting:
        """Find the papers of a meeting; a second mention of one is left out."""
        where = self._place(meeting.file_name)
        first_names: dict[str, str] = {}
        slugs = list[str]()
        for number, name in enumerate(meeting.papers):
            paper = self._names.find(name)
            key = paper.slug or paper.url or name
            if key in first_names:
                same = f" as {first_names[key]}" * (first_names[key] != name)
                what = f"{name}, number {number + 1} of papers, stands there already{same}"
                self._problems.append(Problem(where, what, cure="take one of them out"))
                continue
            first_names[key] = name
            slugs.append(self._slug(name, where))
        return replace(meeting, papers=tuple(filter(None, slugs)))

    def _list(self, one: CuratedList) -> CuratedList:
        return replace(one, items=tuple(self._items(one)))

    def _items(self, one: CuratedList) -> Iterable[ListItem]:
        """Find the papers of a list; a second entry of one paper is left out."""
        first_lines: dict[str, int] = {}
        for item in one.items:
            if item.section:
                yield item
                continue
            where = f"{self._place(one.file_name)}:{item.line}"
            paper = self._names.find(item.paper)
            name = paper.slug or paper.url or item.paper
            if first_line := first_lines.get(name):
                self._problems.append(_again(item.paper, where, first_line))
                continue
            first_lines[name] = item.line
            self._report(paper, item.paper, where)
            yield replace(item, slug=paper.slug, url=paper.url)

    def _picks(self, picks: Sequence[Pick]) -> Iterable[Pick]:
        """Find the papers of the picks; of one that is picked twice for a day, by two names, the second is left out."""
        first_lines: dict[tuple[str, str], int] = {}
        # They come newest first, the last line of a day before the others.
        for pick in sorted(picks, key=lambda one: one.line):
            slug = self._names.find(pick.paper).slug
            first_lines.setdefault((slug, pick.date), pick.line)
        for pick in picks:
            where = f"{self._archive / PICKS_FILE}:{pick.line}"
            if not (slug := self._slug(pick.paper, where)):
                continue
            if (first_line := first_lines[slug, pick.date]) != pick.line:
                self._problems.append(_again(pick.paper, where, first_line))
                continue
            yield replace(pick, slug=slug)

    def _proposals(self, proposals: Iterable[Proposal], meetings: Meetings) -> Iterable[Proposal]:
        """Find the papers that are proposed; a second proposal of one paper is left out."""
        first_lines: dict[str, int] = {}
        for one in proposals:
            where = f"{self._archive / PROPOSALS_FILE}:{one.line}"
            slug = self._slug(one.paper, where)
            if not slug or meetings.about(slug):
                continue
            first_line = first_lines.setdefault(slug, one.line)
            if first_line != one.line:
                self._problems.append(_again(one.paper, where, first_line))
                continue
            yield replace(one, slug=slug)

    def _slug(self, name: str, where: str) -> str:
        paper = self._names.find(name)
        self._report(paper, name, where)
        return paper.slug

    def _report(self, paper: NamedPaper, name: str, where: str) -> None:
        """Report a name that no paper has, or that of a hidden one.

        A record that cannot be read is a problem already; that it is not here would be wrong, and to correct the name too.
        """
        if paper.is_hidden:
            cure = "take it out there, or take the decision back that hides it"
            self.hidden.append(Problem(where, f"{name} is hidden", cure=cure))
        elif not paper.is_known and not self._is_unreadable(name):
            self._problems.append(_unknown(name, where))

    def _is_unreadable(self, name: str) -> bool:
        """Tell whether there is a record of this name though none was read."""
        path = Store(self._archive).path
        return any(os.path.lexists(path(one)) for one in possible_ids(name))

    def _place(self, file_name: str) -> str:
        """Return where a file of the archive is, as other problems name it."""
        return str(self._archive.parent / file_name)


def _again(name: str, where: str, first_line: int) -> Problem:
    what = f"{name} stands here and on line {first_line}"
    return Problem(where, what, cure="take one of them out")


def _unknown(name: str, where: str) -> Problem:
    cure = "correct the id, or add the paper: digest add"
    return Problem(where, f"{name} is not in the archive", cure=cure)
