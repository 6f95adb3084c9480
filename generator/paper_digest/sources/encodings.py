"""The bytes of a text file as characters: its byte order mark, what it declares, UTF-8, else Windows-1252.

A line is decoded as one encoding or not at all: what could be read in two ways is not guessed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator

from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct
from paper_digest.sources.western_text import is_western

_CURE = "save the file as UTF-8"
_FALLBACK = "cp1252"
#: What UTF-8 and a file that declares nothing may call itself.
_UTF8_NAMES = frozenset({"", "utf-8", "ascii"})

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: JabRef's line, BibDesk's, Emacs', TeX editors', and Vim's; near the start or the end of a file.
_DECLARATIONS = re.compile(
    rb"\A\s*<\?xml\s[^<>]*?\bencoding\s*=\s*[\"'](?P<xml>[\w.:-]+)"
    rb"|^[% \t]*encoding:\s*(?P<jabref>[\w.:-]+)"
    rb"|^%+\s*saved with string encoding (?P<bibdesk>[^\r\n]+)"
    rb"|^%+\s*!\s*tex\s+encoding\s*=\s*(?P<tex>[\w-]+)"
    rb"|^%(?>.*?-\*-)(?>.*?coding:[ \t]*(?P<emacs>[\w-]+)).*?-\*-|^%\s*coding:\s*(?P<local>[\w-]+)\s*$"
    rb"|^%\s*vim?:.*?\b(?:fileencoding|fenc)=(?P<vim>[\w-]+)",
    re.IGNORECASE | re.MULTILINE,
)
_DECLARATION_BYTES = 4096
#: Names that macOS gives (BibDesk writes them), and Java's that Python does not know.
_NAMES_ELSEWHERE = {
    "mac os roman": "mac-roman", "x-macroman": "mac-roman", "windows latin 1": "cp1252",
    "windows latin 2": "cp1250", "iso latin 1": "cp1252", "iso latin 2": "iso8859-2",
    "utf-8": "utf-8", "utf-16": "utf-16", "windows": "cp1251", "gb 18030": "gb18030",
    "x-windows-949": "cp949", "x-gbk": "gbk", "x-windows-950": "cp950", "windows-31j": "cp932", "ansi": "cp1252",
}  # fmt: skip
#: Programs write the larger set under the smaller one's name (https://encoding.spec.whatwg.org/).
_SUPERSETS = {
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
#: Encodings of text in which the signs of ASCII are what they are in ASCII.
_TEXT_CODEC = late_pattern(
    r"(?:utf-8|ascii|cp(?:437|7\d\d|8[5-7]\d|9\d\d|125\d)|iso8859-\d+|mac-\w+|koi8-[rut]|gb\w+|big5\w*"
    r"|shift_jis\w*|euc_\w+|tis-620)\Z"
)
_MULTIBYTE_CODEC = late_pattern(r"(?:gb|big5|shift_jis|euc_|cp9[345])")

#: Lines whose letters tell the encoding, for each that is not Western, in a file that is.
_MIN_WESTERN_PART = 20
#: Letters of other scripts than these are believed where a text has several.
_COMMON_SCRIPT = late_pattern(
    r"(?:LATIN|GREEK|CYRILLIC|CJK|HIRAGANA|KATAKANA|HANGUL|FULLWIDTH|MODIFIER|MICRO|FEMININE|MASCULINE)\b"
)
_MIN_OTHER_LETTERS = 4


class DecodedText(StrictStruct, frozen=True):
    r"""A text with ``\n`` at the end of its lines, without a byte order mark.

    ``undecided`` are the numbers (from 1) of lines whose bytes could not be decoded: U+FFFD stands
    in them, and what they hold must not be stored.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    undecided: frozenset[int] = frozenset()


def decode_text(data: bytes, where: str) -> DecodedText:
    """Decode a whole text file.

    A byte order mark decides, else its zero bytes (UTF-16), else what it declares, else it is
    UTF-8, else Windows-1252, with a problem. Lines that are UTF-8 in an older file are read so.

    Raises:
        SourceError: the file is UTF-16 or UTF-32 and damaged.
    """
    bom, encoding = next((m for m in _BYTE_ORDER_MARKS if data.startswith(m[0])), (b"", ""))
    encoding = encoding or _wide_encoding(data)
    if encoding not in {"", "utf-8"}:
        try:
            return DecodedText(_with_newlines(data[len(bom) :].decode(encoding)))
        except UnicodeDecodeError as fault:
            what = f"is {encoding.upper()} and damaged at byte {fault.start + len(bom):,}"
            raise SourceError(where, what, "copy or save the file again") from fault
    data = data[len(bom) :].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.isascii():
        return DecodedText(data.decode("ascii"))
    declared, problems = ("utf-8", []) if bom else _declared_encoding(data, where)
    text = _decoded(data, "utf-8")
    if text is not None and _is_utf8_after_all(text, declared):
        if declared not in _UTF8_NAMES:
            what = f"declares {declared} and is UTF-8; it was read as UTF-8"
            problems.append(Problem(where, what, cure="mend the line that declares it"))
        return DecodedText(text, tuple(problems))
    lines = data.split(b"\n")
    if declared in _UTF8_NAMES:
        return _as_fallback(lines, where, problems)
    if _MULTIBYTE_CODEC.match(declared):
        return _by_line(lines, problems, lambda line: _decoded(line, declared))
    return _by_line(lines, problems, lambda line: _utf8_or(line, declared))


def _as_fallback(lines: list[bytes], where: str, problems: list[Problem]) -> DecodedText:
    """Decode a file that is not UTF-8 and declares nothing else."""
    first = next(n for n, line in enumerate(lines, 1) if _decoded(line, "utf-8") is None)
    others = [line for line in lines if _decoded(line, "utf-8") is None]
    foreign = {line for line in others if not any(_utf8_letters(line)) and _is_foreign(line)}
    # One strange word makes no other encoding of a large file whose letters are Western elsewhere.
    telling = [line for line in others if _decoded(line, "cp1250") != _decoded(line, _FALLBACK)]
    if len(foreign) * _MIN_WESTERN_PART > len(telling):
        what = "this is not UTF-8, and in no encoding that can be told from its bytes"
        cure = f"{_CURE}, or declare its encoding in a first line: % Encoding: windows-1250"
        problems.append(Problem(where, what, first, cure))
        return _by_line(lines, problems, lambda line: _decoded(line, "utf-8"))
    what = f"this is not UTF-8; the file was read as {_FALLBACK} (Windows, Western Europe)"
    problems.append(Problem(where, what, first, _CURE))
    return _by_line(
        lines, problems, lambda line: None if line in foreign else _utf8_or(line, _FALLBACK)
    )


def _is_foreign(line: bytes) -> bool:
    """Tell whether a line cannot be Windows-1252, by its bytes or its letters."""
    text = _decoded(line, _FALLBACK)
    return text is None or not is_western(text)


def _by_line(
    lines: list[bytes], problems: list[Problem], decode: Callable[[bytes], str | None]
) -> DecodedText:
    """Decode line by line; those that ``decode`` gives up are undecided."""
    texts: list[str] = []
    undecided = set()
    for number, line in enumerate(lines, 1):
        text = line.decode("ascii") if line.isascii() else decode(line)
        if text is None:
            undecided.add(number)
        texts.append(line.decode("ascii", "replace") if text is None else text)
    return DecodedText("\n".join(texts), tuple(problems), frozenset(undecided))


def _utf8_or(line: bytes, encoding: str) -> str | None:
    """Decode one line as UTF-8 where it reads as such, else as ``encoding``; ``None`` as neither.

    A line that is UTF-8 in one place and is not in another is neither.
    """
    text = _decoded(line, "utf-8")
    if text is not None and _is_plausible(text):
        return text
    if text is None and any(_utf8_letters(line)):
        return None
    return _decoded(line, encoding)


def _utf8_letters(line: bytes) -> Iterator[str]:
    """Yield the characters of three bytes that are UTF-8 in a line which is not as a whole.

    Two bytes say less: ``É»`` in Windows-1252 are two bytes of UTF-8 as well.
    """
    return (c for c in line.decode("utf-8", "ignore") if ord(c) >= 0x800 and _is_plausible(c))  # noqa: PLR2004 - see above


def _is_utf8_after_all(text: str, declared: str) -> bool:
    """Tell whether a text that is UTF-8 is so in spite of another declaration."""
    if declared in _UTF8_NAMES:
        return True
    if _MULTIBYTE_CODEC.match(declared) and not any(ord(c) >= 0x800 for c in text):  # noqa: PLR2004 - three bytes
        return False
    return _is_plausible(text)


def _is_plausible(text: str) -> bool:
    """Tell whether the characters beyond ASCII are such as bibliographies hold.

    Two bytes at the end of a quotation (``Ü“`` in Windows-1252) are a letter of some script, too.
    """
    others = [
        character
        for character in text
        if not character.isascii()
        and unicodedata.category(character)[0] not in "PSZNM"
        and (
            not _COMMON_SCRIPT.match(unicodedata.name(character, ""))
            or "\u0250" <= character <= "\u02ff"  # phonetic letters
        )
    ]
    return not others or (
        len(others) >= _MIN_OTHER_LETTERS and all(unicodedata.name(c, "") for c in others)
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wide_encoding(data: bytes) -> str:
    """Return UTF-16's name where every other byte at the start is zero, as in its ASCII, else ""."""
    start = data[:64]
    first, second = start[0::2], start[1::2]
    for zeros, others, name in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if zeros.count(0) * 2 > len(zeros) and not others.count(0):
            return name
    return ""


def _declared_encoding(data: bytes, where: str) -> tuple[str, list[Problem]]:
    """Return the name of the codec that a file declares, or ""; one nobody knows is a problem."""
    for part in (data[:_DECLARATION_BYTES], data[_DECLARATION_BYTES:][-_DECLARATION_BYTES:]):
        match = _DECLARATIONS.search(part)
        if match:
            given = (match[match.lastgroup or 0] or b"").decode("ascii", "replace").strip()
            codec = _codec_name(given)
            if codec:
                return codec, []
            what = f"declares the encoding “{given[:40]}”, which is none known here"
            return "", [Problem(where, what, cure=_CURE)]
    return "", []


def _codec_name(given: str) -> str:
    """Return Python's name of an encoding of text, or ""; Latin-1 is read as its superset."""
    bare = re.sub(r"-(?:unix|dos|mac)\Z", "", given.strip().lower())
    if inside := re.search(r"\(([^()]*)\)", bare):  # BibDesk: Western (Mac OS Roman)
        bare = inside[1].strip()
    try:
        name = codecs.lookup(_NAMES_ELSEWHERE.get(bare, bare)).name
    except (LookupError, ValueError):
        return ""
    name = _SUPERSETS.get(name, name)
    return name if _TEXT_CODEC.match(name) else ""
