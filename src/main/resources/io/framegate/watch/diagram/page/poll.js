/** Polls one document of the gateway while the tab is visible. */
const EVERY_MILLIS = 1000;
const RETRY_MILLIS = 2000;
const SILENCE_MILLIS = 8000;

export class Poll {
  /** 'connecting' until there was an answer, then 'live' or 'lost'. */
  state = 'connecting';
  /** When the gateway was heard last, in milliseconds of this clock. */
  heard = Date.now();

  #address;
  #handlers;
  #timer = 0;
  #asking = null;

  /** handlers: data takes each answer; state is called when the state changes. */
  constructor(address, handlers) {
    this.#address = address;
    this.#handlers = handlers;
    document.addEventListener('visibilitychange', () => this.#follow());
    this.#follow();
  }

  #follow() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
    if (!document.hidden) {
      this.#ask();
    }
  }

  async #ask() {
    const asking = new AbortController();
    this.#asking = asking;
    const patience = setTimeout(() => asking.abort(), SILENCE_MILLIS);
    let answer = null;
    try {
      const response = await fetch(this.#address, { signal: asking.signal, cache: 'no-store' });
      answer = response.ok ? await response.json() : null;
    } catch {
      // Away, or too slow.
    } finally {
      clearTimeout(patience);
    }
    if (this.#asking === asking) {
      this.#timer = setTimeout(() => this.#ask(), answer ? EVERY_MILLIS : RETRY_MILLIS);
      this.#take(answer);
    }
  }

  #take(answer) {
    if (answer) {
      this.heard = Date.now();
      this.#become('live');
      this.#handlers.data(answer);
    } else {
      this.#become('lost');
    }
  }

  #become(state) {
    if (this.state !== state) {
      this.state = state;
      this.#handlers.state(state);
    }
  }
}
