"""Hostile records of every source: its own sample files, with their texts replaced by attacks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from bs4 import BeautifulSoup
from paper_digest.identity.claims import attribute_fields
from paper_digest.ingest.parse import parse_answer
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Paper
from paper_digest.site.page_elements import script_hash
from paper_digest.sources.registry import registry
from paths import DATA

#: Texts that would run, load or change a page if any way out forgot to escape.
ATTACKS = tuple(
    line
    for line in (DATA / "fuzz" / "attacks.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
#: The day on which all of them are said to have come.
DAY = "2026-01-05"

_WORDS = re.compile(r"[^\W\d_]\S* \S")
_BIB_VALUE = re.compile(r"^(\s*(?!year|month|doi|eprint|ids?\b)\w+\s*=\s*)[{\"].+[}\"](,?)$", re.MULTILINE)  # fmt: skip
_TAGGED_VALUE = re.compile(
    r"^((?:TI|T1|T2|JO|AU|A1|FAU|AB|N2|KW|UR|AD|PB|JT|OT) *- ).*$", re.MULTILINE
)
_XML_TEXT = re.compile(r">([^<>]*[^\W\d_][^<>]*)<")
_LINK = re.compile(r'"https?://[^"]*"')


def hostile_files(attack: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield source, file name and bytes of each sample file with ``attack`` in its texts."""
    for name in sorted(registry().by_name):
        for path in sorted((DATA / name).rglob("*")):
            rewrite = _REWRITES.get(path.suffix)
            if path.is_file() and rewrite:
                text = path.read_text("utf-8", "replace")
                yield name, path.name, rewrite(text, attack).encode()


def hostile_papers(attacks: tuple[str, ...] = ATTACKS) -> Iterator[Paper]:
    """Yield what the readers accept of such files, each paper under an id of its own."""
    count = 0
    for attack in attacks:
        for name, file, data in hostile_files(attack):
            try:
                batch = parse_answer(registry().by_name[name], data, Request(f"{name}/{file}"))
            except SourceError as error:
                assert "at fault" not in error.problem.what, error  # noqa: PT017 - a refusal is no crash
                continue
            for paper in batch.papers:
                paper_id = f"arxiv:26{count // 90_000 + 1:02d}.{count % 90_000 + 10_000}"
                count += 1
                changed = msgspec.structs.replace(
                    paper, id=paper_id, aliases=(), claims=(), announced=DAY
                )
                yield attribute_fields(changed, name, DAY)


def _in_json(text: str, attack: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        lines = (_in_json_line(line, attack) for line in text.splitlines())
        return "\n".join(lines) + "\n"
    return json.dumps(_replaced(value, attack))


def _in_json_line(line: str, attack: str) -> str:
    try:
        return json.dumps(_replaced(json.loads(line), attack))
    except ValueError:
        return line


def _replaced(value: Any, attack: str) -> Any:  # noqa: ANN401 - JSON is any value
    if isinstance(value, dict):
        return {key: _replaced(one, attack) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, attack) for one in value]
    if isinstance(value, str) and value.startswith("http"):
        return f"{value}?{attack}"
    return f"{attack} {value}" if isinstance(value, str) and _WORDS.search(value) else value


def _in_xml(text: str, attack: str) -> str:
    return _XML_TEXT.sub(lambda one: f">{escape(attack)} {one[1]}<", text)


def _in_bibtex(text: str, attack: str) -> str:
    inner = (
        attack if attack.count("{") == attack.count("}") else attack.translate({123: 40, 125: 41})
    )
    return _BIB_VALUE.sub(lambda one: f"{one[1]}{{{inner}}}{one[2]}", text)


def _in_tags(text: str, attack: str) -> str:
    return _TAGGED_VALUE.sub(lambda one: f"{one[1]}{attack}", text)


def _in_lines(text: str, attack: str) -> str:
    return _WORDS.sub(lambda one: f"{attack} {one[0]}", text)


def _in_page(text: str, attack: str) -> str:
    """A saved page: in its JSON, which is escaped for an attribute."""
    return re.sub(r"(&quot;(?:title|summary|name|fullname)&quot;:&quot;)", lambda one: one[1] + escape(escape(attack)), text)  # fmt: skip


_REWRITES: dict[str, Callable[[str, str], str]] = {
    ".json": _in_json,
    ".jsonl": _in_json,
    ".xml": _in_xml,
    ".atom": _in_xml,
    ".rss": _in_xml,
    ".bib": _in_bibtex,
    ".ris": _in_tags,
    ".nbib": _in_tags,
    ".txt": _in_lines,
    ".html": _in_page,
}


def unsafe_parts(page: Path) -> list[str]:
    """List what of a built page could run or load something: it should be nothing.

    Handlers, addresses that are scripts, elements that no page of the generator writes, and inline
    scripts that the policy of the page does not allow.
    """
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')
    faults = [] if policy else ["has no policy"]
    allowed = str(policy["content"]) if policy else ""
    faults += [f"<{element.name}>" for element in soup.find_all(_FORBIDDEN)]
    for element in soup.select("*"):
        for name, value in element.attrs.items():
            text = "".join(str(value).split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                faults.append(f"{element.name} {name}={str(value)[:60]}")
            if name in {"href", "src", "action", "data", "xlink:href"} and text.startswith(
                ("javascript:", "data:text", "vbscript:", "file:")
            ):
                faults.append(f"{element.name} {name}={text[:60]}")
        if element.name == "script" and not element.get("src"):
            data = element.get("type") in {"application/json", "application/ld+json"}
            if not data and script_hash(str(element.string)) not in allowed:
                faults.append(f"script {str(element.string)[:60]}")
        refresh = element.name == "meta" and element.get("http-equiv") == "refresh"
        if refresh and re.search(r"url=\s*(?:\w+:|//)", str(element.get("content")), re.IGNORECASE):
            faults.append("leads away")
    return faults


_FORBIDDEN = ["iframe", "object", "embed", "base", "style", "frame", "frameset", "applet", "foreignobject", "annotation-xml"]  # fmt: skip
