/** Connects the parts: the stream updates the cameras, and the cameras update the views. */
import { watchSilence } from './announce.js';
import { Banned } from './banned.js';
import { CameraView } from './camera-view.js';
import { Cameras, nameOf } from './cameras.js';
import { Connection } from './connection.js';
import { byId, setIcon } from './dom.js';
import { Filter } from './filter.js';
import { followSize } from './size.js';
import { Status } from './status.js';
import { Stream } from './stream.js';
import { Tiles } from './tiles.js';

history.scrollRestoration = 'manual';

const cameras = new Cameras();
const filter = new Filter(cameras);
const tiles = new Tiles(cameras, filter);
const view = new CameraView(cameras);
const status = new Status();
const banned = new Banned();
let paused = false;
let wallScroll = 0;
let openedFromWall = false;

followSize();
watchSilence(cameras, nameOf);
cameras.subscribe(showTitle);

const stream = new Stream({
  cameras: (data) => {
    cameras.replace(data);
    tiles.retry();
  },
  camera: (changed) => cameras.merge(changed),
  status: (data) => {
    status.show(data);
    banned.show(data.bannedPeers ?? 0);
  },
  state: () => {
    connection.changed();
    follow();
  },
});
const connection = new Connection(stream, () => cameras.size > 0);

window.addEventListener('hashchange', navigate);
document.addEventListener('visibilitychange', follow);
document.addEventListener('keydown', key);
byId('pause').addEventListener('click', pause);
byId('back').addEventListener('click', back);
byId('previous').addEventListener('click', () => step(-1));
byId('next').addEventListener('click', () => step(1));
navigate();
connection.show();
follow();

/** Fetches pictures only if the gateway answers and the page is visible. A paused wall has no black tiles either. */
function follow() {
  const live = stream.state === 'live';
  const looked = live && !document.hidden;
  tiles.live = live;
  tiles.fetching = !looked ? 'none' : paused ? 'first' : 'all';
  view.follow({ fetching: looked && !paused, live });
}

function showTitle() {
  const silent = cameras.all().filter((camera) => camera.silent).length;
  const shown = cameras.get(view.id);
  document.title = `${silent > 0 ? `(${silent} silent) ` : ''}${shown ? `${nameOf(shown)} – ` : ''}Framegate`;
}

function pause() {
  paused = !paused;
  const button = byId('pause');
  button.setAttribute('aria-pressed', String(paused));
  button.title = paused ? 'Pictures are paused (P)' : 'Pause pictures (P)';
  setIcon(button, paused ? 'play' : 'pause');
  follow();
}

/** Shows what the address says: the wall, or one camera. */
function navigate(event) {
  const id = new URLSearchParams(location.hash.slice(1)).get('camera');
  if (id === view.id) {
    return;
  }
  const wall = byId('wall');
  if (id === null) {
    const from = view.id;
    view.close();
    wall.hidden = false;
    document.body.dataset.view = 'wall';
    scrollTo(0, wallScroll);
    tiles.focus(from);
  } else {
    if (!wall.hidden) {
      wallScroll = scrollY;
      openedFromWall = event !== undefined;
    }
    wall.hidden = true;
    document.body.dataset.view = 'camera';
    view.open(id);
    scrollTo(0, 0);
  }
  showTitle();
}

/** Back to the wall, to the same place; by the history if the wall is there, so that no step is left over. */
function back() {
  if (openedFromWall) {
    history.back();
  } else {
    history.replaceState(null, '', location.pathname + location.search);
    navigate();
  }
}

function step(by) {
  const ids = tiles.shownIds();
  const at = ids.indexOf(view.id);
  const next = at < 0 ? undefined : ids[at + by];
  if (next !== undefined) {
    history.replaceState(null, '', `#camera=${encodeURIComponent(next)}`);
    navigate();
  }
}

function key(event) {
  // The browser's own Escape closes the list of bans.
  if (document.querySelector(':popover-open') || event.altKey || event.ctrlKey || event.metaKey || event.target.matches('input:not([type=range]), select')) {
    return;
  }
  const inView = { Escape: back, ArrowLeft: () => step(-1), ArrowRight: () => step(1) };
  const onWall = { '/': () => byId('search').focus() };
  const action = { p: pause, P: pause, ...(view.id === null ? onWall : inView) }[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
}
