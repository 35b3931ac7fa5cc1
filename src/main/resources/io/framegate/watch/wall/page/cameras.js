/** The cameras as the gateway reported them, in display order, and the offset of its clock. */

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export class Cameras {
  #byId = new Map();
  #listeners = [];
  #clockOffset = 0;

  /** listener takes the set of ids that changed. */
  subscribe(listener) {
    this.#listeners.push(listener);
  }

  replace({ now, cameras }) {
    const server = Date.parse(now);
    this.#clockOffset = Number.isNaN(server) ? 0 : server - Date.now();
    const before = [...this.#byId.keys()];
    this.#byId = new Map(cameras.map((camera) => [camera.id, camera]));
    this.#tell(new Set([...before, ...this.#byId.keys()]));
  }

  merge(cameras) {
    for (const camera of cameras) {
      this.#byId.set(camera.id, camera);
    }
    this.#tell(new Set(cameras.map((camera) => camera.id)));
  }

  get(id) {
    return this.#byId.get(id);
  }

  get size() {
    return this.#byId.size;
  }

  all() {
    return [...this.#byId.values()];
  }

  /** Silent ones first, then by name; by id where names are the same, so that none changes places with its twin. */
  ordered() {
    return this.all().sort(
      (a, b) => Boolean(b.silent) - Boolean(a.silent) || collator.compare(nameOf(a), nameOf(b)) || (a.id < b.id ? -1 : 1),
    );
  }

  /** Seconds since the camera was seen, by the gateway's clock; undefined if it never was. */
  secondsSince(instant) {
    const seen = Date.parse(instant);
    return Number.isNaN(seen) ? undefined : Math.max(0, (Date.now() + this.#clockOffset - seen) / 1000);
  }

  #tell(ids) {
    this.#listeners.forEach((listener) => listener(ids));
  }
}

export function nameOf(camera) {
  return camera.name || camera.mac || camera.address || 'Unnamed camera';
}

/** The address of one of a camera's pictures. The version gives every picture a different address. */
export function pictureOf(camera, file, version) {
  return `live/${encodeURIComponent(camera.id)}/${file}?v=${encodeURIComponent(version)}`;
}

export function mjpegOf(camera) {
  return `live/${encodeURIComponent(camera.id)}.mjpeg`;
}
