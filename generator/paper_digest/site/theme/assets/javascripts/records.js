// The static API's records of papers, each asked for once.
import { siteRoot } from "./bookmarks.js";
import { $ } from "./ui.js";
import { gettext } from "./words.js";

/**
 * What scripts read of a record; the API documents all of it.
 * @typedef {object} PaperRecord
 * @property {string} id
 * @property {string} [title]
 * @property {{ name: string }[]} [authors]
 * @property {string} [published]
 * @property {string} [abstract]
 * @property {{ text: string }} [digest]
 * @property {{ kind: string, url: string }[]} [links]
 * @property {{ upvotes?: number }[]} [sightings]
 * @property {string[]} [topics] the best match first
 * @property {string} [withdrawn] the reason
 * @property {{ kind: string }[]} [notices] of its publisher
 * @property {{ title?: string, abstract?: string }} [citation] a CSL-JSON item
 */

const GONE = 410; // as a server says it of what was taken out
/** Failures that say that there is no such paper, not that nobody answered. */
export const NO_PAPER = [404, GONE];
export const HAS_TEX = /[$\\]/;

/** @type {Map<string, Promise<PaperRecord>>} */
const records = new Map();

/**
 * Rejects where there is no answer, or one of failure, whose status is then the error's cause.
 * @param {string | URL} path below the site's root
 */
export async function fetchOk(path) {
  const response = await fetch(new URL(path, siteRoot));
  if (!response.ok) throw new Error(`${path}: ${response.status}`, { cause: response.status });
  return response;
}

/**
 * @param {string} slug
 * @param {string} site the root of the paper's site, seen from this one's
 * @returns {Promise<PaperRecord>} rejects without a connection; the next call asks again
 */
export function loadRecord(slug, site = "") {
  const path = `${site}api/papers/${encodeURIComponent(slug)}.json`;
  let record = records.get(path);
  if (!record) {
    record = fetchRecord(path);
    records.set(path, record);
    record.catch(() => records.delete(path));
  }
  return record;
}

/** @param {string} path */
async function fetchRecord(path) {
  const response = await fetchOk(path);
  const record = await response.json();
  if (record.gone) throw new Error(`${path}: ${record.gone}`, { cause: GONE });
  if (!record.moved_to) return record;
  // Of a former id, or of a paper that moved into a volume. The record names the present one as the archive is
  // published, and its page leads there from wherever the site is read: a mirror, another host's name.
  const page = response.url.replace(/api\/papers\/([^/]+)\.json$/, "papers/$1/");
  const { url } = await loadPage(page);
  const present = url.replace(/papers\/([^/]+)(?:\/(?:index\.html)?)?$/, "api/papers/$1.json");
  return (await fetchOk(present)).json();
}

/**
 * Reads a page, or the one that it forwards to.
 * @param {string | URL} path
 * @returns {Promise<{ page: Document, url: string }>} the page and its address
 */
export async function loadPage(path) {
  const response = await fetchOk(path);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const refresh = $('meta[http-equiv="refresh"]', page)?.getAttribute("content") ?? "";
  const [, target] = refresh.split("url=");
  return target ? loadPage(new URL(target, response.url)) : { page, url: response.url };
}

/**
 * A paper's texts without TeX, for where no formula is set: its citation has those that differ. A digest has no
 * such form: one with TeX is "". A paper without a title goes by its id, as on the site's own pages.
 * @param {PaperRecord} record
 */
export function plainTexts({ id, title, abstract = "", digest, citation = {} }) {
  const text = digest?.text ?? "";
  return {
    title: citation.title || title || id.replace(/^arxiv:/, "arXiv:"),
    digest: HAS_TEX.test(text) ? "" : text,
    abstract: citation.abstract ?? abstract,
  };
}

/** @param {PaperRecord} record */
export const votesOfRecord = ({ sightings = [] }) =>
  Math.max(0, ...sightings.map(({ upvotes = 0 }) => upvotes));

/**
 * Links to the text and the code, as rows of lists have them.
 * @param {PaperRecord} record
 */
export function rowLinks({ id = "", links = [] }) {
  const [kind, bare] = id.split(/:(.*)/);
  const own = kind === "arxiv" ? [{ kind: "pdf", url: `https://arxiv.org/pdf/${bare}` }] : [];
  const labels = { pdf: "PDF", code: gettext("Code"), project: gettext("Project") };
  return Object.entries(labels).flatMap(([name, label]) =>
    [...own, ...links]
      .filter(
        (link, i, all) => link.kind === name && all.findIndex((l) => l.url === link.url) === i,
      )
      .map(({ url }) => ({ label, url })),
  );
}
