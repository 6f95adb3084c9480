"""Made-up papers of every shape, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st
from paper_digest.identity.source_ranking import EDITOR
from paper_digest.model.paper import (
    LINK_KINDS,
    Author,
    Claim,
    Digest,
    Link,
    Paper,
    Sighting,
    Version,
)
from paper_digest.model.work_types import WORK_TYPES
from paper_digest.sources.registry import registry
from paper_digest.text.dates import EARLIEST_DATE

#: Any text a file can hold: everything but lone surrogates.
texts = st.text(st.characters(codec="utf-8"), max_size=60)
lines = texts.map(lambda t: " ".join(t.split()))
days = st.dates(min_value=EARLIEST_DATE).map(lambda d: d.isoformat())
awkward = st.sampled_from(
    [
        "on",
        "yes",
        "1e3",
        "2503.10",
        "null",
        "~",
        "- a",
        "a: b",
        "#x",
        "---",
        "{{ config }}",
        "&a *b",
        "'",
        '"',
        "\u2028",
        "\x85",
        "\x7f",
        "עברית",
        "🧪",
    ]
)
titles = st.one_of(lines, awkward)
arxiv_ids = st.one_of(
    st.from_regex(r"(0[1-9]|1[0-9]|2[0-6])(0[1-9]|1[0-2])\.[0-9]{4,5}", fullmatch=True),
    st.from_regex(r"(hep-th|math|cs)/9[1-9](0[1-9]|1[0-2])[0-9]{3}", fullmatch=True),
)
ids = st.one_of(
    arxiv_ids.map(lambda i: f"arxiv:{i}"),
    st.from_regex(r"title:[0-9a-f]{16}", fullmatch=True),
    st.from_regex(r"doi:10\.[0-9]{4}/[a-z0-9./()-]{1,12}[a-z0-9]", fullmatch=True),
    st.from_regex(r"acl:[A-Z][0-9]{2}-[0-9]{4}", fullmatch=True),
)
authors = st.builds(Author, name=lines.filter(bool), family=lines)
links = st.builds(
    Link,
    kind=st.sampled_from(LINK_KINDS),
    url=st.sampled_from(["https://a.example/x", "https://b.example/?q=1&r=2"]),
    title=st.sampled_from(["", "t", "u"]),
    stars=st.none() | st.integers(0, 9),
    as_of=st.sampled_from(["", "2025-01-01", "2025-01-02"]),
)
sightings = st.builds(
    Sighting,
    source=st.sampled_from(["huggingface", "text"]),
    page=st.sampled_from(["p1", "p2", "p3"]),
    seen=st.sampled_from(["", "2025-01-01", "2025-01-02"]),
    inferred=st.booleans(),
    upvotes=st.none() | st.integers(0, 9),
    comments=st.none() | st.integers(0, 9),
    submitted_by=st.sampled_from(["", "ann", "bob"]),
    as_of=st.sampled_from(["", "2025-01-01", "2025-01-02"]),
    earlier=st.dictionaries(
        st.sampled_from(["2024-12-30", "2024-12-31"]), st.integers(0, 9), max_size=2
    ).map(lambda counts: tuple(sorted(counts.items()))),
)
digests = st.builds(
    Digest, text=texts.filter(bool), by=lines, at=st.just("") | days, model=st.booleans()
)
sources = st.sampled_from((EDITOR, *registry().by_name))


def records(paper_ids: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Paper]:
    """Papers as one source tells them, without claims."""
    return st.builds(
        Paper,
        id=paper_ids,
        title=titles,
        authors=st.lists(authors, max_size=3).map(tuple),
        author_count=st.none() | st.integers(1, 5000),
        published=st.just("") | days,
        inferred=st.booleans(),
        updated=st.just("") | days,
        announced=st.just("") | days,
        versions=st.lists(
            st.builds(Version, number=st.integers(1, 3), date=st.just("") | days),
            max_size=2,
            unique_by=lambda v: v.number,
        ).map(tuple),
        categories=st.lists(lines.filter(bool), max_size=2).map(tuple),
        comment=texts,
        venue=lines,
        work_type=st.sampled_from(("", *WORK_TYPES)),
        withdrawn=lines,
        truncated=st.booleans(),
        digest=st.none() | digests,
        links=st.lists(links, max_size=2, unique_by=lambda x: (x.kind, x.url)).map(tuple),
        sightings=st.lists(sightings, max_size=2, unique_by=lambda s: (s.source, s.page)).map(
            tuple
        ),
        abstract=texts,
    )


def claims() -> st.SearchStrategy[Claim]:
    """Claims of any source, agreeing and differing at will."""
    return st.builds(
        Claim,
        source=sources,
        at=st.just("") | days,
        agrees=st.lists(st.sampled_from(["title", "abstract"]), unique=True, max_size=2).map(tuple),
        differs=st.dictionaries(st.sampled_from(["title", "comment"]), lines, max_size=2),
    )
