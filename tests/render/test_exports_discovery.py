"""Sitemaps, robots.txt, opensearch.xml and llms.txt."""

from __future__ import annotations

import re

import msgspec
import pytest
from defusedxml.ElementTree import fromstring
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper
from paper_digest.render import exports
from paper_digest.render.exports import sitemap
from paper_digest.settings.config import Config

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_sitemaps_have_the_papers_own_dates(made: dict[str, bytes]) -> None:
    def read(path: str) -> dict[str, str | None]:
        root = fromstring(made[path])
        return {x.findtext(f"{MAPS}loc") or "": x.findtext(f"{MAPS}lastmod") for x in root}

    base = "https://looms.example/digest/"
    index = read("sitemap.xml")
    assert index == {
        f"{base}sitemaps/lists.xml": "2025-11-03",
        f"{base}sitemaps/undated.xml": None,
        f"{base}sitemaps/1999.xml": "1999-04",
        f"{base}sitemaps/2025.xml": "2025-11-09",
    }
    assert all(address.removeprefix(base) in made for address in index)
    assert read("sitemaps/2025.xml") == {
        f"{base}papers/2510.00002/": "2025-10-02",
        f"{base}papers/2511.00001/": "2025-11-09",
    }
    lists = read("sitemaps/lists.xml")
    assert lists[base] == "2025-11-03"
    assert f"{base}topics/empty/" not in lists
    assert lists[f"{base}dates/2025-10/"] == "2025-10-02"
    assert lists[f"{base}dates/2025-W45/"] == "2025-11-03"
    assert lists[f"{base}dates/undated/"] is None


def test_a_year_too_big_for_one_sitemap_is_cut(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_URLS_PER_FILE", 2)
    some = [Paper(id=f"arxiv:2501.0000{n}", published="2025-01-01") for n in range(5)]
    made = dict(
        exports.files_of_papers(Catalog([catalog_entry(p, ()) for p in some], ()), some, config)
    )
    parts = [made[f"sitemaps/2025{end}.xml"].count(b"<loc>") for end in ("", "-2", "-3")]
    assert parts == [2, 2, 1]


def test_opensearch_and_robots(made: dict[str, bytes], config: Config) -> None:
    root = fromstring(made["opensearch.xml"])
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}ShortName") == "Loom digest"
    assert root.findtext(f"{space}Description") == "Papers on looms & cloth."
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.get("template") == "https://looms.example/digest/search/?q={searchTerms}"
    assert b"Sitemap: https://looms.example/digest/sitemap.xml\n" in made["robots.txt"]
    long = msgspec.structs.replace(config, title="A very long name of an archive of looms")
    named = fromstring(dict(exports.files_of_papers(Catalog([], ()), (), long))["opensearch.xml"])
    short = named.findtext(f"{space}ShortName")
    assert short == "A very long name"


def test_llms_txt_links_to_what_exists(made: dict[str, bytes]) -> None:
    text = made["llms.txt"].decode()
    assert text.startswith("# Loom digest\n\n> Papers on looms & cloth.\n")
    base = "https://looms.example/digest/"
    links = re.findall(r"\]\((\S+)\)", text)
    files = [link.removeprefix(base) for link in links if not link.endswith("/")]
    assert files
    assert all(path in made for path in files)
    assert f"- [Looms & weaving]({base}topics/looms/): Cloth by machine (3 papers)" in text
