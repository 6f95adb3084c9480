// What came of a starred paper is said from the day of its star on, each kind once, and only of that paper.
import assert from "node:assert/strict";
import test from "node:test";
import { newsSince } from "../../generator/paper_digest/site/theme/assets/javascripts/starred_news.js";

const NEWS = [
  ["2603.00001", "2026-03-09", "version", "version 3"],
  ["2603.00002", "2026-03-08", "retracted", "retracted"],
  ["2603.00001", "2026-03-07", "accepted", "accepted: LoomConf"],
  ["2603.00001", "2026-03-05", "version", "version 2"],
];
const words = (...given) => newsSince(NEWS, ...given).map(([, , , said]) => said);

test("what came before the star is not said, what came on its day is", () => {
  assert.deepEqual(words("2603.00001", "2026-03-10"), []);
  assert.deepEqual(words("2603.00001", "2026-03-09"), ["version 3"]);
  assert.deepEqual(words("2603.00001", "2026-03-01"), ["version 3", "accepted: LoomConf"]);
});

test("papers are told from each other, and one without news has none", () => {
  assert.deepEqual(words("2603.00002", "2026-03-01"), ["retracted"]);
  assert.deepEqual(words("2603.0000", ""), []);
});
