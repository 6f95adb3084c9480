"""Who wrote a digest, as readers are told: a person's name, or that it was a model, and whose."""

from __future__ import annotations

from paper_digest.model.paper import Digest
from paper_digest.sources.registry import registry
from paper_digest.text.language import gettext


def digest_author(digest: Digest) -> str:
    """Return the end of ``Digest by``: ``Ada Reader``, ``Hugging Face's model``, ``the model m-7b``."""
    if not digest.model:
        return digest.by
    if digest.by in {source.title for source in registry().by_name.values()}:
        return gettext("{name}'s model", name=digest.by)
    if "model" in digest.by.lower().split():
        return digest.by
    return gettext("the model {name}", name=digest.by)
