// On a paper's page: star, read, a note, copies of its citations, the order of its related papers.
import {
  bookmarkOf,
  isoToday,
  onBookmarksChange,
  parseTags,
  setBookmark,
  setTags,
} from "./bookmarks.js";
import { citationOnPage, FORMAT_NAMES, FORMATS, loadCitation } from "./cite.js";
import { moveMarks } from "./moved_marks.js";
import { isStorageClosed, MARKS_REFUSED } from "./refused_marks.js";
import {
  $,
  $$,
  copyText,
  downloadFile,
  elementText,
  getElement,
  isPressed,
  labelled,
  makeButton,
  makeElement,
  makePrinted,
  setPressed,
  showOutcome,
} from "./ui.js";
import { gettext } from "./words.js";

/** @import { Format } from "./cite.js" */

const path = location.pathname.split("/").filter((part) => part && part !== "index.html");
const slug = path.at(-1) ?? "";
const title = elementText(getElement("h1"));
const former = $('meta[name="pd-former"]')?.getAttribute("content") ?? "";
moveMarks(former.split(" "), slug, title);
const body = getElement(".pd-body");
const citeBox = $(".pd-cite");

/** @param {Format} format */
const citationText = async (format) =>
  citationOnPage(document, format) || loadCitation(slug, format);

/** @param {Format} format */
const makeCopyButton = (format) =>
  makeButton(gettext("Copy"), (button) =>
    showOutcome(button, async () => copyText(await citationText(format))),
  );

/** @type {("star" | "read")[]} */
const TOGGLES = ["star", "read"];

/**
 * A button that sets the state it shows.
 * @param {"star" | "read"} kind
 * @param {string} label
 */
const makeToggle = (kind, label) =>
  makeButton(
    label,
    (button) => setBookmark(slug, title, kind, isPressed(button) ? "" : isoToday()),
    kind,
  );

// Marks
const userMarks = makeElement("span", { class: "pd-user-marks" });
userMarks.append(makeToggle("star", gettext("Star")), makeToggle("read", gettext("Mark read")));
if (citeBox) {
  const copyCitation = async () => copyText(await citationText("BibTeX"));
  userMarks.append(
    makeButton(gettext("Cite"), (button) => showOutcome(button, copyCitation), "cite"),
  );
}
const actions =
  $(".pd-body > .pd-actions") ??
  body.insertBefore(makeElement("p", { class: "pd-actions" }), $("h2", body));
actions.append(userMarks);
actions.classList.add("is-drawn");

// Citations
/**
 * @param {string} name
 * @param {HTMLButtonElement[]} buttons
 */
function makeFormatLine(name, ...buttons) {
  for (const button of buttons) button.ariaLabel = `${button.textContent} ${name}`;
  return makeElement("p", { class: "pd-cite-format" }, makeElement("span", {}, name), ...buttons);
}

/** @param {Format} format */
function makeSaveButton(format) {
  const { extension, type } = FORMATS[format];
  const save = async () => downloadFile(`${slug}.${extension}`, await citationText(format), type);
  return makeButton(gettext("Save"), (button) => showOutcome(button, save));
}

if (citeBox) {
  // What is selected and copied by hand is whole too.
  for (const code of citeBox.querySelectorAll("code[class^=language-]"))
    code.textContent = citationOnPage(document, code.className.slice("language-".length));
  for (const format of FORMAT_NAMES) {
    const line = makeFormatLine(format, makeCopyButton(format), makeSaveButton(format));
    const details = $(`code.language-${format.toLowerCase()}`, citeBox)?.closest("details");
    line.classList.toggle("pd-cite-on-box", Boolean(details));
    if (details) details.before(line);
    else citeBox.append(line);
  }
  const plainText = getElement(".pd-cite-text", citeBox);
  const copyPlain = async () => copyText(plainText.textContent);
  const copy = makeButton(gettext("Copy"), (button) => showOutcome(button, copyPlain));
  plainText.after(makeFormatLine(gettext("Plain text"), copy));
}

// Related papers: the likest first, as they come, or the newest first; and a search for more, by date too
const relatedBox = $("#related + .pd-compact-list");
const more = $("#related + .pd-compact-list + .pd-small > a");
if (more instanceof HTMLAnchorElement) {
  const byDateUrl = `${more.href}&order=date`;
  more.after(" · ", makeElement("a", { href: byDateUrl }, gettext("newest first")));
}
const relatedPapers = relatedBox ? $$("ul > li", relatedBox) : [];

/** @param {HTMLElement} item */
const dateOf = (item) => $("time", item)?.getAttribute("datetime") ?? "";
/** @type {(a: HTMLElement, b: HTMLElement) => number} */
const byDate = (a, b) => dateOf(b).localeCompare(dateOf(a));

if (relatedBox && relatedPapers.length > 1) {
  const button = makeButton(gettext("Sort by date"), () => {
    setPressed(button, !isPressed(button));
    $("ul", relatedBox)?.append(
      ...(isPressed(button) ? [...relatedPapers].sort(byDate) : relatedPapers),
    );
  });
  setPressed(button, false);
  const links = relatedBox.nextElementSibling;
  const line =
    links?.matches("p.pd-small") && $("a", links) ? links : makeElement("p", { class: "pd-small" });
  if (line !== links) relatedBox.after(line);
  line.prepend(button, line === links ? " · " : "");
}

// A note, and tags of a star: kept as they are typed, since a closed tab asks nobody.
const noteInput = makeElement("textarea", {
  rows: "4",
  "aria-label": gettext("Your note on this paper"),
});
const tagsInput = makeElement("input", {
  type: "text",
  autocomplete: "off",
  "aria-label": gettext("Tags of this star, with commas between"),
  placeholder: gettext("tags, with commas"),
});
const storeNote = () => {
  const value = noteInput.value.trim();
  if (value !== (bookmarkOf(slug).note ?? "")) setBookmark(slug, title, "note", value);
};
const storeTags = () => setTags(slug, title, parseTags(tagsInput.value));
noteInput.addEventListener("input", storeNote);
tagsInput.addEventListener("input", storeTags);

// Boxes are not printed; what the reader wrote into them is.
const printedTags = makePrinted();
const printedNote = makePrinted();

/** Shows the marks as they are now. What is being typed is stored at each letter: what differs was written elsewhere. */
function redraw() {
  const bookmark = bookmarkOf(slug);
  for (const kind of TOGGLES)
    setPressed(getElement(`[data-action=${kind}]`, userMarks), bookmark[kind]);
  tagsInput.hidden = !bookmark.star;
  const { note: text = "", tags = [] } = bookmark;
  if (noteInput.value.trim() !== text) noteInput.value = text;
  if (parseTags(tagsInput.value).join() !== tags.join()) tagsInput.value = tags.join(", ");
  printedTags.textContent = labelled(gettext("Tags"), tags.join(gettext(", ")));
  printedNote.textContent = labelled(gettext("Your note"), text);
}

const note = makeElement(
  "details",
  { class: "pd-details" },
  makeElement("summary", {}, gettext("Your note")),
  noteInput,
  makeElement(
    "p",
    { class: "pd-small" },
    isStorageClosed() ? MARKS_REFUSED : gettext("Kept in this browser alone."),
  ),
);
getElement(".pd-side").append(tagsInput, note, printedTags, printedNote);
onBookmarksChange(redraw);
redraw();
note.open = Boolean(noteInput.value);
