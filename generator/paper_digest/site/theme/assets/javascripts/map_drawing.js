// Draws the map on its canvas: points in the colours of their topics, names of topics, what is chosen.
import { NO_TOPIC } from "./map_data.js";
import { placeLabels, toScreen } from "./map_view.js";

/** @import { MapData } from "./map_data.js" */
/** @import { View } from "./map_view.js" */

const SUBTOPIC_ZOOM = 2.5; // from which on subtopics are named too
const LETTER_PX = 13;
const LINE_PX = 18;
const FULL_TURN = 2 * Math.PI;
const GOLDEN_ANGLE = 137.5; // degrees between the hues of neighbours in the legend

/**
 * What is drawn, and how.
 * @typedef {object} Scene
 * @property {MapData} map
 * @property {View} view
 * @property {(point: number) => boolean} isShown
 * @property {string[]} colours of the topics
 * @property {string} text the colour of text
 * @property {string} background
 * @property {string} font
 * @property {number} chosen the chosen point; -1 for none
 * @property {boolean} hasCross whether the middle is marked, for who chooses by keys
 */

/**
 * A colour for a topic in the order of the legend, on light and on dark ground.
 * @param {number} number
 */
export const topicColour = (number) => {
  const hue = (number * GOLDEN_ANGLE) % 360;
  return `light-dark(oklch(0.52 0.15 ${hue}), oklch(0.76 0.13 ${hue}))`;
};

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Scene} scene
 */
export function drawMap(canvas, scene) {
  const { width, height } = scene.view;
  canvas.clearRect(0, 0, width, height);
  drawPoints(canvas, scene);
  drawNames(canvas, scene);
  canvas.strokeStyle = scene.text;
  canvas.lineWidth = 2;
  if (scene.chosen >= 0) {
    const { x, y } = scene.map.points;
    const [left, top] = toScreen(scene.view, x[scene.chosen], y[scene.chosen]);
    canvas.beginPath();
    canvas.arc(left, top, 7, 0, FULL_TURN);
    canvas.stroke();
  }
  if (scene.hasCross) {
    canvas.beginPath();
    canvas.moveTo(width / 2 - 10, height / 2);
    canvas.lineTo(width / 2 + 10, height / 2);
    canvas.moveTo(width / 2, height / 2 - 10);
    canvas.lineTo(width / 2, height / 2 + 10);
    canvas.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Scene} scene
 */
function drawPoints(canvas, { map: { points }, view, isShown, colours, text }) {
  const count = points.x.length;
  // Few points are drawn larger, and all of them when the reader looks closer.
  const side = Math.min(1 + 120 / Math.sqrt(count) + Math.log2(view.zoom), 6);
  for (const shown of [false, true]) {
    canvas.globalAlpha = shown ? 0.8 : 0.07;
    for (let point = 0; point < count; point++) {
      if (isShown(point) !== shown) continue;
      const [left, top] = toScreen(view, points.x[point], points.y[point]);
      if (left < 0 || top < 0 || left > view.width || top > view.height) continue;
      const topic = points.topics[point];
      canvas.fillStyle = topic === NO_TOPIC ? text : colours[topic];
      canvas.fillRect(left - side / 2, top - side / 2, side, side);
    }
  }
  canvas.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Scene} scene
 */
function drawNames(canvas, { map: { topics }, view, text, background, font }) {
  canvas.font = `600 ${LETTER_PX}px ${font}`;
  canvas.textAlign = "center";
  canvas.textBaseline = "middle";
  const shown = topics
    .filter(({ named, parent }) => named && (parent < 0 || view.zoom >= SUBTOPIC_ZOOM))
    .sort((a, b) => Number(a.parent >= 0) - Number(b.parent >= 0));
  const labels = shown.map(({ title, x, y }) => {
    const [left, top] = toScreen(view, x, y);
    const { width } = canvas.measureText(title);
    return { text: title, x: left, y: top, width: width + 8, height: LINE_PX };
  });
  canvas.lineWidth = 4;
  canvas.lineJoin = "round";
  canvas.strokeStyle = background;
  canvas.fillStyle = text;
  for (const label of placeLabels(labels, view)) {
    canvas.strokeText(label.text, label.x, label.y);
    canvas.fillText(label.text, label.x, label.y);
  }
}
