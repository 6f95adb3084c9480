"""Explains one paper: each field by source, the values chosen, and the words behind its topics."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from paper_digest.builder.open_records import open_records
from paper_digest.catalog.topic_match import LIKENESS
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.identity.claim_cells import POORER_QUALITY, decode_value
from paper_digest.identity.claim_ranking import ranked_claims, superseded_claims
from paper_digest.identity.claims import claims_table
from paper_digest.identity.merge_reason import merge_reason
from paper_digest.model.paper import CLAIMED_FIELDS, Paper
from paper_digest.model.printable import printed_line
from paper_digest.settings.config import Config
from paper_digest.sources.registry import registry
from paper_digest.store import decisions, overrides
from paper_digest.store.files import Store
from paper_digest.store.find import find_paper
from paper_digest.store.fixes import cleared_fields
from paper_digest.store.overrides import Override
from paper_digest.store.paper_override import find_override

#: Longest value that is shown whole: one line of a terminal.
_MAX_VALUE_CHARS = 100

#: Notes on values of lower quality: any complete or printed value is chosen before them.
_INCOMPLETE_NOTES = {"abstract": " (shortened)", "published": " (year inferred)"}


def explain_paper(store: Store, config: Config, name: str) -> Iterator[str]:
    """Yield lines of text about the paper called ``name`` (an id, former id, bare id or slug).

    Lines that begin with ``=`` are the chosen values, with ``-`` the others, with ``~`` what a source
    stated before and states no more; the operator's fixes have the source ``editor``.

    Raises:
        DigestError: if the archive has no such paper. ConfigError: an override is wrong.
    """
    return map(printed_line, _lines(store, config, find_paper(store, name)))


def _lines(store: Store, config: Config, stored: Paper) -> Iterator[str]:
    decided = overrides.load_overrides(store.root, config.topic_names)
    override = find_override(decided, stored)
    paper = overrides.apply_fixes(stored, override, registry().ranking)
    yield f"{paper.id}  {paper.title or '(title unknown)'}"
    yield f"file    {store.path(paper.id)}"
    given = decisions.read_decisions(store.root) if paper.aliases else {}
    for alias in paper.aliases:
        yield f"alias   {alias}"
        if given.get(frozenset((paper.id, alias))) == "different":
            yield "        another paper, as a person decided; it leads here until its source is ingested again"
            continue
        reason = merge_reason(stored, alias, given, registry().ranking, registry().title)
        yield f"        one paper, because {reason}"
    for disputed_id in paper.disputed_ids:
        yield f"not     {disputed_id}: a source gave it, titles and authors disagree"
    for same_id in paper.same_as:
        yield f"same as {same_id}: a registry states it"
    yield from _claim_lines(paper, stored, override)
    for version in paper.versions:
        yield f"version {version.number} {version.date or '(date unknown)'}"
    for link in paper.links:
        yield f"link    {link.kind} {link.url}" + _format_figures({"stars": link.stars}, link.as_of)
    for s in paper.sightings:
        inferred = " (year inferred)" if s.inferred else ""
        figures = _format_figures({"upvotes": s.upvotes, "comments": s.comments}, s.as_of)
        where = " ".join(filter(None, (registry().title(s.source), s.page, s.seen or s.seen_as)))
        yield f"seen    {where}{inferred}{figures}"
    yield from _override_lines(override)
    if override is None or override.topics is None:
        yield from _topic_lines(paper, store, config)


def _claim_lines(paper: Paper, stored: Paper, override: Override | None) -> Iterator[str]:
    """Yield for each field the chosen value and what each source gives."""
    cells, stored_cells = claims_table(paper), claims_table(stored)
    cleared = cleared_fields(override.fix) if override else ()
    for field in CLAIMED_FIELDS:
        ranked = ranked_claims(
            field, stored_cells if field in cleared else cells, registry().ranking
        )
        if override and field in cleared:
            yield f"= {field:<13} editor{f' {override.at}' if override.at else ''}: (cleared)"
        for source, claim in ranked:
            best, value = decode_value(ranked[0][1].value), decode_value(claim.value)
            equals_best = _one_line(value) == _one_line(best)
            poorer = _INCOMPLETE_NOTES.get(field, "") if claim.quality <= POORER_QUALITY else ""
            is_believed = (
                field not in cleared
                and equals_best
                and (not poorer or ranked[0][1].quality <= POORER_QUALITY)
            )
            shown = _shorten(value) if equals_best else _shorten(value, best)
            when = f" {claim.at}" if claim.at else ""
            yield f"{'=' if is_believed else '-'} {field:<13} {registry().title(source) or 'by hand'}{when}: {shown}{poorer}"
        for source, claim in superseded_claims(field, stored_cells):
            when = f" {claim.at}" if claim.at else ""
            value = _shorten(decode_value(claim.value))
            yield f"~ {field:<13} {registry().title(source) or 'by hand'}{when}: {value} (superseded)"


def _override_lines(override: Override | None) -> Iterator[str]:
    if override is None:
        return
    kinds = [kind for kind in ("hide", "removed", "pin", "fix") if getattr(override, kind)]
    if override.topics == ():
        kinds.append("no topic")
    why = f" ({override.why})" if override.why else ""
    if kinds:
        yield f"decided {', '.join(kinds)}{why}"
    for topic in override.topics or ():
        yield f"topic   {topic} (decided{f': {override.why}' if override.why else ''})"


def _topic_lines(paper: Paper, store: Store, config: Config) -> Iterator[str]:
    with open_records(store.root.parent, config) as records:
        centroids = records.centroids()
    candidates = TopicClassifier(config.topics).candidates(paper, centroids)
    if all(match.loss for match in candidates):
        yield "topic   none: no word or category of the taxonomy is enough, and no topic's papers are like it"
    for match in candidates:
        if match.loss:
            yield f"no topic {match.topic} ({match.score:g}): {match.loss}"
        else:
            yield f"topic   {match.topic} ({match.score:g})"
        for reason in match.reasons:
            if reason.field == LIKENESS:
                ground = f"like other papers of the topic by {reason.term}"
            else:
                ground = f"{reason.term} in {reason.field}"
            yield f"          {ground} ({reason.weight:g})"


def _format_figures(figures: dict[str, int | None], at: str) -> str:
    known = [f"{number} {name}" for name, number in figures.items() if number is not None]
    day = f" on {at}" if at else ""
    return f" ({', '.join(known)}{day})" if known else ""


def _shorten(value: object, believed: object = None) -> str:
    """Return a value on one line; a long one is cut to where it first differs from ``believed``."""
    text, other = _one_line(value), _one_line(believed) if believed is not None else ""
    if len(text) <= _MAX_VALUE_CHARS:
        return text
    begin = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    begin = max(0, begin - _MAX_VALUE_CHARS // 4) if other else 0
    start, end = "…" if begin else "", "…" if begin + _MAX_VALUE_CHARS < len(text) else ""
    return f"{start}{text[begin : begin + _MAX_VALUE_CHARS - 1]}{end} ({len(text):,} characters)"


def _one_line(value: object) -> str:
    if isinstance(value, list):
        items = (item.get("name", item) if isinstance(item, dict) else item for item in value)
        return ", ".join(_one_line(item) for item in items)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_one_line(item)}" for key, item in value.items())
    return " ".join(
        (value if isinstance(value, str) else msgspec.json.encode(value).decode()).split()
    )
