// Asks an index and the same papers in several indexes, as an archive in volumes has them. Takes a folder with
// `whole`, `current` and volumes; reads queries from stdin as one JSON list, writes two answers to each.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Engine } from "../../generator/paper_digest/search/browser/worker/engine.js";
import { Volumes } from "../../generator/paper_digest/search/browser/worker/volumes.js";

const folder = process.argv[2];
globalThis.fetch = async (url) => {
  const file = fileURLToPath(url);
  return fs.existsSync(file)
    ? new Response(fs.readFileSync(file))
    : new Response("", { status: 404 });
};
const indexOf = (name) => pathToFileURL(path.join(folder, name, "assets", "search", "/"));
const names = fs.readdirSync(folder).filter((name) => !["whole", "current"].includes(name));
const whole = new Engine(indexOf("whole"));
const volumes = new Volumes(
  indexOf("current"),
  undefined,
  names.map((name) => `../${name}/`),
);
const answers = [];
for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const pair = [];
  for (const engine of [whole, volumes]) {
    const answer = await engine.search(query, { size: 2000, exactTotal: true, countFacets: true });
    const { total, isPartial, isLoose, results, counts, corrections, unknown } = answer;
    const slugs = isPartial ? [] : results.slice(0, total).map(({ slug }) => slug);
    const inYears = counts?.years.reduce((sum, { count }) => sum + count, 0) ?? 0;
    pair.push({ slugs, inYears, isLoose: Boolean(isLoose), corrections, unknown });
  }
  answers.push(pair);
}
process.stdout.write(JSON.stringify(answers));
