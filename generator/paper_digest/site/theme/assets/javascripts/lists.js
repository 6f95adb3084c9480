// On lists: sort and view; what is new; export of what is shown.
import { FORMS, save } from "./cite.js";
import * as own from "./bookmarks.js";
import { dateOf, equip, show, slugOf, titleOf, votesOf } from "./rows.js";
import { $, $$, button, make } from "./ui.js";

const root = document.documentElement;
const rows = $$(".pd-list > ul > li");
const newest = rows.map(dateOf).sort().at(-1) ?? "";
const since = own.since(newest);

// The line above a list
const tools = $(".pd-tools");
const hidden = button("", () => {
  if (root.dataset.all) delete root.dataset.all;
  else root.dataset.all = "1";
  rows.forEach(show);
  tell();
});
function tell() {
  const count = rows.filter((row) => own.of(slugOf(row)).hide).length;
  hidden.textContent = root.dataset.all ? "Hide again" : `${count} hidden`;
  hidden.hidden = !count;
}
function select(label, options, value, change) {
  const made = make("select", { "aria-label": label });
  for (const [name, text] of Object.entries(options)) made.add(new Option(text, name, false, name === value));
  made.addEventListener("change", () => change(made.value));
  return made;
}
const ORDERS = {
  given: () => 0,
  votes: (a, b) => votesOf(b) - votesOf(a),
  new: (a, b) => dateOf(b).localeCompare(dateOf(a)),
  old: (a, b) => dateOf(a).localeCompare(dateOf(b)),
  title: (a, b) => titleOf(a).localeCompare(titleOf(b)),
};
function sort(order) {
  for (const list of $$(".pd-list > ul")) {
    list.append(...rows.filter((row) => row.parentNode === list).sort(ORDERS[order]));
  }
}
function view(name) {
  root.dataset.view = name;
  try {
    localStorage.setItem("pd-view", name);
  } catch {
    // As long as the page lasts.
  }
}
function exporter() {
  const name = location.pathname.split("/").filter(Boolean).at(-1) ?? "papers";
  const shown = () => rows.filter((row) => !row.hidden).map(slugOf);
  const made = select("Export", { "": "Export", ...Object.fromEntries(Object.keys(FORMS).map((f) => [f, f])) }, "", async (form) => {
    const first = made.options[0];
    made.selectedIndex = 0;
    first.text = "Wait";
    try {
      await save(shown(), form, name, (done) => (first.text = `${done} …`));
      first.text = "Export";
    } catch {
      first.text = "Failed";
    }
  });
  return made;
}
if (tools && rows.length) {
  const orders = { given: "As listed", new: "Newest", old: "Oldest", title: "Title" };
  if (rows.some(votesOf)) orders.votes = "Most upvoted";
  const fresh = since ? rows.filter((row) => dateOf(row) > since).length : 0;
  const controls = make("span", { class: "pd-controls" });
  if (fresh) controls.append(make("span", { class: "pd-new" }, `${fresh} new since your last visit`));
  controls.append(
    hidden,
    select("Sort", orders, "given", sort),
    select("View", { titles: "Titles", compact: "Compact", cards: "Cards" }, root.dataset.view ?? "compact", view),
    exporter(),
  );
  tools.append(controls);
}
for (const row of rows) equip(row, since, tell);
tell();
