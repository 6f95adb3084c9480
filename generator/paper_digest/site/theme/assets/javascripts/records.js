// The static API's records of papers, each asked for once.
import { siteRoot } from "./bookmarks.js";

/**
 * What scripts read of a record; the API documents all of it.
 * @typedef {object} PaperRecord
 * @property {string} id
 * @property {string} title
 * @property {{ name: string }[]} [authors]
 * @property {string} [published]
 * @property {string} [abstract]
 * @property {{ text: string }} [digest]
 * @property {{ kind: string, url: string }[]} [links]
 * @property {{ upvotes?: number }[]} [sightings]
 * @property {string[]} [topics] the best match first
 * @property {object} [citation] a CSL-JSON item
 */

/** @type {Map<string, Promise<PaperRecord>>} */
const records = new Map();

/** @param {string} path below the site's root */
export async function fetchOk(path) {
  const response = await fetch(new URL(path, siteRoot));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/**
 * @param {string} slug
 * @returns {Promise<PaperRecord>} rejects without a connection; the next call asks again
 */
export function loadRecord(slug) {
  let record = records.get(slug);
  if (!record) {
    record = fetchOk(`api/papers/${encodeURIComponent(slug)}.json`).then((r) => r.json());
    records.set(slug, record);
    record.catch(() => records.delete(slug));
  }
  return record;
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
  const labels = { pdf: "PDF", code: "Code", project: "Project" };
  return Object.entries(labels).flatMap(([name, label]) =>
    [...own, ...links]
      .filter(
        (link, i, all) => link.kind === name && all.findIndex((l) => l.url === link.url) === i,
      )
      .map(({ url }) => ({ label, url })),
  );
}
