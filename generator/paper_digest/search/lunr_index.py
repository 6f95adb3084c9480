"""Makes the index of ``search: lunr``: lunr.py's, of our own words, with what is shown of each paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from lunr.builder import Builder

from paper_digest.search.document import Document
from paper_digest.search.forward_index import document_row
from paper_digest.search.inverted_index import utf16_sort_key
from paper_digest.search.result_chunks import facet_lists, first_paper_by_year
from paper_digest.search.term_counts import id_term
from paper_digest.search.tokenizer import STOP_WORDS, indexed_words, name_tokens, tokens

#: How much a word counts in each field; an id is asked for alone or beside words of a title.
_FIELD_BOOSTS = {"title": 8, "text": 1, "authors": 4, "id": 8}
#: A paper without a title stands behind the others: what would be shown of it is little.
_TITLED_BOOST = 2


def lunr_index(
    documents: Iterable[Document],
    topic_titles: Mapping[str, str],
    parent_topics: Mapping[str, str],
) -> bytes:
    """Return the index as JSON: lunr's own under ``index``, and papers, facets and years beside it.

    Papers are numbered from the oldest; lunr names them by number. The same documents give the same bytes.
    """
    ordered = sorted(documents, key=lambda one: (one.date, one.slug))
    rows = [document_row(document) for document in ordered]
    return msgspec.json.encode(
        {
            "index": _serialized(ordered),
            "papers": [
                [row.stored_fields.decode(), document.text, document.authors, _id_of(document)]
                for row, document in zip(rows, ordered, strict=True)
            ],
            "facets": facet_lists(rows, topic_titles, parent_topics),
            "years": first_paper_by_year(rows),
        }
    )


def _serialized(documents: list[Document]) -> dict[str, Any]:
    """Return lunr's index of some documents, which are named by their places."""
    builder = Builder()
    builder.ref("number")
    for field, boost in _FIELD_BOOSTS.items():
        builder.field(field, boost=boost)
    for number, document in enumerate(documents):
        boosts = {"boost": _TITLED_BOOST if document.title else 1}
        builder.add({"number": number, **_field_words(document)}, boosts)
    if not documents:  # lunr divides by their number
        builder.add({"number": 0, **dict.fromkeys(_FIELD_BOOSTS)})
    index: dict[str, Any] = builder.build().serialize()
    # lunr.js takes words in the order of UTF-16 alone, lunr.py gives them in that of characters.
    index["invertedIndex"].sort(key=lambda entry: utf16_sort_key(entry[0]))
    return index


def _field_words(document: Document) -> dict[str, list[str]]:
    """Return the words of each field as they are indexed, compounds in parts and as one word."""
    text_words = _words(tokens(document.text))
    return {
        "title": _words(tokens(document.title)),
        "text": [word for word in text_words if word not in STOP_WORDS],
        "authors": _words(token for name in document.authors for token in name_tokens(name)),
        "id": [id_term(document.bare_id), *_words(tokens(document.bare_id))],
    }


def _words(of_tokens: Iterable[str]) -> list[str]:
    return [word.text for token in of_tokens for word in indexed_words(token)[1]]


def _id_of(document: Document) -> str:
    return id_term(document.bare_id)[1:]
