"""Asks 50 questions about an archive of thousands of papers as a program would, and checks each answer against the records.

Usage: python tests/tools/bench/agents.py [--corpus FOLDER] [--seeds FOLDER] [--work FOLDER] [--show]

A script for each kind of question reads published files and answers of the tools of ``digest mcp``. It may make at most
three fetches, each of at most 4,000 tokens (``text/token_estimate.py``). What is expected is computed from the records
in ``archive/`` and not from the site. Fails where a question has another answer or costs more, or a citation is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from bibtexparser.entrypoint import parse_string
from paper_digest.deliver.agents import answers
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import FolderFiles
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.text.tex import convert as latex
from paper_digest.text.token_estimate import MAX_ANSWER_TOKENS, estimate_tokens
from quality import SHARED, made_archive

MAX_FETCHES = 3
_FULL_DATE = len("2025-11-20")
_LETTERS = re.compile(r"[^a-z0-9]+")


class Program:
    """What a script asks with; counts fetches and the tokens of the largest answer."""

    def __init__(self, site: Path) -> None:
        """Ask a built site."""
        self._files = FolderFiles(site)
        self._archive = PublishedArchive(self._files)
        self.fetches, self.most_tokens = 0, 0

    def fetch(self, path: str) -> Any:  # noqa: ANN401 - JSON, or text
        """Return a published file, decoded if it is JSON."""
        data = self._files.read(path)
        self._count(data)
        return json.loads(data) if path.endswith(".json") else data.decode()

    def tool(self, tool: Callable[..., Any], *given: object, **named: object) -> Any:  # noqa: ANN401 - JSON
        """Return the answer of a tool."""
        answer = tool(self._archive, *given, **named)
        self._count(msgspec.json.encode(answer))
        return answer

    def _count(self, data: bytes) -> None:
        self.fetches += 1
        self.most_tokens = max(self.most_tokens, estimate_tokens(data))


class Question(NamedTuple):
    """A question, the script that answers it, and what the records say; ``is_citation``: what is answered is cited."""

    words: str
    script: Callable[[Program], object]
    expected: object
    is_citation: bool = False


def questions(papers: list[Paper]) -> Iterator[Question]:
    """Yield 50 questions, the same for the same records."""
    titled = _with_one_title([p for p in papers if p.title and p.id_kind == "arxiv"])
    by_day: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        day = paper.announced or paper.published
        if len(day) == _FULL_DATE:
            by_day[day].append(paper.slug)
    for paper in _spread(titled, 12):
        yield Question(
            f"How do I cite “{paper.title}” in BibTeX?",
            lambda ask, title=paper.title: _bibtex_of(ask, title),
            (paper.bare_id, _letters(paper.title)),
            is_citation=True,
        )
    for paper in _spread(titled[3:], 8):
        yield Question(
            f"How do I cite {paper.bare_id} in CSL-JSON?",
            lambda ask, name=paper.bare_id: _csl_of(ask, name),
            (_letters(paper.title), min(len(paper.authors), 40)),
            is_citation=True,
        )
    for paper in _spread(titled[5:], 8):
        yield Question(
            f"Who wrote arXiv:{paper.bare_id}, and when was it first seen?",
            lambda ask, name=f"https://arxiv.org/abs/{paper.bare_id}v2": _authors_of(ask, name),
            ([a.name for a in paper.authors][:40], paper.published),
        )
    days = sorted(by_day)
    for day in _spread(days, 8):
        yield Question(
            f"Which papers came on {day}?",
            lambda ask, day=day: _papers_of_day(ask, day),
            sorted(by_day[day]),
        )
    for year, count in sorted(Counter(day[:4] for day in days).items())[-4:]:
        yield Question(
            f"On how many days of {year} did papers come?",
            lambda ask, year=year: len(ask.fetch(f"api/daily/{year}.json")["days"]),
            count,
        )
    for paper in _spread(titled[7:], 6):
        yield Question(
            f"Is “{paper.title}” here, and where is its abstract from its first word on?",
            lambda ask, title=paper.title: _abstract_of(ask, title),
            (paper.slug, paper.abstract[:40]),
        )
    names = Counter(a.name for p in papers for a in p.authors)
    prolific = [name for name, count in names.most_common(400) if len(name.split()) == 3]
    for name in prolific[:4]:
        yield Question(
            f"Which papers are by {name}?",
            lambda ask, name=name: sorted(_papers_of_author(ask, name)),
            sorted(p.slug for p in papers if name in {a.name for a in p.authors}),
        )


def _bibtex_of(ask: Program, title: str) -> object:
    slug = ask.tool(answers.search, title)["papers"][0]["paper"]
    [entry] = parse_string(ask.fetch(f"papers/{slug}.bib")).entries
    return entry["eprint"], _letters(re.sub(r"[{}]", "", entry["title"]))


def _csl_of(ask: Program, name: str) -> object:
    item = ask.tool(answers.cite, name, "csl-json")["citation"]
    return _letters(item["title"]), len(item.get("author", ()))


def _authors_of(ask: Program, name: str) -> object:
    paper = ask.tool(answers.get_paper, name)
    return paper.get("authors", []), paper.get("published", "")


def _papers_of_day(ask: Program, day: str) -> object:
    path, slugs = f"api/daily/{day.replace('-', '/')}.json", []
    while path:
        page = ask.fetch(path)
        slugs += [row["slug"] for row in page["papers"]]
        path = page.get("next", "")
    return sorted(slugs)


def _abstract_of(ask: Program, title: str) -> object:
    slug = ask.tool(answers.search, title)["papers"][0]["paper"]
    return slug, ask.tool(answers.get_paper, slug)["abstract"][:40]


def _papers_of_author(ask: Program, name: str) -> list[str]:
    found, first = [], 0
    while True:
        answer = ask.tool(answers.list_papers, author=name, first=first)
        found += [row["paper"] for row in answer["papers"]]
        if "next" not in answer:
            return found
        first = answer["next"]


def _with_one_title(papers: list[Paper]) -> list[Paper]:
    counted = Counter(_letters(p.title) for p in papers)
    return [p for p in papers if counted[_letters(p.title)] == 1]


def _letters(text: str) -> str:
    return _LETTERS.sub("", latex.to_unicode(text).lower())


def _spread(items: list[Any], count: int) -> list[Any]:
    """Return ``count`` items, evenly spread."""
    step = max(1, len(items) // count)
    return items[::step][:count]


def main() -> None:
    """Build the archive and its site once, ask, and print how many questions were answered."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "huggingface")
    parser.add_argument("--seeds", type=Path, default=SHARED / "seeds")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-agents"))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    project = made_archive(given.work, given)
    (project / "docs").mkdir(exist_ok=True)
    if not (project / "site" / "agents.md").exists():
        mkdocs = str(Path(sys.executable).with_name("mkdocs"))
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run([mkdocs, "build", "-q"], cwd=project, env=environment, check=True)
    papers = sorted(Store(project / "archive").read_all([]), key=lambda p: p.id)
    asked, good, wrong_citations, most_fetches, most_tokens = 0, 0, 0, 0, 0
    for question in questions(papers):
        program = Program(project / "site")
        answer = question.script(program)
        is_right = answer == question.expected
        is_cheap = program.fetches <= MAX_FETCHES and program.most_tokens <= MAX_ANSWER_TOKENS
        asked, good = asked + 1, good + (is_right and is_cheap)
        wrong_citations += question.is_citation and not is_right
        most_fetches = max(most_fetches, program.fetches)
        most_tokens = max(most_tokens, program.most_tokens)
        if given.show or not (is_right and is_cheap):
            verdict = "right" if is_right else f"WRONG: {answer!r}, not {question.expected!r}"
            cost = f"{program.fetches} fetches, {program.most_tokens:,} tokens"
            sys.stdout.write(f"{question.words}\n    {verdict[:600]}; {cost}\n")
    sys.stdout.write(
        f"{len(papers):,} papers: {good} of {asked} questions answered within {MAX_FETCHES} fetches of "
        f"{MAX_ANSWER_TOKENS:,} tokens each; {wrong_citations} wrong citations "
        f"(most: {most_fetches} fetches, {most_tokens:,} tokens)\n"
    )
    raise SystemExit(0 if good == asked and not wrong_citations else 1)


if __name__ == "__main__":
    main()
