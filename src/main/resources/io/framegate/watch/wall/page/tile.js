/** One camera on the wall. Updates the document only while the tile is visible, and only if a value changed. */
import { nameOf, pictureOf } from './cameras.js';
import { fromTemplate, setAttribute, setText } from './dom.js';
import { Pictures } from './pictures.js';
import { ago, latency, notShown, rate, usual } from './words.js';

export class Tile {
  node = fromTemplate('tile-template');
  link = this.node.querySelector('a');
  /** Whether it is on the screen, or nearly. */
  inView = false;

  #cameras;
  #camera;
  #parts = Object.fromEntries(['type', 'plate', 'seen', 'address', 'pace', 'why'].map((name) => [name, this.node.querySelector(`.${name}`)]));
  #pictures = new Pictures(this.node.querySelector('.scene'), this.node.querySelector('.crop'));

  constructor(id, cameras) {
    this.#cameras = cameras;
    this.node.tile = this;
    this.link.href = `#camera=${encodeURIComponent(id)}`;
    this.link.dataset.id = id;
    this.#pictures.onAttempt = (index, shown) => index === 0 && this.#attempted(shown);
  }

  /** Known of every tile, seen or not: screen readers and the browser's own search go through them all. */
  name(camera) {
    setText(this.link, nameOf(camera));
    setAttribute(this.link, 'title', nameOf(camera));
    setAttribute(this.link, 'aria-label', accessibleName(camera));
  }

  show(camera) {
    this.#camera = camera;
    const { type, plate, address, pace } = this.#parts;
    this.node.classList.toggle('silent', Boolean(camera.silent));
    this.node.classList.toggle('pictureless', camera.version === undefined);
    this.node.classList.toggle('cropless', camera.crop === undefined || camera.crop === camera.version);
    setText(type, camera.type ?? '');
    setText(plate, camera.plate ?? '');
    setText(address, camera.mac ?? camera.address ?? '');
    setText(pace, paceOf(camera));
    this.tick();
    this.#pictures.want(0, camera.version === undefined ? null : pictureOf(camera, 'thumb.jpg', camera.version));
    this.#pictures.want(1, camera.crop === undefined ? null : pictureOf(camera, 'crop.jpg', camera.crop));
  }

  /** Says that there is a picture if the browser does not know its format. */
  #attempted(shown) {
    const unshown = !shown && this.#camera.format !== undefined;
    this.node.classList.toggle('unshown', unshown);
    setText(this.#parts.why, unshown ? notShown(this.#camera.format) : 'No picture yet');
  }

  /** Moves "2 s ago" on. */
  tick() {
    const seconds = this.#camera && this.#cameras.secondsSince(this.#camera.lastSeen);
    setText(this.#parts.seen, seconds === undefined ? '' : ago(seconds));
  }

  set fetching(fetching) {
    this.#pictures.open = fetching;
  }

  retry() {
    this.#pictures.retry();
  }
}

function paceOf(camera) {
  if (camera.silent) {
    return camera.interval === undefined ? '' : usual(camera.interval);
  }
  const parts = [];
  if (camera.rate !== undefined) {
    parts.push(`${rate(camera.rate)}/s`);
  }
  if (camera.latencyMillis !== undefined) {
    parts.push(latency(camera.latencyMillis));
  }
  return parts.join(' · ');
}

/**
 * Begins with what can be read; without what changes with every frame, or a screen reader would never come to an end.
 */
function accessibleName(camera) {
  return [nameOf(camera), camera.silent && 'silent', camera.type, camera.plate && `plate ${camera.plate}`].filter(Boolean).join(', ');
}
