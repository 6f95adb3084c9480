// Finds which papers of a list hold any of a reader's lines: words in a row, a name, or a topic.

/** @import { ListedPaper, Unit } from "../types" */
/** @import { Engine } from "./engine.js" */
/** @import { IndexReader } from "./index_reader.js" */
import { papersLeftOut } from "./excluded.js";
import { resolveTopic } from "./filters.js";
import { MissingFile } from "./missing_file.js";
import { parseQuery } from "./query_parser.js";

/**
 * What stands for a line, as `-"line"` and `-author:"line"` would leave it out.
 * @param {string} line
 * @returns {Unit[][]} alternatives, each with units that a paper must all have
 */
export function readLine(line) {
  const bare = line.replace(/"/g, " ").trim();
  return parseQuery(`-"${bare}" -author:"${bare}"`).not;
}

/**
 * Which papers of a list hold any line of some lists.
 * @param {Engine} engine whose index is open
 * @param {ListedPaper[]} papers
 * @param {string[][]} lists
 * @returns {Promise<string[][]>} slugs; throws MissingFile, also where the index has another paper in its place
 */
export async function holders(engine, papers, lists) {
  const numbers = await Promise.all(papers.map((paper) => numberOf(paper, engine.index)));
  if (numbers.includes(undefined)) throw new MissingFile("a paper of the list", true);
  return Promise.all(
    lists.map(async (lines) => {
      const held = await Promise.all(lines.map((line) => papersHolding(engine, line)));
      return papers
        .filter((_, i) => held.some((set) => set.has(numbers[i] ?? -1)))
        .map(({ slug }) => slug);
    }),
  );
}

/**
 * @param {Engine} engine
 * @param {string} line
 * @returns {Promise<Set<number>>} all papers that hold it
 */
async function papersHolding(engine, line) {
  const papers = await papersLeftOut(engine, { not: readLine(line), without: [] });
  const { topics, titles } = await engine.index.loadFacets();
  const bits = topics[resolveTopic(titles, line.toLowerCase())];
  bits?.forEach((bit, number) => {
    if (bit) papers.add(number);
  });
  return papers;
}

/**
 * The number of a paper; numbers are in the order of dates and, within a day, of slugs.
 * @param {ListedPaper} paper
 * @param {IndexReader} index
 * @returns {Promise<number | undefined>} undefined where the index does not have the paper so
 */
export async function numberOf({ slug, date }, index) {
  let [low, high] = [0, index.root.documents];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [rowSlug, , , rowDate] = await index.loadRow(middle);
    if (rowSlug === slug) return middle;
    if (rowDate < date || (rowDate === date && rowSlug < slug)) low = middle + 1;
    else high = middle;
  }
  return undefined;
}
