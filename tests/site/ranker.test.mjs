// "For you" finds what a made-up reader likes, better than the plainest ways; node --test.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  makeVectors,
  rankPapers,
} from "../../generator/paper_digest/site/theme/assets/javascripts/ranker.js";

const SUBJECTS = 8;
const PAPERS = 240;
const READERS = 12;
const DEPTH = 20;

/** Numbers in [0, 1) that are the same in every run. */
function makeRandom() {
  let state = 7;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

const letters = "abcdefghijklmnopqrstuvwxyz";
/** @param {number} number */
const wordOf = (number) =>
  `w${letters[Math.floor(number / 676) % 26]}${letters[Math.floor(number / 26) % 26]}${letters[number % 26]}`;

/** Papers of subjects whose words overlap; the place in the list is their age. */
function makePapers(random) {
  return Array.from({ length: PAPERS }, (_, number) => {
    const subject = Math.floor(random() * SUBJECTS);
    const words = Array.from({ length: 40 }, () =>
      random() < 0.2
        ? wordOf(400 + subject * 25 + Math.floor(random() * 40))
        : wordOf(Math.floor(random() * 400)),
    );
    const authors = [
      `Person ${subject}-${Math.floor(random() * 12)}`,
      `Person ${Math.floor(random() * 99)}`,
    ];
    return { slug: `p${number}`, words: words.join(" "), authors, topics: [], subject };
  });
}

/** The nearest to the sum of the stars' TF-IDF vectors first. */
function byCentroid(stars, rest) {
  const { vectors, names } = makeVectors([...stars, ...rest], 0);
  const sum = new Float64Array(names.length);
  for (const { features, weights } of vectors.slice(0, stars.length)) {
    features.forEach((feature, at) => {
      sum[feature] += weights[at];
    });
  }
  const near = vectors
    .slice(stars.length)
    .map(({ features, weights }) =>
      features.reduce((total, feature, at) => total + sum[feature] * weights[at], 0),
    );
  return rest
    .map((_, at) => at)
    .sort((a, b) => near[b] - near[a])
    .map((at) => rest[at]);
}

test("stars of two subjects bring up the rest of them, before newest first and TF-IDF", () => {
  const random = makeRandom();
  const found = { newest: 0, centroid: 0, ranked: 0 };
  for (let reader = 0; reader < READERS; reader++) {
    const papers = makePapers(random);
    const likes = (paper) => paper.subject < 2;
    const stars = papers.filter(likes).filter((_, number) => number % 2);
    const rest = papers.filter((paper) => !stars.includes(paper));
    const hits = (ranked) =>
      ranked.slice(0, DEPTH).filter(({ slug }) => likes(papers[Number(slug.slice(1))])).length;
    found.newest += hits(rest);
    found.centroid += hits(byCentroid(stars, rest));
    found.ranked += hits(rankPapers(stars, [], rest));
  }
  assert.ok(found.ranked > found.centroid && found.centroid > found.newest, JSON.stringify(found));
});

test("what was hidden goes down, and the reasons are words and names of the paper itself", () => {
  const random = makeRandom();
  const papers = makePapers(random);
  const of = (subject) => papers.filter((paper) => paper.subject === subject);
  const [stars, rest] = [of(0).slice(0, 10), papers.filter((paper) => paper.subject > 0)];
  const hidden = of(1).slice(0, 8);
  const left = rest.filter((paper) => !hidden.includes(paper));
  const place = (order) => {
    const places = order.flatMap(({ slug }, at) =>
      of(1).some((p) => p.slug === slug) ? [at] : [],
    );
    return places.reduce((a, b) => a + b, 0) / places.length;
  };
  const ranked = rankPapers(stars, hidden, left);
  assert.ok(place(ranked) > place(rankPapers(stars, [], left)));
  for (const { slug, reasons } of ranked) {
    const { words, authors } = papers[Number(slug.slice(1))];
    const own = [...words.split(" "), ...authors.map((name) => `author:${name}`)];
    for (const reason of reasons)
      assert.ok(
        own.some((one) => one.startsWith(reason)),
        reason,
      );
  }
});

test("nothing to learn from is no fault", () => {
  assert.deepEqual(rankPapers([], [], []), []);
  const [paper] = makePapers(makeRandom());
  assert.equal(rankPapers([], [], [paper]).length, 1);
  assert.equal(
    rankPapers([{ slug: "x", words: "", authors: [], topics: [] }], [], [paper]).length,
    1,
  );
});
