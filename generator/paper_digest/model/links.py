"""A paper's addresses on the web: those its id and DOI give, and the links of its record."""

from __future__ import annotations

from urllib.parse import quote

from paper_digest.model.paper import Link

#: What a link is called, in the order links stand in.
LINK_LABELS = {
    "pdf": "PDF",
    "arxiv": "arXiv",
    "acl": "ACL Anthology",
    "openreview": "OpenReview",
    "doi": "DOI",
    "publisher": "Publisher",
    "code": "Code",
    "project": "Project",
    "model": "Model",
    "dataset": "Dataset",
    "space": "Space",
    "video": "Video",
    "media": "Media",
    "huggingface": "Hugging Face",
    "other": "Link",
}


def upstream_url(paper_id: str) -> str:
    """Return the address of the record the id belongs to, or "" for a ``title:`` id, which no registry holds."""
    kind, _, bare = paper_id.partition(":")
    bare = quote(bare, safe="/.:()-_;")
    return {
        "arxiv": f"https://arxiv.org/abs/{bare}",
        "acl": f"https://aclanthology.org/{bare}/",
        "doi": f"https://doi.org/{bare}",
        "openreview": f"https://openreview.net/forum?id={bare}",
    }.get(kind, "")


def paper_links(paper_id: str, doi: str, stored_links: tuple[Link, ...]) -> tuple[Link, ...]:
    """List a paper's links, its id's and DOI's included, in the order of ``LINK_LABELS``; each address once.

    Links of an unknown kind are left out.
    """
    kind, _, bare = paper_id.partition(":")
    all_links = [link for link in stored_links if link.kind in LINK_LABELS]
    if address := upstream_url(paper_id):
        all_links.append(Link(kind, address))
    if kind == "arxiv":
        all_links.append(Link("pdf", f"https://arxiv.org/pdf/{quote(bare)}"))
    if doi and kind != "doi":
        all_links.append(Link("doi", upstream_url(f"doi:{doi}")))
    label_order = list(LINK_LABELS)
    unique = {link.url: link for link in reversed(all_links)}
    return tuple(sorted(unique.values(), key=lambda link: (label_order.index(link.kind), link.url)))
