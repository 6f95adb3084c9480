"""Which override of an archive is about a paper: by its id, or by one that it had before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.store.absent_papers import no_such_paper
from paper_digest.store.files import Store
from paper_digest.store.overrides import Override, override_places


def find_override(overrides: Mapping[str, Override], paper: Paper) -> Override | None:
    """Return the override of a paper, by its id or, where that has none, by an id it had before."""
    return override_of_ids(overrides, (paper.id, *paper.aliases))


def override_of_ids(overrides: Mapping[str, Override], ids: Iterable[str]) -> Override | None:
    """Return the override of the paper with these ids, the present one first.

    Records that were united may have one each. The first is believed, but what any of them hides is hidden.
    """
    all_of_them = [overrides[one] for one in ids if one in overrides]
    hiding = (one for one in all_of_them if one.hide or one.removed)
    return next(hiding, all_of_them[0] if all_of_them else None)


def unused_overrides(
    store: Store, overrides: Mapping[str, Override], topic_names: Iterable[str]
) -> Iterator[Problem]:
    """Yield a problem for each override of which nothing is used.

    It is about no paper of the archive, by its id now or before, or about a paper that has another one,
    since two records were united.

    Args:
        store: all papers of the archive.
        overrides: by id; see ``load_overrides``.
        topic_names: names that topics have, or had.
    """
    absent = [
        id_ for id_, one in overrides.items() if not one.removed and not store.path(id_).exists()
    ]
    unreadable: list[Problem] = []
    holders = _holders(store, absent, unreadable) if absent else {}
    believed = {id_: override_of_ids(overrides, ids) for id_, ids in holders.items()}
    others = dict[str, str]()  # what is not used, and the id whose override is
    for id_, ids in holders.items():
        used = believed[id_]
        if used:
            others |= {one: used.id for one in ids if one in overrides and one != used.id}
    unmatched = [id_ for id_ in absent if id_ not in holders]
    places = override_places(store.root, (*unmatched, *sorted(others)), topic_names)
    for id_ in unmatched:
        said = no_such_paper(id_, unreadable, "correct the id")
        yield Problem(places[id_], f"{id_} {said.what}", cure=said.cure)
    for id_, used_id in sorted(others.items()):
        what = f"{id_} is one paper with {used_id}, and the override of that is used"
        yield Problem(places[id_], what, cure="put both into one entry")


def hidden_records(store: Store, overrides: Mapping[str, Override]) -> set[str]:
    """Return the ids of the records that overrides hide, by their ids now or before."""
    hiding = {id_ for id_, one in overrides.items() if one.hide or one.removed}
    present = {id_ for id_ in hiding if store.path(id_).exists()}
    absent = hiding - present
    return present | {ids[0] for ids in (_holders(store, absent, []) if absent else {}).values()}


def _holders(
    store: Store, former_ids: Iterable[str], unreadable: list[Problem]
) -> dict[str, tuple[str, ...]]:
    """Return, by former id, all ids of the paper that had it; what cannot be read is added to ``unreadable``."""
    wanted = set(former_ids)
    return {
        alias: (paper.id, *paper.aliases)
        for paper in store.read_all(unreadable)
        for alias in paper.aliases
        if alias in wanted
    }
