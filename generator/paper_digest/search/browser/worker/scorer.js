// Scores papers against the posting lists of a query's units.

import RANKING from "../../ranking.json" with { type: "json" };
/** @import { Unit } from "../types" */
import { isUnknown, namesIn } from "./names.js";
import {
  ACRONYM_WEIGHTS,
  isInTitle,
  PAYLOAD_WEIGHTS,
  POSITION_BITS,
  rarityOf,
  TITLE_BIT,
} from "./payload.js";
import {
  authorPostingsOf,
  keysOfName,
  namedBy,
  paperOf,
  papersOfExact,
  papersOfFirst,
  positionsOf,
  postingsOf,
  shiftPositions,
} from "./postings_list.js";

const { bonus: BONUS } = RANKING;

export class Scorer {
  /** @param {number} documentCount */
  constructor(documentCount) {
    this.documentCount = documentCount;
    this.scores = new Float32Array(documentCount);
    this.unitHits = new Uint8Array(documentCount);
    this.excluded = new Uint8Array(documentCount);
    this.titleHits = new Uint8Array(documentCount);
    this.bestGain = new Float32Array(documentCount);
    this.touchedDocuments = new Int32Array(documentCount);
    // For the unit at hand and the one before it, in turn. `runPositions` are those to which a row
    // of units without a break leads: each unit leaves fewer of them to chance.
    this.unitBuffers = [0, 1].map(() => ({
      stamps: new Uint8Array(documentCount),
      positions: new Uint8Array(documentCount),
      runPositions: new Uint8Array(documentCount),
    }));
    this.requiredUnits = 0;
    this.unitCount = 0;
    this.titleBonus = 0;
  }

  /**
   * Scores all papers.
   * @param {Unit[]} units
   * @param {Iterable<number>} excluded papers that have what is left out
   * @param {Set<number>[]} rows the papers that have each phrase
   * @param {Uint8Array} [allowed] a 1 for each paper that may match
   * @param {number[]} hinted the first paper of the year typed as a word, and the first one after it
   */
  scoreAll(units, excluded, rows, allowed, hinted = [0, 0]) {
    this.scores.fill(0);
    this.unitHits.fill(0);
    this.titleHits.fill(0);
    this.excluded.fill(0);
    for (const { stamps } of this.unitBuffers) stamps.fill(0);
    if (allowed) for (let d = 0; d < this.documentCount; d++) this.excluded[d] = 1 - allowed[d];
    for (const d of excluded) this.excluded[d] = 1;
    for (const papers of rows) this.excludeAllBut(papers);
    units.forEach((unit, i) => {
      this.scoreUnit(unit, i + 1, units[i - 1], units[i + 1]);
    });
    const rarity = units.reduce((sum, unit) => sum + (unit.hint ? 0 : unit.rarity), 0);
    for (const name of namesIn(units)) {
      const keys = keysOfName(name);
      this.excludeAllBut(new Set(keys.map(paperOf)));
      const first = name[0].firstAuthor ? papersOfFirst(keys) : [];
      for (const d of first) this.scores[d] += BONUS.firstAuthor * rarity;
      for (const d of papersOfExact(name)) this.scores[d] += BONUS.exactName * rarity;
    }
    for (let d = hinted[0]; d < hinted[1]; d++) this.scores[d] += BONUS.yearHint * rarity;
    const required = units.filter((unit) => !unit.optional && !isUnknown(unit)).length;
    this.requiredUnits = units.length && !required ? -1 : required;
    this.unitCount = units.filter((unit) => !unit.hint && !isUnknown(unit)).length;
    this.titleBonus = BONUS.allInTitle * rarity;
  }

  /** @param {Set<number>} papers */
  excludeAllBut(papers) {
    for (let d = 0; d < this.documentCount; d++) if (!papers.has(d)) this.excluded[d] = 1;
  }

  /**
   * @param {Unit} unit
   * @param {number} stamp its number, from 1
   * @param {Unit | undefined} previous
   * @param {Unit | undefined} next
   */
  scoreUnit(unit, stamp, previous, next) {
    const { scores, unitHits, bestGain, touchedDocuments, titleHits } = this;
    const { stamps, positions, runPositions } = this.unitBuffers[stamp & 1];
    let count = 0;
    unit.rarity = 0;
    const weights = unit.acronym ? ACRONYM_WEIGHTS : PAYLOAD_WEIGHTS;
    let typedFrequency = 0; // of the word itself, than which no other spelling counts as rarer
    for (const option of unit.options) {
      const { parts, weight, completesWord } = option;
      const { documents, payloads, frequency } = unit.author
        ? authorPostingsOf(parts)
        : postingsOf(option, unit);
      const rarity = weight * rarityOf(Math.max(frequency, typedFrequency), this.documentCount);
      typedFrequency ||= weight === 1 ? frequency : 0;
      unit.rarity = Math.max(unit.rarity, rarity);
      for (let i = 0; i < documents.length; i++) {
        const d = documents[i];
        const payload = payloads[i];
        if (unit.author && payload & POSITION_BITS) continue;
        if (unit.title && !isInTitle(payload)) continue;
        const gain = rarity * weights[payload];
        if (stamps[d] === stamp) {
          positions[d] |= positionsOf(payload);
          if (gain > bestGain[d]) {
            scores[d] += gain - bestGain[d];
            bestGain[d] = gain;
          }
        } else {
          stamps[d] = stamp;
          touchedDocuments[count++] = d;
          positions[d] = positionsOf(payload);
          bestGain[d] = gain;
          scores[d] += gain;
          unitHits[d] += unit.optional ? 0 : 1;
          if (unit.hint || completesWord) continue;
          if (payload & POSITION_BITS ? payload & TITLE_BIT : !unit.acronym) titleHits[d]++;
        }
      }
    }
    const hitDocuments = touchedDocuments.subarray(0, count);
    for (const d of hitDocuments) runPositions[d] = positions[d];
    const gap = previous ? unit.at - previous.end + 1 : 0;
    if (previous && !unit.author) this.rewardSameAuthor(unit, previous);
    if (previous && !unit.author && gap > 0 && gap <= BONUS.maxGapWords + 1) {
      this.rewardAdjacency(unit, previous, stamp, gap & 3, hitDocuments, next);
    }
    if (previous && unit.near) {
      const bonus = BONUS.near * (unit.rarity + previous.rarity);
      for (const d of unit.neighbours ?? []) scores[d] += bonus;
    }
  }

  /**
   * Rewards papers of an author whose name has both units, typed as words; more if the first author's.
   * @param {Unit} unit
   * @param {Unit} previous
   */
  rewardSameAuthor(unit, previous) {
    if (previous.author || previous.exact || unit.exact) return;
    const others = new Set(namedBy(previous));
    const keys = [...new Set(namedBy(unit))].filter((key) => others.has(key));
    const rarity = Math.min(unit.rarity, previous.rarity);
    for (const d of new Set(keys.map(paperOf))) this.scores[d] += BONUS.adjacent * rarity;
    for (const d of papersOfFirst(keys)) this.scores[d] += BONUS.firstAuthor * rarity;
  }

  /**
   * Rewards papers where this unit comes right after the one before. A unit that opens a phrase begins
   * a row of its own, and so does a compound, for it ends at another position than it begins.
   * @param {Unit} unit
   * @param {Unit} previous
   * @param {number} stamp
   * @param {number} shift how far apart the two are, modulo four
   * @param {Int32Array} documents
   * @param {Unit | undefined} next
   */
  rewardAdjacency(unit, previous, stamp, shift, documents, next) {
    const { scores } = this;
    const { positions, runPositions } = this.unitBuffers[stamp & 1];
    const before = this.unitBuffers[1 - (stamp & 1)];
    const bonus = BONUS.adjacent * Math.min(unit.rarity, previous.rarity);
    const startsRun =
      (next?.phrase && !unit.phrase) ||
      unit.options.some(({ parts: [one, two] }) => two || one.split);
    for (const d of documents) {
      if (before.stamps[d] !== stamp - 1) continue;
      const continuesRun = shiftPositions(before.runPositions[d], shift) & positions[d];
      const adjacent = continuesRun || shiftPositions(before.positions[d], shift) & positions[d];
      if (adjacent) scores[d] += bonus;
      if (adjacent && !startsRun) runPositions[d] = adjacent;
    }
  }

  /**
   * Whether a paper has all units.
   * @param {number} document
   */
  isMatch(document) {
    return this.unitHits[document] === this.requiredUnits && !this.excluded[document];
  }

  /** Papers that have all units, in rising order. */
  matches() {
    const documents = [];
    for (let d = 0; d < this.documentCount; d++) if (this.isMatch(d)) documents.push(d);
    return documents;
  }

  /** How many papers have all units. */
  countMatches() {
    return this.matches().length;
  }

  /**
   * How many papers have so large a share of the units, but not all; so many as are listed at most.
   * @param {number} minShare
   */
  countIncomplete(minShare) {
    const { unitHits, excluded, requiredUnits } = this;
    let count = 0;
    for (let d = 0; d < this.documentCount; d++) {
      const hits = unitHits[d];
      if (hits && !excluded[d] && hits < requiredUnits && hits / requiredUnits >= minShare) count++;
    }
    return Math.min(count, RANKING.limits.incompleteHits);
  }
}
