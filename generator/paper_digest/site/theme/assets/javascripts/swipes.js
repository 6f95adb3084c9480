// Swipes on rows of a list, beside their buttons: as one reads stars a paper, against it marks it read.
import { $ } from "./ui.js";
import { isRightToLeft } from "./words.js";

const MIN_ACROSS_PX = 80;
const MAX_DOWN_PX = 40;
const MAX_SCALE = 1.05;

/** @param {(target: EventTarget | null) => HTMLElement | undefined} rowAround the row that a finger is on */
export function listenToSwipes(rowAround) {
  /** @type {{ row: HTMLElement, x: number, y: number } | undefined} */
  let start;
  document.addEventListener(
    "touchstart",
    ({ target, touches }) => {
      const row = rowAround(target);
      // Across a page drawn larger, a finger moves the page.
      const isZoomed = (visualViewport?.scale ?? 1) > MAX_SCALE;
      const [{ clientX: x, clientY: y }] = touches;
      start = row && touches.length === 1 && !isZoomed ? { row, x, y } : undefined;
    },
    { passive: true },
  );
  document.addEventListener(
    "touchend",
    ({ changedTouches: [end] }) => {
      if (!start) return;
      const { row, x, y } = start;
      start = undefined;
      const across = end.clientX - x;
      const down = Math.abs(end.clientY - y);
      if (down > MAX_DOWN_PX || Math.abs(across) < MIN_ACROSS_PX) return;
      const isForward = across > 0 !== isRightToLeft;
      $(isForward ? "[data-action=star]" : "[data-action=read]", row)?.click();
    },
    { passive: true },
  );
}
