/** The size of the tiles: many small ones or few large ones, remembered. */
import { byId } from './dom.js';
import { recall, remember } from './memory.js';

const WIDTHS = ['9.5rem', '12.5rem', '16.5rem', '22rem', '32rem'];

export function followSize() {
  const slider = byId('size');
  const width = WIDTHS.indexOf(recall('size'));
  if (width >= 0) {
    slider.value = String(width);
  }
  const show = () => byId('tiles').style.setProperty('--tile', WIDTHS[slider.value]);
  slider.addEventListener('input', () => {
    remember('size', WIDTHS[slider.value]);
    show();
  });
  show();
}
