/** The view of one camera: its film, its recent pictures, and its last event. */
import { nameOf, pictureOf } from './cameras.js';
import { arrange, byId, fromTemplate, oncePerFrame, setText } from './dom.js';
import { Events, ownAddress } from './events.js';
import { Stage } from './stage.js';
import { ago, bytes, count, latency, rate, time, usual } from './words.js';

export class CameraView {
  #cameras;
  #stage = new Stage();
  #id = null;
  /** The version that the view is at; null if it has yet to begin. */
  #version = null;
  #events = null;
  #latest = null;
  #chosen = null;
  #fetching = false;
  #live = false;
  #items = new Map();
  #draw = oncePerFrame(() => this.#show());

  constructor(cameras) {
    this.#cameras = cameras;
    cameras.subscribe((ids) => {
      if (ids.has(this.#id)) {
        this.#draw();
      }
    });
    setInterval(() => this.#live && this.#showFacts(), 1000);
    byId('live-again').addEventListener('click', () => this.#choose(null));
  }

  get id() {
    return this.#id;
  }

  open(id) {
    this.close();
    this.#id = id;
    this.#events = new Events(id, (events) => this.#take(events));
    byId('camera').hidden = false;
    this.#show();
    byId('camera-name').focus({ preventScroll: true });
  }

  close() {
    this.#events?.stop();
    this.#stage.clear();
    this.#items.clear();
    this.#id = this.#version = this.#events = this.#latest = this.#chosen = null;
    byId('recent').replaceChildren();
    byId('attributes').replaceChildren();
    byId('camera').hidden = true;
  }

  /** Whether pictures may be fetched, and whether the gateway is there; a film does not outlive its connection. */
  follow({ fetching, live }) {
    if (!fetching && live) {
      this.#freeze();
    }
    if (fetching && !this.#fetching) {
      this.#stage.stop();
      this.#version = null;
      this.#items.clear();
    }
    this.#fetching = fetching;
    this.#live = live;
    this.#draw();
  }

  /** Ends the film. If it is paused and not hidden, one last picture replaces it, because the one below it is older. */
  #freeze() {
    const camera = this.#cameras.get(this.#id);
    this.#stage.stop();
    if (!document.hidden && !this.#chosen && camera?.version !== undefined) {
      this.#stage.still(pictureOf(camera, 'latest.jpg', camera.version), camera.format);
    }
  }

  #show() {
    if (this.#id === null) {
      return;
    }
    const camera = this.#cameras.get(this.#id);
    setText(byId('camera-name'), camera ? nameOf(camera) : this.#live ? 'This camera is no longer known' : 'Waiting for the gateway');
    byId('camera-silent').hidden = !camera?.silent;
    byId('screen-empty').hidden = !camera || camera.version !== undefined;
    this.#showFacts();
    if (!camera) {
      this.#stage.stop();
      return;
    }
    if (this.#fetching && camera.version !== this.#version) {
      this.#version = camera.version;
      this.#events.refresh();
      if (!this.#chosen) {
        this.#stage.play(camera);
      }
    }
    this.#showCaption(camera);
  }

  #showFacts() {
    const camera = this.#id === null ? null : this.#cameras.get(this.#id);
    if (!camera) {
      setText(byId('camera-facts'), '');
      return;
    }
    const seconds = this.#cameras.secondsSince(camera.lastSeen);
    const facts = [
      camera.mac,
      camera.address,
      camera.device,
      seconds !== undefined && `seen ${ago(seconds)}`,
      camera.silent && camera.interval !== undefined && usual(camera.interval),
      !camera.silent && camera.rate !== undefined && `${rate(camera.rate)} frames/s`,
      camera.latencyMillis !== undefined && latency(camera.latencyMillis),
      camera.images !== undefined && `${count(camera.images)} ${camera.images === 1 ? 'image' : 'images'}`,
    ];
    setText(byId('camera-facts'), facts.filter(Boolean).join(' · '));
  }

  #showCaption(camera) {
    const original = byId('original');
    byId('live-again').hidden = !this.#chosen;
    if (this.#chosen) {
      setText(byId('caption'), `Stored picture of ${time(this.#chosen.at)}`);
    } else if (camera.version === undefined) {
      setText(byId('caption'), '');
    } else {
      const playing = this.#stage.isFilm ? 'Live at full rate' : 'Live, picture by picture';
      setText(byId('caption'), !this.#live ? 'The last picture' : this.#fetching ? playing : 'Paused');
    }
    const address = this.#chosen
      ? ownAddress(this.#chosen.image)
      : camera.version !== undefined && pictureOf(camera, 'latest.jpg', camera.version);
    original.hidden = !address;
    if (address) {
      original.href = address;
    }
  }

  /** Takes the recent events. */
  #take(events) {
    this.#latest = events[0] ?? null;
    this.#showAttributes();
    const list = byId('recent');
    // Nothing moves away under a pointer or a focus that is about to choose it.
    if (list.matches(':hover, :focus-within')) {
      return;
    }
    const items = new Map();
    for (const event of events.filter((event) => ownAddress(event.thumb ?? event.image))) {
      const key = `${event.at} ${event.thumb ?? event.image}`;
      items.set(key, this.#items.get(key) ?? this.#item(event));
    }
    this.#items = items;
    arrange(list, [...items.values()]);
    byId('no-recent').hidden = items.size > 0;
  }

  #item(event) {
    const item = fromTemplate('recent-template');
    const button = item.querySelector('button');
    const image = item.querySelector('img');
    image.src = ownAddress(event.thumb ?? event.image);
    // Deleted meanwhile, or no connection: an empty frame, not the browser's broken one.
    image.addEventListener('error', () => image.removeAttribute('src'));
    setText(item.querySelector('span'), time(event.at));
    button.setAttribute('aria-label', `Picture of ${time(event.at)}${event.type ? `, ${event.type}` : ''}`);
    button.addEventListener('click', () => this.#choose(event, button));
    return item;
  }

  /** Shows a stored picture instead of the film, or the film again. */
  #choose(event, button) {
    this.#chosen = event;
    byId('recent').querySelector('[aria-current]')?.removeAttribute('aria-current');
    button?.setAttribute('aria-current', 'true');
    this.#stage.stop();
    if (event) {
      this.#stage.still(ownAddress(event.image) ?? ownAddress(event.thumb), event.format);
    } else if (this.#fetching) {
      this.#version = null;
    } else {
      this.#freeze();
    }
    this.#showAttributes();
    this.#draw();
  }

  #showAttributes() {
    const event = this.#chosen ?? this.#latest;
    setText(byId('event-title'), this.#chosen ? 'Event of this picture' : 'Last event');
    const rows = event ? [
      ['time', time(event.at)],
      ['type', event.type],
      ['role', event.role],
      ...Object.entries(event.attributes ?? {}),
      ['format', event.format],
      ['size', event.width && event.height && `${event.width} × ${event.height}`],
      ['bytes', event.bytes !== undefined && bytes(event.bytes)],
      ['latency', event.latencyMillis !== undefined && latency(event.latencyMillis)],
    ].filter(([, value]) => value !== undefined && value !== false && value !== '') : [['', 'None yet']];
    const body = byId('attributes');
    while (body.rows.length > rows.length) {
      body.deleteRow(-1);
    }
    rows.forEach(([name, value], at) => {
      const row = body.rows[at] ?? newRow(body);
      setText(row.cells[0], name);
      setText(row.cells[1], String(value));
    });
  }
}

function newRow(body) {
  const row = body.insertRow();
  const head = document.createElement('th');
  head.scope = 'row';
  row.append(head, document.createElement('td'));
  return row;
}
