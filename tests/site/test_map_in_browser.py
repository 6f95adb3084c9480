"""The map as a reader uses it on a phone: by keys, narrowed by year, to a paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]


def test_a_paper_is_chosen_by_keys_and_the_years_are_narrowed(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(address + "map/")
    canvas = reader.get_by_role("application")
    count = reader.locator(".pd-map-tools [role=status]")
    expect(count).to_have_text(re.compile(r"^\d+ papers shown$"))
    whole = int(count.inner_text().split()[0])
    last = reader.get_by_label("To year")
    last.focus()
    last.press("Home")
    expect(count).not_to_have_text(f"{whole} papers shown")
    expect(count).to_have_text(re.compile(r"^\d+ papers? shown$"))
    canvas.focus()
    for key in ("+", "ArrowLeft", "ArrowDown", "Enter"):
        canvas.press(key)
    chosen = reader.locator(".pd-map-chosen")
    expect(chosen).to_contain_text(last.input_value())
    title = chosen.get_by_role("link").inner_text()
    chosen.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390


def test_fingers_zoom_and_move_the_map_and_scroll_past_the_whole_one(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + "map/")
    canvas = page.get_by_role("application")
    expect(canvas).to_have_css("touch-action", "pan-y")
    devtools = context.new_cdp_session(page)

    def move(*fingers: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """Set fingers down, move each from its first place to its last, and lift them."""
        for step in range(13):
            places = [
                {"x": a + (c - a) * step / 12, "y": b + (d - b) * step / 12, "id": number}
                for number, ((a, b), (c, d)) in enumerate(fingers)
            ]
            kind = "touchMove" if step else "touchStart"
            devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})
            page.evaluate("() => new Promise(requestAnimationFrame)")  # as fast as it is drawn
        devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def middle() -> tuple[float, float]:
        box = canvas.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    x, y = middle()
    move(((x, y + 100), (x, y - 100)))
    page.wait_for_function("() => scrollY > 50")
    page.reload()
    expect(canvas).to_have_css("touch-action", "pan-y")
    page.evaluate("scrollTo(0, 0)")
    x, y = middle()
    move(((x - 30, y), (x - 120, y)), ((x + 30, y), (x + 120, y)))
    expect(canvas).to_have_css("touch-action", "none")  # larger than the whole
    before = canvas.screenshot()
    move(((x, y + 60), (x, y - 60)))
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert canvas.screenshot() != before
    assert page.evaluate("scrollY") == 0
    for _ in range(2):
        move(((x - 120, y), (x - 12, y)), ((x + 120, y), (x + 12, y)))
    expect(canvas).to_have_css("touch-action", "pan-y")
    context.close()


def test_it_is_printed_in_the_colours_of_its_legend_and_without_buttons(
    browser: Browser, address: str
) -> None:
    """Paper is white, and what was drawn on a dark ground is pale there."""
    drawing = "document.querySelector('.pd-map canvas').toDataURL()"
    drawn = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address + "map/")
        expect(page.locator(".pd-map-tools [role=status]")).to_have_text(re.compile("shown"))
        page.evaluate("() => new Promise(requestAnimationFrame)")
        before = page.evaluate(drawing)
        page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {drawing} }})")
        page.pdf(format="A4")
        page.evaluate("() => new Promise(requestAnimationFrame)")
        drawn[scheme] = (before, page.evaluate("window.printed"), page.evaluate(drawing))
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Whole map")).to_be_hidden()
        expect(page.get_by_role("slider").first).to_be_hidden()
        expect(page.locator(".pd-map-tools output").first).to_be_visible()
        expect(page.get_by_role("application")).to_have_css("object-fit", "contain")
        assert page.locator(".pd-map-tools button:visible").count() > 2, "the legend"
        page.close()
    light, dark = drawn["light"], drawn["dark"]
    assert light[1] == dark[1]
    assert light[0] == light[1] == light[2]
    assert dark[0] != dark[1]
    assert dark[0] == dark[2]
