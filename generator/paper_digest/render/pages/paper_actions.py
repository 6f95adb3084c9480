"""The links below a paper's title: to its text, its code, and where to look for what has none."""

from __future__ import annotations

from urllib.parse import quote_plus

from paper_digest.model import links
from paper_digest.model.paper import Link, Paper
from paper_digest.render import span as prose
from paper_digest.render.span import Span
from paper_digest.text.language import (
    format_number,
    gettext,
    gettext_noop,
)
from paper_digest.text.tex import convert as latex

#: Kinds of links that lead to a paper's text, or to the page of who published it.
TEXT_LINKS = frozenset(("pdf", "arxiv", "acl", "openreview", "doi", "publisher"))

#: Where a paper without such a link is looked for, by its title.
TITLE_SEARCHES = {
    gettext_noop("Look on arXiv"): "https://arxiv.org/search/?searchtype=title&query={}",
    gettext_noop("Look on Google Scholar"): "https://scholar.google.com/scholar?q={}",
}

#: Year and month of the first arXiv ids whose papers arXiv sets as HTML.
FIRST_HTML_MONTH = "2312"


def all_links(paper: Paper) -> tuple[Link, ...]:
    """Return a paper's links, its id's and DOI's included."""
    return links.paper_links(paper.id, paper.doi, paper.links)


def action_links(paper: Paper) -> Span:
    """Set the links to the text and all that belongs to it; where there is none, two places to look."""
    spans, own_links = [], all_links(paper)
    for link in own_links:
        own = prose.isolate(prose.text(link.title))
        action = prose.link(own or prose.text(gettext(links.LINK_LABELS[link.kind])), link.url)
        spans.append(
            action + prose.text_run(f" ★ {format_number(link.stars)}") if link.stars else action
        )
    if html := arxiv_html_url(paper.id):
        spans.insert(1, prose.link(prose.text("HTML"), html))
    if paper.title and not any(link.kind in TEXT_LINKS for link in own_links):
        query = quote_plus(latex.to_unicode(paper.title))
        for label, url in TITLE_SEARCHES.items():
            spans.append(prose.link(prose.text(gettext(label)), url.format(query)))
    return prose.join(spans)


def arxiv_html_url(paper_id: str) -> str:
    """Return where arXiv has the paper as HTML, which it makes of what came since December 2023, or ""."""
    kind, _, bare = paper_id.partition(":")
    is_new = kind == "arxiv" and bare[:4].isdigit() and bare[:4] >= FIRST_HTML_MONTH
    return f"https://arxiv.org/html/{bare}" if is_new else ""
