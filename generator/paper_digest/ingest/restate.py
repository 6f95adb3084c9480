"""A statement of a source merged into a record: the newer one wins, and a repeated one changes nothing."""

from __future__ import annotations

from paper_digest.identity.merge import merge_papers
from paper_digest.identity.novelty import says_something_new
from paper_digest.identity.restatement import give_way
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.model.paper import Paper
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
