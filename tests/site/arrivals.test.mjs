// Which papers are new: the rule of seen days and slugs, with generated days; node --test.
import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { window: globalThis, localStorage: { getItem: () => null } });
const { allSeen, listArrivals, unseenArrivals } = await import(
  "../../generator/paper_digest/site/theme/assets/javascripts/arrivals.js"
);

const DAYS = [4, 3, 2, 1].map((number) => ({
  day: `2026-03-0${number}`,
  slugs: Array.from({ length: number * 30 }, (_, place) => `s${number}-${place}`),
}));
const arrivals = { part: 50, days: DAYS };

test("every paper that came has the file of its row", () => {
  const listed = listArrivals(arrivals);
  assert.equal(listed.length, 300);
  for (const { slug, day, file } of listed) {
    const place = DAYS.find((one) => one.day === day)?.slugs.indexOf(slug) ?? -1;
    assert.equal(file, `${day}-${Math.floor(place / 50)}`);
  }
});

test("after all is seen, only what comes later is new: on later days, and on that very day", () => {
  for (let from = 0; from < DAYS.length; from++) {
    const older = { part: 50, days: DAYS.slice(from) };
    const seen = allSeen(older);
    assert.deepEqual(unseenArrivals(older, { papers: {}, seen }), []);
    const grown = DAYS.slice(from).map((one, at) =>
      at ? one : { ...one, slugs: ["late", ...one.slugs] },
    );
    const days = [...DAYS.slice(0, from), ...grown];
    const unseen = unseenArrivals({ part: 50, days }, { papers: {}, seen }).map(({ slug }) => slug);
    assert.deepEqual(unseen, [...DAYS.slice(0, from).flatMap(({ slugs }) => slugs), "late"]);
  }
});

test("a paper with a mark is not new, and one with a note alone is", () => {
  const seen = { day: "2026-03-04", slugs: [] };
  const count = (/** @type {object} */ mark) =>
    unseenArrivals(arrivals, { papers: { "s4-0": mark }, seen }).length;
  for (const kind of ["star", "read", "hide"]) assert.equal(count({ [kind]: "2026-03-05" }), 119);
  assert.equal(count({ note: "later" }), 120);
});

test("without a mark of what is seen nothing is new, and in an empty archive all that will come", () => {
  assert.deepEqual(unseenArrivals(arrivals, { papers: {} }), []);
  const seen = allSeen({ part: 50, days: [] });
  assert.equal(unseenArrivals(arrivals, { papers: {}, seen }).length, 300);
});
