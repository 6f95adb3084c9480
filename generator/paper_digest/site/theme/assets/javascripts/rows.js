// One row of a list: star, read, hide and cite it, unfold its abstract, say whether it is new.
import { loadAbstract } from "./abstract.js";
import { bookmarkOf, isoToday, setBookmark } from "./bookmarks.js";
import { loadCitation } from "./cite.js";
import { listenToSwipes } from "./swipes.js";
import {
  $,
  $$,
  copyText,
  getElement,
  isPressed,
  makeButton,
  makeElement,
  setPressed,
  showOutcome,
  showToast,
} from "./ui.js";
import { gettext } from "./words.js";

/** @import { Bookmark } from "./bookmarks.js" */
/** @typedef {"star" | "read" | "hide"} Toggle */

/** @type {Toggle[]} */
const TOGGLES = ["star", "read", "hide"];
const root = document.documentElement;

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
 * Shows a row as the reader marked it; where it goes away, the focus goes to the next one.
 * @param {HTMLElement} row
 * @param {Bookmark} bookmark
 */
export function updateRow(row, bookmark = bookmarkOf(slugOf(row))) {
  row.classList.toggle("read", Boolean(bookmark.read));
  const isUnwanted = bookmark.hide || row.dataset.muted || (bookmark.read && root.dataset.hideRead);
  const isGone = Boolean(isUnwanted) && !root.dataset.all;
  if (isGone && !row.hidden && row.contains(document.activeElement)) {
    const next =
      nextVisible(row, "nextElementSibling") ?? nextVisible(row, "previousElementSibling");
    if (next) titleLink(next).focus();
  }
  row.hidden = isGone;
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
    if (other instanceof HTMLElement && !other.hidden) return other;
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
  updateRow(row);
  if (kind !== "hide" || !value) return;
  showToast(gettext("Hidden."), () => {
    setBookmark(slug, title, kind, "");
    updateRow(row);
    titleLink(row).focus();
  });
}

/** @param {HTMLElement} row */
async function toggleAbstract(row) {
  const shown = $(".pd-abstract", row);
  for (const button of $$("[data-action=abstract]", row)) {
    button.setAttribute("aria-expanded", String(!shown));
  }
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
 * Says of a row that its paper is new, where that needs no further line: nothing below may move.
 * @param {HTMLElement} row
 */
export function markNew(row) {
  const meta = $(".pd-meta", row);
  if (!meta || $(".pd-new", meta)) return;
  const height = meta.offsetHeight;
  const badge = makeElement("span", { class: "pd-new" }, ` ${gettext("new")}`);
  meta.append(badge);
  if (meta.offsetHeight > height) badge.remove();
}

/**
 * Gives a row its buttons.
 * @param {HTMLElement} row
 */
export function decorateRow(row) {
  const actions =
    $(".pd-actions", row) ?? row.appendChild(makeElement("p", { class: "pd-actions" }));
  /** @type {(kind: Toggle, label: string) => HTMLButtonElement} */
  const makeToggle = (kind, label) =>
    makeButton(label, (button) => setMark(row, kind, button), kind);
  const copyCitation = async () => copyText(await loadCitation(slugOf(row), "BibTeX"));
  const buttons = makeElement("span", { class: "pd-row-buttons" });
  const more = makeElement("span", { class: "pd-more" });
  const abstract = makeButton(gettext("Abstract"), () => toggleAbstract(row), "abstract");
  abstract.setAttribute("aria-expanded", "false");
  const cite = makeButton(gettext("Cite"), (button) => showOutcome(button, copyCitation), "cite");
  const hide = makeToggle("hide", gettext("Hide"));
  const read = makeToggle("read", gettext("Mark read"));
  const menu = makeButton("⋯", () => openMenu(buttons, menu), "more");
  menu.setAttribute("aria-expanded", "false");
  const star = makeToggle("star", "");
  const title = titleOf(row);
  for (const button of [abstract, cite, hide, read]) setLabel(button, button.textContent, title);
  setLabel(star, gettext("Star"), title);
  setLabel(menu, gettext("More"), title);
  for (const link of $$(":scope > a", actions)) setLabel(link, link.textContent, title);
  more.append(abstract, cite, hide);
  buttons.append(more, read, menu);
  actions.append(buttons);
  row.append(star);
  listenToSwipes(row);
  $(".pd-blurb", row)?.addEventListener("click", () => {
    if (!getSelection()?.toString()) toggleAbstract(row);
  });
  updateRow(row);
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

/**
 * Opens or closes what stands behind a row's last button on a phone.
 * @param {HTMLElement} buttons
 * @param {HTMLElement} menu
 */
function openMenu(buttons, menu) {
  menu.setAttribute("aria-expanded", String(buttons.classList.toggle("is-open")));
}
