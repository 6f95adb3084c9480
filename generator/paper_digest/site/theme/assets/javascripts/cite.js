// A paper's citations: BibTeX and RIS stand on its page, CSL-JSON in its API record.
import { siteRoot } from "./bookmarks.js";
import { $, downloadFile } from "./ui.js";

const BATCH_SIZE = 8; // papers that are asked for at a time

export const FORMATS = {
  BibTeX: { extension: "bib", type: "application/x-bibtex" },
  RIS: { extension: "ris", type: "application/x-research-info-systems" },
  "CSL-JSON": { extension: "json", type: "application/vnd.citationstyles.csl+json" },
};

/** @typedef {keyof typeof FORMATS} Format */

export const FORMAT_NAMES = /** @type {Format[]} */ (Object.keys(FORMATS));

/** @param {string} path */
async function fetchOk(path) {
  const response = await fetch(new URL(path, siteRoot));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/**
 * Reads one format off a paper's page; "" where it has none.
 * @param {ParentNode} page
 * @param {Format} format
 */
export function citationOnPage(page, format) {
  const code = $(`code.language-${format.toLowerCase()}`, page);
  return code ? `${code.textContent.trimEnd()}\n` : "";
}

/**
 * @param {string} slug
 * @param {Format} format
 */
export async function loadCitation(slug, format) {
  if (format === "CSL-JSON") {
    const record = await (await fetchOk(`api/papers/${slug}.json`)).json();
    return JSON.stringify(record.citation, null, 1);
  }
  const text = await (await fetchOk(`papers/${slug}/`)).text();
  return citationOnPage(new DOMParser().parseFromString(text, "text/html"), format);
}

/**
 * One file of several papers' citations. Of BibTeX entries that share a key the later ones get
 * their slug behind it.
 * @param {{ slug: string, text: string }[]} citations
 * @param {Format} format
 */
export function joinCitations(citations, format) {
  const given = citations.filter(({ text }) => text);
  if (format === "CSL-JSON") return `[${given.map(({ text }) => text).join(",\n")}]\n`;
  /** @type {Set<string>} */
  const usedKeys = new Set();
  const entries = given.map(({ slug, text }) => {
    const key = format === "BibTeX" ? /^@\w+\{([^,]+),/.exec(text)?.[1] : undefined;
    if (key === undefined) return text;
    const renamed = usedKeys.has(key) ? text.replace(key, `${key}-${slug}`) : text;
    usedKeys.add(key);
    return renamed;
  });
  return entries.join("\n");
}

/**
 * Saves the citations of many papers as one file.
 * @param {string[]} slugs
 * @param {Format} format
 * @param {string} name of the file, without its ending
 * @param {(done: number) => void} onProgress
 */
export async function downloadCitations(slugs, format, name, onProgress = () => undefined) {
  const citations = [];
  for (let at = 0; at < slugs.length; at += BATCH_SIZE) {
    const batch = slugs.slice(at, at + BATCH_SIZE);
    const texts = await Promise.all(batch.map((slug) => loadCitation(slug, format)));
    citations.push(...texts.map((text, i) => ({ slug: batch[i], text })));
    onProgress(citations.length);
  }
  const { extension, type } = FORMATS[format];
  return downloadFile(`${name}.${extension}`, joinCitations(citations, format), type);
}
