"""Names in an entry of ``follow:`` that say nothing of what is asked of the source's service."""

from __future__ import annotations

#: What a paper must have, or not have, to be taken; ``categories`` is a filter too where the source
#: has no option of that name.
FILTER_NAMES = ("topics", "words", "not", "categories", "cross_lists", "min_upvotes")

#: What does not change which days an entry has filled: where the service lies, which papers are taken.
UNASKED_NAMES = frozenset({"base_url", *FILTER_NAMES} - {"categories"})
