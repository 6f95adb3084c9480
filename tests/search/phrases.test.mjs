// A phrase stands in a text where all its words follow each other, however they are spelt there.
import assert from "node:assert/strict";
import test from "node:test";
import {
  hasPhrases,
  phrasesIn,
  positionedWords,
} from "../../generator/paper_digest/search/browser/worker/phrases.js";
import { readQuery } from "../../generator/paper_digest/search/browser/worker/read_query.js";

const phrasesOf = (text) => phrasesIn(readQuery(text, {}).units);
const WORDS = ["kettle", "world", "model", "state", "space", "low-rank", "3D", "réseau"];

/** All rows of three of the words. */
const rows = WORDS.flatMap((one) =>
  WORDS.flatMap((two) => WORDS.map((three) => [one, two, three])),
);

test("three words are a phrase of a text just where it holds them in a row", () => {
  for (const row of rows.filter((_, place) => place % 7 === 0)) {
    const phrases = phrasesOf(`"${row.join(" ")}"`);
    const asked = positionedWords(row.join(" "));
    for (const text of rows.filter((_, place) => place % 11 === 0)) {
      const whole = ["first", ...text, "between", ...row.slice(1), "last"].join(" ");
      const words = positionedWords(whole);
      const holds = words.some((_, i) => asked.every((word, j) => words[i + j] === word));
      assert.equal(hasPhrases("", whole, phrases), holds || !phrases.length, `${row} in ${whole}`);
      assert.ok(hasPhrases("", `${whole} ${row.join(" ")}`, phrases));
      assert.ok(hasPhrases(row.join(" "), whole, phrases));
    }
  }
});

test("words apart, in another order or in two fields are no phrase", () => {
  const phrases = phrasesOf('"world model"');
  assert.ok(hasPhrases("World models", "", phrases));
  assert.ok(!hasPhrases("A world", "model", phrases));
  assert.ok(!hasPhrases("", "a model of the world", phrases));
  assert.ok(!hasPhrases("", "world and model", phrases));
  assert.ok(hasPhrases("", "world and model", phrasesOf("world model")));
});

test("a phrase of titles is not looked for in the text", () => {
  const phrases = phrasesOf('title:"world model"');
  assert.ok(hasPhrases("A world model", "", phrases));
  assert.ok(!hasPhrases("", "a world model", phrases));
});
