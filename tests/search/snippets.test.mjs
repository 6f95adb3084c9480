// Safe HTML of results: whatever a text holds, only <mark> comes out as markup.
import assert from "node:assert/strict";
import test from "node:test";
import { escapeHtml } from "../../generator/paper_digest/search/browser/worker/escape_html.js";
import {
  boxItem,
  snippet,
  statusText,
} from "../../generator/paper_digest/search/browser/worker/snippets.js";
import { formatDate } from "../../generator/paper_digest/site/theme/assets/javascripts/words.js";

const mark = (word) => (text) => escapeHtml(text).replaceAll(word, `<mark>${word}</mark>`);

test("no sign of markup is left", () => {
  assert.equal(
    escapeHtml(`<a href="x" id='y'>&`),
    "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;",
  );
});

test("a date is said as exactly as it is known", () => {
  assert.deepEqual(["2025-11-20", "2025-11", "2025"].map(formatDate), [
    "20 Nov 2025",
    "Nov 2025",
    "2025",
  ]);
});

test("the sentence with the word is chosen, however long the text", () => {
  for (let before = 0; before < 40; before++) {
    const text = `${"Something else. ".repeat(before)}Here is the kettle at last.`;
    assert.equal(snippet(text, mark("kettle")), "Here is the <mark>kettle</mark> at last.");
  }
});

test("a long sentence is cut around the word, and says so", () => {
  for (let before = 0; before < 120; before += 7) {
    const html = snippet(
      `${"some words ".repeat(before)}kettle ${"and more ".repeat(90)}`,
      mark("kettle"),
    );
    assert.match(html, /<mark>kettle<\/mark>/);
    assert.ok(html.endsWith(" …"));
    assert.ok(html.length < 300);
    assert.equal(html.startsWith("… "), before * 11 > 80);
  }
});

test("the box says nothing where all there is stands below, as it was asked", () => {
  const answer = {
    query: {},
    results: [{}],
    total: 1,
    isPartial: false,
    corrections: [],
    unknown: [],
  };
  assert.equal(statusText(answer), "");
  assert.equal(statusText({ ...answer, total: 1200 }), "1,200 papers, the best 1 here.");
  assert.equal(statusText({ ...answer, mayHaveMore: true }), "More than 1 paper, the best 1 here.");
  assert.equal(
    statusText({ ...answer, isPartial: true }),
    "No paper has all of this; 1 have some.",
  );
  assert.equal(
    statusText({ ...answer, corrections: [["flamngo", "flamingo"]] }),
    "Showing “flamingo”. 1 paper.",
  );
  assert.equal(statusText({ ...answer, unknown: ["zyx"] }), "No paper has “zyx”. 1 paper.");
});

test("what follows a name from right to left stands behind it", () => {
  const result = { slug: "a", title: "A", date: "2026-03-04", snippet: "" };
  /** @param {string} authors */
  const text = (authors) => boxItem({ ...result, authors }, (words) => words, 1)[0].text;
  assert.equal(text("ليلى النسّاجة"), "<p><bdi>ليلى النسّاجة</bdi> · 4 Mar 2026</p>");
  assert.equal(text("ليلى et al."), "<p><bdi>ليلى</bdi> <bdi>et al.</bdi> · 4 Mar 2026</p>");
  assert.equal(text("<b> & al."), "<p><bdi>&lt;b&gt; &amp; al.</bdi> · 4 Mar 2026</p>");
  assert.equal(text(""), "<p>4 Mar 2026</p>");
});
