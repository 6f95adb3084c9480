// Which of a site's ordinary pages the search box names, and how it keeps two of one title apart.
import assert from "node:assert/strict";
import test from "node:test";
import { matchingPages } from "../../generator/paper_digest/search/browser/worker/site_pages.js";

/** @param {string} location @param {string} title */
const entry = (location, title) => ({ location, title, text: "" });
const SECTIONS = [
  entry("dates/", "Dates"),
  entry("dates/2024/", "2024"),
  entry("meetings/2024/", "2024"),
  entry("reading-group/", "Reading group & more"),
  entry("reading-group/2024/", "2024"),
  entry("reading-group/2024/#june", "June 2024"),
  entry("2024/", "2024"),
  entry("about/", "About"),
];

/** @param {string} word */
const query = (word) => ({ units: [{ words: [word], joined: "", raw: word, prefix: false }] });

test("pages of one title are named with their section", () => {
  // @ts-expect-error a query has more, which pages are not asked for
  const pages = matchingPages(SECTIONS, query("2024"));
  assert.deepEqual(
    pages.map(({ location, section }) => [location, section]),
    [
      ["dates/2024/", "Dates"],
      ["meetings/2024/", "meetings"],
      ["reading-group/2024/", "Reading group & more"],
    ],
  );
});

test("a title is text, however it was marked up", () => {
  const titles = [
    ["Loom &amp; answers", "Loom & answers"],
    ["Loom & answers", "Loom & answers"],
    ["Run <code>loom</code> &lt;b&gt; &amp;lt;", "Run loom <b> &lt;"],
    ["Loom: a < b, b > c", "Loom: a < b, b > c"],
  ];
  for (const [given, shown] of titles) {
    // @ts-expect-error as above
    const [page] = matchingPages([entry("loom/", given)], query("loom"));
    assert.equal(page.title, shown);
  }
});

test("a page whose title no other has is named by it alone", () => {
  // @ts-expect-error as above
  const [page] = matchingPages(SECTIONS, query("about"));
  assert.equal(page.section, "");
});
