"""Twenty made-up papers, each of another kind, that are carried through other people's programs."""

from __future__ import annotations

import json

import msgspec
from paper_digest.model.paper import Paper
from paper_digest.render import citation
from paths import DATA


class KindOfPaper(msgspec.Struct, frozen=True):
    """One of the twenty.

    ``kind`` says what is special about it, ``item_type`` what Zotero has to call it, and
    ``family_names`` what its first authors' family names are, or the whole name of a group.
    """

    kind: str
    item_type: str
    family_names: tuple[str, ...]
    paper: Paper


def twenty_papers() -> list[KindOfPaper]:
    """Read them."""
    lines = (DATA / "twenty_papers" / "papers.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=KindOfPaper) for line in lines]


def citation_key(one: KindOfPaper) -> str:
    """Return a key that no other of the twenty has."""
    return f"{citation.citation_key(one.paper)}:{one.paper.slug[-3:]}"


def citation_files(papers: list[KindOfPaper]) -> dict[str, str]:
    """Write them all in each format, by the file's name."""
    keyed = [(one.paper, citation_key(one)) for one in papers]
    items = [citation.csl_item(paper, key, with_abstract=True) for paper, key in keyed]
    return {
        "bibtex.bib": "\n".join(citation.bibtex_entry(paper, key) for paper, key in keyed),
        "biblatex.bib": "\n".join(citation.biblatex_entry(paper, key) for paper, key in keyed),
        "papers.ris": "\n".join(citation.ris_record(paper) for paper, _ in keyed),
        "papers.json": json.dumps(items, ensure_ascii=False),
    }
