// A paper's citations: BibTeX and RIS stand on its page, CSL-JSON in its API record, beside the abstract.
import { fetchOk, loadPage, loadRecord, NO_PAPER } from "./records.js";
import { $, downloadFile } from "./ui.js";

const BATCH_SIZE = 8; // files that are asked for at a time
const MAX_SINGLE = 16; // more papers than this are read from the files of their months, or spans of months

export const FORMATS = {
  BibTeX: { extension: "bib", type: "application/x-bibtex" },
  RIS: { extension: "ris", type: "application/x-research-info-systems" },
  "CSL-JSON": { extension: "json", type: "application/vnd.citationstyles.csl+json" },
};

/** @typedef {keyof typeof FORMATS} Format */

export const FORMAT_NAMES = /** @type {Format[]} */ (Object.keys(FORMATS));

// How BibTeX writes an abstract (text/tex/latex_characters.py): what TeX reads otherwise, and the signs that
// abstracts have most. render/citation/page_forms.py has the same list, and leaves out what is written with it alone.
const ESCAPES = new Map([
  ["\\", "\\textbackslash{}"],
  ["{", "\\textbraceleft{}"],
  ["}", "\\textbraceright{}"],
  ["~", "\\textasciitilde{}"],
  ["^", "\\textasciicircum{}"],
]);
for (const sign of "%&#_$") ESCAPES.set(sign, `\\${sign}`);
const COMMANDS = new Map([
  ["–", "--"],
  ["—", "---"],
  ["“", "``"],
  ["”", "''"],
  ["‘", "`"],
  ["’", "'"],
  ["…", "{\\ldots}"],
  ["°", "{\\textdegree}"],
  ["⁻", "{\\ensuremath{^{{\\ensuremath{-}}}}}"],
]);
const MATH =
  "×times ∈in ≥geq ≤leq →rightarrow ∞infty ∼sim √surd ∂partial ≈approx ℓell ±pm ·cdot ∇nabla ⊂subset ⊙odot " +
  "∑sum ≠neq ∩cap ∪cup ⟨langle ⟩rangle ∫int ∗ast ≡equiv ⊆subseteq ≃simeq ∝propto ⋆star ↦mapsto ⊕oplus " +
  "⊗otimes ≪ll ≫gg ≲lesssim ≳gtrsim ⊥perp αalpha βbeta γgamma δdelta εvarepsilon ϵepsilon ζzeta ηeta " +
  "θtheta κkappa λlambda μmu νnu ξxi πpi ρrho σsigma τtau φvarphi ϕphi χchi ψpsi ωomega ΓGamma ΔDelta " +
  "ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi ΩOmega";
for (const pair of MATH.split(" ")) COMMANDS.set(pair[0], `{\\ensuremath{\\${pair.slice(1)}}}`);
for (const [script, signs] of [
  ["^", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺"],
  ["_", "₀₁₂₃₄₅₆₇₈₉"],
]) {
  [...signs].forEach((sign, i) => {
    COMMANDS.set(sign, `{\\ensuremath{${script}{${i < 10 ? i : "+"}}}}`);
  });
}

/**
 * A sign as BibTeX has it; a letter with one of five accents too.
 * @param {string} sign
 */
function bibtexSign(sign) {
  const [letter, accent, ...more] = sign.normalize("NFD");
  const at = accent ? "\u0300\u0301\u0302\u0303\u0308".indexOf(accent) : -1;
  const accented = at >= 0 && !more.length && /[a-z]/i.test(letter);
  return COMMANDS.get(sign) ?? (accented ? `{\\${"`'^~\""[at]}${letter}}` : sign);
}

/**
 * Puts an abstract into a citation that was written without it, where such a citation has its own. The
 * page leaves it out only where this gives the whole citation (render/citation/page_forms.py).
 * @param {string} citation
 * @param {string} abstract
 * @param {string} format "BibLaTeX" has the letters of all scripts
 */
export function withAbstract(citation, abstract, format = "BibTeX") {
  if (!abstract || /^(?: {2}abstract = \{|AB {2}- )/m.test(citation)) return citation;
  if (citation.startsWith("TY "))
    return citation.replace(/^ER {2}-/m, () => `AB  - ${abstract}\nER  -`);
  let escaped = abstract.replace(/[\\{}~^%&#_$]/g, (sign) => ESCAPES.get(sign) ?? sign);
  if (format.toLowerCase() === "bibtex") escaped = escaped.replace(/\P{ASCII}/gu, bibtexSign);
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
  return withAbstract(`${code.textContent.trimEnd()}\n`, abstract, format);
}

/**
 * @param {string} slug
 * @param {Format} format
 * @param {string} site the root of the paper's site, seen from this one's
 * @returns {Promise<string>} "" of a paper that has none: it was taken out, or has no title
 */
export async function loadCitation(slug, format, site = "") {
  if (format === "CSL-JSON") {
    const { abstract, citation } = await loadRecord(slug, site);
    const item = { abstract: abstract?.replace(/\s+/g, " "), ...citation }; // its own abstract, if it has one
    return JSON.stringify(item, null, 1);
  }
  return citationOnPage((await loadPage(`${site}papers/${slug}/`)).page, format);
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
  const entries = text.split(starts).filter((entry) => /\S/.test(entry));
  // The last one has no empty line behind it.
  return entries.map((entry) => (entry.endsWith("\n\n") ? entry.slice(0, -1) : entry));
}

/**
 * The citations of the papers of a month or span, by slug.
 * @param {string} path of its files, without their endings
 * @param {Format} format
 * @returns {Promise<[string, string][]>}
 */
async function loadShard(path, format) {
  const files = [fetchOk(`${path}.slugs.json`), fetchOk(`${path}.${FORMATS[format].extension}`)];
  const [slugs, file] = await Promise.all(files);
  const citations = splitCitations(await file.text(), format);
  return (await slugs.json()).map((/** @type {string} */ slug, /** @type {number} */ i) => [
    slug,
    citations[i],
  ]);
}

/**
 * Where the citations of many papers lie together.
 * @param {{ date?: string, site?: string }[]} papers
 * @returns {Promise<string[]>} paths of files of a month or a span of months, without their endings
 */
async function findShards(papers) {
  const sites = [...new Set(papers.map(({ site = "" }) => site))];
  /** @type {Map<string, [string, string][]>} */
  const spans = new Map();
  await inBatches(sites, async (site) => {
    try {
      spans.set(site, await (await fetchOk(`${site}exports/months/spans.json`)).json());
    } catch {
      // A volume that was built before there were spans has the files of its months.
    }
  });
  const shards = papers.flatMap(({ date = "", site = "" }) => {
    if (date.length < 7) return [];
    const month = date.slice(0, 7);
    const span = spans.get(site)?.find(([first, last]) => first <= month && month <= last);
    return [`${site}exports/months/${span?.join("--") ?? month}`];
  });
  return [...new Set(shards)];
}

/**
 * Saves the citations of many papers as one file. Of many papers the files of months, or of spans of
 * months, are read, and of the rest each paper's own. What the site has no longer is left out.
 * @param {{ slug: string, date?: string, site?: string }[]} papers
 * @param {Format} format
 * @param {string} name of the file, without its ending
 * @param {(done: number) => void} onProgress
 * @returns {Promise<number>} how many the file has; rejects where it would have none
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
    await inBatches(await findShards(papers), async (path) => take(await loadShard(path, format)));
  }
  const rest = papers.filter(({ slug }) => !texts.has(slug));
  await inBatches(rest, async ({ slug, site }) =>
    take([[slug, await loadCitation(slug, format, site).catch(noneIfGone)]]),
  );
  if (!texts.size) throw new Error("no citations");
  // A paper that was starred at a former address too is one paper.
  const slugsByText = new Map(papers.map(({ slug }) => [texts.get(slug) ?? "", slug]));
  slugsByText.delete("");
  const citations = [...slugsByText].map(([text, slug]) => ({ slug, text }));
  const { extension, type } = FORMATS[format];
  downloadFile(`${name}.${extension}`, joinCitations(citations, format), type);
  return citations.length;
}

/** @param {Error} error */
function noneIfGone(error) {
  if (NO_PAPER.includes(Number(error.cause))) return "";
  throw error;
}

/**
 * Does some work for each of many, a few at a time.
 * @template T
 * @param {T[]} all
 * @param {(one: T) => Promise<void>} work
 */
export async function inBatches(all, work) {
  for (let at = 0; at < all.length; at += BATCH_SIZE) {
    await Promise.all(all.slice(at, at + BATCH_SIZE).map(work));
  }
}
