/**
 * The large picture: live as MJPEG at full rate; where that is refused, or while it is paused, as single pictures.
 * What is on the screen stays until the next picture is there.
 */
import { byId, setText } from './dom.js';
import { mjpegOf, pictureOf } from './cameras.js';
import { Pictures } from './pictures.js';
import { notShown } from './words.js';

export class Stage {
  #screen = byId('screen');
  #still = Object.assign(new Image(), { className: 'still', alt: '' });
  #stills = new Pictures(this.#still);
  #film = null;
  #refused = false;
  #format;

  constructor() {
    this.#screen.prepend(this.#still);
    this.#watch();
  }

  get isFilm() {
    return this.#film !== null;
  }

  /** Plays what the camera sends. */
  play(camera) {
    if (camera.version === undefined) {
      return;
    }
    if (this.#film && camera.format !== undefined) {
      this.stop();
    }
    if (!this.#film && !this.#refused && camera.format === undefined) {
      this.#startFilm(camera);
    }
    if (!this.#film || !this.#screen.classList.contains('playing')) {
      this.still(pictureOf(camera, 'latest.jpg', camera.version), camera.format);
    }
  }

  /**
   * Shows one picture, in the place of the film once the film is stopped. The format has a name if not every browser
   * knows it.
   */
  still(address, format) {
    this.#format = format;
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
    this.#watch();
  }

  /** Says that there is a picture if the browser does not know its format. */
  #watch() {
    const unshown = byId('screen-unshown');
    unshown.hidden = true;
    this.#screen.classList.remove('unshown');
    this.#stills.onAttempt = (index, shown) => {
      unshown.hidden = shown || this.#format === undefined;
      this.#screen.classList.toggle('unshown', !unshown.hidden);
      setText(unshown, unshown.hidden ? '' : notShown(this.#format));
    };
  }

  #startFilm(camera) {
    const film = Object.assign(new Image(), { className: 'film', alt: '' });
    film.addEventListener('load', () => {
      byId('screen-unshown').hidden = true;
      this.#screen.classList.add('playing');
    });
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
