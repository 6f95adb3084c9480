// A paper's abstract: its text from the API, or from its page where that has formulas set.
import { fetchOk, HAS_TEX, loadRecord } from "./records.js";
import { $, makeElement } from "./ui.js";
import { gettext } from "./words.js";

/**
 * @param {string} slug
 * @returns {Promise<Node[]>} paragraphs
 */
export async function loadAbstract(slug) {
  const { abstract, digest } = await loadRecord(slug);
  const text = abstract || digest?.text;
  if (!text) return [makeElement("p", {}, gettext("The archive has no abstract of this paper."))];
  if (!HAS_TEX.test(text)) {
    return text.split(/\n\s*\n/).map((part) => makeElement("p", {}, part));
  }
  const html = await (await fetchOk(`papers/${encodeURIComponent(slug)}/`)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  const paragraphs = [];
  for (
    let next = $(abstract ? "#abstract" : "#digest", page)?.nextElementSibling;
    next?.matches("p:not([class])");
    next = next.nextElementSibling
  ) {
    paragraphs.push(document.importNode(next, true));
  }
  return paragraphs.length ? paragraphs : [makeElement("p", {}, text)];
}
