// Measures "For you" on a built site: node tests/tools/bench/for_you.mjs SITE [READERS]
//
// A made-up reader likes the papers of two arXiv categories, which the ranker does not see, and of one
// author; half of them are starred, and the rest is to be found among all other papers. Printed beside
// the plainest ways: newest first, and nearness to the centroid of the stars' TF-IDF vectors.
import { readdirSync, readFileSync } from "node:fs";
import {
  makeVectors,
  rankPapers,
} from "../../../generator/paper_digest/site/theme/assets/javascripts/ranker.js";

const [site, readerCount = "60"] = process.argv.slice(2);
const DEPTH = 20;
const MAX_STARS = 20;
const SHARE_OF_NOISE = 0.1; // of the stars, on papers of other subjects

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(`${site}/${path}`, "utf-8"));

let state = 1;
const random = () => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648;
};
/** @template T @param {T[]} all @returns {T[]} */
const shuffled = (all) =>
  all
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);

const words = Object.assign(
  {},
  ...readdirSync(`${site}/assets/arrivals`)
    .filter((name) => name.endsWith(".words.json"))
    .map((name) => readJson(`assets/arrivals/${name}`)),
);
const papers = Object.keys(words).map((slug) => {
  const {
    authors = [],
    topics = [],
    categories = [],
    published = "",
  } = readJson(`api/papers/${slug}.json`);
  const names = authors.map((author) => author.name);
  return { slug, words: words[slug], authors: names, topics, category: categories[0], published };
});
const byCategory = new Map();
for (const paper of papers) {
  byCategory.set(paper.category, [...(byCategory.get(paper.category) ?? []), paper]);
}
const categories = [...byCategory.keys()].filter(
  (name) => name && byCategory.get(name).length >= 15,
);

/** Normalised discounted gain of the first places. */
const gain = (ranked, liked) => {
  const gains = ranked
    .slice(0, DEPTH)
    .map(({ slug }, place) => (liked.has(slug) ? 1 / Math.log2(place + 2) : 0));
  const best = [...Array(Math.min(DEPTH, liked.size)).keys()].map(
    (place) => 1 / Math.log2(place + 2),
  );
  return gains.reduce((a, b) => a + b, 0) / best.reduce((a, b) => a + b, 0);
};
const precision = (ranked, liked) =>
  ranked.slice(0, DEPTH).filter(({ slug }) => liked.has(slug)).length / Math.min(DEPTH, liked.size);

/** @param {any[]} stars @param {any[]} rest */
function nearestToCentroid(stars, rest) {
  const { vectors, names } = makeVectors([...stars, ...rest], 0);
  const centroid = new Float64Array(names.length);
  const sum = ({ features, weights }, add) =>
    features.reduce((total, feature, at) => total + add(feature, weights[at]), 0);
  for (const star of vectors.slice(0, stars.length))
    sum(star, (feature, weight) => (centroid[feature] += weight));
  const nearness = vectors
    .slice(stars.length)
    .map((one) => sum(one, (feature, weight) => centroid[feature] * weight));
  return rest
    .map((paper, at) => ({ paper, near: nearness[at] }))
    .sort((a, b) => b.near - a.near)
    .map(({ paper }) => paper);
}

const WAYS = {
  "newest first": (_stars, _hidden, rest) =>
    [...rest].sort((a, b) => b.published.localeCompare(a.published)),
  "TF-IDF centroid": (stars, _hidden, rest) => nearestToCentroid(stars, rest),
  "words alone": (stars, hidden, rest) => rankPapers(stars, hidden, rest, 0),
  "for you": (stars, hidden, rest) => rankPapers(stars, hidden, rest),
};
const sums = Object.fromEntries(
  Object.keys(WAYS).map((name) => [name, { gain: 0, precision: 0, ms: 0 }]),
);
for (let reader = 0; reader < Number(readerCount); reader++) {
  const [first, second] = shuffled(categories);
  const subject = shuffled([...byCategory.get(first), ...byCategory.get(second)]);
  const [author] = shuffled(subject.flatMap((paper) => paper.authors));
  const all = [
    ...new Set([...subject, ...papers.filter((paper) => paper.authors.includes(author))]),
  ];
  const starred = shuffled(all).slice(0, Math.min(MAX_STARS, Math.floor(all.length / 2)));
  const held = new Set(all.filter((paper) => !starred.includes(paper)).map(({ slug }) => slug));
  const strangers = shuffled(papers.filter((paper) => !all.includes(paper)));
  const noise = strangers.splice(0, Math.round(starred.length * SHARE_OF_NOISE));
  const hidden = strangers.splice(0, 5);
  const stars = [...starred, ...noise];
  const marked = new Set([...stars, ...hidden]);
  const rest = papers.filter((paper) => !marked.has(paper));
  for (const [name, rank] of Object.entries(WAYS)) {
    const start = process.cpuUsage().user;
    const ranked = rank(stars, hidden, rest);
    sums[name].ms += (process.cpuUsage().user - start) / 1000;
    sums[name].gain += gain(ranked, held);
    sums[name].precision += precision(ranked, held);
  }
}
console.log(
  `${papers.length} papers, ${readerCount} readers, ${categories.length} subjects; first ${DEPTH} places`,
);
for (const [name, sum] of Object.entries(sums)) {
  const mean = (value) => (value / Number(readerCount)).toFixed(3);
  console.log(
    `${name.padEnd(18)} nDCG ${mean(sum.gain)}   precision ${mean(sum.precision)}   ${(sum.ms / Number(readerCount)).toFixed(0)} ms`,
  );
}
