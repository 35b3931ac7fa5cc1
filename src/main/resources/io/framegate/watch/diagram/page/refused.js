/** The route files of which an edit was refused: the gateway runs without the edit, and the next start would fail. */
import { announce } from './announce.js';
import { byId, setText } from './dom.js';

let shown = [];

export function showRefused(refused) {
  const texts = refused.map(({ file, line, reason }) => `${file}${line ? `, line ${line}` : ''}: ${reason}`);
  if (texts.join('\n') === shown.join('\n')) {
    return;
  }
  byId('refused').hidden = texts.length === 0;
  byId('refused').querySelector('ul').replaceChildren(
    ...texts.map((text) => {
      const item = document.createElement('li');
      setText(item, text);
      return item;
    }),
  );
  texts.filter((text) => !shown.includes(text)).forEach((text) => announce(`Refused: ${text}`));
  shown = texts;
}
