// The geometry of the map, and how its points are read; node --test.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MAP_SIZE,
  nearestPoint,
  pan,
  placeLabels,
  toScreen,
  wholeView,
  zoomAt,
} from "../../generator/paper_digest/site/theme/assets/javascripts/map_view.js";

const view = wholeView(390, 300);
const near = (one, other) => Math.abs(one - other) < 1e-6;

test("the place that is zoomed at stays where it is", () => {
  for (const [factor, x, y] of [
    [2, 100, 80],
    [7.5, 300, 299],
    [1.5, 195, 150],
  ]) {
    const closer = zoomAt(view, factor, x, y);
    for (const [left, top] of [toScreen(view, 20_000, 40_000)]) {
      const [afterLeft, afterTop] = toScreen(closer, 20_000, 40_000);
      assert.ok(near(afterLeft - x, (left - x) * factor));
      assert.ok(near(afterTop - y, (top - y) * factor));
    }
  }
});

test("no zoom and no move leaves the map", () => {
  const far = pan(zoomAt(view, 1e9), 1e9, -1e9);
  assert.ok(far.x >= 0 && far.x <= MAP_SIZE && far.y >= 0 && far.y <= MAP_SIZE);
  assert.deepEqual(zoomAt(far, 1e-9), view);
});

test("the nearest point is one that is shown and within reach", () => {
  const points = {
    x: Uint16Array.of(1000, 30_000, 30_100),
    y: Uint16Array.of(1000, 30_000, 30_000),
  };
  const [x, y] = toScreen(view, 30_000, 30_000);
  assert.equal(
    nearestPoint(view, points, () => true, [x, y, 5]),
    1,
  );
  assert.equal(
    nearestPoint(view, points, (point) => point !== 1, [x, y, 5]),
    2,
  );
  assert.equal(
    nearestPoint(view, points, (point) => point === 0, [x, y, 5]),
    -1,
  );
  assert.equal(
    nearestPoint(view, points, (point) => point === 0, [x, y, Infinity]),
    0,
  );
});

test("labels cover none before them and stand inside", () => {
  const labels = Array.from({ length: 200 }, (_, n) => ({
    text: `t${n}`,
    x: (n * 97) % 400,
    y: (n * 61) % 310,
    width: 40 + (n % 5) * 20,
    height: 18,
  }));
  const placed = placeLabels(labels, view);
  assert.ok(placed.length > 5);
  for (const [number, one] of placed.entries()) {
    assert.ok(one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= view.width);
    for (const other of placed.slice(0, number)) {
      assert.ok(
        Math.abs(one.x - other.x) * 2 >= one.width + other.width ||
          Math.abs(one.y - other.y) * 2 >= one.height + other.height,
      );
    }
  }
});
