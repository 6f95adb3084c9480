"""The bytes of an answer or file as text, JSON or XML, or an error that says what came instead."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.encodings import decode_text
from paper_digest.text import fields

_GZIP_MAGIC = b"\x1f\x8b"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 has zero bytes between its letters
#: Possessive (``*+``): a comment once passed is never tried in another way.
_WEB_PAGE = re.compile(
    rb"\s*(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
#: A character no text holds, and no one-byte encoding but by mistake.
_BINARY = late_pattern("[\x00-\x08\x0e-\x1f]")

#: The start of a document that names an encoding which expat does not read as its writers mean it: any but Unicode's.
_XML_DECLARATION = late_pattern(
    r"\A\s*<\?xml\s[^<>]*?\bencoding\s*=\s*[\"'](?!utf|us-ascii|ascii)[\w.:-]+[\"'][^<>]*>",
    re.IGNORECASE,
)
_DECLARATION_BYTES = 400

#: Characters no XML 1.0 document can hold (https://www.w3.org/TR/xml/#charsets), bare or as
#: a reference.
_ILLEGAL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)

#: Markup of a title has three or four levels. Readers that walk an element call themselves once for each.
MAX_XML_DEPTH = 60

#: Records of papers have seven or eight.
MAX_JSON_DEPTH = 60
#: A bracket, or a string, in which brackets are text.
_JSON_BRACKET = late_pattern(r'"(?>(?:[^"\\]|\\.)*)"?|[\[\]{}]', re.DOTALL)

#: What expat calls a document that ends too early: no element, unclosed token, unclosed CDATA.
_TRUNCATED_CODES = frozenset({3, 5, 20})


def read_text(data: bytes, where: str, expected: str) -> tuple[str, tuple[Problem, ...]]:
    """Read a whole text in the encoding it has (see ``encodings.decode_text``).

    Returns:
        The text, its lines ended by line feeds, and problems.

    Raises:
        SourceError: ``data`` is empty, compressed, a web page, binary, or in no encoding known.
    """
    _raise_if_unusable(data, where, expected)
    decoded = decode_text(data, where)
    if decoded.undecided:
        place = f"{where}:{min(decoded.undecided)}"
        raise SourceError(place, f"is in no encoding known here; {expected}", "save it as UTF-8")
    if _BINARY.search(decoded.text[:4096]):
        raise SourceError(where, f"is no text; {expected}", "check which file it is")
    return decoded.text, decoded.problems


def read_json(data: bytes, where: str, expected: str, problems: list[Problem] | None = None) -> Any:  # noqa: ANN401 - JSON is any value
    """Read a whole JSON answer (UTF-8, or UTF-16 or -32 with its mark).

    Args:
        data: the answer.
        where: its address or file.
        expected: what should have come.
        problems: gets values that are nested too deeply to be read, which are then ``null``; without it
            one of them refuses the answer.

    Raises:
        SourceError: ``data`` is empty, compressed, a web page, cut off, or no JSON at all.
    """
    _raise_if_unusable(data, where, expected)
    try:
        return _load_json(data, problems, where)
    except UnicodeDecodeError as fault:
        what = f"is not UTF-8 (byte {fault.start:,}); {expected}"
        raise SourceError(where, what, "save the answer as it was served") from fault
    except json.JSONDecodeError as fault:
        rest = fault.doc[fault.pos :].strip()
        cut = fault.msg.startswith("Unterminated") or not rest
        reason = "ends in the middle" if cut else f"is not JSON: {fault.msg}"
        raise SourceError(
            f"{where}:{fault.lineno}", f"{reason}; {expected}", _cure(where)
        ) from fault
    except RecursionError as fault:
        raise SourceError(where, f"is nested too deeply; {expected}", _cure(where)) from fault
    except ValueError as fault:  # a number longer than Python reads
        raise SourceError(
            where, f"is not JSON: {quote_outside(str(fault))}; {expected}", _cure(where)
        ) from fault


def _load_json(data: bytes, problems: list[Problem] | None, where: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(data)
    except RecursionError:
        if problems is None:
            raise
        text = data.decode(json.detect_encoding(data))
        pruned, lines = _prune_json(text)
        problems += [
            Problem(
                f"{where}:{line}",
                what=f"a value nested more than {MAX_JSON_DEPTH} deep was left out",
                cure="see what the entry holds there",
            )
            for line in lines
        ]
        return json.loads(pruned)


def _prune_json(text: str) -> tuple[str, list[int]]:
    """Put ``null`` in place of lists and objects deeper than ``MAX_JSON_DEPTH``; return the lines they began on."""
    pieces: list[str] = []
    lines: list[int] = []
    depth = last = cut_at = 0
    line = 1
    for sign in _JSON_BRACKET.finditer(text):
        if sign[0] in "[{":
            depth += 1
            if depth == MAX_JSON_DEPTH + 1:
                cut_at = sign.start()
        elif sign[0] in "]}":
            if depth == MAX_JSON_DEPTH + 1:
                pieces += (text[last:cut_at], "null")
                line += text.count("\n", last, cut_at)
                lines.append(line)
                line += text.count("\n", cut_at, sign.end())
                last = sign.end()
            depth -= 1
    return "".join((*pieces, text[last:])), lines


def read_xml(data: bytes, where: str, expected: str) -> tuple[Element, tuple[Problem, ...]]:
    """Read a whole XML answer without entities or external parts.

    An expat parser is used, not a lenient feed reader: that one takes what stands between ``<``
    and ``>`` in an abstract for HTML and drops it, formulas included, and it takes half an
    answer for a whole one. Control characters, which XML forbids, are dropped with a problem.

    Raises:
        SourceError: ``data`` is empty, compressed, a web page, cut off, or no XML at all.
    """
    _raise_if_unusable(data, where, expected)
    data, problems = _as_unicode(data, where)
    try:
        return _parse(data, where, expected), problems
    except SourceError:
        cleaned = data if data.startswith(_UTF16_BOMS) else _ILLEGAL.sub(b"", data)
        if cleaned == data:
            raise
        root = _parse(cleaned, where, expected)
    count = len(_ILLEGAL.findall(data))
    what = f"{count} control characters, which XML forbids, were left out"
    problem = Problem(where, what, cure="nothing needs doing: the rest was read")
    return root, (*problems, problem)


def _as_unicode(data: bytes, where: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a document in UTF-8 that names an older encoding, read as text files are (``encodings.decode_text``).

    What calls itself Latin-1 is Windows-1252, whose quotation marks and dashes expat takes for control characters,
    and expat reads no encoding of Chinese, Japanese or Korean. One that cannot be decoded stays as it is.
    """
    if not _XML_DECLARATION.match(data[:_DECLARATION_BYTES].decode("latin-1")) or data.isascii():
        return data, ()
    decoded = decode_text(data, where)
    if decoded.undecided:
        return data, decoded.problems
    return _XML_DECLARATION.sub("", decoded.text, count=1).encode(), decoded.problems


def child_text(element: Element, name: str) -> str:
    """Return all text inside the first child called ``name``, in any namespace; "" without one."""
    child = element.find(f"{{*}}{name}")
    return "" if child is None else "".join(child.itertext())


def is_nested_too_deeply(element: Element) -> bool:
    """Tell whether elements stand more than ``MAX_XML_DEPTH`` deep in one, without recursion."""
    level = [element]
    for _ in range(MAX_XML_DEPTH):
        level = [child for parent in level for child in parent]
        if not level:
            return False
    return True


def _parse(data: bytes, where: str, expected: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(data)
    except ParseError as fault:
        line = f"{where}:{fault.position[0]}"
        reason = (
            "ends in the middle"
            if fault.code in _TRUNCATED_CODES
            else f"is not XML: {quote_outside(str(fault))}"
        )
        raise SourceError(line, f"{reason}; {expected}", _cure(where)) from fault
    except DefusedXmlException as fault:
        what = f"declares entities, as no answer of this kind does; {expected}"
        raise SourceError(where, what, "check where it came from") from fault
    except (LookupError, ValueError) as fault:
        what = f"names an encoding that cannot be read: {quote_outside(str(fault))}; {expected}"
        raise SourceError(where, what, "save the answer as UTF-8") from fault
    return root


def _raise_if_unusable(data: bytes, where: str, expected: str) -> None:
    """Refuse what is no answer of any service."""
    if not data.strip():
        wait = "wait some minutes, then fetch it again"
        raise SourceError(
            where, f"is empty; {expected}", wait if fields.valid_url(where) else _cure(where)
        )
    if data.startswith(_GZIP_MAGIC):
        raise SourceError(where, f"is still compressed (gzip); {expected}", "uncompress it first")
    if _WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:2000]):
        cure = "see in a browser whether the service is down or asks for a login"
        if not fields.valid_url(where):
            cure = "save what the page exports, not the page"
        raise SourceError(where, f"is a web page; {expected}", cure)


def _cure(where: str) -> str:
    """Say how to get whole bytes: services may be down, files are saved again."""
    if fields.valid_url(where):
        return "fetch it again, and see whether the service is up"
    return "save or export the file again, and see that it is whole"
