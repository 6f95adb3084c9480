// Answers a query: loads what it needs, scores, and fetches the lines of what will be shown.

import { chunks, wordsOf } from "./tokenizer.js";
import { doubt, resolve } from "./term_lookup.js";
import { Matcher } from "./scorer.js";
import { apart, parse } from "./query_parser.js";
import { Missing, Store } from "./index_reader.js";

const PAGE = 10;
const LITERAL = 0.5; // what a word of a title counts more for standing there as it was typed

export class Superseded extends Error {}

export class Engine {
  constructor(base, early, get) {
    this.store = new Store(base, early, get);
  }

  open() {
    return this.store.open();
  }

  // Answers `text`. Options: from, size (which results), order ("date"), whole (an exact count),
  // topics, sources, code, years (filters beside those typed), facets (count them),
  // stale() (tells that the answer is no longer wanted).
  // The answer: { results, total, open (there may be more), some (not all words), mended, query,
  // counts }.
  async search(text, options = {}) {
    try {
      return await this.answer(text, options);
    } catch (error) {
      if (!(error instanceof Missing) || !error.gone) throw error;
      await this.store.reopen();
      this.matcher = undefined;
      return this.answer(text, options);
    }
  }

  async answer(text, { from = 0, size = PAGE, order, whole, facets, stale = () => false, ...filters }) {
    const store = await this.store.open();
    const check = () => { if (stale()) throw new Superseded(); };
    const query = parse(text);
    for (const name of ["topics", "sources"]) query[name].push(...(filters[name] || []));
    query.code ||= Boolean(filters.code);
    query.years = filters.years || query.years;
    check();
    if (query.id) return this.byId(query);
    if (!facets && isEmpty(query)) return { results: [], query, total: 0, some: false, mended: [] };
    let units = query.units;
    const not = query.not.flat();
    await Promise.all([resolve(store, units), resolve(store, not), this.filters(query)]);
    check();
    this.matcher ||= new Matcher(store.root.documents);
    const strict = units.some((unit) => unit.phrase || unit.author);
    const wanted = whole || order === "date" ? Infinity : from + size;
    let total = await this.match(query, units, wanted);
    if (!total && !strict && units.some(({ words }) => words.length > 1)) {
      units = query.units = apart(units);
      await resolve(store, units);
      check();
      total = await this.match(query, units, wanted);
    }
    if (!total && units.length > 1 && !strict && (await doubt(store, units))) {
      check();
      total = await this.match(query, units, wanted);
    }
    // A list that is not whole may hide more papers than were counted.
    const open = units.some((unit) => unit.options.some(({ parts }) => parts.some(unloaded)));
    check();
    const found = this.pick(units, { order, from, size, whole, strict }, total);
    const results = await Promise.all(found.map((document) => this.result(document)));
    check();
    const counts = facets ? await this.count(units) : undefined;
    if (order !== "date" && !from) promote(results, text, units);
    return {
      results, query, counts, open, total: total || (strict ? 0 : found.length),
      some: !total && results.length > 0,
      mended: results.length ? units.flatMap(mending) : [],
    };
  }

  async byId(query) {
    const term = "#" + query.id;
    await this.store.load([term]);
    const entry = this.store.find(term);
    const results = entry ? [await this.result(entry.documents[0])] : [];
    return { results, query, total: results.length, some: false, mended: [] };
  }

  // Scores everything, with the rests of long lists where their heads do not settle it.
  async match(query, units, wanted) {
    this.matcher.run(units, query.not, query.allowed);
    let total = this.matcher.all();
    const cut = units.filter((unit) => unit.options.some(({ parts }) => parts.some(unloaded)));
    if (!cut.length || (total >= wanted && wanted < Infinity)) return total;
    if (wanted < Infinity && units.length === 1 && total) return total;
    if (wanted < Infinity && cut.length < units.length) {
      // Few enough papers have the rarer words: the common ones need only order them.
      for (const unit of cut) unit.optional = !unit.phrase && !unit.author;
      this.matcher.run(units, query.not, query.allowed);
      const possible = this.matcher.all();
      if (possible && possible <= wanted) return possible;
      for (const unit of cut) unit.optional = false;
    }
    const parts = cut.flatMap((unit) => unit.options.flatMap((option) => option.parts)).filter(unloaded);
    await Promise.all(parts.map(async (part) => { part.more = await this.store.rest(part.rest); }));
    for (const unit of units) unit.sequences = undefined;
    this.matcher.run(units, query.not, query.allowed);
    total = this.matcher.all();
    return total;
  }

  pick(units, { order, from, size, whole, strict }, total) {
    if (!units.length || order === "date") return this.matcher.newest(from, size);
    return this.matcher.top(from + size, strict || from > 0 || (whole && total)).slice(from);
  }

  // Which papers the filters let through, as a 1 for each; undefined where there are none.
  async filters(query) {
    const { topics, sources, code, years } = query;
    if (!topics.length && !sources.length && !code && !years) return;
    const { root } = this.store;
    const allowed = new Uint8Array(root.documents);
    const [from, to] = years ? this.range(years) : [0, root.documents];
    allowed.fill(1, from, to);
    query.allowed = allowed;
    if (!topics.length && !sources.length && !code) return;
    const facets = await this.store.facets();
    const lists = [
      ...topics.map((name) => facets.topics[called(facets.titles, name)]),
      ...sources.map((name) => facets.sources[name]),
      ...(code ? [facets.code] : []),
    ];
    for (const has of lists) {
      for (let d = 0; d < allowed.length; d++) allowed[d] &= has ? has[d] : 0;
    }
  }

  // Numbers of the first paper of a span of years and of the first one after it.
  range([from, to]) {
    const { years, documents } = this.store.root;
    const start = (year) => years.find(([name]) => name >= year)?.[1] ?? documents;
    return [from ? start(from) : start("0"), start(to + "~")];
  }

  // How many of the papers found are in each topic, source and year, and have code.
  async count(units) {
    const facets = await this.store.facets();
    const { hits, out } = this.matcher;
    const { years, documents } = this.store.root;
    const found = (d) => hits[d] === this.matcher.units && !out[d];
    const all = hits.reduce((list, _, d) => { if (found(d)) list.push(d); return list; }, []);
    const tally = (has) => all.reduce((sum, d) => sum + has[d], 0);
    const named = (lists) => Object.entries(lists).map(([name, list]) => ({ name, count: tally(list) }));
    const byYear = years.map(([name, first], i) => {
      let sum = 0;
      for (let d = first; d < (years[i + 1]?.[1] ?? documents); d++) if (found(d)) sum++;
      return { name, count: sum };
    });
    const topics = named(facets.topics).map((one) => ({ ...one, title: facets.titles[one.name] }));
    return { topics, sources: named(facets.sources), years: byYear, code: tally(facets.code) };
  }

  async result(document) {
    const [slug, title, authors, date] = await this.store.row(document);
    return { document, slug, title, authors, date };
  }
}

// The topic that a reader's word names: its name, or its title with whatever between the words.
function called(titles, word) {
  if (titles[word]) return word;
  const plain = (text) => chunks(text).join("-");
  return Object.keys(titles).find((name) => plain(titles[name]) === plain(word));
}

const unloaded = (part) => part.rest !== undefined && !part.more;

const mending = ({ raw, mended: [word] = [], meant = word }) => (meant ? [[raw, meant]] : []);

const isEmpty = ({ units, topics, sources, code, years }) =>
  !(units.length || topics.length || sources.length || code || years);

// A paper whose whole title was typed comes first. Those whose titles hold every word go by how
// much of the title that is, at the places they have.
function promote(results, text, units) {
  const typed = chunks(text).join(" ");
  const share = ({ title }) => {
    const words = chunks(title);
    if (words.join(" ") === typed) return Infinity;
    const indexed = words.map(wordsOf);
    const found = new Set(indexed.flatMap(([, list]) => list.map(([word]) => word)));
    const has = ({ options }) => options.some(({ parts }) => parts.every(({ term }) => found.has(term)));
    if (!units.length || !units.every(has)) return 0;
    // As it was typed is nearer than in the singular, or with an ending.
    const literal = units.filter(({ raw }) => words.some((word) => word === raw || word.endsWith(`-${raw}`))).length;
    return (units.length + LITERAL * literal) / indexed.reduce((sum, [size]) => sum + size, 0);
  };
  const shares = new Map(results.map((result) => [result, share(result)]));
  const titled = results.filter((result) => shares.get(result));
  const sorted = [...titled].sort((one, two) => shares.get(two) - shares.get(one) || 0);
  const places = titled.map((result) => results.indexOf(result));
  sorted.forEach((result, i) => { results[places[i]] = result; });
  const exact = results.findIndex((result) => shares.get(result) === Infinity);
  if (exact > 0) results.unshift(...results.splice(exact, 1));
}
