// What is typed into the search, as the engine understands it.
import assert from "node:assert/strict";
import test from "node:test";
import { splitCompounds } from "../../generator/paper_digest/search/browser/worker/looser_units.js";
import {
  paperId,
  parseQuery,
} from "../../generator/paper_digest/search/browser/worker/query_parser.js";

const words = (query) => query.units.map((unit) => unit.words.join(" "));

test("a paper's id is known in every form that is pasted", () => {
  const before = [
    "",
    "arXiv:",
    "https://arxiv.org/abs/",
    "arxiv.org/pdf/",
    "https://huggingface.co/papers/",
    "doi:10.48550/arXiv.",
  ];
  const after = ["", "v2", " [cs.CL]", "?context=cs"];
  for (const start of before) {
    for (const end of after) assert.equal(paperId(`${start}1706.03762${end}`), "1706.03762");
  }
  assert.equal(paperId("hep-th/9901001v3"), "hep-th/9901001");
  assert.equal(paperId("https://doi.org/10.1000/ABC"), "10.1000/abc");
  for (const text of ["", "1706", "attention 1706.03762", "12.5"]) assert.equal(paperId(text), "");
});

test("a minus leaves out a word or a phrase, and stands before formulas too", () => {
  const query = parseQuery('cats -dogs -"old mice" -(x+y)');
  assert.deepEqual(
    query.not.map((units) => units.map(({ raw }) => raw)),
    [["dogs"], ["old", "mice"]],
  );
  assert.equal(words(query)[0], "cat");
});

test("filters are no words", () => {
  const query = parseQuery(
    'rank topic:Lookup source:arxiv year:2019..2021 code:yes author:"Ada Lovelace"',
  );
  assert.deepEqual(
    [query.topics, query.sources, query.years, query.code],
    [["lookup"], ["arxiv"], ["2019", "2021"], true],
  );
  assert.deepEqual(
    query.units.map((unit) => Boolean(unit.author)),
    [false, true, true],
  );
});

test("years may stand in either order, or open at one end", () => {
  for (const [typed, years] of [
    ["2021..2019", ["2019", "2021"]],
    ["2020", ["2020", "2020"]],
    ["2020..", ["2020", "9999"]],
    ["..2020", ["", "2020"]],
  ]) {
    assert.deepEqual(parseQuery(`year:${typed}`).years, years);
  }
  assert.equal(parseQuery("year:soon").years, undefined);
});

test("only a word that the text ends in may be half typed", () => {
  const isHalfTyped = (text) => Boolean(parseQuery(text).units.at(-1)?.prefix);
  assert.ok(isHalfTyped("low ran"));
  for (const text of ["low rank ", '"low rank"', "low rank."]) assert.ok(!isHalfTyped(text), text);
});

test("common words count only where there are no others", () => {
  assert.deepEqual(words(parseQuery("the cat in the hat")), ["cat", "hat"]);
  assert.deepEqual(words(parseQuery("to be")), ["to", "be"]);
});

test("a split compound's words stand one after the other, at the places it had", () => {
  const { units } = parseQuery("a low-rank k-nearest-neighbour search");
  const split = splitCompounds(units);
  assert.deepEqual(
    split.map((unit) => unit.words.length),
    split.map(() => 1),
  );
  assert.deepEqual(
    split.flatMap((unit) => unit.words),
    units.flatMap((unit) => unit.words),
  );
  for (const unit of split) assert.equal(unit.end, unit.at + 1);
});
