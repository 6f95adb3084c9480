// Lets Node find what scripts of the search import from the theme, beside which the site serves them.
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

/** Node's hook: answers where a module is. */
export function resolve(specifier, context, next) {
  if (!specifier.startsWith("../javascripts/")) return next(specifier, context);
  const theme = new URL("../../generator/paper_digest/site/theme/assets/search/", import.meta.url);
  return next(new URL(specifier, theme).href, context);
}
