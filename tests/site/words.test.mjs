// Words of the interface: English as it stands in the code, another language as the build puts it in.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import * as english from "../../generator/paper_digest/site/theme/assets/javascripts/words.js";

const SOURCE = new URL(
  "../../generator/paper_digest/site/theme/assets/javascripts/words.js",
  import.meta.url,
);
const ARABIC_FORMS = ["zero", "one", "two", "few", "many", "other"];

/** The module with another language's words in it. */
async function wordsOf(catalogue) {
  const source = await readFile(SOURCE, "utf-8");
  const line = `const CATALOGUE = ${JSON.stringify(catalogue)};`;
  const script = source.replace(/^const CATALOGUE = \{.*\};$/m, () => line);
  assert.notEqual(script, source);
  return import(`data:text/javascript,${encodeURIComponent(script)}`);
}

const counted = (names) => Object.fromEntries(names.map((name) => [name, `${name} {n}`]));

test("English is the text of the code, its numbers with commas", () => {
  const { gettext, ngettext, pgettext, formatDate, formatNumber } = english;
  assert.equal(gettext("Star"), "Star");
  assert.equal(pgettext("marks", "Read"), "Read");
  assert.equal(gettext("{n} of {total}", { n: 1, total: 12345 }), "1 of 12,345");
  const counts = [0, 1, 2, 12345].map((n) => ngettext("{n} paper", "{n} papers", n));
  assert.deepEqual(counts, ["0 papers", "1 paper", "2 papers", "12,345 papers"]);
  assert.equal(formatDate("2025-11-20T10:00:00Z"), "20 Nov 2025");
  assert.equal(formatNumber(1234), "1,234");
});

test("every plural form of Arabic is chosen as Unicode's rules have it", async () => {
  const messages = { "{n} paper": counted(ARABIC_FORMS) };
  const { ngettext } = await wordsOf({ language: "ar", dir: "rtl", messages });
  for (const [n, form] of [
    [0, "zero"],
    [1, "one"],
    [2, "two"],
    [3, "few"],
    [110, "few"],
    [11, "many"],
    [99, "many"],
    [100, "other"],
    [1102, "other"],
  ]) {
    const figures = n.toLocaleString("en");
    assert.equal(ngettext("{n} paper", "{n} papers", n), `${form} ${figures}`);
  }
});

test("a language with one form, or with fewer than its rules name, uses the one it has", async () => {
  for (const language of ["ja", "zh", "fr", "ar"]) {
    const messages = { "{n} paper": { other: "{n}" } };
    const { ngettext } = await wordsOf({ language, messages });
    const texts = [0, 1, 2, 11, 1_000_000].map((n) => ngettext("{n} paper", "{n} papers", n));
    assert.ok(
      texts.every((text) => /^1?[\d\s.,\u202f]+$/.test(text)),
      texts.join("; "),
    );
  }
});

test("what a catalogue lacks is English, whatever its name", async () => {
  const { gettext, pgettext, ngettext } = await wordsOf({
    language: "ja",
    messages: { Star: "星", "marks\u0004Read": "既読", "{n} read": "一つ" },
  });
  assert.equal(gettext("Star"), "星");
  assert.equal(pgettext("marks", "Read"), "既読");
  assert.equal(gettext("Read"), "Read");
  for (const name of ["constructor", "toString", "__proto__"]) assert.equal(gettext(name), name);
  assert.equal(ngettext("{n} read", "{n} read", 2), "2 read");
});

test("elements stand where a language wants them, and an unknown placeholder stays as text", async () => {
  const { gettext, withElements } = await wordsOf({
    language: "ja",
    messages: { "by {first} or {second}": "{second}・{first}順" },
  });
  const [first, second] = [{ first: 1 }, { second: 2 }];
  const pieces = withElements(gettext("by {first} or {second}"), { first, second });
  assert.deepEqual(pieces, [second, "・", first, "順"]);
  assert.equal(gettext("{toString} {n}", { n: "<b>" }), "{toString} <b>");
});

test("on pages from right to left a value keeps its own direction", async () => {
  const { gettext } = await wordsOf({
    language: "ar",
    dir: "rtl",
    messages: { "No paper has {words}.": "لا ورقة فيها {words}." },
  });
  assert.equal(gettext("No paper has {words}.", { words: "C++" }), "لا ورقة فيها \u2068C++\u2069.");
});

test("dates are the language's, in figures that every reader of papers knows", async () => {
  const dates = { ar: "20 نوفمبر 2025", ja: "2025年11月20日", zh: "2025年11月20日" };
  for (const [language, date] of Object.entries(dates)) {
    const { formatDate } = await wordsOf({ language, messages: {} });
    assert.equal(formatDate("2025-11-20"), date);
  }
});
