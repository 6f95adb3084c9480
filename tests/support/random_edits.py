"""An archive that is edited at random, in every way that an operator has, and built in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from paper_digest.cli.main import cli
from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from site_builds import change, command, files
from temporary_project import new_project

_THINGS = ("Kites", "Lamps", "Looms", "Boats", "Moons", "Wells", "Tents", "Reeds", "Bells", "Locks")
_PLACES = ("harbour", "valley", "library", "orchard")
_NAMES = ("Ada Quill", "Bo Moan", "Kit Lark", "Zoë de Quill")
_TOPICS = ("agents", "compression", "algorithms", "attention-long-context")
_FIXES = (
    "title=A title that a person gave", "doi=10.7777/fixed", "authors=Ada Quill;Cy Weft", "venue=Harbour",
    "links.code=https://github.com/example/kites", "abstract=", "published=2019-02-03", "withdrawn=sunk", "withdrawn=",
)  # fmt: skip


class EditedArchive:
    """One archive; what is done to it stands in ``steps``, so that a fault can be repeated by hand."""

    def __init__(self, place: Path, seed: int) -> None:
        """Make an empty archive and the files that it is filled from."""
        self.root, self.steps = new_project(place), list[str]()
        self.chance = random.Random(seed)  # noqa: S311 - a repeatable draw
        change(self.root, 'url: ""', "url: https://papers.example.org/all/")
        change(self.root, "topics: default", "topics: default\nauthor_pages: 1")
        self._sources = _write_sources(self.root / "in")
        self._edits: tuple[Callable[[], None], ...] = (
            *(self._ingest,) * 4, *(self._decide,) * 6, *(self._unite,) * 3, self._unmerge, self._pick, self._note,
            self._list, self._meeting, self._move_override, self._edit_record, self._delete, self._settings,
        )  # fmt: skip

    def edit(self) -> None:
        """Do one thing."""
        self.chance.choice(self._edits if self.papers() else (self._ingest,))()

    def papers(self) -> list[Paper]:
        """Return all records."""
        return list(Store(self.root / "archive").read_all([]))

    def build(self) -> Path:
        """Build the site; faults that edits have made are named in it, and stop no build."""
        return _built(self.root)

    def faults(self) -> list[str]:
        """Return what is wrong with the site: where one from empty caches differs, and ids that lead nowhere."""
        site = self.build()
        other = self.root.with_name(f"{self.root.name}-anew")
        leave_out = shutil.ignore_patterns("site", ".cache")
        shutil.copytree(self.root, other, ignore=leave_out)
        here, anew = files(site), files(_built(other))
        shutil.rmtree(other)
        paths = sorted(
            path for path in here.keys() | anew.keys() if here.get(path) != anew.get(path)
        )
        ids = [one for paper in self.papers() for one in (paper.id, *paper.aliases)]
        lost = [one for one in ids if not (site / "papers" / slug(one) / "index.html").exists()]
        return [
            *(f"{path} is not as a first build has it" for path in paths),
            *(f"{one} has no page" for one in lost),
        ]

    def _digest(self, *words: str) -> None:
        done = CliRunner().invoke(cli, [*words, "--root", str(self.root)])
        self.steps.append(f"digest {' '.join(words)}: {done.exit_code}")
        if (
            done.exception
            and not isinstance(done.exception, SystemExit)
            and not hasattr(done.exception, "problem")
        ):
            raise done.exception

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.steps.append(f"write {name}: {text!r}")

    def _drop(self, folder: str) -> Path | None:
        """Delete a file of a folder and return it; ``None`` where there is none."""
        paths = sorted((self.root / folder).glob("*.*"))
        if not paths:
            return None
        path = self.chance.choice(paths)
        path.unlink()
        self.steps.append(f"delete {path.relative_to(self.root)}")
        return path

    def _some_id(self) -> str:
        paper = self.chance.choice(self.papers())
        return self.chance.choice((paper.id, *paper.aliases))

    def _ingest(self) -> None:
        source, path = self.chance.choice(self._sources)
        self._digest("ingest", source, str(path))

    def _decide(self) -> None:
        fix = self.chance.choice(_FIXES)
        forms: tuple[tuple[str, ...], ...] = (
            ("hide",), ("hide", "--undo"), ("pin",), ("pin", "--undo"), ("retag", "--undo"),
            ("retag", *self.chance.sample(_TOPICS, 2)), ("fix", fix), ("fix", "--forget", fix.split("=")[0].split(".")[0]),
        )  # fmt: skip
        name, *rest = self.chance.choice(forms)
        self._digest(name, self._some_id(), *rest)

    def _unite(self) -> None:
        one, two = self._some_id(), self._some_id()
        if one != two:
            self._digest(self.chance.choice(("same", "same", "different")), one, two)

    def _unmerge(self) -> None:
        if united := [paper for paper in self.papers() if paper.aliases]:
            paper = self.chance.choice(united)
            self._digest("unmerge", paper.id, self.chance.choice(paper.aliases))

    def _pick(self) -> None:
        day = f"2026-0{self.chance.randint(1, 9)}-03"
        self._digest(
            "pick", self._some_id(), "--because", "It is short.", "--by", "Ada", "--date", day
        )

    def _note(self) -> None:
        text = f"Zirconium *{self.chance.random()}*, [that](../papers/{slug(self._some_id())}.md)\n"
        self._write(f"docs/notes/{slug(self._some_id())}.md", text)

    def _list(self) -> None:
        ids = {self._some_id(): None for _ in range(3)}
        entries = "".join(f'  - paper: "{one}"\n    note: read it\n' for one in ids)
        number = self.chance.randint(0, 1)
        self._write(
            f"archive/lists/course-{number}.yml", f"title: Course\nby: Ada\npapers:\n{entries}"
        )

    def _meeting(self) -> None:
        day = f"2026-03-0{self.chance.randint(1, 9)} 17:00"
        self._write("archive/meetings/first.yml", f'date: {day}\npapers: ["{self._some_id()}"]\n')

    def _move_override(self) -> None:
        paths = sorted((self.root / "archive/overrides").glob("*.yml"))
        if paths:
            path = self.chance.choice(paths)
            path.rename(path.with_name(f"moved-{self.chance.randint(0, 99)}.yml"))
            self.steps.append(f"rename {path.name}")

    def _edit_record(self) -> None:
        paper = self.chance.choice(self.papers())
        path = Store(self.root / "archive").path(paper.id)
        lines = path.read_text("utf-8").splitlines(keepends=True)
        number = next(n for n, line in enumerate(lines) if line.startswith("title:"))
        lines[number] = f'title: "By hand {self.chance.randint(0, 9)}"\n'
        self._write(str(path.relative_to(self.root)), "".join(lines))

    def _delete(self) -> None:
        folders = ("docs/notes", "archive/lists", "archive/meetings", "archive/overrides", "record")
        folder = self.chance.choice(folders)
        if folder == "record":
            paper = self.chance.choice(self.papers())
            folder = str(Store(self.root / "archive").path(paper.id).parent.relative_to(self.root))
        self._drop(folder)

    def _settings(self) -> None:
        text = (self.root / "archive.yml").read_text("utf-8")
        now, other = ("1", "2") if "author_pages: 1" in text else ("2", "1")
        (self.root / "archive.yml").write_text(
            text.replace(f"author_pages: {now}", f"author_pages: {other}"), "utf-8"
        )
        self.steps.append(f"author_pages: {other}")


def _built(root: Path) -> Path:
    building = command(root, "build")
    said, _ = building.communicate()
    assert building.returncode in {0, 1}, said
    assert "Traceback" not in said, said
    return root / "site"


def _write_sources(folder: Path) -> list[tuple[str, Path]]:
    """Write files of three sources that have papers in common, some under other ids; returns them by source."""
    folder.mkdir()
    entries, records = [], []
    for number, thing in enumerate(_THINGS):
        title = f"{thing} of a made-up {_PLACES[number % 4]}"
        names, year = [_NAMES[number % 4], _NAMES[(number + 1) % 4]], 2015 + number
        ids = (
            f"eprint={{{year % 100}01.0000{number}}}, archivePrefix={{arXiv}}",
            f"doi={{10.5555/{thing}}}",
            "note={}",
        )
        entries += [
            f"@article{{k{number}, title={{{title}}}, author={{{' and '.join(names)}}}, year={{{year}}}, {one}}}\n"
            for one in ids
        ]
        authors = "".join(f"AU  - {name}\n" for name in names)
        records.append(
            f"TY  - JOUR\nTI  - {title}\n{authors}PY  - {year}\nJO  - Made-up Days\nDO  - 10.5555/{thing}\nER  - \n"
        )
    texts = [
        ("bibtex", "arxiv.bib", entries[0:24:3]),
        ("bibtex", "dois.bib", entries[7:28:3]),
        ("bibtex", "bare.bib", entries[11::3]),
        ("ris", "days.ris", records[2:]),
    ]
    for _, name, parts in texts:
        (folder / name).write_text("".join(parts), "utf-8")
    return [(source, folder / name) for source, name, _ in texts]
