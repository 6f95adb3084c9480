// An archive's papers as lunr's index has them: their words, numbered from the oldest.

/** @import { FacetBitsets, LunrFile, Result } from "../types" */
import { facetBitsets } from "./filters.js";
import { positionedWords } from "./phrases.js";

/** @typedef {{ title: string[], text: string[] }} PaperWords at their positions */

export class LunrPapers {
  /** @param {LunrFile} file */
  constructor({ index, papers, facets, years }) {
    this.index = lunr.Index.load(index);
    this.papers = papers;
    this.root = { documents: papers.length, years };
    /** @type {FacetBitsets} */
    this.facets = facetBitsets([facets], papers.length);
    this.numbersById = new Map(papers.map(([, , , id], number) => [id, number]));
    /** @type {Map<number, PaperWords>} */
    this.wordsOfPaper = new Map();
    /** @type {string[][][]} of each paper the words of each author */
    this.names = papers.map(([, , authors]) => authors.map(positionedWords));
  }

  /**
   * The papers with a word, or with one that begins or is spelt nearly so, with their scores; and
   * which words those are.
   * @param {string} word
   * @param {{ fields?: string[], isBeginning?: boolean, edits?: number }} options
   * @returns {{ scores: Map<number, number>, terms: string[] }}
   */
  find(word, { fields, isBeginning = false, edits = 0 } = {}) {
    const term = isBeginning ? `${word}*` : word;
    const options = {
      usePipeline: false,
      ...(edits && { editDistance: edits }), // lunr takes no asterisk beside it
      ...(fields && { fields }),
    };
    const matches = this.index.query((clauses) => clauses.term(term, options));
    const terms = new Set(matches.flatMap(({ matchData }) => Object.keys(matchData.metadata)));
    return {
      scores: new Map(matches.map(({ ref, score }) => [Number(ref), score])),
      terms: [...terms],
    };
  }

  /** @param {number} number */
  words(number) {
    let words = this.wordsOfPaper.get(number);
    if (!words) {
      const [line, text] = this.papers[number];
      words = { title: positionedWords(line.split("\t")[1]), text: positionedWords(text) };
      this.wordsOfPaper.set(number, words);
    }
    return words;
  }

  /**
   * @param {number} number
   * @param {number} score
   * @returns {Result}
   */
  result(number, score) {
    const [slug, title, authors, date] = this.papers[number][0].split("\t");
    return { document: number, slug, title, authors, date, score };
  }
}
