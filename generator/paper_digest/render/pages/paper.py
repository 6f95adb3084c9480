"""The page of one paper: title, authors, abstract, notes, and beside them its details."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import zip_longest
from typing import Any

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry, abstract_blurb, has_lost_tex, shorten_text
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.paper import Digest, Paper
from paper_digest.render import citation, typeset
from paper_digest.render import span as prose
from paper_digest.render.byline import digest_author
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.pages import (
    authors,
    paper_actions,
    paper_changes,
    paper_neighbours,
    paper_sidebar,
    published_markdown,
)
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.curated_lists import list_link
from paper_digest.render.pages.meeting_queue import queue_link
from paper_digest.render.pages.meetings import dated_link
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_facts import banners, facts_line
from paper_digest.render.pages.paper_rows import paper_title, topic_link
from paper_digest.render.pages.picks import pick_line
from paper_digest.render.pages.published_markdown import Block, paragraph
from paper_digest.render.pages.redirect import former_slugs
from paper_digest.render.pages.report_links import NO_PLACE, ReportPlace
from paper_digest.render.sentence import sentence, with_date
from paper_digest.render.span import EMPTY
from paper_digest.store.notes import Note
from paper_digest.text.language import (
    gettext,
    list_separator,
    ngettext,
)
from paper_digest.text.names import count_authors
from paper_digest.text.tex import convert as latex

#: Names shown before the rest is folded away.
MAX_AUTHORS_SHOWN = 25

#: Characters of the description that search engines and cards show.
MAX_DESCRIPTION_CHARS = 160


def make_page(
    paper: Paper,
    catalog: Catalog,
    place: ReportPlace = NO_PLACE,
    notes: tuple[Note, ...] = (),
    site_url: str = "",
    cite_key: str = "",
) -> Page:
    """Make the page of one paper.

    Args:
        paper: its record.
        catalog: what the page says of other papers, topics and names.
        place: where readers report what is wrong, and the repository where notes are edited.
        notes: the operator's notes on the paper.
        site_url: address of the site's root with its last slash; "" where it is not known.
        cite_key: the paper's citation key in this archive; "" for the one it has by itself.
    """
    entry = catalog.by_slug[paper.slug]
    blocks = (
        published_markdown.heading(1, paper_title(paper.title, paper.id), "paper"),
        *_authors(paper, catalog),
        paragraph(facts_line(paper), "pd-meta"),
        paragraph(paper_actions.action_links(paper), "pd-actions"),
        *paper_changes.acceptance_line(entry),
        *banners(paper),
        *_digest(paper),
        *_abstract(paper),
        *_comment(paper),
        *_notes(notes, place.repository),
        *_curated(paper, catalog),
        *paper_changes.change_blocks(paper, entry),
        paragraph(prose.join(topic_link(t, catalog) for t in entry.topics), "pd-topics"),
    )
    near = paper_neighbours.neighbours_block(entry, catalog)
    side = paper_sidebar.sidebar_blocks(paper, catalog, place, cite_key)
    body = box("pd-body", (published_markdown.page_span(blocks), near))
    return Page(
        f"papers/{paper.slug}.md",
        _meta(paper, entry.topics, catalog, site_url),
        prose.join_blocks((body, box("pd-side", side))),
        notes=notes,
        published=published_markdown.published_text(blocks),
    )


def _meta(paper: Paper, topics: tuple[str, ...], catalog: Catalog, site_url: str) -> dict[str, Any]:
    description = (
        shorten_text(paper.digest.text, MAX_DESCRIPTION_CHARS)
        if paper.digest
        else abstract_blurb(paper, MAX_DESCRIPTION_CHARS)
    )
    return {
        "title": typeset.plain_title(paper.title, paper.id),
        "description": latex.to_unicode(description),
        "kind": "paper",
        "id": paper.id,
        "date": paper.published,
        "updated": paper.updated,
        "authors": [a.name for a in paper.authors],
        "tags": [catalog.topics[t].title for t in topics],
        "categories": list(paper.categories),
        "doi": citation_facts(paper).doi,
        "head": citation.head_html(paper, site_url and f"{site_url}papers/{paper.slug}/")
        + _former_tag(former_slugs(paper.aliases, catalog.by_slug)),
        "links": {link.kind: link.url for link in reversed(paper_actions.all_links(paper))},
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }


def _former_tag(slugs: tuple[str, ...]) -> str:
    """Say where the paper was: a reader's marks of it there are moved here by a script."""
    return f'<meta name="pd-former" content="{escape(" ".join(slugs))}">' if slugs else ""


def _authors(paper: Paper, catalog: Catalog) -> list[Block]:
    names = [authors.author_link(a.name, catalog) for a in paper.authors]
    if not names:
        return [paragraph(prose.text(count_authors(paper.author_count or 0)), "pd-authors")]
    shown = paragraph(prose.join(names[:MAX_AUTHORS_SHOWN], list_separator()), "pd-authors")
    if len(names) <= MAX_AUTHORS_SHOWN:
        return [shown]
    # The rest is one paragraph in a disclosure: there without scripts, out of the way.
    rest = prose.join(names[MAX_AUTHORS_SHOWN:], list_separator())
    summary = ngettext(
        "and {n} more author", "and {n} more authors", len(names) - MAX_AUTHORS_SHOWN
    )
    return [shown, published_markdown.details(summary, paragraph(rest, "pd-authors"))]


def _digest(paper: Paper) -> list[Block]:
    if not paper.digest:
        return []
    author = prose.isolate(prose.text(digest_author(paper.digest)))
    by = sentence(gettext("Digest by {name}"), name=author)
    return [
        published_markdown.heading(2, prose.text(gettext("Digest")), "digest"),
        *_digest_paragraphs(paper.digest),
        paragraph(with_date(by, paper.digest.at), "pd-small"),
    ]


def _digest_paragraphs(digest: Digest) -> Iterator[Block]:
    """Set a digest, each paragraph that has a label after it."""
    for label, text in zip_longest(digest.labels, typeset.paragraphs(digest.text)):
        if text is not None:
            start = prose.strong(prose.text(f"{label}:")) + prose.text_run(" ") if label else EMPTY
            yield paragraph(start + text)


def _abstract(paper: Paper) -> list[Block]:
    if not paper.abstract:
        return []
    lossy = has_lost_tex(paper)
    return [
        published_markdown.heading(2, prose.text(gettext("Abstract")), "abstract"),
        *(paragraph(p) for p in typeset.paragraphs(paper.abstract, repair_tex=lossy)),
    ]


def _comment(paper: Paper) -> list[Block]:
    if not paper.comment or paper.comment.strip() == paper.withdrawn.strip():
        return []
    first, *others = typeset.paragraphs(paper.comment) or [EMPTY]
    return [
        paragraph(p, "pd-comment")
        for p in (sentence(gettext("Comment: {text}"), text=first), *others)
    ]


def _notes(notes: tuple[Note, ...], repository: str) -> list[Block]:
    if not notes:
        return []
    blocks = [published_markdown.heading(2, prose.text(gettext("Editor's note")), "note")]
    for note in notes:
        blocks.append(published_markdown.operator_markdown(note.text))
        if repository:
            # GitHub takes HEAD for the name of the default branch.
            url = f"{repository.rstrip('/')}/edit/HEAD/docs/{note.path}"
            blocks.append(
                paragraph(prose.link(prose.text(gettext("Edit this note")), url), "pd-small")
            )
    return [published_markdown.boxed("pd-note", blocks)]


def _curated(paper: Paper, catalog: Catalog) -> Iterator[Block]:
    """Say why the paper was picked, whether it is proposed, and in which meetings and lists it stands."""
    curated = catalog.curated
    for pick in curated.picks.about(paper.slug):
        yield paragraph(pick_line(pick), "pd-meta")
    if paper.slug in curated.proposals.slugs:
        yield paragraph(queue_link(), "pd-meta")
    for words, shown in (
        (gettext("Meetings: {list}"), map(dated_link, curated.meetings.about(paper.slug))),
        (gettext("On the lists: {list}"), map(list_link, curated.lists.about(paper.slug))),
    ):
        if links := prose.join(shown, "; "):
            yield paragraph(sentence(words, list=links), "pd-meta")


def _paper_groups(entry: CatalogEntry, inputs: PageInputs) -> tuple[PageGroup]:
    records, slug = inputs.records, entry.slug
    cite_key = records.citation_keys[slug]
    neighbour_hash = paper_neighbours.neighbour_hash(entry, inputs.catalog)
    # While pages are served, notes change and the hash of the record does not.
    notes_hash = repr(records.notes(slug)).encode() if records.notes(slug) else b""
    record_hash = records.record_hash(slug)
    former = former_slugs(records.ids(slug)[1:], inputs.catalog.by_slug)
    more = notes_hash + inputs.catalog.curated.hash_of(slug) + repr(former).encode()
    linked = inputs.catalog.linked_authors.get(slug, b"")
    inputs_hash = hash_bytes(record_hash, neighbour_hash, cite_key.encode(), more, linked)

    def make() -> tuple[Page]:
        paper, notes, config = records.paper(slug), records.notes(slug), inputs.config
        place = ReportPlace(config.repository, config.corrections)
        return (make_page(paper, inputs.catalog, place, notes, config.url, cite_key),)

    name, has_notes = entry.path.removesuffix(".md"), bool(records.notes(slug))
    return (OutputGroup(name, inputs_hash, make, has_free_links=has_notes),)


KIND = PageKind(("papers",), paper_groups=_paper_groups)
