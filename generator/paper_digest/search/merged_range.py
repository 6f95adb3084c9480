"""Joins a term range of the base with the same stretch of terms in the newer segment."""

from __future__ import annotations

import numpy as np

from paper_digest.search.decoder import IntArray, KeyArray, ListRest, TermRange
from paper_digest.search.inverted_index import utf16_sort_key
from paper_digest.search.paper_numbers import PaperNumbers, renumbered_keys


def merge_term_ranges(
    base: TermRange, newer: TermRange, span: slice, numbers: PaperNumbers
) -> TermRange:
    """Join a range of the base with ``newer``'s terms at ``span``, papers numbered as in the archive.

    The newer segment gives the frequency in the whole archive of every term that it holds, or that a replaced
    paper of the base held; a term that no paper has any longer is left out.
    """
    base_places = {term: place for place, term in enumerate(base.terms)}
    newer_places = {term: place for place, term in enumerate(newer.terms[span], span.start)}
    terms = sorted(
        (
            term
            for term in base_places.keys() | newer_places.keys()
            if term not in newer_places or newer.frequencies[newer_places[term]]
        ),
        key=utf16_sort_key,
    )
    place_by_term = {term: place for place, term in enumerate(terms)}
    documents: list[IntArray] = []
    owners = []
    payloads = []
    keys: list[list[KeyArray]] = [[] for _ in terms]
    splits = [0] * len(terms)
    frequencies = np.zeros(len(terms), np.int64)
    rests = np.full(len(terms), -1, np.int64)
    for content, places, of_segment in (
        (base, base_places, numbers.of_base),
        (newer, newer_places, numbers.of_newer),
    ):
        for term, place in places.items():
            merged = place_by_term.get(term)
            if merged is None:
                continue
            postings = slice(content.starts[place], content.starts[place + 1])
            papers = of_segment[content.documents[postings]]
            is_valid = papers >= 0
            documents.append(papers[is_valid])
            payloads.append(content.payloads[postings][is_valid])
            owners.append(np.full(len(documents[-1]), merged))
            keys[merged].append(renumbered_keys(content.author_keys[place], of_segment))
            splits[merged] = max(splits[merged], content.splits[place])
            frequencies[merged] = content.frequencies[place]
            rests[merged] = max(rests[merged], content.rests[place])
    owner = np.concatenate(owners) if owners else np.zeros(0, np.int64)
    document = np.concatenate(documents) if documents else np.zeros(0, np.int32)
    order = np.lexsort((document, owner))
    payload = np.concatenate(payloads) if payloads else np.zeros(0, np.uint8)
    return TermRange(
        terms,
        splits,
        frequencies,
        np.searchsorted(owner[order], np.arange(len(terms) + 1)),
        document[order],
        payload[order],
        rests,
        [np.sort(np.concatenate(lists)) for lists in keys],
    )


def renumber_rest(rest: ListRest, numbers: PaperNumbers) -> ListRest:
    """Give the papers of a list's rest, which the base alone has, their numbers in the archive."""
    papers = numbers.of_base[rest.documents]
    is_valid = papers >= 0
    return ListRest(
        papers[is_valid],
        rest.payloads[is_valid],
        renumbered_keys(rest.author_keys, numbers.of_base),
    )
