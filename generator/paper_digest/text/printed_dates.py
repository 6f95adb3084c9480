"""Dates as files of references hold them: EDTF, spans, ``2019a``, ``4 March 2019``, doubtful ones.

EDTF is ISO 8601-2 as biblatex reads it: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
import unicodedata

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct
from paper_digest.text.dates import month_number, partial_date

#: Longer texts are no dates; what they hold is not looked for.
_MAX_DATE_CHARS = 200

_EDTF = late_pattern(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX|uu)(?:-(?P<day>\d\d|XX|uu))?)?(?P<doubt>[?~%]?)"
    r"(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?\Z",
    re.IGNORECASE,
)
_YEAR_MONTH_DAY = late_pattern(r"(\d{4})([/.-])(\d\d?)\2(\d\d?)/?\Z|(\d{4})(\d\d)(\d\d)\Z")
_DAY_MONTH_YEAR = late_pattern(r"(\d\d?)([./-])(\d\d?)\2(\d{4})\Z")
#: The second year of a span may be short: ``2018/19``, ``2018--9``.
_SPAN = late_pattern(r"(\d{4})\s*(?:-{1,3}|/|\+|\bto\b)\s*(\d{1,4})?\Z")
_YEAR = late_pattern(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_MONTH = late_pattern(r"(?<![^\W\d_])([^\W\d_]{3,9})(?![^\W\d_])\.?")
_DAY = late_pattern(r"(?<![\d.:/-])(\d{1,2})(?:st|nd|rd|th)?(?![\d:/-])")
_DAY_RANGE = late_pattern(r"\b(\d{1,2})\s*-{1,3}\s*\d{1,2}\b")
_DOUBT = late_pattern(
    r"\?|[~%]\Z|\b(?:circa|ca?\.|approx(?:imately|\.)?|about|probably)(?=\W)", re.IGNORECASE
)
#: Dashes of all lengths, and the spaces and signs that people put around a year.
_DASHES = late_pattern("[\u2010-\u2015\u2212]")
_AROUND = " \t\n()[]{}.,;:\u00a9"


class PrintedDate(StrictStruct, frozen=True):
    """A date as far as a text says it: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, or "".

    ``doubtful``: the text says that it is not sure, or holds several years that are no span.
    """

    iso: str = ""
    doubtful: bool = False


def parse_printed_date(text: str) -> PrintedDate:
    """Read a date; of a span its start, and of words around it nothing.

    A number that could be a day or a month is neither: ``04/03/2019`` is 2019.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = _DASHES.sub("-", plain).strip(_AROUND)
    if not plain or len(plain) > _MAX_DATE_CHARS:
        return PrintedDate()
    start, slash, end = plain.partition("/")
    if slash and start.strip(" .") in {"", "open", "unknown"}:  # EDTF: it began nobody knows when
        return PrintedDate(_edtf(end).iso, doubtful=True)
    if (edtf := _edtf(plain)).iso:
        return edtf
    if slash and ((edtf := _edtf(end)).iso or end.strip(" .") in {"", "open", "unknown"}):
        return _edtf(start) if _edtf(start).iso else edtf
    return _numeric_date(plain) or _date_in_words(plain)


def _edtf(text: str) -> PrintedDate:
    match = _EDTF.match(text.strip())
    if not match:
        return PrintedDate()
    iso = partial_date(match["year"], match["month"], match["day"])
    return PrintedDate(iso, doubtful=bool(match["doubt"]))


def _numeric_date(text: str) -> PrintedDate | None:
    """Read ``2019/03/04``, ``2019/03``, ``31/12/2019``, ``4.3.2019`` and spans of years."""
    if match := _SPAN.match(text):
        first, last = match[1], match[2] or ""
        is_month = (
            len(last) == len("03")
            and last.startswith(("0", "1"))
            and last != f"{int(first) % 100 + 1:02d}"
        )
        return PrintedDate(partial_date(first, last if is_month and "/" in text else None))
    if match := _YEAR_MONTH_DAY.match(text):
        if match[5]:
            return PrintedDate(partial_date(match[5], match[6], match[7]))
        return PrintedDate(partial_date(match[1], match[3], match[4]))
    match = _DAY_MONTH_YEAR.match(text)
    return PrintedDate(_day_month_year(*match.groups())) if match else None


def _day_month_year(first: str, sign: str, second: str, year: str) -> str:
    """Return the day where only one reading is possible: dots part the day from the month."""
    if sign == "." or month_number(first) is None or first == second:
        return partial_date(year, second, first)
    return partial_date(year, first, second) if month_number(second) is None else partial_date(year)


def _date_in_words(text: str) -> PrintedDate:
    """Read the year that a text holds, with its month and day where they are said once."""
    years = list(dict.fromkeys(_YEAR.findall(text)))
    if not years:
        return PrintedDate()
    is_span = bool(re.search(rf"{years[0]}\w?\s*(?:-+|/)\s*\d", text))
    doubtful = bool(_DOUBT.search(text)) or (len(years) > 1 and not is_span)
    rest = _DAY_RANGE.sub(r"\1", _YEAR.sub(" ", text))
    months = list(dict.fromkeys(n for n in map(month_number, _MONTH.findall(rest)) if n))
    days = _DAY.findall(rest)
    if len(years) > 1 or len(months) != 1:
        return PrintedDate(partial_date(years[0]), doubtful)
    return PrintedDate(
        partial_date(years[0], months[0], days[0] if len(days) == 1 else None), doubtful
    )
