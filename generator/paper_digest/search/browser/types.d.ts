// Shapes that the search's modules hand to each other. For the type checker alone: never served.

/** Papers that hold a word, as numbers in rising order, with a payload byte each (term_counts.py). */
export interface Postings {
  frequency: number;
  documents: ArrayLike<number>;
  payloads: ArrayLike<number>;
}

/** What a long list holds after its head. */
export interface Rest {
  documents: Int32Array;
  payloads: Uint8Array;
  /** The authors it names: the paper's number times 65,536, and the author's place. */
  authorKeys: number[];
}

/** A term of the index with the head of its list. */
export interface Entry extends Rest {
  term: string;
  /** Length of the first half of a compound written as one; 0 where it is none. */
  split: number;
  /** How many papers hold it, of which `documents` may be a part. */
  frequency: number;
  /** Number of the rest of a long list, and the rest once it was fetched. */
  rest: number | undefined;
  loadedRest?: Rest;
  fullPostings?: Postings;
  /** Where it stands in titles and texts: the paper's number times 65,536, and the position; rising. */
  positions?: { hasRest: boolean; keys: number[] };
}

/** A range of terms as a file of the index holds it. */
export interface TermShard {
  names: string[];
  places: Map<string, number>;
  splits: number[];
  frequencies: number[];
  starts: number[];
  documents: Int32Array;
  payloads: Uint8Array;
  authorKeys: number[][];
  long: Map<number, number>;
}

/** How many papers there are, and of which years. */
export interface PaperYears {
  documents: number;
  /** Each year with the number of its first paper. */
  years: [string, number][];
}

/** The index's table of contents, root.bin. */
export interface Root extends PaperYears {
  format: number;
  chunk: number;
  group: number;
  head: number;
  shards: string[];
  rests: number[];
  beginnings: string[];
  ends: string[];
  names: Record<
    "terms" | "rests" | "places" | "restPlaces" | "facets" | "documents" | "beginnings" | "ends",
    string
  >;
  newer?: NewerSegment;
}

/** What the root says of the segment of later and changed papers. */
export interface NewerSegment {
  /** Number in the archive of each paper, and numbers within the base of those replaced: as gaps. */
  numbers: number[];
  replaced: number[];
  /** For each of its term ranges the first one of the base that it stands beside. */
  ranges: number[];
  beginnings: string[];
  ends: string[];
  names: Record<"terms" | "places" | "facets" | "documents" | "beginnings" | "ends", string>;
}

/** For each topic, source and for code a 1 for each paper that has it. */
export interface FacetBitsets {
  topics: Record<string, Uint8Array>;
  titles: Record<string, string>;
  sources: Record<string, Uint8Array>;
  code: Uint8Array;
}

/** The facets file: numbers of papers as the gaps between them. */
export interface PackedFacets {
  topics: Record<string, number[]>;
  titles: Record<string, string>;
  above: Record<string, string>;
  sources: Record<string, number[]>;
  code: number[];
}

/** The file of `search: lunr` (lunr_index.py). */
export interface LunrFile {
  /** lunr's own index, of papers by number. */
  index: object;
  /** Of each paper its line with tabs, its text, its authors and its id. */
  papers: [string, string, string[], string][];
  facets: PackedFacets;
  years: [string, number][];
}

/** One way to meet a unit: entries that must follow each other, and what they count. */
export interface UnitOption {
  parts: Entry[];
  weight: number;
  /** It only begins with what was typed, which is a word itself. */
  completesWord?: boolean;
  /** Of several entries: the papers in which they stand in a row, of what was read of their lists. */
  papers?: Set<number>;
}

/** One word, or a compound, that a paper must (or must not) have. */
export interface Unit {
  /** Its parts in order, and its one-word form with the length of that form's first half. */
  words: string[];
  joined?: string;
  split?: number;
  /** It ends in ++ or #. */
  signed?: boolean;
  /** Its last part as it was typed. */
  raw: string;
  /** Its first position, and the one after its last. */
  at: number;
  end: number;
  /** It is too common; it must follow the unit before it; it was quoted; it must name an author. */
  stop?: boolean;
  phrase?: boolean;
  exact?: boolean;
  author?: boolean;
  /** It is left out, or another index has it: no other word stands for one that the archive lacks. */
  literal?: boolean;
  /** It is one letter of a name, and stands for any word of the name that begins so. */
  initial?: boolean;
  /** It must stand in the title; papers where it stands near the unit before it come first. */
  title?: boolean;
  near?: boolean;
  /** The name should be that of the first author; it is a bare year; it was typed in capitals. */
  firstAuthor?: boolean;
  hint?: boolean;
  acronym?: boolean;
  /** It may be half typed. */
  prefix?: boolean;
  /** A paper without it still counts as a match. */
  optional?: boolean;
  options: UnitOption[];
  /** Terms it may be a misspelling of, and the far commoner term it may stand for. */
  corrections?: string[];
  commonerTerm?: string;
  rarity: number;
  sequences?: Map<string, Postings>;
  /** Papers where it stands beside the unit before, as `near` asks for. */
  neighbours?: Set<number>;
}

/** What narrows the papers by more than words. */
export interface Filters {
  topics: string[];
  sources: string[];
  code: boolean;
  years?: string[];
}

export interface Query extends Filters {
  text: string;
  /** The paper's id that the whole query is, or "". */
  id: string;
  units: Unit[];
  /** Groups of units, and filters, none of which a paper may have. */
  not: Unit[][];
  without: Filters[];
  /** The year that was typed as a word, or "". */
  hintedYear: string;
  /** Papers that have what is left out, once they are known. */
  excluded?: Set<number>;
  /** A 1 for each paper that the filters let through; absent where there are none. */
  allowed?: Uint8Array;
  /** Filters that no paper at all meets, each with the one that may have been meant, or "". */
  unmet?: [string, string][];
}

export interface SearchOptions {
  /** Which results: the first one's number, and how many. */
  from?: number;
  size?: number;
  order?: string;
  /** Count exactly, also where that loads more. */
  exactTotal?: boolean;
  countFacets?: boolean;
  /** Filters, beside those that were typed. */
  topics?: string[];
  sources?: string[];
  code?: boolean;
  years?: string[];
  /** Nothing is asked looser, and these words, which another index has, are taken for no others. */
  asIs?: string[];
  /** Whether the answer is no longer wanted. */
  isStale?: () => boolean;
}

export interface Result {
  document: number;
  slug: string;
  title: string;
  authors: string;
  date: string;
  /** What it was ranked by; 0 where the order is by date or the query is an id. */
  score: number;
  /** The root of its site, seen from the current one's, where it is in a volume. */
  site?: string;
}

export interface FacetCount {
  name: string;
  count: number;
  title?: string;
}

export interface FacetCounts {
  topics: FacetCount[];
  sources: FacetCount[];
  years: FacetCount[];
  code: number;
}

export interface Answer {
  query: Query;
  results: Result[];
  total: number;
  /** More papers may match than were counted. */
  mayHaveMore?: boolean;
  /** How many papers follow those that have all words, with most of them. */
  incomplete?: number;
  /** No paper has all words: the results have some. */
  isPartial: boolean;
  /** No paper has all as it was asked: compounds were taken apart, or rare words taken for others. */
  isLoose?: boolean;
  /** Words as typed, each with the one it was taken for. */
  corrections: [string, string][];
  /** Words that no paper has, nor anything like them, and filters that none meets. */
  unknown: string[];
  counts?: FacetCounts;
  /** Volumes, by their roots, that could not be asked. */
  unreachable?: string[];
}

/** An entry of Material's result list. */
export interface BoxEntry {
  location: string;
  title: string;
  text: string;
  score: number;
  terms: Record<string, boolean>;
}

export type BoxItem = [BoxEntry];

/** A section of an ordinary page, as Material's search plugin indexes it. */
export interface PageSection {
  location: string;
  title: string;
  text: string;
}

export type Highlight = (text: string) => string;

/** Messages to the worker; `type` is a MessageType. */
/** A paper as a row of a list shows it; the date as far as it is known, in ISO form. */
export interface ListedPaper {
  slug: string;
  date: string;
}

export interface Request {
  type: number;
  id?: number | string;
  /** Of SETUP: the site's pages. Of QUERY: the text in the box. Of EARLY: the page's address from its question mark. */
  // biome-ignore lint/suspicious/noExplicitAny: Material's messages have two shapes, told by `type`
  data?: any;
  /** Of SEARCH and SNIPPET. */
  text?: string;
  options?: SearchOptions;
  /** Of HOLD. */
  papers?: ListedPaper[];
  lists?: string[][];
}

export interface PageResult extends Result {
  titleHtml: string;
  formattedDate: string;
}

/** What the search page gets back for SEARCH. */
export interface PageAnswer {
  type: number;
  id?: number | string;
  results: PageResult[];
  total: number;
  /** How many papers follow those that have all words, with most of them. */
  incomplete: number;
  isPartial: boolean;
  counts?: FacetCounts;
  countText: string;
  correctionText: string;
  /** Filters that no paper at all meets, each with the one that may have been meant, or "". */
  unmet: [string, string][];
  documents: number;
  isId: boolean;
}

declare global {
  interface Window {
    /** The search page's worker, which the page's head starts; 0 where its script could not be loaded. */
    searchWorker?: Worker | 0;
  }
  /** lunr.js, which stands before our modules in the worker's second script. */
  namespace lunr {
    interface Clauses {
      term(term: string, options: object): void;
    }
    interface Match {
      ref: string;
      score: number;
      /** `metadata` has the words that matched as its keys. */
      matchData: { metadata: object };
    }
    const Index: { load(index: object): { query(ask: (clauses: Clauses) => void): Match[] } };
  }
  interface WorkerGlobalScope {
    /** The site's ordinary pages, as Material handed them over. */
    sitePages: PageSection[];
    /** The roots of the volumes, seen from this site's. */
    volumePaths: string[];
    statusChannel: BroadcastChannel;
    /** The fetch of root.bin that began while the engine loads. */
    rootFetch?: Promise<Response>;
    retryLater: (message: Request) => void;
    /** Set by the engine once it has loaded. */
    handleMessage?: (message: Request) => void;
    cancelQuery?: () => void;
  }
}
