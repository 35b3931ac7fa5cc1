/** The page of the routes: builds cards when the routes change, updates figures each second. */
import { announce } from './announce.js';
import { anyFailed, cardOf, keyOf } from './cards.js';
import { Connection } from './connection.js';
import { Counts } from './counts.js';
import { byId, oncePerFrame, setText } from './dom.js';
import { columns } from './layout.js';
import { Lines } from './lines.js';
import { Poll } from './poll.js';
import { showRefused } from './refused.js';
import { count } from './words.js';

const map = byId('map');
const lines = new Lines(map, byId('lines'));
const counts = new Counts();
const cards = new Map();
let shape = '';
let placed = [];
let ends = [];
let pointed = null;
let moving = new Set();
let statuses = new Map();

const poll = new Poll('api/routes', { data: show, state: () => connection.changed() });
const connection = new Connection(poll, () => cards.size > 0);
connection.show();

const draw = oncePerFrame(() => {
  lines.draw(placed.map((column) => column.map((card) => card.node)), ends);
  light();
});
new ResizeObserver(draw).observe(map);
map.addEventListener('resized', draw);
for (const event of ['pointerover', 'focusin']) {
  map.addEventListener(event, ({ target }) => point(target.closest('.step') ?? target.closest('.card')));
}
map.addEventListener('pointerleave', () => point(document.activeElement?.closest('.step, .card') ?? null));
map.addEventListener('focusout', () => point(null));

function show(picture) {
  const now = shapeOf(picture);
  if (now !== shape) {
    shape = now;
    build(picture);
  }
  counts.begin();
  const everything = [...picture.routes, ...(picture.errors ?? [])];
  const failedAt = new Set(picture.routes.filter((route) => anyFailed(route.steps)).map((route) => route.id));
  const failures = everything.reduce((sum, what) => sum + cards.get(keyOf(what)).show(what, counts, failedAt), 0);
  const refused = picture.refused ?? [];
  showRefused(refused);
  showSums(picture.routes, failures, refused.length);
  sayStopped(picture.routes);
  moving = new Set([...cards.values()].flatMap((card) => [...card.rows.values()]).filter((row) => row.node.classList.contains('moved')));
  light();
}

/** The text that must be the same for the cards to stay: all of the picture except figures and states. */
function shapeOf(picture) {
  const changing = ['now', 'status', 'since', 'refused'];
  return JSON.stringify(picture, (name, value) => (changing.includes(name) || (typeof value === 'number' && name !== 'line') ? undefined : value));
}

function build(picture) {
  const focused = document.activeElement?.closest('.card')?.id;
  cards.clear();
  placed = columns(picture).map((column) => column.map((what) => cardOf(what)));
  placed.flat().forEach((card) => cards.set(card.key, card));
  map.replaceChildren(
    byId('lines'),
    ...placed.map((column) => {
      const node = document.createElement('div');
      node.className = 'column';
      node.append(...column.map((card) => card.node));
      return node;
    }),
  );
  map.style.setProperty('--columns', placed.length);
  ends = placed.flat().flatMap((card) =>
    [...card.rows.values()].flatMap((row) =>
      (row.step.leadsTo ?? [])
        .filter((id) => cards.has(`route-${id}`))
        .map((id) => ({ row, from: card.node, to: cards.get(`route-${id}`).node, outbox: Boolean(row.step.through) })),
    ),
  );
  if (focused) {
    byId(focused)?.focus({ preventScroll: true });
  } else if (location.hash && statuses.size === 0) {
    byId(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
  draw();
}

function showSums(routes, failures, refused) {
  const stopped = routes.filter((route) => route.status !== 'Started').length;
  figure('routes', count(routes.length));
  figure('stopped', count(stopped)).hidden = stopped === 0;
  figure('inFlight', count(routes.reduce((sum, route) => sum + route.inFlight, 0)));
  figure('failed', count(failures));
  const troubles = [[stopped, 'stopped'], [refused, 'refused']].filter(([number]) => number > 0).map((trouble) => trouble.join(' '));
  document.title = `${troubles.length > 0 ? `(${troubles.join(', ')}) ` : ''}Routes – Framegate`;
}

function figure(name, text) {
  const node = document.querySelector(`[data-figure="${name}"]`);
  setText(node.querySelector('dd'), text);
  return node;
}

function sayStopped(routes) {
  const before = statuses;
  statuses = new Map(routes.map((route) => [route.id, route.status]));
  routes.filter((route) => before.has(route.id) && before.get(route.id) !== route.status).forEach((route) => announce(`Route ${route.id}: ${route.status}`));
}

function point(at) {
  pointed = at;
  light();
}

function light() {
  lines.show((end) => moving.has(end.row), pointed);
}
