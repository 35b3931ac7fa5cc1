/** The strip of figures under the header, and the targets with their states. */
import { announce } from './announce.js';
import { arrange, byId, fromTemplate, setIcon, setText } from './dom.js';
import { bytes, count, rate, span, time } from './words.js';

const SECONDS_DRAWN = 60;

export class Status {
  #figures = new Map([...document.querySelectorAll('[data-figure]')].map((node) => [node.dataset.figure, node]));
  #line = document.querySelector('.spark polyline');
  #rates = [];
  #targets = new Map();
  #diskWaiting = false;

  show(status) {
    byId('status').hidden = false;
    this.#figure('images', status.imagesPerSecond, rate);
    this.#figure('bytes', status.bytesPerSecond, (number) => `${bytes(number)}/s`);
    this.#figure('accepted', status.accepted, count);
    this.#figure('rejected', status.rejected, count);
    this.#figure('connections', status.connections, count);
    this.#figure('quarantine', status.quarantine, quarantineWords);
    this.#figure('disk', status.disk, diskWords);
    this.#showDisk(status.disk);
    this.#drawRate(status.imagesPerSecond ?? 0);
    this.#showTargets(status.targets ?? []);
    if (status.version) {
      const since = status.startedAt ? `, running since ${time(status.startedAt)}` : '';
      document.querySelector('.brand').title = `Framegate ${status.version} on ${status.node}${since}`;
    }
  }

  #figure(name, value, words) {
    const node = this.#figures.get(name);
    node.hidden = value === undefined;
    setText(node.querySelector('dd'), value === undefined ? '' : words(value));
  }

  #showDisk(disk) {
    const waiting = Boolean(disk?.waiting);
    this.#figures.get('disk').classList.toggle('away', waiting);
    if (waiting !== this.#diskWaiting) {
      announce(waiting ? 'The disk is nearly full, cameras wait' : 'The disk has room again');
    }
    this.#diskWaiting = waiting;
  }

  /** The last minute as a line, from nothing to its own highest. */
  #drawRate(imagesPerSecond) {
    this.#rates = [...this.#rates, imagesPerSecond].slice(-SECONDS_DRAWN);
    const top = Math.max(1, ...this.#rates);
    const first = SECONDS_DRAWN - this.#rates.length;
    const points = this.#rates.map((value, at) => `${first + at},${(19 - (16 * value) / top).toFixed(1)}`);
    this.#line.setAttribute('points', [`${first},20`, ...points, `${SECONDS_DRAWN - 1},20`].join(' '));
  }

  #showTargets(targets) {
    const nodes = targets.map((target) => {
      const known = this.#targets.get(target.name) ?? { node: fromTemplate('target-template'), state: target.state };
      this.#targets.set(target.name, known);
      const state = target.state ?? 'ok';
      known.node.className = `target ${['ok', 'behind', 'away'].includes(state) ? state : ''}`;
      setIcon(known.node, ['behind', 'away'].includes(state) ? state : 'ok');
      setText(known.node.querySelector('b'), target.name);
      setText(known.node.querySelector('.state'), state);
      setText(known.node.querySelector('.waiting'), waitingWords(target));
      if (target.state !== known.state) {
        known.state = target.state;
        announce(`Target ${target.name} is ${state}`);
      }
      return known.node;
    });
    arrange(byId('targets'), nodes);
  }
}

function quarantineWords({ files = 0, bytes: size }) {
  return size ? `${count(files)} · ${bytes(size)}` : count(files);
}

function diskWords({ freeBytes, totalBytes, waiting }) {
  const free = freeBytes === undefined ? '' : `${bytes(freeBytes)} free`;
  const share = free && totalBytes ? ` (${Math.floor((100 * freeBytes) / totalBytes)}%)` : '';
  return waiting ? `${free}${share}, cameras wait` : free + share;
}

function waitingWords({ waiting, oldestSeconds, setAside }) {
  const oldest = oldestSeconds === undefined ? '' : `, oldest ${span(oldestSeconds)}`;
  return [waiting && `${count(waiting)} waiting${oldest}`, setAside && `${count(setAside)} set aside`].filter(Boolean).join(', ');
}
