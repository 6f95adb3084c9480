// What a message to or from the search worker is, as its `type`: Material's own four, then ours.
export const MessageType = Object.freeze({
  SETUP: 0,
  READY: 1,
  QUERY: 2,
  RESULT: 3,
  SEARCH: 11,
  SEARCH_RESULT: 12,
  FAILED: 13,
  SNIPPET: 14,
  SNIPPET_RESULT: 15,
  HOLD: 16,
  HOLD_RESULT: 17,
  // partials/early-search.html has this number.
  EARLY: 18,
  HEARD: 19,
});
