// Scores papers against the posting lists of a query's units.

/** @import { Entry, Postings, Unit } from "../types" */

// A payload byte (term_counts.py): positions modulo four, whether it is in the title, the impact.
const POSITION_BITS = 15;
const TITLE_BIT = 16;
const IMPACT_SHIFT = 5;

const WEIGHTS = {
  title: 0.3,
  allInTitle: 0.6, // every word stands in the title or names an author
  fewAuthors: 0.5, // the word is a name among few, or among many
  manyAuthors: 0.3,
  adjacent: 1,
  partialExponent: 2,
};

// What each payload byte is worth, before the rarity of its word.
const PAYLOAD_WEIGHTS = Float32Array.from({ length: 256 }, (_, payload) => {
  if (!payload) return WEIGHTS.manyAuthors;
  if (payload === TITLE_BIT) return WEIGHTS.fewAuthors;
  const impact = 0.2 + (0.75 * ((payload >> IMPACT_SHIFT) + 0.5)) / 8;
  return impact + (payload & TITLE_BIT ? WEIGHTS.title : 0);
});

/**
 * The positions (modulo four) of a word in a paper. A word that also names an author has none
 * listed; where it has an impact it stands in the text too, so anywhere.
 * @param {number} payload
 */
const positionsOf = (payload) =>
  payload & POSITION_BITS || (payload >> IMPACT_SHIFT ? POSITION_BITS : 0);

/**
 * Four positions moved on by so many.
 * @param {number} positions
 * @param {number} shift 0 to 3
 */
const shiftPositions = (positions, shift) =>
  ((positions << shift) | (positions >> (4 - shift))) & POSITION_BITS;

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
    this.requiredUnits = units.filter((unit) => !unit.optional).length;
    this.unitCount = units.length;
    this.titleBonus = WEIGHTS.allInTitle * units.reduce((sum, unit) => sum + unit.rarity, 0);
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
      const { documents, payloads, frequency } = postingsOf(parts, unit);
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
    if (previous && gap > 0 && gap < 5) {
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
    const bonus = WEIGHTS.adjacent * Math.min(unit.rarity, previous.rarity);
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
   * Drops the papers that have all of some units.
   * @param {Unit[]} units
   */
  exclude(units) {
    /** @type {Map<number, number>} */
    const matchedUnits = new Map();
    units.forEach((unit, i) => {
      for (const { parts } of unit.options) {
        const { documents } = postingsOf(parts, unit);
        for (let at = 0; at < documents.length; at++) {
          if ((matchedUnits.get(documents[at]) || 0) === i) matchedUnits.set(documents[at], i + 1);
        }
      }
    });
    for (const [d, count] of matchedUnits) if (count === units.length) this.excluded[d] = 1;
  }

  /**
   * Whether a paper has all units.
   * @param {number} document
   */
  isMatch(document) {
    return this.unitHits[document] === this.requiredUnits && !this.excluded[document];
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
      if (this.isMatch(d) && skip-- <= 0) documents.push(d);
    }
    return documents;
  }

  /**
   * The best papers: those with all units first, then some; newest first on ties.
   * @param {number} limit
   * @param {boolean} strict only those with all units
   */
  bestDocuments(limit, strict) {
    const { unitHits, excluded, requiredUnits, scores, documentCount } = this;
    /** @type {{ document: number, rank: number }[]} */
    const best = [];
    let worstRank = -1;
    for (let d = documentCount - 1; d >= 0; d--) {
      if (!unitHits[d] || excluded[d]) continue;
      const share = unitHits[d] / requiredUnits;
      if (strict && share < 1) continue;
      const bonus = this.titleHits[d] === this.unitCount ? this.titleBonus : 0;
      const rank =
        share === 1 ? 1e6 + scores[d] + bonus : scores[d] * share ** WEIGHTS.partialExponent;
      if (best.length === limit && rank <= worstRank) continue;
      let at = best.length;
      while (at && best[at - 1].rank < rank) at--;
      best.splice(at, 0, { document: d, rank });
      if (best.length > limit) best.pop();
      worstRank = best[best.length - 1].rank;
    }
    return best.map(({ document }) => document);
  }
}

/**
 * @param {Entry[]} parts
 * @param {Unit} unit
 */
function postingsOf(parts, unit) {
  return parts.length > 1 ? phrasePostings(parts, unit) : fullPostings(parts[0]);
}

/**
 * A term's list: the head, and what else of it has been loaded.
 * @param {Entry} entry
 * @returns {Postings}
 */
function fullPostings(entry) {
  const { loadedRest } = entry;
  if (!loadedRest || entry.fullPostings) return entry.fullPostings || entry;
  const size = entry.documents.length + loadedRest.documents.length;
  const documents = new Int32Array(size);
  const payloads = new Uint8Array(size);
  for (let at = 0, i = 0, j = 0; at < size; at++) {
    const isHead = !(entry.documents[i] > loadedRest.documents[j]) && i < entry.documents.length;
    const from = isHead ? entry : loadedRest;
    const place = isHead ? i++ : j++;
    documents[at] = from.documents[place];
    payloads[at] = from.payloads[place];
  }
  entry.fullPostings = { frequency: entry.frequency, documents, payloads };
  return entry.fullPostings;
}

/**
 * Papers where the parts follow each other, as one list, which the unit remembers.
 * @param {Entry[]} parts
 * @param {Unit} unit
 */
function phrasePostings(parts, unit) {
  const key = parts.map((part) => `${part.term} ${part.loadedRest ? 1 : 0}`).join(" ");
  unit.sequences ||= new Map();
  const remembered = unit.sequences.get(key);
  if (remembered) return remembered;
  let postings = fullPostings(parts[0]);
  for (const part of parts.slice(1)) postings = followedBy(postings, fullPostings(part));
  const counted = { ...postings, frequency: Math.max(1, postings.documents.length) };
  unit.sequences.set(key, counted);
  return counted;
}

/**
 * Papers where a word of `next` comes right after one of `first`.
 * @param {Postings} first
 * @param {Postings} next
 * @returns {Postings}
 */
function followedBy(first, next) {
  const documents = [];
  const payloads = [];
  for (let i = 0, j = 0; i < first.documents.length && j < next.documents.length; ) {
    const gap = first.documents[i] - next.documents[j];
    if (gap < 0) i++;
    else if (gap > 0) j++;
    else {
      const payload = followedPayload(first.payloads[i], next.payloads[j]);
      if (payload) {
        documents.push(first.documents[i]);
        payloads.push(payload);
      }
      i++;
      j++;
    }
  }
  return { documents, payloads, frequency: documents.length };
}

/**
 * The payload of two words in a row in one paper; 0 where they do not follow each other there.
 * @param {number} one
 * @param {number} two
 */
function followedPayload(one, two) {
  const begins = positionsOf(one);
  const follows = shiftPositions(begins, 1) & positionsOf(two);
  if (!follows) return 0;
  const impact = Math.min(one >> IMPACT_SHIFT, two >> IMPACT_SHIFT);
  const positions = follows | (begins & shiftPositions(follows, 3));
  return (impact << IMPACT_SHIFT) | (one & two & TITLE_BIT) | positions;
}
