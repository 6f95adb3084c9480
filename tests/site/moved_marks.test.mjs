// A paper whose address changed keeps what a reader marked: under its present address, each mark once.
import assert from "node:assert/strict";
import test from "node:test";
import { withMovedMarks } from "../../generator/paper_digest/site/theme/assets/javascripts/moved_marks.js";

const STAR = { title: "Looms", star: "2026-01-02", tags: ["cloth"] };
const NOTE = { title: "Looms, printed", read: "2026-02-01", note: "compare" };

test("marks of former addresses unite with those of the present one", () => {
  const papers = { a: STAR, b: { title: "Kites", star: "2026-01-01" }, c: NOTE };
  assert.deepEqual(withMovedMarks(papers, ["a", "x"], "c", "Looms, printed"), {
    b: papers.b,
    c: { ...STAR, ...NOTE },
  });
  assert.deepEqual(withMovedMarks(papers, ["a", "c"], "d", "Looms of today"), {
    b: papers.b,
    d: { ...STAR, ...NOTE, title: "Looms of today" },
  });
});

test("a paper that never moved, or is in nobody's marks, changes nothing", () => {
  const papers = { a: STAR };
  for (const former of [[""], [], ["b"], ["constructor", "__proto__"], ["a"]]) {
    assert.equal(withMovedMarks(papers, former, "a", "Looms"), papers);
  }
});
