// What is said where this browser keeps no marks: with the press that it refused, and where marks would stand.
import { exportText } from "./bookmarks.js";
import { downloadFile, makeButton, showWarning } from "./ui.js";
import { gettext } from "./words.js";

export const MARKS_REFUSED = gettext(
  "This browser does not keep marks: its storage is full or closed. They last as long as this page is open.",
);

/** Whether the browser lets this site look into no storage at all. */
export function isStorageClosed() {
  try {
    return !localStorage;
  } catch {
    return true;
  }
}

/** Saves all marks as a file, those that the storage refused among them. */
export const saveMarks = () =>
  downloadFile("paper-digest-marks.json", exportText(), "application/json");

// On another page the marks are gone: the file is offered where they are.
window.addEventListener("bookmarks-refused", () =>
  showWarning(MARKS_REFUSED, makeButton(gettext("Export all marks"), saveMarks)),
);
