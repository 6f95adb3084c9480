// Elements that only the search page has.

import { makeElement } from "../javascripts/ui.js";
import { isLatinScript } from "../javascripts/words.js";

/**
 * Adds an input with its label before it.
 * @param {HTMLElement} form
 * @param {string} label
 * @param {Record<string, string>} attributes
 */
export function addInput(form, label, attributes) {
  const input = makeElement("input", attributes);
  form.append(makeElement("label", {}, label, " ", input));
  return input;
}

/**
 * A link to a search of this page.
 * @param {string} query
 * @param {string} label
 * @param {boolean} isCurrent it is the chosen one of several
 */
export function searchLink(query, label, isCurrent = false) {
  const attributes = { href: query, "data-search": "" };
  return makeElement(
    "a",
    isCurrent ? { ...attributes, "aria-current": "true" } : attributes,
    label,
  );
}

/**
 * Lines of a list in the sidebar, each of a link and what belongs to it.
 * @param {(Node | string)[][]} lines
 * @param {{ isCounted?: boolean }} options whether each line ends in a number
 */
export function compactList(lines, { isCounted = false } = {}) {
  const items = lines.map((line) => makeElement("li", {}, makeElement("p", {}, ...line)));
  const kind = isCounted ? "pd-compact-list pd-counted" : "pd-compact-list";
  return makeElement("div", { class: kind }, makeElement("ul", {}, ...items));
}

/** @type {[string, RegExp][]} languages by a letter that decides, and scripts of several languages */
const LANGUAGES = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["ko", /\p{Script=Hangul}/u],
  ["und-Hani", /\p{Script=Han}/u],
  ["he", /\p{Script=Hebrew}/u],
  ["und-Arab", /\p{Script=Arabic}/u],
  ["und-Cyrl", /\p{Script=Cyrillic}/u],
];

/**
 * The attributes of a text that is not mostly in Latin letters, as the pages of papers have them.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function languageAttributes(text) {
  const letters = text.match(/\p{L}/gu) ?? [];
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  if (2 * others.length <= letters.length) return isLatinScript ? {} : { lang: "en" };
  const name = LANGUAGES.find(([, pattern]) => pattern.test(text))?.[0];
  const isRtl = /^(?:he|und-Arab)$/.test(name ?? "");
  return { ...(isRtl && { dir: "rtl" }), ...(name && { lang: name }) };
}
