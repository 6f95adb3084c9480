// Searches in a browser's storage, where anything may stand.
import assert from "node:assert/strict";
import test from "node:test";
import { parseSearches } from "../../generator/paper_digest/search/browser/page/saved.js";

test("searches of ours are read", () => {
  const searches = [{ query: "?q=a", name: "a" }];
  assert.deepEqual(parseSearches(JSON.stringify(searches)), searches);
});

test("whatever else stands there is left out", () => {
  const ours = { query: "?q=a", name: "a" };
  const others = [
    { query: "javascript:alert(1)", name: "a" },
    { query: ["?"], name: "a" },
    { query: "?" },
    {},
  ];
  assert.deepEqual(parseSearches(JSON.stringify([...others, ours])), [ours]);
  for (const text of [null, "", "{", "7", "null", "[null]", '{"a":1}']) {
    assert.deepEqual(parseSearches(text), []);
  }
});
