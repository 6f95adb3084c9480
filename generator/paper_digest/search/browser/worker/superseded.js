// Says that nobody waits for an answer any more.

/** A newer query has come in the meantime. */
export class Superseded extends Error {}
