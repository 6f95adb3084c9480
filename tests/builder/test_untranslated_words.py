"""A site in a made-up language, in whose letters every text is written: what is left of English was never asked for."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup
from message_extraction import extracted_messages
from paper_digest.builder.site_build import SiteBuild
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render.pages.page import Page
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from paper_digest.text import language as words
from paper_digest.text.language import active

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωϊΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΪΤΥΦΧΨΩΫ"
#: Sentences end as in Chinese.
_TRANSFORMED = str.maketrans(f"{_LATIN}.", f"{_GREEK}。")

#: Names of formats, systems and programs, and what is typed as it stands; none of them is translated.
NAMES = {
    *[
        "arXiv",
        "doi",
        "BibTeX",
        "CSL",
        "JSON",
        "RIS",
        "PDF",
        "HTML",
        "ORCID",
        "UTC",
        "API",
        "Atom",
        "QR",
        "NEAR",
        "Google",
        "Scholar",
        "Hugging",
        "Face",
        "ACL",
        "Anthology",
    ],
    *[
        "paper",
        "digest",
        "yml",
        "archive",
        "ingest",
        "SOURCE",
        "FILE",
        "add",
        "build",
        "categories",
        "cs",
        "CL",
    ],
}
#: Pages for programs, and what is quoted or cited as it stands.
_ENGLISH_PAGES = {"agents.md"}
_QUOTED = "code, pre, .pd-cite-text, .pd-cite details, math"


def invented_catalogue(folder: Path) -> Path:
    """Write a catalogue in which every text has other letters, but for its placeholders."""
    catalog = Catalog(locale="de", charset="utf-8", fuzzy=False)
    for message in extracted_messages():
        if message.id:
            texts = (message.id,) if isinstance(message.id, str) else message.id
            invented = tuple(
                re.sub(r"\{\w+\}|[^{}]+", _transform, text) if "{" in text else _letters(text)
                for text in texts
            )
            string = invented[0] if isinstance(message.id, str) else invented
            catalog.add(message.id, string, context=message.context)
    written = io.BytesIO()
    write_po(written, catalog)
    (folder / "de.po").write_bytes(written.getvalue())
    return folder


def _transform(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("{") else _letters(match[0])


def _letters(text: str) -> str:
    return text.translate(_TRANSFORMED)


def papers() -> Iterator[Paper]:
    """Make papers whose own words have no Latin letter, with every part that a page may show."""
    for day in range(1, 13):
        yield Paper(
            id=f"arxiv:2501.000{day:02}",
            title=f"Αργαλειοί {day}",
            authors=tuple(Author(f"Ελένη Νήμα {n}") for n in range(day)),
            abstract="Υφαίνουμε πανιά!",
            digest=Digest("Ύφανση!", by="Μηχανή", model=day % 2 == 0),
            published=f"2025-01-{day:02}",
            comment="Σχόλιο",
            journal_ref="Περιοδικό 3",
            keywords=("νήμα",),
            organisation="Υφαντήριο",
            withdrawn="withdrawn" if day == 12 else "",
            links=(Link("code", "https://github.com/a/b", stars=5),),
            sightings=(
                Sighting(
                    "huggingface", "2025-01-01", seen=f"2025-01-{day:02}", upvotes=day, comments=2
                ),
            ),
        )


@pytest.fixture
def site_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteBuild]:
    catalogues = tmp_path / "catalogues"
    catalogues.mkdir()
    monkeypatch.setattr(active, "CATALOGUES", invented_catalogue(catalogues))
    Store(tmp_path / "archive").write(papers())
    topics = (Topic(name="nima", title="Νήματα", words=("υφαίνουμε",)),)
    config = Config(title="Αρχείο", language="de", topics=topics, page_size=10, follow=({"source": "arxiv", "categories": ["cs.CL"]},))  # fmt: skip
    with words.language("de"):
        build = SiteBuild(tmp_path, config)
        yield build
        build.close()


def english_left(html: str) -> set[str]:
    """Return the Latin words of a page that a reader sees or hears, but for names."""
    soup = BeautifulSoup(html, "html.parser")
    for quoted in soup.select(_QUOTED):
        quoted.decompose()
    texts = [soup.get_text(" ")]
    for name in ("title", "aria-label", "placeholder"):
        texts += [str(element[name]) for element in soup.select(f"[{name}]")]
    text = re.sub(r"\S+\.(?:org|com|yml)\S*|\b\w+:\d[\w.]*", " ", " ".join(texts))
    return set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES - MONTHS


#: Dates are the locale's: the months and days of the language in whose name the made-up one stands.
MONTHS = {
    *[
        "Jan",
        "Januar",
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
        "Mo",
        "Mi",
        "Fr",
        "Feb",
        "Apr",
        "Mai",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Okt",
        "Nov",
        "Dez",
        "rz",
    ]
}


def pages_of(site_build: SiteBuild) -> Iterator[tuple[str, str]]:
    """Make the pages that are translated: path and HTML."""
    for group in site_build.groups():
        if not group.name.startswith(("feeds", "api", "exports", "assets")):
            for page in group.make():
                if isinstance(page, Page) and page.path not in _ENGLISH_PAGES:
                    yield page.path, f"<p>{page.meta.get('title', '')}</p>{page.html()}"


def test_no_page_has_an_english_word(site_build: SiteBuild) -> None:
    left = {path: english_left(html) for path, html in pages_of(site_build)}
    assert len(left) > len(list(papers()))
    assert {path: words_left for path, words_left in left.items() if words_left} == {}


def test_no_sentence_ends_as_english_ones_do(site_build: SiteBuild) -> None:
    """A full stop that stands in no text that is translated is none in Chinese and Japanese."""
    ends: dict[str, set[str]] = {}
    for path, html in pages_of(site_build):
        soup = BeautifulSoup(html, "html.parser")
        for quoted in soup.select(_QUOTED):
            quoted.decompose()
        texts = {one.get_text().strip() for one in soup.select("p, li, td, summary, figcaption")}
        if stops := {text[-60:] for text in texts if re.search(rf"[{_GREEK}]\.|\.$", text)}:
            ends[path] = stops
    assert ends == {}
