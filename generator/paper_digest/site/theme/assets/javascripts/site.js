// On every page: light and dark, wide formulas; search and keys have modules of their own.
import { onReturn, storeChoice } from "./choices.js";
import "./keys.js";
import "./refused_marks.js";
import { $, $$, getElement, makeElement } from "./ui.js";
import { gettext } from "./words.js";

const root = document.documentElement;

// What is wider than its line scrolls, and the keyboard must reach it; in a closed box nothing is.
function makeScrollersFocusable() {
  for (const line of $$(":is(h1, p, li):has(math), pre > code")) {
    if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
  }
}
makeScrollersFocusable();
document.addEventListener("toggle", makeScrollersFocusable, true);

// Light and dark: the system decides until the button is pressed.
const schemeButton = getElement(".pd-scheme");
schemeButton.ariaLabel = gettext("Switch between light and dark");
schemeButton.hidden = false;
schemeButton.addEventListener("click", () => {
  // Of anything else that the storage holds the style sheet knows nothing either.
  const dark = ["light", "dark"].includes(root.dataset.scheme ?? "")
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.scheme = dark ? "light" : "dark";
  storeChoice("pd-scheme", root.dataset.scheme);
});
onReturn("pd-scheme", (scheme) => {
  root.dataset.scheme = scheme;
});

// A selection with formulas is copied as text with their TeX: of MathML an editor gets letters in a heap.
/** @param {Element} formula */
const texOf = (formula) => {
  const sign = formula.getAttribute("display") ? "$$" : "$";
  return `${sign}${formula.getAttribute("alttext")}${sign}`;
};
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection?.rangeCount || !event.clipboardData) return;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const formula = (around instanceof Element ? around : around.parentElement)?.closest("math");
  const copy = makeElement("div", {}, formula ? texOf(formula) : range.cloneContents());
  const formulas = $$("math[alttext]", copy);
  if (!formula && !formulas.length) return;
  for (const one of formulas) one.replaceWith(texOf(one));
  document.body.append(copy);
  // biome-ignore lint/performance/useDomNodeTextContent: only the layout knows where lines end
  event.clipboardData.setData("text/plain", copy.innerText);
  copy.remove();
  event.preventDefault();
});

// Reading without a connection, where the site offers it; a worker of a site that did goes away.
const isOffered = Boolean($("link[rel=manifest]"));
if (isOffered || navigator.serviceWorker?.controller) {
  import("./offline.js")
    .then(({ startOffline, stopOffline }) => (isOffered ? startOffline() : stopOffline()))
    .catch(() => undefined);
}

if (matchMedia("(hover: hover)").matches) import("./hover_cards.js");
