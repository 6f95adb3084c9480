"""One paper as a file: front matter of JSON values, one a line, above the verbatim abstract.

JSON strings are YAML strings, so any YAML reader reads the same record; no title, id or date can
change its type (``2503.10``, ``on``, ``a: b``). A file written here loads without YAML at all; one
edited by hand into another YAML form is read by PyYAML.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

import msgspec
import yaml

from paper_digest.identity.paper_checks import check_claims
from paper_digest.model.errors import RecordError
from paper_digest.model.ids import is_paper_id
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper
from paper_digest.model.work_types import WORK_TYPES
from paper_digest.store.record_checksum import CHECKSUM_MARK
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line
from paper_digest.text.type_faults import type_fault, unknown_choice, unknown_key

RESTORE_CURE = "restore the file from git, or delete it and ingest the paper again"

#: Written one item a line, so that a git diff shows the item that changed.
_BLOCK_FIELDS = frozenset({"authors", "links", "sightings", "claims"})

#: Printable to JSON but a line break, or not allowed, to YAML (YAML 1.1, sections 5.1 and 5.4).
_UNSAFE_IN_YAML = late_pattern("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(?:0[1-9]|[12]\d|3[01])"
_DATE_FORMS = {
    "published": late_pattern(rf"(?:\d{{4}}|{_MONTH}|{_DAY}|)\Z"),
    "updated": late_pattern(rf"(?:{_DAY}|)\Z"),
    "announced": late_pattern(rf"(?:{_DAY}|)\Z"),
}
#: Items of a list belong to the field above them.
_NEXT_FIELD = late_pattern(r"\n(?!- )")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Paper)


def encode_paper(paper: Paper) -> bytes:
    """Write a paper; the same paper always gives the same bytes."""
    fields: dict[str, Any] = msgspec.to_builtins(paper)
    abstract = fields.pop("abstract", "")
    lines = ["---"]
    for key, value in fields.items():
        if key == "authors":
            value = [a["name"] if len(a) == 1 else a for a in value]  # noqa: PLW2901 - the shorter form
        if key in _BLOCK_FIELDS:
            lines.append(f"{key}:")
            lines.extend(f"- {_json(item)}" for item in value)
        else:
            lines.append(f"{key}: {_json(value)}")
    lines.append("---\n")
    if abstract:
        lines.append(f"{abstract}\n")
    return "\n".join(lines).encode()


def encode_checked(paper: Paper, where: str) -> bytes:
    """Write a paper as ``encode_paper`` does, if ``decode_paper`` reads the same paper again.

    Args:
        paper: the paper.
        where: the file it is for, named in the error.

    Raises:
        RecordError: a field has a value that no file may hold.
    """
    try:
        data = encode_paper(paper)
        is_same = decode_paper(data, where) == paper
    except RecordError as error:
        raise RecordError(where, error.what, "") from error
    except (UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise RecordError(where, f"cannot be written: {error}", "") from error
    if not is_same:
        raise RecordError(where, f"{paper.id} would not be read as it is written", "")
    return data


def decode_paper(data: bytes, where: str) -> Paper:
    """Read a paper from the bytes of its file.

    What editors and git do to a text file is undone: a byte order mark, UTF-16, lines that end in CRLF.

    Raises:
        RecordError: with the file, the line and the cure, for anything else.
    """
    head, abstract = _split_front_matter(data, where)
    try:
        paper = _decoder.decode(_front_matter_to_json(head))
    except (msgspec.DecodeError, ValueError):
        paper = _from_yaml(head, where)
    _check_forms(paper, head, where)
    return msgspec.structs.replace(paper, abstract=abstract) if abstract else paper


def _split_front_matter(data: bytes, where: str) -> tuple[str, str]:
    """Cut a file into its front matter and its abstract."""
    try:
        text = data.decode(_encoding(data)).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordError(f"{where}:{line}", "is not UTF-8", RESTORE_CURE) from error
    if conflict := conflict_line(data):
        raise RecordError(f"{where}:{conflict}", CONFLICT_FAULT, CONFLICT_CURE)
    if not text.startswith("---\n"):
        raise RecordError(f"{where}:1", "does not begin with a line of ---", RESTORE_CURE)
    if not text.endswith("\n"):
        last = text.count("\n") + 1
        raise RecordError(f"{where}:{last}", "ends in the middle of a line", RESTORE_CURE)
    end = text.find("\n---\n")
    if end < 0:
        last = text.count("\n")
        raise RecordError(f"{where}:{last}", "ends before its front matter does", RESTORE_CURE)
    head, body = text[4:end], text[end + 5 :]
    head = head.rpartition(CHECKSUM_MARK)[0] or head
    return head, body[1:-1] if body.startswith("\n") else body[:-1]


def _encoding(data: bytes) -> str:
    """Name the encoding that a file's byte order mark says, or UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"


def _front_matter_to_json(head: str) -> str:
    """Join front matter in the form ``encode_paper`` writes into one JSON object."""
    fields: list[str] = []
    for field in _NEXT_FIELD.split(head):
        line, listed, items = field.partition("\n- ")
        key, colon, value = line.partition(": ")
        if colon and not listed:
            fields.append(f'"{key}":{value}')
        elif line.endswith(":") and not colon:
            values = map(_expand_author, items.split("\n- ")) if listed else ()
            fields.append(f'"{line[:-1]}":[{",".join(values)}]')
        else:
            raise ValueError(line)
    return "{" + ",".join(fields) + "}"


def _expand_author(item: str) -> str:
    return f'{{"name":{item}}}' if item.startswith('"') else item


def _from_yaml(head: str, where: str) -> Paper:
    try:
        fields = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        problem_mark = getattr(error, "problem_mark", None)
        line = problem_mark.line + 2 if problem_mark else 2
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        cure = f'quote the value ("..."), or {RESTORE_CURE}'
        raise RecordError(f"{where}:{line}", f"is not YAML: {what}", cure) from error
    if not isinstance(fields, dict):
        raise RecordError(f"{where}:2", "has no fields in its front matter", RESTORE_CURE)
    authors = fields.get("authors")
    if isinstance(authors, list):
        fields["authors"] = [{"name": a} if isinstance(a, str) else a for a in authors]
    try:
        return msgspec.convert(fields, Paper)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        field = re.match(r"\.(\w+)", path)
        unknown = unknown_key(what)
        name = unknown or (field[1] if field else "")
        cure = f'quote the value of {name} ("...")' if name and not unknown else RESTORE_CURE
        if name == "work_type" and unknown_choice(what):
            cure = f"write one of {', '.join(WORK_TYPES)}"
        label = "the record" if unknown or not name else name
        raise RecordError(
            f"{where}:{_line_of(name, head)}", f"{label} {type_fault(what)}", cure
        ) from error


def _check_forms(paper: Paper, head: str, where: str) -> None:
    """Refuse what types cannot: an id or a date in no known form, a claim no field can hold."""
    ids_by_field = {
        "id": (paper.id,),
        "aliases": paper.aliases,
        "disputed_ids": paper.disputed_ids,
        "same_as": paper.same_as,
    }
    for field, ids in ids_by_field.items():
        for paper_id in ids:
            if not is_paper_id(paper_id):
                place = f"{where}:{_line_of(field, head)}"
                raise RecordError(place, f"{paper_id!r} is no id", RESTORE_CURE)
    for field, form in _DATE_FORMS.items():
        if not form.match(getattr(paper, field)):
            what = f"{field} is no ISO date: {getattr(paper, field)!r}"
            cure = "write it as YYYY-MM-DD"
            raise RecordError(f"{where}:{_line_of(field, head)}", what, cure)
    try:
        check_claims(paper)
    except ValueError as error:
        raise RecordError(
            f"{where}:{_line_of('claims', head)}", str(error), RESTORE_CURE
        ) from error


def _line_of(field: str, head: str) -> int:
    """Find the line of a file on which a field stands; 1 where it does not."""
    return next(
        (n for n, line in enumerate(head.split("\n"), 2) if line.startswith(f"{field}:")), 1
    )


def _json(value: object) -> str:
    text = msgspec.json.format(_encoder.encode(value), indent=0).decode()
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE_IN_YAML.sub(lambda c: f"\\u{ord(c[0]):04x}", text)
