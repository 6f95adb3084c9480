"""Which ids a registry's relations state to be the same paper: its preprint, its print, a version."""

from __future__ import annotations

from collections.abc import Iterable

from paper_digest.text import fields

#: Relations between two forms of one paper, lower case without hyphens. Crossref writes
#: ``is-preprint-of`` (https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/relationships/),
#: DataCite ``IsPreprintOf``, ``IsVersionOf`` (https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-1/relationType/).
#: Translations, parts, supplements and reviews are other works.
_SAME_PAPER_RELATIONS = frozenset({
    "ispreprintof", "haspreprint", "isversionof", "hasversion", "issameas", "isidenticalto",
    "isvariantformof", "isoriginalformof", "isnewversionof", "ispreviousversionof",
})  # fmt: skip
#: So many are read of one record: a repository's concept DOI has one for each of its versions.
_MAX_RELATIONS = 100


def same_paper_ids(
    relations: Iterable[tuple[object, object, object]], own_doi: str
) -> tuple[str, ...]:
    """List the ids that a record states to be the same paper, sorted.

    Args:
        relations: of each relation its name, the type of the id (``doi``, ``arxiv``) and the id, as
            the registry writes them; what is no text, or no such relation, is passed over.
        own_doi: the record's own, which is left out.

    Returns:
        Ids as ``Paper.same_as`` has them: ``doi:10.1145/...``, ``arxiv:2511.01234``.
    """
    ids: set[str] = set()
    for name, id_type, value in relations:
        if not isinstance(name, str) or not isinstance(id_type, str):
            continue
        if name.replace("-", "").lower() not in _SAME_PAPER_RELATIONS:
            continue
        arxiv_id, _ = fields.parse_arxiv_id(value)
        if arxiv_id and id_type.lower() in {"arxiv", "doi", "uri", "url"}:
            ids.add(f"arxiv:{arxiv_id}")
        elif id_type.lower() in {"doi", "uri", "url"} and (doi := fields.parse_doi(value)):
            ids.add(f"doi:{doi}")
        if len(ids) >= _MAX_RELATIONS:
            break
    return tuple(sorted(ids - {f"doi:{own_doi}"}))
