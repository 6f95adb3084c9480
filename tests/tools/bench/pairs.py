"""Measures which pairs of records are united, offered for review or held apart; prints a table.

Run by ``make bench-pairs``. Pairs are made of real records (or made-up ones where these are absent):
one side is as arXiv gives it, the other as a publisher or a reference manager would print the same
paper, or another paper. For a true pair "united" is right and "offered" is fair; a false pair that is
united is the worst outcome there is.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
from bench_archive import real_papers
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.model.paper import Author, Paper

Change = Callable[[Paper, random.Random], Paper | None]


class Kind(NamedTuple):
    """One kind of pair: what is done to the second record, and what the pair is."""

    name: str
    truth: str
    change: Change


def printed(paper: Paper, **changes: Any) -> Paper:  # noqa: ANN401 - fields of a paper
    """Return a paper as its print would be known: another id, no arXiv fields."""
    doi = f"10.99999/{abs(hash(paper.title)) % 10**9}"
    fields = {"id": f"doi:{doi}", "doi": "", "categories": (), "comment": "", "abstract": "", "venue": "Journal of Made-up Results",
              "journal_ref": "", "announced": "", "updated": "", "aliases": (), "claims": (), "sightings": ()} | changes  # fmt: skip
    return msgspec.structs.replace(paper, **fields)


def renamed(paper: Paper, rename: Callable[[str], str], **more: Any) -> Paper | None:  # noqa: ANN401
    authors = tuple(Author(rename(a.name)) for a in paper.authors)
    return None if authors == paper.authors else printed(paper, authors=authors, **more)


def initials(name: str) -> str:
    *given, family = name.split()
    return " ".join([g if g.islower() else f"{g[0]}." for g in given] + [family])


def plain(name: str) -> str:
    text = name.translate(
        str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss", "ø": "o", "ł": "l"})
    )
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def with_author(change: Callable[[list[Author]], list[Author] | None], **more: Any) -> Change:  # noqa: ANN401
    def apply(paper: Paper, _: random.Random) -> Paper | None:
        authors = change(list(paper.authors))
        return printed(paper, authors=tuple(authors), **more) if authors else None

    return apply


def first_author_named(name: str, as_printed: Author) -> tuple[Change, Change]:
    """Return what both sides are made of where the first author has a name of a certain kind."""
    return (
        lambda p, _: msgspec.structs.replace(p, authors=(Author(name), *p.authors[1:])),
        lambda p, _: printed(p, authors=(as_printed, *p.authors[1:])),
    )


def retitled(change: Callable[[str], str | None], *, abstract: bool = False) -> Change:
    def apply(paper: Paper, _: random.Random) -> Paper | None:
        title = change(paper.title)
        if not title or title == paper.title:
            return None
        return printed(paper, title=title, abstract=paper.abstract if abstract else "")

    return apply


def british(title: str) -> str:
    pairs = (
        ("iz(?=ation|e|ing|ed)", "is"),
        ("(?<=[Mm]odel)(?=ing|ed)", "l"),
        ("(?<=ehavi)or", "our"),
        ("(?<=enter)", ""),
    )
    for pattern, word in pairs:
        title = re.sub(pattern, word, title)
    return title


def drop_word(title: str) -> str | None:
    words = title.split()
    at = len(words) // 2
    if len(words) < 7 or any(c.isdigit() for c in words[at]):
        return None
    return " ".join(words[:at] + words[at + 1 :])


def shifted(paper: Paper, years: int) -> str:
    return str(int(paper.published[:4]) + years)


NAMES = [
    ("van der Berg", "Jan van der Berg", Author("Jan van der Berg", family="van der Berg")),
    ("particle capital", "Pia Van Dijk", Author("Dijk, Pia van", family="Dijk")),
    ("de Wolf", "Jan de Wolf", Author("Wolf, Jan de", family="Wolf")),
    ("Jr.", "Martin King Jr.", Author("Martin King", family="King")),
    ("III", "Martin King III", Author("King, III, Martin", family="King")),
    ("two family names", "Ana García López", Author("Ana García", family="García")),
    ("Nguyen Van Anh", "Nguyen Van Anh", Author("Van Anh Nguyen", family="Nguyen")),
    ("Kim Min-su", "Min-su Kim", Author("Kim Minsu", family="Kim")),
    ("umlaut", "Mira Müller", Author("M. Mueller", family="Mueller")),
]

TRUE: list[Kind] = [
    Kind("as printed", "same", lambda p, _: printed(p)),
    Kind("a year later", "same", lambda p, _: printed(p, published=shifted(p, 1))),
    Kind("initials", "same", lambda p, _: renamed(p, initials)),
    Kind("initials, a year later", "same", lambda p, _: renamed(p, initials, published=shifted(p, 1))),
    Kind("accents off", "same", lambda p, _: renamed(p, plain)),
    Kind("family name first", "same", lambda p, _: renamed(p, lambda n: f"{n.split()[-1]}, {' '.join(n.split()[:-1])}")),
    Kind("title: & for and", "same", retitled(lambda t: t.replace(" and ", " & ", 1))),
    Kind("title: full stop", "same", retitled(lambda t: t + ".")),
    Kind("title: hyphens off", "same", retitled(lambda t: t.replace("-", " "))),
    Kind("title: capitals", "same", retitled(str.upper)),
    Kind("title: British", "same", retitled(british)),
    Kind("title: one word less, abstract", "same", retitled(drop_word, abstract=True)),
    Kind("title: no subtitle, abstract", "same", retitled(lambda t: t.split(": ")[0] if len(t.split(": ")[0]) > 11 else None, abstract=True)),
    Kind("title only, abstract, no year", "same", lambda p, _: printed(p, id="title:", published="", abstract=p.abstract)),
    Kind("title only, abstract cut", "same", lambda p, _: printed(p, id="title:", abstract=p.abstract[:500])),
    Kind("counted authors, same abstract", "same", lambda p, _: printed(p, id="title:", authors=(), author_count=len(p.authors), abstract=p.abstract)),
    Kind("preprint and article", "same", lambda p, _: printed(p, work_type="journal-article", aliases=("doi:10.1101/1",))),
    Kind("report and article", "same", lambda p, _: printed(p, id="title:", venue="", work_type="report")),
    Kind("thesis at arXiv", "same", lambda p, _: printed(p, venue="", work_type="thesis")),
    Kind("and others", "same", lambda p, _: printed(p, authors=p.authors[:2], comment="and other authors") if len(p.authors) > 3 else None),
]  # fmt: skip
OFFERED: list[Kind] = [
    Kind("two years later", "offer", lambda p, _: printed(p, published=shifted(p, 2))),
    Kind("three years later", "offer", lambda p, _: printed(p, published=shifted(p, 3))),
    Kind("one author more", "offer", with_author(lambda a: [*a, Author("Zoë Extra")])),
    Kind("one author fewer", "offer", with_author(lambda a: a[:-1] if len(a) > 2 else None)),
    Kind("another title, same abstract, anonymous", "offer", lambda p, _: printed(p, id="openreview:abc123", title="A wholly new name for it", authors=(), abstract=p.abstract)),
    Kind("subtitle dropped, no abstract", "offer", retitled(lambda t: t.split(": ")[0] if len(t.split(": ")[0]) > 11 else None)),
]  # fmt: skip


#: What many abstracts begin with.
PHRASE = "Large language models have demonstrated remarkable capabilities across various tasks."

#: Kinds of false pairs that a person has to be asked about, because so much speaks for one paper.
ASKED = {
    "same title and authors, other abstract", "the same, a title id", "counted authors, other abstract",
    "two printed places", "the same DOI", "thesis and article", "two printed places, title ids", "two abstracts, title ids",
}  # fmt: skip


def false_pairs(papers: list[Paper], chance: random.Random) -> Iterator[tuple[str, Paper, Paper]]:
    """Yield pairs that are two papers, by kind."""
    for paper in papers:
        other = chance.choice(papers)
        if other.title == paper.title:
            continue
        abstract = other.abstract
        yield "same title and authors, other abstract", paper, printed(paper, abstract=abstract)
        yield "the same, a title id", paper, printed(paper, id="title:", abstract=abstract)
        yield (
            "counted authors, other abstract",
            paper,
            printed(
                paper, id="title:", authors=(), author_count=len(paper.authors), abstract=abstract
            ),
        )
        yield "Part II", paper, printed(paper, title=f"{paper.title}: Part II")
        yield "Erratum", paper, printed(paper, title=f"Erratum: {paper.title}")
        yield "Reply", paper, printed(paper, title=f"Reply to '{paper.title}'")
        yield (
            "another number",
            msgspec.structs.replace(paper, title=f"{paper.title} 2"),
            printed(paper, title=f"{paper.title} 3"),
        )
        first = printed(
            paper,
            id="title:",
            venue="Proceedings of PST 2021",
            published="2021",
            journal_ref="Proceedings of PST 2021, 1\N{EN DASH}12, 2021",
        )
        yield (
            "two printed places",
            first,
            printed(
                paper,
                id="doi:10.99999/x",
                venue="Journal of Parcels",
                published="2021",
                journal_ref="Journal of Parcels 7, 101\N{EN DASH}120, 2021",
            ),
        )
        journal = msgspec.structs.replace(
            first,
            venue="Journal of Parcels",
            journal_ref="Journal of Parcels 7, 101\N{EN DASH}120, 2021",
        )
        yield "two printed places, title ids", first, journal
        yield (
            "two abstracts, title ids",
            printed(paper, id="title:", abstract=paper.abstract),
            printed(paper, id="title:", abstract=abstract),
        )
        yield (
            "the same DOI",
            printed(paper, id="doi:10.99999/proc"),
            printed(other, id="title:", doi="10.99999/proc"),
        )
        for kind in ("dataset", "software"):
            thing = printed(
                paper, id="doi:10.5281/zenodo.1", venue="", work_type=kind, abstract=paper.abstract
            )
            yield f"{kind} of that title, same abstract", paper, thing
            article = printed(paper, id="doi:10.99999/x", abstract=paper.abstract)
            yield f"{kind} and article of that title", article, thing
        data = printed(paper, venue="", title=f"Data from: {paper.title}")
        yield "data from", paper, data
        yield (
            "thesis and article",
            printed(paper, id="title:", venue="", work_type="thesis"),
            printed(paper, work_type="journal-article"),
        )
        yield "other authors", paper, printed(other, title=paper.title)
        yield "a stranger", paper, printed(other)
        yield (
            "a stranger that begins with the same phrase",
            msgspec.structs.replace(paper, abstract=f"{PHRASE} {paper.abstract}"),
            printed(other, abstract=f"{PHRASE} {other.abstract}"),
        )
    by_author: dict[str, Paper] = {}
    for paper in papers:
        if paper.authors and (before := by_author.get(paper.authors[0].name)):
            yield "another paper of the first author's", before, printed(paper)
            yield "the same, with its abstract", before, printed(paper, abstract=paper.abstract)
        if paper.authors:
            by_author[paper.authors[0].name] = paper


def outcome(one: Paper, two: Paper) -> str:
    """Say what the index does with the second record where it holds the first."""
    two = assign_title_id(msgspec.structs.replace(two, id="title:") if two.id == "title:" else two)
    one = assign_title_id(one)
    index = PaperIndex([one])
    if index.clashes_of(two):
        return "offered"
    if index.find_record(two):
        return "united"
    return "offered" if index.possible_duplicates(two) else "apart"


def main() -> int:
    """Print the table; fails if a false pair was united."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=200, help="records that pairs are made of")
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 - which records are taken
    papers = [p for p in real_papers(given.papers * 3) if p.authors and p.published and p.abstract][
        : given.papers
    ]
    rows: dict[tuple[str, str], dict[str, int]] = {}

    def count(truth: str, kind: str, result: str) -> None:
        row = rows.setdefault((truth, kind), {"united": 0, "offered": 0, "apart": 0})
        row[result] += 1

    for paper in papers:
        for kind in (*TRUE, *OFFERED):
            other = kind.change(paper, chance)
            if other is not None:
                count(kind.truth, kind.name, outcome(paper, other))
    for name, known, as_printed in NAMES:
        first, second = first_author_named(known, as_printed)
        for paper in papers[: max(20, len(papers) // 4)]:
            one, two = first(paper, chance), second(paper, chance)
            if one and two:
                count("same", f"name: {name}", outcome(one, two))
    for name, one, two in false_pairs(papers, chance):
        count("ask" if name in ASKED else "two papers", name, outcome(one, two))
    return report(rows)


def report(rows: dict[tuple[str, str], dict[str, int]]) -> int:
    """Print what became of each kind of pair, and the sums the goals are about."""
    write = sys.stdout.write
    write(f"{'pair':52} {'is':10} {'united':>7} {'offered':>8} {'apart':>6}\n")
    sums: dict[str, dict[str, int]] = {}
    for (truth, kind), row in rows.items():
        write(f"{kind:52} {truth:10} {row['united']:7} {row['offered']:8} {row['apart']:6}\n")
        total = sums.setdefault(truth, {"united": 0, "offered": 0, "apart": 0})
        for name, number in row.items():
            total[name] += number
    same, offer, ask, two = (sums[truth] for truth in ("same", "offer", "ask", "two papers"))
    true = {name: same[name] + offer[name] for name in same}
    false = {name: ask[name] + two[name] for name in ask}
    everything = sum(true.values()) + sum(false.values())
    offered = true["offered"] + false["offered"]
    write(f"\n{everything} pairs; false merges: {false['united']} of {sum(false.values())}\n")
    write(f"pairs that should unite: {same['united'] / sum(same.values()):.1%} united, ")
    write(f"{(same['united'] + same['offered']) / sum(same.values()):.1%} united or offered\n")
    write(f"all true pairs: {true['united'] / sum(true.values()):.1%} united, ")
    write(f"{(true['united'] + true['offered']) / sum(true.values()):.1%} united or offered\n")
    write(f"strangers among the offered: {two['offered'] / max(1, offered):.1%}\n")
    return int(false["united"] > 0)


if __name__ == "__main__":
    sys.exit(main())
