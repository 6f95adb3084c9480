// One row of a list: star, read, hide and cite it, unfold its abstract, say whether it is new.
import { loadAbstract } from "./abstract.js";
import { isoToday, loadBookmarks, setBookmark } from "./bookmarks.js";
import { loadCitation } from "./cite.js";
import { listenToSwipes } from "./swipes.js";
import {
  $,
  $$,
  copyText,
  elementText,
  getElement,
  isPressed,
  makeElement,
  setPressed,
  showOutcome,
  showToast,
} from "./ui.js";
import { gettext } from "./words.js";

/** @import { Bookmark } from "./stored_marks.js" */
/** @typedef {"star" | "read" | "hide"} Toggle */

/** @type {Toggle[]} */
const TOGGLES = ["star", "read", "hide"];
const root = document.documentElement;
/** @type {WeakMap<HTMLElement, string>} what each row was last drawn from */
const drawnStates = new WeakMap();

/** @param {HTMLElement} row */
export const titleLink = (row) => /** @type {HTMLAnchorElement} */ (getElement(".pd-title a", row));

/** @param {HTMLElement} row */
export const slugOf = (row) => titleLink(row).href.split("/").at(-2) ?? "";

/** @param {HTMLElement} row */
export const titleOf = (row) => elementText(titleLink(row));

/** @param {HTMLElement} row */
export const dateOf = (row) => $("time", row)?.getAttribute("datetime") ?? "";

/** @param {HTMLElement} row */
export const votesOf = (row) => Number($(".pd-votes", row)?.textContent.replace(/\D/g, "") ?? 0);

/** @param {HTMLElement} row whether it can be seen: a muted one that keeps its room cannot */
export const isShown = (row) => !row.hidden && !row.inert;

/**
 * Shows a row as the reader marked it; where it goes away, the focus goes to the next one.
 * What is found to be muted once the row was drawn (`data-muted` "late") leaves its room: nothing moves.
 * @param {HTMLElement} row
 * @param {Bookmark} bookmark
 */
function updateRow(row, bookmark) {
  const { hideRead, all } = root.dataset;
  const { muted } = row.dataset;
  const state = JSON.stringify([TOGGLES.map((kind) => bookmark[kind]), muted, hideRead, all]);
  if (drawnStates.get(row) === state) return;
  drawnStates.set(row, state);
  row.classList.toggle("read", Boolean(bookmark.read));
  const isUnwanted = bookmark.hide || muted === "1" || (bookmark.read && hideRead);
  const isGone = Boolean(isUnwanted) && !all;
  const isBlank = muted === "late" && !all;
  if ((isGone || isBlank) && isShown(row) && row.contains(document.activeElement)) {
    const next =
      nextVisible(row, "nextElementSibling") ?? nextVisible(row, "previousElementSibling");
    if (next) titleLink(next).focus();
  }
  row.hidden = isGone;
  row.inert = isBlank;
  for (const kind of TOGGLES) {
    for (const button of $$(`[data-action=${kind}]`, row)) setPressed(button, bookmark[kind]);
  }
}

/**
 * @param {Element} row
 * @param {"nextElementSibling" | "previousElementSibling"} side
 * @returns {HTMLElement | undefined}
 */
function nextVisible(row, side) {
  for (let other = row[side]; other; other = other[side]) {
    if (other instanceof HTMLElement && isShown(other)) return other;
  }
  return undefined;
}

/**
 * Sets the state that the button shows, whatever another tab has done meanwhile.
 * @param {HTMLElement} row
 * @param {Toggle} kind
 * @param {Element} button
 */
function setMark(row, kind, button) {
  const slug = slugOf(row);
  const title = titleOf(row);
  const value = isPressed(button) ? "" : isoToday();
  setBookmark(slug, title, kind, value);
  updateRows([row]);
  if (kind !== "hide" || !value) return;
  showToast(gettext("Hidden."), () => {
    setBookmark(slug, title, kind, "");
    updateRows([row]);
    titleLink(row).focus();
  });
}

/** @param {HTMLElement} row */
async function toggleAbstract(row) {
  const shown = $(".pd-abstract", row);
  for (const button of $$("[data-action=abstract]", row)) button.ariaExpanded = String(!shown);
  if (shown) {
    shown.remove();
    return;
  }
  const abstract = makeElement("div", { class: "pd-abstract", dir: "auto", "aria-live": "polite" });
  row.append(abstract);
  try {
    abstract.append(...(await loadAbstract(slugOf(row))));
  } catch {
    abstract.append(
      gettext("The abstract could not be loaded. Check the connection and try again."),
    );
  }
}

/**
 * Says of rows that their papers are new, where that needs no further line: nothing below may move.
 * All are measured, then all written: one layout each time, however many rows.
 * @param {HTMLElement[]} rows
 */
export function markNew(rows) {
  const lines = rows
    .map((row) => $(".pd-meta", row))
    .filter((meta) => meta && !$(".pd-new", meta))
    .map((meta) => /** @type {HTMLElement} */ (meta));
  const heights = lines.map((meta) => meta.offsetHeight);
  const badges = lines.map(() => makeElement("span", { class: "pd-new" }, ` ${gettext("new")}`));
  lines.forEach((meta, place) => {
    meta.append(badges[place]);
  });
  const isHigher = lines.map((meta, place) => meta.offsetHeight > heights[place]);
  badges.forEach((badge, place) => {
    if (isHigher[place]) badge.remove();
  });
}

/**
 * What a press of each button does.
 * @type {Record<string, (row: HTMLElement, button: HTMLButtonElement) => void>}
 */
const ACTIONS = {
  star: (row, button) => setMark(row, "star", button),
  read: (row, button) => setMark(row, "read", button),
  hide: (row, button) => setMark(row, "hide", button),
  abstract: toggleAbstract,
  cite: (row, button) =>
    showOutcome(button, async () => copyText(await loadCitation(slugOf(row), "BibTeX"))),
  more: (_, menu) => {
    const isOpen = menu.parentElement?.classList.toggle("is-open");
    menu.setAttribute("aria-expanded", String(isOpen));
  },
};

/** @type {WeakSet<Element>} */
const decorated = new WeakSet();

/** @param {EventTarget | null} target within the row @returns {HTMLElement | undefined} a decorated one */
function rowAround(target) {
  const row = target instanceof Element ? target.closest(".pd-list > ul > li") : null;
  return row && decorated.has(row) ? /** @type {HTMLElement} */ (row) : undefined;
}

// One listener for all rows: a list of hundreds costs no more to set up than its buttons.
document.addEventListener("click", ({ target }) => {
  const row = rowAround(target);
  if (!row || !(target instanceof Element)) return;
  const button = /** @type {HTMLButtonElement | null} */ (target.closest("[data-action]"));
  if (button) ACTIONS[button.dataset.action ?? ""]?.(row, button);
  else if (target.closest(".pd-blurb") && !getSelection()?.toString()) toggleAbstract(row);
});
listenToSwipes(rowAround);

/** @param {string} label @param {string} action */
function actionButton(label, action) {
  const button = makeElement("button", { type: "button" }, label);
  button.dataset.action = action;
  return button;
}

/** @type {{ buttons: HTMLElement, star: HTMLElement } | undefined} what each row gets a copy of */
let pattern;

function makePattern() {
  const abstract = actionButton(gettext("Abstract"), "abstract");
  const menu = actionButton("⋯", "more");
  for (const button of [abstract, menu]) button.ariaExpanded = "false";
  const more = makeElement("span", { class: "pd-more" }, abstract);
  more.append(actionButton(gettext("Cite"), "cite"), actionButton(gettext("Hide"), "hide"));
  const buttons = makeElement("span", { class: "pd-row-buttons" }, more);
  buttons.append(actionButton(gettext("Mark read"), "read"), menu);
  return { buttons, star: actionButton("", "star") };
}

/** @param {HTMLElement} row */
function decorateRow(row) {
  const actions =
    $(".pd-actions", row) ?? row.appendChild(makeElement("p", { class: "pd-actions" }));
  pattern ??= makePattern();
  const buttons = /** @type {HTMLElement} */ (pattern.buttons.cloneNode(true));
  const star = /** @type {HTMLElement} */ (pattern.star.cloneNode(true));
  const title = titleOf(row);
  for (const button of $$("[data-action]", buttons)) {
    const isMenu = button.dataset.action === "more";
    setLabel(button, isMenu ? gettext("More") : button.textContent, title);
  }
  setLabel(star, gettext("Star"), title);
  for (const a of $$("p:not(.pd-title, .pd-meta) > a", row)) setLabel(a, a.textContent, title);
  actions.append(buttons);
  row.append(star);
  decorated.add(row);
}

/**
 * Gives rows their buttons, and shows them as the reader marked them.
 * @param {HTMLElement[]} rows
 */
export function decorateRows(rows) {
  if (rows.length) root.classList.add("pd-has-swipes");
  for (const row of rows) decorateRow(row);
  updateRows(rows);
}

/**
 * Shows rows as the reader marked them: what the browser keeps is read once for all.
 * @param {HTMLElement[]} rows
 */
export function updateRows(rows) {
  const { papers } = loadBookmarks();
  for (const row of rows) updateRow(row, papers[slugOf(row)] ?? {});
}

/**
 * Says of which paper a button or link is, for those who come to it without its row.
 * @param {HTMLElement} element
 * @param {string} label
 * @param {string} title
 */
function setLabel(element, label, title) {
  element.setAttribute("aria-label", gettext("{label}: {title}", { label, title }));
}
