// Citations of many papers in one file.
import assert from "node:assert/strict";
import test from "node:test";
import {
  joinCitations,
  splitCitations,
} from "../../generator/paper_digest/site/theme/assets/javascripts/cite.js";

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

test("a file of many is split into what it was joined of", () => {
  const slugs = ["a", "b", "c"];
  const forms = {
    BibTeX: (slug) => `@misc{${slug},\n  title = {Of @misc and TY  - ${slug}},\n}\n`,
    RIS: (slug) => `TY  - GEN\r\nID  - ${slug}\r\nER  - \r\n`,
    "CSL-JSON": (slug) => JSON.stringify({ id: slug }, null, 1),
  };
  for (const [format, make] of Object.entries(forms)) {
    const texts = slugs.map(make);
    const file = joinCitations(
      slugs.map((slug, i) => ({ slug, text: texts[i] })),
      format,
    );
    const trimmed = splitCitations(file, format).map((one) => one.trim());
    assert.deepEqual(
      trimmed,
      texts.map((one) => one.trim()),
    );
  }
});
