// Citations of many papers in one file.
import assert from "node:assert/strict";
import test from "node:test";
import { joinCitations } from "../../generator/paper_digest/site/theme/assets/javascripts/cite.js";

const entry = (slug, key) => ({ slug, text: `@misc{${key},\n  note = {${key}},\n}\n` });

test("no two entries of a file have the same key", () => {
  const citations = ["a", "b", "a", "a", "b"].map((key, i) => entry(`slug${i}`, key));
  const keys = [...joinCitations(citations, "BibTeX").matchAll(/^@misc\{(.*),$/gm)].map(
    ([, key]) => key,
  );
  assert.deepEqual(keys, ["a", "b", "a-slug2", "a-slug3", "b-slug4"]);
});

test("a file of JSON can be read, also without papers", () => {
  const citations = [1, 2].map((id) => ({ slug: `s${id}`, text: JSON.stringify({ id }) }));
  assert.deepEqual(JSON.parse(joinCitations(citations, "CSL-JSON")), [{ id: 1 }, { id: 2 }]);
  assert.deepEqual(JSON.parse(joinCitations([], "CSL-JSON")), []);
});

test("a paper without a citation leaves no gap", () => {
  const citations = [
    { slug: "a", text: "" },
    { slug: "b", text: "TY  - GEN\n" },
  ];
  assert.equal(joinCitations(citations, "RIS"), "TY  - GEN\n");
});
