/** The filter: search field, types and "silent only". The address keeps its state for reloads and bookmarks. */
import { arrange, byId, setText } from './dom.js';
import { nameOf } from './cameras.js';

const GATHER_MILLIS = 300;

export class Filter {
  #search = byId('search');
  #type = byId('type');
  #silentOnly = byId('silent-only');
  #words = [];
  #listeners = [];
  #timer = 0;

  constructor(cameras) {
    this.#recall();
    this.#search.addEventListener('input', () => this.#tell());
    // Before a camera is opened, or the filter would be kept in its address and not in the wall's.
    this.#search.addEventListener('change', () => this.#remember());
    this.#type.addEventListener('change', () => this.#tell());
    this.#silentOnly.addEventListener('click', () => {
      this.#pressSilent(!this.#isSilentOnly());
      this.#tell();
    });
    byId('clear').addEventListener('click', () => this.#clear());
    cameras.subscribe(() => this.#offer(cameras.all()));
  }

  subscribe(listener) {
    this.#listeners.push(listener);
  }

  /** Every word must be somewhere; a MAC may be typed with or without its separators. */
  fits(camera) {
    if ((this.#isSilentOnly() && !camera.silent) || (this.#type.value && camera.type !== this.#type.value)) {
      return false;
    }
    if (this.#words.length === 0) {
      return true;
    }
    const mac = camera.mac ?? '';
    const text = [nameOf(camera), mac, mac.replace(/[^0-9a-z]/gi, ''), camera.address, camera.device, camera.type, camera.plate]
      .join('\n')
      .toLowerCase();
    return this.#words.every((word) => text.includes(word));
  }

  /** The types and the number of silent cameras there are now. */
  #offer(cameras) {
    setText(byId('silent-count'), String(cameras.filter((camera) => camera.silent).length));
    const types = new Set(cameras.map((camera) => camera.type).filter(Boolean));
    if (this.#type.value) {
      types.add(this.#type.value);
    }
    const [all, ...known] = this.#type.options;
    const options = [...types].sort().map((type) => known.find((option) => option.value === type) ?? new Option(type, type));
    arrange(this.#type, [all, ...options]);
  }

  #isSilentOnly() {
    return this.#silentOnly.getAttribute('aria-pressed') === 'true';
  }

  #pressSilent(pressed) {
    this.#silentOnly.setAttribute('aria-pressed', String(pressed));
  }

  #clear() {
    this.#search.value = '';
    this.#type.value = '';
    this.#pressSilent(false);
    this.#tell();
    this.#search.focus();
  }

  #tell() {
    this.#read();
    this.#listeners.forEach((listener) => listener());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#remember(), GATHER_MILLIS);
  }

  #read() {
    this.#words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
  }

  #recall() {
    const asked = new URLSearchParams(location.search);
    const type = asked.get('type') ?? '';
    this.#search.value = asked.get('search') ?? '';
    if (type) {
      this.#type.append(new Option(type, type, false, true));
    } else {
      // A browser that restores its fields would show another filter than the address.
      this.#type.value = '';
    }
    this.#pressSilent(asked.get('silent') === 'true');
    this.#read();
  }

  #remember() {
    const asked = new URLSearchParams();
    const keep = (name, value) => value && asked.set(name, value);
    keep('search', this.#search.value.trim());
    keep('type', this.#type.value);
    keep('silent', this.#isSilentOnly() && 'true');
    const query = asked.size > 0 ? `?${asked}` : '';
    if (query !== location.search) {
      history.replaceState(history.state, '', location.pathname + query + location.hash);
    }
  }
}
