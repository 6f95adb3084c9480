// What scripts show of a record where no formula is set.
import assert from "node:assert/strict";
import test from "node:test";
import { plainTexts } from "../../generator/paper_digest/site/theme/assets/javascripts/records.js";

test("a record without TeX is shown as it is", () => {
  const record = { id: "", title: "Looms", abstract: "They count.", digest: { text: "In short." } };
  const plain = { title: "Looms", abstract: "They count.", digest: "In short." };
  assert.deepEqual(plainTexts(record), plain);
  assert.deepEqual(plainTexts({ ...record, citation: { title: "Looms" } }), plain);
});

test("the citation's texts stand for those with TeX", () => {
  const record = { id: "", title: "On $n^2$", abstract: "So \\emph{it} is." };
  const citation = { title: "On n²", abstract: "So it is." };
  assert.deepEqual(plainTexts({ ...record, citation }), { ...citation, digest: "" });
});

test("a digest with TeX has no plain form", () => {
  const record = { id: "", title: "", digest: { text: "It takes $O(n)$ steps." } };
  assert.deepEqual(plainTexts(record), { title: "", abstract: "", digest: "" });
});

test("a record without a title goes by its id", () => {
  for (const [id, title] of [
    ["arxiv:2603.00006", "arXiv:2603.00006"],
    ["doi:10.1000/loom", "doi:10.1000/loom"],
  ]) {
    assert.equal(plainTexts({ id, citation: {} }).title, title);
    assert.equal(plainTexts({ id, title: "" }).title, title);
  }
});
