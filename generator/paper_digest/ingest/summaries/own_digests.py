"""Digests of ours in records: whether one is needed, put in, and taken out."""

from __future__ import annotations

from paper_digest.identity.claims import (
    apply_claims,
    attribute_fields,
    claims_table,
    unclaimed_part,
)
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.restatement import give_way
from paper_digest.ingest.summaries.prompt import PaperText
from paper_digest.model.paper import Digest, Paper
from paper_digest.sources.registry import registry

#: Who claims a digest of ours in a record: after every source, whose digests are believed first.
CLAIMED_BY = "summarise"


def needs_digest(digest: Digest | None, text: PaperText) -> bool:
    """Tell whether a paper has no digest, or one of ours that was made of another text."""
    return digest is None or bool(digest.prompt and digest.text_hash != text.hash)


def without_digest(stored: Paper) -> Paper:
    """Return a record without the digests of ours; one that somebody else gave is believed then."""
    cells = {
        key: cell for key, cell in claims_table(stored).items() if key[:2] != ("digest", CLAIMED_BY)
    }
    return apply_claims(cells, unclaimed_part(stored), registry().ranking)


def with_digest(stored: Paper, digest: Digest) -> Paper:
    """Return a record with a digest of ours, which is believed where nobody else gave one."""
    ranking = registry().ranking
    claimed = attribute_fields(Paper(id=stored.id, digest=digest), CLAIMED_BY, digest.at)
    return merge_papers(give_way(stored, claimed, ranking), claimed, ranking)
