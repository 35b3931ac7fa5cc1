/** Announces important changes to screen readers: politely, and several at once as one text. */
import { byId, setText } from './dom.js';

const GATHER_MILLIS = 1500;
const waiting = new Set();
let timer = 0;

export function announce(text) {
  waiting.add(text);
  timer ||= setTimeout(() => {
    setText(byId('announcements'), [...waiting].join('. '));
    waiting.clear();
    timer = 0;
  }, GATHER_MILLIS);
}

/** Announces cameras that fall silent or come back: by name if they are few. */
export function watchSilence(cameras, nameOf) {
  let before = null;
  let timer = 0;
  cameras.subscribe(() => {
    timer ||= setTimeout(() => {
      timer = 0;
      const now = new Map(cameras.all().map((camera) => [camera.id, Boolean(camera.silent)]));
      if (before) {
        const changed = (to) => cameras.all().filter(({ id }) => before.get(id) === !to && now.get(id) === to);
        say(changed(true), 'silent');
        say(changed(false), 'back');
      }
      before = now;
    }, GATHER_MILLIS);
  });

  function say(changed, what) {
    if (changed.length > 3) {
      announce(`${changed.length} cameras are ${what}`);
    } else {
      changed.forEach((camera) => announce(`${nameOf(camera)} is ${what}`));
    }
  }
}
