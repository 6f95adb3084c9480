"""What a reader does: with the keyboard alone, with marks, with citations."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bibtexparser.entrypoint import parse_string
from page_kinds import KINDS
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

FIRST = "Looms that count: a plain paper on weaving numbers"


def test_the_keyboard_alone_reads_the_archive(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.wait_for_selector("[data-action=star]")
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        reader.keyboard.press(key)
        focused = reader.locator(".pd-list .pd-title a").nth(row)
        expect(focused).to_be_focused()
    reader.keyboard.press("s")
    expect(reader.locator("[data-action=star]").first).to_have_attribute("aria-pressed", "true")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/papers/2603.00001/")
    expect(reader.locator(".pd-user-marks [data-action=star]")).to_have_attribute(
        "aria-pressed", "true"
    )
    reader.keyboard.press("?")
    expect(reader.locator("dialog.pd-help")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.locator("dialog.pd-help")).to_be_hidden()
    reader.keyboard.press("/")
    expect(reader.locator(".md-search__input")).to_be_focused()


@pytest.mark.parametrize("close", ["Escape", "Close", "outside"])
def test_the_dialog_of_keys_takes_the_focus_and_gives_it_back(
    reader: Page, address: str, close: str
) -> None:
    reader.goto(address + KINDS["day"])
    reader.wait_for_selector("[data-action=star]")
    reader.keyboard.press("j")
    title = reader.locator(".pd-list .pd-title a").first
    dialog = reader.get_by_role("dialog", name="Keys")
    reader.keyboard.press("?")
    expect(dialog.get_by_role("heading", name="Keys")).to_be_focused()
    reader.keyboard.press("s")
    expect(reader.locator("[aria-pressed=true]")).to_have_count(0)
    if close == "Escape":
        reader.keyboard.press("Escape")
    elif close == "Close":
        dialog.get_by_role("button", name="Close").click()
    else:
        reader.mouse.click(5, 400)
    expect(dialog).to_be_hidden()
    if close != "outside":
        expect(title).to_be_focused()


def test_the_dialog_of_keys_covers_nothing_that_has_the_focus(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.wait_for_selector("[data-action=star]")
    reader.keyboard.press("?")
    dialog = reader.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    reader.keyboard.press("Shift+Tab")
    expect(dialog).to_be_hidden()
    expect(reader.locator(":focus")).to_be_visible()


def test_a_key_pressed_on_no_row_marks_nothing(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.wait_for_selector("[data-action=star]")
    reader.keyboard.press("s")
    expect(reader.locator("[aria-pressed=true]")).to_have_count(0)


def test_the_tab_key_meets_the_skip_link_first(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["paper"])
    reader.keyboard.press("Tab")
    expect(reader.locator(".md-skip")).to_be_focused()


def test_related_papers_are_sorted_by_date_and_back(reader: Page, address: str) -> None:
    reader.goto(address + "papers/2509.11420/")
    dates = reader.locator("#related + .pd-compact-list time")
    button = reader.get_by_role("button", name="Sort by date")
    expect(button).to_have_attribute("aria-pressed", "false")
    by_likeness = dates.all_text_contents()
    iso_dates = dates.evaluate_all("times => times.map(time => time.dateTime)")
    button.press("Enter")
    expect(button).to_be_focused()
    sorted_dates = dates.evaluate_all("times => times.map(time => time.dateTime)")
    assert sorted_dates == sorted(iso_dates, reverse=True)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert dates.all_text_contents() == by_likeness


def test_a_search_for_more_like_a_paper_can_be_by_date(reader: Page, address: str) -> None:
    reader.goto(address + "papers/2509.11420/")
    more = reader.get_by_role("link", name="More like this").get_attribute("href") or ""
    by_date = reader.get_by_role("link", name="newest first")
    assert by_date.evaluate("link => link.href") == f"{urljoin(reader.url, more)}&order=date"


def test_search_costs_nothing_until_it_is_wanted(reader: Page, address: str) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(address + KINDS["paper"])
    reader.wait_for_load_state("networkidle")
    assert not [url for url in asked if "bundle" in url or "search_index" in url]
    reader.keyboard.press("/")
    expect(reader.locator(".md-search__input")).to_be_focused()
    reader.keyboard.type("looms that forget")
    expect(reader.locator(".md-search-result__link").first).to_contain_text("Looms that")


def test_light_and_dark_are_remembered(reader: Page, address: str) -> None:
    reader.goto(address)
    body = reader.locator("body")
    ground = "(body) => getComputedStyle(body).backgroundColor"
    light = body.evaluate(ground)
    reader.click(".pd-scheme")
    expect(body).not_to_have_css("background-color", light)
    dark = body.evaluate(ground)
    reader.goto(address + KINDS["paper"])
    expect(body).to_have_css("background-color", dark)


def test_marks_are_kept_listed_exported_and_taken_in(
    reader: Page, address: str, tmp_path: Path
) -> None:
    reader.goto(address + KINDS["paper"])
    reader.click(".pd-user-marks [data-action=star]")
    reader.get_by_text("Your note").click()
    reader.fill("textarea", "read this <b>twice</b>")
    reader.keyboard.press("Tab")
    reader.goto(address + KINDS["starred"])
    expect(reader.locator("#star + .pd-list")).to_contain_text(FIRST)
    expect(reader.locator("#note + .pd-list")).to_contain_text("read this <b>twice</b>")
    with reader.expect_download() as saved:
        reader.click("[data-action=export]")
    marks = tmp_path / "marks.json"
    saved.value.save_as(marks)
    assert json.loads(marks.read_text("utf-8"))["papers"]["2603.00001"]["note"]
    reader.evaluate("localStorage.clear()")
    reader.reload()
    expect(reader.locator(".pd-bookmarks")).to_contain_text("Nothing is marked yet")
    reader.set_input_files("input[type=file]", marks)
    expect(reader.locator("#star + .pd-list")).to_contain_text(FIRST)


def test_a_hidden_paper_stays_hidden_until_all_are_shown(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    row = reader.locator(".pd-list > ul > li").first
    row.hover()
    row.locator("[data-action=hide]").click()
    expect(row).to_be_hidden()
    reader.reload()
    expect(reader.locator(".pd-list > ul > li").first).to_be_hidden()
    reader.get_by_role("button", name="1 hidden").click()
    expect(reader.locator(".pd-list > ul > li").first).to_be_visible()


def test_a_list_is_sorted_and_shown_as_wished(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["month"])
    titles = reader.locator(".pd-list .pd-title a")
    reader.get_by_label("Sort").select_option("Title")
    shown = titles.all_inner_texts()
    assert shown == reader.evaluate("(t) => t.toSorted((a, b) => a.localeCompare(b))", shown)
    reader.get_by_label("Sort").select_option("Most upvoted")
    expect(titles.first).to_have_text(FIRST)
    reader.get_by_label("View").select_option("Titles")
    expect(reader.locator(".pd-blurb").first).to_be_hidden()
    reader.goto(address)
    expect(reader.locator(".pd-blurb").first).to_be_hidden()


def test_lists_mark_the_papers_that_are_new(reader: Page, address: str) -> None:
    """What came after the reader last said that all is seen; on a first visit nothing is new."""
    reader.goto(address + KINDS["day"])
    reader.wait_for_load_state("networkidle")
    expect(reader.locator(".pd-list .pd-new")).to_have_count(0)
    reader.evaluate(
        """() => { const key = Object.keys(localStorage).find((k) => k.startsWith("pd-own:"));
        const own = JSON.parse(localStorage[key]);
        own.seen.day = "2000-01-01";
        localStorage[key] = JSON.stringify(own); }"""
    )
    reader.reload()
    expect(reader.locator(".pd-list .pd-new")).to_have_count(2)


def stop_the_clock(reader: Page) -> None:
    """Stop the page's clock: what a button says for a moment stays until it was read."""
    reader.clock.install()
    reader.clock.pause_at(datetime.now(UTC) + timedelta(days=1))


def test_copies_are_what_a_bibtex_reader_takes(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["paper"])
    stop_the_clock(reader)
    reader.click(".pd-user-marks [data-action=cite]")
    expect(reader.locator(".pd-user-marks [data-action=cite]")).to_have_text("Copied")
    library = parse_string(reader.evaluate("navigator.clipboard.readText()"))
    assert [entry["title"] for entry in library.entries]
    assert not library.failed_blocks


def test_a_row_is_cited_from_the_list(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    stop_the_clock(reader)
    row = reader.locator(".pd-list > ul > li").first
    row.hover()
    row.locator("[data-action=cite]").click()
    expect(row.locator("[data-action=cite]")).to_have_text("Copied")
    assert "2603.00001" in reader.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("form", ["BibTeX", "RIS", "CSL-JSON"])
def test_a_list_is_saved_as_it_is_shown(reader: Page, address: str, form: str) -> None:
    reader.goto(address + KINDS["day"])
    with reader.expect_download() as saved:
        reader.get_by_label("Export").select_option(form)
    text = Path(saved.value.path()).read_text("utf-8")
    count = {
        "BibTeX": lambda: len(parse_string(text).entries),
        "RIS": lambda: text.count("TY  - "),
        "CSL-JSON": lambda: len(json.loads(text)),
    }[form]()
    assert count == 2
    assert text.count("A loom without memory counts its threads by weaving them twice.") == 1


def test_an_old_address_leads_to_the_paper(reader: Page, address: str) -> None:
    reader.goto(address + "papers/title-00000000000000aa/", wait_until="commit")
    reader.wait_for_url("**/papers/2603.00001/")


def test_an_address_that_leads_nowhere_leads_to_its_paper(
    context: BrowserContext, reading: Path, address: str
) -> None:
    page = context.new_page()
    lost = (reading / "404.html").read_text("utf-8")
    # As GitHub Pages does; Python's server has a page of its own.
    page.route("**/old/**", lambda r: r.fulfill(status=404, content_type="text/html", body=lost))
    for path, name, leads in (
        ("1706.03762v3.pdf", "1706.03762", f"{address}papers/1706.03762/"),
        ("1706.03762%E0%A4", "1706.03762", f"{address}papers/1706.03762/"),
        ("hep-th/9711200", "hep-th/9711200", f"{address}papers/hep-th-9711200/"),
        ("abs/1706.99999", "1706.99999", "https://arxiv.org/abs/1706.99999"),
    ):
        page.goto(f"{address}old/{path}")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("href", leads)


def test_calendars_lead_to_days(reader: Page, address: str) -> None:
    for kind, day in (("year", "5 Mar 2026"), ("month", "3 Mar 2026"), ("home", "4 Mar 2026")):
        reader.goto(address + KINDS[kind])
        reader.locator(f':is(.pd-heatmap, .pd-month) a[title^="{day}:"]').click()
        expect(reader.locator("h1")).to_contain_text(f"{day[0]} March 2026")


def test_a_paper_names_its_neighbours(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["paper"])
    reader.get_by_text("Next paper of the day:").get_by_role("link").click()
    expect(reader.locator("h1")).to_contain_text("Looms that forget")


@pytest.mark.parametrize("form", ["BibTeX", "RIS", "CSL-JSON", "Plain text"])
def test_the_cite_box_copies_each_form(reader: Page, address: str, form: str) -> None:
    reader.goto(address + KINDS["paper"])
    reader.get_by_role("button", name=f"Copy {form}").click()
    expect(reader.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert "2603.00001" in copied
    abstract = "We teach a loom to count its threads"
    assert (abstract in copied) == (form != "Plain text")
    boxes = reader.locator(".pd-cite details code").all_text_contents()
    assert all(abstract in box for box in boxes), "what is selected by hand is whole too"
    expect(reader.get_by_role("button", name=f"Copy {form}")).to_be_visible()


def test_a_selection_is_copied_with_the_tex_of_its_formulas(reader: Page, address: str) -> None:
    """As browsers copy: the script answers the event, and a selection without formulas is theirs."""
    reader.goto(address + KINDS["paper"])
    reader.evaluate(
        "document.querySelector('.pd-body').insertAdjacentHTML('beforeend', "
        "'<p id=one>An <math alttext=\"O(n^2)\"><mi>O</mi></math> loom</p><p id=two>and <b>more</b></p>')"
    )
    copied = """([first, last]) => {
        const range = document.createRange();
        range.setStartBefore(document.querySelector(first));
        range.setEndAfter(document.querySelector(last));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        const event = new ClipboardEvent("copy",
            {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
        document.dispatchEvent(event);
        return event.defaultPrevented ? event.clipboardData.getData("text/plain") : null;
    }"""
    whole = reader.evaluate(copied, ["#one", "#two"])
    assert [line for line in whole.split("\n") if line] == ["An $O(n^2)$ loom", "and more"]
    assert reader.evaluate(copied, ["#one mi", "#one mi"]) == "$O(n^2)$"
    assert reader.evaluate(copied, ["#two", "#two"]) is None
