"""A dump of arXiv abstracts: abstract, comment lines, ``arXiv:ID``, the next on the same line."""

from __future__ import annotations

import re

from paper_digest.model.batch import Batch
from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Link, Paper, Sighting
from paper_digest.text import fields
from paper_digest.text.weblinks import find_links

#: Five digits since January 2015, four before: the next abstract may begin with a digit itself
#: (https://info.arxiv.org/help/arxiv_identifier.html).
_ID = late_pattern(
    r"^arXiv:\s?((?:1[5-9]|[2-8]\d)\d\d\.\d{5}|(?:0[7-9]|1[0-4])\d\d\.\d{4}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"(?:v\d+)?",
    re.MULTILINE,
)

#: arXiv's comment field is a line or two; a longer line is a paragraph of the abstract.
MAX_COMMENT_CHARS = 600


def matches_text(text: str) -> bool:
    """Tell whether ``text`` is such a dump."""
    return bool(_ID.search(text))


def parse_text(text: str, where: str, page: str, saved_on: str) -> Batch:
    """Read all entries; their papers have an id and an abstract, and no title."""
    papers: list[Paper] = []
    problems: list[Problem] = []
    start = 0
    for match in _ID.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        entry, start = text[start : match.start()].strip(), match.end()
        bare, _ = fields.parse_arxiv_id(match[1])
        if not bare:
            problems.append(
                Problem(where, f"{match[1]} is no arXiv id", line, "correct it in the file")
            )
        elif not entry:
            problems.append(
                Problem(where, f"nothing stands before arXiv:{bare}", line, "save the page again")
            )
        else:
            papers.append(_paper(bare, entry, page, saved_on))
    if rest := text[start:].strip():
        line = text.count("\n", 0, text.index(rest, start)) + 1
        what = f"{len(rest):,} characters after the last arXiv:ID belong to no paper"
        problems.append(Problem(where, what, line, "save the page to its end"))
    return Batch(tuple(papers), tuple(problems))


def _paper(bare: str, entry: str, page: str, saved_on: str) -> Paper:
    first, *rest = entry.split("\n")
    while rest and (len(rest[0]) > MAX_COMMENT_CHARS):
        first += "\n" + rest.pop(0)
    abstract, comment = fields.clean_block(first), fields.one_line(" ".join(rest))
    unique_links = dict.fromkeys((*find_links(abstract), *find_links(comment)))
    return Paper(
        id=f"arxiv:{bare}",
        abstract=abstract,
        comment=comment,
        links=tuple(Link(link.kind, link.url) for link in unique_links),
        sightings=(Sighting("text", f"arxiv:{page}", seen=saved_on),),
    )
