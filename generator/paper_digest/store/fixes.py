"""What the operator says a paper's fields are: checked, and put in the place of what sources say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.paper_checks import DATE_CHECKS, check_counts, is_day
from paper_digest.identity.source_ranking import EDITOR, SourceRanking
from paper_digest.model.paper import CLAIMED_FIELDS, LINK_KINDS, Author, Claim, Digest, Link, Paper
from paper_digest.text.fields import one_line, parse_doi, parse_orcid, strip_invisible, valid_url

#: Fields a fix may set.
FIXABLE_FIELDS = (*CLAIMED_FIELDS, "links")

#: A field that says another's value is a poorer one: no field of a fix, and gone with that value.
_POORER_FLAGS = {"abstract": "truncated", "published": "inferred"}

_DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(Paper)}


def cleared_fields(fix: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the fields that a fix leaves empty: whatever a source says, the paper has none."""
    return tuple(field for field, value in fix.items() if value is None or value in ("", [], {}))


def apply_fix(paper: Paper, fix: Mapping[str, Any], at: str, ranking: SourceRanking) -> Paper:
    """Return the paper with the fields of a fix in place, claimed by ``editor`` on the day ``at``.

    A cleared field is empty, and nobody claims it any more. ``links`` by kind are the paper's only
    links of these kinds, and leave those of other kinds alone; a list of links is all that it has.

    Raises:
        ValueError: see ``parse_fix``.
    """
    cleared = cleared_fields(fix)
    values = {field: value for field, value in fix.items() if field not in cleared}
    if values:
        fixed = parse_fix(paper.id, values)
        links = _fixed_links(paper, values["links"], fixed) if "links" in values else paper.links
        paper = merge_papers(paper, attribute_fields(fixed, EDITOR, at), ranking)
        paper = msgspec.structs.replace(paper, links=links)
    if not cleared:
        return paper
    emptied = (*cleared, *(_POORER_FLAGS[field] for field in cleared if field in _POORER_FLAGS))
    claims = (_without(claim, emptied) for claim in paper.claims)
    return msgspec.structs.replace(
        paper,
        **{field: _DEFAULTS[field] for field in emptied},
        claims=tuple(
            claim for claim in claims if claim.agrees or claim.differs or claim.superseded
        ),
    )


def parse_fix(paper_id: str, fix: Mapping[str, Any]) -> Paper:
    """Make a paper of a fix; its empty values are left out, and empty links of a kind.

    Raises:
        msgspec.ValidationError: a value is of the wrong type. ValueError: it is no date, no count,
            no DOI, no web address, no kind of link, or holds what no reader can see.
    """
    cleared = cleared_fields(fix)
    values = {field: value for field, value in fix.items() if field not in cleared}
    if isinstance(values.get("authors"), list):
        values["authors"] = [{"name": a} if isinstance(a, str) else a for a in values["authors"]]
    if isinstance(values.get("links"), dict):
        for kind in values["links"]:
            _check_kind(kind)
        urls = {kind: url for kind, url in values.pop("links").items() if url not in (None, "")}
        if urls:
            values["links"] = [{"kind": kind, "url": url} for kind, url in urls.items()]
    fixed = msgspec.convert({"id": paper_id, **values}, Paper)
    for field in values:
        _check_value(fixed, field)
    check_counts(fixed)
    return fixed


def _check_value(fixed: Paper, field: str) -> None:
    value = getattr(fixed, field)
    if not value:
        raise ValueError(f"{value!r} says nothing")
    if field in DATE_CHECKS and not DATE_CHECKS[field](value):
        raise ValueError(f"{value!r} is no ISO date")
    if field == "doi" and parse_doi(value) != value:
        meant = parse_doi(value)
        raise ValueError(f"{value!r} is no DOI" + (f"; did you mean {meant!r}?" if meant else ""))
    if field == "abstract":
        _check_text(value, value)
    elif isinstance(value, str):
        _check_text(value, one_line(value))
    elif isinstance(value, Digest):
        _check_digest(value)
    elif isinstance(value, tuple):
        for item in value:
            _check_item(item)


def _check_digest(digest: Digest) -> None:
    _check_text(digest.text, digest.text)
    _check_text(digest.by, one_line(digest.by))
    if digest.at and not is_day(digest.at):
        raise ValueError(f"{digest.at!r} is no ISO date")


def _check_item(item: str | Author | Link) -> None:
    if isinstance(item, Link):
        _check_link(item)
        return
    text = item if isinstance(item, str) else item.name
    _check_text(text, one_line(text))
    if isinstance(item, Author) and parse_orcid(item.orcid) != item.orcid:
        raise ValueError(f"{item.orcid!r} is no ORCID; write 0000-0000-0000-000X")


def _check_text(text: str, cleaned: str) -> None:
    if not text.strip() or strip_invisible(text) != text:
        raise ValueError(f"{text!r} is empty, or holds control characters")
    if text != cleaned:
        raise ValueError(f"{text!r} is more than one line, or has spaces at an end")


def _check_link(link: Link) -> None:
    _check_kind(link.kind)
    if valid_url(link.url) != link.url:
        raise ValueError(f"{link.url!r} is no web address")
    if link.as_of and not is_day(link.as_of):
        raise ValueError(f"{link.as_of!r} is no ISO date")


def _check_kind(kind: object) -> None:
    if kind not in LINK_KINDS:
        raise ValueError(f"there is no kind of link {kind!r}; known: {', '.join(LINK_KINDS)}")


def _fixed_links(paper: Paper, given: object, fixed: Paper) -> tuple[Link, ...]:
    """Return the links of a paper: those that the fix gives, and of other kinds its own."""
    if not isinstance(given, dict):
        return fixed.links
    others = (link for link in paper.links if link.kind not in given)
    return tuple(sorted((*fixed.links, *others), key=lambda link: (link.kind, link.url)))


def _without(claim: Claim, emptied: tuple[str, ...]) -> Claim:
    return msgspec.structs.replace(
        claim,
        agrees=tuple(field for field in claim.agrees if field not in emptied),
        differs={field: value for field, value in claim.differs.items() if field not in emptied},
    )
