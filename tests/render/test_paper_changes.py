"""Changes on the page, in the feed and at the paper: said with what was before, hostile words as words."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import markdown
import msgspec
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.changes import RECENT_DAYS, accepted_papers, all_changes
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.news import News, news_of, standing_news
from paper_digest.catalog.site_volumes import SiteVolume
from paper_digest.model.ids import slug
from paper_digest.model.paper import Claim, Notice, Paper
from paper_digest.render import span
from paper_digest.render.exports.change_feed import MAX_CHANGES, change_feed_groups, news_groups
from paper_digest.render.exports.standing_notices import notice_groups
from paper_digest.render.pages import changes, paper
from paper_digest.render.pages.page_kind import PageInputs
from paper_digest.render.pages.paper_changes import earlier_abstract, word_difference
from paper_digest.render.pages.paper_rows import paper_row
from paper_digest.settings.config import Config
from paper_digest.store.changes import Change

HOSTILE = '</p><script>alert("1")</script> [x](javascript:1) {{ y }} $z$ *b* <b>'
CONFIG = Config("Boats", url="https://papers.example.org/")


def made(number: int, **fields: Any) -> Paper:  # noqa: ANN401 - of any field
    paper_id = f"arxiv:2603.{number:05}"
    return Paper(id=paper_id, title=f"Looms {number}", published="2026-03-01", **fields)


def change(number: int, day: int, field: str, before: str, after: str) -> Change:
    return Change(f"2026-03-{day:02}", f"arxiv:2603.{number:05}", field, "arxiv", before, after)


def catalog_of(*papers: tuple[Paper, tuple[Change, ...]]) -> Catalog:
    entries = (msgspec.structs.replace(catalog_entry(p, ()), changes=c) for p, c in papers)
    return Catalog(entries, ())


def files_of(catalog: Catalog, *former: str) -> dict[str, bytes]:
    """Make them; every paper had the ``former`` ids."""
    groups = (*change_feed_groups(catalog, CONFIG), *news_groups(catalog, lambda s: (s, *former)))
    return dict(item for group in groups for item in group.make())


def test_news_reach_those_who_starred_the_paper_at_a_former_address() -> None:
    changed = (change(1, 5, "withdrawn", "", "wrong"),)
    catalog = catalog_of((made(1), changed), (made(2), ()))
    former = "arxiv:2603.00002", "doi:10.1234/looms"  # the first is another paper's now
    rows = json.loads(files_of(catalog, *former)["assets/news.json"])["news"]
    assert [row[0] for row in rows] == ["2603.00001", slug(former[1])]
    assert rows[0][1:] == rows[1][1:]


@given(st.lists(st.sampled_from("AB"), min_size=2, max_size=6))
def test_changes_of_one_day_and_field_have_ids_of_their_own(titles: list[str]) -> None:
    """Those that came keep theirs when another comes."""
    steps = tuple(change(1, 5, "title", before, after) for before, after in pairwise(titles))
    ids = list[list[str]]()
    for given_steps in (steps, (*steps, change(1, 5, "title", "B", "C"))):
        feed = files_of(catalog_of((made(1), given_steps)))["feeds/changes.json"]
        ids.append([item["id"] for item in json.loads(feed)["items"]])
        assert len({*ids[-1]}) == len(given_steps)
    assert {*ids[0]} < {*ids[1]}
    assert len({one.split("#changed-2026-03-05-title-arxiv")[0] for one in ids[1]}) == 1


def test_what_stands_against_a_paper_is_in_the_file_for_scripts_since_whenever() -> None:
    """Under its former addresses too, but for one that is another paper's now."""
    papers = (
        (made(1, withdrawn="Retracted: see https://doi.org/10.1000/n"), ()),
        (made(2, notices=(Notice("expression of concern"), Notice("correction"))), ()),
        (made(3), (change(3, 5, "withdrawn", "", "wrong"), change(3, 6, "withdrawn", "wrong", ""))),
    )
    former = "arxiv:2603.00003", "doi:10.1234/looms"
    [group] = notice_groups(catalog_of(*papers[:1], papers[2]), lambda s: (s, *former))
    [(path, data)] = group.make()
    given = {"2603.00001": "retracted", slug(former[1]): "retracted"}
    assert (path, json.loads(data)) == ("assets/notices.json", {"notices": given, "volumes": []})
    catalog = catalog_of(*papers)
    catalog.volumes = (SiteVolume("2024", "../2024/", "", 3),)
    [group] = notice_groups(catalog, lambda s: (s,))
    assert json.loads(dict(group.make())["assets/notices.json"]) == {
        "notices": {"2603.00001": "retracted", "2603.00002": "expression of concern"},
        "volumes": ["../2024/"],
    }


def test_an_archive_without_changes_has_no_page_no_feed_and_no_section() -> None:
    catalog = catalog_of((made(1), ()))
    inputs = PageInputs(catalog, CONFIG, None, ())  # type: ignore[arg-type]
    assert not [*changes.KIND.groups(inputs)]
    assert not [*changes.KIND.sitemap_entries(catalog)]
    assert files_of(catalog) == {"assets/news.json": b'{"news":[]}\n'}
    assert not changes.sidebar_section(catalog)


def test_accepted_is_a_first_venue_within_a_week_of_the_newest_change() -> None:
    catalog = catalog_of(
        (made(1), (change(1, 20, "venue", "", "ICLR"), change(1, 20, "journal_ref", "", "J. 7"))),
        (made(2), (change(2, 20 - RECENT_DAYS, "venue", "", "ICLR"),)),
        (made(3), (change(3, 20, "venue", "ICLR", "ICML"),)),
        (made(4), (change(4, 20 - RECENT_DAYS + 1, "journal_ref", "", "J. 8"),)),
    )
    accepted = accepted_papers(all_changes(catalog))
    assert [entry.id for entry in accepted] == ["arxiv:2603.00001", "arxiv:2603.00004"]


def test_the_page_and_the_feed_show_hostile_words_as_words() -> None:
    logged = (change(1, 5, "title", HOSTILE, "Looms"), change(1, 4, "withdrawn", "", HOSTILE))
    catalog = catalog_of((made(1), logged))
    page = changes.make_page(catalog)
    assert "<script" not in page.html()
    assert "before: &lt;/p&gt;" in page.html()
    body = page.markdown().partition("\n---\n\n")[2]
    shown = markdown.markdown(body, extensions=["attr_list", "md_in_html"])
    assert "<script" not in shown
    files = files_of(catalog)
    feed = ElementTree.fromstring(files["feeds/changes.atom"])
    ids = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}id")]
    assert len({*ids}) == len(ids) == 3
    assert {name for name in files if name.endswith(".atom")} == {
        "feeds/changes.atom",
        "feeds/corrections.atom",
    }
    assert not [
        name for name, content in files.items() if name.endswith(".atom") and b"<script" in content
    ]
    items = json.loads(files["feeds/changes.json"])["items"]
    assert [item["date_modified"][:10] for item in items] == ["2026-03-05", "2026-03-04"]


def test_the_lists_are_bounded() -> None:
    logged = tuple(change(1, 5, "title", str(n), str(n + 1)) for n in range(700))
    catalog = catalog_of((made(1), logged))
    assert changes.make_page(catalog).html().count("before:") == changes.MAX_CHANGES_SHOWN
    assert len(json.loads(files_of(catalog)["feeds/changes.json"])["items"]) == MAX_CHANGES


def test_a_paper_says_what_changed_and_what_its_publisher_noted() -> None:
    notice = Notice("expression of concern", "https://doi.org/10.1234/a", "2026-03-04")
    claim = Claim("arxiv", "2026-03-01", superseded={"abstract": ["Of wooden looms."]})
    one = made(1, abstract="Of steel looms.", notices=(notice,), claims=(claim,))
    catalog = catalog_of((one, (change(1, 5, "abstract", "Of wooden looms.", "Of steel looms."),)))
    html = paper.make_page(one, catalog).html()
    assert 'noted: <a href="https://doi.org/10.1234/a">expression of concern</a>' in html
    assert "Of <del>wooden</del> <ins>steel</ins> looms." in html
    assert "Changes to this record" in html
    assert catalog.entries[0].notice == "expression of concern"
    quiet = catalog_of((made(1), ()))
    assert "Changes to this record" not in paper.make_page(made(1), quiet).html()


def test_the_abstract_before_is_the_latest_that_is_not_the_present_one() -> None:
    claims = (
        Claim("arxiv", "2026-03-01", superseded={"abstract": ["First."]}),
        Claim("arxiv", "2026-03-02", superseded={"abstract": ["Second."]}),
        Claim("arxiv", "2026-03-03", agrees=("abstract",)),
    )
    assert earlier_abstract(made(1, abstract="Third.", claims=claims)) == "Second."
    assert earlier_abstract(made(1, abstract="Third.")) == ""


@given(st.text(alphabet="ab <&*_$", max_size=40), st.text(alphabet="ab <&*_$", max_size=40))
def test_a_difference_holds_all_words_of_both(before: str, after: str) -> None:
    html = word_difference(before, after).html
    for tag, other, words in (("del", "ins", before), ("ins", "del", after)):
        root = ElementTree.fromstring(f"<p>{html}</p>")
        for child in root:
            if child.tag == other:
                child.text = ""
        assert "".join(root.itertext()).split() == words.split(), tag


def test_news_are_what_readers_should_know_and_nothing_that_mends_a_record() -> None:
    concern, correction = "expression of concern https://d.org/1", "correction https://d.org/2"
    assert [
        news_of(change(1, 1, field, before, after))
        for field, before, after in (
            ("withdrawn", "", "Retraction: https://doi.org/10.1/a"),
            ("withdrawn", "", "superseded by another"),
            ("withdrawn", "withdrawn", ""),
            ("notices", correction, f"{correction}, {concern}"),
            ("notices", concern, ""),
            ("venue", "", "LoomConf"),
            ("venue", "", "Submitted to LoomConf"),
            ("venue", "LoomConf", "LoomConf 2026"),
            ("journal_ref", "", "J. Looms 7"),
            ("version", "9", "10"),
            ("version", "10", "9"),
            ("title", "a", "b"),
        )
    ] == [
        News("retracted"), News("withdrawn"), None, News("expression of concern"), None, News("accepted", "LoomConf"), None, None,
        News("accepted", "J. Looms 7"), News("version", "10"), None, None,
    ]  # fmt: skip


def test_news_that_were_taken_back_are_told_nowhere() -> None:
    """A fix that was forgotten left the paper "withdrawn" in a feed, and "accepted" in all lists."""
    catalog = catalog_of(
        (made(1), (change(1, 9, "withdrawn", "", "the wrong paper"), change(1, 9, "withdrawn", "the wrong paper", ""))),
        (made(2), (change(2, 9, "venue", "LoomConf", ""), change(2, 8, "venue", "", "LoomConf"))),
        (made(3), (change(3, 9, "notices", "correction https://d.org/2", ""), change(3, 8, "notices", "", "correction https://d.org/2"))),
        (made(4), (change(4, 9, "venue", "ConfLoom", "LoomConf"), change(4, 8, "venue", "", "ConfLoom"))),
        (made(5), (change(5, 9, "venue", "", "LoomConf"), change(5, 9, "venue", "LoomConf", ""), change(5, 9, "venue", "", "LoomConf"))),
        (made(6), (change(6, 9, "version", "3", "1"), change(6, 8, "version", "1", "3"))),
        (made(7), (change(7, 9, "venue", "LoomConf", "Submitted to LoomConf"), change(7, 8, "venue", "", "LoomConf"))),
    )  # fmt: skip
    files = files_of(catalog)
    accepted = [["2603.00005", "2026-03-09", "accepted", "accepted: LoomConf"],
                ["2603.00004", "2026-03-08", "accepted", "accepted: LoomConf"]]  # fmt: skip
    assert json.loads(files["assets/news.json"])["news"] == accepted
    assert "feeds/corrections.json" not in files
    assert len(json.loads(files["feeds/accepted.json"])["items"]) == 2
    for entry in catalog.entries:
        row = paper_row(entry, catalog).with_blurb.html
        assert ("pd-badge" in row) == (entry.slug in {slug for slug, *_ in accepted})
    assert {e.slug for e in accepted_papers(all_changes(catalog))} == {"2603.00004", "2603.00005"}
    assert "ConfLoom" in changes.make_page(catalog).html()  # all that was is listed still


@given(st.lists(st.sampled_from(["", "LoomConf", "Boats 2026"]), max_size=6), st.data())
def test_news_of_a_venue_say_the_venue_that_there_is(
    values: list[str], data: st.DataObject
) -> None:
    days = sorted(
        data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    )
    before, made_changes = "", []
    for day, after in zip(days, values, strict=True):
        if after != before:
            made_changes.append(change(1, day, "venue", before, after))
        before = after
    shown = tuple(sorted(made_changes, key=lambda one: one.at, reverse=True))
    news = [*standing_news(shown).values()]
    assert {one.detail for one in news} == ({before} if before else set())


def test_rows_feeds_home_and_the_file_of_news_say_the_same() -> None:
    retracted = made(1, withdrawn="Retraction: https://doi.org/10.1/a")
    catalog = catalog_of(
        (retracted, (change(1, 9, "withdrawn", "", retracted.withdrawn),)),
        (made(2), (change(2, 8, "venue", "", "<i>Conf</i>"), change(2, 8, "journal_ref", "", "J. 7"))),
        (made(3), (change(3, 7, "version", "1", "2"),)),
        (made(4), (change(4, 6, "title", "a", "b"),)),
    )  # fmt: skip
    files = files_of(catalog)
    assert json.loads(files["assets/news.json"])["news"] == [
        ["2603.00001", "2026-03-09", "retracted", "retracted"],
        ["2603.00002", "2026-03-08", "accepted", "accepted: <i>Conf</i>"],
        ["2603.00003", "2026-03-07", "version", "version 2"],
    ]
    slugs = {
        name: [item["url"].split("/")[-2] for item in json.loads(files[f"feeds/{name}.json"])["items"]]
        for name in ("accepted", "corrections")
    }  # fmt: skip
    assert slugs == {"accepted": ["2603.00002"], "corrections": ["2603.00001"]}
    rows = {entry.slug: paper_row(entry, catalog).with_blurb.html for entry in catalog.entries}
    assert '<span class="pd-badge pd-badge-grave">retracted</span>' in rows["2603.00001"]
    assert '<span class="pd-badge">accepted: &lt;i&gt;Conf&lt;/i&gt;</span>' in rows["2603.00002"]
    assert "version 2, <time" in rows["2603.00003"]
    assert "pd-badge" not in rows["2603.00004"]
    home = span.join_blocks(changes.sidebar_section(catalog)).html
    assert home.count("Accepted this week") == 1
    assert "&lt;i&gt;Conf" in home
    page = paper.make_page(retracted, catalog).html()
    assert 'retracted. Retraction: <a href="https://doi.org/10.1/a">' in page
    accepted_page = paper.make_page(made(2), catalog).html()
    assert "accepted: &lt;i&gt;Conf&lt;/i&gt;</span> arXiv, <time" in accepted_page


def test_a_feed_is_made_anew_where_a_paper_got_another_address() -> None:
    """Its title and its changes were the same: the feed led to the old page until something else changed."""
    changed = (change(1, 5, "title", "Loom", "Looms 1"),)
    moved = msgspec.structs.replace(made(1), id="doi:10.1234/looms", title="Looms 1")
    made_of = [
        {group.name: (group.inputs_hash, dict(group.make())) for group in groups}
        for one in (made(1), moved)
        for groups in (change_feed_groups(catalog_of((one, changed)), CONFIG),)
    ]
    for name, (inputs, files) in made_of[0].items():
        other_inputs, other_files = made_of[1][name]
        assert files != other_files
        assert inputs != other_inputs
