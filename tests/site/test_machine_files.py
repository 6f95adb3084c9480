"""A built site as programs read it: its feeds, its sitemap, its API, and what api.md says of them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import jsonschema
import pytest
from awkward_papers import PAPERS
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from feed_rules import JSON_FEED, check_atom
from mkdocs.utils.meta import get_data
from paper_digest.render.exports.atom import STYLE_SHEET_PATH
from paper_digest.render.exports.calendar import CALENDAR_PATH
from paper_digest.render.exports.dump import DUMP_PATH
from paper_digest.store.changes import append_changes
from paper_digest.store.files import Store
from paths import ROOT, STANDARD_PAGES
from reading_archive import CHANGES, MONITORS
from site_builds import curate, fast, project_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("machine")]

URL = "https://papers.example.org/all/"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

#: Pages for readers alone: their own marks, a form, a state of today, an error, parts of an index.
UNLISTED = r"starred/|new/|search/|status/|404\.html|authors/a-z/./|.*-page-\d+/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site that has an address and every kind of list."""
    project = project_of(tmp_path_factory.mktemp("machine") / "project", "1[67]*/*.md")
    Store(project / "archive").write(PAPERS)
    curate(project)
    append_changes(project / "archive", CHANGES)
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write(MONITORS)
    return fast(project)


@pytest.fixture(scope="module")
def heads(site: Path) -> dict[str, BeautifulSoup]:
    """Return the head of every page, by its path below the site's root."""
    pages = sorted(site.rglob("*.html"))
    found = {str(path.relative_to(site)).removesuffix("index.html"): path for path in pages}
    return {
        where: BeautifulSoup(path.read_text("utf-8").partition("</head>")[0], "html.parser")
        for where, path in found.items()
    }


#: Folders of feeds that are Atom alone.
SHORT_FEEDS = {"authors", "organisations"}


def feeds_of(where: str, head: BeautifulSoup, kind: str) -> list[str]:
    links = head.find_all("link", rel="alternate", type=kind)
    return [urljoin(URL + where, str(link["href"])).removeprefix(URL) for link in links]


def test_every_feed_is_valid(site: Path) -> None:
    found = sorted((site / "feeds").rglob("*.atom"))
    assert {path.parent.name for path in found} >= {
        "topics",
        "authors",
        "organisations",
        "trending",
    }
    for path in found:
        check_atom(path.read_bytes())
        assert not feedparser.parse(path.read_bytes()).bozo, path
        if path.parent.name in SHORT_FEEDS:
            assert not path.with_suffix(".json").exists()
        else:
            jsonschema.validate(json.loads(path.with_suffix(".json").read_bytes()), JSON_FEED)


def test_every_list_leads_to_its_feed_and_back(site: Path, heads: dict[str, BeautifulSoup]) -> None:
    unnamed = {path.relative_to(site).as_posix() for path in (site / "feeds").rglob("*.*")}
    for where, head in heads.items():
        archive, *own = feeds_of(where, head, "application/atom+xml")
        assert archive == "feeds/all.atom"
        in_json = feeds_of(where, head, "application/feed+json")
        a_paper = head.find("meta", property="og:type", content="article")
        long = [path for path in own if path.split("/")[1] not in SHORT_FEEDS]
        both = () if a_paper else (archive, *long)
        assert in_json == [path.replace(".atom", ".json") for path in both]
        if re.fullmatch(r"(topics|authors|organisations)/[^/]+/", where) and "-page-" not in where:
            if not own:  # No feed is empty.
                assert "0 papers" in (site / where / "index.html").read_text("utf-8")
                continue
            assert own == [f"feeds/{where.rstrip('/')}.atom"]
            assert feedparser.parse((site / own[0]).read_bytes()).feed.link == URL + where
        unnamed -= {*own, *in_json, archive}
    assert unnamed == {STYLE_SHEET_PATH, CALENDAR_PATH}, "a feed that no page names"


def test_the_sitemap_has_every_page_that_is_for_everybody(
    site: Path, heads: dict[str, BeautifulSoup]
) -> None:
    index = fromstring((site / "sitemap.xml").read_bytes())
    maps = [(x.findtext(f"{MAPS}loc") or "").removeprefix(URL) for x in index]
    places = [x for path in maps for x in fromstring((site / path).read_bytes())]
    listed = [(x.findtext(f"{MAPS}loc") or "").removeprefix(URL) for x in places]
    assert len(set(listed)) == len(listed)
    forwarding = {where for where, head in heads.items() if head.find("meta", {"name": "robots"})}
    wanted = {where for where in heads if not re.fullmatch(UNLISTED, where)} - forwarding
    # A topic without papers has a page that says so; nobody need find it.
    empty = {where for where in wanted if where.startswith("topics/")} - set(listed)
    assert all("0 papers" in (site / where / "index.html").read_text("utf-8") for where in empty)
    assert set(listed) == wanted - empty
    dates = {x.findtext(f"{MAPS}loc"): x.findtext(f"{MAPS}lastmod") for x in places}
    assert dates[f"{URL}authors/ada-weaver/"] == "2026-03-05"
    assert dates[f"{URL}papers/2603.00001/"] == "2026-03-05"
    assert dates[f"{URL}about/"] is None, "nobody told a page's own date"


#: A large topic's years: no small site has them, tests of exports do.
LARGE = "api/topics/<name>/<year>.json"


def documented() -> dict[str, str]:
    """Read from api.md every path and the schema it names, or ""."""
    rows = re.findall(
        r"^\| `([^`]+)` \|(.*)\|$", (STANDARD_PAGES / "api.md").read_text("utf-8"), re.MULTILINE
    )
    found = {path: re.search(r"\| `(\w+)` $", rest) for path, rest in rows}
    said = {path: schema[1] if schema else "" for path, schema in found.items()}
    twins = ((".atom", ".json"), (".bib", ".json"), (".bib", ".ris"))
    beside = {
        path.removesuffix(end) + twin: ""
        for path in said
        for end, twin in twins
        if path.endswith(end)
        and path.split("/")[1] not in SHORT_FEEDS
        and not path.startswith("papers/")
    }
    return said | beside


def pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<\w+>", "[^/]+", re.escape(path)))


def test_every_documented_path_is_there_and_every_file_is_documented(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    known = documented()
    missing = {p for p in known if not any(pattern(p).fullmatch(name) for name in files)}
    assert missing == {LARGE}
    machine = re.compile(r"(api|feeds|exports|papers|sitemaps)/.*|[^/]+\.(xml|txt)")
    untold = {
        name
        for name in files
        if machine.fullmatch(name)
        and name != "api/index.html"
        and not any(pattern(p).fullmatch(name) for p in known)
    }
    assert untold == set()


def test_every_file_follows_the_schema_it_is_documented_with(site: Path) -> None:
    schema = json.loads((site / "api/schema.json").read_bytes())
    for path, name in documented().items():
        for file in site.glob(re.sub(r"<\w+>", "*", path)) if name else ():
            data = file.read_bytes()
            lines = gzip.decompress(data).splitlines() if file.suffix == ".gz" else [data]
            for record in map(json.loads, lines):
                small = "Moved" if "moved_to" in record else "Gone" if "gone" in record else ""
                kind = small if small and name == "Record" else name
                jsonschema.validate(record, {"$defs": schema["$defs"], "$ref": f"#/$defs/{kind}"})


def test_the_index_names_the_documented_paths(site: Path) -> None:
    index = json.loads((site / "api/index.json").read_bytes())
    known = {re.sub(r"<\w+>", "<>", path) for path in documented()}
    for path in index["paths"].values():
        ends = re.search(r"\{([\w.,]+,[\w.,]+)\}$", path)
        for end in ends[1].split(",") if ends else ("",):
            stem = path[: ends.start()] + end if ends else path
            assert re.sub(r"\{\w+\}", "<>", stem) in known


def test_the_index_names_the_path_of_every_file(site: Path) -> None:
    """Its schema says so: a program that begins there finds all that the archive has for it."""
    index = json.loads((site / "api/index.json").read_bytes())
    known = [
        re.sub(r"\\{([\w.,\\]+)\\}", _one_of, re.escape(path)) for path in index["paths"].values()
    ]
    files = {
        path.relative_to(site).as_posix()
        for folder in ("api", "exports", "feeds", "llms-full", "papers")
        for path in (site / folder).rglob("*")
        if path.is_file() and path.suffix not in {".html", ".css"}
    }
    unnamed = {one for one in files if not any(re.fullmatch(path, one) for path in known)}
    assert unnamed == {"api/index.json"}


def _one_of(match: re.Match[str]) -> str:
    """Turn what a path has in braces into a pattern: one of several endings, or any name."""
    return f"({match[1].replace(',', '|')})" if "," in match[1] else "[^/]+"


def test_the_markdown_beside_a_page_says_the_same_without_its_dress(site: Path) -> None:
    for path in (site / "papers").glob("*.md"):
        text = path.read_text("utf-8")
        assert not re.search(r"\{: |</?(div|details|summary)\b|^ +$", text, re.MULTILINE), path
        _, front = get_data(text)
        assert front.keys() >= {"title"}
        assert not front.keys() & {"cite", "kind", "hide", "search", "description"}
        for link in re.findall(r"\]\(([^):]+)\)", text):
            target = site / "papers" / link.partition("#")[0]
            assert (target / "index.html" if link.endswith("/") else target).is_file(), (path, link)
    plain = (site / "papers/2603.00001.md").read_text("utf-8")
    assert "# Looms that count" in plain
    assert "We teach a loom to count its threads" in plain
    assert "Related papers" not in plain
    assert "@misc" not in plain
    crowd = (site / "papers/2603.00005.md").read_text("utf-8")
    assert "Member 2999 of the Collaboration" in crowd


def test_a_collaborations_page_is_no_heavier_than_its_names(site: Path) -> None:
    page = (site / "papers/2603.00005/index.html").read_text("utf-8")
    assert page.count("Member 2999 of the Collaboration") == 1
    names = sum(len(f"Member {n} of the Collaboration, ") for n in range(3000))
    assert len(page) < 2 * names
    record = json.loads((site / "api/papers/2603.00005.json").read_bytes())
    assert len(record["citation"]["author"]) == len(record["authors"]) == 3000
    assert (site / "exports/months/2026-03.bib").read_text("utf-8").count("Member 2999 ") == 1


def test_no_page_carries_the_indent_of_the_templates(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        frame = text[: text.index("<article")] + text[text.index("</article>") :]
        assert not re.search(r"\n[ \t]", frame), path


def test_every_page_leads_to_the_documentation(site: Path) -> None:
    home = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    assert home.select_one("footer a[href='api/']")
    in_header = {a["href"] for a in home.select(".pd-nav a")}
    assert not in_header & {a["href"] for a in home.select("footer a")}
    index = json.loads((site / "api/index.json").read_bytes())
    assert index["documentation"] == f"{URL}api/"


def test_what_the_manual_says_of_fair_pages_is_so(
    site: Path, heads: dict[str, BeautifulSoup]
) -> None:
    where, head = next(
        (where, head)
        for where, head in heads.items()
        if where.startswith("papers/") and head.find("link", rel="item")
    )

    def linked(relation: str) -> list[str]:
        found = head.find_all("link", rel=relation)
        return [urljoin(URL + where, str(link["href"])) for link in found]

    def meta(name: str) -> bool:
        return head.find("meta", attrs={"name": name}) is not None

    script = head.find("script", type="application/ld+json")
    assert script is not None
    data = json.loads(script.string or "")
    described = linked("describedby")
    of_site = [address.removeprefix(URL) for address in described]
    sitemaps = "".join(path.read_text() for path in site.rglob("sitemap*.xml"))
    sitemaps += "".join(path.read_text() for path in (site / "sitemaps").glob("*.xml"))
    with gzip.open(site / DUMP_PATH) as dump:
        first = json.loads(dump.readline())
    met = {
        "F1": linked("canonical") == [URL + where] and bool(linked("cite-as")),
        "F2": meta("citation_title")
        and meta("citation_author")
        and "ScholarlyArticle" in str(data),
        "F3": bool(linked("item")),
        "F4": f"{URL}{where}</loc>" in sitemaps and bool(described),
        "I1": bool(data.get("@context")) and (site / "api/schema.json").is_file(),
        "I3": bool(data.get("author")) and bool(linked("item")),
        "R1.2": all(claim["source"] for claim in first["claims"]),
        "R1.3": {Path(path).suffix for path in of_site} >= {".bib", ".json"}
        and all((site / path).is_file() for path in of_site),
    }
    manual = (ROOT / "docs/manual/how-to.md").read_text("utf-8")
    stated = re.findall(r"^\| ([FAIR][\d.]+): [^|]*\| yes\b", manual, re.MULTILINE)
    assert met == dict.fromkeys(stated, True)
