/**
 * The connection to the gateway. It is open only while the tab can be seen. The gateway sends a status every second;
 * without it, the connection counts as lost even if it was not closed.
 */
const SILENCE_MILLIS = 8000;
const RETRY_MILLIS = 2000;

export class Stream {
  /** 'connecting' until it was live once, then 'live' or 'lost'. */
  state = 'connecting';
  /** When the gateway was heard last, in milliseconds of this clock. */
  heard = Date.now();

  #handlers;
  #source = null;
  #opened = 0;
  #retry = 0;

  /** handlers: cameras, camera and status take what the event says; state is called when the state changes. */
  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener('visibilitychange', () => this.#follow());
    setInterval(() => this.#check(), 1000);
    this.#follow();
  }

  #follow() {
    this.#close();
    if (!document.hidden) {
      this.#open();
    }
  }

  #open() {
    const source = new EventSource('api/stream');
    this.#source = source;
    this.#opened = Date.now();
    for (const name of ['cameras', 'camera', 'status']) {
      source.addEventListener(name, (event) => {
        this.heard = Date.now();
        // Live only with the cameras: what the page shows before them is from the connection that broke.
        if (name === 'cameras' || this.state === 'live') {
          this.#handlers[name](JSON.parse(event.data));
        }
        if (name === 'cameras') {
          this.#become('live');
        }
      });
    }
    source.addEventListener('error', () => {
      this.#become('lost');
      // After a refusal (a 503, a proxy's 502) an EventSource does not try again by itself.
      if (source.readyState === EventSource.CLOSED) {
        this.#again();
      }
    });
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #again() {
    this.#close();
    this.#retry = setTimeout(() => this.#follow(), RETRY_MILLIS);
  }

  #check() {
    if (this.#source && Date.now() - Math.max(this.heard, this.#opened) > SILENCE_MILLIS) {
      this.#become('lost');
      this.#again();
    }
  }

  #become(state) {
    if (state === 'lost' && this.state === 'connecting') {
      this.heard = Date.now();
    }
    if (this.state !== state) {
      this.state = state;
      this.#handlers.state(state);
    }
  }
}
