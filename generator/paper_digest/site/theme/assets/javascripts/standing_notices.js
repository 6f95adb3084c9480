// What stands against papers (retracted, withdrawn, corrected), for where a title stands without its record.

const FILE = "assets/notices.json";
const TOO_LONG_MS = 3000; // a list or an answer does not wait longer for it

/** @typedef {Map<string, string>} Notices the words of the badge by the paper's slug */
/** @typedef {{ notices?: Record<string, unknown>, volumes?: unknown[] }} NoticesFile */

/** @type {Map<string, Promise<NoticesFile>>} */
const files = new Map();

/**
 * @param {URL} root of the archive's current site
 * @returns {Promise<Notices>} of its papers and those of its volumes; of a file that cannot be had, none
 */
export async function loadNotices(root) {
  const own = await load(root);
  const others = (own.volumes ?? []).map((path) => load(new URL(String(path), root)));
  const rows = [own, ...(await Promise.all(others))].flatMap(({ notices = {} }) =>
    Object.entries(notices),
  );
  return new Map(rows.map(([slug, words]) => [slug, String(words)]));
}

/**
 * @param {URL} root
 * @returns {Promise<NoticesFile>} an empty one without a connection; the next call asks again
 */
async function load({ href }) {
  const file = files.get(href) ?? fetchFile(href);
  files.set(href, file);
  try {
    return await file;
  } catch {
    files.delete(href);
    return {};
  }
}

/** @param {string} root */
async function fetchFile(root) {
  const signal = AbortSignal.timeout(TOO_LONG_MS);
  const response = await fetch(new URL(FILE, root), { signal });
  if (!response.ok) throw new Error(`${FILE}: ${response.status}`);
  return response.json();
}
