"""Errors of ours: each one names the place, what is wrong and the cure."""

from __future__ import annotations

from paper_digest.model.strict import StrictStruct


class Problem(StrictStruct, frozen=True):
    """Something wrong with what was read: where (file or URL), the line if known, what, and cure."""

    where: str
    what: str
    line: int | None = None
    cure: str = ""

    def __str__(self) -> str:
        """One line for a person."""
        place = self.where + (f":{self.line}" if self.line else "")
        return f"{place}: {self.what}" + (f"; {self.cure}" if self.cure else "")


class DigestError(Exception):
    """A fault a person can mend; the command line prints it without a traceback.

    Attributes:
        where: the file, URL or option at fault, with ``:line`` where it is known.
        what: what is wrong, in one sentence without a final stop.
        cure: what to do about it, in one sentence without a final stop.
    """

    def __init__(self, where: str, what: str, cure: str = "") -> None:
        """Keep the three parts and join them into the message."""
        self.where = where
        self.what = what
        self.cure = cure
        super().__init__(f"{where}: {what}" + (f"; {cure}" if cure else ""))


class ConfigError(DigestError):
    """``archive.yml``, ``mkdocs.yml`` or an override cannot be used as it stands."""


class RecordError(DigestError):
    """A file of the store cannot be read: half-written, or broken by hand."""


class SourceError(DigestError):
    """A source's answer, or a file handed to a source, is not what was expected."""


class LockedError(DigestError):
    """Another run is writing to the archive."""
