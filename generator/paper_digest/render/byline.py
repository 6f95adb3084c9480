"""Who wrote a digest, as readers are told: a person's name, or that it was a model, and whose."""

from __future__ import annotations

from paper_digest.model.paper import Digest
from paper_digest.sources.registry import registry


def digest_author(digest: Digest) -> str:
    """Return the end of ``Digest by``: ``Ada Reader``, ``Hugging Face's model``, ``the model m-7b``."""
    if not digest.model:
        return digest.by
    if digest.by in {source.title for source in registry().by_name.values()}:
        return f"{digest.by}'s model"
    return digest.by if "model" in digest.by.lower().split() else f"the model {digest.by}"
