// The reader's own page: all marks, with ways to find them, take them out, in, and away.
import {
  archiveRoot,
  importBookmarks,
  loadBookmarks,
  onBookmarksChange,
  parseTags,
  restoreBookmarks,
  setBookmark,
  setTags,
} from "./bookmarks.js";
import { downloadCitations, FORMAT_NAMES } from "./cite.js";
import { makeWordsForm } from "./muted_words_form.js";
import { graveBadge } from "./notice_badge.js";
import { isStorageClosed, MARKS_REFUSED, saveMarks } from "./refused_marks.js";
import { makeSendButtons } from "./send_list.js";
import { showSentList } from "./sent_list.js";
import { loadNotices } from "./standing_notices.js";
import { loadNews, newsSince } from "./starred_news.js";
import {
  getElement,
  labelled,
  makeButton,
  makeElement,
  makePrinted,
  showOutcome,
  showToast,
} from "./ui.js";
import { formatDate, formatNumber, gettext, ngettext, pgettext } from "./words.js";

/** @import { Bookmark, Kind } from "./stored_marks.js" */
/** @import { NewsRow } from "./starred_news.js" */

const RELOAD_MS = 1200; // how long the button says what came in, before the page shows it
/** @type {[Kind, string, (date: string) => string][]} kinds of marks, their headings, and when one was set */
const SECTIONS = [
  ["star", gettext("Starred"), (date) => gettext("Starred {date}", { date })],
  ["note", pgettext("marks", "Notes"), String],
  ["read", pgettext("marks", "Read"), (date) => gettext("Read {date}", { date })],
  ["hide", pgettext("marks", "Hidden"), (date) => gettext("Hidden {date}", { date })],
];

/** @type {NewsRow[]} */
let allNews = [];
/** @type {Map<string, string>} */
let notices = new Map();

const container = getElement(".pd-bookmarks");
const search = makeElement("input", {
  type: "search",
  "aria-label": gettext("Search in your papers"),
  placeholder: gettext("Search in your papers: title, tag or note"),
  autocomplete: "off",
});
const lists = makeElement("div");
const toolbar = makeElement("p", { class: "pd-tools" });
const sendPanel = makeElement("div");

/**
 * Papers with a mark that hold what is searched for, the newest first.
 * @param {Kind} kind
 */
const papersWith = (kind) =>
  Object.entries(loadBookmarks().papers)
    .filter(([slug, bookmark]) => bookmark[kind] && isWanted(slug, bookmark))
    .sort(([, a], [, b]) => String(b[kind]).localeCompare(String(a[kind])));

/**
 * @param {string} slug
 * @param {Bookmark} bookmark
 */
function isWanted(slug, { title = "", note = "", tags = [] }) {
  const text = [slug, title, note, ...tags].join("\n").toLowerCase();
  return search.value
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * @param {string} slug
 * @param {Bookmark} bookmark
 */
function makeTagsInput(slug, bookmark) {
  const input = makeElement("input", {
    type: "text",
    value: (bookmark.tags ?? []).join(", "),
    placeholder: gettext("tags, with commas"),
    "aria-label": gettext("{label}: {title}", {
      label: gettext("Tags"),
      title: bookmark.title ?? slug,
    }),
    autocomplete: "off",
    class: "pd-tags",
  });
  const printed = makePrinted();
  const print = () => {
    printed.textContent = labelled(gettext("Tags"), parseTags(input.value).join(gettext(", ")));
  };
  print();
  input.addEventListener("input", () => {
    setTags(slug, bookmark.title, parseTags(input.value));
    print();
  });
  return [makeElement("p", { class: "pd-blurb" }, input), printed];
}

/**
 * @param {Kind} kind
 * @param {string} heading
 * @param {(date: string) => string} setOn says when a mark was set
 */
function makeSection(kind, heading, setOn) {
  const papers = papersWith(kind);
  if (!papers.length) return [];
  const items = papers.map(([slug, bookmark]) => {
    const title = bookmark.title ?? slug;
    const link = makeElement("a", { href: new URL(`papers/${slug}/`, archiveRoot).href }, title);
    const removeButton = makeButton(gettext("Remove"), () => {
      const before = loadBookmarks().papers[slug];
      setBookmark(slug, bookmark.title, kind, "");
      showToast(gettext("Removed."), () => restoreBookmarks({ [slug]: before }));
    });
    // A paper may stand in several sections.
    const label = `${removeButton.textContent} (${heading})`;
    removeButton.setAttribute("aria-label", gettext("{label}: {title}", { label, title }));
    const value = bookmark[kind] ?? "";
    const meta = setOn(kind === "note" ? value : formatDate(value));
    const badge = graveBadge(notices.get(slug)).flatMap((one) => [" ", one]);
    return makeElement(
      "li",
      {},
      makeElement("p", { class: "pd-title", dir: "auto" }, link, ...badge),
      makeElement(
        "p",
        { class: "pd-meta", dir: "auto" },
        meta,
        ...(kind === "star" ? makeNews(slug, value) : []),
      ),
      ...(kind === "star" ? makeTagsInput(slug, bookmark) : []),
      makeElement("p", { class: "pd-actions" }, removeButton),
    );
  });
  const list = makeElement("div", { class: "pd-list" }, makeElement("ul", {}, ...items));
  const title = `${heading} (${formatNumber(papers.length)})`;
  return [makeElement("h2", { id: kind }, title), list];
}

/**
 * @param {string} slug
 * @param {string} starred the day (ISO) of the star
 */
function makeNews(slug, starred) {
  const news = newsSince(allNews, slug, starred);
  if (!news.length) return [];
  const badges = news.map(([, day, , words]) =>
    makeElement("span", { class: "pd-badge" }, `${words} · ${formatDate(day)}`),
  );
  const label = gettext("Since you starred it:");
  const parts = badges.flatMap((badge) => [" ", badge]);
  return [" · ", makeElement("span", { class: "pd-star-news" }, label, ...parts)];
}

const makeExportButton = () =>
  makeButton(
    gettext("Export all marks"),
    (button) => showOutcome(button, async () => saveMarks()),
    "export",
  );

function makeImport() {
  const file = makeElement("input", {
    type: "file",
    accept: ".json,application/json",
    "aria-label": gettext("Marks to import"),
  });
  file.hidden = true;
  const button = makeButton(gettext("Import marks"), () => file.click(), "import");
  file.addEventListener("change", () =>
    showOutcome(button, async () => {
      const count = importBookmarks((await file.files?.[0].text()) ?? "");
      setTimeout(drawToolbar, RELOAD_MS);
      return ngettext("{n} paper taken in", "{n} papers taken in", count);
    }),
  );
  return [button, file];
}

function drawToolbar() {
  const starred = () => papersWith("star").map(([slug]) => ({ slug, site: archiveRoot.href }));
  const hasAny = Object.keys(loadBookmarks().papers).length > 0;
  toolbar.replaceChildren(...(hasAny ? [makeExportButton()] : []), ...makeImport());
  sendPanel.replaceChildren();
  if (!starred().length) return;
  for (const format of FORMAT_NAMES) {
    const save = async () => {
      const { length } = starred();
      const n = await downloadCitations(starred(), format, "starred");
      const title = gettext("{n} of {total} papers", { n, total: length });
      return n < length ? labelled(gettext("Saved"), title) : gettext("Saved");
    };
    toolbar.append(makeButton(format, (button) => showOutcome(button, save)));
  }
  const { buttons, panel } = makeSendButtons(starred().map(({ slug }) => slug));
  toolbar.append(...buttons);
  sendPanel.replaceChildren(panel);
}

/** Draws the lists anew, but not under a hand that is typing tags into them. */
function drawLists() {
  const isTyping = document.hasFocus() && document.activeElement?.matches("input");
  if (isTyping && lists.contains(document.activeElement)) return;
  const sections = SECTIONS.flatMap((section) => makeSection(...section));
  const noneYet = isStorageClosed()
    ? MARKS_REFUSED
    : gettext("Nothing is marked yet. Press the star beside a paper, or s on the keyboard.");
  const none = search.value
    ? gettext("None of your papers has this in its title, tags or note.")
    : noneYet;
  lists.replaceChildren(...(sections.length ? sections : [makeElement("p", {}, none)]));
  search.hidden = !Object.keys(loadBookmarks().papers).length;
}

container.replaceChildren(toolbar, sendPanel, search, lists, makeWordsForm());
search.addEventListener("input", () => {
  drawLists();
  drawToolbar();
});
onBookmarksChange(drawLists);
onBookmarksChange(() => {
  if (!(document.hasFocus() && toolbar.contains(document.activeElement))) drawToolbar();
});
drawToolbar();
drawLists();
showSentList(container);
// A link that is opened where this page is open loads no page.
window.addEventListener("hashchange", () => showSentList(container));
if (Object.keys(loadBookmarks().papers).length) {
  Promise.all([loadNews(), loadNotices(archiveRoot)]).then((files) => {
    [allNews, notices] = files;
    drawLists();
  });
}
