// The search page's state and its address are two forms of one thing.
import assert from "node:assert/strict";
import test from "node:test";
import {
  searchName,
  urlOfState,
  withinPages,
} from "../../generator/paper_digest/search/browser/page/url_state.js";
import {
  queryText,
  searchOptions,
  stateFromUrl,
} from "../../generator/paper_digest/search/browser/question.js";

const NOTHING = stateFromUrl("");
const WORDS = ["", "low rank", "a&b=c", "100 %", "naïve “quoted”", "#?/+"];

test("every state comes back from its address", () => {
  for (const q of WORDS) {
    for (const author of WORDS) {
      for (const topics of [[], ["lookup"], ["lookup", "a&b"]]) {
        for (const year of ["", "2024", "2019..2021"]) {
          const choices = {
            sources: topics,
            code: year === "2024",
            order: year ? "date" : "relevance",
          };
          const state = {
            ...NOTHING,
            q,
            author,
            topics,
            year,
            page: topics.length + 1,
            ...choices,
          };
          assert.deepEqual(stateFromUrl(urlOfState(state)), state);
        }
      }
    }
  }
});

test("what is not chosen stands not in the address", () => {
  assert.equal(urlOfState(NOTHING), "?");
  assert.equal(urlOfState({ ...NOTHING, q: "x", page: 2 }), "?q=x&page=2");
});

test("behind the last page is the last page", () => {
  for (const [page, total, incomplete, expected] of [
    [99999, 138, 0, 7],
    [99999, 10, 0, 1],
    [3, 20, 20, 2],
    [2, 0, 0, 1],
    [2 ** 53, 21, 0, 2],
    [2, 60, 0, 2], // whose papers did not come
  ]) {
    const state = { ...NOTHING, page };
    const answer = { results: [], total, incomplete };
    assert.equal(withinPages(state, answer).page, expected);
    assert.equal(withinPages(state, { ...answer, results: [{}] }), state);
  }
});

test("an order that there is not is the first one", () => {
  for (const order of ["", "newest", "__proto__"])
    assert.equal(stateFromUrl(`?order=${order}`).order, NOTHING.order);
});

test("an address that no page of ours made gives the first page", () => {
  for (const page of ["", "0", "-3", "x", "NaN", "1e9x".slice(3)]) {
    assert.equal(stateFromUrl(`?page=${page}`).page, 1);
  }
});

test("an author's quotes cannot end the filter", () => {
  const text = queryText({ ...NOTHING, q: "x", author: 'Ada "Countess" L' });
  assert.equal(text, 'x author:"Ada Countess L"');
  assert.equal(queryText({ ...NOTHING, q: "x" }), "x");
});

test("one year is a span of itself", () => {
  assert.deepEqual(searchOptions({ ...NOTHING, year: "2024" }).years, ["2024", "2024"]);
  assert.deepEqual(searchOptions({ ...NOTHING, year: "2019..2021" }).years, ["2019", "2021"]);
  assert.equal(searchOptions(NOTHING).years, undefined);
});

test("a search is called by all that was asked for", () => {
  const state = {
    ...NOTHING,
    q: "flamingo",
    topics: ["lookup", "gone"],
    sources: ["huggingface", "gone"],
    year: "2024",
    code: true,
  };
  const topics = new Map([["lookup", "Finding things"]]);
  const sources = new Map([["huggingface", "Hugging Face"]]);
  const name = "flamingo, Finding things, gone, 2024, Hugging Face, gone, has code";
  assert.equal(searchName(state, topics, sources), name);
  assert.equal(searchName(NOTHING, topics, sources), "All papers");
});
