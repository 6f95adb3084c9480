// Says that a file of the index did not come.

export class MissingFile extends Error {
  /**
   * @param {string} name
   * @param {boolean} isGone the archive was published anew in the meantime
   */
  constructor(name, isGone) {
    super(`${name} could not be loaded`);
    this.isGone = isGone;
  }
}

/**
 * Loads a file, and says so where it does not come.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} load
 * @returns {Promise<T>} throws MissingFile
 */
export async function orMissing(name, load) {
  try {
    return await load();
  } catch {
    throw new MissingFile(name, false);
  }
}
