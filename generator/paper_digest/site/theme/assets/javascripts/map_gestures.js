// Moves the map by pointer, by fingers and by the wheel.
import { pan, zoomAt } from "./map_view.js";

/** @import { View } from "./map_view.js" */

const DRAG_PX = 4; // moved less, it is a click
const WHEEL_PX = 300; // that double what is seen

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => View} currentView
 * @param {(view: View) => void} show
 * @param {(x: number, y: number) => void} onClick
 */
export function addGestures(canvas, currentView, show, onClick) {
  /** @type {Map<number, [number, number]>} where each finger or the pointer is */
  const held = new Map();
  let moved = 0;
  /**
   * @param {MouseEvent} event
   * @returns {[number, number]}
   */
  const placeOf = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    return [clientX - box.x, clientY - box.y];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!held.size) moved = 0;
    held.set(event.pointerId, placeOf(event));
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const view = currentView();
    const now = placeOf(event);
    const [across, down] = [now[0] - before[0], now[1] - before[1]];
    moved += Math.hypot(across, down);
    held.set(event.pointerId, now);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = distance(now, other) / Math.max(distance(before, other), 1);
      show(zoomAt(view, factor, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2));
    } else if (view.zoom > 1) show(pan(view, across, down));
  });
  canvas.addEventListener("pointerup", (event) => {
    const isClick = held.size === 1 && moved < DRAG_PX;
    held.delete(event.pointerId);
    if (isClick) onClick(...placeOf(event));
  });
  canvas.addEventListener("pointercancel", (event) => held.delete(event.pointerId));
  canvas.addEventListener(
    "wheel",
    (event) => {
      const factor = 2 ** (-event.deltaY / WHEEL_PX);
      if (factor < 1 && currentView().zoom === 1) return; // the page goes on
      event.preventDefault();
      show(zoomAt(currentView(), factor, ...placeOf(event)));
    },
    { passive: false },
  );
}

/**
 * @param {[number, number]} one
 * @param {[number, number]} other
 */
const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
