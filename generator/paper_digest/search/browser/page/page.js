// The search page: a form, filters with counts, the whole list of results, saved and exported.
// It asks the same worker as the search box. Markup: <div data-paper-search data-worker="URL of
// worker.js" data-base="URL of the site's root">.

/** @import { PageAnswer } from "../types" */
/** @import { Format } from "../javascripts/cite.js" */
import { downloadCitations, FORMAT_NAMES } from "../javascripts/cite.js";
import { $, getElement, makeButton, makeElement, showOutcome } from "../javascripts/ui.js";
import { gettext, pgettext } from "../javascripts/words.js";
import { pageCount, pageQuestion, queryText, searchOptions, stateFromUrl } from "../question.js";
import { describeForm } from "./agent_form.js";
import { makeChips } from "./chips.js";
import { addInput } from "./dom.js";
import { makeFilters, NO_COUNTS } from "./filters.js";
import { decorateResults, keepMarksShown } from "./marked_rows.js";
import { makeSuggestions } from "./no_results.js";
import { makeOrderLinks, makePageLinks } from "./result_links.js";
import { completeRow, makeRow } from "./result_row.js";
import { saveSearch } from "./saved.js";
import { renderSaved } from "./saved_list.js";
import { keepPlace, restorePlace, storePlace } from "./scroll_place.js";
import { Snippets } from "./snippets.js";
import { searchName, urlOfState, withinPages } from "./url_state.js";
import { errorText, failureText, WorkerClient } from "./worker_client.js";

const MAX_EXPORTED = 1000; // papers in one file of citations
const RETRY_MS = 5000; // until what could not be loaded is asked for again
const page = getElement("[data-paper-search]");
const pageTitle = document.title;
const base = new URL(page.dataset.base ?? "", document.baseURI);
// The page's head started it (partials/early-search.html), so that the index came with the scripts.
const workerUrl = new URL(page.dataset.worker ?? "", document.baseURI);
const worker = window.searchWorker || new Worker(workerUrl);
const client = new WorkerClient(worker, workerUrl);
/** @type {Map<string, string>} */
const topicTitles = new Map();
const sourceTitles = new Map(Object.entries(JSON.parse(page.dataset.sources ?? "{}")));
const snippets = new Snippets(worker, (row, record, site) =>
  completeRow(row, record, new URL(site, base), topicTitles),
);

let state = stateFromUrl(location.search);
let isAsking = false; // what is listed is then of the question before
let counted = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retryTimer;

const form = makeElement("form", {
  role: "search",
  class: "search-page__form",
  "aria-label": gettext("Papers"), // the box in the header is a search too
});
const input = addInput(form, gettext("Search for"), {
  type: "search",
  name: "q",
  autocomplete: "off",
});
const author = addInput(form, gettext("Author"), {
  type: "text",
  name: "author",
  autocomplete: "off",
});
const status = makeElement("span", { role: "status", tabindex: "-1" });
const order = makeElement("span");
const chips = makeElement("div", {
  class: "pd-chips",
  role: "group",
  "aria-label": gettext("In force"),
});
const list = makeElement("ul");
const suggestions = makeElement("div");
const pager = makeElement("nav", {
  "aria-label": gettext("Pages of results"),
  class: "pd-pager",
});
const filters = makeElement("aside", { "aria-label": gettext("Filters") });
const actions = makeElement("span", { class: "pd-controls" });
const searches = makeElement("div");
const toFilters = makeButton(gettext("Filters"), () => filters.scrollIntoView(), "filters");
form.append(makeElement("button", { type: "submit" }, pgettext("button", "Search")));
describeForm(form, input, author);
const syntax = $(".search-page__syntax", page);
page.replaceChildren(
  form,
  ...(syntax ? [syntax] : []),
  makeElement(
    "div",
    { class: "pd-body" },
    makeElement("p", { class: "pd-tools" }, order, status, toFilters, actions),
    chips,
    makeElement("div", { class: "pd-list" }, list),
    suggestions,
    pager,
  ),
  makeElement("div", { class: "pd-side" }, filters, searches),
);

/** @param {{ slug: string, site?: string }} paper */
const paperUrl = ({ slug, site = "" }) =>
  new URL(`${site}papers/${encodeURIComponent(slug)}/`, base).href;

/** Asks what the address says; what fails is asked again, but not over what is being typed then. */
function openState({ focus = false } = {}) {
  state = stateFromUrl(location.search);
  input.value = state.q;
  author.value = state.author;
  runSearch({ focus });
}

async function runSearch({ focus = false } = {}) {
  clearTimeout(retryTimer);
  retryTimer = undefined;
  isAsking = true;
  status.textContent = gettext("Searching…");
  order.replaceChildren(...makeOrderLinks(state));
  renderChips();
  const { text, options } = pageQuestion(state);
  try {
    const answer = await client.search(text, options);
    isAsking = false;
    if (answer.isId && answer.results.length === 1 && !focus) {
      location.replace(paperUrl(answer.results[0]));
      return;
    }
    const listed = withinPages(state, answer);
    if (listed !== state) {
      state = listed;
      history.replaceState(history.state, "", urlOfState(state));
      runSearch({ focus });
      return;
    }
    renderAnswer(answer);
    restorePlace();
    if (focus) status.focus();
  } catch (error) {
    status.textContent = failureText(error);
    retryTimer = setTimeout(retrySearch, RETRY_MS);
  }
}

/** What failed is asked again; a worker that never started comes with a page that is loaded anew. */
async function retrySearch() {
  if (!client.isBroken) {
    runSearch();
    return;
  }
  clearTimeout(retryTimer);
  const reload = () => location.reload();
  const wait = () => (retryTimer = setTimeout(retrySearch, RETRY_MS));
  await client.fetchScript().then(reload, wait);
}

/** @param {PageAnswer} answer */
function renderAnswer(answer) {
  const { results, total, incomplete, isPartial, correctionText, countText } = answer;
  const { counts = NO_COUNTS } = answer;
  const count = isPartial
    ? gettext("{counted}.", { counted: countText })
    : gettext("{papers} of {total}.", { papers: countText, total: answer.documents });
  counted = [count, correctionText].filter(Boolean).join(" ");
  status.textContent = counted;
  for (const { name, title } of counts.topics) topicTitles.set(name, title ?? name);
  renderChips();
  snippets.clear();
  const rows = results.map((result) =>
    makeRow(result, paperUrl(result), snippets.placeholder(result.slug, result.site)),
  );
  list.replaceChildren(...rows);
  const complete = total - (pageQuestion(state).options.from ?? 0); // on this page and after it
  if (incomplete && complete < rows.length) {
    const line = makeElement("li", { class: "pd-list__break" }, gettext("With most of the words:"));
    list.insertBefore(line, rows[Math.max(0, complete)]);
  }
  decorateResults(rows);
  suggestions.replaceChildren(...makeSuggestions(state, answer));
  const listed = isPartial ? 0 : total + incomplete;
  pager.replaceChildren(...makePageLinks(state, pageCount(listed)));
  filters.replaceChildren(...makeFilters(state, counts, sourceTitles));
  renderActions(results.length && !isPartial ? total : 0);
  renderSaved(searches);
}

const renderChips = () => {
  document.title = `${searchName(state, topicTitles, sourceTitles)} - ${pageTitle}`;
  chips.replaceChildren(...makeChips(state, topicTitles, sourceTitles));
};

/** @param {number} total how many papers an export would hold */
function renderActions(total) {
  const saveState = async () => {
    saveSearch(urlOfState({ ...state, page: 1 }), searchName(state, topicTitles, sourceTitles));
    renderSaved(searches);
    return gettext("Saved");
  };
  const save = makeButton(gettext("Save this search"), (self) => showOutcome(self, saveState));
  const exports = FORMAT_NAMES.map((format) =>
    makeButton(format, () => exportResults(format, total)),
  );
  actions.replaceChildren(...(total ? [...exports, save] : []));
}

/**
 * @param {Format} format
 * @param {number} total
 */
async function exportResults(format, total) {
  if (isAsking) return;
  try {
    const options = { ...searchOptions(state), countFacets: true, size: MAX_EXPORTED };
    const { results } = await client.search(queryText(state), options);
    const complete = results.slice(0, total);
    await downloadCitations(complete, format, "search", (done) => {
      status.textContent = gettext("{n} of {total} papers", { n: done, total: complete.length });
    });
    status.textContent =
      total > complete.length
        ? gettext("Saved: the first {n} of {total}.", { n: complete.length, total })
        : counted;
  } catch (error) {
    status.textContent = `${errorText(error)} ${gettext("Nothing was saved.")}`;
  }
}

/**
 * @param {string} query
 * @param {boolean} keepFocus
 */
function navigate(query, keepFocus) {
  storePlace();
  history.pushState(null, "", query);
  openState({ focus: !keepFocus });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = { q: input.value.trim(), author: author.value.trim() };
  navigate(urlOfState({ ...state, ...typed, page: 1 }), true);
});
page.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-search]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  navigate(link.getAttribute("href") ?? "", false);
});
window.addEventListener("popstate", () => openState());
window.addEventListener("online", () => retryTimer && retrySearch());
keepMarksShown(list);
keepPlace();
openState();
