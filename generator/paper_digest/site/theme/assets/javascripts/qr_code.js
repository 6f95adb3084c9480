// A QR code of a text, drawn in the browser: nothing of it leaves the device.
import { correction, generate } from "./lean-qr.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET_MODULES = 4; // the margin that ISO/IEC 18004 asks for on each side
const MAX_VERSION = 25; // 117 modules a side: phones read finer ones off a screen only by luck

/** @typedef {{ size: number, get(x: number, y: number): boolean }} Modules which of a square are dark */

const makeModules = /** @type {(text: string, options: object) => Modules} */ (
  /** @type {unknown} */ (generate)
);

/**
 * @param {string} text
 * @returns {Modules | undefined} nothing where the text is longer than a code that phones can read
 */
export function encodeQr(text) {
  try {
    return makeModules(text, { minCorrectionLevel: correction.L, maxVersion: MAX_VERSION });
  } catch {
    return undefined;
  }
}

/**
 * @param {Modules} modules
 * @param {string} name what it leads to, for those who do not see it
 */
export function drawQr(modules, name) {
  const side = modules.size + 2 * QUIET_MODULES;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${-QUIET_MODULES} ${-QUIET_MODULES} ${side} ${side}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", darkModules(modules));
  svg.append(path);
  return svg;
}

/** @param {Modules} modules */
function darkModules({ size, get }) {
  let path = "";
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  }
  return path;
}
