"""A statement of a source merged into a record: the newer one wins, and a repeated one changes nothing."""

from __future__ import annotations

from paper_digest.identity.claims import is_decided
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.novelty import says_something_new
from paper_digest.identity.restatement import give_way, keep_edits
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.model.errors import Problem
from paper_digest.model.paper import CLAIMED_FIELDS, Paper
from paper_digest.sources.source import Source


def restate(
    old: Paper, paper: Paper, merged: Paper, ranking: SourceRanking, source: Source
) -> Paper:
    """Merge ``merged``, which holds ``paper``, into ``old``; ``old`` itself if that is no news.

    Args:
        old: a record of the archive.
        paper: as the source read it, with its claims.
        merged: the same, perhaps with what other records know.
        ranking: whom to believe.
        source: whose statement ``paper`` is.
    """
    stored = old
    if not source.keeps_claims and paper.claims:
        stored = give_way(old, paper, ranking, source.dated_by)
    united = merge_papers(stored, merged, ranking)
    return united if source.keeps_claims or says_something_new(old, united) else old


def restate_edited(
    old: Paper, paper: Paper, merged: Paper, ranking: SourceRanking, source: Source
) -> tuple[Paper, Problem]:
    """Merge as ``restate`` does into a record that a person edited, and keep what the person wrote.

    Returns:
        The merged record, and what the run has to say of it. What was taken out by hand comes back;
        what other sources stated and the person changed stays until these are read again.
    """
    claim = max(paper.claims, key=lambda c: c.at)
    edited = keep_edits(old, paper, claim.at, ranking)
    edits = [f for f in CLAIMED_FIELDS if is_decided(edited, f) and not is_decided(old, f)]
    returned = sorted(
        {field for one in old.claims for field in one.agrees if not getattr(old, field)}
        & {field for field in CLAIMED_FIELDS if getattr(paper, field)}
    )
    parts = ["was edited by hand"]
    if edits:
        parts.append(f"its {' and '.join(edits)} stays as it was written, against {source.title}")
    if returned:
        parts.append(f"{source.title} gives {' and '.join(returned)} again, taken out there")
    cure = "write edits as a fix in archive/overrides/, where every later run respects them"
    problem = Problem(old.id, "; ".join(parts), cure=cure)
    return restate(edited, paper, merged, ranking, source), problem
