/**
 * The large picture: live as MJPEG at full rate; where that is refused, or while it is paused, as single pictures.
 * What is on the screen stays until the next picture is there.
 */
import { byId } from './dom.js';
import { mjpegOf, pictureOf } from './cameras.js';
import { Pictures } from './pictures.js';

export class Stage {
  #screen = byId('screen');
  #still = Object.assign(new Image(), { className: 'still', alt: '' });
  #stills = new Pictures(this.#still);
  #film = null;
  #refused = false;

  constructor() {
    this.#screen.prepend(this.#still);
  }

  get isFilm() {
    return this.#film !== null;
  }

  /** Plays what the camera sends. */
  play(camera) {
    if (camera.version === undefined) {
      return;
    }
    if (!this.#film && !this.#refused) {
      this.#startFilm(camera);
    }
    if (!this.#film || !this.#screen.classList.contains('playing')) {
      this.still(pictureOf(camera, 'latest.jpg', camera.version));
    }
  }

  /** Shows one picture, in the place of the film once the film is stopped. */
  still(address) {
    this.#stills.open = 'all';
    this.#stills.want(0, address);
  }

  /** Stops the film: its connection ends here. */
  stop() {
    this.#film?.removeAttribute('src');
    this.#film?.remove();
    this.#film = null;
    this.#refused = false;
    this.#screen.classList.remove('playing');
    this.#stills.open = 'none';
  }

  clear() {
    this.stop();
    const fresh = Object.assign(new Image(), { className: 'still', alt: '' });
    this.#screen.querySelector('.still').replaceWith(fresh);
    this.#stills = new Pictures(fresh);
  }

  #startFilm(camera) {
    const film = Object.assign(new Image(), { className: 'film', alt: '' });
    film.addEventListener('load', () => this.#screen.classList.add('playing'));
    film.addEventListener('error', () => {
      if (film === this.#film) {
        this.stop();
        this.#refused = true;
        this.#stills.open = 'all';
      }
    });
    film.src = mjpegOf(camera);
    this.#film = film;
    this.#screen.append(film);
  }
}
