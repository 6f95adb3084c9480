// Which of the scored papers come first.

/** @import { Scorer } from "./scorer.js" */

const COMPLETE_RANK = 1e6; // above every score, so that papers with all units come first

/**
 * Papers that have all units, newest first.
 * @param {Scorer} scorer
 * @param {number} from
 * @param {number} size
 */
export function newest(scorer, from, size) {
  const documents = [];
  let skip = from;
  for (let d = scorer.documentCount - 1; d >= 0 && documents.length < size; d--) {
    if (scorer.isMatch(d) && skip-- <= 0) documents.push({ document: d, score: 0 });
  }
  return documents;
}

/**
 * The best papers with their scores: those with all units first, then some; newest first on ties.
 * @param {Scorer} scorer
 * @param {number} limit
 * @param {boolean} strict only those with all units
 * @param {number} minShare the share of units that the others must have
 */
export function bestDocuments(scorer, limit, strict, minShare = 0) {
  const { unitHits, excluded, requiredUnits, scores, documentCount } = scorer;
  /** @type {{ document: number, rank: number, score: number }[]} */
  const best = [];
  let worstRank = -1;
  for (let d = documentCount - 1; d >= 0; d--) {
    if (!unitHits[d] || excluded[d]) continue;
    const share = unitHits[d] / requiredUnits;
    const isComplete = share === 1;
    if (!isComplete && (strict || share < minShare)) continue;
    const bonus = scorer.titleHits[d] === scorer.unitCount ? scorer.titleBonus : 0;
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
