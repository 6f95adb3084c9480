// On every page: light and dark, Material's search when it is first wanted, keys, and the help.
import { $, $$, getElement, makeElement, storeChoice } from "./ui.js";

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
schemeButton.hidden = false;
schemeButton.addEventListener("click", () => {
  const dark = root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.scheme = dark ? "light" : "dark";
  storeChoice("pd-scheme", root.dataset.scheme);
});

// Search: Material's script, and the index behind it, cost nothing until someone searches.
const TRANSLATIONS = {
  "search.result.placeholder": "Type to search titles, digests and abstracts",
  "search.result.none": "Nothing found",
  "search.result.one": "1 paper or page",
  "search.result.other": "# papers and pages",
  "search.result.more.one": "1 more in this paper",
  "search.result.more.other": "# more in this paper",
  "search.result.term.missing": "Missing",
};
// Material's search box, without its inline icons, which the style sheet has.
const SEARCH_BOX_HTML =
  '<label class="md-search__overlay" for="__search"></label><div class="md-search__inner">' +
  '<form class="md-search__form" name="search"><input type="text" class="md-search__input" name="query"' +
  ' aria-label="Search" placeholder="Search" autocapitalize="off" autocorrect="off" autocomplete="off"' +
  ' spellcheck="false" data-md-component="search-query" required>' +
  '<label class="md-search__icon pd-search-icon" for="__search"></label>' +
  '<nav class="md-search__options" aria-label="Search"><button type="reset" class="md-search__icon pd-clear"' +
  ' aria-label="Clear" tabindex="-1"></button></nav></form></div>';
// Where Material's script puts what it finds.
const SEARCH_OUTPUT_HTML =
  '<div class="md-search__output"><div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix>' +
  '<div class="md-search-result" data-md-component="search-result">' +
  '<div class="md-search-result__meta">Fetching the index …</div>' +
  '<ol class="md-search-result__list" role="presentation"></ol></div></div></div>';
const RETRY_MS = 5000;
const LOAD_AHEAD_MS = 500; // after the search was opened

// Where another engine than Material runs, its search has a box and a script of its own.
const materialScript = $("script[data-bundle]");
if (materialScript) $(".md-search")?.insertAdjacentHTML("beforeend", SEARCH_BOX_HTML);
/** @type {HTMLInputElement | null} */
const input = document.querySelector(".md-search__input");
let searchStarted = false;

// Material listens to keys alone; a paste, a spoken word and the button that clears press none.
const notifyMaterial = () => input?.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));

/**
 * The worker of the large index says what it is doing; any message to it has it load ahead.
 * @returns {string} what to put behind the worker's address, so that only this page hears it
 */
function listenToWorker() {
  const tab = `#${Math.random().toString(36).slice(2)}`;
  const channel = new BroadcastChannel(`paper-search${tab}`);
  const status = getElement(".md-search-result__meta");
  status.setAttribute("role", "status");
  let statusText = "";
  // Material counts what it lists, and the worker knows how much there is.
  const showStatus = () => {
    if (!statusText || !input?.value.trim() || status.textContent === statusText) return;
    status.textContent = statusText;
  };
  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(showStatus).observe(status, changes);
  channel.onmessage = ({ data }) => {
    statusText = data.text;
    showStatus();
  };
  input?.addEventListener("focus", () => channel.postMessage("soon"));
  setTimeout(() => channel.postMessage("soon"), LOAD_AHEAD_MS);
  return tab;
}

function startSearch() {
  if (searchStarted || !input) return;
  searchStarted = true;
  getElement(".md-search__inner").insertAdjacentHTML("beforeend", SEARCH_OUTPUT_HTML);
  const settings = getElement("#__config");
  const config = JSON.parse(settings.textContent);
  if (config.search.includes("assets/search/")) config.search += listenToWorker();
  settings.textContent = JSON.stringify({ ...config, translations: TRANSLATIONS });
  const scope = new URL(config.base, location.href);
  // What Material's own page would have defined before its script.
  Object.assign(window, {
    __md_scope: scope,
    __md_get: (/** @type {string} */ key, store = localStorage) =>
      JSON.parse(store.getItem(`${scope.pathname}.${key}`) ?? "null"),
    __md_set: (/** @type {string} */ key, /** @type {unknown} */ value, store = localStorage) =>
      store.setItem(`${scope.pathname}.${key}`, JSON.stringify(value)),
  });
  loadSearch(config.search.split("#")[0]);
}

/**
 * Without a connection the next key tries again, and so do some seconds. The worker is asked for
 * first, since Material never asks twice, and its script comes along meanwhile.
 * @param {string} workerUrl
 */
async function loadSearch(workerUrl) {
  const status = getElement(".md-search-result__meta");
  const script = makeElement("script");
  script.src = materialScript?.dataset.bundle ?? "";
  const preload = makeElement("link", { rel: "preload", as: "script", href: script.src });
  try {
    document.head.append(preload);
    if (!(await fetch(workerUrl)).ok) throw new Error(workerUrl);
    await new Promise((resolve, reject) => {
      Object.assign(script, { onload: resolve, onerror: reject });
      document.body.append(script);
    });
    notifyMaterial();
  } catch {
    script.remove();
    preload.remove();
    status.textContent = "Search could not be loaded. Check the connection; it tries again.";
    const retry = () => {
      clearTimeout(retryTimer);
      input?.removeEventListener("input", retry);
      loadSearch(workerUrl);
    };
    const retryTimer = setTimeout(retry, RETRY_MS);
    input?.addEventListener("input", retry);
  }
}

if (materialScript && input) {
  /** @type {HTMLInputElement | null} */
  const toggle = document.querySelector("#__search");
  // Firefox gives a reloaded page its boxes as they were, and a search open that nobody opened.
  if (toggle) toggle.checked = false;
  input.addEventListener("focus", startSearch);
  input.addEventListener("input", notifyMaterial);
  input.form?.addEventListener("reset", () => setTimeout(notifyMaterial));
  toggle?.addEventListener("change", () => {
    startSearch();
    if (toggle.checked) input.focus();
  });
  // The search page reads the query itself.
  const searchPage = $("[data-paper-search]");
  if (!searchPage && new URLSearchParams(location.search).has("q")) startSearch();
}

// Keys. Material has keys of its own once it runs; ours come first.
const visibleRows = () => $$(".pd-list > ul > li:not([hidden])");

/** @param {1 | -1} offset */
function moveFocus(offset) {
  const rows = visibleRows();
  const at = rows.findIndex((one) => one.contains(document.activeElement));
  const end = offset > 0 ? 0 : -1;
  const next = at < 0 ? end : at + offset;
  if (next < 0 && at >= 0) return;
  const row = rows.at(Math.min(next, rows.length - 1));
  if (!row) return;
  $(".pd-title a", row)?.focus();
  row.scrollIntoView({ block: "nearest" });
}

/**
 * Presses a button of the row that has the focus, or of the page where it has no rows.
 * @param {string} selector
 */
function clickInRow(selector) {
  const row = document.activeElement?.closest(".pd-list > ul > li");
  const target = visibleRows().length ? row && $(selector, row) : $(selector);
  target?.click();
}

function openSearch() {
  const field = $(".md-search__input, .pd-search-form input");
  if (field) field.focus();
  else $(".md-search__button")?.click();
}

/** @type {Record<string, () => void>} */
const KEY_HANDLERS = {
  "/": openSearch,
  j: () => moveFocus(1),
  k: () => moveFocus(-1),
  s: () => clickInRow("[data-action=star]"),
  r: () => clickInRow("[data-action=read]"),
  c: () => clickInRow("[data-action=cite]"),
  "?": showHelp,
};

window.addEventListener(
  "keydown",
  (event) => {
    // Zensical's search stands in a shadow tree, which an event's target does not tell.
    const [target] = event.composedPath();
    if (event.ctrlKey || event.metaKey || event.altKey || !KEY_HANDLERS[event.key]) return;
    const busy = "input, textarea, select, [contenteditable], dialog[open]";
    if (target instanceof Element && target.closest(busy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    KEY_HANDLERS[event.key]();
  },
  true,
);

// Help
const HELP = [
  ["/", "search"],
  ["j k", "next, previous paper"],
  ["Enter", "open the paper"],
  ["s", "star"],
  ["r", "mark as read"],
  ["c", "copy BibTeX"],
  ["?", "this help"],
];

function makeHelp() {
  const dialog = makeElement("dialog", { class: "pd-help md-typeset", "aria-label": "Keys" });
  const lines = HELP.map(
    ([keys, action]) =>
      `<dt><kbd>${keys.replace(" ", "</kbd> <kbd>")}</kbd></dt><dd>${action}</dd>`,
  );
  dialog.innerHTML = `<h2>Keys</h2><dl>${lines.join("")}</dl><form method="dialog"><button>Close</button></form>`;
  document.body.append(dialog);
  return dialog;
}

function showHelp() {
  /** @type {HTMLDialogElement | null} */
  const dialog = document.querySelector("dialog.pd-help");
  (dialog ?? makeHelp()).showModal();
}

const helpButton = getElement(".pd-help-button");
helpButton.hidden = false;
helpButton.addEventListener("click", showHelp);
