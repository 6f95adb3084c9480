"""What an address is, by its host and ending: code, PDF, video, publisher's page."""

from __future__ import annotations

from urllib.parse import urlsplit

from paper_digest.model.paper import Link
from paper_digest.text import fields

_KIND_BY_HOST = {
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
_IMPLIED_HOSTS = ("arxiv.org", "doi.org")


def link_from_url(address: str) -> Link | None:
    """Return the link for an address, or ``None`` for one that follows from an id, or is none.

    An Anthology or OpenReview address becomes that of the paper's own page.
    """
    url = fields.valid_url(address)
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if not url or _is_host_under(host, _IMPLIED_HOSTS):
        return None
    if acl := fields.parse_acl_id(url):
        return Link("acl", f"https://aclanthology.org/{acl}/")
    if forum := fields.parse_openreview_id(url):
        return Link("openreview", f"https://openreview.net/forum?id={forum}")
    if host == "huggingface.co" and parts.path.startswith("/papers/"):
        return Link("huggingface", url)
    if parts.path.lower().endswith(".pdf"):
        return Link("pdf", url)
    kind = next(
        (kind for name, kind in _KIND_BY_HOST.items() if _is_host_under(host, (name,))), "other"
    )
    return Link(kind, url)


def _is_host_under(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in names)
