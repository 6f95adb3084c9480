"""Redirects of topics: a page at every former address of a topic leads to the present one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.topic import Topic
from paper_digest.render import span
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.sentence import sentence
from paper_digest.render.span import paragraph
from paper_digest.text.language import gettext


def moved_topic_page(former_name: str, topic: Topic, site_url: str = "") -> Page:
    """Make the page at a former name of a topic; the template forwards, the link is for all others.

    Args:
        former_name: a name the topic had, or that of a topic that went up in it.
        topic: the present topic.
        site_url: address of the site's root with its last slash; "" where it is not known.
    """
    meta = {
        "title": gettext("Moved"),
        "kind": "moved",
        "redirect": f"../{topic.name}/",
        "canonical": f"{site_url}topics/{topic.name}/" if site_url else f"../{topic.name}/",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    link = span.page_link(span.text(topic.title), f"topics/{topic.name}.md")
    blocks = (
        span.heading(1, span.text(gettext("This topic has moved")), "moved"),
        paragraph(sentence(gettext("Its papers are now found under {topic}"), topic=link)),
    )
    return Page(f"topics/{former_name}.md", meta, span.join_blocks(blocks))


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    for topic in inputs.catalog.topics.values():
        for former_name in topic.was:
            page = moved_topic_page(former_name, topic, inputs.config.url)
            inputs_hash = hash_bytes(page.markdown().encode())
            yield OutputGroup(f"topics/{former_name}", inputs_hash, partial(_as_tuple, page))


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)


KIND = PageKind(("topics",), _groups)
