"""What curators may call a paper, and the paper that each name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from paper_digest.builder.records import ArchiveRecords
from paper_digest.model import ids, links
from paper_digest.settings.config import Config
from paper_digest.settings.volume_urls import volume_path
from paper_digest.store.volume_lists import Volume
from paper_digest.text import fields


class NamedPaper(NamedTuple):
    """What a name means: the slug of a paper of this site, or "" and where the paper is.

    ``url`` counts from a page one folder below the site's root; "" where nobody knows. ``is_known``: the archive has
    a record of it, on this site, hidden (``is_hidden``), or in a volume.
    """

    slug: str = ""
    url: str = ""
    is_known: bool = False
    is_hidden: bool = False


class PaperNames:
    """The papers of an archive by id, former id, DOI, slug, or address at arXiv or a DOI's resolver."""

    def __init__(self, records: ArchiveRecords, volumes: Iterable[Volume], config: Config) -> None:
        """Take the names of all papers; where two share one, the first has it."""
        self._papers: dict[str, NamedPaper] = {}
        for summary in records.unplaced_summaries:
            paper = NamedPaper(summary.entry.slug, is_known=True)
            self._add(paper, (*summary.ids, *([f"doi:{summary.doi}"] if summary.doi else ())))
        for volume in volumes:
            start = f"../../{volume_path(volume.name, config)}papers/"
            for one in volume.papers:
                url = f"{start}{ids.slug(one.id)}/"
                self._add(NamedPaper("", url, is_known=True), (one.id, *one.former))
        for paper_id in (*records.hidden_ids, *(f"doi:{doi}" for doi in records.hidden_dois)):
            url = links.upstream_url(paper_id)
            self._add(NamedPaper("", url, is_known=True, is_hidden=True), (paper_id,))

    def find(self, name: str) -> NamedPaper:
        """Return what a name means; of a paper that the archive has not, where its id leads."""
        candidates = [*possible_ids(name), name.strip()]
        known = (self._papers[one] for one in candidates if one in self._papers)
        urls = (links.upstream_url(one) for one in candidates if ids.is_paper_id(one))
        return next(known, NamedPaper("", next((url for url in urls if url), "")))

    def _add(self, paper: NamedPaper, paper_ids: Iterable[str]) -> None:
        for paper_id in paper_ids:
            self._papers.setdefault(paper_id, paper)
            self._papers.setdefault(ids.slug(paper_id), paper)


def possible_ids(name: str) -> Iterator[str]:
    """Yield the ids that a name may be, in the one form of the store; none of a name that is of another kind."""
    bare, _ = fields.parse_arxiv_id(name)
    if bare:
        yield f"arxiv:{bare}"
    if doi := fields.parse_doi(name.strip().removeprefix("doi:")):
        yield f"doi:{doi}"
    if ids.is_paper_id(name.strip()):
        yield name.strip()
