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
