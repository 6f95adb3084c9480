"""``archive.yml``: what is wrong in it is told with its line and the cure, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from paper_digest.cli.new_archive import Answers, archive_files
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.model.errors import ConfigError
from paper_digest.settings.config import NUMBER_BOUNDS, Config, load_config
from paper_digest.settings.services import Analytics, Comments, Mail
from paper_digest.settings.summaries import Summaries
from paper_digest.settings.taxonomy import default_topics
from paper_digest.settings.volume_urls import current_path, volume_path
from paths import SAMPLE

#: Every setting, those inside others by their path, each with a value that is right.
RIGHT: dict[str, object] = {
    "title": "A",
    "description": "All we read.",
    "url": "https://a.example/",
    "repository": "https://git.example/a/b",
    "contact": "a@example.org",
    "search": "sharded",
    "page_size": 10,
    "author_pages": 0,
    "author_names": {"Ana Munoz": "Ana Muñoz"},
    "organisation_names": {"Loom Lab": "Loom Laboratory"},
    "export_abstracts": True,
    "offline": True,
    "max_gap": 0,
    "budget": 0,
    "follow": [{"source": "arxiv", "categories": ["cs.CL"]}],
    "topics": "none",
    "monitors": [{"name": "kettles", "query": "kettle -tea", "title": "Kettles"}],
    "summaries": {"url": "http://localhost:11434/v1", "model": "m"},
    "summaries.url": "https://api.example.org/v1",
    "summaries.model": "llama3.1:8b",
    "summaries.language": "Portuguese",
    "summaries.labels": ["a", "b", "c", "d"],
    "summaries.max_papers": 1,
    "summaries.max_tokens": 1000,
    "summaries.max_cost": 0,
    "summaries.input_price": 0.15,
    "summaries.output_price": 1,
    "summaries.timeout": 1,
    "summaries.options": {"max_tokens": None, "seed": 1},
    "mail": {"from": "a@example.org", "host": "smtp.example.org"},
    "mail.from": "A <a@example.org>",
    "mail.to": ["b@example.org"],
    "mail.host": "smtp.example.org",
    "mail.port": 25,
    "mail.tls": "implicit",
    "mail.user": "a",
    "mail.unsubscribe": "https://a.example/{email}",
    "mail.limit": 1,
    "mail.period": "week",
    "mail.meeting_days": 14,
    "subscribe": "buttondown:a",
    "comments": {"repo": "a/b", "repo_id": "1", "category": "c", "category_id": "2"},
    "comments.repo": "c/d",
    "comments.repo_id": "R_x",
    "comments.category": "Papers",
    "comments.category_id": "D_x",
    "analytics": {"provider": "plausible", "id": "a.example"},
    "analytics.provider": "umami",
    "analytics.id": "a",
    "analytics.script": "https://a.example/x.js",
    "corrections": "https://a.example/corrections",
    "curators": ["ada-weaver"],
    "timezone": "Europe/Berlin",
    "language": "ar",
    "watch": 30,
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    "content_signals": {"search": True, "ai-train": False},
    "webmcp": "AbC+/=",
    "csp": {"img-src": ["https://pictures.example"]},
    "volumes_url": "https://papers.example/{volume}/",
    "volume": "2024",
    "current_site": "../",
}

#: Types no setting has, and numbers no setting can be.
NEVER: tuple[object, ...] = (-1, -(10**30), 10**30, 0.5, float("nan"), True, None, b"bytes", [[1]])

#: What a text may not be, and is accepted nowhere but where any text is.
HARMFUL = ("\x1b[31m", "a\u202eb", "x" * 10_000, "é\nBcc: b@example.org", "javascript:alert(1)")

FREE_TEXTS = {
    "title",
    "description",
    "mail.user",
    "summaries.model",
    "summaries.language",
    "comments.category",
}


def settings_with(path: str, value: object) -> dict[str, Any]:
    """Return valid settings but for one, which has another value."""
    settings: dict[str, Any] = {"title": "A", "topics": "none"}
    outer, _, inner = path.partition(".")
    if inner:
        settings[outer] = {**RIGHT[outer], inner: value}  # type: ignore[dict-item]
    else:
        settings[outer] = value
    return settings


def load(place: Path, settings: object) -> Config:
    text = settings if isinstance(settings, str) else yaml.safe_dump(settings, sort_keys=False)
    (place / "archive.yml").write_text(text, "utf-8")
    return load_config(place)


def test_the_table_of_these_tests_is_complete() -> None:
    inner: dict[str, type[msgspec.Struct]]
    inner = {"summaries": Summaries, "mail": Mail, "comments": Comments, "analytics": Analytics}
    names = {field.encode_name for field in msgspec.structs.fields(Config)}
    for outer, kind in inner.items():
        names |= {f"{outer}.{field.encode_name}" for field in msgspec.structs.fields(kind)}
    assert names == RIGHT.keys()
    numbers = {f.name for f in msgspec.structs.fields(Config) if type(f.default) is int}
    assert NUMBER_BOUNDS.keys() == {*numbers, "author_pages"}


@pytest.mark.parametrize("path", RIGHT)
def test_what_is_right_is_taken(tmp_path: Path, path: str) -> None:
    settings = settings_with(path, RIGHT[path])
    if path == "volumes_url":  # it is compared with where the site is
        settings["url"] = "https://papers.example/"
    config = load(tmp_path, settings)
    assert msgspec.json.encode(config, order="sorted")


@pytest.mark.parametrize("wrong", ["https://papers.example/2024/", "https://papers.example/{volume}", "https://other.example/{volume}/", "papers/{volume}/", "https://papers.example/?v={volume}/"])  # fmt: skip
def test_volumes_lie_on_the_host_of_the_site(tmp_path: Path, wrong: str) -> None:
    settings = {"title": "A", "url": "https://papers.example/now/", "volumes_url": wrong}
    with pytest.raises(ConfigError, match=r"archive\.yml:\d+: volumes_url"):
        load(tmp_path, settings)
    right = load(tmp_path, settings | {"volumes_url": "https://papers.example/{volume}/"})
    assert volume_path("2024", right) == "../2024/"
    assert current_path("2024", right) == "../now/"
    inside = load(tmp_path, {"title": "A", "url": "https://papers.example/now/"})
    assert (volume_path("2024", inside), current_path("2024", inside)) == ("2024/", "../")


@pytest.mark.parametrize("path", RIGHT)
@pytest.mark.parametrize("value", NEVER, ids=repr)
def test_what_can_be_no_setting_is_told_with_its_line(
    tmp_path: Path, path: str, value: object
) -> None:
    settings = settings_with(path, value)
    if value is None and path in {"summaries", "mail", "comments", "analytics"}:
        assert load(tmp_path, settings) == Config("A")
        return
    if value == 0.5 and path.endswith("_price"):  # the one number here that a price can be
        assert load(tmp_path, settings).summaries
        return
    if value is True and path in {"export_abstracts", "offline", "webmcp"}:
        assert getattr(load(tmp_path, settings), path)
        return
    with pytest.raises(ConfigError) as fault:
        load(tmp_path, settings)
    lines = (tmp_path / "archive.yml").read_text("utf-8").splitlines()
    place, line = fault.value.where.rsplit(":", 1)
    assert place == str(tmp_path / "archive.yml")
    assert fault.value.cure
    named = path.rpartition(".")[2]
    assert lines[int(line) - 1].lstrip(" -").startswith((named, "1"))
    assert named in str(fault.value)


@pytest.mark.parametrize("path", RIGHT)
@pytest.mark.parametrize("text", ["", " ", *HARMFUL], ids=lambda text: repr(text)[:20])
def test_a_text_is_taken_where_it_does_no_harm(tmp_path: Path, path: str, text: str) -> None:
    try:
        config = load(tmp_path, settings_with(path, text))
    except ConfigError as fault:
        assert fault.cure  # noqa: PT017 - most settings refuse most texts, and none may crash
        return
    assert not text.strip() or path in FREE_TEXTS
    Politeness(contact=config.contact, site=config.url).user_agent.encode("ascii")


@pytest.mark.parametrize("name", NUMBER_BOUNDS)
def test_a_number_has_bounds(tmp_path: Path, name: str) -> None:
    least, greatest = NUMBER_BOUNDS[name]
    for value in (least, greatest):
        assert getattr(load(tmp_path, settings_with(name, value)), name) == value
    for value in (least - 1, greatest + 1):
        with pytest.raises(ConfigError, match=rf"archive.yml:\d: {name} is not between"):
            load(tmp_path, settings_with(name, value))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("title: A\ntopcs: []\n", 2, "unknown key topcs; did you mean topics?"),
        ("title: A\nmail: {from: a@b.example, hots: b}\n", 2, "hots; did you mean host?"),
        ("title: A\ntopics:\n  - name: a\n    titel: b\n", 4, "unknown key titel"),
        ("title: A\nurl: https://a.example/b\n", 2, "write https://a.example/b/"),
        ("title: A\nurl: https://a.example/?b=/\n", 2, "has a query"),
        ("title: A\nurl: https://é.example/\n", 2, "beyond ASCII"),
        ("title: A\nurl: http://localhost<script>/\n", 2, "no web address"),
        ("title: A\npage_size: 5\n", 2, "page_size is not between 10 and 500"),
        ("title: A\nfollow:\n  - categories: [cs.CL]\n", 3, "add source: NAME"),
        ("title: A\nfollow:\n  - {source: arxiv, 5: x}\n", 3, "follow[0] has the name 5"),
        ("title: A\nfollow: &a [{source: x, y: *a}]\n", 2, "stands inside itself"),
        ("title: A\ndescription: b: c\n", 2, "is not YAML"),
        ("title: 2024\n", 1, "put it in quotes"),
        ("title: ' '\n", 1, "title is empty"),
        ("title: A\nfollow: []\ntitle: B\n", 3, "title stands here and on line 1"),
        ("- title: A\n", 1, "holds no settings"),
        ("", 1, "holds no settings"),
    ],
)
def test_a_fault_is_told_with_line_and_cure(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(ConfigError) as fault:
        load(tmp_path, text)
    assert f"archive.yml:{line}: " in str(fault.value)
    assert told in str(fault.value)


def test_a_title_is_enough(tmp_path: Path) -> None:
    config = load(tmp_path, "title: A\n")
    assert config == msgspec.structs.replace(Config("A"), topics=config.topics)
    assert len(config.topics) == len(default_topics().value)


def test_a_folder_without_settings_is_told_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest new"):
        load_config(tmp_path)
    (tmp_path / "archive.yaml").write_text("title: A\n")
    with pytest.raises(ConfigError, match=r"rename archive\.yaml"):
        load_config(tmp_path)


def of_the_repository() -> str:
    return (SAMPLE / "archive.yml").read_text("utf-8")


def of_a_new_archive() -> str:
    return archive_files(Answers())["archive.yml"].decode()


@pytest.mark.parametrize("settings", [of_the_repository, of_a_new_archive])
def test_each_setting_of_the_sample_can_be_switched_on(
    tmp_path: Path, settings: Callable[[], str]
) -> None:
    """As it stands, with any of its commented settings, and with all, it is valid."""
    sample = settings()
    assert len(sample.splitlines()) < 35
    commented = re.findall(r"(?m)^#[a-z].*\n(?:#  .*\n)*", sample)
    assert len(commented) >= 4
    everything = sample
    load(tmp_path, sample)
    for block in commented:
        uncommented = re.sub("(?m)^#", "", block)
        alone = load(tmp_path, sample.replace(block, uncommented))
        name = uncommented.partition(":")[0]
        assert getattr(alone, name) != getattr(Config("A"), name)
        everything = everything.replace(block, uncommented)
    load(tmp_path, everything)


def test_a_new_archive_has_the_settings_of_the_sample() -> None:
    name = re.compile(r"(title|description|contact|topics):.*\n(?:  .*\n)*")
    watched = of_the_repository().replace("\n#watch:", "\nwatch:")
    assert name.sub("", watched) == name.sub("", of_a_new_archive())


#: Joined names that are plain, and that lead on from a name that leads on.
JOINED: tuple[dict[str, str], ...] = (
    {"A. B": "Ada B"},
    {"A": "C", "B": "C"},
    {"A": "C", "C": "C"},
    {"A": "A"},
    {},
)
LEADING_ON = (
    {"A": "B", "B": "C"},
    {"A": "B", "B": "A"},
    {"Z": "Y", "A": "B", "C": "D", "D": "A"},
    {"A": "Mun\u0303oz", "Mu\u00f1oz": "C"},
)


@pytest.mark.parametrize("setting", ["author_names", "organisation_names"])
def test_a_spelling_leads_to_the_name_that_is_shown(tmp_path: Path, setting: str) -> None:
    for names in JOINED:
        assert getattr(load(tmp_path, {"title": "A", setting: names}), setting) == names
    for names in LEADING_ON:
        with pytest.raises(
            ConfigError, match=f"archive.yml:2: {setting} leads '.*' to '.*', and that to"
        ):
            load(tmp_path, {"title": "A", setting: names})


@pytest.mark.parametrize("setting", ["author_names", "organisation_names"])
@pytest.mark.parametrize("name", ["", " ", "Ada  Doe", " Ada Doe", "Ada Doe ", "Ada\nDoe"])
def test_a_spelling_leads_to_no_name_that_cannot_be_shown(
    tmp_path: Path, setting: str, name: str
) -> None:
    with pytest.raises(ConfigError, match=f"archive.yml:2: {setting} leads 'A. Doe' to .* no name"):
        load(tmp_path, {"title": "A", setting: {"A. Doe": name}})
