// Edit distance, against the definition worked out with no tricks.
import assert from "node:assert/strict";
import test from "node:test";
import { editDistance } from "../../generator/paper_digest/search/browser/worker/spelling.js";

const ALPHABET = ["a", "b", "c"];
const WORDS = ALPHABET.flatMap((a) => [
  a,
  ...ALPHABET.flatMap((b) => [
    a + b,
    ...ALPHABET.flatMap((c) => [a + b + c, a + b + c + a, c + b + a + b + c]),
  ]),
]);

/** Insertions, deletions, exchanges, and swaps of neighbours that stay as they are. */
function reference(one, two) {
  if (!one || !two) return one.length + two.length;
  const [a, b] = [one.slice(0, -1), two.slice(0, -1)];
  const same = one.at(-1) === two.at(-1);
  const costs = [reference(a, two) + 1, reference(one, b) + 1, reference(a, b) + (same ? 0 : 1)];
  if (one.length > 1 && two.length > 1 && one.at(-1) === two.at(-2) && one.at(-2) === two.at(-1)) {
    costs.push(reference(one.slice(0, -2), two.slice(0, -2)) + 1);
  }
  return Math.min(...costs);
}

const beginnings = (word) =>
  Array.from({ length: word.length + 1 }, (_, size) => word.slice(0, size));

test("up to its limit it is the distance, above it infinite", () => {
  for (const one of WORDS) {
    for (const two of WORDS) {
      const distance = reference(one, two);
      for (const limit of [1, 2]) {
        assert.equal(editDistance(one, two, limit, false), distance <= limit ? distance : Infinity);
      }
    }
  }
});

test("for a word that may still grow the best beginning counts", () => {
  for (const one of WORDS.slice(0, 20)) {
    for (const two of WORDS) {
      const distance = Math.min(...beginnings(two).map((start) => reference(one, start)));
      assert.equal(editDistance(one, two, 2, true), distance <= 2 ? distance : Infinity);
    }
  }
});
