"""An archive in three volumes under one address: every link leads somewhere, old ones to the volume, and one search finds all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from paper_digest.deliver.agents import answers
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import FolderFiles, WebFiles
from paper_digest.model.paper import Author, Paper
from paper_digest.store.files import Store
from playwright.sync_api import Browser, expect
from temporary_project import build_site, digest, new_project, served

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("volumes")]

HOME = "https://papers.example/"
YEARS = (2001, 2002, 2003, 2004, 2005, 2006)
FORMER = "title-00000000000000aa"


def _papers() -> Iterator[Paper]:
    """Make three papers of each year; titles name the year, and one paper had another id before."""
    for year in YEARS:
        for number in (1, 2, 3):
            yield Paper(
                id=f"arxiv:{year % 100:02}01.{number:05}",
                title=f"Weaving looms of the year {year}, part {number}",
                authors=(Author("Ada Weaver"), Author(f"Ben Spinner {year}")),
                published=f"{year}-01-0{number}",
                categories=("cs.LG",),
                abstract=f"We weave {number} looms with shuttles in {year}.",
                aliases=("title:00000000000000aa",) if (year, number) == (2001, 1) else (),
                withdrawn="Retracted: https://doi.org/10.1000/loom" if number == 3 else "",
            )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the archive, split it, and build its three sites."""
    root = new_project(tmp_path_factory.mktemp("volumes"))
    settings = (root / "archive.yml").read_text("utf-8").replace('url: ""', f"url: {HOME}")
    (root / "archive.yml").write_text(settings, "utf-8")
    Store(root / "archive").write(_papers())
    for name, year in (("2001-2002", "2002"), ("2003", "2003")):
        closed = digest(root, "volumes", "--close", name, "--until", year)
        assert closed.returncode == 0, closed.stderr
    built = digest(root, "volumes")
    assert built.returncode == 0, built.stderr
    build_site(root)
    return root


@pytest.fixture(scope="module")
def web(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the sites out as a host has them."""
    folder = tmp_path_factory.mktemp("web") / "all"
    shutil.copytree(project / "site", folder)
    for place in (project / "volumes").iterdir():
        shutil.copytree(place / "site", folder / place.name)
    return folder


def _leads_somewhere(web: Path, url: str) -> bool:
    path = web / unquote(urlsplit(url).path).lstrip("/")
    return (path / "index.html").is_file() if url.endswith("/") or path.is_dir() else path.is_file()


def test_every_internal_link_leads_somewhere_across_volumes(web: Path) -> None:
    checked = 0
    for page in web.rglob("*.html"):
        place = urljoin(HOME, page.relative_to(web).as_posix().removesuffix("index.html"))
        if page.name == "404.html":
            continue
        for found in re.findall(r'(?:href|src)="([^"#]+)|;url=([^"]+)', page.read_text("utf-8")):
            url = urljoin(place, "".join(found)).partition("#")[0].partition("?")[0]
            if url.startswith(HOME):
                checked += 1
                assert _leads_somewhere(web, url), (place, url)
    assert checked > 3000


def test_old_addresses_lead_to_the_volume_in_every_form(web: Path) -> None:
    for paper in _papers():
        name = {2001: "2001-2002", 2002: "2001-2002", 2003: "2003"}.get(int(paper.published[:4]))
        assert (web / "papers" / paper.slug / "index.html").is_file()
        if not name:
            assert "moved" not in (web / "papers" / f"{paper.slug}.md").read_text("utf-8").lower()
            continue
        former = [FORMER] if paper.aliases else []
        for slug in (paper.slug, *former):
            page = (web / "papers" / slug / "index.html").read_text("utf-8")
            assert f"url=../../{name}/papers/{paper.slug}/" in page
            moved = json.loads((web / "api" / "papers" / f"{slug}.json").read_text("utf-8"))
            assert moved["moved_to"] == paper.id
            assert moved["url"] == f"{HOME}{name}/api/papers/{paper.slug}.json"
            assert _leads_somewhere(web, moved["url"])


def test_a_closed_volume_is_not_built_again_and_takes_no_late_paper(project: Path) -> None:
    late = Paper(id="arxiv:0101.00009", title="A late loom", published="2001-01-09")
    Store(project / "archive").write([late])
    index = project / "volumes" / "2001-2002" / "site" / "index.html"
    before = index.stat().st_mtime_ns
    assert digest(project, "volumes").returncode == 0
    assert index.stat().st_mtime_ns == before
    again = digest(project, "volumes", "--close", "2003", "--until", "2003")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert (build_site(project) / "papers" / late.slug / "index.html").stat().st_size > 3000
    Store(project / "archive").path(late.id).unlink()


def test_lists_and_files_say_that_there_are_volumes(web: Path) -> None:
    """Who sees a list, a number or a dump of the current site learns that it is not of all papers."""
    for path in (
        "",
        "topics/",
        "topics/machine-learning/",
        "dates/",
        "dates/2004/",
        "authors/",
        "statistics/",
    ):
        page = (web / path / "index.html").read_text("utf-8")
        assert "Volumes with more papers of this archive" in page, path
        leads = "../" * path.count("/")
        assert f'<a href="{leads}2001-2002/">2001-2002</a>, <a href="{leads}2003/">2003</a>' in page
    index = json.loads((web / "api" / "index.json").read_text("utf-8"))
    assert [(one["name"], one["url"], one["papers"]) for one in index["volumes"]] == [
        ("2001-2002", f"{HOME}2001-2002/", 6), ("2003", f"{HOME}2003/", 3)
    ]  # fmt: skip
    for path in ("llms.txt", "agents.md", "robots.txt"):
        text = (web / path).read_text("utf-8")
        assert f"{HOME}2001-2002/" in text, path
        assert f"{HOME}2003/" in text, path
    volume = json.loads((web / "2003" / "api" / "index.json").read_text("utf-8"))
    assert volume["current_site"] == HOME
    assert "volumes" not in volume
    home = (web / "2003" / "index.html").read_text("utf-8")
    assert "Volumes with more papers" not in home


def test_programs_are_answered_of_all_volumes(project: Path, web: Path, tmp_path: Path) -> None:
    """What the server for programs says of a paper, day, topic or query holds for the archive, not for its current site."""
    archive = PublishedArchive(FolderFiles(project / "site", project / "volumes"))
    papers, volumes = [*_papers()], {2001: "2001-2002", 2002: "2001-2002", 2003: "2003"}
    volume_of = {p.slug: volumes.get(int(p.published[:4]), "") for p in papers}
    assert answers.about(archive)["volumes"] == {"2001-2002": 6, "2003": 3}
    for paper in papers:
        for name in (paper.id, paper.slug, f"{HOME}papers/{paper.slug}/", *paper.aliases):
            answer = answers.get_paper(archive, name)
            assert answer["title"] == paper.title
            assert answer.get("volume", "") == volume_of[paper.slug]
        assert paper.title in answers.cite(archive, paper.slug)["citation"]
        assert answers.related(archive, paper.slug)["papers"]
        [row] = answers.list_papers(archive, day=paper.published)["papers"]
        assert (row["paper"], row.get("volume", "")) == (paper.slug, volume_of[paper.slug])
        found = answers.search(archive, f'"{paper.title}"')
        assert [row["paper"] for row in found["papers"]] == [paper.slug]
    rows = answers.list_papers(archive, topic="machine-learning")["papers"]
    assert [row["date"] for row in rows] == sorted((p.published for p in papers), reverse=True)
    by_author = answers.list_papers(archive, author="Ada Weaver")
    assert by_author["total"] == len(papers)
    assert [row["date"] for row in by_author["papers"]] == [row["date"] for row in rows[:10]]
    assert answers.search(archive, "year:2002")["total"] == 3
    with served(web) as address, WebFiles(address, tmp_path) as files:
        # The index names the volumes' addresses at the archive's own host, which this is not.
        answer = answers.search(PublishedArchive(files), "looms")
        assert (answer["total"], answer["volumes_not_searched"]) == (9, ["2003", "2001-2002"])
        relative = (web / "api" / "index.json").read_text("utf-8").replace(HOME, "../")
        (web / "api" / "index.json").write_text(relative, "utf-8")
        assert answers.search(PublishedArchive(files), "looms")["total"] == len(papers)


@pytest.mark.browser
def test_all_volumes_are_searched_as_one(web: Path, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with served(web) as address:
        page.goto(f"{address}search/?q=weaving+looms")
        expect(page.get_by_role("status")).to_have_text("18 papers of 18.")
        links = page.locator(".pd-list .pd-title a")
        expect(links).to_have_count(18)
        paths = {
            urlsplit(str(link)).path for link in links.evaluate_all("all => all.map(a => a.href)")
        }
        assert paths == {
            f"/{volume}papers/{paper.slug}/"
            for paper in _papers()
            for volume in [
                {2001: "2001-2002/", 2002: "2001-2002/", 2003: "2003/"}.get(
                    int(paper.published[:4]), ""
                )
            ]
        }
        expect(page.locator(".pd-blurb").first).to_contain_text("looms")
        with page.expect_download() as saved:
            page.get_by_role("button", name="BibTeX", exact=True).click()
        assert Path(saved.value.path()).read_text("utf-8").count("@misc{") == 18
        page.goto(f"{address}search/?q=looms+2001")
        expect(links.first).to_contain_text("2001")
        page.goto(f"{address}search/?q=looms&order=date")
        expect(links.first).to_contain_text("2006, part 3")
        expect(links.last).to_contain_text("2001, part 1")
        page.goto(f"{address}papers/{FORMER}/", wait_until="commit")
        page.wait_for_url("**/2001-2002/papers/0101.00001/")
        page.get_by_role("link", name="Newer papers").click()
        expect(page).to_have_url(address)
        shutil.move(web / "2003" / "assets", web / "2003" / "gone")
        # A page of its own: what this one's cache holds of the volume may be as good as new.
        uncached = browser.new_page()
        uncached.goto(f"{address}search/?q=weaving+looms")
        expect(uncached.get_by_role("status")).to_have_text(
            "15 papers of 15. Not searched, as it could not be loaded: 2003/."
        )
        shutil.move(web / "2003" / "gone", web / "2003" / "assets")
    assert complaints == []
    uncached.close()
    page.close()


@pytest.mark.browser
def test_marks_are_those_of_one_archive_in_all_volumes(web: Path, browser: Browser) -> None:
    """Starred on one site is starred on all; what of its arrivals is seen each site knows for itself."""
    page = browser.new_page()
    star = page.locator(".pd-user-marks [data-action=star]")
    listed = page.locator("#star + .pd-list .pd-title a")
    sites = ("", "2003/", "2001-2002/")
    seen = {site: f"2020-01-0{number}" for number, site in enumerate(sites, 1)}
    with served(web) as address:
        page.goto(f"{address}search/?q=looms+2003+part+2")
        for site in sites:
            own = json.dumps({"papers": {}, "seen": {"day": seen[site], "slugs": []}})
            page.evaluate(
                "([key, value]) => localStorage.setItem(key, value)", [f"pd-own:/{site}", own]
            )
        page.locator(".pd-list > ul > li [data-action=star]").first.click()
        page.goto(f"{address}2003/papers/0301.00002/")
        expect(star).to_have_attribute("aria-pressed", "true")
        page.goto(f"{address}2001-2002/papers/0101.00001/")
        star.click()
        for site in sites:
            page.goto(f"{address}{site}starred/")
            expect(listed).to_have_count(2)
            with page.expect_download() as saved:
                page.get_by_role("button", name="BibTeX", exact=True).click()
            assert Path(saved.value.path()).read_text("utf-8").count("@misc{") == 2
            for url in listed.evaluate_all("all => all.map(a => a.href)"):
                assert _leads_somewhere(web, url)
        for site in sites:
            own = json.loads(page.evaluate("key => localStorage.getItem(key)", f"pd-own:/{site}"))
            assert own["seen"]["day"] == seen[site]
            assert len(own["papers"]) == (0 if site else 2)
        page.goto(f"{address}2003/papers/0301.00002/")
        star.click()
        expect(star).to_have_attribute("aria-pressed", "false")
        page.goto(f"{address}starred/")
        expect(listed).to_have_count(1)
    page.close()


@pytest.mark.browser
def test_what_stands_against_papers_of_volumes_is_said(web: Path, browser: Browser) -> None:
    """The search box and the reader's own lists know titles alone, and each site has a file of its papers."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    slugs = [paper.slug for paper in _papers() if paper.published[:4] in {"2001", "2003", "2005"}]
    stars = {"papers": {slug: {"title": slug, "star": "2026-03-01"} for slug in slugs}}
    with served(web) as address:
        page.goto(address)
        page.evaluate("own => localStorage.setItem('pd-own:/', own)", json.dumps(stars))
        for site in ("", "2003/", "2001-2002/"):
            page.goto(f"{address}{site}starred/")
            badges = page.locator("#star + .pd-list .pd-title:has(.pd-badge-grave) a")
            expect(badges).to_have_text(["0101.00003", "0301.00003", "0501.00003"])
        page.goto(address)
        page.locator(".md-search__input").fill("looms part 3")
        results = page.locator(".md-search-result__link[href*='/papers/']")
        expect(results.filter(has=page.locator(".pd-badge-grave"))).to_have_count(6)
        assert results.count() > 6
    page.close()


@pytest.mark.browser
def test_words_and_searches_are_those_of_one_archive_in_all_volumes(
    web: Path, browser: Browser
) -> None:
    """What is saved or muted on one site is so on all; what a volume had of its own holds until then."""
    former = json.dumps([{"query": "?q=kites", "name": "kites"}])
    stored = {
        "paper-digest-searches:/2003/": former,
        "pd-muted:/": json.dumps(["0301.00002"]),
        "pd-scheme:/": "dark",
    }
    context = browser.new_context()
    page = context.new_page()
    with served(web) as address:
        page.goto(address)
        page.evaluate("(all) => Object.assign(localStorage, all)", stored)
        page.goto(f"{address}2003/search/")
        expect(page.get_by_role("link", name="kites", exact=True)).to_have_count(1)
        page.goto(f"{address}search/?q=looms")
        page.get_by_role("button", name="Save this search").click()
        for site in ("", "2003/", "2001-2002/"):
            page.goto(f"{address}{site}search/")
            expect(page.get_by_role("link", name="looms", exact=True)).to_have_count(1)
        page.goto(f"{address}2001-2002/starred/")
        page.get_by_text("Muted and highlighted words").click()
        page.get_by_label(re.compile("^Muted")).fill("part 3")
        page.goto(f"{address}2003/starred/")
        expect(page.get_by_label(re.compile("^Muted"))).to_have_value("part 3")
        # What is known before a page's scripts are there.
        page.evaluate("(all) => Object.assign(localStorage, all)", stored)
        page.route("**/*.js", lambda route: route.abort())
        page.goto(f"{address}2003/dates/2003-01-02/")
        expect(page.locator(".pd-list > ul > li")).to_be_hidden()
        assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    context.close()
