"""Whatever names a thing ends where it ends: its bracket and mark stay at its end on a page of the other direction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Digest, Link, Notice, Paper, Sighting, Version
from paper_digest.store.changes import Change, append_changes
from paper_digest.store.files import Store
from playwright.sync_api import Browser, Page
from site_builds import fast, project_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

DAY = "2026-03-05"
WORDS = {"en": ("زق", "ب", "كتاب درس باب نهر جبل شمس قمر بيت ولد بنت"), "ar": ("Zq", "b", "")}
PAGES = (
    "", "papers/2603.09001/", "papers/2603.09002/", f"dates/{DAY}/", "changes/", "lists/",
    "lists/one/", "meetings/", "meetings/one/", "meetings/queue/", "monitors/", "monitors/one/",
    "picks/", "topics/", "topics/one/", "topics/two/", "statistics/",
)  # fmt: skip

#: How many names stand on a page, and those of which two signs stand in the wrong order, with where.
_MISPLACED = r"""() => {
  for (const box of document.querySelectorAll("details")) box.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const misplaced = [];
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("script, style, pre, .pd-cite-text")) continue;
    for (const match of node.data.matchAll(/(Zq|زق) [\p{L}0-9]+ \((b|ب)\)!/gu)) {
      const places = [0, match[1].length + 1, -4, -3, -1].map((at) => {
        const range = document.createRange();
        const start = match.index + (at < 0 ? match[0].length + at : at);
        range.setStart(node, start);
        range.setEnd(node, start + 1);
        return range.getBoundingClientRect();
      });
      if (!places[0].width) continue;
      seen++;
      const follows = (one, next) => Math.abs(one.top - next.top) > 8
        || (match[1] === "Zq" ? next.left >= one.right - 2 : next.right <= one.left + 2);
      if (places.some((place, number) => number && !follows(places[number - 1], place)))
        misplaced.push(`${match[0]} in ${node.parentElement.parentElement.outerHTML.slice(0, 300)}`);
    }
  }
  return [seen, misplaced];
}"""


class Names:
    """Makes names in the letters that are not the page's, each of another word."""

    def __init__(self, language: str) -> None:
        self._start, self._letter, words = WORDS[language]
        self._words, self._used = words.split(), dict[str, int]()

    def __call__(self, what: str) -> str:
        """Return the name of a thing, always the same one."""
        number = self._used.setdefault(what, len(self._used))
        size = len(self._words)
        word = what if not size else self._words[number % size] + self._words[number // size]
        return f"{self._start} {word} ({self._letter})!"


def _papers(name: Names) -> list[Paper]:
    whole = Paper(
        id="arxiv:2603.09001",
        title=name("title"),
        authors=(Author(name("author")), Author(name("other"))),
        published="2026-03-02",
        updated="2026-03-04",
        announced=DAY,
        versions=(Version(1, "2026-03-02"), Version(2, "2026-03-04")),
        keywords=(name("keyword"), name("another")),
        venue=name("venue"),
        journal_ref=name("journal"),
        organisation=name("organisation"),
        comment=name("comment"),
        digest=Digest(name("digest"), by=name("reader"), at=DAY, labels=(name("label"),)),
        links=(Link("other", "https://loom.example/", title=name("link")),),
        sightings=(Sighting("huggingface", DAY, seen=DAY, submitted_by=name("person")),),
        notices=(Notice("correction", "https://doi.org/10.1000/1", DAY),),
        abstract=name("abstract"),
    )
    withdrawn = Paper(
        id="arxiv:2603.09002", title=name("taken"), published=DAY, withdrawn=name("reason")
    )
    return [attribute_fields(one, "arxiv", DAY) for one in (whole, withdrawn)]


def _write(project: Path, name: Names, language: str) -> None:
    archive, paper = project / "archive", "arxiv:2603.09001"
    Store(archive).write(_papers(name))
    append_changes(
        archive,
        [
            Change(DAY, paper, "title", "arxiv", name("before"), name("title")),
            Change(DAY, "arxiv:2603.09002", "withdrawn", "arxiv", after=name("reason")),
        ],
    )
    texts = {
        "lists/one.yml": f'title: "{name("list")}"\nby: "{name("curator")}"\npapers:\n'
        f'  - section: "{name("section")}"\n  - {{paper: "{paper}", note: "{name("note")}"}}\n',
        "meetings/one.yml": f'date: 2026-12-21 17:00\ntitle: "{name("meeting")}"\n'
        f'place: "{name("place")}"\npresenter: "{name("presenter")}"\npapers: ["{paper}"]\n',
        "picks.yml": f'- {{paper: "{paper}", because: "{name("because")}", by: "{name("picker")}", '
        f"date: {DAY}}}\n",
        "proposals.yml": '- {paper: "arxiv:2603.09002", issue: 1, '
        f'because: "{name("why")}", by: "{name("proposer")}"}}\n',
    }
    for path, text in texts.items():
        (archive / path).parent.mkdir(exist_ok=True)
        (archive / path).write_text(text, "utf-8")
    start = WORDS[language][0]
    topics = f'- {{name: one, title: "{name("topic")}", words: ["{start}"]}}\n'
    topics += f'- {{name: two, title: "{name("subtopic")}", parent: one, words: ["{start}"]}}\n'
    (project / "topics.yml").write_text(topics, "utf-8")
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'language: {language}\nmonitors: [{{name: one, title: "{name("monitor")}", '
            f'query: "{start}"}}]\n'
        )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_end_where_they_end(
    tmp_path: Path,
    browser: Browser,
    serve: Callable[[Path], AbstractContextManager[str]],
    language: str,
) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    _write(project, Names(language), language)
    site = fast(project)
    if language == "ar":  # its comma is another than that of English
        commas = ", <time", ", 17:00"
        latin = [p for p in site.rglob("*.html") if any(c in p.read_text("utf-8") for c in commas)]
        assert latin == []
    with serve(site) as address, browser.new_context() as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
            _check(page, path)
        page.goto(f"{address}search/?q={WORDS[language][0]}&topic=one")
        page.locator(".pd-list .pd-actions a").first.wait_for(state="attached")
        _check(page, "search")


def _check(page: Page, path: str) -> None:
    seen, misplaced = page.evaluate(_MISPLACED)
    assert seen, path
    assert misplaced == [], path
