"""Finds the papers that have one of what can stand for a unit of a query."""

from __future__ import annotations

from paper_digest.search.index_reader import IndexReader
from paper_digest.search.phrase_rows import papers_with_terms
from paper_digest.search.postings_list import PostingsList, authors_list, postings_list
from paper_digest.search.query import Unit
from paper_digest.search.unit_match import Option


def papers_with_option(unit: Unit, option: Option, index: IndexReader) -> PostingsList:
    """Return the papers that have an option of a unit where the unit asks for it; several terms in a row."""
    if unit.is_author:
        return authors_list(option.parts)
    listed = postings_list(option.parts)
    if len(option.parts) > 1:
        listed = listed.among(papers_with_terms(option.parts, index, is_title=unit.is_title))
    return listed.in_titles() if unit.is_title else listed
