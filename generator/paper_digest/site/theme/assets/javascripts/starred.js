// The reader's own page: all marks, with ways to take them out, in, and away.
import { importBookmarks, loadBookmarks, setBookmark, siteRoot } from "./bookmarks.js";
import { downloadCitations, FORMAT_NAMES } from "./cite.js";
import { downloadFile, getElement, makeButton, makeElement, showOutcome } from "./ui.js";

/** @import { Kind } from "./bookmarks.js" */

const RELOAD_MS = 1200; // how long the button says what came in, before the page shows it
/** @type {[Kind, string][]} */
const SECTIONS = [
  ["star", "Starred"],
  ["note", "Notes"],
  ["read", "Read"],
  ["hide", "Hidden"],
];

const container = getElement(".pd-bookmarks");

/** @param {string} day */
const formatDate = (day) =>
  new Date(day).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });

/**
 * Papers with a mark, the newest first.
 * @param {Kind} kind
 */
const papersWith = (kind) =>
  Object.entries(loadBookmarks().papers)
    .filter(([, bookmark]) => bookmark[kind])
    .sort(([, a], [, b]) => String(b[kind]).localeCompare(String(a[kind])));

/**
 * @param {Kind} kind
 * @param {string} heading
 */
function makeSection(kind, heading) {
  const papers = papersWith(kind);
  if (!papers.length) return [];
  const items = papers.map(([slug, bookmark]) => {
    const title = bookmark.title ?? slug;
    const link = makeElement("a", { href: new URL(`papers/${slug}/`, siteRoot).href }, title);
    const removeButton = makeButton("Remove", () => {
      setBookmark(slug, bookmark.title, kind, "");
      render();
    });
    removeButton.setAttribute("aria-label", `Remove: ${title}`);
    const value = bookmark[kind] ?? "";
    const meta = kind === "note" ? value : `${heading} ${formatDate(value)}`;
    return makeElement(
      "li",
      {},
      makeElement("p", { class: "pd-title" }, link),
      makeElement("p", { class: "pd-meta" }, meta),
      makeElement("p", { class: "pd-actions" }, removeButton),
    );
  });
  const list = makeElement("div", { class: "pd-list" }, makeElement("ul", {}, ...items));
  return [makeElement("h2", { id: kind }, heading), list];
}

function makeExportButton() {
  const exportMarks = async () => {
    const text = JSON.stringify({ papers: loadBookmarks().papers }, null, 1);
    return downloadFile("paper-digest-marks.json", text, "application/json");
  };
  return makeButton("Export all marks", (button) => showOutcome(button, exportMarks), "export");
}

function makeImport() {
  const file = makeElement("input", {
    type: "file",
    accept: ".json,application/json",
    "aria-label": "Marks to import",
  });
  file.hidden = true;
  const button = makeButton("Import marks", () => file.click(), "import");
  file.addEventListener("change", () =>
    showOutcome(button, async () => {
      const count = importBookmarks((await file.files?.[0].text()) ?? "");
      setTimeout(render, RELOAD_MS);
      return `${count} papers taken in`;
    }),
  );
  return [button, file];
}

function makeToolbar() {
  const starred = papersWith("star").map(([slug]) => slug);
  const toolbar = makeElement("p", { class: "pd-tools" });
  if (Object.keys(loadBookmarks().papers).length) toolbar.append(makeExportButton());
  toolbar.append(...makeImport());
  if (!starred.length) return toolbar;
  for (const format of FORMAT_NAMES) {
    const save = () => downloadCitations(starred, format, "starred");
    toolbar.append(makeButton(format, (button) => showOutcome(button, save)));
  }
  return toolbar;
}

function render() {
  const sections = SECTIONS.flatMap(([kind, heading]) => makeSection(kind, heading));
  const none = "Nothing is marked yet. Press the star beside a paper, or s on the keyboard.";
  container.replaceChildren(
    makeToolbar(),
    ...(sections.length ? sections : [makeElement("p", {}, none)]),
  );
}
render();
