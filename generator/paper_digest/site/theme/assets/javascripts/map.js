// The map of the archive: moved by pointer, wheel and keys, narrowed by year and topic; a point leads to its paper.
import { siteRoot } from "./bookmarks.js";
import { loadMap, loadPaper, NO_TOPIC } from "./map_data.js";
import { drawMap, topicColour } from "./map_drawing.js";
import { addGestures } from "./map_gestures.js";
import { nearestPoint, pan, wholeView, zoomAt } from "./map_view.js";
import { noticeBadge } from "./notice_badge.js";
import { plainTexts } from "./records.js";
import { getElement, isPressed, makeButton, makeElement, setPressed } from "./ui.js";
import { formatDate, gettext, ngettext } from "./words.js";

/** @import { MapData } from "./map_data.js" */

const ZOOM_STEP = 1.5;
const PAN_PX = 60;
const REACH_PX = 16; // from a click to the point that is meant

const figure = getElement(".pd-map");

/** @param {MapData} map */
function openMap(map) {
  const { points, topics } = map;
  const canvas = makeElement("canvas", {
    tabindex: "0",
    role: "application",
    "aria-label": gettext(
      "Map. Arrow keys move it, plus and minus zoom, Enter chooses the paper in the middle.",
    ),
  });
  const context = canvas.getContext("2d");
  if (!context) return;
  const roots = topics.map(({ parent }, number) => (parent < 0 ? number : parent));
  const rootOf = (/** @type {number} */ point) =>
    points.topics[point] === NO_TOPIC ? -1 : roots[points.topics[point]];
  const known = points.years.filter((year) => year > 0);
  const years = {
    first: known.reduce((a, b) => Math.min(a, b), 9999),
    last: Math.max(0, ...new Set(known)),
  };
  const range = { ...years };
  let topic = -1;
  let chosen = -1;
  let view = wholeView(0, 0);
  let isAsked = false;

  const isShown = (/** @type {number} */ point) => {
    const year = points.years[point];
    const isOfYears =
      year === 0
        ? range.first === years.first && range.last === years.last
        : year >= range.first && year <= range.last;
    return isOfYears && (topic < 0 || rootOf(point) === topic);
  };

  const count = makeElement("span", { role: "status" });
  const paper = makeElement("p", { class: "pd-map-chosen", role: "status" });
  const legend = makeElement("p", { class: "pd-map-tools" });
  const tools = makeElement("p", { class: "pd-map-tools" });

  const used = [...new Set(roots)].sort((a, b) => a - b);
  const swatches = new Map(used.map((root, number) => [root, makeSwatch(number)]));

  const schemes = new MutationObserver(redraw);

  function draw() {
    isAsked = false;
    const style = getComputedStyle(canvas);
    const isForced = matchMedia("(forced-colors: active)").matches;
    const ofRoot = new Map(
      [...swatches].map(([root, swatch]) => [root, getComputedStyle(swatch).color]),
    );
    const colours = roots.map((root) => (isForced ? style.color : (ofRoot.get(root) ?? "")));
    const { color: text, fontFamily: font } = style;
    const background = getComputedStyle(document.body).backgroundColor;
    const hasCross = canvas.matches(":focus-visible");
    const scene = { map, view, isShown, colours, text, background, font, chosen, hasCross };
    if (context) drawMap(context, scene);
    canvas.style.touchAction = view.zoom > 1 ? "none" : "pan-y";
  }
  /** Draws in the colours of paper, which is white, as the styles of the legend are then. */
  function drawForPaper() {
    const { style } = document.documentElement;
    style.setProperty("color-scheme", "light", "important");
    draw();
    style.removeProperty("color-scheme");
    schemes.takeRecords(); // of this change; it would be drawn over
  }
  /** Draws once before the next frame, however often it is asked to. */
  function redraw() {
    if (!isAsked) requestAnimationFrame(draw);
    isAsked = true;
  }
  /** @param {typeof view} next */
  function show(next) {
    view = next;
    redraw();
  }
  function showCount() {
    let shown = 0;
    for (let point = 0; point < points.x.length; point++) shown += Number(isShown(point));
    count.textContent = ngettext("{n} paper shown", "{n} papers shown", shown);
    redraw();
  }

  /** @param {[number, number, number]} place */
  async function choose(place) {
    const point = nearestPoint(view, points, isShown, place);
    if (point < 0) return;
    chosen = point;
    redraw();
    paper.textContent = "…";
    try {
      const { slug, record } = await loadPaper(map, point);
      if (chosen !== point) return;
      const href = new URL(`papers/${encodeURIComponent(slug)}/`, siteRoot).href;
      const root = rootOf(point);
      const rest = [record.published && formatDate(record.published), topics[root]?.title];
      const link = makeElement("a", { href, dir: "auto" }, plainTexts(record).title);
      const badge = noticeBadge(record).flatMap((one) => [" ", one]);
      paper.replaceChildren(link, ...badge, ` · ${rest.filter(Boolean).join(" · ")}`);
    } catch {
      if (chosen !== point) return;
      paper.textContent = gettext("The paper could not be loaded. Check the connection.");
    }
  }

  function resize() {
    const { clientWidth: width, clientHeight: height } = figure;
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    context?.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    view = view.zoom === 1 ? wholeView(width, height) : { ...view, width, height };
    draw();
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => show(pan(view, PAN_PX, 0)),
    ArrowRight: () => show(pan(view, -PAN_PX, 0)),
    ArrowUp: () => show(pan(view, 0, PAN_PX)),
    ArrowDown: () => show(pan(view, 0, -PAN_PX)),
    "+": () => show(zoomAt(view, ZOOM_STEP)),
    "=": () => show(zoomAt(view, ZOOM_STEP)),
    "-": () => show(zoomAt(view, 1 / ZOOM_STEP)),
    Home: () => show(wholeView(view.width, view.height)),
    Enter: () => choose([view.width / 2, view.height / 2, Number.POSITIVE_INFINITY]),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  canvas.addEventListener("focus", redraw);
  canvas.addEventListener("blur", redraw);

  addGestures(
    canvas,
    () => view,
    show,
    (x, y) => choose([x, y, REACH_PX]),
  );

  /** @param {"first" | "last"} end */
  function makeYear(end) {
    const output = makeElement("output", {}, String(years[end]));
    const label = end === "first" ? gettext("From year") : gettext("To year");
    const input = makeElement("input", {
      type: "range",
      min: String(years.first),
      max: String(years.last),
      value: String(years[end]),
      autocomplete: "off",
      "aria-label": label,
    });
    input.addEventListener("input", () => {
      const year = Number(input.value);
      // The ends do not pass each other.
      range[end] = end === "first" ? Math.min(year, range.last) : Math.max(year, range.first);
      input.value = String(range[end]);
      output.textContent = input.value;
      showCount();
    });
    return makeElement("label", {}, label, input, output);
  }

  /** @param {HTMLButtonElement} button @param {number} root */
  function toggleTopic(button, root) {
    const isOn = !isPressed(button);
    for (const other of legend.children) setPressed(other, false);
    setPressed(button, isOn);
    topic = isOn ? root : -1;
    showCount();
  }

  const zoomButtons = [
    ["+", gettext("Zoom in"), "+"],
    ["−", gettext("Zoom out"), "-"],
    [gettext("Whole map"), "", "Home"],
  ].map(([label, name, key]) => {
    const button = makeButton(label, () => keys[key]());
    if (name) button.ariaLabel = name;
    return button;
  });
  tools.append(...zoomButtons);
  if (years.first < years.last) tools.append(makeYear("first"), makeYear("last"));
  tools.append(count);
  for (const [root, swatch] of swatches) {
    const button = makeButton(topics[root].title, (self) => toggleTopic(self, root));
    button.dir = "auto";
    button.prepend(swatch);
    setPressed(button, false);
    legend.append(button);
  }
  figure.replaceChildren(canvas);
  figure.after(tools, paper, legend);
  new ResizeObserver(resize).observe(figure);
  schemes.observe(document.documentElement, { attributes: true });
  addEventListener("beforeprint", drawForPaper);
  addEventListener("afterprint", redraw);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", redraw);
  }
  resize();
  showCount();
}

/** @param {number} number of the topic in the legend */
function makeSwatch(number) {
  const swatch = makeElement("i", { "aria-hidden": "true" });
  swatch.style.color = topicColour(number);
  return swatch;
}

// Without its files the drawing of the page stays.
loadMap().then(openMap, () => undefined);
