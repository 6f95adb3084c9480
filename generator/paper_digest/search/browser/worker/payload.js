// The byte that the index holds for a word in a paper (payload.py), and what it is worth.

import RANKING from "../../ranking.json" with { type: "json" };

// Positions modulo four, whether the word is in the title, the impact.
export const POSITION_BITS = RANKING.payload.positionBits;
export const TITLE_BIT = RANKING.payload.titleBit;
export const IMPACT_SHIFT = RANKING.payload.impactShift;

const { fields: FIELDS, impact: IMPACT } = RANKING;

// What each payload byte is worth, before the rarity of its word.
export const PAYLOAD_WEIGHTS = Float32Array.from({ length: 256 }, (_, payload) => {
  if (!payload) return FIELDS.manyAuthors;
  if (payload === TITLE_BIT) return FIELDS.fewAuthors;
  const middle = (payload >> IMPACT_SHIFT) + 0.5;
  const impact = IMPACT.lowest + (IMPACT.range * middle) / IMPACT.levels;
  return impact + (payload & TITLE_BIT ? FIELDS.title : 0);
});

/**
 * Whether a word stands in the title. What names one of few authors alone has that bit and no other.
 * @param {number} payload
 */
export const isInTitle = (payload) => Boolean(payload & TITLE_BIT) && payload !== TITLE_BIT;

// The same of a word typed in capitals, which is hardly a name.
export const ACRONYM_WEIGHTS = Float32Array.from(PAYLOAD_WEIGHTS);
ACRONYM_WEIGHTS[0] *= FIELDS.acronymAsName;
ACRONYM_WEIGHTS[TITLE_BIT] *= FIELDS.acronymAsName;

/**
 * BM25's weight of a word that so many of all papers hold (Robertson and Zaragoza, 2009).
 * @param {number} frequency
 * @param {number} documentCount
 */
export const rarityOf = (frequency, documentCount) =>
  Math.log1p((Math.max(documentCount - frequency, 0) + 0.5) / (frequency + 0.5));
