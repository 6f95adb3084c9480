"""One run of ``digest summarise``: papers without a digest, newest first, within what it may cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

import msgspec

from paper_digest.ingest.fetch.chat import ChatAnswer
from paper_digest.ingest.fetch.protocol import HostSilentError
from paper_digest.ingest.summaries.answer import RefusedAnswerError, answered_digest
from paper_digest.ingest.summaries.answer_cache import SummaryCache
from paper_digest.ingest.summaries.own_digests import needs_digest, with_digest, without_digest
from paper_digest.ingest.summaries.prompt import (
    MAX_ANSWER_TOKENS,
    PaperText,
    cache_key,
    estimated_input_tokens,
    estimated_output_tokens,
    paper_text,
    request_body,
    speaks_to_models,
)
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.settings.summaries import Summaries
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from paper_digest.store.overrides import Override, apply_fixes
from paper_digest.store.paper_override import find_override
from paper_digest.store.refused_digests import (
    RefusedDigest,
    append_refusal,
    read_refused_keys,
)

#: After so many papers in a row without an answer the service is left alone.
MAX_UNANSWERED_IN_A_ROW = 2


class Asker(Protocol):
    """What sends one request to a model: over HTTP, or none at all."""

    def ask(self, body: dict[str, object], /) -> ChatAnswer:
        """Return the answer; raises ``HostSilentError`` where there is none."""


class SummaryReport(msgspec.Struct):
    """What a run did.

    Attributes:
        written: ids of papers that have a new digest. ``refused``: ids and reasons.
        taken_out: ids of papers whose digest was of another abstract, and of which the new one is refused.
        asked: requests that were answered. ``cached``: answers that were there from a run before.
        input_tokens: of the prompts. ``output_tokens``: of the answers. ``cost``: of both.
        waiting: papers that are still to be asked about.
        edited: ids of papers that are not, as a person edited the record.
        refused_before: how many are not, as an answer was refused in a run before.
        without_abstract: how many have no digest and no whole abstract to make one of.
        stopped_by: what ended the run before its papers did, or "".
        fault: why the service refuses every request, or ``None``.
        problems: what else a person can mend.
    """

    written: list[str] = []
    refused: list[tuple[str, str]] = []
    taken_out: list[str] = []
    asked: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0
    waiting: int = 0
    edited: list[str] = []
    refused_before: int = 0
    without_abstract: int = 0
    stopped_by: str = ""
    fault: ConfigError | None = None
    problems: list[Problem] = []


class _Candidate(NamedTuple):
    """A paper to ask about: its record's id, what is asked, under which key, and when it was filed."""

    id: str
    text: PaperText
    key: str
    filing_date: str


class SummaryRun:
    """Asks about one paper after the other, and writes each digest before the next is asked for."""

    def __init__(self, store: Store, settings: Summaries, cache: SummaryCache, today: date) -> None:
        """Take a locked store; ``today`` is the day of the digests."""
        self._store, self._settings, self._cache = store, settings, cache
        self._today = today.isoformat()
        self.report = SummaryReport()
        self._refused_keys = read_refused_keys(store.root, self.report.problems)

    def run(
        self,
        overrides: Mapping[str, Override],
        asker: Asker,
        show_progress: Callable[[str], None],
    ) -> None:
        """Ask until no paper is left or the budget is spent; ``report`` says what came of it.

        Raises:
            ConfigError: the service refuses every request; what was answered before is written.
        """
        candidates = self._candidates(overrides)
        self.report.waiting, unanswered = len(candidates), 0
        for number, candidate in enumerate(candidates, 1):
            if speaks_to_models(candidate.text):
                self._refuse(candidate, "its text speaks to language models; it was not sent")
                continue
            answer = self._cache.answer(candidate.key)
            if answer:
                self.report.cached += 1
            else:
                if self._is_budget_spent(candidate):
                    break
                show_progress(f"{number:,} of {len(candidates):,}: {candidate.id}")
                try:
                    answer = asker.ask(request_body(candidate.text, self._settings))
                except HostSilentError as error:
                    self._cache.add(candidate.key, None)
                    if error.problem not in self.report.problems:  # of one service the same
                        self.report.problems.append(error.problem)
                    unanswered += 1
                    if unanswered == MAX_UNANSWERED_IN_A_ROW:
                        self.report.stopped_by = "the service gives no answers"
                        break
                    continue
                unanswered = 0
                self._count(candidate, answer)
                self._cache.add(candidate.key, answer)
            self._take(candidate, answer)

    def _candidates(self, overrides: Mapping[str, Override]) -> list[_Candidate]:
        """List the papers to ask about, the newest first, those that were asked in vain last."""
        candidates, outdated = list[_Candidate](), list[tuple[str, PaperText]]()
        for paper in self._store.read_all(self.report.problems):
            override = find_override(overrides, paper)
            if override and (override.hide or override.removed):
                continue
            shown = apply_fixes(paper, override, registry().ranking)
            if shown.withdrawn:
                continue
            if not shown.abstract.strip() or shown.truncated:
                self.report.without_abstract += shown.digest is None
                continue
            text = paper_text(shown.title, shown.abstract)
            if not needs_digest(shown.digest, text):
                continue
            key = cache_key(text, self._settings)
            if key in self._refused_keys:
                self.report.refused_before += 1
                outdated.append((paper.id, text))
                continue
            if self._store.was_edited(paper.id):
                self.report.edited.append(paper.id)
                continue
            filing_date = shown.announced or shown.published
            candidates.append(_Candidate(paper.id, text, key, filing_date))
        for paper_id, text in outdated:
            self._take_out_outdated(paper_id, text)
        candidates.sort(key=lambda c: (c.filing_date, c.id), reverse=True)
        return sorted(candidates, key=lambda c: self._cache.has_failed(c.key))

    def _is_budget_spent(self, candidate: _Candidate) -> bool:
        """Tell whether the next question may go beyond what a run may cost, and note which limit that is."""
        report, settings = self.report, self._settings
        prompt = estimated_input_tokens(candidate.text)
        tokens = report.input_tokens + report.output_tokens + prompt + MAX_ANSWER_TOKENS
        cost = report.cost + settings.cost(prompt, MAX_ANSWER_TOKENS)
        if report.asked >= settings.max_papers:
            report.stopped_by = f"max_papers ({settings.max_papers:,})"
        elif tokens > settings.max_tokens:
            report.stopped_by = f"max_tokens ({settings.max_tokens:,})"
        elif settings.max_cost and cost > settings.max_cost:
            report.stopped_by = f"max_cost ({settings.max_cost:g})"
        return bool(report.stopped_by)

    def _count(self, candidate: _Candidate, answer: ChatAnswer) -> None:
        report = self.report
        prompt = answer.input_tokens
        spent = estimated_input_tokens(candidate.text) if prompt is None else prompt
        said = answer.output_tokens
        written = estimated_output_tokens(answer.content) if said is None else said
        report.asked += 1
        report.input_tokens += spent
        report.output_tokens += written
        report.cost += self._settings.cost(spent, written)

    def _take(self, candidate: _Candidate, answer: ChatAnswer) -> None:
        """Write the digest of an answer, or log why it is refused."""
        try:
            digest = answered_digest(answer, candidate.text, self._settings, self._today)
        except RefusedAnswerError as refusal:
            self._refuse(candidate, str(refusal))
            return
        stored = self._store.get(candidate.id)
        if stored is None:
            return
        self._store.write([with_digest(stored, digest)])
        self.report.written.append(candidate.id)
        self.report.waiting -= 1

    def _refuse(self, candidate: _Candidate, why: str) -> None:
        refusal = RefusedDigest(candidate.id, candidate.key, self._settings.model, why, self._today)
        append_refusal(self._store.root, refusal)
        self.report.refused.append((candidate.id, why))
        self.report.waiting -= 1
        self._take_out_outdated(candidate.id, candidate.text)

    def _take_out_outdated(self, paper_id: str, text: PaperText) -> None:
        """Take a digest of ours out of a record whose text is another now, and gets none of its own.

        What it says was compared with the text of before; of this one it may be wrong.
        """
        stored = self._store.get(paper_id)
        if stored is None or stored.digest is None or not needs_digest(stored.digest, text):
            return
        if self._store.was_edited(paper_id):
            return
        without = without_digest(stored)
        if without != stored:
            self._store.write([without])
            self.report.taken_out.append(paper_id)
