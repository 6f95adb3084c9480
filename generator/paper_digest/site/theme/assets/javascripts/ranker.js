// Learns from the papers that a reader starred, and hid, which others they may like: a logistic
// regression over words (TF-IDF), authors and topics. All of it happens here; nothing is sent.

/**
 * What a paper is judged by; `words` has them with blanks between.
 * @typedef {{ slug: string, words: string, authors: string[], topics: string[] }} Features
 * @typedef {{ features: number[], weights: number[] }} Vector features by number, and what each weighs
 * @typedef {{ slug: string, score: number, reasons: string[] }} Ranked
 */

export const MIN_STARS = 10;
const ROUNDS = 60;
const STEP = 4;
const SHRINKAGE = 0.002; // of each weight in each round
const NAMES_WEIGHT = 0.6; // of authors, and of topics, beside the words' 1
const DISLIKED_SHARE = 0.5; // of all hidden papers together, beside the stars' 1 and the others' 1
const MAX_REASONS = 4;
const WORD = /\p{L}{3,}/gu;
const STOP_WORDS = new Set(
  "the and for with that this are from which can our has have been was were not but its their than these such using based also into more between over under both each most other while they via use used show shows propose proposed paper results method methods approach new model models".split(
    " ",
  ),
);

/** @param {string} text */
const wordsOf = (text) => [
  ...new Set(
    (text.toLowerCase().match(WORD) ?? [])
      .filter((word) => !STOP_WORDS.has(word))
      .map((word) => (word.length > 3 && /[^siu]s$/.test(word) ? word.slice(0, -1) : word)),
  ),
];

/** Numbers features in the order in which they come: a word, or `author:` or `topic:` and a name. */
class FeatureNumbers {
  /** @type {string[]} */
  names = [];
  /** @type {Map<string, number>} */
  #numbers = new Map();

  /** @param {string} name */
  of(name) {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/**
 * Each paper as a vector: its words by their rarity among these papers, together of length 1, then its
 * authors and its topics.
 * @param {Features[]} papers
 * @param {number} namesWeight length of the authors, and of the topics; 0 for words alone
 */
export function makeVectors(papers, namesWeight = NAMES_WEIGHT) {
  const numbers = new FeatureNumbers();
  const bags = papers.map(({ words }) => wordsOf(words).map((word) => numbers.of(word)));
  const counts = new Float64Array(numbers.names.length);
  for (const word of bags.flat()) counts[word]++;
  const vectors = papers.map(({ authors, topics }, place) => {
    /** @type {Vector} */
    const vector = { features: [], weights: [] };
    const rarity = bags[place].map((word) => Math.log((papers.length + 1) / (counts[word] + 1)));
    addBlock(vector, bags[place], rarity, 1);
    for (const [kind, names] of Object.entries({ author: authors, topic: topics })) {
      const features = names.map((name) => numbers.of(`${kind}:${name}`));
      addBlock(vector, features, Array(names.length).fill(1), namesWeight);
    }
    return vector;
  });
  return { vectors, names: numbers.names };
}

/**
 * @param {Vector} vector
 * @param {number[]} features
 * @param {number[]} weights
 * @param {number} length of all of them together
 */
function addBlock(vector, features, weights, length) {
  const norm = Math.hypot(...weights) || 1;
  vector.features.push(...features);
  vector.weights.push(...weights.map((weight) => (weight / norm) * length));
}

/**
 * @param {ArrayLike<number>} values by feature
 * @param {Vector} vector
 */
function dot(values, { features, weights }) {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += values[features[at]] * weights[at];
  return sum;
}

/**
 * Ranks papers without a mark, the likeliest first.
 * @param {Features[]} liked
 * @param {Features[]} disliked
 * @param {Features[]} others most of them are not what the reader looks for, and count as that
 * @param {number} [namesWeight]
 * @returns {Ranked[]} with the words and names that decided, the weightiest first
 */
export function rankPapers(liked, disliked, others, namesWeight) {
  const { vectors, names } = makeVectors([...liked, ...disliked, ...others], namesWeight);
  const label = (/** @type {number} */ place) => Number(place < liked.length);
  const isOther = (/** @type {number} */ place) => place >= liked.length + disliked.length;
  const shares = vectors.map((_, place) => {
    if (label(place)) return 1 / liked.length;
    return isOther(place) ? 1 / others.length : DISLIKED_SHARE / disliked.length;
  });
  const learned = new Float64Array(names.length);
  const gradient = new Float64Array(names.length);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    gradient.fill(0);
    let biasGradient = 0;
    vectors.forEach((vector, place) => {
      const likelihood = 1 / (1 + Math.exp(-bias - dot(learned, vector)));
      const error = shares[place] * (label(place) - likelihood);
      biasGradient += error;
      const { features, weights } = vector;
      for (let at = 0; at < features.length; at++) gradient[features[at]] += error * weights[at];
    });
    bias += STEP * biasGradient;
    for (let at = 0; at < learned.length; at++) {
      learned[at] = learned[at] * (1 - SHRINKAGE) + STEP * gradient[at];
    }
  }
  return others
    .map(({ slug }, place) => {
      const vector = vectors[liked.length + disliked.length + place];
      return { slug, score: dot(learned, vector), reasons: reasonsOf(vector, learned, names) };
    })
    .sort((a, b) => b.score - a.score);
}

/**
 * @param {Vector} vector
 * @param {Float64Array} learned
 * @param {string[]} names of the features
 */
function reasonsOf({ features, weights }, learned, names) {
  return features
    .map((feature, at) => ({ feature, part: weights[at] * learned[feature] }))
    .filter(({ part }) => part > 0)
    .sort((a, b) => b.part - a.part)
    .slice(0, MAX_REASONS)
    .map(({ feature }) => names[feature]);
}
