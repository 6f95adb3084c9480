"""Parses strings from outside: lines, texts, web addresses, ids and counts; "" or ``None`` if invalid."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from paper_digest.model.ids import is_arxiv_id, is_paper_id
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.scripts import EAST_ASIAN_SIGNS
from paper_digest.text.spaces import single_spaced

#: Longer addresses are refused by servers and browsers alike.
MAX_URL_CHARACTERS = 2000

_SURROGATES = late_pattern("[\ud800-\udfff]")
#: Chinese and Japanese have no space between words, so none where a line ended; two blanks before a
#: line begin a paragraph (https://www.w3.org/TR/css-text-3/#line-break-transform).
_LINE_END_IN_BLOCK = late_pattern(f"(?<=[{EAST_ASIAN_SIGNS}])[ \\t]*\\n ?(?=[{EAST_ASIAN_SIGNS}])")
_LINE_END_IN_LINE = late_pattern(
    f"(?<=[{EAST_ASIAN_SIGNS}])[ \\t]*\\r?\\n[ \\t]*(?=[{EAST_ASIAN_SIGNS}])"
)
_SERVICE_URL = late_pattern(
    r"https?://[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:/[\w.~%/-]*)?\Z", re.ASCII | re.IGNORECASE
)
#: What stands before a DOI: its name, and the address of a resolver, the registry's or a publisher's own.
_BEFORE_DOI = (
    r"(?:doi\b[\s:]{0,4})?"
    r"(?P<resolver>(?:https?:)?(?://)?(?:(?:www\.|dx\.)?doi\.org|doi\.[a-z]{2,30}\.(?:org|com|net))/(?:doi:)?)?"
)
_DOI = late_pattern(rf"{_BEFORE_DOI}(?P<doi>10\.\d{{4,9}}/\S+)\s*\Z", re.IGNORECASE)
_ARXIV_DOI = late_pattern(rf"{_BEFORE_DOI}10\.48550/arxiv\.", re.IGNORECASE)
#: What follows a DOI in an address. The check character of an old form may be ``#``.
_AFTER_ADDRESS = late_pattern(r"(?!(?<=;\d-)#\Z)[?#].*")
#: The one old form with angle brackets: a Serial Item and Contribution Identifier (ANSI/NISO Z39.56:
#: ``10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2``), also without its name.
_SICI = late_pattern(r"[^\"<>\\^`{|}]*<[^\"<>\\^`{|}]*>\d\.\d\.[a-z]{2};\d(?:-[^\"<>\\^`{|}]+)?\Z")
_ESCAPED_ANGLE = late_pattern("%3[CE]", re.IGNORECASE)
_ARXIV = late_pattern(
    r"(?:https?://(?:www\.|export\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)/(?:abs|pdf|html|format|overview)/"
    r"|https?://(?:www\.)?huggingface\.co/papers/|oai:arXiv\.org:|arxiv:\s*)?"
    r"([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(v\d+)?(?:\.pdf)?/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_ACL = late_pattern(
    r"(?:https?://(?:www\.)?aclanthology\.org/(?:anthology/|anthology-files/(?:pdf|bib)/(?:[\w.-]+/){1,3})?"
    r"|https?://(?:www\.)?aclweb\.org/anthology/(?:[A-Z]/[A-Z]\d{2}/|papers/)?"
    rf"|{_BEFORE_DOI}10\.(?:18653/v1|3115/v1)/)?"
    r"(?:(?P<old>[A-Z]\d{2}-\d{4})|(?P<new>\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+))"
    r"(?:v\d+)?(?:\.(?:pdf|bib|xml))?/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_ORCID = late_pattern(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\Z")
_OPENREVIEW = late_pattern(
    r"https?://(?:www\.|api2?\.)?openreview\.net/(?:forum|pdf|notes|attachment)"
    r"\?(?:[^#]*&)?id=([A-Za-z0-9_-]{4,40})(?:[&#].*)?\Z",
)


def one_line(text: object) -> str:
    """Return ``text`` on one line: control characters dropped, runs of white space made one space.

    Anything but a string is an unknown value and gives ``""``.
    """
    if not isinstance(text, str):
        return ""
    if text.isprintable():  # holds nothing of all that but spaces
        return single_spaced(text)
    return single_spaced(strip_invisible(_join_sign_lines(text, _LINE_END_IN_LINE)))


def is_punctuation(name: str) -> bool:
    """Tell whether no letter and no digit is in a name: arXiv lists the colon of ``Team: A. One``."""
    return bool(name) and not any(sign.isalnum() for sign in name)


def clean_block(text: object) -> str:
    r"""Return ``text`` with its line breaks, cleaned of what a file of the store cannot hold.

    Lone surrogates become U+FFFD, ``\r\n`` becomes ``\n``, NUL is dropped, blank ends are cut.
    """
    if not isinstance(text, str):
        return ""
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    return _join_sign_lines(text, _LINE_END_IN_BLOCK)


def _join_sign_lines(text: str, line_end: re.Pattern[str]) -> str:
    if text.isascii() or "\n" not in text:
        return text
    return line_end.sub("", text)


def strip_invisible(text: str) -> str:
    """Drop control characters, bidirectional overrides and lone surrogates; keep white space."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", text)


#: Control characters but tab and line breaks (category Cc), lone surrogates (Cs), and characters
#: that turn the reading direction of what follows, outside the text they stand in.
_INVISIBLE = late_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]"
)


def is_service_url(value: object) -> bool:
    """Tell whether a value is where a service may lie: http(s), any host (a local one too), a path."""
    return isinstance(value, str) and bool(_SERVICE_URL.match(value))


def valid_url(text: object) -> str:
    """Return an absolute http(s) address without blanks, quotes or brackets, or ``""``."""
    if not isinstance(text, str):
        return ""
    text = text.strip()
    if len(text) > MAX_URL_CHARACTERS or re.search(r"[\s\"'<>`\\^{|}\x00-\x1f\x7f]", text):
        return ""
    try:
        parts = urlsplit(text)
        host, _ = (parts.hostname or "").strip("."), parts.port  # a port that is none raises
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or "." not in host or parts.username:
        return ""
    return text


def parse_doi(text: object) -> str:
    """Return a DOI in lower case without its resolver, or ``""``.

    Form: https://www.doi.org/doi-handbook/ (section 2.2); DOIs are case-insensitive. In an address a
    ``?`` or ``#`` that is the DOI's own is escaped; what follows one unescaped is the address's.
    """
    match = _DOI.match(text.strip()) if isinstance(text, str) else None
    if not match:
        return ""
    bare = match["doi"]
    if match["resolver"]:
        bare = unquote(_AFTER_ADDRESS.sub("", bare).removesuffix("/"))
    elif _ESCAPED_ANGLE.search(bare):
        bare = unquote(bare)
    bare = strip_invisible(bare).rstrip(".,;").lower()
    if not is_paper_id(f"doi:{bare}"):
        return ""
    if _SICI.match(bare):
        return bare
    return "" if re.search(r"[\"<>\\^`{|}]", bare) else bare


def parse_arxiv_id(text: object) -> tuple[str, int | None]:
    """Return the bare arXiv id and the version of an id, ``arXiv:`` tag or address, or ``("", None)``.

    A DOI of arXiv's own prefix (``10.48550/arXiv.2503.02130``) is one too.
    """
    if not isinstance(text, str):
        return "", None
    text = text.strip()
    arxiv_doi_prefix = _ARXIV_DOI.match(text)
    match = _ARXIV.match(text[arxiv_doi_prefix.end() :] if arxiv_doi_prefix else text)
    if not match:
        return "", None
    bare = _normalise_old_arxiv_id(match[1]) if "/" in match[1] else match[1]
    if not is_arxiv_id(bare) or not _has_valid_month(bare):
        return "", None
    return bare, int(match[2][1:]) if match[2] else None


def parse_acl_id(text: object) -> str:
    """Return the ACL Anthology id of an id, Anthology address or Anthology DOI, or ``""``.

    ``P18-1001``, ``2020.acl-main.12``. Forms: https://aclanthology.org/info/ids/
    """
    match = _ACL.match(text.strip()) if isinstance(text, str) else None
    if not match:
        return ""
    bare = match["old"].upper() if match["old"] else match["new"].lower()
    return bare if is_paper_id(f"acl:{bare}") else ""


def parse_openreview_id(text: object) -> str:
    """Return the forum id of an OpenReview forum, note or PDF address, or ``""``.

    Ids are case-sensitive: https://docs.openreview.net/reference/api-v2/entities/note
    """
    match = _OPENREVIEW.match(text.strip()) if isinstance(text, str) else None
    return match[1] if match else ""


def parse_orcid(text: object) -> str:
    """Return the bare ORCID iD of an iD or its address (``0000-0002-1825-0097``), or "".

    One whose check digit is wrong is nobody's: a digit is mistyped. Form and digit (ISO 7064, MOD 11-2):
    https://support.orcid.org/hc/en-us/articles/360006897674
    """
    bare = text.strip().rstrip("/").rpartition("/")[2].upper() if isinstance(text, str) else ""
    return bare if _ORCID.match(bare) and _check_sign(bare[:-1]) == bare[-1] else ""


def _check_sign(digits: str) -> str:
    total = 0
    for digit in digits.replace("-", ""):
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)  # noqa: PLR2004 - a digit is below ten


def valid_count(value: object) -> int | None:
    """Return a count (an ``int`` from 0 to 10^9 - 1), or ``None``."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        return None
    return value


def _normalise_old_arxiv_id(bare: str) -> str:
    """Spell ``HEP-TH/9901001`` and ``math.ag/9901001`` as arXiv does; the class falls away."""
    archive, _, number = bare.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}"


def _has_valid_month(bare: str) -> bool:
    yymm = bare.rpartition("/")[2][:4]
    return "01" <= yymm[2:] <= "12"
