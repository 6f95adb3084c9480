// One row of a list: star, read, hide and cite it, and say whether it is new.
import { bookmarkOf, toggleBookmark } from "./bookmarks.js";
import { loadCitation } from "./cite.js";
import {
  $,
  $$,
  copyText,
  getElement,
  makeButton,
  makeElement,
  setPressed,
  showOutcome,
} from "./ui.js";

/** @typedef {"star" | "read" | "hide"} Toggle */

/** @type {Toggle[]} */
const TOGGLES = ["star", "read", "hide"];

/** @param {HTMLElement} row */
export const titleLink = (row) => /** @type {HTMLAnchorElement} */ (getElement(".pd-title a", row));

/** @param {HTMLElement} row */
export const slugOf = (row) => titleLink(row).href.split("/").at(-2) ?? "";

/** @param {HTMLElement} row */
export const titleOf = (row) => titleLink(row).textContent;

/** @param {HTMLElement} row */
export const dateOf = (row) => $("time", row)?.getAttribute("datetime") ?? "";

/** @param {HTMLElement} row */
export const votesOf = (row) => Number($(".pd-votes", row)?.textContent.replace(/\D/g, "") ?? 0);

/**
 * Shows a row as the reader marked it.
 * @param {HTMLElement} row
 */
export function updateRow(row) {
  const bookmark = bookmarkOf(slugOf(row));
  row.classList.toggle("read", Boolean(bookmark.read));
  row.hidden = Boolean(bookmark.hide) && !document.documentElement.dataset.all;
  for (const kind of TOGGLES) {
    for (const button of $$(`[data-action=${kind}]`, row)) setPressed(button, bookmark[kind]);
  }
}

/**
 * Gives a row its buttons.
 * @param {HTMLElement} row
 * @param {string} newSince papers after this day are new; "" where none is
 * @param {() => void} onChange when a mark has changed
 */
export function decorateRow(row, newSince = "", onChange = () => undefined) {
  const actions =
    $(".pd-actions", row) ?? row.appendChild(makeElement("p", { class: "pd-actions" }));
  /** @type {(kind: Toggle) => () => void} */
  const toggle = (kind) => () => {
    toggleBookmark(slugOf(row), titleOf(row), kind);
    updateRow(row);
    onChange();
  };
  const copyCitation = async () => copyText(await loadCitation(slugOf(row), "BibTeX"));
  const buttons = makeElement("span", { class: "pd-row-buttons" });
  buttons.append(
    makeButton("Cite", (button) => showOutcome(button, copyCitation), "cite"),
    makeButton("Read", toggle("read"), "read"),
    makeButton("Hide", toggle("hide"), "hide"),
  );
  actions.append(buttons);
  const star = makeButton("", toggle("star"), "star");
  star.setAttribute("aria-label", `Star: ${titleOf(row)}`);
  row.append(star);
  if (newSince && dateOf(row) > newSince) {
    $(".pd-meta", row)?.prepend(makeElement("span", { class: "pd-new" }, "new"), " ");
  }
  updateRow(row);
}
