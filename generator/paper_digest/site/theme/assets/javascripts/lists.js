// On lists: sort and view, which the address keeps; what is new, hidden and muted; export.
import { loadNew } from "./arrivals.js";
import { loadBookmarks, onBookmarksChange } from "./bookmarks.js";
import { loadChoice, onReturn, storeChoice } from "./choices.js";
import { downloadCitations, FORMAT_NAMES } from "./cite.js";
import { wholeList } from "./list_pages.js";
import { makePassedButton } from "./passed_rows.js";
import {
  dateOf,
  decorateRows,
  isShown,
  markNew,
  slugOf,
  titleOf,
  updateRows,
  votesOf,
} from "./rows.js";
import { $, $$, makeButton, makeElement, makeSelect } from "./ui.js";
import { applyHeldWords, applyWords } from "./word_rows.js";
import { formatNumber, gettext, ngettext, pgettext } from "./words.js";

/** @typedef {(a: HTMLElement, b: HTMLElement) => number} Compare */

const root = document.documentElement;
const rows = $$(".pd-list > ul > li");
const given = [...rows];
const isPaged = Boolean($(".pd-pager a"));
const total = countOf($(".pd-tools")?.textContent ?? "");
const isFirstPage = !/-page-\d+\/?$/.test(location.pathname.replace("index.html", ""));

// As names are sorted on the pages: "Part 2" stands before "Part 10".
const { compare: compareNames } = new Intl.Collator(root.lang || undefined, { numeric: true });

/** @type {Record<string, Compare>} */
const ORDERS = {
  given: (a, b) => given.indexOf(a) - given.indexOf(b),
  votes: (a, b) => votesOf(b) - votesOf(a),
  new: (a, b) => dateOf(b).localeCompare(dateOf(a)),
  old: (a, b) => dateOf(a).localeCompare(dateOf(b)),
  title: (a, b) => compareNames(titleOf(a), titleOf(b)),
};

const hiddenButton = makeButton("", () => {
  if (root.dataset.all) delete root.dataset.all;
  else root.dataset.all = "1";
  // The reader pressed: what kept its room until now may go.
  for (const row of rows) if (row.dataset.muted) row.dataset.muted = "1";
  redraw();
});
const readButton = makeButton(gettext("Hide read"), () => {
  if (root.dataset.hideRead) delete root.dataset.hideRead;
  else root.dataset.hideRead = "1";
  storeChoice("pd-hide-read", root.dataset.hideRead ?? "");
  redraw();
});

/**
 * How many papers a list's label says it has; 0 where it says something else first.
 * @param {string} label
 */
function countOf(label) {
  const count = Number(label.match(/\d(?:[\d.,\s’]*\d)?/)?.[0].replace(/\D/g, "") ?? 0);
  return label.startsWith(ngettext("{n} paper", "{n} papers", count)) ? count : 0;
}

/** Shows all rows as the reader marked them, and says how many are not shown. */
function redraw() {
  const { papers } = loadBookmarks();
  updateRows(rows);
  const isUnwanted = (/** @type {HTMLElement} */ row) =>
    papers[slugOf(row)]?.hide || row.dataset.muted;
  const count = rows.filter(isUnwanted).length;
  hiddenButton.textContent = root.dataset.all
    ? gettext("Hide again")
    : ngettext("{n} hidden", "{n} hidden", count);
  hiddenButton.hidden = !count;
  const readCount = rows.filter((row) => papers[slugOf(row)]?.read).length;
  readButton.textContent = root.dataset.hideRead
    ? ngettext("Show {n} read", "Show {n} read", readCount)
    : gettext("Hide read");
  readButton.hidden = !readCount;
}

/**
 * Keeps a choice in the address, so that it is shared, and is there after Back.
 * @param {string} name
 * @param {string} value "" for what needs no saying
 */
function keepInAddress(name, value) {
  const url = new URL(location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  history.replaceState(history.state, "", url);
}

/** @param {string} order */
function sortRows(order) {
  keepInAddress("sort", order === "given" ? "" : order);
  for (const list of $$(".pd-list > ul")) {
    list.append(...rows.filter((row) => row.parentNode === list).sort(ORDERS[order]));
  }
}

/** @param {string} name */
function setView(name) {
  root.dataset.view = name;
  keepInAddress("view", name === "compact" ? "" : name);
  storeChoice("pd-view", name);
}

function makeExportSelect() {
  const name = location.pathname.split("/").filter(Boolean).at(-1) ?? "papers";
  const select = makeSelect(gettext("Export"), { "": gettext("Export") }, "", async (value) => {
    const [scope, form] = value.split(" ");
    const format = FORMAT_NAMES.find((one) => one === form);
    const [first] = select.options;
    select.selectedIndex = 0;
    if (!format) return;
    /** @param {number} done */
    const showProgress = (done) => {
      first.text = `${formatNumber(done)} …`;
    };
    showProgress(0);
    try {
      const shown = rows.filter(isShown);
      const papers =
        scope === "all"
          ? await wholeList(document, location.href, showProgress)
          : shown.map((row) => ({ slug: slugOf(row), date: dateOf(row) }));
      const n = await downloadCitations(papers, format, name, showProgress);
      first.text = gettext("Saved {n}", { n });
    } catch {
      first.text = gettext("Failed");
    }
  });
  /** @type {(scope: string, label: (format: string) => string) => void} */
  const addScope = (scope, label) => {
    for (const format of FORMAT_NAMES) {
      select.add(new Option(label(format), `${scope} ${format}`));
    }
  };
  const n = rows.length;
  addScope("these", (format) => (isPaged ? gettext("These {n}: {format}", { n, format }) : format));
  if (isPaged && isFirstPage && total) {
    addScope("all", (format) => gettext("All {n}: {format}", { n: total, format }));
  }
  return select;
}

/**
 * A name that an address or the storage has, where the page offers something of that name.
 * @param {Record<string, string>} offered
 * @param {string | null | undefined} name
 */
const nameIn = (offered, name) => (name && Object.hasOwn(offered, name) ? name : undefined);

function makeControls() {
  const these = { n: rows.length };
  /** @type {Record<string, string>} */
  const orders = isPaged
    ? {
        given: gettext("As listed"),
        new: gettext("Newest of these {n}", these),
        old: gettext("Oldest of these {n}", these),
        title: gettext("Title, of these {n}", these),
      }
    : {
        given: gettext("As listed"),
        new: pgettext("order", "Newest"),
        old: pgettext("order", "Oldest"),
        title: pgettext("order", "Title"),
      };
  if (rows.some(votesOf)) {
    orders.votes = isPaged
      ? gettext("Most upvoted of these {n}", these)
      : pgettext("order", "Most upvoted");
  }
  /** @type {Record<string, string>} */
  const views = {
    titles: pgettext("view", "Titles"),
    compact: pgettext("view", "Compact"),
    cards: pgettext("view", "Cards"),
  };
  const asked = () => new URLSearchParams(location.search);
  const order = nameIn(orders, asked().get("sort")) ?? "given";
  const view = nameIn(views, asked().get("view")) ?? nameIn(views, root.dataset.view);
  if (order !== "given") sortRows(order);
  if (view) root.dataset.view = view;
  const viewSelect = makeSelect(gettext("View"), views, view ?? "compact", setView);
  onReturn("pd-view", (name) => {
    if (nameIn(views, asked().get("view")) || !nameIn(views, name)) return;
    root.dataset.view = name;
    viewSelect.value = name;
  });
  const controls = makeElement("span", { class: "pd-controls" });
  controls.append(
    makePassedButton(rows),
    makeSelect(gettext("Sort"), orders, order, sortRows),
    viewSelect,
    makeExportSelect(),
  );
  return controls;
}

if (loadChoice("pd-hide-read")) root.dataset.hideRead = "1";
applyWords(rows);
// What comes with the first paper read stands in the line of the count, which has room: no row moves then.
const unshown = makeElement("span", { class: "pd-unshown" });
unshown.append(hiddenButton, readButton);
if (rows.length) $(".pd-tools")?.append(unshown, makeControls());
/** Says which rows are new, and on the home page how many papers are; without a connection nothing. */
async function showNew() {
  const link = $('.pd-on-home .pd-tools a[href$="new/"]');
  try {
    const papers = await loadNew();
    const isNew = new Set(papers.map(({ slug }) => slug));
    markNew(rows.filter((row) => isNew.has(slugOf(row))));
    const { length } = papers;
    if (link) {
      link.textContent = length
        ? ngettext("{n} new for you", "{n} new for you", length)
        : gettext("New for you");
    }
  } catch {
    // The list stands without it.
  }
}

decorateRows(rows);
onBookmarksChange(redraw);
redraw();
// What is new comes after all that the page shows at once.
const showLate = () => {
  applyHeldWords(rows, redraw);
  showNew();
};
if (document.readyState === "complete") showLate();
else window.addEventListener("load", showLate);
onReturn("pd-hide-read", (value) => {
  root.dataset.hideRead = value;
  if (!value) delete root.dataset.hideRead;
  redraw();
});
onReturn("pd-words", () => {
  applyWords(rows);
  redraw();
  showLate();
});
// After the next paint: a press of a key or button is answered first.
onBookmarksChange(() => setTimeout(showNew));
