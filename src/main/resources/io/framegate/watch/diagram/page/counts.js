/** Compares figures with the last answer: which steps moved, failed, or hold exchanges. */
const HELD_MILLIS = 3000;

export class Counts {
  #seen = new Map();
  #now = 0;
  #before = 0;

  /** Before the figures of one answer. */
  begin() {
    this.#before = this.#now;
    this.#now = performance.now();
  }

  /** Of something that has total, failed and inFlight. */
  of(key, { total, failed = 0, inFlight = 0 }) {
    const last = this.#seen.get(key);
    // A route that was made anew counts from nothing.
    const known = last && last.total <= (total ?? 0) ? last : undefined;
    const moved = known ? (total ?? 0) - known.total : 0;
    const stuck = inFlight > 0 && moved === 0;
    const since = stuck ? (known?.since ?? this.#now) : undefined;
    this.#seen.set(key, { total: total ?? 0, failed, since });
    return {
      moved,
      perSecond: known && this.#before ? (1000 * moved) / (this.#now - this.#before) : 0,
      failedNow: known ? failed > known.failed : false,
      heldSeconds: since !== undefined && this.#now - since >= HELD_MILLIS ? (this.#now - since) / 1000 : 0,
    };
  }
}
