// On a paper's page: star, read, a note, and copies of its citations.
import { bookmarkOf, setBookmark, toggleBookmark } from "./bookmarks.js";
import { citationOnPage, FORMAT_NAMES, FORMATS, loadCitation } from "./cite.js";
import {
  $,
  copyText,
  downloadFile,
  getElement,
  makeButton,
  makeElement,
  setPressed,
  showOutcome,
} from "./ui.js";

/** @import { Format } from "./cite.js" */

const path = location.pathname.split("/").filter((part) => part && part !== "index.html");
const slug = path.at(-1) ?? "";
const title = getElement("h1").textContent;
const body = getElement(".pd-body");
const citeBox = $(".pd-cite");

/** @param {Format} format */
const citationText = async (format) =>
  citationOnPage(document, format) || loadCitation(slug, format);

/** @param {Format} format */
const makeCopyButton = (format) =>
  makeButton("Copy", (button) =>
    showOutcome(button, async () => copyText(await citationText(format))),
  );

/**
 * @param {"star" | "read"} kind
 * @param {string} label
 */
function makeToggle(kind, label) {
  const toggle = makeButton(
    label,
    () => setPressed(toggle, toggleBookmark(slug, title, kind)),
    kind,
  );
  setPressed(toggle, bookmarkOf(slug)[kind]);
  return toggle;
}

// Marks
const userMarks = makeElement("span", { class: "pd-user-marks" });
userMarks.append(makeToggle("star", "Star"), makeToggle("read", "Read"));
if (citeBox) {
  const copyCitation = async () => copyText(await citationText("BibTeX"));
  userMarks.append(makeButton("Cite", (button) => showOutcome(button, copyCitation), "cite"));
}
const actions =
  $(".pd-body > .pd-actions") ??
  body.insertBefore(makeElement("p", { class: "pd-actions" }), $("h2", body));
actions.append(userMarks);

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
  return makeButton("Save", (button) => showOutcome(button, save));
}

if (citeBox) {
  for (const format of FORMAT_NAMES) {
    const line = makeFormatLine(format, makeCopyButton(format), makeSaveButton(format));
    const details = $(`code.language-${format.toLowerCase()}`, citeBox)?.closest("details");
    if (details) details.before(line);
    else citeBox.append(line);
  }
  const plainText = getElement(".pd-cite-text", citeBox);
  const copyPlain = async () => copyText(plainText.textContent);
  const copy = makeButton("Copy", (button) => showOutcome(button, copyPlain));
  plainText.after(makeFormatLine("Plain text", copy));
}

// A note
const noteInput = makeElement("textarea", { rows: "4", "aria-label": "Your note on this paper" });
noteInput.value = bookmarkOf(slug).note ?? "";
noteInput.addEventListener("change", () => {
  setBookmark(slug, title, "note", noteInput.value.trim());
});
const note = makeElement(
  "details",
  { class: "pd-details" },
  makeElement("summary", {}, "Your note"),
  noteInput,
  makeElement("p", { class: "pd-small" }, "Kept in this browser alone."),
);
note.open = Boolean(noteInput.value);
getElement(".pd-side").append(note);
