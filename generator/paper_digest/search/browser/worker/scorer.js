// Scores papers against the posting lists of a query's units.

const MASK = 15;
const TITLE = 16;
const IMPACT = 5;

// `titles`: every word stands in the title or names an author.
// `author`: a name among few; `crowd`: one among many.
const WEIGHTS = { title: 0.3, titles: 0.6, author: 0.5, crowd: 0.3, follows: 1, few: 2 };

// What each payload byte is worth, before the rarity of its word.
const WORTH = Float32Array.from({ length: 256 }, (_, payload) => {
  if (!payload) return WEIGHTS.crowd;
  if (payload === TITLE) return WEIGHTS.author;
  const impact = 0.2 + (0.75 * ((payload >> IMPACT) + 0.5)) / 8;
  return impact + (payload & TITLE ? WEIGHTS.title : 0);
});

// The places (modulo four) of a word in a paper. A word that also names an author has none listed;
// where it has an impact it stands in the text too, so anywhere.
const placesOf = (payload) => payload & MASK || (payload >> IMPACT ? MASK : 0);

export class Matcher {
  constructor(total) {
    this.total = total;
    this.score = new Float32Array(total);
    this.hits = new Uint8Array(total);
    this.out = new Uint8Array(total);
    this.titled = new Uint8Array(total);
    this.best = new Float32Array(total);
    this.touched = new Int32Array(total);
    this.sides = [0, 1].map(() => ({
      seen: new Uint8Array(total), mask: new Uint8Array(total), run: new Uint8Array(total),
    }));
  }

  // Scores all papers. `allowed` (or null) holds a 1 for each paper that may be found.
  run(units, not, allowed) {
    const { score, hits, out, sides } = this;
    score.fill(0);
    hits.fill(0);
    this.titled.fill(0);
    out.fill(0);
    for (const { seen } of sides) seen.fill(0);
    if (allowed) for (let d = 0; d < this.total; d++) out[d] = 1 - allowed[d];
    this.exclude(not);
    units.forEach((unit, i) => this.unit(unit, i + 1, units[i - 1], units[i + 1]));
    this.units = units.filter((unit) => !unit.optional).length;
    this.words = units.length;
    this.bonus = WEIGHTS.titles * units.reduce((sum, unit) => sum + unit.rarity, 0);
  }

  unit(unit, stamp, previous, next) {
    const { score, hits, best, touched, titled } = this;
    const { seen, mask, run } = this.sides[stamp & 1];
    let count = 0;
    unit.rarity = 0;
    for (const { parts, weight } of unit.options) {
      const { documents, payloads, frequency } = list(parts, unit);
      const rarity = weight * Math.log(1 + this.total / frequency);
      unit.rarity = Math.max(unit.rarity, rarity);
      for (let i = 0; i < documents.length; i++) {
        const d = documents[i];
        const payload = payloads[i];
        if (unit.author && payload & MASK) continue;
        const gain = rarity * WORTH[payload];
        if (seen[d] !== stamp) {
          seen[d] = stamp;
          touched[count++] = d;
          mask[d] = placesOf(payload);
          best[d] = gain;
          score[d] += gain;
          hits[d] += unit.optional ? 0 : 1;
          if (payload & TITLE || !(payload & MASK)) titled[d]++;
        } else {
          mask[d] |= placesOf(payload);
          if (gain > best[d]) { score[d] += gain - best[d]; best[d] = gain; }
        }
      }
    }
    const found = touched.subarray(0, count);
    for (const d of found) run[d] = mask[d];
    const gap = previous ? unit.at - previous.end + 1 : 0;
    if (gap > 0 && gap < 5) this.follow(unit, previous, stamp, gap & 3, found, next);
  }

  // Rewards papers where this unit comes right after the one before; a phrase drops all others.
  // `run` holds the places (modulo four) to which a row of units without a break leads: each
  // unit leaves fewer of them to chance. One that opens a phrase begins a row of its own, and so
  // does a compound, for it ends at another place than it begins.
  follow(unit, previous, stamp, turn, touched, next) {
    const { score, out } = this;
    const { mask, run } = this.sides[stamp & 1];
    const before = this.sides[1 - (stamp & 1)];
    const bonus = WEIGHTS.follows * Math.min(unit.rarity, previous.rarity);
    const begins = (next?.phrase && !unit.phrase) ||
      unit.options.some(({ parts: [one, two] }) => two || one.split);
    const turned = (places) => ((places << turn) | (places >> (4 - turn))) & MASK;
    for (const d of touched) {
      if (before.seen[d] !== stamp - 1) continue;
      const on = turned(before.run[d]) & mask[d];
      const near = on || turned(before.mask[d]) & mask[d];
      if (near) score[d] += bonus;
      if (near && !begins) run[d] = near;
      if (unit.phrase && !on && mask[d] && before.mask[d]) out[d] = 1;
    }
  }

  exclude(not) {
    for (const units of not) {
      const inner = new Map();
      units.forEach((unit, i) => {
        for (const { parts } of unit.options) {
          for (const d of list(parts, unit).documents) if ((inner.get(d) || 0) === i) inner.set(d, i + 1);
        }
      });
      for (const [d, count] of inner) if (count === units.length) this.out[d] = 1;
    }
  }

  // How many papers have all units.
  all() {
    let count = 0;
    for (let d = 0; d < this.total; d++) if (this.hits[d] === this.units && !this.out[d]) count++;
    return count;
  }

  // Papers that have all units, newest first.
  newest(from, size) {
    const found = [];
    let skip = from;
    for (let d = this.total - 1; d >= 0 && found.length < size; d--) {
      if (this.hits[d] === this.units && !this.out[d] && skip-- <= 0) found.push(d);
    }
    return found;
  }

  // The best `most` papers: all units first, then (unless `strict`) some; newest first on ties.
  top(most, strict) {
    const { hits, out, units, score, total } = this;
    const found = [];
    let least = -1;
    for (let d = total - 1; d >= 0; d--) {
      if (!hits[d] || out[d]) continue;
      const share = hits[d] / units;
      if (strict && share < 1) continue;
      const whole = this.titled[d] === this.words ? this.bonus : 0;
      const rank = share === 1 ? 1e6 + score[d] + whole : score[d] * share ** WEIGHTS.few;
      if (found.length === most && rank <= least) continue;
      let at = found.length;
      while (at && found[at - 1].rank < rank) at--;
      found.splice(at, 0, { document: d, rank });
      if (found.length > most) found.pop();
      least = found[found.length - 1].rank;
    }
    return found.map(({ document }) => document);
  }
}

function list(parts, unit) {
  return parts.length > 1 ? sequence(parts, unit) : whole(parts[0]);
}

// A whole posting list: the head, and what else of it has been loaded.
function whole(entry) {
  const { more } = entry;
  if (!more || entry.joint) return entry.joint || entry;
  const size = entry.documents.length + more.documents.length;
  const documents = new Int32Array(size);
  const payloads = new Uint8Array(size);
  for (let at = 0, i = 0, j = 0; at < size; at++) {
    const first = !(entry.documents[i] > more.documents[j]) && i < entry.documents.length;
    const from = first ? entry : more;
    const place = first ? i++ : j++;
    documents[at] = from.documents[place];
    payloads[at] = from.payloads[place];
  }
  entry.joint = { frequency: entry.frequency, documents, payloads };
  return entry.joint;
}

// Papers where the parts follow each other, as one list.
function sequence(parts, unit) {
  const key = parts.map((part) => `${part.term} ${part.more ? 1 : 0}`).join(" ");
  if (unit.sequences?.has(key)) return unit.sequences.get(key);
  let found = whole(parts[0]);
  for (const part of parts.slice(1)) {
    const next = whole(part);
    const documents = [];
    const payloads = [];
    for (let i = 0, j = 0; i < found.documents.length && j < next.documents.length;) {
      const gap = found.documents[i] - next.documents[j];
      if (gap) { if (gap < 0) i++; else j++; continue; }
      const [one, two] = [found.payloads[i], next.payloads[j]];
      const begins = placesOf(one);
      const follows = ((begins << 1) | (begins >> 3)) & placesOf(two);
      if (follows) {
        documents.push(found.documents[i]);
        const impact = Math.min(one >> IMPACT, two >> IMPACT);
        const places = follows | (begins & ((follows >> 1) | (follows << 3)) & MASK);
        payloads.push((impact << IMPACT) | (one & two & TITLE) | places);
      }
      i++;
      j++;
    }
    found = { documents, payloads };
  }
  const list = { ...found, frequency: Math.max(1, found.documents.length) };
  unit.sequences ||= new Map();
  unit.sequences.set(key, list);
  return list;
}
