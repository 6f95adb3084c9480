"""The page of one paper: what it says, then what is known of it."""

from __future__ import annotations

from typing import Any

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry, abstract_blurb, has_lost_tex, shorten_text
from paper_digest.model import links
from paper_digest.model.paper import Paper
from paper_digest.render import citation, typeset
from paper_digest.render import span as prose
from paper_digest.render.pages import authors, paper_sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page
from paper_digest.render.pages.paper_rows import paper_title, topic_link
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.store.notes import Note
from paper_digest.text.dates import format_date
from paper_digest.text.tex import convert as latex

#: Names shown before the rest is folded away.
MAX_AUTHORS_SHOWN = 25

#: Authors named as the reason why two papers are related.
MAX_SHARED_AUTHORS_SHOWN = 2

#: Characters of the description that search engines and cards show.
MAX_DESCRIPTION_CHARS = 160


def make_page(
    paper: Paper, catalog: Catalog, repository: str = "", notes: tuple[Note, ...] = ()
) -> Page:
    """Make the page of one paper; ``repository`` is where its record can be reported."""
    entry = catalog.by_slug[paper.slug]
    body = (
        prose.heading(1, paper_title(paper.title, paper.id), "paper"),
        _authors(paper, catalog),
        paragraph(_facts(paper), "pd-facts"),
        paragraph(_actions(paper), "pd-actions"),
        *_banners(paper),
        *_digest(paper),
        *_abstract(paper),
        *_comment(paper),
        *_notes(notes, repository),
        paragraph(prose.join(topic_link(t, catalog) for t in entry.topics), "pd-topics"),
        box("pd-near", (*_related(entry, catalog), *_pager(entry, catalog))),
    )
    side = paper_sidebar.sidebar_blocks(paper, catalog, repository)
    parts = prose.join_blocks((box("pd-body", body), box("pd-side", side)))
    meta = _meta(paper, entry.topics, catalog)
    return Page(f"papers/{paper.slug}.md", meta, parts, has_notes=bool(notes))


def neighbour_hash(entry: CatalogEntry, catalog: Catalog) -> bytes:
    """Hash all that the page of a paper says of other papers."""
    near = catalog.related.get(entry.slug, ())
    others = [catalog.by_slug[one.slug] for one in near]
    day_neighbours = [
        (e.path, e.title) if e else None for e in catalog.day_neighbours.get(entry.slug, ())
    ]
    return catalog.hash_entries((entry, *others), near, day_neighbours, catalog.has_sharded_search)


def _meta(paper: Paper, topics: tuple[str, ...], catalog: Catalog) -> dict[str, Any]:
    description = (
        shorten_text(paper.digest.text, MAX_DESCRIPTION_CHARS)
        if paper.digest
        else abstract_blurb(paper, MAX_DESCRIPTION_CHARS)
    )
    return {
        "title": latex.to_unicode(paper.title) or paper_title(paper.title, paper.id).markdown,
        "description": latex.to_unicode(description),
        "kind": "paper",
        "id": paper.id,
        "date": paper.published,
        "updated": paper.updated,
        "authors": [a.name for a in paper.authors],
        "tags": [catalog.topics[t].title for t in topics],
        "categories": list(paper.categories),
        "doi": paper.doi,
        "cite": citation.meta(paper),
        "links": {link.kind: link.url for link in reversed(_links(paper))},
        "hide": ["navigation", "toc"],
        "search": {"exclude": True}
        if catalog.has_sharded_search
        else {"boost": 2}
        if paper.title
        else {},
    }


def _links(paper: Paper) -> tuple[Any, ...]:
    return links.paper_links(paper.id, paper.doi, paper.links)


def _authors(paper: Paper, catalog: Catalog) -> Span:
    names = [authors.author_link(a.name, catalog) for a in paper.authors]
    if not names:
        count = paper.author_count
        words = f"{count:,} author{'s' if count > 1 else ''}" if count else ""
        return paragraph(prose.text(words), "pd-authors")
    shown = paragraph(prose.join(names[:MAX_AUTHORS_SHOWN], ", "), "pd-authors")
    if len(names) <= MAX_AUTHORS_SHOWN:
        return shown
    # The rest is one paragraph in a disclosure: there without scripts, out of the way.
    rest = prose.join(names[MAX_AUTHORS_SHOWN:], ", ")
    summary = f"and {len(names) - MAX_AUTHORS_SHOWN:,} more authors"
    return prose.join_blocks((shown, prose.details(summary, paragraph(rest, "pd-authors"))))


def _facts(paper: Paper) -> Span:
    published = EMPTY
    if paper.published:
        published = prose.text_run("Published ") + prose.time_element(paper.published)
        if paper.inferred:
            hint = "The page gave no year; it was worked out."
            published += prose.html(f' <span title="{hint}">(year inferred)</span>')
    newest = EMPTY
    versions = len(paper.versions)
    if versions > 1 or (paper.updated and paper.updated != paper.published):
        number = f"version {paper.versions[-1].number} of " if versions else "updated "
        newest = prose.text_run(number) + prose.time_element(
            paper.updated or paper.versions[-1].date
        )
    venue = typeset.title(paper.journal_ref or paper.venue)
    kind, _, bare = paper.id.partition(":")
    known_as = {"arxiv": f"arXiv:{bare}", "doi": f"doi:{bare}", "acl": bare}.get(kind, "")
    return prose.join((published, newest, venue, prose.text(known_as)), " · ")


def _actions(paper: Paper) -> Span:
    spans = []
    for link in _links(paper):
        action = prose.link(prose.text(link.title or links.LINK_LABELS[link.kind]), link.url)
        spans.append(action + prose.text_run(f" ★ {link.stars:,}") if link.stars else action)
    return prose.join(spans)


def _banners(paper: Paper) -> list[Span]:
    banners = []
    if paper.withdrawn:
        reason = "" if paper.withdrawn == "withdrawn" else f" {paper.withdrawn}"
        banners.append(prose.text_run(f"This paper has been withdrawn.{reason}"))
    if not paper.title:
        banners.append(
            prose.text("No source has given this paper's title yet, so it is listed by its id.")
        )
    if paper.truncated:
        banners.append(prose.text("The abstract ends early: the page it came from cut it off."))
    return [paragraph(banner, "pd-banner") for banner in banners]


def _digest(paper: Paper) -> list[Span]:
    if not paper.digest:
        return []
    by = prose.text_run(f"Digest by {paper.digest.by}")
    if paper.digest.at:
        by += prose.text_run(", ") + prose.time_element(paper.digest.at)
    return [
        prose.heading(2, prose.text("Digest"), "digest"),
        *(paragraph(p) for p in typeset.paragraphs(paper.digest.text)),
        paragraph(by, "pd-by"),
    ]


def _abstract(paper: Paper) -> list[Span]:
    if not paper.abstract:
        return []
    lossy = has_lost_tex(paper)
    return [
        prose.heading(2, prose.text("Abstract"), "abstract"),
        *(paragraph(p) for p in typeset.paragraphs(paper.abstract, repair_tex=lossy)),
    ]


def _comment(paper: Paper) -> list[Span]:
    if not paper.comment:
        return []
    [comment] = typeset.paragraphs(paper.comment) or [EMPTY]
    return [paragraph(prose.text_run("Comment: ") + comment, "pd-comment")]


def _notes(notes: tuple[Note, ...], repository: str) -> list[Span]:
    if not notes:
        return []
    blocks = [prose.heading(2, prose.text("Editor's note"), "note")]
    for note in notes:
        blocks.append(prose.operator_markdown(note.text))
        if repository:
            # GitHub takes HEAD for the name of the default branch.
            url = f"{repository.rstrip('/')}/edit/HEAD/docs/{note.path}"
            blocks.append(paragraph(prose.link(prose.text("Edit this note"), url), "pd-by"))
    return [box("pd-note", blocks)]


def _related(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    items = []
    for near in catalog.related.get(entry.slug, ()):
        other = catalog.by_slug[near.slug]
        link = prose.page_link(paper_title(other.title, other.id), other.path)
        items.append(
            [paragraph(link), paragraph(_reason(entry, other, near.shared_words), "pd-by")]
        )
    if not items:
        return []
    return [
        prose.heading(2, prose.text("Related papers"), "related", searchable=False),
        box("pd-short", [prose.bullet_list(items)]),
    ]


def _reason(entry: CatalogEntry, other: CatalogEntry, shared: tuple[str, ...]) -> Span:
    """Say what two papers have in common: who wrote them, the words they share."""
    authors_ = [name for name in dict.fromkeys(entry.authors) if name in other.authors]
    who = [f"both by {', '.join(authors_[:MAX_SHARED_AUTHORS_SHOWN])}"] if authors_ else []
    if len(authors_) > MAX_SHARED_AUTHORS_SHOWN:
        who = [f"{len(authors_):,} authors in common"]
    what = [f"both speak of {', '.join(shared)}"] if shared else []
    return prose.text(" · ".join(who + what))


def _pager(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    """Link to the neighbours of the same day, and to the day."""
    if entry.slug not in catalog.day_neighbours:
        return []
    near = [
        paragraph(prose.text_run(label) + prose.page_link(paper_title(e.title, e.id), e.path), css)
        for label, css, e in zip(
            ("Previous of the day: ", "Next of the day: "),
            ("pd-before", "pd-after"),
            catalog.day_neighbours[entry.slug],
            strict=True,
        )
        if e
    ]
    day = prose.page_link(
        prose.text(f"All of {format_date(entry.filing_date)}"),
        f"dates/{entry.filing_date}.md",
    )
    return [box("pd-beside", near), paragraph(day, "pd-steps")]
