// Scores papers against the posting lists of a query's units.

import RANKING from "../../ranking.json" with { type: "json" };
/** @import { Unit } from "../types" */
import {
  authorPostingsOf,
  IMPACT_SHIFT,
  POSITION_BITS,
  papersOfName,
  positionsOf,
  postingsOf,
  shiftPositions,
  TITLE_BIT,
} from "./postings_list.js";
import { namesIn } from "./term_lookup.js";

const { bonus: BONUS, fields: FIELDS, impact: IMPACT } = RANKING;
const COMPLETE_RANK = 1e6; // above every score, so that papers with all units come first

// What each payload byte is worth, before the rarity of its word.
const PAYLOAD_WEIGHTS = Float32Array.from({ length: 256 }, (_, payload) => {
  if (!payload) return FIELDS.manyAuthors;
  if (payload === TITLE_BIT) return FIELDS.fewAuthors;
  const middle = (payload >> IMPACT_SHIFT) + 0.5;
  const impact = IMPACT.lowest + (IMPACT.range * middle) / IMPACT.levels;
  return impact + (payload & TITLE_BIT ? FIELDS.title : 0);
});

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
   * @param {Unit[][]} not what a paper must not have
   * @param {Uint8Array} [allowed] a 1 for each paper that may match
   */
  scoreAll(units, not, allowed) {
    this.scores.fill(0);
    this.unitHits.fill(0);
    this.titleHits.fill(0);
    this.excluded.fill(0);
    for (const { stamps } of this.unitBuffers) stamps.fill(0);
    if (allowed) for (let d = 0; d < this.documentCount; d++) this.excluded[d] = 1 - allowed[d];
    for (const group of not) this.exclude(group);
    units.forEach((unit, i) => {
      this.scoreUnit(unit, i + 1, units[i - 1], units[i + 1]);
    });
    for (const name of namesIn(units)) {
      const papers = papersOfName(name);
      for (let d = 0; d < this.documentCount; d++) if (!papers.has(d)) this.excluded[d] = 1;
    }
    this.requiredUnits = units.filter((unit) => !unit.optional).length;
    this.unitCount = units.length;
    this.titleBonus = BONUS.allInTitle * units.reduce((sum, unit) => sum + unit.rarity, 0);
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
    for (const { parts, weight } of unit.options) {
      const { documents, payloads, frequency } = unit.author
        ? authorPostingsOf(parts)
        : postingsOf(parts, unit);
      const rarity = weight * Math.log(1 + this.documentCount / frequency);
      unit.rarity = Math.max(unit.rarity, rarity);
      for (let i = 0; i < documents.length; i++) {
        const d = documents[i];
        const payload = payloads[i];
        if (unit.author && payload & POSITION_BITS) continue;
        const gain = rarity * PAYLOAD_WEIGHTS[payload];
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
          if (payload & TITLE_BIT || !(payload & POSITION_BITS)) titleHits[d]++;
        }
      }
    }
    const hitDocuments = touchedDocuments.subarray(0, count);
    for (const d of hitDocuments) runPositions[d] = positions[d];
    const gap = previous ? unit.at - previous.end + 1 : 0;
    if (previous && !unit.author && gap > 0 && gap <= BONUS.maxGapWords + 1) {
      this.rewardAdjacency(unit, previous, stamp, gap & 3, hitDocuments, next);
    }
  }

  /**
   * Rewards papers where this unit comes right after the one before; a phrase drops all others. A
   * unit that opens a phrase begins a row of its own, and so does a compound, for it ends at
   * another position than it begins.
   * @param {Unit} unit
   * @param {Unit} previous
   * @param {number} stamp
   * @param {number} shift how far apart the two are, modulo four
   * @param {Int32Array} documents
   * @param {Unit | undefined} next
   */
  rewardAdjacency(unit, previous, stamp, shift, documents, next) {
    const { scores, excluded } = this;
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
      if (unit.phrase && !continuesRun && positions[d] && before.positions[d]) excluded[d] = 1;
    }
  }

  /**
   * Drops the papers that have all of some units, those of a phrase in a row.
   * @param {Unit[]} units
   */
  exclude(units) {
    if (units[0]?.author) {
      for (const d of papersOfName(units)) this.excluded[d] = 1;
      return;
    }
    /** Positions at which a row of the units so far ends. @type {Map<number, number>} */
    let ends = new Map();
    units.forEach((unit, i) => {
      const before = ends;
      ends = new Map();
      const shift = i ? (unit.at - units[i - 1].end + 1) & 3 : 0;
      for (const { parts } of unit.options) {
        const { documents, payloads } = postingsOf(parts, unit);
        for (let at = 0; at < documents.length; at++) {
          const d = documents[at];
          // A name has no positions: it is as good as anywhere.
          let positions = positionsOf(payloads[at]) || POSITION_BITS;
          if (i && unit.phrase) positions &= shiftPositions(before.get(d) ?? 0, shift);
          if (positions && (!i || before.has(d))) ends.set(d, (ends.get(d) ?? 0) | positions);
        }
      }
    });
    for (const d of ends.keys()) this.excluded[d] = 1;
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
    let count = 0;
    for (let d = 0; d < this.documentCount; d++) if (this.isMatch(d)) count++;
    return count;
  }

  /**
   * Papers that have all units, newest first.
   * @param {number} from
   * @param {number} size
   */
  newest(from, size) {
    const documents = [];
    let skip = from;
    for (let d = this.documentCount - 1; d >= 0 && documents.length < size; d--) {
      if (this.isMatch(d) && skip-- <= 0) documents.push({ document: d, score: 0 });
    }
    return documents;
  }

  /**
   * The best papers with their scores: those with all units first, then some; newest first on ties.
   * @param {number} limit
   * @param {boolean} strict only those with all units
   */
  bestDocuments(limit, strict) {
    const { unitHits, excluded, requiredUnits, scores, documentCount } = this;
    /** @type {{ document: number, rank: number, score: number }[]} */
    const best = [];
    let worstRank = -1;
    for (let d = documentCount - 1; d >= 0; d--) {
      if (!unitHits[d] || excluded[d]) continue;
      const share = unitHits[d] / requiredUnits;
      const isComplete = share === 1;
      if (strict && !isComplete) continue;
      const bonus = this.titleHits[d] === this.unitCount ? this.titleBonus : 0;
      const score = isComplete ? scores[d] + bonus : scores[d] * (share * share);
      const rank = isComplete ? COMPLETE_RANK + score : score;
      if (best.length === limit && rank <= worstRank) continue;
      let at = best.length;
      while (at && best[at - 1].rank < rank) at--;
      best.splice(at, 0, { document: d, rank, score });
      if (best.length > limit) best.pop();
      worstRank = best[best.length - 1].rank;
    }
    return best.map(({ document, score }) => ({ document, score }));
  }
}
