// What the reader chose, kept in this browser for this archive alone, in all its volumes: others may lie below the same origin.
import { archiveRoot, siteRoot } from "./bookmarks.js";
import { showToast } from "./ui.js";
import { gettext } from "./words.js";

/**
 * Where the storage has a choice of this archive.
 * @param {string} name
 */
export const choiceKey = (name) => `${name}:${archiveRoot.pathname}`;

/**
 * What `storeChoice` remembers; "" where there is nothing, or no storage. Volumes of before had choices of their own, and
 * sites of before one for all archives of an origin, under its bare name: such a one holds until the reader makes another.
 * @param {string} name
 */
export function loadChoice(name) {
  try {
    const keys = [choiceKey(name), `${name}:${siteRoot.pathname}`, name];
    return keys.map((key) => localStorage.getItem(key)).find((value) => value !== null) ?? "";
  } catch {
    return "";
  }
}

/**
 * Remembers a choice of the reader's; without storage it lasts as long as the page.
 * @param {string} name
 * @param {string} value
 * @returns {boolean} whether the storage took it
 */
export function storeChoice(name, value) {
  try {
    localStorage.setItem(choiceKey(name), value);
    return true;
  } catch {
    return false; // full or closed
  }
}

/**
 * Remembers what the reader wrote, and says where the storage refuses it.
 * @param {string} name
 * @param {string} value
 */
export function storeWritten(name, value) {
  if (!storeChoice(name, value)) showToast(gettext("Nothing was saved."));
}

/**
 * Runs something when the reader comes back to this page, which slept, and chose otherwise elsewhere meanwhile.
 * @param {string} name
 * @param {(value: string) => void} redraw
 */
export function onReturn(name, redraw) {
  let known = loadChoice(name);
  const look = () => {
    const value = loadChoice(name);
    if (value === known) return;
    known = value;
    redraw(value);
  };
  window.addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
}
