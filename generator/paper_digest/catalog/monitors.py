"""What a monitor found: the papers that have all its query asks for."""

from __future__ import annotations

from paper_digest.model.strict import StrictStruct


class MonitoredPapers(StrictStruct, frozen=True):
    """A monitor and its papers.

    Attributes:
        name: the last part of its address. ``title``: what readers see. ``query``: what is asked.
        slugs: its papers, the newest first.
        corrections: pairs of a word of the query that no paper has, and the one looked for instead.
    """

    name: str
    title: str
    query: str
    slugs: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def page_path(self) -> str:
        """Path of its page under ``docs/``."""
        return f"monitors/{self.name}.md"

    @property
    def feed_path(self) -> str:
        """Path of its feed without ending."""
        return f"feeds/monitors/{self.name}"
