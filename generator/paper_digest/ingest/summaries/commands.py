"""``digest summarise``: settings, key, store and service brought together for one run."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from paper_digest.ingest.fetch.chat import ChatClient
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.summaries.answer_cache import SummaryCache
from paper_digest.ingest.summaries.run import SummaryReport, SummaryRun
from paper_digest.model.errors import ConfigError
from paper_digest.settings.config import load_config
from paper_digest.settings.settings_file import CONFIG_FILE
from paper_digest.settings.summaries import KEY_VARIABLE
from paper_digest.store.files import Store
from paper_digest.store.overrides import load_overrides


def summarise_archive(
    root: Path,
    show_progress: Callable[[str], None],
    *,
    today: date | None = None,
    environment: Environment | None = None,
    variables: Mapping[str, str] = os.environ,
) -> SummaryReport:
    """Ask the model of ``archive.yml`` for digests; what it answered before a fault is written.

    A request that the service refuses on principle is the report's ``fault``.

    Args:
        root: the project's folder.
        show_progress: is told what is being done.
        today: the day of the digests; the clock's, unless given.
        environment: clock and sleep.
        variables: of the environment, among them the key.

    Raises:
        ConfigError: nothing is configured. LockedError: another run is writing.
    """
    config = load_config(root)
    settings = config.summaries
    if not settings:
        cure = "write url and model under summaries: (see “Have a language model write digests” in the manual, How to)"
        raise ConfigError(str(root / CONFIG_FILE), "names no model to ask", cure)
    store = Store(root / "archive")
    with (
        store.lock(),
        ChatClient(
            settings.url,
            variables.get(KEY_VARIABLE, "").strip(),
            settings.timeout,
            environment,
            show_progress,
        ) as client,
    ):
        cache = SummaryCache(root / ".cache" / "summaries.jsonl")
        run = SummaryRun(store, settings, cache, today or datetime.now(UTC).date())
        overrides = load_overrides(store.root, config.topic_names, run.report.problems)
        try:
            run.run(overrides, client, show_progress)
        except ConfigError as error:
            run.report.fault = error
            run.report.stopped_by = "the service refuses what is asked"
    return run.report
