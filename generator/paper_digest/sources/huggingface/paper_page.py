"""One entry of Hugging Face's answers as a paper: the same fields in lists, details and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.json_values import as_list
from paper_digest.text import fields

_SITE = "https://huggingface.co/"
_REPOSITORY = late_pattern(r"[\w.-]+(?:/[\w.-]+)?\Z", re.ASCII)

#: What a paper's detail lists under its name, the kind of link it is, and where it lives.
_LINKED_REPOSITORIES = (
    ("linkedModels", "model", _SITE),
    ("linkedDatasets", "dataset", _SITE + "datasets/"),
    ("linkedSpaces", "space", _SITE + "spaces/"),
)


def paper_from_entry(
    entry: object, location: EntryLocation, list_date: str, fetched_on: str, problems: list[Problem]
) -> Paper | None:
    """Read one entry; what is wrong with it is added to ``problems``.

    ``list_date`` is the ISO day of the list the entry stands in, ``fetched_on`` the day the answer was
    given; both may be "". Authors who hid the paper from their profile (``hidden``) wrote it all
    the same, and are kept.

    Returns:
        ``None`` for an entry that is no paper.
    """
    if not isinstance(entry, dict):
        what = (
            f"{quote_value(entry)} stands where an object should (a printout of one is not enough)"
        )
        problems.append(location.problem(what, "fetch that list again from the API"))
        return None
    inner = entry["paper"] if isinstance(entry.get("paper"), dict) else entry
    bare = _arxiv_id(inner.get("id"), location, problems)
    if not bare:
        return None
    location = location.with_name(f"arXiv:{bare}")
    title = fields.one_line(inner.get("title") or entry.get("title"))
    abstract = fields.clean_block(inner.get("summary") or entry.get("summary"))
    if not title:
        problems.append(location.problem("it has no title", "let `digest enrich` ask arXiv for it"))
        if not abstract:
            return None
    posted = location.date_or_problem(
        inner.get("submittedOnDailyAt"), "submittedOnDailyAt", problems
    )
    summary = fields.one_line(inner.get("ai_summary"))
    return Paper(
        id=f"arxiv:{bare}",
        title=title,
        authors=_authors(inner.get("authors"), location, problems),
        abstract=abstract,
        published=location.date_or_problem(inner.get("publishedAt"), "publishedAt", problems),
        announced=posted or list_date,
        organisation=_display_name(inner.get("organization") or entry.get("organization")),
        keywords=_keywords(inner.get("ai_keywords")),
        digest=Digest(
            text=summary,
            by=fields.one_line(inner.get("ai_summary_model")) or "Hugging Face",
            model=True,
        )
        if summary
        else None,
        withdrawn="withdrawn" if inner.get("withdrawnAt") else "",
        links=tuple(_links(bare, entry, inner, fetched_on, location, problems)),
        sightings=(_sighting(entry, inner, list_date or posted, fetched_on, location, problems),),
    )


def _arxiv_id(given: object, location: EntryLocation, problems: list[Problem]) -> str:
    bare, _ = fields.parse_arxiv_id(given)
    if bare:
        return bare
    if isinstance(given, int | float) and not isinstance(given, bool):
        what = f"its id is the number {given}, so a zero at its end may be lost"
    elif given is None:
        what = "it has no id"
    else:
        what = f"its id {quote_value(given)} is no arXiv id"
    problems.append(location.problem(what, "fetch it again from the API, whose ids are strings"))
    return ""


def _authors(given: object, location: EntryLocation, problems: list[Problem]) -> tuple[Author, ...]:
    if not isinstance(given, list):
        if given is not None:
            what = f"its authors are {quote_value(given)}, no list; they were left out"
            problems.append(location.problem(what, "fetch it again from the API"))
        return ()
    names = [fields.one_line(a.get("name") if isinstance(a, dict) else a) for a in given]
    if nameless := names.count(""):
        what = f"{nameless} of {len(names)} authors have no name; they were left out"
        problems.append(location.problem(what, "compare with arXiv: `digest enrich`"))
    return tuple(Author(name) for name in names if name and not fields.is_punctuation(name))


def _sighting(
    entry: Mapping[str, Any],
    inner: Mapping[str, Any],
    day: str,
    fetched_on: str,
    location: EntryLocation,
    problems: list[Problem],
) -> Sighting:
    upvotes = _count_or_problem(inner.get("upvotes"), "upvotes", location, problems)
    comments = _count_or_problem(entry.get("numComments"), "numComments", location, problems)
    person = entry.get("submittedBy") or inner.get("submittedOnDailyBy")
    return Sighting(
        source="huggingface",
        page=day or "papers",
        seen=day,
        upvotes=upvotes,
        comments=comments,
        submitted_by=_display_name(person),
        as_of=fetched_on if (upvotes, comments) != (None, None) else "",
    )


def _links(
    bare: str,
    entry: Mapping[str, Any],
    inner: Mapping[str, Any],
    fetched_on: str,
    location: EntryLocation,
    problems: list[Problem],
) -> Iterator[Link]:
    yield Link("huggingface", f"{_SITE}papers/{bare}")
    if repository := _url_or_problem(inner.get("githubRepo"), "githubRepo", location, problems):
        stars = _count_or_problem(inner.get("githubStars"), "githubStars", location, problems)
        as_of = fetched_on if stars is not None else ""
        yield Link("code", repository, stars=stars, as_of=as_of)
    if project := _url_or_problem(inner.get("projectPage"), "projectPage", location, problems):
        yield Link("project", project)
    media = [*as_list(inner.get("mediaUrls")), *as_list(entry.get("mediaUrls"))]
    for address in dict.fromkeys(text for text in media if isinstance(text, str)):
        if url := _url_or_problem(address, "mediaUrls", location, problems):
            yield Link("media", url)
    for field, kind, home in _LINKED_REPOSITORIES:
        for item in as_list(inner.get(field)):
            name = item.get("id") if isinstance(item, dict) else item
            if isinstance(name, str) and _REPOSITORY.match(name):
                yield Link(kind, home + name, title=name)


def _url_or_problem(
    given: object, name: str, location: EntryLocation, problems: list[Problem]
) -> str:
    if given is None or given == "":
        return ""
    url = fields.valid_url(given)
    if not url:
        what = f"its {name} {quote_value(given)} is no web address; it was left out"
        problems.append(location.problem(what, "correct it on the paper's page"))
    return url


def _count_or_problem(
    given: object, name: str, location: EntryLocation, problems: list[Problem]
) -> int | None:
    count = fields.valid_count(given)
    if count is None and given is not None:
        what = f"its {name} {quote_value(given)} is no count; it was left out"
        problems.append(location.problem(what, "fetch it again from the API"))
    return count


def _display_name(given: object) -> str:
    """Return the full name of a person or organisation, or its short one."""
    if not isinstance(given, dict):
        return ""
    return fields.one_line(given.get("fullname")) or fields.one_line(given.get("name"))


def _keywords(given: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in as_list(given) if (word := fields.one_line(text))))
