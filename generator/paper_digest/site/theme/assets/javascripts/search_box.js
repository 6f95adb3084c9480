// The search box: Material's script, and the index behind it, cost nothing until someone searches.
import { siteRoot } from "./bookmarks.js";
import { $, getElement, makeElement } from "./ui.js";
import { fetchWhole, MATERIAL, runScript, WORKER_END } from "./whole_script.js";
import { gettext, pgettext } from "./words.js";

// Of plural forms Material knows two, and of "#" the number.
const TRANSLATIONS = {
  "search.result.placeholder": gettext(
    'Type to search titles, digests and abstracts. "A phrase", -word, author:, title:, topic:, year:2024..2025, has:code, NEAR',
  ),
  "search.result.none": gettext("Nothing found"),
  "search.result.one": gettext("1 paper or page"),
  "search.result.other": gettext("# papers and pages"),
  "search.result.more.one": gettext("1 more in this paper"),
  "search.result.more.other": gettext("# more in this paper"),
  "search.result.term.missing": gettext("Missing"),
};
// Material's search box, without its inline icons, which the style sheet has, and without its words.
const SEARCH_BOX_HTML =
  '<label class="md-search__overlay" for="__search"></label><div class="md-search__inner">' +
  '<form class="md-search__form" name="search"><input type="text" class="md-search__input" name="query"' +
  ' autocapitalize="off" autocorrect="off" autocomplete="off"' +
  ' spellcheck="false" data-md-component="search-query" required>' +
  '<label class="md-search__icon pd-search-icon" for="__search"></label>' +
  '<nav class="md-search__options"><button type="reset" class="md-search__icon pd-clear"' +
  ' tabindex="-1"></button></nav></form></div>';
// Where Material's script puts what it finds.
const SEARCH_OUTPUT_HTML =
  '<div class="md-search__output"><div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix>' +
  '<div class="md-search-result" data-md-component="search-result">' +
  '<div class="md-search-result__meta"></div>' +
  '<a class="pd-all-results" hidden></a>' +
  '<ol class="md-search-result__list" role="presentation"></ol></div></div></div>';
// What Material's script wants on a page besides.
const PAGE_PARTS_HTML =
  '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">' +
  '<div class="md-dialog" data-md-component="dialog"><div class="md-dialog__inner md-typeset"></div></div>';
// What Material's script calls the parts of a page, and the classes by which they go until then (trim.py).
const PAGE_PARTS = {
  header: ".md-header",
  search: ".md-search",
  container: ".md-container",
  main: ".md-main",
  content: ".md-content__inner",
};
const RETRY_MS = 5000;
const LOAD_AHEAD_MS = 500; // after the search was opened
const NO_KEY_MS = 150; // without a key, after which none is waited for

// Where Material's script waits: its path and that of the search worker, below the site's root, which the
// build writes in here (site/assets.py). Where another engine runs, its search has a box and a script of its own.
/** @type {{ bundle?: string, worker?: string }} */
const MATERIAL_SCRIPTS = {};
const { bundle = "", worker = "" } = MATERIAL_SCRIPTS;
const workerUrl = new URL(worker, siteRoot).href;
const isOwnSearch = worker.startsWith("assets/search/");
/** The worker that knows all words of all papers; "" where the site has another search. */
export const ownWorkerUrl = isOwnSearch ? workerUrl : "";
const searchPlace = bundle ? $(".md-search") : null;
if (searchPlace) {
  searchPlace.insertAdjacentHTML("beforeend", SEARCH_BOX_HTML);
  const label = gettext("Search");
  const field = getElement(".md-search__input", searchPlace);
  field.ariaLabel = label;
  field.setAttribute("placeholder", label);
  getElement(".md-search__options", searchPlace).ariaLabel = label;
  getElement(".pd-clear", searchPlace).ariaLabel = pgettext("button", "Clear");
}
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
  const allResults = /** @type {HTMLAnchorElement} */ (getElement(".pd-all-results"));
  let statusText = "";
  let count = "";
  let [ownText, shown] = [status.textContent, ""];
  // Material counts what it lists, and the worker knows how much there is; what it no longer says goes again.
  const showStatus = () => {
    const query = input?.value.trim() ?? "";
    allResults.hidden = !query;
    allResults.href = searchPageUrl(query);
    allResults.textContent = allResultsText(count);
    if (status.textContent !== shown) ownText = status.textContent;
    shown = (query && statusText) || ownText;
    if (status.textContent !== shown) status.textContent = shown;
  };
  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(showStatus).observe(status, changes);
  channel.onmessage = ({ data }) => {
    statusText = data.text;
    count = data.count ?? "";
    showStatus();
  };
  input?.addEventListener("input", showStatus);
  input?.addEventListener("focus", () => channel.postMessage("soon"));
  setTimeout(() => channel.postMessage("soon"), LOAD_AHEAD_MS);
  return tab;
}

/** @param {string} count as the worker says it: "" where it does not know */
function allResultsText(count) {
  if (!count) return gettext("All results, filters, export");
  return count === "1"
    ? gettext("1 result, filters, export")
    : gettext("All {count} results, filters, export", { count });
}

/** @param {string} query */
const searchPageUrl = (query) => new URL(`search/?q=${encodeURIComponent(query)}`, siteRoot).href;

// Without an arrow key pressed, Enter means all that was found, not the first of it. Material would
// open that, so this comes before it.
function openResultsOnEnter() {
  if (!isOwnSearch) return;
  window.addEventListener(
    "keydown",
    (event) => {
      const query = input?.value.trim();
      if (event.key !== "Enter" || event.isComposing || event.target !== input || !query) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(searchPageUrl(query));
    },
    true,
  );
}

function startSearch() {
  if (searchStarted || !input) return;
  searchStarted = true;
  for (const [name, css] of Object.entries(PAGE_PARTS)) {
    if (!$(`[data-md-component=${name}]`)) $(css)?.setAttribute("data-md-component", name);
  }
  getElement(".md-search__inner").insertAdjacentHTML("beforeend", SEARCH_OUTPUT_HTML);
  getElement(".md-search-result__meta").textContent = gettext("Fetching the index …");
  // Last: the style sheet's rules on what follows a toggle would have all of the page looked at again.
  document.body.insertAdjacentHTML("beforeend", PAGE_PARTS_HTML);
  const settings = {
    base: siteRoot.href,
    features: [],
    search: workerUrl + (isOwnSearch ? listenToWorker() : ""),
    translations: TRANSLATIONS,
  };
  const config = makeElement(
    "script",
    { id: "__config", type: "application/json" },
    JSON.stringify(settings),
  );
  document.body.append(config);
  // What Material's own page would have defined before its script.
  Object.assign(window, {
    __md_scope: siteRoot,
    __md_get: (/** @type {string} */ key, store = localStorage) =>
      JSON.parse(store.getItem(`${siteRoot.pathname}.${key}`) ?? "null"),
    __md_set: (/** @type {string} */ key, /** @type {unknown} */ value, store = localStorage) =>
      store.setItem(`${siteRoot.pathname}.${key}`, JSON.stringify(value)),
  });
  loadSearch();
}

/**
 * Material's script holds a slow processor up for longer than a key may wait: it had better begin
 * right after one, when the next is furthest off, or where none comes.
 */
const waitForKey = () =>
  new Promise((resolve) => {
    const afterPaint = () => requestAnimationFrame(() => setTimeout(resolve));
    input?.addEventListener("keyup", afterPaint, { once: true });
    setTimeout(resolve, NO_KEY_MS);
  });

/**
 * Without a connection the next key tries again, and so do some seconds. The worker is asked for
 * first, since Material never asks twice, and its script comes along meanwhile.
 */
async function loadSearch() {
  const status = getElement(".md-search-result__meta");
  const script = makeElement("script");
  script.src = new URL(bundle, siteRoot).href;
  try {
    const end = isOwnSearch ? WORKER_END : undefined;
    await Promise.all([fetchWhole(workerUrl, end), fetchWhole(script.src)]);
    await waitForKey();
    await runScript(script, MATERIAL);
    notifyMaterial();
  } catch {
    script.remove();
    status.textContent = gettext(
      "Search could not be loaded. Check the connection; it tries again.",
    );
    const retry = () => {
      clearTimeout(retryTimer);
      input?.removeEventListener("input", retry);
      loadSearch();
    };
    const retryTimer = setTimeout(retry, RETRY_MS);
    input?.addEventListener("input", retry);
  }
}

if (bundle && input) {
  /** @type {HTMLInputElement | null} */
  const toggle = document.querySelector("#__search");
  // Firefox gives a reloaded page its boxes as they were, and a search open that nobody opened.
  if (toggle instanceof HTMLInputElement) toggle.checked = false;
  openResultsOnEnter();
  // Material opens and closes the box once its script is here: what is said until then is seen too.
  const setOpen = (/** @type {boolean} */ isOpen) => {
    if (toggle && !(MATERIAL in window)) toggle.checked = isOpen;
  };
  input.addEventListener("focus", startSearch);
  input.addEventListener("focus", () => setOpen(true));
  input.addEventListener("keydown", ({ key }) => /^(?:Escape|Tab)$/.test(key) && setOpen(false));
  input.addEventListener("blur", ({ relatedTarget }) => {
    // By whatever way: an open box would lie over what has the focus now.
    if (relatedTarget instanceof Element && !relatedTarget.closest(".md-search")) setOpen(false);
  });
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

/** Puts the cursor into whatever the page has for a search; the search page has a box that keeps its filters. */
export function openSearch() {
  const own = document.querySelector("[data-paper-search] input");
  const field = $(".md-search__input, .pd-search-form input");
  if (own instanceof HTMLInputElement) own.select();
  else if (field) field.focus();
  else $(".md-search__button")?.click();
}
