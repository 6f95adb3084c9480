"""What programs are answered, from files that are sound, hostile, cut or absent."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_server import Server, hang_up, send
from paper_digest.deliver.agents import answers
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import FolderFiles, NoSuchFileError, WebFiles
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.model.errors import DigestError
from paper_digest.search.index_reader import MAX_PAPERS
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES
from search_documents import PAPERS
from search_site import write_site

SLUG = "2511.00001"
INDEX = {"title": "A", "url": "", "papers": 1, "topics": [], "dates": {"2025-11-03": 1}}
RECORD = {"id": f"arxiv:{SLUG}", "title": "Weaving", "related": [SLUG], "citation": {"id": "k"}}
#: Small limits, so that a hostile server costs a test no time.
HASTY = Politeness(
    interval_s=0, timeout_s=2, answer_timeout_s=3, max_tries=1, address_timeout_s=3, max_bytes=100_000
)  # fmt: skip


class FilesInMemory:
    """A site of these files."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def read(self, path: str) -> bytes:
        """Return a file's content."""
        if path not in self._files:
            raise NoSuchFileError(path, "is not on the site")
        return self._files[path]

    def of_volume(self, name: str, url: str) -> FilesInMemory:
        """Say that there is none."""
        raise NoSuchFileError(name, url)


def _archive(**files: Any) -> PublishedArchive:  # noqa: ANN401 - any JSON
    named = {f"api/papers/{SLUG}.json": RECORD, "api/index.json": INDEX}
    named |= {path.replace("__", "/"): value for path, value in files.items()}
    encoded = {p: v if isinstance(v, bytes) else json.dumps(v).encode() for p, v in named.items()}
    return PublishedArchive(FilesInMemory(encoded))


def _record(**fields: Any) -> PublishedArchive:  # noqa: ANN401 - any JSON
    return PublishedArchive(
        FilesInMemory({f"api/papers/{SLUG}.json": json.dumps(RECORD | fields).encode()})
    )


@pytest.mark.parametrize(
    "name",
    [
        SLUG,
        f"{SLUG}v3",
        f"arxiv:{SLUG}",
        f"https://arxiv.org/abs/{SLUG}v2",
        f"https://x.example/all/papers/{SLUG}/",
        f"https://x.example/papers/{SLUG}.md#abstract",
    ],
)
def test_a_paper_has_many_names(name: str) -> None:
    assert _archive().record(name)[0] == SLUG


@given(st.text(max_size=60))
def test_no_name_leads_out_of_the_folder_of_papers(name: str) -> None:
    read: list[str] = []

    class Watched(FilesInMemory):
        def read(self, path: str) -> bytes:
            read.append(path)
            return super().read(path)

    with pytest.raises(DigestError):
        PublishedArchive(Watched({})).record(f"{name}/../..")
    with pytest.raises(DigestError):
        PublishedArchive(Watched({})).record(name)
    inside = ("api/papers/", "assets/search/")
    # "0..json" is a name like any other: what leads out is a part of two dots alone.
    assert [p for p in read if not p.startswith(inside) or ".." in p.split("/")] == []


def test_a_former_id_leads_to_the_present_one_and_a_circle_ends() -> None:
    moved = {"id": "arxiv:2510.00001", "moved_to": f"arxiv:{SLUG}", "url": ""}
    archive = _archive(**{"api/papers/2510.00001.json": moved})
    assert archive.record("2510.00001")[0] == SLUG
    with pytest.raises(NoSuchFileError):
        _record(moved_to=f"arxiv:{SLUG}").record(SLUG)
    with pytest.raises(NoSuchFileError, match="taken out"):
        _record(gone="removed").record(SLUG)


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b'{"id": 3}', b"[]", b"<html>", b"\xff\xfe", b'{"authors": ["a"]}', b'{"related": {}}'],
)  # fmt: skip
def test_a_damaged_record_is_an_error_that_names_it(damaged: bytes) -> None:
    archive = PublishedArchive(FilesInMemory({f"api/papers/{SLUG}.json": damaged}))
    with pytest.raises(DigestError, match=rf"api/papers/{SLUG}\.json: cannot be read"):
        answers.get_paper(archive, SLUG)


def _packed(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


_ROOT: dict[str, Any] = {
    "format": 0, "documents": MAX_PAPERS + 1, "chunk": 0, "group": 1, "head": 1, "years": [], "shards": "",
    "rests": [], "beginnings": "", "ends": "", "names": {},
}  # fmt: skip


@pytest.mark.parametrize(
    "root",
    [
        b"",
        b"not deflated",
        _packed(b"{}")[:-1],
        _packed(json.dumps(_ROOT).encode()),
        _packed(b"0" * 70 * 2**20),
    ],
    ids=["empty", "noise", "cut", "absurd", "huge"],
)
def test_a_hostile_index_is_an_error_that_names_it(root: bytes) -> None:
    archive = _archive(**{"assets/search/root.bin": root})
    with pytest.raises(DigestError, match=r"root\.bin"):
        answers.search(archive, "weaving")


@pytest.mark.parametrize(
    "fields",
    [
        {"abstract": "布" * 200_000},
        {"abstract": "\x00" * 100_000, "title": '"' * 100_000},
        {"authors": [{"name": "é" * 5_000}] * 3_000},
        {"links": [{"kind": "other", "url": "x" * 5_000}] * 500},
        {"venue": "v" * 50_000, "doi": "d" * 50_000, "topics": ["t" * 5_000] * 50},
        {"digest": {"text": '"' * 50_000}, "citation": {"id": "k" * 50_000}},
    ],
)
def test_no_answer_about_a_paper_is_too_long(fields: dict[str, Any]) -> None:
    archive = _record(**fields)
    text, first = "", 0
    while True:
        answer = answers.get_paper(archive, SLUG, first)
        assert len(msgspec.json.encode(answer)) <= MAX_ANSWER_BYTES
        text += answer["abstract"]
        if "next" not in answer:
            break
        first = answer["next"]
    assert text == fields.get("abstract", "")


def test_what_qualifies_a_fact_is_said_with_it() -> None:
    """A model's digest and a year that was worked out read as the paper's own; an expression of concern was left out."""
    digest, person = (
        {"text": "It floats.", "by": "Qwen", "model": True},
        {"text": "It floats.", "by": "Ada"},
    )
    notices = [
        {"kind": "expression of concern", "date": "2026-01-02", "url": "https://x.example/n"}
    ]
    answer = answers.get_paper(_record(digest=digest, inferred=True, notices=notices), SLUG)
    assert answer["digest_by"] == "Qwen (model)"
    assert answer["published_year_is_inferred"]
    assert answer["notices"] == notices
    plain = answers.get_paper(_record(digest=person), SLUG)
    assert plain["digest_by"] == "Ada"
    assert not plain.keys() & {"published_year_is_inferred", "notices"}


def test_long_lists_come_in_pages_that_have_all() -> None:
    rows = [{"slug": f"2511.{n:05}", "title": "布" * 500, "date": "2025-11-03"} for n in range(300)]
    archive = _archive(**{"api/dates/2025-11-03.json": {"date": "2025-11-03", "papers": rows}})
    found, first = [], 0
    while True:
        answer = answers.list_papers(archive, day="2025-11-03", first=first)
        assert len(msgspec.json.encode(answer)) <= MAX_ANSWER_BYTES
        found += [row["paper"] for row in answer["papers"]]
        if "next" not in answer:
            break
        first = answer["next"]
    assert found == [row["slug"] for row in rows]


@pytest.mark.parametrize("url", ["", "../", "../../papers/x/", "/papers/x/", "//x.example/"])
def test_an_address_is_whole_or_none(url: str) -> None:
    archive = _archive(**{"api__index.json": INDEX | {"url": url}})
    assert answers.about(archive)["url"] == ""
    assert "url" not in answers.get_paper(_record(url=url), SLUG)
    whole = "https://x.example/papers/"
    archive = _archive(**{"api__index.json": INDEX | {"url": whole}})
    assert answers.about(archive)["url"] == whole
    assert answers.get_paper(_record(url=whole), SLUG)["url"] == whole


@pytest.mark.parametrize(("newest", "last"), [("", "2027-03-01"), ("2026-11-30", "2026-11-30")])
def test_the_last_day_is_one_that_has_come(newest: str, last: str) -> None:
    dates = {"2026-11-30": 4, "2027-03-01": 1}
    archive = _archive(**{"api__index.json": INDEX | {"dates": dates, "newest_day": newest}})
    assert answers.about(archive)["last_day"] == last


def test_a_filter_that_no_paper_meets_is_named_with_the_nearest(tmp_path: Path) -> None:
    write_site(tmp_path / "assets/search", PAPERS, lookup="Lookup and memory", sound="Sound")
    (tmp_path / "api").mkdir()
    (tmp_path / "api/index.json").write_text(json.dumps(INDEX), encoding="utf-8")
    archive = PublishedArchive(FolderFiles(tmp_path))
    near = answers.search(archive, "flamingo topic:soudn")
    assert (near["total"], near["in_no_paper"]) == (0, ["topic:soudn"])
    assert near["did_you_mean"] == {"topic:soudn": "topic:sound"}
    far = answers.search(archive, "flamingo topic:nope year:1850")
    assert far["in_no_paper"] == ["topic:nope", "year:1850"]
    assert "did_you_mean" not in far
    assert "in_no_paper" not in answers.search(archive, "flamingo topic:lookup")


def test_what_is_asked_wrongly_is_said() -> None:
    archive = _archive()
    with pytest.raises(DigestError, match="one of day, topic and author"):
        answers.list_papers(archive)
    for day in ("../index", "2025-2-3", "2025-02-30", "2025-13-01", "2025-11-03T00:00", "20251103"):
        with pytest.raises(DigestError, match="is no day"):
            answers.list_papers(archive, day=day)
        with pytest.raises(DigestError, match="is no day"):
            answers.new_since(archive, day)
    for name in ('"', '" "', "  "):
        with pytest.raises(DigestError, match="is no name"):
            answers.list_papers(archive, author=name)
    with pytest.raises(DigestError, match="is no topic"):
        answers.list_papers(archive, topic="nothing")
    assert answers.list_papers(archive, day="2024-01-01") == {"day": "2024-01-01", "papers": []}


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that answers as it is told."""
    running = Server()
    yield running
    running.stop()


def test_a_site_that_answers_badly_gives_an_error_and_is_asked_again(
    server: Server, tmp_path: Path
) -> None:
    path = "/all/api/index.json"
    server.replies[path] = [
        send(b"x" * 200_000),
        send(b"", status=503),
        hang_up,
        send(b'{"title": "cut"', length=9_000),
        send(b"", status=404),
        send(b"<html>login</html>"),
        send(json.dumps(INDEX).encode()),
    ]
    with WebFiles(f"{server.base}/all/index.html?x#y", tmp_path, HASTY) as files:
        archive = PublishedArchive(files)
        for what in (
            "MB|bytes",
            "503",
            "no answer",
            "no answer",
            "not on the site",
            "cannot be read",
        ):
            with pytest.raises(DigestError, match=what):
                archive.index()
        assert archive.index().papers == 1


@pytest.mark.parametrize("address", ["", "ftp://x.example/", "file:///etc/passwd", "https://"])
def test_only_addresses_of_the_web_are_taken(address: str, tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="is no web address"):
        WebFiles(address, tmp_path)


def test_a_folder_without_a_site_is_named_and_nothing_outside_is_read(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="holds no built site"):
        FolderFiles(tmp_path)
    (tmp_path / "site" / "api").mkdir(parents=True)
    (tmp_path / "site" / "api" / "index.json").write_text("{}")
    (tmp_path / "secret").write_text("x")
    with pytest.raises(NoSuchFileError):
        FolderFiles(tmp_path / "site").read("../secret")
