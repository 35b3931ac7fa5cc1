/** The tiles of the wall: their order, which of them are visible, and the keys that move between them. */
import { arrange, byId, oncePerFrame, setText } from './dom.js';
import { Tile } from './tile.js';

export class Tiles {
  #cameras;
  #filter;
  #list = byId('tiles');
  #tiles = new Map();
  #dirty = new Set();
  #fetching = 'none';
  #draw = oncePerFrame(() => this.#drawDirty());
  #sight = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)), { rootMargin: '100px' });

  constructor(cameras, filter) {
    this.#cameras = cameras;
    this.#filter = filter;
    cameras.subscribe((ids) => {
      ids.forEach((id) => this.#dirty.add(id));
      this.#draw();
    });
    filter.subscribe(() => this.refresh());
    this.#list.addEventListener('keydown', (event) => this.#move(event));
    setInterval(() => this.tick(), 1000);
  }

  /** Whether the gateway answers. While it does not, the tiles fetch nothing and their times stand still. */
  live = false;

  /**
   * Which pictures the tiles that can be seen may load: 'all', 'first' or 'none'. Less takes effect at once, as a
   * hidden tab draws nothing more; all with the next drawing, when the tiles know what is new.
   */
  set fetching(fetching) {
    this.#fetching = fetching;
    if (fetching !== 'all') {
      this.#openTiles();
    }
    this.refresh();
  }

  retry() {
    this.#tiles.forEach((tile) => tile.retry());
  }

  refresh() {
    this.#cameras.all().forEach((camera) => this.#dirty.add(camera.id));
    this.#draw();
  }

  tick() {
    if (this.live && !document.hidden) {
      for (const tile of this.#tiles.values()) {
        if (tile.inView) {
          tile.tick();
        }
      }
    }
  }

  focus(id) {
    this.#tiles.get(id)?.link.focus({ preventScroll: true });
  }

  /** The cameras that are shown, in their order. */
  shownIds() {
    return this.#links().map((link) => link.dataset.id);
  }

  #drawDirty() {
    for (const id of this.#dirty) {
      const camera = this.#cameras.get(id);
      let tile = this.#tiles.get(id);
      if (!camera) {
        this.#forget(id, tile);
        continue;
      }
      if (!tile) {
        tile = new Tile(id, this.#cameras);
        this.#tiles.set(id, tile);
        this.#sight.observe(tile.node);
      }
      tile.name(camera);
      tile.node.hidden = !this.#filter.fits(camera);
      if (tile.inView) {
        tile.show(camera);
      }
    }
    this.#dirty.clear();
    arrange(this.#list, this.#cameras.ordered().map((camera) => this.#tiles.get(camera.id).node));
    this.#openTiles();
    this.#count();
  }

  #openTiles() {
    for (const tile of this.#tiles.values()) {
      tile.fetching = this.#allowed(tile);
    }
  }

  #allowed(tile) {
    return tile.inView ? this.#fetching : 'none';
  }

  #forget(id, tile) {
    if (tile) {
      this.#sight.unobserve(tile.node);
      tile.fetching = 'none';
      this.#tiles.delete(id);
    }
  }

  #seen({ target, isIntersecting }) {
    const tile = target.tile;
    tile.inView = isIntersecting;
    const camera = this.#cameras.get(tile.link.dataset.id);
    if (isIntersecting && camera) {
      tile.show(camera);
    }
    tile.fetching = this.#allowed(tile);
  }

  #count() {
    const all = this.#cameras.size;
    const shown = this.#links().length;
    setText(byId('shown'), all === 0 ? '' : `${shown} of ${all}`);
    byId('empty').hidden = all > 0 || !this.live;
    byId('nothing').hidden = all === 0 || shown > 0;
  }

  #links() {
    return [...this.#list.querySelectorAll('.tile:not([hidden]) > a')];
  }

  #move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const links = this.#links();
    const columns = getComputedStyle(this.#list).gridTemplateColumns.split(' ').length;
    const at = links.indexOf(document.activeElement);
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - columns,
      ArrowDown: at + columns,
      Home: 0,
      End: links.length - 1,
    }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      links[to]?.focus();
    }
  }
}
