// Marks a row as read once the reader has passed it, by scrolling or with a key, where they chose so.
import { bookmarkOf, isoToday, setBookmark } from "./bookmarks.js";
import { loadChoice, onReturn, storeChoice } from "./choices.js";
import { isShown, slugOf, titleOf } from "./rows.js";
import { isPressed, makeButton, setPressed } from "./ui.js";
import { gettext } from "./words.js";

const CHOICE = "pd-read-passed";

/** @param {HTMLElement} row */
function markPassed(row) {
  const { star, read, hide } = bookmarkOf(slugOf(row));
  if (isShown(row) && !(star || read || hide)) {
    setBookmark(slugOf(row), titleOf(row), "read", isoToday());
  }
}

/**
 * A button that chooses whether rows are marked read as the reader passes them; off at first.
 * @param {HTMLElement[]} rows
 */
export function makePassedButton(rows) {
  const button = makeButton(gettext("Read as passed"), () => {
    setPressed(button, !isPressed(button));
    storeChoice(CHOICE, isPressed(button) ? "1" : "");
  });
  button.title = gettext("Marks papers as read once you have scrolled or gone past them");
  setPressed(button, Boolean(loadChoice(CHOICE)));
  onReturn(CHOICE, (value) => setPressed(button, Boolean(value)));
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const isAbove = !isIntersecting && boundingClientRect.height && boundingClientRect.bottom < 0;
      if (isPressed(button) && isAbove) markPassed(/** @type {HTMLElement} */ (target));
    }
  });
  for (const row of rows) {
    observer.observe(row);
    row.addEventListener("focusout", ({ relatedTarget }) => {
      const next = relatedTarget instanceof Element ? relatedTarget.closest("li") : null;
      const isLater = next && row.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isPressed(button) && isLater && rows.includes(next)) markPassed(row);
    });
  }
  return button;
}
