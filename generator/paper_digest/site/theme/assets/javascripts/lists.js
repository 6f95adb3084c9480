// On lists: sort and view; what is new; export of what is shown.
import { bookmarkOf, newSince } from "./bookmarks.js";
import { downloadCitations, FORMAT_NAMES } from "./cite.js";
import { dateOf, decorateRow, slugOf, titleOf, updateRow, votesOf } from "./rows.js";
import { $, $$, makeButton, makeElement, storeChoice } from "./ui.js";

/** @typedef {(a: HTMLElement, b: HTMLElement) => number} Compare */

const root = document.documentElement;
const rows = $$(".pd-list > ul > li");
const since = newSince(rows.map(dateOf).sort().at(-1) ?? "");

/** @type {Record<string, Compare>} */
const ORDERS = {
  given: () => 0,
  votes: (a, b) => votesOf(b) - votesOf(a),
  new: (a, b) => dateOf(b).localeCompare(dateOf(a)),
  old: (a, b) => dateOf(a).localeCompare(dateOf(b)),
  title: (a, b) => titleOf(a).localeCompare(titleOf(b)),
};

const hiddenButton = makeButton("", () => {
  if (root.dataset.all) delete root.dataset.all;
  else root.dataset.all = "1";
  rows.forEach(updateRow);
  updateHiddenCount();
});

function updateHiddenCount() {
  const count = rows.filter((row) => bookmarkOf(slugOf(row)).hide).length;
  hiddenButton.textContent = root.dataset.all ? "Hide again" : `${count} hidden`;
  hiddenButton.hidden = !count;
}

/**
 * @param {string} label
 * @param {Record<string, string>} options labels by value
 * @param {string} value the chosen one
 * @param {(value: string) => void} onChange
 */
function makeSelect(label, options, value, onChange) {
  const select = makeElement("select", { "aria-label": label });
  for (const [name, text] of Object.entries(options)) {
    select.add(new Option(text, name, false, name === value));
  }
  select.addEventListener("change", () => onChange(select.value));
  return select;
}

/** @param {string} order */
function sortRows(order) {
  for (const list of $$(".pd-list > ul")) {
    list.append(...rows.filter((row) => row.parentNode === list).sort(ORDERS[order]));
  }
}

/** @param {string} name */
function setView(name) {
  root.dataset.view = name;
  storeChoice("pd-view", name);
}

function makeExportSelect() {
  const name = location.pathname.split("/").filter(Boolean).at(-1) ?? "papers";
  const options = { "": "Export", ...Object.fromEntries(FORMAT_NAMES.map((one) => [one, one])) };
  const select = makeSelect("Export", options, "", async (value) => {
    const format = FORMAT_NAMES.find((one) => one === value);
    const [first] = select.options;
    select.selectedIndex = 0;
    if (!format) return;
    first.text = "Wait";
    try {
      const slugs = rows.filter((row) => !row.hidden).map(slugOf);
      await downloadCitations(slugs, format, name, (done) => {
        first.text = `${done} …`;
      });
      first.text = "Export";
    } catch {
      first.text = "Failed";
    }
  });
  return select;
}

function makeControls() {
  /** @type {Record<string, string>} */
  const orders = { given: "As listed", new: "Newest", old: "Oldest", title: "Title" };
  if (rows.some(votesOf)) orders.votes = "Most upvoted";
  const views = { titles: "Titles", compact: "Compact", cards: "Cards" };
  const newCount = since ? rows.filter((row) => dateOf(row) > since).length : 0;
  const controls = makeElement("span", { class: "pd-controls" });
  if (newCount) {
    const text = `${newCount} new since your last visit`;
    controls.append(makeElement("span", { class: "pd-new" }, text));
  }
  controls.append(
    hiddenButton,
    makeSelect("Sort", orders, "given", sortRows),
    makeSelect("View", views, root.dataset.view ?? "compact", setView),
    makeExportSelect(),
  );
  return controls;
}

if (rows.length) $(".pd-tools")?.append(makeControls());
for (const row of rows) decorateRow(row, since, updateHiddenCount);
updateHiddenCount();
