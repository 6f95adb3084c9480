"""What the archive says to programs about its use: licence, content signals (https://contentsignals.org), WebMCP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Protocol

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern

#: Uses that content signals have names for.
ContentSignal = Literal["search", "ai-input", "ai-train"]

#: The setting ``webmcp``: whether, or the token of an origin trial, which some browsers ask for.
WebMcpSetting = bool | str

#: The alphabet of a token of an origin trial, which is Base64.
_TRIAL_TOKEN = late_pattern(r"[A-Za-z0-9+/=]{1,4000}\Z")


def content_signals_text(signals: Mapping[ContentSignal, bool]) -> str:
    """Return the signals as robots.txt has them: ``search=yes, ai-train=no``; "" where none is set."""
    return ", ".join(f"{use}={'yes' if allowed else 'no'}" for use, allowed in signals.items())


def webmcp_problems(webmcp: WebMcpSetting) -> Iterator[Problem]:
    """Find what the type of the setting ``webmcp`` cannot refuse."""
    if isinstance(webmcp, str) and not _TRIAL_TOKEN.match(webmcp):
        cure = "copy it whole, or write webmcp: yes"
        yield Problem("webmcp", "is no token of an origin trial", cure=cure)


class ContentUse(Protocol):
    """The settings of an archive that say what programs may do with it."""

    @property
    def licence(self) -> str:
        """The address of the metadata's licence."""

    @property
    def content_signals(self) -> Mapping[ContentSignal, bool]:
        """What is allowed, by use."""

    @property
    def webmcp(self) -> WebMcpSetting:
        """Whether the search form is described to agents, or the token that this takes."""


def content_use_context(settings: ContentUse) -> dict[str, Any]:
    """Return what templates read of these settings, for ``config.extra``; what is not set has no key."""
    values = {
        "licence": settings.licence,
        "content_signals": content_signals_text(settings.content_signals),
        "webmcp": bool(settings.webmcp),
        "webmcp_token": settings.webmcp if isinstance(settings.webmcp, str) else "",
    }
    return {name: value for name, value in values.items() if value}
