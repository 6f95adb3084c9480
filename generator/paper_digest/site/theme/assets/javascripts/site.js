// On every page: light and dark, Material's search when it is first wanted, keys, and the help.
const root = document.documentElement;
const $ = (selector, from = document) => from.querySelector(selector);

// A formula wider than its line scrolls; the keyboard must reach it.
for (const line of document.querySelectorAll(":is(h1, p, li):has(math)")) {
  if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
}

// Light and dark: the system decides until the button is pressed.
const button = $(".pd-scheme");
button.hidden = false;
button.addEventListener("click", () => {
  const dark = root.dataset.scheme
    ? root.dataset.scheme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.scheme = dark ? "light" : "dark";
  try {
    localStorage.setItem("pd-scheme", root.dataset.scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
});

// Search: Material's script, and the index behind it, cost nothing until someone searches.
const words = {
  "search.result.placeholder": "Type to search titles, digests and abstracts",
  "search.result.none": "Nothing found",
  "search.result.one": "1 paper or page",
  "search.result.other": "# papers and pages",
  "search.result.more.one": "1 more in this paper",
  "search.result.more.other": "# more in this paper",
  "search.result.term.missing": "Missing",
};
// Material's search box, without its inline icons, which the style sheet has.
const BOX =
  '<label class="md-search__overlay" for="__search"></label><div class="md-search__inner">' +
  '<form class="md-search__form" name="search"><input type="text" class="md-search__input" name="query"' +
  ' aria-label="Search" placeholder="Search" autocapitalize="off" autocorrect="off" autocomplete="off"' +
  ' spellcheck="false" data-md-component="search-query" required>' +
  '<label class="md-search__icon pd-glass" for="__search"></label>' +
  '<nav class="md-search__options" aria-label="Search"><button type="reset" class="md-search__icon pd-clear"' +
  ' aria-label="Clear" tabindex="-1"></button></nav></form></div>';
// Where Material's script puts what it finds.
const FOUND =
  '<div class="md-search__output"><div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix>' +
  '<div class="md-search-result" data-md-component="search-result">' +
  '<div class="md-search-result__meta">Fetching the index …</div>' +
  '<ol class="md-search-result__list" role="presentation"></ol></div></div></div>';
$(".md-search")?.insertAdjacentHTML("beforeend", BOX);
const RETRY = 5000; // milliseconds
const input = $(".md-search__input");
let wanted = false;
// Material listens to keys alone; a paste, a spoken word and the button that clears press none.
const changed = () => input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));

// The worker of the large index says what it is doing; any message to it has it load ahead.
function listen() {
  const tab = `#${Math.random().toString(36).slice(2)}`;
  const channel = new BroadcastChannel(`paper-search${tab}`);
  const said = $(".md-search-result__meta");
  said.setAttribute("role", "status");
  let told = "";
  // Material counts what it lists, and the worker knows how much there is.
  const tell = () => {
    if (told && input.value.trim() && said.textContent !== told) said.textContent = told;
  };
  new MutationObserver(tell).observe(said, { childList: true, characterData: true, subtree: true });
  channel.onmessage = ({ data }) => {
    told = data.text;
    tell();
  };
  input.addEventListener("focus", () => channel.postMessage("soon"));
  setTimeout(() => channel.postMessage("soon"), 500);
  return tab;
}
function search() {
  if (wanted || !input) return;
  wanted = true;
  $(".md-search__inner").insertAdjacentHTML("beforeend", FOUND);
  const settings = $("#__config");
  const config = JSON.parse(settings.textContent);
  if (config.search.includes("assets/search/")) config.search += listen();
  settings.textContent = JSON.stringify({ ...config, translations: words });
  const scope = new URL(config.base, location);
  window.__md_scope = scope;
  window.__md_get = (key, store = localStorage) => JSON.parse(store.getItem(`${scope.pathname}.${key}`));
  window.__md_set = (key, value, store = localStorage) => store.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  load(config.search.split("#")[0]);
}
// Without a connection the next key tries again, and so do some seconds. The worker is asked for first,
// since Material never asks twice, and its script comes along meanwhile.
async function load(worker) {
  const said = $(".md-search-result__meta");
  const script = document.createElement("script");
  const ahead = document.createElement("link");
  script.src = ahead.href = $("script[data-bundle]").dataset.bundle;
  try {
    document.head.append(Object.assign(ahead, { rel: "preload", as: "script" }));
    if (!(await fetch(worker)).ok) throw new Error(worker);
    await new Promise((done, failed) => {
      Object.assign(script, { onload: done, onerror: failed });
      document.body.append(script);
    });
    changed();
  } catch {
    script.remove();
    ahead.remove();
    said.textContent = "Search could not be loaded. Check the connection; it tries again.";
    const again = () => {
      clearTimeout(soon);
      input.removeEventListener("input", again);
      load(worker);
    };
    const soon = setTimeout(again, RETRY);
    input.addEventListener("input", again);
  }
}
if (input) {
  input.addEventListener("focus", search);
  input.addEventListener("input", changed);
  input.form.addEventListener("reset", () => setTimeout(changed));
  $("#__search").addEventListener("change", () => {
    search();
    if ($("#__search").checked) input.focus();
  });
  // The search page reads the query itself.
  const own = document.querySelector("[data-paper-search]");
  if (!own && new URLSearchParams(location.search).has("q")) search();
}

// Keys. Material has keys of its own once it runs; ours come first.
const rows = () => [...document.querySelectorAll(".pd-list > ul > li:not([hidden])")];
const open = (row) => $(".pd-title a", row);
function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
  const row = all.at(Math.min(next, all.length - 1));
  if (next < 0 && at >= 0) return;
  if (row) {
    open(row).focus();
    row.scrollIntoView({ block: "nearest" });
  }
}
function press(what) {
  const row = document.activeElement?.closest?.(".pd-list > ul > li");
  const target = rows().length ? row && $(what, row) : $(what);
  if (!target) return false;
  target.click();
  return true;
}
const keys = {
  "/": () => input?.focus(),
  j: () => step(1),
  k: () => step(-1),
  s: () => press("[data-do=star]"),
  r: () => press("[data-do=read]"),
  c: () => press("[data-do=cite]"),
  "?": help,
};
window.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
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
function help() {
  let dialog = $("dialog.pd-help");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "pd-help md-typeset";
    dialog.setAttribute("aria-label", "Keys");
    const lines = HELP.map(([key, what]) => `<dt><kbd>${key.replace(" ", "</kbd> <kbd>")}</kbd></dt><dd>${what}</dd>`);
    dialog.innerHTML = `<h2>Keys</h2><dl>${lines.join("")}</dl><form method="dialog"><button>Close</button></form>`;
    document.body.append(dialog);
  }
  dialog.showModal();
}
const keyboard = $(".pd-keys");
keyboard.hidden = false;
keyboard.addEventListener("click", help);
