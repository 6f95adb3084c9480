"""Marks that stay: in two tabs, while typing, with a storage that refuses, and on the way to others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from page_kinds import KINDS
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

REFUSE = (
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
)

CLOSE = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("closed", "SecurityError") } })"""


def test_two_tabs_show_one_state_and_a_button_sets_what_it_shows(
    context: BrowserContext, address: str
) -> None:
    one, other = context.new_page(), context.new_page()
    stars = []
    for tab in (one, other):
        tab.goto(address + KINDS["day"])
        stars.append(tab.locator("[data-action=star]").first)
    stars[0].click()
    expect(stars[1]).to_have_attribute("aria-pressed", "true")
    other.goto(address + KINDS["starred"])
    expect(other.locator("#star + .pd-list li")).to_have_count(1)
    other.get_by_role("button", name="Remove (Starred): ").click()
    expect(stars[0]).to_have_attribute("aria-pressed", "false")
    other.get_by_role("button", name="Undo").click()
    expect(stars[0]).to_have_attribute("aria-pressed", "true")


def test_a_button_that_is_behind_stars_nothing_away(context: BrowserContext, address: str) -> None:
    """A page that has not heard of a change shows an empty star: pressing it means to star."""
    page = context.new_page()
    page.add_init_script("addEventListener('storage', (e) => e.stopImmediatePropagation(), true)")
    page.goto(address + KINDS["day"])
    star = page.locator("[data-action=star]").first
    expect(star).to_have_attribute("aria-pressed", "false")
    second = context.new_page()
    second.goto(address + KINDS["day"])
    second.locator("[data-action=star]").first.click()
    page.evaluate(
        "() => document.querySelector('[data-action=star]').setAttribute('aria-pressed', 'false')"
    )
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    stored = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "2603.00001" in stored


def test_a_note_is_kept_as_it_is_typed(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + KINDS["paper"])
    page.get_by_text("Your note").click()
    page.get_by_label("Your note on this paper").press_sequentially("half a tho")
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(address + KINDS["paper"])
    expect(page.get_by_label("Your note on this paper")).to_have_value("half a tho")


def test_a_refused_mark_lasts_as_long_as_the_page_and_says_so(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(REFUSE)
    page.goto(address + KINDS["day"])
    for star in page.locator("[data-action=star]").all():
        star.click()
        expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_contain_text("does not keep marks")
    expect(page.locator("[data-action=star][aria-pressed=true]")).to_have_count(2)


def test_what_a_press_says_covers_no_refusal(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = context.new_page()
    page.add_init_script(REFUSE)
    page.goto(address + KINDS["day"])
    page.locator(".pd-list > ul > li .pd-title a").first.focus()
    page.keyboard.press("x")
    toast = page.locator(".pd-toast")
    expect(toast).to_contain_text("Hidden.")
    expect(toast).to_contain_text("does not keep marks")
    # Another page has none of it: the file is had from this one.
    with page.expect_download() as saved:
        toast.get_by_role("button", name="Export all marks").click()
    saved.value.save_as(tmp_path / "marks.json")
    assert json.loads((tmp_path / "marks.json").read_text("utf-8"))["papers"]["2603.00001"]["hide"]
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".pd-list > ul > li").first).to_be_visible()
    page.goto(f"{address}{KINDS['starred']}#list=2603.00001")
    page.get_by_role("button", name="Star them all").click()
    expect(toast).to_contain_text("starred.")
    expect(toast).to_contain_text("does not keep marks")


def test_a_refused_mark_takes_back_nothing_that_another_tab_stored_meanwhile(
    context: BrowserContext, address: str
) -> None:
    page, other = context.new_page(), context.new_page()
    for tab in (page, other):
        tab.goto(address + KINDS["day"])
    page.evaluate(f"window.takes = Storage.prototype.setItem; {REFUSE}; 0")
    page.locator("[data-action=star]").nth(0).click()
    expect(page.get_by_role("status")).to_contain_text("does not keep marks")
    other.locator("[data-action=star]").nth(1).click()
    expect(page.locator("[data-action=star][aria-pressed=true]")).to_have_count(2)
    page.evaluate("Storage.prototype.setItem = window.takes; 0")
    page.locator("[data-action=read]").first.evaluate("button => button.click()")
    expect(other.locator("[data-action=star][aria-pressed=true]")).to_have_count(2)


def test_a_closed_storage_is_named_where_marks_would_stand(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(CLOSE)
    page.goto(address + KINDS["starred"])
    expect(page.locator(".pd-bookmarks")).to_contain_text("does not keep marks")
    page.goto(address + KINDS["paper"])
    page.get_by_text("Your note").click()
    expect(page.locator(".pd-side")).to_contain_text("does not keep marks")


def test_hiding_is_undone(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    row = reader.locator(".pd-list > ul > li").first
    row.locator(".pd-title a").focus()
    reader.keyboard.press("r")
    reader.keyboard.press("x")
    expect(row).to_be_hidden()
    # The focus went to the next paper, so that the keys go on.
    expect(reader.locator(".pd-list > ul > li").nth(1).locator(".pd-title a")).to_be_focused()
    reader.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()
    expect(row.locator("[data-action=read]")).to_have_attribute("aria-pressed", "true")


def test_stars_have_tags_and_are_searched(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    for star in reader.locator("[data-action=star]").all():
        star.click()
    reader.goto(address + KINDS["starred"])
    reader.get_by_label("Tags: Looms that count").fill("thesis, chapter 2")
    reader.reload()
    expect(reader.get_by_label("Tags: Looms that count")).to_have_value("thesis, chapter 2")
    rows = reader.locator("#star + .pd-list li")
    box = reader.get_by_label("Search in your papers")
    for asked, count in (("looms", 2), ("chapter", 1), ("forget looms", 1), ("nothing", 0)):
        box.fill(asked)
        expect(rows).to_have_count(count)
    expect(reader.locator(".pd-bookmarks")).to_contain_text("None of your papers has this")


def test_a_list_is_sent_as_a_link_and_taken_in(
    context: BrowserContext, reader: Page, address: str
) -> None:
    reader.goto(address + KINDS["day"])
    for star in reader.locator("[data-action=star]").all():
        star.click()
    reader.goto(address + KINDS["starred"])
    reader.get_by_role("button", name="Copy as link").click()
    expect(reader.get_by_role("button", name="Copied")).to_be_visible()
    link = reader.evaluate("navigator.clipboard.readText()")
    reader.get_by_role("button", name="QR code").click()
    expect(reader.get_by_role("img", name="QR code of a link to this list of 2")).to_be_visible()
    browser = context.browser
    assert browser
    other = browser.new_page()
    other.goto(link)
    expect(other.locator(".pd-banner")).to_contain_text("A list of 2 papers was sent")
    expect(other.locator(".pd-banner li").first).to_contain_text("Looms that")
    expect(other.locator("#star")).to_have_count(0)
    other.get_by_role("button", name="Star them all").click()
    expect(other.locator("#star + .pd-list li")).to_have_count(2)
    expect(other).to_have_url(address + KINDS["starred"])
    other.close()


def test_a_list_is_shown_where_its_link_is_opened_on_the_page_itself(
    reader: Page, address: str
) -> None:
    reader.goto(address + KINDS["starred"])
    for slugs in ("2603.00001", "2603.00001:2603.00002"):
        reader.evaluate("slugs => { location.hash = `#list=${slugs}` }", slugs)
        expect(reader.locator(".pd-banner li")).to_have_count(len(slugs.split(":")))
    expect(reader.locator(".pd-banner")).to_have_count(1)


@pytest.mark.parametrize(
    ("form", "sign"), [("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", '"id"')]
)
def test_stars_are_exported(reader: Page, address: str, form: str, sign: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.locator("[data-action=star]").first.click()
    reader.goto(address + KINDS["starred"])
    with reader.expect_download() as saved:
        reader.get_by_role("button", name=form, exact=True).click()
    assert Path(saved.value.path()).read_text("utf-8").count(sign) == 1
    with reader.expect_download() as saved:
        reader.get_by_role("button", name="Export all marks").click()
    assert len(json.loads(Path(saved.value.path()).read_text("utf-8"))["papers"]) == 1


@pytest.mark.parametrize(
    ("form", "sign"), [("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", '"id"')]
)
def test_what_the_archive_has_no_longer_keeps_no_star_from_being_exported(
    context: BrowserContext, address: str, form: str, sign: str
) -> None:
    page = context.new_page()
    removed = {"id": "arxiv:2401.00009", "gone": "removed"}
    page.route("**/api/papers/2401.00009.json", lambda route: route.fulfill(json=removed))
    page.route("**/papers/2401.00009/", lambda route: route.fulfill(body="<h1>Removed</h1>"))
    page.goto(f"{address}starred/")
    slugs = ("1706.03762", "2401.00009", "2401.00008")  # one taken out, one never there
    marks = {"papers": {slug: {"title": slug, "star": "2026-01-01"} for slug in slugs}}
    page.evaluate("marks => localStorage.setItem('pd-own:/', JSON.stringify(marks))", marks)
    page.reload()
    button = page.get_by_role("button", name=form, exact=True)
    with page.expect_download() as saved:
        button.click()
    text = Path(saved.value.path()).read_text("utf-8")
    assert text.count(sign) == 1
    assert "{}" not in text
    expect(page.locator(".pd-tools")).to_contain_text("Saved: 1 of 3 papers")
    page.evaluate("""() => {
      const marks = JSON.parse(localStorage.getItem("pd-own:/"));
      delete marks.papers["1706.03762"];
      localStorage.setItem("pd-own:/", JSON.stringify(marks));
    }""")
    page.reload()
    button.click()
    expect(page.locator(".pd-tools")).to_contain_text("Failed")


def test_what_two_tabs_write_is_all_kept(context: BrowserContext, address: str) -> None:
    """Each tab has the cursor in the box that the other one writes into."""
    one, other = context.new_page(), context.new_page()
    for place, label in (
        ("starred", "Muted: words"),
        ("starred", "Highlighted: the same"),
        ("paper", "Your note on this paper"),
    ):
        for tab in (one, other):
            tab.goto(address + KINDS[place])
            tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        boxes = [tab.get_by_label(label) for tab in (one, other)]
        boxes[0].press_sequentially("looms")
        boxes[1].focus()
        expect(boxes[1]).to_have_value("looms")
        boxes[1].press("End")
        boxes[1].press_sequentially("\nspindles")
        expect(boxes[0]).to_have_value("looms\nspindles")
    one.goto(address + KINDS["starred"])
    expect(one.get_by_label("Muted: words")).to_have_value("looms\nspindles")
    expect(one.get_by_label("Highlighted: the same")).to_have_value("looms\nspindles")


def test_words_and_keys_that_the_storage_refuses_are_named(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(REFUSE)
    page.goto(address + KINDS["starred"])
    toast = page.locator(".pd-toast")
    page.locator(".pd-words summary").click()
    page.get_by_label("Muted: words").press_sequentially("loom")
    expect(toast).to_have_text("Nothing was saved.")
    page.goto(address + KINDS["day"])
    page.keyboard.press("?")
    page.get_by_label("Key: star").fill("q")
    expect(toast).to_have_text("Nothing was saved.")
