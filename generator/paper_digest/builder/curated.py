"""What curators wrote, read for a build: the papers it names found in the archive."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from paper_digest.builder.paper_names import PaperNames
from paper_digest.builder.records import ArchiveRecords
from paper_digest.catalog.curated import CuratedContent, CuratedLists
from paper_digest.catalog.meetings import Meetings
from paper_digest.catalog.picks import Picks
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import CuratedList, ListItem, load_lists
from paper_digest.store.meetings import Meeting, load_meetings
from paper_digest.store.picks import PICKS_FILE, Pick, load_picks
from paper_digest.store.volumes import Volume


class CuratedReader:
    """Reads what curators wrote; ``problems`` gets what cannot be used, and each paper that nobody knows."""

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

    def read(self) -> CuratedContent:
        """Read all, which the site of a volume has none of.

        A paper that the site does not show is left out of its meeting and of the picks, and has no link of the site in its list.
        """
        if self._config.volume:
            return CuratedContent()
        meetings = load_meetings(self._archive, self._config.timezone, self._problems)
        lists = load_lists(self._archive, self._problems)
        picks = load_picks(self._archive, self._problems)
        if not (meetings or lists or picks):
            return CuratedContent()
        self._names = PaperNames(self._records, self._volumes, self._config)
        return CuratedContent(
            Meetings([self._meeting(one) for one in meetings]),
            CuratedLists([self._list(one) for one in lists]),
            Picks(self._picks(picks)),
        )

    def _meeting(self, meeting: Meeting) -> Meeting:
        where = self._place(meeting.file_name)
        slugs = (self._slug(paper, where) for paper in meeting.papers)
        return replace(meeting, papers=tuple(dict.fromkeys(slug for slug in slugs if slug)))

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
                what = f"{item.paper} stands here and on line {first_line}"
                self._problems.append(Problem(where, what, cure="take one of them out"))
                continue
            first_lines[name] = item.line
            if not paper.is_known:
                self._problems.append(_unknown(item.paper, where))
            yield replace(item, slug=paper.slug, url=paper.url)

    def _picks(self, picks: Iterable[Pick]) -> Iterable[Pick]:
        for pick in picks:
            where = f"{self._archive / PICKS_FILE}:{pick.line}"
            if slug := self._slug(pick.paper, where):
                yield replace(pick, slug=slug)

    def _slug(self, name: str, where: str) -> str:
        paper = self._names.find(name)
        if not paper.is_known:
            self._problems.append(_unknown(name, where))
        return paper.slug

    def _place(self, file_name: str) -> str:
        """Return where a file of the archive is, as other problems name it."""
        return str(self._archive.parent / file_name)


def _unknown(name: str, where: str) -> Problem:
    cure = "correct the id, or add the paper: digest add"
    return Problem(where, f"{name} is not in the archive", cure=cure)
