"""``llms.txt``: the archive described for programs that read text (https://llmstxt.org)."""

from __future__ import annotations

from paper_digest.catalog.catalog import Catalog
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.dump import DUMP_PATH as DUMP
from paper_digest.settings.config import Config
from paper_digest.text.tex import convert as latex

LLMS_PATH = "llms.txt"

_DATA = (
    ("api.md", "API", "documentation of the static JSON files; no key, no rate limit"),
    ("api/index.json", "Index", "every topic and every day with its number of papers"),
    (DUMP, "Dump", "every record in full, one JSON object per line, gzip"),
    ("api/schema.json", "Schema", "JSON Schema of one record"),
    ("feeds/all.atom", "Feed", "the newest papers as Atom; feeds/all.json as JSON Feed"),
)
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
    if topics:
        lines += ["", "## Topics", "", *topics]
    return LLMS_PATH, ("\n".join(lines) + "\n").encode()


def _topic_note(description: str, number: int) -> str:
    papers = f"{number:,} paper{'' if number == 1 else 's'}"
    return f"{description.rstrip('.')} ({papers})" if description else papers


def _plain(text: str) -> str:
    return latex.to_unicode(text)
