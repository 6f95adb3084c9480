"""The papers proposed for the reading group on one page, and what other pages say of them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from paper_digest.catalog.catalog import Catalog
from paper_digest.render import span
from paper_digest.render.pages import paper_lists
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind, SitemapEntry
from paper_digest.render.pages.paper_rows import noted_row
from paper_digest.render.pages.report_links import issues_url
from paper_digest.render.sentence import sentence
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.store.proposals import Proposal
from paper_digest.text.language import (
    gettext,
    ngettext,
)

QUEUE_PAGE_PATH = "meetings/queue.md"
#: The form in ``.github/ISSUE_TEMPLATE`` that proposes a paper.
PROPOSAL_FORM = "propose-paper"


def queue_link() -> Span:
    """Link to the page of proposals by its title."""
    return span.page_link(span.text(_title()), QUEUE_PAGE_PATH)


def queue_paragraphs(catalog: Catalog) -> list[Span]:
    """Link to the page of proposals, for pages about meetings; nothing where none is made."""
    return [paragraph(queue_link())] if catalog.curated.proposals.all else []


def _title() -> str:
    return gettext("Proposed for the reading group")


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    if inputs.catalog.curated.proposals.all:
        issues = issues_url(inputs.config.repository)
        yield single_page_group(_page(inputs.catalog, issues))


def _page(catalog: Catalog, issues: str) -> Page:
    rows = [
        noted_row(catalog.by_slug[one.slug], catalog, _note(one, issues))
        for one in catalog.curated.proposals.all
    ]
    words = gettext("Papers that somebody wants to read together, the most voted first.")
    head = [
        span.heading(1, span.text(_title()), "queue"),
        paragraph(span.text(words)),
        *([paragraph(_form_link(issues), "pd-meta")] if issues else ()),
    ]
    body = [
        paper_lists.toolbar(paper_lists.format_paper_count(len(rows)), {}),
        box("pd-list", [span.bullet_list_of(rows)]),
    ]
    slugs = [one.slug for one in catalog.curated.proposals.all]
    front = paper_lists.LIST_META | {"title": _title(), "search": {}, "papers": slugs}
    return Page(QUEUE_PAGE_PATH, front, paper_lists.lay_out(paper_lists.Frame(head), body))


def _note(proposal: Proposal, issues: str) -> Span:
    """Say why a paper is proposed and by whom, how many votes it has, and where one votes."""
    by = place = EMPTY
    if proposal.by:
        by = sentence(gettext("proposed by {name}"), name=span.text(proposal.by))
    because = span.isolate(span.text(proposal.because))
    votes = span.text(ngettext("{n} vote", "{n} votes", proposal.votes))
    if issues and proposal.issue:
        label = span.text(gettext("Vote with a thumbs up"))
        place = span.link(label, f"{issues}/{proposal.issue}")
    return span.join((because, by, votes, place), " · ")


def _form_link(issues: str) -> Span:
    query = urlencode({"template": f"{PROPOSAL_FORM}.yml"})
    return span.link(span.text(gettext("Propose a paper")), f"{issues}/new?{query}")


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    if catalog.curated.proposals.all:
        yield SitemapEntry(QUEUE_PAGE_PATH, "")


KIND = PageKind(("meetings",), _groups, sitemap_entries=_sitemap_entries)
