/** Dark or light: the system's preference, unless the operator chose. Runs before the first paint. */
import { recall, remember } from './memory.js';

const system = matchMedia('(prefers-color-scheme: light)');
let chosen = recall('theme');

show();
system.addEventListener('change', show);
document.addEventListener('DOMContentLoaded', () => {
  document.getElementById('theme').addEventListener('click', toggle);
  show();
});

function current() {
  return ['dark', 'light'].includes(chosen) ? chosen : system.matches ? 'light' : 'dark';
}

function toggle() {
  chosen = current() === 'dark' ? 'light' : 'dark';
  remember('theme', chosen);
  show();
}

function show() {
  document.documentElement.dataset.theme = current();
  const button = document.getElementById('theme');
  if (button) {
    const words = current() === 'dark' ? 'Light colours' : 'Dark colours';
    button.querySelector('span').textContent = words;
    button.title = words;
  }
}
