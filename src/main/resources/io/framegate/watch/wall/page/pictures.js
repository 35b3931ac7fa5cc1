/**
 * Loads the pictures of one tile: never two at a time, and always the newest that is wanted by then, so that a slow
 * network leaves frames out instead of falling behind.
 */
const PATIENCE_MILLIS = 15000;

export class Pictures {
  #slots;
  #open = 'none';
  #busy = false;
  /** Called with the index of an image after each attempt, and with whether it shows the picture. */
  onAttempt = () => {};

  /** images: the <img> elements to keep new; each is one of a pair, of which the other loads the next picture. */
  constructor(...images) {
    this.#slots = images.map((front) => ({ front, back: front.cloneNode(), wanted: null, tried: null, shown: null }));
  }

  /** Asks for a picture in the image of that index; null for none. */
  want(index, address) {
    this.#slots[index].wanted = address;
    this.#run();
  }

  /** Which pictures may be loaded now: 'all', 'first' if none has been shown yet, or 'none'. */
  set open(open) {
    this.#open = open;
    this.#run();
  }

  /** Tries failed pictures again. */
  retry() {
    this.#slots.forEach((slot) => (slot.tried = slot.shown));
    this.#run();
  }

  async #run() {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    const blank = this.#slots.every((slot) => slot.shown === null);
    const due = (slot) => (this.#open === 'all' || (this.#open === 'first' && blank)) && slot.wanted && slot.wanted !== slot.tried;
    while (this.#slots.some(due)) {
      for (const slot of this.#slots) {
        if (due(slot)) {
          this.onAttempt(this.#slots.indexOf(slot), await load(slot));
        }
      }
    }
    this.#busy = false;
  }
}

/** Shows the picture after it is decoded, so nothing flickers. Returns false if that fails; the last picture stays. */
async function load(slot) {
  const { front, back, wanted } = slot;
  slot.tried = wanted;
  const impatience = setTimeout(() => back.removeAttribute('src'), PATIENCE_MILLIS);
  back.src = wanted;
  try {
    await back.decode();
    front.replaceWith(back);
    back.dataset.loaded = '';
    Object.assign(slot, { front: back, back: front, shown: wanted });
    return true;
  } catch {
    // Deleted, replaced or not reachable: the next version is fetched. Or the browser does not know its format.
    return false;
  } finally {
    clearTimeout(impatience);
  }
}
