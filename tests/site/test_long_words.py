"""Buttons of a paper hold the words of every language, and no long name or wide spacing makes a page scroll sideways."""

from __future__ import annotations

import pytest
from page_kinds import KINDS
from paper_digest.text.language import LANGUAGES, gettext, set_language
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

#: Buttons that have several lines, and what lies on each other of links, buttons and the text below.
_FAULTS = """() => {
  const buttons = [...document.querySelectorAll(".pd-user-marks button")];
  const broken = buttons.filter((button) => {
    const text = document.createRange();
    text.selectNodeContents(button);
    return text.getClientRects().length > 1;
  });
  const [links, marks] = [".pd-actions > a", ".pd-user-marks button"].map((which) =>
    [...document.querySelectorAll(`.pd-body > ${which}, .pd-actions > ${which}`)]
      .map((one) => one.getBoundingClientRect()));
  const text = document.querySelector(".pd-body > h2").getBoundingClientRect();
  const lowest = Math.max(...links.map((box) => box.bottom));
  return [
    ...broken.map((button) => button.textContent),
    ...marks.filter((box) => box.top < lowest || box.bottom > text.top).map(() => "overlaps"),
    ...(document.documentElement.scrollWidth > innerWidth ? ["wide"] : []),
  ];
}"""
_TOP = "document.querySelector('.pd-body > h2').getBoundingClientRect().top"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_buttons_of_a_paper_hold_the_words_of_every_language(
    reader: Page, address: str, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(address + KINDS["paper"])
    buttons = reader.locator(".pd-user-marks button")
    buttons.first.wait_for()
    faults = {}
    for code in LANGUAGES:
        set_language(code)
        words = [gettext(text) for text in ("Star", "Mark read", "Cite")]
        set_language("en")
        for number, word in enumerate(words):
            buttons.nth(number).evaluate("(button, word) => button.replaceChildren(word)", word)
        faults[code] = reader.evaluate(_FAULTS)
    assert {code: seen for code, seen in faults.items() if seen} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_buttons_take_the_room_that_was_left_for_them(
    reader: Page, address: str, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(address + KINDS["paper"])
    reader.locator(".pd-user-marks button").first.wait_for()
    after = reader.evaluate(_TOP)
    reader.evaluate("""() => {
      document.querySelector(".pd-user-marks").remove();
      document.querySelector(".pd-body > .pd-actions").classList.remove("is-drawn");
    }""")
    assert abs(reader.evaluate(_TOP) - after) < 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_with_the_readers_own_spacing_of_text(
    browser: Browser, address: str, kind: str
) -> None:
    """WCAG 1.4.12 with 1.4.10: a narrow screen, wider letters and words, and a topic of a long name."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + KINDS[kind])
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet);
          for (const link of document.querySelectorAll(".pd-list .pd-meta a"))
            link.textContent = "Languages of few speakers, their dialects, and what is spoken of them";
        }""",
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
    )
    root = page.locator("html")
    assert root.evaluate("html => html.scrollWidth - html.clientWidth") == 0
    context.close()
