"""Where in an answer something stands, so that every problem names it in the same way."""

from __future__ import annotations

from datetime import date

from paper_digest.model.paper import Problem, StrictStruct
from paper_digest.text import fields

#: Longer values are cut in messages.
LONGEST_QUOTE = 80


class Place(StrictStruct, frozen=True):
    """One entry of an answer or file.

    ``where`` is the address or file, ``entry`` what a person would call the entry (``entry 3``),
    ``line`` its line where the format has lines, ``today`` the ISO day after which nothing can
    be dated ("" where nobody knows it).
    """

    where: str
    entry: str = ""
    line: int | None = None
    today: str = ""

    def named(self, name: str) -> Place:
        """Return the same place with the name of what stands there, once that is known."""
        entry = f"{self.entry} ({name})" if self.entry else name
        return Place(self.where, entry, self.line, self.today)

    def problem(self, what: str, cure: str) -> Problem:
        """Name something wrong with this entry."""
        return Problem(self.where, f"{self.entry}: {what}" if self.entry else what, self.line, cure)

    def day(self, text: object, name: str, problems: list[Problem]) -> str:
        """Read a date; one that cannot be is unknown, and a problem.

        Returns:
            An ISO date, or "" where nothing was given or what was given is no possible day.
        """
        if text is None or text == "":
            return ""
        limit = date.fromisoformat(self.today) if self.today else None
        if not (found := fields.iso_day(text, today=limit)):
            known = f" on {self.today}" if self.today else ""
            what = f"the {name} date {quoted(text)} is not possible{known}; it was left out"
            problems.append(self.problem(what, "correct it at the source, or in an override"))
        return found

    def first(self, seen: dict[str, str], key: str, problems: list[Problem]) -> None:
        """Note that ``key`` stands here; if it stood somewhere before, that is a problem.

        Both entries are kept and merged, because the second may say more.
        """
        first = seen.setdefault(key, self.entry)
        if first != self.entry:
            what = f"{key} stood in {first} already; both were merged"
            problems.append(self.problem(what, "nothing needs doing"))


def quoted(value: object) -> str:
    """Show an outside value in a message: on one line, and not at any length."""
    shown = fields.one_line(value if isinstance(value, str) else repr(value))
    return f"“{shown[:LONGEST_QUOTE]}…”" if len(shown) > LONGEST_QUOTE else f"“{shown}”"
