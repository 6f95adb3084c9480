// One answer of several indexes: nobody's order is broken, and what is complete comes first.
import assert from "node:assert/strict";
import test from "node:test";
import { mergeAnswers } from "../../generator/paper_digest/search/browser/worker/volumes.js";

/** Gives numbers that look random and are the same each time. */
function* numbers(seed) {
  let state = seed;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state;
  }
}

const unit = (term) => ({ raw: term, options: [{ parts: [{ term }] }] });
const answer = (site, results, rest = {}) => ({
  query: { units: [unit("loom")] },
  results: results.map((result, i) => ({ slug: `${site}${i}`, date: "", ...result })),
  total: results.length,
  isPartial: false,
  corrections: [],
  unknown: [],
  ...rest,
});
const slugs = ({ results }) => results.map(({ slug }) => slug);

test("each answer's own order stays, whatever its scores, and the best of all is first", () => {
  const next = numbers(7);
  const draw = (most) => next.next().value % most;
  for (let round = 0; round < 200; round++) {
    const answers = ["a", "b", "c"].map((site) => {
      const results = Array.from({ length: draw(6) }, () => ({ score: 1 + draw(9) }));
      return answer(site, results, { total: draw(results.length + 1), isPartial: false });
    });
    const merged = mergeAnswers(answers);
    const all = slugs(merged);
    assert.equal(
      all.length,
      answers.reduce((sum, { results }) => sum + results.length, 0),
    );
    for (const { results } of answers) {
      const own = results.map(({ slug }) => all.indexOf(slug));
      assert.deepEqual(
        own,
        own.toSorted((x, y) => x - y),
      );
    }
    const isComplete = (slug) =>
      answers.some(
        ({ results, total }) => results.findIndex((r) => r.slug === slug) in [...Array(total)],
      );
    const complete = all.map(isComplete);
    assert.deepEqual(
      complete,
      complete.toSorted((x, y) => Number(y) - Number(x)),
    );
  }
});

test("an index that has some of the words says nothing where another has papers with all", () => {
  const partial = answer("p", [{ score: 9 }], {
    total: 0,
    isPartial: true,
    corrections: [["lom", "loom"]],
  });
  const merged = mergeAnswers([partial, answer("w", [{ score: 1 }])]);
  assert.deepEqual(slugs(merged), ["w0"]);
  assert.deepEqual([merged.isPartial, merged.corrections], [false, []]);
  assert.ok(mergeAnswers([partial, partial]).isPartial);
});

test("a word is unknown where no index knows it; counts and totals add up", () => {
  const counts = (n) => ({
    topics: [{ name: "a", title: "A", count: n }],
    sources: [],
    years: [{ name: `20${n}0`, count: n }],
    code: n,
  });
  const merged = mergeAnswers([
    answer("a", [{ score: 1 }], { unknown: ["x", "y"], counts: counts(1), incomplete: 2 }),
    answer("b", [{ score: 2 }], { unknown: ["y"], counts: counts(2), mayHaveMore: true }),
  ]);
  assert.deepEqual(merged.unknown, ["y"]);
  assert.deepEqual([merged.total, merged.incomplete, merged.mayHaveMore], [2, 2, true]);
  assert.deepEqual(merged.counts.topics, [{ name: "a", title: "A", count: 3 }]);
  assert.equal(merged.counts.years.length, 2);
  assert.equal(merged.counts.code, 3);
});

test("by date the newest of all comes first", () => {
  const dated = (site, dates) =>
    answer(
      site,
      dates.map((date) => ({ score: 0, date })),
    );
  const merged = mergeAnswers([
    dated("a", ["2024-01-02", "2022"]),
    dated("b", ["2025-01", "2023"]),
  ]);
  assert.deepEqual(slugs(merged), ["b0", "a0", "b1", "a1"]);
});

test("what any index met the words with is highlighted", () => {
  const other = { ...answer("b", []), query: { units: [unit("looms")] } };
  const [merged] = mergeAnswers([answer("a", []), other]).query.units;
  assert.deepEqual(
    merged.options.map(({ parts }) => parts[0].term),
    ["loom", "looms"],
  );
});

test("a filter that another index's papers meet is not named as one that none meets", () => {
  const without = (name, unmet, found) =>
    answer(name, found, {
      query: { units: [unit("loom")], unmet },
      unknown: unmet.map(([typed]) => typed),
    });
  const both = [["topic:looms", ""]];
  const one = mergeAnswers([without("a", both, []), without("b", [], [{ score: 1 }])]);
  assert.deepEqual([one.unknown, one.query.unmet], [[], []]);
  const none = mergeAnswers([without("a", both, []), without("b", both, [])]);
  assert.deepEqual([none.unknown, none.query.unmet], [["topic:looms"], both]);
});
