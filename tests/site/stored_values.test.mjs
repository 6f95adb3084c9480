// Whatever a browser's storage holds, pages get what has the shape they read, and lose nothing of it that is right.
import assert from "node:assert/strict";
import test from "node:test";
import { parseSearches } from "../../generator/paper_digest/search/browser/page/saved.js";
import {
  ACTION_NAMES,
  parseBindings,
} from "../../generator/paper_digest/site/theme/assets/javascripts/key_bindings.js";
import {
  parsePapers,
  parseWords,
} from "../../generator/paper_digest/site/theme/assets/javascripts/muted_words.js";
import { parseStored } from "../../generator/paper_digest/site/theme/assets/javascripts/stored_marks.js";

const isText = (value) => typeof value === "string";
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const isDay = (value) => isText(value) && !Number.isNaN(Date.parse(`${value}T00:00Z`));

function isBookmark({ title, note = "", tags = [], ...days }) {
  return isText(title) && isText(note) && isTexts(tags) && Object.values(days).every(isDay);
}

/** What the storage has under each name when all is well, and what pages rely on. */
const STORED = {
  marks: {
    parse: parseStored,
    good: {
      papers: {
        a: { title: "A", star: "2026-01-01", read: "2026-01-02", note: "n", tags: ["x", "y"] },
        "hep-th-9711200": { title: "B", hide: "2026-02-28" },
      },
      seen: { day: "2026-03-01", slugs: ["a", "b"] },
    },
    isGood: ({ papers, seen = { day: "", slugs: [] } }) =>
      Object.values(papers).every(isBookmark) && isText(seen.day) && isTexts(seen.slugs),
  },
  words: {
    parse: parseWords,
    good: { muted: ["one", "two"], highlighted: ["three"] },
    isGood: ({ muted, highlighted }) => isTexts(muted) && isTexts(highlighted),
  },
  mutedPapers: {
    parse: (text) => [...parsePapers(text)],
    good: ["a", "b"],
    isGood: isTexts,
  },
  keys: {
    parse: parseBindings,
    good: parseBindings(JSON.stringify({ off: true, keys: { star: "q", read: "" } })),
    isGood: ({ off, keys }) =>
      typeof off === "boolean" && ACTION_NAMES.every((name) => isText(keys[name])),
  },
  searches: {
    parse: parseSearches,
    good: [
      { query: "?q=a", name: "a" },
      { query: "?q=b", name: "b" },
    ],
    isGood: (all) => Array.isArray(all) && all.every((one) => isText(one.query + one.name)),
  },
};

const STRANGE = [null, true, 0, 7, -1.5, "", "x", "2026-13-45", [], [null], [[]], {}, { a: null }];
STRANGE.push(
  { toString: 1, valueOf: null, length: -1 },
  { papers: "x" },
  JSON.parse('{"__proto__":7}'),
);

/** Each value like a given one in which one thing, at whatever depth, is a strange one instead. */
function* spoilt(value) {
  yield* STRANGE;
  if (!value || typeof value !== "object") return;
  for (const [name, part] of Object.entries(value)) {
    for (const strange of spoilt(part)) {
      const copy = structuredClone(value);
      copy[name] = strange;
      yield copy;
    }
  }
}

for (const [name, { parse, good, isGood }] of Object.entries(STORED)) {
  test(`${name}: what is right is read as it is`, () => {
    assert.deepEqual(parse(JSON.stringify(good)), good);
    assert.ok(isGood(parse(null)));
  });

  test(`${name}: whatever is strange, the rest is read`, () => {
    for (const value of spoilt(good)) {
      const text = JSON.stringify(value);
      assert.ok(isGood(parse(text)), text);
      // What was read is what is stored next, and read again.
      assert.deepEqual(parse(JSON.stringify(parse(text))), parse(text), text);
    }
    const whole = JSON.stringify(good);
    for (let end = 0; end < whole.length; end++) assert.ok(isGood(parse(whole.slice(0, end))));
  });
}

test("one strange mark takes no other with it", () => {
  const { good } = STORED.marks;
  for (const strange of spoilt(good.papers.a)) {
    const papers = { ...good.papers, a: strange };
    const read = parseStored(JSON.stringify({ ...good, papers }));
    assert.deepEqual(read.papers["hep-th-9711200"], good.papers["hep-th-9711200"]);
    assert.deepEqual(read.seen, good.seen);
  }
  const [first, second] = STORED.searches.good;
  for (const strange of spoilt(first))
    assert.deepEqual(parseSearches(JSON.stringify([strange, second])).at(-1), second);
});
