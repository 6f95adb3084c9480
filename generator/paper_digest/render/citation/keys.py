"""Citation keys: ``lovelace1843sketch``, the same wherever a paper is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from paper_digest.model.paper import Paper
from paper_digest.render.citation.memo import memoize_last
from paper_digest.text import names
from paper_digest.text.fold import fold_to_words
from paper_digest.text.tex import convert as latex

#: Words that say nothing of what a paper is about.
_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "beyond", "by", "can", "do", "does", "for", "from",
    "how", "in", "into", "is", "it", "its", "new", "of", "on", "or", "our", "over", "should",
    "some", "that", "the", "their", "this", "to", "toward", "towards", "under", "via", "we",
    "what", "when", "where", "which", "why", "with", "without", "you",
})  # fmt: skip
#: Letters taken of a name or a word.
MAX_PART_LETTERS = 40


@memoize_last
def citation_key(paper: Paper) -> str:
    """Make a citation key: first author's family name, year of the first version, first word that matters.

    Lower-case ASCII letters and digits, and nothing BibTeX cannot take. Where the family name or
    the title's word is missing (no author, no letter of the Latin script), the slug stands behind
    a hyphen, because the rest would not tell papers apart. It depends on nothing but the record:
    it changes only if the first author, the year or the title is corrected. Two papers may share
    one; ``unique_keys`` makes them differ in an archive.
    """
    first = names.split_name(paper.authors[0]) if paper.authors else None
    family = fold_to_words(first.surname).replace(" ", "") if first else ""
    words = fold_to_words(latex.to_unicode(paper.title)).split()
    word = next((w for w in words if w not in _STOP_WORDS and len(w) > 1), "")
    base = family[:MAX_PART_LETTERS] + paper.published[:4] + word[:MAX_PART_LETTERS]
    return base if family and word else f"{base}-{paper.slug}".lstrip("-")


def unique_key(key: str, slug: str, taken: set[str]) -> str:
    """Return ``key``, or ``key`` and the slug if it is in ``taken``; adds the result to ``taken``."""
    unique = f"{key}-{slug}" if key in taken else key
    taken.add(unique)
    return unique


def unique_keys(own_keys: Mapping[str, str], date_of: Callable[[str], str]) -> dict[str, str]:
    """Return the citation keys of an archive's papers by slug, in their order, no two alike.

    Of papers that share a key, the one listed first keeps it: those which a growing archive gets
    later change none.

    Args:
        own_keys: the key of each paper, by slug.
        date_of: returns the day, month or year a paper is listed under ("" for none); asked of those that share a key.
    """
    counts = Counter(own_keys.values())
    shared = [slug for slug, key in own_keys.items() if counts[key] > 1]
    keys = dict(own_keys)
    taken: set[str] = set()
    for slug in sorted(shared, key=lambda slug: (date_of(slug) or "9999", slug)):
        keys[slug] = unique_key(own_keys[slug], slug, taken)
    return keys
