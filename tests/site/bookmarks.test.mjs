// What a reader marks: marks are added and taken away, and none is lost by an import.
import assert from "node:assert/strict";
import test from "node:test";
import {
  parseTags,
  sentFragment,
  sentSlugs,
  withMark,
  withMarks,
} from "../../generator/paper_digest/site/theme/assets/javascripts/bookmarks.js";
import { parseExport } from "../../generator/paper_digest/site/theme/assets/javascripts/stored_marks.js";

const KINDS = ["star", "read", "hide", "note"];

test("a paper stays as long as it has a mark", () => {
  let papers = {};
  for (const kind of KINDS) papers = withMark(papers, "2401.00001", "A title", kind, "2026-01-01");
  assert.deepEqual(Object.keys(papers["2401.00001"]).sort(), [...KINDS, "title"].sort());
  for (const kind of KINDS) {
    assert.ok(papers["2401.00001"]);
    papers = withMark(papers, "2401.00001", "A title", kind, "");
  }
  assert.deepEqual(papers, {});
});

test("a mark leaves the other papers and what was given alone", () => {
  const before = { a: { title: "A", star: "2026-01-01" }, b: { title: "B", note: "x" } };
  const copy = structuredClone(before);
  assert.deepEqual(withMark(before, "a", "A", "star", ""), { b: { title: "B", note: "x" } });
  assert.deepEqual(before, copy);
});

test("an export comes in whole", () => {
  const papers = { 2401.00001: { title: "T", star: "2026-01-01", note: "n" } };
  assert.deepEqual(parseExport(JSON.stringify({ papers })), papers);
});

test("marks that come in are added, and no note is lost", () => {
  const own = { title: "T", star: "2026-01-02", note: "mine", tags: ["x"] };
  const other = { title: "U", star: "2026-01-01", read: "2026-01-03", note: "theirs", tags: ["y"] };
  const both = withMarks(own, other);
  const marks = { star: "2026-01-02", read: "2026-01-03", tags: ["x", "y"] };
  assert.deepEqual(both, { title: "T", ...marks, note: "mine\n\ntheirs" });
  // The same again, from either browser, adds nothing.
  for (const again of [own, other, both]) assert.deepEqual(withMarks(both, again), both);
  assert.equal(withMarks(own, both).note, both.note);
  for (const [a, b] of [
    [undefined, other],
    [own, {}],
  ])
    assert.equal(withMarks(a, b).note, (a ?? b).note);
});

test("a day that is none and a paper without a mark do not come in", () => {
  for (const day of ["yesterday", "2026", "2026-13-40", "2026-01-01T00:00", ""]) {
    const marked = { title: "T", note: "n" };
    for (const kind of ["star", "read", "hide"]) {
      const papers = { ok: { ...marked, [kind]: day, tags: ["t"] }, none: { [kind]: day } };
      assert.deepEqual(parseExport(JSON.stringify({ papers })), { ok: marked });
    }
  }
});

test("of a strange file only what could be ours comes in", () => {
  const papers = {
    "../x": { title: "T", star: "d" },
    "<b>": { star: "d" },
    none: null,
    text: "star",
    ok: { title: 7, star: 1, note: "n", onclick: "x" },
  };
  assert.deepEqual(parseExport(JSON.stringify({ papers })), { ok: { title: "ok", note: "n" } });
  for (const text of ["", "[]", "{", '{"papers":7}', "null"])
    assert.throws(() => parseExport(text));
});

test("tags go with their star and with nothing else", () => {
  const starred = { a: { title: "A", star: "2026-01-01", note: "n", tags: ["x"] } };
  assert.deepEqual(withMark(starred, "a", "A", "read", "2026-01-02").a.tags, ["x"]);
  assert.deepEqual(withMark(starred, "a", "A", "star", ""), { a: { title: "A", note: "n" } });
  assert.deepEqual(parseTags(" to read,, maths ,to read"), ["to read", "maths"]);
  for (const comma of [",", "، ", "、", "，"])
    assert.deepEqual(parseTags(["one", "two words", "one"].join(comma)), ["one", "two words"]);
});

test("a list that is sent arrives as it was, and nothing else does", () => {
  const slugs = ["2401.00001", "hep-th-9711200", "P18-1001"];
  assert.deepEqual(sentSlugs(sentFragment(slugs)), slugs);
  assert.deepEqual(sentSlugs("#list=../../x,<b>,ok,ok,"), ["ok"]);
  assert.deepEqual(sentSlugs(`#list=${slugs.join(",")}`), slugs); // as links of before were
  for (const other of ["", "#", "#star", "#list=", "#lists=a"])
    assert.deepEqual(sentSlugs(other), []);
  const many = Array.from({ length: 2000 }, (_, i) => `2401.${i}`);
  assert.equal(sentSlugs(sentFragment(many)).length, 500);
});
