// Muted words: whole words and phrases, in any case, with or without accents.
import assert from "node:assert/strict";
import test from "node:test";
import {
  holdsAny,
  parseLines,
} from "../../generator/paper_digest/site/theme/assets/javascripts/muted_words.js";

test("a word is met whole, whatever its case, accents and signs around it", () => {
  for (const [text, word, expected] of [
    ["Kites in Wind", "kites", true],
    ["Kites in Wind", "kite", false],
    ["Self-flying (kites)", "flying kites", true],
    ["Émile Zölle · 5 Mar", "emile zolle", true],
    ["Emile Zolle", "Émile", true],
    ["anything", "", false],
    ["anything", " - ", false],
    ["風箏", "風箏", true],
  ]) {
    assert.equal(holdsAny(text, [word]), expected, `${word} in ${text}`);
  }
  assert.equal(holdsAny("x", []), false);
});

test("lines are words, each once", () => {
  assert.deepEqual(parseLines(" a b \n\nc\na b\n"), ["a b", "c"]);
});
