// The search page: a form, filters with counts, the whole list of results, saved and exported.
// It asks the same worker as the search box. Markup: <div data-paper-search data-worker="URL of
// worker.js" data-base="URL of the site's root">.

import { element, field, link } from "./dom.js";
import { Passages } from "./snippets.js";
import { saved, save, forget } from "./saved.js";

const FIND = 11;
const FOUND = 12;
const FAILED = 13;
const SIZE = 20;
const MOST = 1000; // papers in one file of citations

const page = document.querySelector("[data-paper-search]");
const base = new URL(page.dataset.base, document.baseURI);
const worker = new Worker(new URL(page.dataset.worker, document.baseURI));
const asked = new Map();
let turn = 0;
const passages = new Passages(worker, base);

worker.onmessage = ({ data: message }) => {
  const waiting = asked.get(message.id);
  asked.delete(message.id);
  if (message.type === FOUND) waiting?.resolve(message);
  if (message.type === FAILED) waiting?.reject(new Error(message.text));
};

// Asks the worker; an older question that has not been answered never will be.
function find(text, options) {
  return new Promise((resolve, reject) => {
    asked.clear();
    asked.set(++turn, { resolve, reject });
    worker.postMessage({ type: FIND, id: turn, text, options });
  });
}

// What is looked for stands in the address, so that it can be shared: ?q=&topic=&year=...
function readAddress() {
  const given = new URLSearchParams(location.search);
  return {
    q: given.get("q") || "", topics: given.getAll("topic"), sources: given.getAll("source"),
    year: given.get("year") || "", author: given.get("author") || "",
    code: given.get("code") === "yes", order: given.get("order") || "relevance",
    page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1),
  };
}

function address(state) {
  const made = new URLSearchParams();
  if (state.q) made.set("q", state.q);
  if (state.author) made.set("author", state.author);
  for (const topic of state.topics) made.append("topic", topic);
  for (const source of state.sources) made.append("source", source);
  if (state.year) made.set("year", state.year);
  if (state.code) made.set("code", "yes");
  if (state.order !== "relevance") made.set("order", state.order);
  if (state.page > 1) made.set("page", state.page);
  return "?" + made;
}

let state = readAddress();

const form = element("form", { role: "search", class: "search-page__form" });
const input = field(form, "Search for", "search", { name: "q", autocomplete: "off" });
const author = field(form, "Author", "text", { name: "author", autocomplete: "off" });
const status = element("span", { role: "status", tabindex: "-1" });
const order = element("span");
const list = element("ul");
const pager = element("nav", { "aria-label": "Pages of results", class: "pd-steps" });
const filters = element("aside", { "aria-label": "Filters" });
const actions = element("span", { class: "pd-controls" });
const searches = element("div");
form.append(element("button", { type: "submit" }, "Search"));
page.replaceChildren(form, element("div", { class: "pd-body" },
  element("p", { class: "pd-tools" }, status, order, actions), element("div", { class: "pd-list" }, list), pager),
element("div", { class: "pd-side" }, filters, searches));

// What other lists of the archive do: stars, and citations.
const shared = (name) => import(new URL(`assets/javascripts/${name}.js`, base).href);

const text = ({ q, author: name }) => (name ? `${q} author:"${name.replaceAll('"', "")}"` : q);

const options = (more) => ({
  topics: state.topics, sources: state.sources, code: state.code, order: state.order,
  years: state.year ? yearSpan(state.year) : undefined, whole: true, ...more,
});

function yearSpan(year) {
  const [from, to = from] = year.split("..");
  return [from, to];
}

async function show({ focus } = {}) {
  input.value = state.q;
  author.value = state.author;
  status.textContent = "Searching…";
  try {
    const answer = await find(text(state), options({ facets: true, from: (state.page - 1) * SIZE, size: SIZE }));
    if (answer.isId && answer.results.length === 1 && !focus) {
      location.replace(paperUrl(answer.results[0].slug));
      return;
    }
    layOut(answer);
    if (focus) status.focus();
  } catch (error) {
    status.textContent = error.message;
  }
}

const paperUrl = (slug) => new URL(`papers/${encodeURIComponent(slug)}/`, base).href;

const said = (number) => number.toLocaleString("en-GB");

const NOTHING = { topics: [], years: [], sources: [], code: 0 };

function layOut({ results, total, some, meant, many, counts = NOTHING, documents }) {
  status.textContent = [some ? `${many}.` : `${many} of ${said(documents)}.`, meant].filter(Boolean).join(" ");
  passages.clear();
  list.replaceChildren(...results.map(result));
  shared("rows").then(({ equip }) => [...list.children].forEach((row) => { equip(row); row.hidden = false; }), () => { /* no theme of ours */ });
  layOutOrder();
  layOutPager(some ? 0 : total);
  layOutFilters(counts);
  layOutActions(results.length && !some ? total : 0);
  layOutSaved();
}

function result({ slug, titleHtml, authors, date, when: said }) {
  // The worker escaped the text; all it holds beside text is <mark>.
  const title = element("a", { href: paperUrl(slug) });
  title.innerHTML = titleHtml;
  const when = date ? [element("time", { datetime: date }, said)] : [];
  const facts = element("p", { class: "pd-facts" }, ...(authors ? [authors, when.length ? " · " : ""] : []), ...when);
  return element("li", {}, element("p", { class: "pd-title" }, title), facts, passages.place(slug));
}

function layOutOrder() {
  const choice = (name, label) => link(address({ ...state, order: name, page: 1 }), label, state.order === name);
  order.replaceChildren("by ", choice("relevance", "relevance"), " or ", choice("date", "date"));
}

function layOutPager(total) {
  const last = Math.ceil(total / SIZE);
  const shown = [...new Set([1, state.page - 1, state.page, state.page + 1, last])]
    .filter((number) => number >= 1 && number <= last);
  pager.replaceChildren(...(last > 1
    ? shown.map((number) => link(address({ ...state, page: number }), String(number), number === state.page))
    : []));
}

function layOutFilters(counts) {
  const toggled = (names, name) => (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]);
  const group = (label, entries) => {
    const shown = entries.filter(({ count, chosen }) => count || chosen);
    if (!shown.length) return [];
    return [element("h2", {}, label), listed(shown.map(({ title, count, chosen, change }) =>
      [link(address({ ...state, page: 1, ...change }), title, chosen), element("span", { class: "pd-count" }, said(count))]))];
  };
  const many = (one, other) => other.count - one.count;
  filters.replaceChildren(
    ...group("Topic", counts.topics.sort(many).slice(0, 12).map((one) => ({
      ...one, chosen: state.topics.includes(one.name), change: { topics: toggled(state.topics, one.name) } }))),
    ...group("Year", counts.years.reverse().filter(({ name }) => name).map((one) => ({
      ...one, title: one.name, chosen: state.year === one.name,
      change: { year: state.year === one.name ? "" : one.name } }))),
    ...group("Source", counts.sources.sort(many).map((one) => ({
      ...one, title: one.name, chosen: state.sources.includes(one.name),
      change: { sources: toggled(state.sources, one.name) } }))),
    ...group("Code", [{ title: "Has code", count: counts.code, chosen: state.code, change: { code: !state.code } }]),
  );
}

function layOutActions(total) {
  const button = (label, act) => {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", act);
    return made;
  };
  const all = (form) => button(form, async () => {
    const before = status.textContent;
    try {
      const [{ save: file }, { results: found }] = await Promise.all([shared("cite"), find(text(state), options({ size: MOST }))]);
      const tell = (done) => { status.textContent = `${done} of ${found.length} papers`; };
      await file(found.map(({ slug }) => slug), form, "search", tell);
      status.textContent = total > found.length ? `Saved: the first ${said(found.length)} of ${said(total)}.` : before;
    } catch (error) {
      status.textContent = `${error.message} Nothing was saved.`;
    }
  });
  actions.replaceChildren(...(total ? [
    all("BibTeX"), all("RIS"), all("CSL-JSON"),
    button("Save this search", () => { save(address({ ...state, page: 1 }), named()); layOutSaved(); }),
  ] : []));
}

// What a saved search is called: all that was asked for.
function named() {
  const { q, author: name, topics, year, sources, code } = state;
  return [q, name, ...topics, year, ...sources, code && "has code"].filter(Boolean).join(", ") || "All papers";
}

function layOutSaved() {
  const entries = saved().map(({ query, name }) => {
    const drop = element("button", { type: "button", "aria-label": `Forget ${name}` }, "×");
    drop.addEventListener("click", () => { forget(query); layOutSaved(); });
    return [link(query, name, false), drop];
  });
  searches.replaceChildren(...(entries.length ? [element("h2", {}, "Saved searches"), listed(entries)] : []));
}

// Lines of a list beside the results, each of a link and what belongs to it.
function listed(lines) {
  return element("div", { class: "pd-short" }, element("ul", {}, ...lines.map((line) =>
    element("li", {}, element("p", {}, ...line)))));
}

function go(query, keep) {
  history.pushState(null, "", query);
  state = readAddress();
  show({ focus: !keep });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(address({ ...state, q: input.value.trim(), author: author.value.trim(), page: 1 }), true);
});
page.addEventListener("click", (event) => {
  const to = event.target.closest("a[data-search]");
  if (!to || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(to.getAttribute("href"));
});
window.addEventListener("popstate", () => {
  state = readAddress();
  show();
});
show();
