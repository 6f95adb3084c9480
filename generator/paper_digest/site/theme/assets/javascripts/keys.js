// Single keys: what each does on lists and on papers.
import { ACTION_NAMES, loadBindings } from "./key_bindings.js";
import { openSearch } from "./search_box.js";
import { $, $$, copyText, makeElement, orSayFailed, showToast } from "./ui.js";
import { gettext } from "./words.js";

/** @import { Action } from "./key_bindings.js" */

const ROWS = ".pd-list > ul > li";

const visibleRows = () => $$(`${ROWS}:not([hidden], [inert])`);

/** The row that has the focus. */
const currentRow = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest(ROWS));

/** @param {1 | -1} offset */
function moveFocus(offset) {
  const rows = visibleRows();
  const at = rows.findIndex((one) => one.contains(document.activeElement));
  const end = offset > 0 ? 0 : -1;
  const next = at < 0 ? end : at + offset;
  if (next < 0 && at >= 0) return;
  focusRow(rows.at(Math.min(next, rows.length - 1)));
}

/** @param {HTMLElement | null | undefined} row */
function focusRow(row) {
  if (!row) return;
  $(".pd-title a", row)?.focus();
  row.scrollIntoView({ block: "nearest" });
}

/**
 * Presses a button or link of the row that has the focus, or of the page where it has no rows.
 * @param {string} selector
 */
function clickInRow(selector) {
  const row = currentRow();
  const target = visibleRows().length ? row && $(selector, row) : $(selector);
  target?.click();
}

/**
 * @param {string} label how the link's text begins
 * @param {ParentNode} from
 */
const linkCalled = (label, from) =>
  $$("a", from).find((link) => link.textContent.trim().startsWith(label));

function openPdf() {
  const row = currentRow();
  if (visibleRows().length && !row) return;
  for (const actions of $$(".pd-actions", row ?? document)) linkCalled("PDF", actions)?.click();
}

async function copyAddress() {
  const row = currentRow();
  const link = /** @type {HTMLAnchorElement | null} */ (row && $(".pd-title a", row));
  if (visibleRows().length && !link) return;
  await copyText(link?.href ?? location.href.split("#")[0]);
  showToast(gettext("Address copied."));
}

/**
 * @param {"older" | "newer"} direction
 * @param {string} label of the pager's link
 * @param {string} neighbour the link of a paper's page
 */
function turnPage(direction, label, neighbour) {
  const pager = $(".pd-pager");
  const current = pager && $("[aria-current]", pager);
  const isOlder = direction === "older";
  const side = isOlder ? current?.nextElementSibling : current?.previousElementSibling;
  const link = side ?? (pager && linkCalled(label, pager));
  const target = link ?? $(neighbour);
  if (target instanceof HTMLElement) target.click();
}

async function showHelp() {
  const { activeElement } = document;
  const { openKeysDialog } = await import("./keys_dialog.js");
  // Who went on meanwhile, to a box say, is not called back.
  if (document.activeElement === activeElement) openKeysDialog();
}

/** @type {Record<Action, () => void>} */
const HANDLERS = {
  search: openSearch,
  next: () => moveFocus(1),
  previous: () => moveFocus(-1),
  open: () => clickInRow(".pd-title a"),
  abstract: () => clickInRow("[data-action=abstract]"),
  star: () => clickInRow("[data-action=star]"),
  read: () => clickInRow("[data-action=read]"),
  hide: () => clickInRow("[data-action=hide]"),
  pdf: openPdf,
  cite: () => clickInRow("[data-action=cite]"),
  link: () => orSayFailed(copyAddress),
  older: () => turnPage("older", gettext("Older papers →"), ".pd-next a"),
  newer: () => turnPage("newer", gettext("← Newer papers"), ".pd-prev a"),
  help: () => orSayFailed(showHelp),
};

window.addEventListener(
  "keydown",
  (event) => {
    // Zensical's search stands in a shadow tree, which an event's target does not tell.
    const [target] = event.composedPath();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const busy = "input, textarea, select, [contenteditable], :popover-open";
    // A box that was closed has the focus until the page is drawn next; keys are no longer for it.
    if (target instanceof Element && target.closest(busy) && target.checkVisibility()) return;
    const { off, keys } = loadBindings();
    const isSpace = event.key === " " && target instanceof Element && target.matches(".pd-title a");
    const action = isSpace ? "abstract" : ACTION_NAMES.find((name) => keys[name] === event.key);
    if (!action || (off && !isSpace)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    HANDLERS[action]();
  },
  true,
);

// The row that had the focus has it again after Back, where the browser made the page anew.
const rowsOfPage = $$(ROWS);
window.addEventListener("pagehide", () => {
  const row = currentRow();
  const focused = row ? $$(ROWS).indexOf(row) : -1;
  history.replaceState({ ...history.state, focused }, "");
});
const { focused = -1 } = history.state ?? {};
if (focused >= 0) $(".pd-title a", rowsOfPage[focused] ?? document)?.focus({ preventScroll: true });

// Without scripts there are no keys, so the page has no button; a footer of the operator's may have one.
const helpButton =
  $(".pd-help-button") ??
  makeElement("button", { type: "button", class: "pd-help-button" }, gettext("Keyboard"));
if (!helpButton.isConnected) $(".pd-footer .md-grid")?.append(helpButton);
helpButton.hidden = false;
helpButton.addEventListener("click", HANDLERS.help);
