"""``llms.txt``: the archive described for programs that read text (https://llmstxt.org); ``llms-full/``: the newest papers of each topic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.counted import counted
from paper_digest.model.topic import Topic
from paper_digest.render import typeset
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.dump import DUMP_PATH as DUMP
from paper_digest.settings.config import Config
from paper_digest.text.tex import convert as latex
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES

LLMS_PATH = "llms.txt"
TOPICS_FOLDER = "llms-full"

_DATA = (
    ("api.md", "API", "documentation of the static JSON files; no key, no rate limit"),
    ("api/index.json", "Index", "every topic and every day with its number of papers"),
    (DUMP, "Dump", "every record in full, one JSON object per line, gzip"),
    ("api/schema.json", "Schema", "JSON Schema of every JSON file of the API"),
    ("agents.md", "For agents", "what to ask, in at most 4,000 tokens an answer"),
    ("feeds/all.atom", "Feed", "the newest papers as Atom; feeds/all.json as JSON Feed"),
)
#: Lists named; ``api/index.json`` has all.
_MAX_LISTS = 60
_MAX_TOPIC_PAPERS, _MAX_TITLE_CHARS, _MAX_NAME_CHARS, _MAX_NOTE_CHARS = 60, 300, 80, 1_000
_FORMS = """\
Each paper has one address, `papers/<slug>/`. The same paper is `papers/<slug>.md` as Markdown and
`api/papers/<slug>.json` as JSON. The slug of an arXiv paper is its id: `2511.01234`.
"""


def llms_file(catalog: Catalog, config: Config) -> tuple[str, bytes]:
    """Return the path and content: title, summary, data, topics."""

    def link(path: str, label: str, note: str) -> str:
        bare = _plain(label).replace("[", "(").replace("]", ")")
        line = f"- [{bare}]({site_url(path, config, LLMS_PATH)})"
        return f"{line}: {_plain(note)}" if note else line

    topics = [
        link(
            f"topics/{name}.md",
            topic.title,
            _topic_note(topic.description, len(catalog.by_topic[name])),
        )
        for name, topic in catalog.topics.items()
        if catalog.by_topic[name]
    ]
    lines = [f"# {_plain(config.title)}", ""]
    if config.description:
        lines += [f"> {_plain(config.description)}", ""]
    lines += [_FORMS, "## Data", "", *(link(*row) for row in _DATA)]
    if catalog.volumes:
        lines += ["", "## Volumes: more papers, each with all these files", ""]
        lines += [
            f"- [{one.name}]({one.address}): {counted(one.papers, 'paper')}"
            for one in catalog.volumes
        ]
    if topics:
        lines += ["", "## Topics", "", *topics]
    if lists := catalog.curated.lists.all:
        lines += ["", "## Lists kept by people", ""]
        lines += [
            link(one.page_path, one.title, _topic_note(one.by and f"by {one.by}", len(one.slugs)))
            for one in lists[:_MAX_LISTS]
        ]
        if len(lists) > _MAX_LISTS:
            lines.append(link("api/index.json", "Index", f"{len(lists) - _MAX_LISTS:,} more lists"))
    return LLMS_PATH, ("\n".join(lines) + "\n").encode()


def topic_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make ``llms-full/<topic>.txt``: as many of a topic's newest papers as ``MAX_ANSWER_BYTES`` hold."""
    for name, topic in catalog.topics.items():
        entries = catalog.by_topic[name]
        come = catalog.that_came(entries)
        # The list is cut at its end: what is dated ahead stands there.
        ahead = entries[: len(entries) - len(come)]
        newest = (*come, *ahead)[:_MAX_TOPIC_PAPERS]
        inputs = hash_bytes(catalog.hash_entries(newest), str(len(entries)).encode())
        if entries:
            make = partial(_topic_file, topic, newest, len(entries), config)
            yield OutputGroup(f"{TOPICS_FOLDER}/{name}", inputs, make)


def _topic_file(
    topic: Topic, entries: tuple[CatalogEntry, ...], count: int, config: Config
) -> Iterator[SiteFile]:
    path = f"{TOPICS_FOLDER}/{topic.name}.txt"
    title = _plain(topic.title)[:_MAX_TITLE_CHARS]
    note = _plain(topic.description)[:_MAX_NOTE_CHARS]
    head = "".join(f"{part}\n\n" for part in (f"# {title}", note) if part)
    more = f"All {count:,}: {site_url(f'api/topics/{topic.name}.json', config, path)}\n"
    size = len((head + more).encode())
    shown = []
    for entry in entries:
        text = _paper_text(entry, config, path)
        size += len(text.encode())
        if size > MAX_ANSWER_BYTES:
            break
        shown.append(text)
    yield path, (head + "".join(shown) + more).encode()


def _paper_text(entry: CatalogEntry, config: Config, path: str) -> str:
    names = ", ".join(_plain(name)[:_MAX_NAME_CHARS] for name in entry.authors[:3])
    more = " et al." if entry.author_count > len(entry.authors[:3]) else ""
    facts = "; ".join(part for part in (f"{names}{more}", entry.filing_date) if part)
    url = site_url(entry.path, config, path)
    title = typeset.plain_title(entry.title, entry.id)[:_MAX_TITLE_CHARS]
    title = f"[{entry.notice}] {title}" if entry.notice else title
    blurb = _plain(entry.blurb)[:_MAX_NOTE_CHARS]
    return f"## {title}\n\n{facts}\n{url}\n\n{blurb}\n\n"


def _topic_note(description: str, number: int) -> str:
    papers = f"{number:,} paper{'' if number == 1 else 's'}"
    return f"{description.rstrip('.')} ({papers})" if description else papers


def _plain(text: str) -> str:
    return latex.to_unicode(text)
