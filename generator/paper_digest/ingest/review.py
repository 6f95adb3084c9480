"""Pairs of records that may be one paper: found for a person, and decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from paper_digest.identity.features import features
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.similarity import describe_similarity
from paper_digest.ingest.unmerge import separate_records
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.ids import is_paper_id
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store import decisions
from paper_digest.store.absent_papers import no_such_paper
from paper_digest.store.decisions import Decision, Verdict
from paper_digest.store.files import Store
from paper_digest.store.find import find_record


class ReviewPair(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two records a person should look at.

    Attributes:
        one, two: the records.
        why: a sentence on what they have in common, and what not.
        disputed_id: the id that was given for both though they have nothing else in common; "" for
            a pair that may be one paper.
    """

    one: Paper
    two: Paper
    why: str
    disputed_id: str = ""


def pairs_to_review(
    store: Store, *, with_postponed: bool = False, problems: list[Problem] | None = None
) -> Iterator[ReviewPair]:
    """Yield the pairs nobody has decided: those that may be one paper, then clashes of one id.

    Args:
        store: the archive.
        with_postponed: yield those too that were put off with "later".
        problems: gets the records that cannot be read, of which nobody knows whether they are another's.
    """
    unreadable = [] if problems is None else problems
    index = PaperIndex(store.read_all(unreadable), decisions.read_decisions(store.root))
    postponed = frozenset() if with_postponed else decisions.read_postponed(store.root)
    pairs = [("", one, two) for one, two in index.undecided_pairs()]
    for disputed_id, first, second in (*pairs, *index.clashes()):
        if frozenset((first, second)) in postponed:
            continue
        one, two = store.get(first), store.get(second)
        if one and two:
            why = describe_similarity(features(one), features(two))
            if disputed_id:
                why = f"{disputed_id} was given for both; {why}"
            yield ReviewPair(one, two, why, disputed_id)


def decide(store: Store, one: str, two: str, verdict: Verdict, today: date) -> str:
    """Keep one verdict and return what was done; see ``apply_verdict``.

    Raises:
        LockedError: if another run is writing.
    """
    with store.lock():
        return apply_verdict(store, one, two, verdict, today)


def named_id(store: Store, name: str) -> str:
    """Return the id of the record that a person calls ``name``.

    A former id stays as it is, since it may be the one to be taken apart; so does an id that the archive
    has no record of yet.

    Raises:
        DigestError: there is no such paper, and ``name`` is no id.
    """
    if is_paper_id(name):
        return name
    return find_record(store, name)[1]


def decide_all(
    store: Store,
    verdicts: Iterable[tuple[str, str, Verdict]],
    today: date,
    problems: list[Problem],
) -> Iterator[str]:
    """Keep many verdicts, and yield what was done for each.

    Args:
        store: the archive.
        verdicts: two ids each, and what a person says of them.
        today: the day of the verdicts.
        problems: gets each verdict that cannot be kept; the others are.

    Raises:
        LockedError: if another run is writing.
    """
    with store.lock():
        for one, two, verdict in verdicts:
            try:
                yield apply_verdict(store, one, two, verdict, today)
            except DigestError as error:
                what = f"{error.problem.what}, so {one} and {two} stay undecided"
                problems.append(msgspec.structs.replace(error.problem, what=what))


def apply_verdict(store: Store, one: str, two: str, verdict: Verdict, today: date) -> str:
    """Keep a verdict in a locked store; records that are one paper are united at once.

    Args:
        store: the archive.
        one: what a person calls the one record; see ``named_id``.
        two: what a person calls the other.
        verdict: what that person says of them.
        today: the day of the verdict.

    Returns:
        What was done, as a sentence.

    Raises:
        DigestError: if the archive lacks both papers, or one that has no id, both ids are the same, or two papers
            that a third record holds are to be kept apart. RecordError: a record of theirs cannot be read.
    """
    first, second = sorted(named_id(store, name) for name in (one, two))
    if first == second:
        raise DigestError(first, "is given twice", "give the ids of two records")
    old, new = store.get(first), store.get(second)
    if verdict == "same":
        old = old or _holder(store, first, second)
        new = new or _holder(store, second, first)
    if old is None and new is None:
        _check_former_ids(store, first, second)
    if verdict == "different":
        return _keep_apart(store, first, second, today)
    decisions.append_decision(store.root, Decision(first, second, verdict, today.isoformat()))
    if verdict == "later":
        return f"{first} and {second} are left for later: digest review --all"
    if old is None or new is None:
        missing = first if old is None else second
        return f"noted: {missing} will be united with the other when its record comes in."
    if old.id == new.id:
        return f"{old.id} holds both already."
    united = merge_papers(old, new, registry().ranking)
    store.write([united])
    store.delete({old.id, new.id} - {united.id})
    return f"{united.id} holds both; {', '.join(united.aliases)} leads to it."


def _check_former_ids(store: Store, first: str, second: str) -> None:
    """Refuse two ids without records of their own, unless they are former ids of two papers."""
    holders: dict[str, str] = {}
    unreadable: list[Problem] = []
    for paper in store.read_all(unreadable):
        holders.update({one: paper.id for one in (first, second) if one in paper.aliases})
    for one in (first, second):
        if one not in holders:
            raise no_such_paper(one, unreadable, "copy the id from `digest review`")
    if holders[first] == holders[second]:
        what = f"is no record of its own: {holders[first]} holds {first} and {second}"
        raise DigestError(second, what, f"digest unmerge {holders[first]} {second}")


def _holder(store: Store, former_id: str, other_id: str) -> Paper | None:
    """Return the record of a former id; ``None`` where there is none, or it is another paper by a person's word.

    That holds for a third record: that the two are one after all is what is said now.

    Raises:
        DigestError: no record has it that can be read, and some cannot.
    """
    given = decisions.read_decisions(store.root)
    unreadable: list[Problem] = []
    papers = store.read_all(unreadable)
    holder = next((paper for paper in papers if former_id in paper.aliases), None)
    if holder is None and unreadable:
        raise no_such_paper(former_id, unreadable, "")
    if holder is None or other_id in (holder.id, *holder.aliases):
        return holder
    return None if given.get(frozenset((holder.id, former_id))) == "different" else holder


def _keep_apart(store: Store, first: str, second: str, today: date) -> str:
    """Keep two records apart; where one has swallowed the other, undo that."""
    for current_id, former_id in ((first, second), (second, first)):
        paper = store.get(current_id)
        if paper and former_id in paper.aliases:
            return separate_records(store, paper, former_id, (), today)
    decisions.append_decision(store.root, Decision(first, second, "different", today.isoformat()))
    return f"{first} and {second} stay two papers."
