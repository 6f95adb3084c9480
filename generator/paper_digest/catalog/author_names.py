"""The names under which authors' pages stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paper_digest.settings.joined_names import composed_name


class AuthorNames:
    """Finds the name of an author's page by the name as a paper prints it.

    That is the name as printed, its accents composed (Unicode's NFC), unless the settings say that it is
    another spelling of a name.
    """

    def __init__(self, spellings: Mapping[str, str]) -> None:
        """Take the spellings that share the page of another name, with that name."""
        self._names = {composed_name(a): composed_name(b) for a, b in spellings.items()}

    def page_name(self, printed: str) -> str:
        """Return the name of the page of an author who is printed so."""
        name = composed_name(printed)
        return self._names.get(name, name)

    def page_names(self, printed: Sequence[str]) -> Sequence[str]:
        """Return the same of each of a paper's authors."""
        if not self._names and "".join(printed).isascii():  # nearly always
            return printed
        return [*map(self.page_name, printed)]
