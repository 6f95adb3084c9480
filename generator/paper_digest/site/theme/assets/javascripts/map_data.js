// The files of the map: points, topics, and which paper a point is.
import { fetchOk, loadRecord } from "./records.js";

const FOLDER = "assets/map/";
/** Topic of a paper in none. */
export const NO_TOPIC = 65_535;

/**
 * @typedef {{ title: string, parent: number, x: number, y: number, named: boolean }} MapTopic
 * @typedef {{ x: Uint16Array, y: Uint16Array, topics: Uint16Array, years: Uint16Array }} Points
 * @typedef {{ points: Points, topics: MapTopic[], part: number }} MapData
 */

/** @returns {Promise<MapData>} */
export async function loadMap() {
  const [points, topics] = await Promise.all([
    fetchOk(`${FOLDER}points.bin`).then((answer) => answer.arrayBuffer()),
    fetchOk(`${FOLDER}topics.json`).then((answer) => answer.json()),
  ]);
  return { points: readPoints(points), ...topics };
}

/**
 * @param {ArrayBuffer} data four columns of numbers of 16 bits, the low byte first
 * @returns {Points}
 */
export function readPoints(data) {
  const count = data.byteLength / 8;
  const [x, y, topics, years] = [0, 1, 2, 3].map(
    (column) => new Uint16Array(data, column * count * 2, count),
  );
  return { x, y, topics, years };
}

/**
 * @param {MapData} map
 * @param {number} point
 */
export async function loadPaper({ part }, point) {
  const answer = await fetchOk(`${FOLDER}papers-${Math.floor(point / part)}.json`);
  /** @type {string[]} */
  const slugs = await answer.json();
  const slug = slugs[point % part];
  return { slug, record: await loadRecord(slug) };
}
