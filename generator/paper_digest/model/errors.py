"""What went wrong, where, and what to do about it: the same three words in reports and exceptions."""

from __future__ import annotations

from paper_digest.model.printable import printable, printed_line
from paper_digest.model.quoting import without_secrets
from paper_digest.model.strict import StrictStruct


class Problem(StrictStruct, frozen=True):
    """Something wrong that a person can mend.

    Attributes:
        where: the file, URL or setting at fault; errors of whole files add ``:line`` to it.
        what: what is wrong, in one sentence without a final stop.
        line: the line of the entry at fault, where a source read many from one file.
        cure: what to do about it, in one sentence without a final stop.
    """

    where: str
    what: str
    line: int | None = None
    cure: str = ""

    def __str__(self) -> str:
        """One line for a person, without passwords and keys of addresses."""
        place = self.where + (f":{self.line}" if self.line else "")
        line = f"{place}: {self.what}" + (f"; {self.cure}" if self.cure else "")
        return printed_line(without_secrets(line))

    def below(self, folder: str) -> Problem:
        """Return it as reports and caches hold it: places below ``folder``, and all of it in UTF-8.

        Names of files need not be.
        """
        where = printable(self.where.removeprefix(folder))
        return Problem(where, printable(self.what), self.line, printable(self.cure))


class DigestError(Exception):
    """A problem that stops what was asked for; the command line prints it without a traceback."""

    def __init__(self, where: str, what: str, cure: str = "") -> None:
        """Hold the problem; see ``Problem`` for its parts."""
        super().__init__(where, what, cure)  # what a copy of the exception is made from
        self.problem = Problem(where, what, cure=cure)

    def __str__(self) -> str:
        """One line for a person."""
        return str(self.problem)

    @property
    def where(self) -> str:
        """The file, URL or setting at fault, with ``:line`` where it is known."""
        return self.problem.where

    @property
    def what(self) -> str:
        """What is wrong."""
        return self.problem.what

    @property
    def cure(self) -> str:
        """What to do about it."""
        return self.problem.cure


class ConfigError(DigestError):
    """A file of settings, topics or overrides, or ``mkdocs.yml``, cannot be used as it stands."""


class RecordError(DigestError):
    """A file of the store cannot be read: half-written, or broken by hand."""


class SourceError(DigestError):
    """A source's answer, or a file handed to a source, is not what was expected."""


class LockedError(DigestError):
    """Another run is writing to the archive or the site."""
