"""The worker: Material's messages, laziness, superseded queries, escaping, lost files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from paper_digest.search.bundle import worker_scripts

SETUP, READY, QUERY, RESULT, SEARCH, SEARCH_RESULT, FAILED, SNIPPET = 0, 1, 2, 3, 11, 12, 13, 14
EARLY = 18
PAGES = [
    {"location": "about/", "title": "About kettles", "text": "<p>Who made this</p>"},
    {"location": "about/#why", "title": "Why", "text": "Because of &amp; for flamingos"},
]


def query(text: str) -> dict[str, Any]:
    return {"type": QUERY, "data": text}


def early(text: str) -> dict[str, Any]:
    """Return what the head of a search page asks."""
    return {"type": EARLY, "data": f"?{urlencode({'q': text})}"}


def page_question(text: str) -> dict[str, Any]:
    """Return what the script of a search page asks."""
    filters = {"topics": [], "sources": [], "code": False, "order": "relevance"}
    shown = {"exactTotal": True, "countFacets": True, "from": 0, "size": 20}
    return {"type": SEARCH, "id": 1, "text": text, "options": {**filters, **shown}}


def post(*messages: dict[str, Any], together: bool = False) -> dict[str, Any]:
    return {"do": "post", "messages": messages, "together": together}


def test_setup_is_answered_and_fetches_nothing(host: Callable[..., Any], site: Path) -> None:
    [answer] = host(site, post({"type": SETUP, "data": {"docs": PAGES}}))
    assert answer["posted"] == [{"type": READY}]
    assert answer["fetched"] == []


def test_an_empty_query_fetches_nothing(host: Callable[..., Any], site: Path) -> None:
    [answer] = host(site, post(query(" ")))
    assert answer["posted"] == [{"type": RESULT, "data": {"items": []}}]
    assert answer["fetched"] == []


def test_focus_fetches_the_root_and_the_engine_only(host: Callable[..., Any], site: Path) -> None:
    [answer] = host(site, {"do": "focus"})
    [engine] = [name for name in worker_scripts() if name.startswith("engine")]
    assert sorted(answer["fetched"]) == [engine, "root.bin"]


def test_what_the_head_of_a_page_asked_is_answered_when_its_script_asks(
    host: Callable[..., Any], site: Path
) -> None:
    [plain] = host(site, post(page_question("kettles")))
    [answer] = host(site, post(early("kettles"), page_question("kettles")))
    assert answer["posted"] == plain["posted"]
    assert plain["posted"][0]["type"] == SEARCH_RESULT
    assert sorted(answer["fetched"]) == sorted(plain["fetched"])


@pytest.mark.parametrize("together", [True, False])
def test_another_question_than_that_of_the_head_is_answered_alone(
    host: Callable[..., Any], site: Path, *, together: bool
) -> None:
    [plain] = host(site, post(page_question("strings knots")))
    [answer] = host(site, post(early("kettles"), page_question("strings knots"), together=together))
    assert answer["posted"] == plain["posted"]


@pytest.mark.parametrize("together", [True, False])
def test_what_the_head_asks_after_the_script_of_the_page_is_no_newer_question(
    host: Callable[..., Any], site: Path, *, together: bool
) -> None:
    [plain] = host(site, post(page_question("strings knots")))
    [answer] = host(site, post(page_question("strings knots"), early("kettles"), together=together))
    assert answer["posted"] == plain["posted"]


def test_what_the_head_asked_in_vain_is_asked_anew(host: Callable[..., Any], site: Path) -> None:
    [plain] = host(site, post(page_question("kettles")))
    *_, root = sorted(plain["fetched"])
    _, failed, _, found = host(
        site,
        {"do": "lose", "names": [root]},
        post(early("kettles"), page_question("kettles")),
        {"do": "lose", "names": []},
        post(page_question("kettles")),
    )
    assert [message["type"] for message in failed["posted"]] == [FAILED]
    assert found["posted"] == plain["posted"]


def test_a_passage_is_the_sentence_with_the_words(host: Callable[..., Any], site: Path) -> None:
    text = "First, soup. Then <i>kettles</i> of low rank, v. 2.5, are tuned! Last, tea."
    long = f"{'many words ' * 60}before a kettle {'and others after ' * 60}"
    [answer] = host(
        site,
        post(
            {"type": SEARCH, "id": 1, "text": "low-rank kettles", "options": {}},
            {"type": SNIPPET, "id": "one", "text": text},
            {"type": SNIPPET, "id": "two", "text": long},
            {"type": SNIPPET, "id": "none", "text": ""},
            {"type": SNIPPET, "id": "other", "text": f"Whatever else {'is said & done ' * 30}"},
        ),
    )
    one, two, none, other = (message["html"] for message in answer["posted"][1:])
    assert one.startswith("Then &lt;i&gt;<mark data-md-highlight>kettles</mark>&lt;/i&gt; of <mark")
    assert two.startswith("… ")
    assert two.endswith(" …")
    assert "before a <mark data-md-highlight>kettle</mark> and" in two
    assert none == ""
    assert other.startswith("Whatever else is said &amp; done")


def test_only_a_phrase_or_a_compound_reads_positions_and_the_script_beside_them(
    host: Callable[..., Any], site: Path
) -> None:
    words, phrase, compound = host(
        site,
        post(query("patient gardeners")),
        post(query('"patient gardeners"')),
        post(query("low-rank kettles")),
    )
    assert not [name for name in words["fetched"] if name[0] == "p" or name.startswith("later")]
    for asked in (phrase, compound):
        assert [name for name in asked["fetched"] if name[0] == "p"]
    later = [name.startswith("later") for name in phrase["fetched"]].index(True)
    assert "p" in {name[0] for name in phrase["fetched"][:later]}
    assert not [name for name in compound["fetched"] if name.startswith("later")]


def test_results_are_escaped_and_marked(host: Callable[..., Any], site: Path) -> None:
    [answer] = host(site, post(query("strings knots")))
    [message] = answer["posted"]
    assert message["type"] == RESULT
    [entry] = message["data"]["items"][0]
    mark = "<mark data-md-highlight>{}</mark>"
    assert (
        entry["title"]
        == f"{mark.format('Strings')} &amp; &lt;b&gt;{mark.format('knots')}&lt;/b&gt;"
    )
    assert entry["location"] == "papers/hep-th-9901001/"
    assert entry["text"] == "<p><bdi>Ada Lovelace</bdi> · 1 May 2024</p>"
    assert entry["score"] > 0
    assert entry["terms"] == {}


def test_only_the_newest_query_is_answered(host: Callable[..., Any], site: Path) -> None:
    typed = [query("flamingo"[:size]) for size in range(1, 9)]
    [answer] = host(site, post(*typed, together=True))
    [message] = answer["posted"]
    assert message["data"]["items"][0][0]["location"] == "papers/2401.00008/"


def test_ordinary_pages_are_found_too(host: Callable[..., Any], site: Path) -> None:
    setup = {"type": SETUP, "data": {"docs": PAGES}}
    [answer] = host(site, post(setup, query("kettles"), query("flamingo"), query("zzz")))
    _, titled, within, none = answer["posted"]
    assert titled["data"]["items"][0][0]["location"] == "about/"
    assert [item[0]["location"] for item in within["data"]["items"]] == [
        "papers/2401.00008/",
        "about/",
    ]
    assert none["data"]["items"] == []


def test_the_box_leads_to_the_whole_list(host: Callable[..., Any], site: Path) -> None:
    [answer] = host(site, post(query("river stable & co")))
    items = answer["posted"][0]["data"]["items"]
    assert len(items) == 11
    assert items[-1][0]["location"] == "search/?q=river%20stable%20%26%20co"
    scores = [item[0]["score"] for item in items]
    assert scores == sorted(scores, reverse=True)


def test_the_box_says_how_much_there_is(host: Callable[..., Any], site: Path) -> None:
    asked = ("river", "flamingo", "flamngo", "flamingo kettles", " ")
    statuses = [host(site, post(query(text)))[0]["statuses"][-1]["text"] for text in asked]
    assert re.fullmatch(r"\d+ papers, the best 10 here\.", statuses[0])
    assert statuses[1:] == [
        "",
        "Showing “flamingo”. 1 paper.",
        "No paper has all of this; 2 have some.",
        "",
    ]


def test_the_search_page_gets_counts(host: Callable[..., Any], site: Path) -> None:
    options = {"size": 20, "exactTotal": True, "countFacets": True}
    [answer] = host(site, post({"type": SEARCH, "id": 7, "text": "river", "options": options}))
    [message] = answer["posted"]
    assert (message["type"], message["id"]) == (SEARCH_RESULT, 7)
    assert len(message["results"]) == 20
    assert message["total"] > 20
    assert message["counts"]["topics"]


def test_a_lost_file_is_told_and_tried_again(host: Callable[..., Any], site: Path) -> None:
    answers = host(
        site,
        {"do": "focus"},
        {"do": "lose", "names": ["*"]},
        post(query("flamingo")),
        {"do": "lose", "names": []},
        post(query("flamingo ")),
    )
    assert answers[2]["posted"][0]["type"] == FAILED
    assert "connection" in answers[2]["posted"][0]["text"]
    assert answers[2]["statuses"][-1]["state"] == "failed"
    [[shown]] = answers[2]["posted"][1]["data"]["items"]
    assert "connection" in shown["title"]
    assert answers[4]["posted"][0]["data"]["items"][0][0]["location"] == "papers/2401.00008/"


def test_the_engine_itself_may_come_late(host: Callable[..., Any], site: Path) -> None:
    answers = host(
        site,
        {"do": "lose", "names": ["*"]},
        post(query("flamingo")),
        {"do": "lose", "names": []},
        post(query("flamingo ")),
    )
    assert answers[1]["posted"][0]["type"] == FAILED
    assert answers[3]["posted"][0]["type"] == RESULT


def test_a_file_gone_for_good_makes_it_look_at_the_root_again(
    host: Callable[..., Any], site: Path
) -> None:
    chunks = [path.name for path in site.glob("d*.bin")]
    answers = host(site, {"do": "focus"}, {"do": "lose", "names": chunks}, post(query("flamingo")))
    assert answers[2]["posted"][0]["type"] == FAILED
    assert "root.bin" in answers[2]["fetched"]


@pytest.mark.parametrize("how", ["404", "500", "page", "half", "empty", "cut"])
def test_what_the_browser_stored_at_a_bad_hour_is_not_asked_for_ever(
    host: Callable[..., Any], site: Path, how: str
) -> None:
    """Every file of the index, and whatever was stored in its place: the answer is that of a browser without a past."""
    names = [path.name for path in site.glob("*.bin")]
    question = page_question('"knots strings" kettles -flamingo')
    question["options"]["topics"] = ["sound"]
    for asked in (question, query("flamingo kettl"), query('"knots strings"')):
        [plain] = host(site, post(asked))
        answers = host(site, {"do": "spoil", "names": names, "how": how}, post(asked))
        assert answers[1]["posted"] == plain["posted"]
        assert sorted(set(answers[1]["fetched"])) == sorted(set(plain["fetched"]))


@pytest.mark.parametrize("how", ["page", "half"])
def test_a_file_that_comes_in_pieces_is_a_matter_of_the_connection(
    host: Callable[..., Any], tmp_path: Path, site: Path, how: str
) -> None:
    broken = tmp_path / "search"
    shutil.copytree(site, broken)
    for path in broken.glob("d*.bin"):
        path.write_bytes(b"<!doctype html>" if how == "page" else path.read_bytes()[:20])
    [answer] = host(broken, post(query("flamingo")))
    assert answer["posted"][0]["type"] == FAILED
    assert "connection" in answer["posted"][0]["text"]


def test_the_scripts_are_plain_and_small() -> None:
    scripts = worker_scripts()
    assert len(scripts["worker.js"]) < 2500
    for content in scripts.values():
        lines = content.decode().splitlines()
        assert not [line for line in lines if line.startswith(("import ", "export ", "//"))]


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "a & b", "'\""])
def test_hostile_queries_come_back_harmless(
    host: Callable[..., Any], site: Path, text: str
) -> None:
    [answer] = host(site, post(query(text)))
    for [entry] in answer["posted"][0]["data"]["items"]:
        assert "<img" not in entry["title"] + entry["text"]
        assert "<" not in entry["location"]
