"""Where in an answer something stands, so that every problem names it in the same way."""

from __future__ import annotations

from datetime import date

from paper_digest.model.errors import Problem
from paper_digest.model.quoting import quote_outside
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields
from paper_digest.text.dates import iso_day

#: Longer values are cut in messages.
MAX_QUOTE_CHARS = 80


class EntryLocation(StrictStruct, frozen=True):
    """One entry of an answer or file.

    ``where`` is the address or file, ``entry`` what a person would call the entry (``entry 3``),
    ``line`` its line where the format has lines, ``today`` the ISO day after which nothing can
    be dated ("" where nobody knows it).
    """

    where: str
    entry: str = ""
    line: int | None = None
    today: str = ""

    def with_name(self, name: str) -> EntryLocation:
        """Return the same place with the name of what stands there, once that is known."""
        name = quote_outside(name)
        entry = f"{self.entry} ({name})" if self.entry else name
        return EntryLocation(self.where, entry, self.line, self.today)

    def problem(self, what: str, cure: str) -> Problem:
        """Name something wrong with this entry."""
        return Problem(self.where, f"{self.entry}: {what}" if self.entry else what, self.line, cure)

    def date_or_problem(self, text: object, name: str, problems: list[Problem]) -> str:
        """Read a date; one that cannot be is unknown, and a problem.

        Returns:
            An ISO date, or "" where nothing was given or what was given is no possible day.
        """
        if text is None or text == "":
            return ""
        limit = date.fromisoformat(self.today) if self.today else None
        if not (iso_date := iso_day(text, today=limit)):
            limit_text = f" on {self.today}" if self.today else ""
            what = (
                f"the {name} date {quote_value(text)} is not possible{limit_text}; it was left out"
            )
            problems.append(self.problem(what, "correct it at the source, or in an override"))
        return iso_date

    def report_repeated(
        self, first_entries: dict[str, str], key: str, problems: list[Problem]
    ) -> None:
        """Note that ``key`` stands here; if it stood somewhere before, that is a problem.

        Both entries are kept and merged, because the second may say more.
        """
        first = first_entries.setdefault(key, self.entry)
        if first != self.entry:
            what = f"{key} stood in {first} already; both were merged"
            problems.append(self.problem(what, "nothing needs doing"))


def quote_value(value: object) -> str:
    """Show an outside value in a message: on one line, and not at any length."""
    text = fields.one_line(value if isinstance(value, str) else repr(value))
    return f"“{text[:MAX_QUOTE_CHARS]}…”" if len(text) > MAX_QUOTE_CHARS else f"“{text}”"
