// Reads what was asked for: the text, and the filters that stand beside it.

/** @import { Query, SearchOptions } from "../types" */
import { parseQuery } from "./query_parser.js";

/**
 * What was typed, and the filters that stand beside it.
 * @param {string} text
 * @param {SearchOptions} options
 */
export function readQuery(text, { topics = [], sources = [], code, years, asIs = [] }) {
  const query = parseQuery(text);
  query.topics.push(...topics);
  query.sources.push(...sources);
  query.code ||= Boolean(code);
  query.years = years || query.years;
  for (const unit of query.units) unit.literal = unit.words.some((word) => asIs.includes(word));
  return query;
}

/** @param {Query} query */
export const isEmptyQuery = ({ units, topics, sources, code, years }) =>
  !(units.length || topics.length || sources.length || code || years);
