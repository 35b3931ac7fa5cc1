/** Fetches the recent events of one camera when there are new ones: one request at a time, and not too often. */
const LIMIT = 30;
const PAUSE_MILLIS = 1500;

export class Events {
  #camera;
  #take;
  #running = false;
  #stale = false;
  #aborter = new AbortController();

  /** take is given the events, newest first. */
  constructor(camera, take) {
    this.#camera = camera;
    this.#take = take;
  }

  async refresh() {
    this.#stale = true;
    if (this.#running) {
      return;
    }
    this.#running = true;
    while (this.#stale && !document.hidden && !this.#aborter.signal.aborted) {
      this.#stale = false;
      await this.#load();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    }
    this.#running = false;
  }

  stop() {
    this.#aborter.abort();
  }

  async #load() {
    try {
      const query = new URLSearchParams({ camera: this.#camera, limit: LIMIT });
      const answer = await fetch(withoutLogin(`api/events?${query}`), { signal: this.#aborter.signal });
      if (answer.ok) {
        const { events } = await answer.json();
        if (!this.#aborter.signal.aborted) {
          this.#take(events);
        }
      }
    } catch {
      // No connection, or the view was closed; the next picture asks again.
    }
  }
}

/** Where the page was opened as user:password@host, fetch refuses every address that is relative to it. */
export function withoutLogin(address) {
  return Object.assign(new URL(address, location.href), { username: '', password: '' });
}

/** An address that came as data: only one of this origin is used, and never a script's. */
export function ownAddress(text) {
  if (!text || !URL.canParse(text, location.href)) {
    return null;
  }
  const url = new URL(text, location.href);
  return url.origin === location.origin ? url.href : null;
}
