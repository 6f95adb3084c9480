// A paper's citations: BibTeX and RIS stand on its page, CSL-JSON in its API record, beside the abstract.
import { fetchOk, loadRecord } from "./records.js";
import { $, downloadFile } from "./ui.js";

const BATCH_SIZE = 8; // files that are asked for at a time
const MAX_SINGLE = 16; // more papers than this are read from the files of their months

export const FORMATS = {
  BibTeX: { extension: "bib", type: "application/x-bibtex" },
  RIS: { extension: "ris", type: "application/x-research-info-systems" },
  "CSL-JSON": { extension: "json", type: "application/vnd.citationstyles.csl+json" },
};

/** @typedef {keyof typeof FORMATS} Format */

export const FORMAT_NAMES = /** @type {Format[]} */ (Object.keys(FORMATS));

/**
 * Puts an abstract into a citation that was written without it, where such a citation has its own. The
 * page leaves it out only where this gives the whole citation (render/citation/page_forms.py).
 * @param {string} citation
 * @param {string} abstract
 */
export function withAbstract(citation, abstract) {
  if (!abstract || /^(?: {2}abstract = \{|AB {2}- )/m.test(citation)) return citation;
  if (citation.startsWith("TY "))
    return citation.replace(/^ER {2}-/m, () => `AB  - ${abstract}\nER  -`);
  const escaped = abstract.replace(/[%&#_$]/g, (sign) => `\\${sign}`);
  return citation.replace(/\}\s*$/, () => `  abstract = {${escaped}},\n}\n`);
}

/**
 * Reads one format off a paper's page; "" where it has none. The abstract is in the page's head.
 * @param {ParentNode} page
 * @param {string} format
 */
export function citationOnPage(page, format) {
  const code = $(`code.language-${format.toLowerCase()}`, page);
  if (!code) return "";
  const abstract = $('meta[name="citation_abstract"]', page)?.getAttribute("content") ?? "";
  return withAbstract(`${code.textContent.trimEnd()}\n`, abstract);
}

/**
 * @param {string} slug
 * @param {Format} format
 * @param {string} site the root of the paper's site, seen from this one's
 */
export async function loadCitation(slug, format, site = "") {
  if (format === "CSL-JSON") {
    const { abstract, citation } = await loadRecord(slug, site);
    const item = { abstract: abstract?.replace(/\s+/g, " "), ...citation }; // its own abstract, if it has one
    return JSON.stringify(item, null, 1);
  }
  return citationOnPage(await loadPage(`${site}papers/${slug}/`), format);
}

/**
 * Reads a page, or the one that it forwards to.
 * @param {string | URL} path
 * @returns {Promise<Document>}
 */
async function loadPage(path) {
  const response = await fetchOk(path);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const refresh = $('meta[http-equiv="refresh"]', page)?.getAttribute("content") ?? "";
  const [, target] = refresh.split("url=");
  return target ? loadPage(new URL(target, response.url)) : page;
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
 * The citations in a file of many, in its order.
 * @param {string} text
 * @param {Format} format
 */
export function splitCitations(text, format) {
  if (format === "CSL-JSON") {
    return JSON.parse(text).map((/** @type {object} */ item) => JSON.stringify(item, null, 1));
  }
  const starts = format === "BibTeX" ? /^(?=@\w+\{)/m : /^(?=TY {2}- )/m;
  return text.split(starts).filter((entry) => /\S/.test(entry));
}

/**
 * The citations of one month's papers, by slug.
 * @param {string} path of the month's files, without their endings
 * @param {Format} format
 * @returns {Promise<[string, string][]>}
 */
async function loadMonth(path, format) {
  const files = [fetchOk(`${path}.slugs.json`), fetchOk(`${path}.${FORMATS[format].extension}`)];
  const [slugs, file] = await Promise.all(files);
  const citations = splitCitations(await file.text(), format);
  return (await slugs.json()).map((/** @type {string} */ slug, /** @type {number} */ i) => [
    slug,
    citations[i],
  ]);
}

/**
 * Saves the citations of many papers as one file. Of many papers the months' files are read, and of
 * the rest each paper's own.
 * @param {{ slug: string, date?: string, site?: string }[]} papers
 * @param {Format} format
 * @param {string} name of the file, without its ending
 * @param {(done: number) => void} onProgress
 */
export async function downloadCitations(papers, format, name, onProgress = () => undefined) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  const isWanted = new Set(papers.map(({ slug }) => slug));
  /** @type {(entries: [string, string][]) => void} */
  const take = (entries) => {
    for (const [slug, text] of entries) if (isWanted.has(slug) && text) texts.set(slug, text);
    onProgress(texts.size);
  };
  if (papers.length > MAX_SINGLE) {
    const months = papers.flatMap(({ date = "", site = "" }) =>
      date.length >= 7 ? `${site}exports/months/${date.slice(0, 7)}` : [],
    );
    await inBatches([...new Set(months)], async (path) => take(await loadMonth(path, format)));
  }
  const rest = papers.filter(({ slug }) => !texts.has(slug));
  await inBatches(rest, async ({ slug, site }) =>
    take([[slug, await loadCitation(slug, format, site)]]),
  );
  const citations = papers.map(({ slug }) => ({ slug, text: texts.get(slug) ?? "" }));
  const { extension, type } = FORMATS[format];
  return downloadFile(`${name}.${extension}`, joinCitations(citations, format), type);
}

/**
 * @template T
 * @param {T[]} all
 * @param {(one: T) => Promise<void>} work
 */
async function inBatches(all, work) {
  for (let at = 0; at < all.length; at += BATCH_SIZE) {
    await Promise.all(all.slice(at, at + BATCH_SIZE).map(work));
  }
}
