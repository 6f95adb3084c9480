"""What an address is, by its host and ending: code, PDF, video, publisher's page."""

from __future__ import annotations

from urllib.parse import urlsplit

from paper_digest.model.paper import Link
from paper_digest.text import fields

_HOSTS = {
    "github.com": "code",
    "gitlab.com": "code",
    "bitbucket.org": "code",
    "aclanthology.org": "acl",
    "aclweb.org": "acl",
    "openreview.net": "openreview",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
    "slideslive.com": "video",
    "proceedings.mlr.press": "publisher",
    "dl.acm.org": "publisher",
    "ieeexplore.ieee.org": "publisher",
    "link.springer.com": "publisher",
    "sciencedirect.com": "publisher",
    "jmlr.org": "publisher",
}

#: Their pages follow from the paper's id, so no link is needed.
_IMPLIED = ("arxiv.org", "doi.org")


def link(address: str) -> Link | None:
    """Return the link for an address, or ``None`` for one that follows from an id, or is none.

    An Anthology or OpenReview address becomes that of the paper's own page.
    """
    found = fields.valid_url(address)
    parts = urlsplit(found)
    host = (parts.hostname or "").removeprefix("www.")
    if not found or _under(host, _IMPLIED):
        return None
    if acl := fields.parse_acl_id(found):
        return Link("acl", f"https://aclanthology.org/{acl}/")
    if forum := fields.parse_openreview_id(found):
        return Link("openreview", f"https://openreview.net/forum?id={forum}")
    if host == "huggingface.co" and parts.path.startswith("/papers/"):
        return Link("huggingface", found)
    if parts.path.lower().endswith(".pdf"):
        return Link("pdf", found)
    kind = next((kind for name, kind in _HOSTS.items() if _under(host, (name,))), "other")
    return Link(kind, found)


def _under(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in names)
