"""What programs are told of a paper."""

from __future__ import annotations

from typing import Any

import msgspec

from paper_digest.catalog.news import gravest_notice
from paper_digest.deliver.agents.published_types import PublishedDigest, PublishedRecord

#: Authors named at most, of a record or a citation.
MAX_AUTHORS = 40

_MAX_LINKS = 20


def known_facts(record: PublishedRecord, max_bytes: int) -> dict[str, Any]:
    """Return what is known of a paper but its abstract, in at most so many bytes of JSON.

    ``left_out`` names what took too much.
    """
    facts = {
        "id": record.id,
        "title": record.title[:2_000],
        "authors": [author.name[:200] for author in record.authors[:MAX_AUTHORS]],
        "author_count": record.author_count or len(record.authors),
        **{
            name: getattr(record, name)[:500]
            for name in (
                "published",
                "updated",
                "announced",
                "venue",
                "journal_ref",
                "doi",
                "work_type",
            )
        },
        "categories": record.categories[:20],
        "topics": record.topics[:20],
        "licence": record.licence[:200],
        "withdrawn": record.withdrawn[:500],
        "notices": [
            {"kind": one.kind[:100], "date": one.date[:10], "url": one.url[:300]}
            for one in record.notices[:_MAX_LINKS]
        ],
        "published_year_is_inferred": record.inferred,
        "url": whole_url(record.url[:500]),
        "links": [{"kind": link.kind, "url": link.url[:300]} for link in record.links[:_MAX_LINKS]],
        "citation_key": str(record.citation.get("id", ""))[:200],
        "digest": record.digest.text[:1_500] if record.digest else "",
        "digest_by": _digest_by(record.digest) if record.digest else "",
        "abstract_ends_early": record.truncated,
    }
    known = {name: value for name, value in facts.items() if value}
    left_out = []
    while answer_size(known) > max_bytes:
        longest = max(known, key=lambda name: answer_size(known[name]))
        left_out.append(longest)
        del known[longest]
    if left_out:
        known["left_out"] = left_out
    return known


def notice_of(record: PublishedRecord) -> str:
    """Return the gravest of what was said against a paper, as the archive's lists have it, or ""."""
    return gravest_notice(record.withdrawn, (one.kind for one in record.notices))


def _digest_by(digest: PublishedDigest) -> str:
    """Say who wrote a digest, and that it was a model, as the paper's page does."""
    return f"{digest.by[:200]} (model)" if digest.model else digest.by[:200]


def whole_url(url: str) -> str:
    """Return an address; "" for one that leads from file to file, as a site's does that has none of its own."""
    return url if "://" in url else ""


def answer_size(value: object) -> int:
    """Count the bytes of a value in JSON."""
    return len(msgspec.json.encode(value))
