"""A day's papers gone through in their list: by keyboard, by finger, and as the reader set it up."""

from __future__ import annotations

import re

import pytest
from page_kinds import KINDS
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

ROWS = ".pd-list > ul > li"


@pytest.mark.parametrize("key", ["e", " "])
def test_an_abstract_unfolds_in_the_list_and_folds_again(
    reader: Page, address: str, key: str
) -> None:
    reader.goto(address + KINDS["day"])
    reader.keyboard.press("j")
    reader.keyboard.press(key)
    abstract = reader.locator(f"{ROWS} .pd-abstract")
    expect(abstract).to_contain_text("We teach a loom")
    expect(reader.locator(f"{ROWS} .pd-title a").first).to_be_focused()
    reader.keyboard.press(key)
    expect(abstract).to_have_count(0)
    expect(reader).to_have_url(address + KINDS["day"])


def test_formulas_of_an_unfolded_abstract_are_set(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["month"])
    for button in reader.locator("[data-action=abstract]").all():
        button.evaluate("(one) => one.click()")
    expect(reader.locator(".pd-abstract p:first-child")).to_have_count(reader.locator(ROWS).count())
    assert "$" not in "".join(reader.locator(".pd-abstract").all_inner_texts())
    expect(reader.locator(".pd-abstract math").first).to_be_attached()


def test_fifty_papers_need_no_page_load(reader: Page, address: str) -> None:
    """Triage by keyboard alone: every paper read or hidden, some starred, some abstracts read."""
    reader.goto(address + "topics/language-models/")
    count = min(50, reader.locator(ROWS).count())
    loads: list[str] = []
    reader.on("framenavigated", lambda frame: loads.append(frame.url))
    for number in range(count):
        if number == 0 or number % 3:
            reader.keyboard.press("j")
        if number % 5 == 0:
            reader.keyboard.press("e")
            expect(reader.locator(f"{ROWS}:focus-within .pd-abstract")).to_be_visible()
            reader.keyboard.press("s")
        reader.keyboard.press("x" if number % 3 == 2 else "r")
    assert count >= 20
    assert loads == []
    marked = reader.locator("[aria-pressed=true]").count()
    assert marked >= count


def test_read_papers_are_put_out_of_sight_and_back(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.keyboard.press("j")
    reader.keyboard.press("r")
    reader.get_by_role("button", name="Hide read").click()
    expect(reader.locator(ROWS).first).to_be_hidden()
    reader.reload()
    expect(reader.locator(ROWS).first).to_be_hidden()
    reader.get_by_role("button", name="Show 1 read").click()
    expect(reader.locator(ROWS).first).to_be_visible()


def test_keys_are_rebound_and_switched_off(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    first = reader.locator(f"{ROWS} .pd-title a").first
    reader.keyboard.press("?")
    reader.get_by_label("Key: next paper").fill("t")
    reader.keyboard.press("Escape")
    reader.keyboard.press("j")
    expect(first).not_to_be_focused()
    reader.keyboard.press("t")
    expect(first).to_be_focused()
    reader.keyboard.press("?")
    reader.get_by_label("Single keys are on").uncheck()
    reader.keyboard.press("Escape")
    reader.reload()
    for key in "tsrx?/":
        reader.keyboard.press(key)
    expect(reader.locator("[aria-pressed=true], dialog[open]")).to_have_count(0)
    expect(first).not_to_be_focused()


def test_a_key_pressed_as_the_dialog_closes_is_heard(reader: Page, address: str) -> None:
    """A closed box has the focus until the next frame: a key then was taken for its text."""
    reader.goto(address + KINDS["day"])
    reader.keyboard.press("?")
    reader.get_by_label("Key: next paper").focus()
    reader.evaluate("""() => {
        const box = document.activeElement;
        box.closest("dialog").hidePopover();
        box.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true, composed: true}));
    }""")
    expect(reader.locator(f"{ROWS} .pd-title a").first).to_be_focused()


def test_the_focus_is_where_it_was_after_back(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    reader.keyboard.press("j")
    reader.keyboard.press("j")
    reader.keyboard.press("o")
    reader.wait_for_url("**/papers/**")
    reader.go_back()
    expect(reader.locator(f"{ROWS} .pd-title a").nth(1)).to_be_focused()


def test_sort_and_view_live_in_the_address(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["month"])
    titles = reader.locator(f"{ROWS} .pd-title a")
    given = titles.all_text_contents()
    reader.get_by_label("Sort").select_option("title")
    reader.get_by_label("View").select_option("titles")
    expect(reader).to_have_url(re.compile(r"sort=title&view=titles$"))
    shown = titles.all_text_contents()
    titles.first.click()
    reader.wait_for_url("**/papers/**")
    reader.go_back()
    expect(titles).to_have_text(shown)
    expect(reader.get_by_label("Sort")).to_have_value("title")
    reader.get_by_label("Sort").select_option("given")
    expect(titles).to_have_text(given)
    expect(reader).to_have_url(re.compile(r"/\?view=titles$"))


def test_muted_words_leave_papers_out_and_the_list_says_so(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["starred"])
    reader.get_by_text("Muted and highlighted words").click()
    reader.get_by_label("Muted: words").fill("looms that forget\n")
    reader.get_by_label("Highlighted: the same").fill("ada weaver")
    reader.goto(address + KINDS["day"])
    expect(reader.locator(f"{ROWS}:visible")).to_have_count(1)
    expect(reader.locator(f"{ROWS}.is-highlighted")).to_have_count(2)
    reader.get_by_role("button", name="1 hidden").click()
    expect(reader.locator(f"{ROWS}:visible")).to_have_count(2)


def test_what_only_the_index_finds_muted_keeps_its_room_until_the_next_page(
    reader: Page, address: str
) -> None:
    """And is gone there before any script of a page has come."""
    reader.goto(address + KINDS["day"])
    rows = reader.locator(ROWS)
    expect(rows).to_have_count(2)
    before = rows.last.bounding_box()
    path = "new URL('../../', location).pathname"
    reader.evaluate(
        f"localStorage.setItem('pd-words:' + {path}, JSON.stringify({{ muted: ['teach a loom'], highlighted: [] }}))"
    )
    reader.reload()
    muted = reader.locator(f"{ROWS}[inert]")
    expect(muted).to_have_count(1)
    assert rows.last.bounding_box() == before
    expect(reader.get_by_role("button", name="1 hidden")).to_be_visible()
    expect(muted.get_by_role("link")).to_have_count(0)

    reader.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    reader.reload()
    expect(reader.locator(f"{ROWS}:visible")).to_have_count(1)


def test_a_phone_has_star_and_read_in_the_same_place_on_every_row(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + "topics/language-models/")
    expect(page.locator("[data-action=more]").first).to_be_visible()
    for action in ("star", "read"):
        places = page.locator(f"[data-action={action}]").evaluate_all(
            "(all) => all.map((one) => Math.round(one.getBoundingClientRect().right))"
        )
        assert len(places) > 5
        assert len(set(places)) == 1
    first = page.locator(ROWS).first
    expect(first.locator("[data-action=hide]")).to_be_hidden()
    first.locator("[data-action=more]").tap()
    first.locator("[data-action=abstract]").tap()
    expect(first.locator(".pd-abstract")).to_be_visible()
    context.close()


def test_marking_read_as_one_passes_is_a_choice(reader: Page, address: str) -> None:
    reader.goto(address + "topics/language-models/")
    read = reader.locator("[data-action=read][aria-pressed=true]")
    for _ in range(3):
        reader.keyboard.press("j")
    expect(read).to_have_count(0)
    reader.get_by_role("button", name="Read as passed").click()
    reader.locator(f"{ROWS} .pd-title a").first.focus()
    for _ in range(2):
        reader.keyboard.press("j")
    expect(read).to_have_count(2)
    reader.keyboard.press("k")
    expect(read).to_have_count(2)
    reader.reload()
    # What is on the screen before is passed; what was jumped over was not seen.
    reader.locator(ROWS).nth(12).evaluate("(row) => row.scrollIntoView()")
    expect(read.nth(3)).to_be_attached()


def test_a_swipe_does_what_a_button_does(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + KINDS["day"])
    row = page.locator(ROWS).first
    expect(row.locator("[data-action=star]")).to_be_visible()
    fingers = context.new_cdp_session(page)
    box = row.locator(".pd-title").bounding_box()
    assert box

    def swipe(start: int, end: int, down: int = 0) -> None:
        y = box["y"] + 8
        for kind, points in (
            ("touchStart", [{"x": start, "y": y}]),
            ("touchMove", [{"x": end, "y": y + down}]),
            ("touchEnd", []),
        ):
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(80, 220)
    expect(row.locator("[data-action=star]")).to_have_attribute("aria-pressed", "true")
    swipe(220, 80)
    expect(row.locator("[data-action=read]")).to_have_attribute("aria-pressed", "true")
    swipe(80, 120)
    fingers.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    swipe(80, 220)
    fingers.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})
    swipe(220, 80)
    expect(row.locator("[data-action=read]")).to_have_attribute("aria-pressed", "false")
    expect(row.locator("[data-action=star]")).to_have_attribute("aria-pressed", "true")
    context.close()
