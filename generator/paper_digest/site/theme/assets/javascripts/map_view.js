// What part of the map a canvas shows: pure geometry, in CSS pixels.

/** The length of a side of the map, in the numbers of its points. */
export const MAP_SIZE = 65_536;
const MAX_ZOOM = 64;

/**
 * The point of the map in the middle of the canvas, and how much larger than the whole it is drawn.
 * @typedef {{ x: number, y: number, zoom: number, width: number, height: number }} View
 * @typedef {{ text: string, x: number, y: number, width: number, height: number }} Label middle and size
 */

/**
 * @param {number} width
 * @param {number} height
 * @returns {View} of the whole map
 */
export const wholeView = (width, height) => ({
  x: MAP_SIZE / 2,
  y: MAP_SIZE / 2,
  zoom: 1,
  width,
  height,
});

/** @param {View} view */
export const pixelsPerUnit = ({ width, height, zoom }) =>
  (Math.min(width, height) / MAP_SIZE) * zoom;

/**
 * @param {View} view
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
export function toScreen(view, x, y) {
  const scale = pixelsPerUnit(view);
  return [(x - view.x) * scale + view.width / 2, (y - view.y) * scale + view.height / 2];
}

/**
 * The view moved by so many pixels; its middle stays on the map.
 * @param {View} view
 * @param {number} across
 * @param {number} down
 * @returns {View}
 */
export function pan(view, across, down) {
  const scale = pixelsPerUnit(view);
  return { ...view, x: onMap(view.x - across / scale), y: onMap(view.y - down / scale) };
}

/** @param {number} number */
const onMap = (number) => Math.min(Math.max(number, 0), MAP_SIZE);

/**
 * The view larger by a factor around a place on the canvas, which stays where it is; the whole map at least.
 * @param {View} view
 * @param {number} factor
 * @param {number} [x]
 * @param {number} [y]
 * @returns {View}
 */
export function zoomAt(view, factor, x = view.width / 2, y = view.height / 2) {
  const zoom = Math.min(Math.max(view.zoom * factor, 1), MAX_ZOOM);
  if (zoom === 1) return wholeView(view.width, view.height);
  const before = pixelsPerUnit(view);
  const after = pixelsPerUnit({ ...view, zoom });
  const across = (x - view.width / 2) * (1 / before - 1 / after);
  const down = (y - view.height / 2) * (1 / before - 1 / after);
  return { ...view, zoom, x: onMap(view.x + across), y: onMap(view.y + down) };
}

/**
 * The point nearest to a place on the canvas, of those that are shown; -1 where none is near enough.
 * @param {View} view
 * @param {{ x: Uint16Array, y: Uint16Array }} points
 * @param {(point: number) => boolean} isShown
 * @param {[number, number, number]} place x, y, and how far a point may be
 */
export function nearestPoint(view, points, isShown, [x, y, reach]) {
  let nearest = -1;
  let best = reach * reach;
  for (let point = 0; point < points.x.length; point++) {
    const [left, top] = toScreen(view, points.x[point], points.y[point]);
    const distance = (left - x) ** 2 + (top - y) ** 2;
    if (distance <= best && isShown(point)) {
      if (distance === best && nearest >= 0) continue;
      nearest = point;
      best = distance;
    }
  }
  return nearest;
}

/**
 * The labels whose middles are on the canvas, moved inside where they stand over its edge; none covers
 * one before it.
 * @param {Label[]} labels the most important first
 * @param {View} view
 */
export function placeLabels(labels, { width, height }) {
  /** @type {Label[]} */
  const placed = [];
  for (const label of labels) {
    if (label.x < 0 || label.y < 0 || label.x > width || label.y > height) continue;
    const inside = {
      ...label,
      x: Math.max(Math.min(label.x, width - label.width / 2), label.width / 2),
      y: Math.max(Math.min(label.y, height - label.height / 2), label.height / 2),
    };
    if (!placed.some((other) => covers(inside, other))) placed.push(inside);
  }
  return placed;
}

/**
 * @param {Label} one
 * @param {Label} other
 */
const covers = (one, other) =>
  Math.abs(one.x - other.x) * 2 < one.width + other.width &&
  Math.abs(one.y - other.y) * 2 < one.height + other.height;
