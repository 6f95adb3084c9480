// Filters in force: each is a chip, and without all chips no filter is left.
import assert from "node:assert/strict";
import test from "node:test";
import {
  activeFilters,
  nearSearches,
  widerSearches,
} from "../../generator/paper_digest/search/browser/page/active_filters.js";

import { stateFromUrl } from "../../generator/paper_digest/search/browser/question.js";

const NOTHING = stateFromUrl("");
const NO_TITLES = new Map();

test("taking chip after chip away leaves the words alone", () => {
  for (const q of [
    "kites",
    'kites author:"Ada L" code:yes',
    "year:2024.. kites -topic:agents",
    'title:"tall tails" has:code kites -string -"low wind" -C++',
  ]) {
    for (const chosen of [
      {},
      { author: "Lin", year: "2019..2021", code: true },
      { topics: ["a", "b"], sources: ["arxiv"] },
    ]) {
      let state = { ...NOTHING, q, ...chosen };
      for (let left = activeFilters(state, NO_TITLES, NO_TITLES); left.length; ) {
        state = { ...state, ...left[0].change };
        const now = activeFilters(state, NO_TITLES, NO_TITLES);
        assert.equal(now.length, left.length - 1);
        left = now;
      }
      assert.deepEqual(state, { ...NOTHING, q: "kites" });
    }
  }
});

test("a word with a colon inside is no filter", () => {
  const q = "re:author:x http://a.org low-rank - old -$x$";
  assert.deepEqual(activeFilters({ ...NOTHING, q }, NO_TITLES), []);
});

test("what is proposed asks for less, and never for the same", () => {
  const asked = { ...NOTHING, q: 'tall "blue kites" year:2024', author: "Lin", topics: ["x"] };
  const wider = widerSearches(asked);
  assert.deepEqual(
    wider.map(({ state }) => state.q),
    ['"blue kites" year:2024', "tall year:2024", 'tall "blue kites"', 'tall "blue kites"'],
  );
  const last = wider.at(-1).state;
  assert.deepEqual([last.author, last.topics], ["", []]);
  assert.deepEqual(widerSearches({ ...NOTHING, q: "kites" }), []);
  const named = { ...NOTHING, q: 'tall author:"ada l" -title:"blue kites"' };
  assert.deepEqual(
    widerSearches(named).map(({ state }) => state.q),
    [
      'author:"ada l" -title:"blue kites"',
      'tall -title:"blue kites"',
      'tall author:"ada l"',
      "tall",
    ],
  );
});

test("a filter that may have been meant stands in the place of the one that was asked for", () => {
  const unmet = [
    ["topic:robtics", "topic:robotics"],
    ["source:arxvi", "source:arxiv"],
    ["year:1850", ""],
  ];
  for (const [q, topics, wanted] of [
    ["hands topic:robtics", [], "hands topic:robotics"],
    ['hands topic:"Robtics" kites', [], "hands topic:robotics kites"],
    ["hands -topic:robtics", [], "hands -topic:robotics"],
    ["hands", ["robtics", "vision"], "hands"],
  ]) {
    const state = { ...NOTHING, q, topics, page: 3 };
    const near = nearSearches(state, unmet);
    assert.deepEqual(
      near.map(({ label }) => label),
      ["topic:robotics", "source:arxiv"],
    );
    const changed = topics.map((name) => (name === "robtics" ? "robotics" : name));
    assert.deepEqual(near[0].state, { ...state, q: wanted, topics: changed, page: 1 });
  }
});
