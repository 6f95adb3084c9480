// Swipes on rows of a list, beside their buttons: as one reads stars a paper, against it marks it read.
import { $ } from "./ui.js";
import { isRightToLeft } from "./words.js";

const MIN_ACROSS_PX = 80;
const MAX_DOWN_PX = 40;
const MAX_SCALE = 1.05;

/** @param {HTMLElement} row */
export function listenToSwipes(row) {
  /** @type {Touch | undefined} */
  let start;
  row.addEventListener(
    "touchstart",
    ({ touches }) => {
      // Across a page drawn larger, a finger moves the page.
      const isZoomed = (visualViewport?.scale ?? 1) > MAX_SCALE;
      start = touches.length === 1 && !isZoomed ? touches[0] : undefined;
    },
    { passive: true },
  );
  row.addEventListener(
    "touchend",
    ({ changedTouches: [end] }) => {
      if (!start) return;
      const across = end.clientX - start.clientX;
      const down = Math.abs(end.clientY - start.clientY);
      start = undefined;
      if (down > MAX_DOWN_PX || Math.abs(across) < MIN_ACROSS_PX) return;
      const isForward = across > 0 !== isRightToLeft;
      $(isForward ? "[data-action=star]" : "[data-action=read]", row)?.click();
    },
    { passive: true },
  );
}
