/** The rows of a card, one for each step: its text, its counts, and its details once it is opened. */
import { fromTemplate, setIcon, setText } from './dom.js';
import { count, rate, span } from './words.js';

/** What opens again when the page is made anew, because a route has changed. */
const opened = new Set();

/** Rows for these steps, and those in them; rows gets each one with its key. file is where they are written. */
export function list(parent, steps, { key, file, rows }) {
  parent.replaceChildren(
    ...steps.map((step, at) => {
      const own = `${key}/${at}`;
      const row = new Row(own, step, file);
      rows.set(own, row);
      if (step.steps?.length > 0) {
        const nested = document.createElement('ol');
        nested.className = 'tree';
        row.node.append(nested);
        list(nested, step.steps, { key: own, file, rows });
      }
      return row.node;
    }),
  );
}

/** The marks of a figure in words: how many exchanges failed here, and how many are held here. */
export function showMarks(node, { failed, inFlight }, change, further = false) {
  const wanted = [];
  if (failed > 0) {
    const kind = `failed${further ? ' further' : ''}${change.failedNow ? ' now' : ''}`;
    wanted.push({ kind, icon: 'failed', words: `${count(failed)} failed`, title: further ? 'Failed in a step that this one leads to' : '' });
  }
  if (inFlight > 0) {
    const held = change.heldSeconds > 0;
    const words = held ? `${count(inFlight)} held ${span(Math.floor(change.heldSeconds))}` : `${count(inFlight)} in flight`;
    wanted.push({ kind: held ? 'held' : 'flight', icon: held ? 'held' : null, words, title: '' });
  }
  while (node.children.length > wanted.length) {
    node.lastElementChild.remove();
  }
  wanted.forEach(({ kind, icon, words, title }, at) => {
    const mark = node.children[at] ?? node.appendChild(fromTemplate('mark-template'));
    mark.className = `mark ${kind}`;
    mark.title = title;
    mark.querySelector('svg').toggleAttribute('hidden', !icon);
    if (icon) {
      setIcon(mark, icon);
    }
    setText(mark.querySelector('span'), words);
  });
}

/** A link to the card of a route. */
export function linkTo(id) {
  const link = document.createElement('a');
  link.href = `#route-${encodeURIComponent(id)}`;
  link.textContent = id;
  return link;
}

class Row {
  node = fromTemplate('step-template');
  #key;
  #step;
  #file;

  constructor(key, step, file) {
    this.#key = key;
    this.#step = step;
    this.#file = file;
    this.node.classList.toggle('branch', step.failed === undefined);
    setText(this.#part('.kind'), step.kind);
    const leads = step.leadsTo ?? [];
    // The address of a route here says what the link beside it says better.
    setText(this.#part('.text'), leads.length > 0 && !step.through ? '' : shortened(step));
    this.#part('.leads').replaceChildren(...leads.map(linkTo));
    const button = this.#part('button');
    button.title = step.text ?? '';
    this.#part('.row').addEventListener('click', (event) => {
      if (!event.target.closest('a')) {
        this.#open(!opened.has(key));
      }
    });
    if (opened.has(key)) {
      this.#open(true);
    }
  }

  get step() {
    return this.#step;
  }

  show(step, change, further) {
    this.#step = step;
    this.node.classList.toggle('moved', change.moved > 0);
    this.node.classList.toggle('idle', !step.total && !step.inFlight);
    setText(this.#part('.count'), step.total === undefined ? '' : count(step.total));
    const inner = step.steps?.length > 0 || further;
    showMarks(this.#part('.marks'), inner ? { ...step, inFlight: 0 } : step, change, further);
    if (opened.has(this.#key)) {
      this.#showFigures(change);
    }
  }

  #part(selector) {
    return this.node.querySelector(`:scope > .row ${selector}, :scope > ${selector}`);
  }

  #open(open) {
    if (open) {
      opened.add(this.#key);
    } else {
      opened.delete(this.#key);
    }
    this.#part('button').setAttribute('aria-expanded', String(open));
    this.node.classList.toggle('open', open);
    const details = this.#part('.details');
    details.hidden = !open;
    if (open) {
      const { kind, text, description, leadsTo = [], through, id, line } = this.#step;
      details.replaceChildren();
      add(details, kind, text);
      add(details, 'what for', description);
      add(details, through ? `through the ${through} to` : 'leads to', leadsTo.join(', '));
      add(details, 'id', id);
      add(details, 'file', this.#file && line ? `${this.#file}, line ${line}` : this.#file);
      add(details, 'exchanges', ' ').className = 'figures';
      this.#showFigures({ perSecond: 0 });
    }
    this.node.dispatchEvent(new CustomEvent('resized', { bubbles: true }));
  }

  #showFigures({ perSecond }) {
    const { total = 0, failed, inFlight = 0 } = this.#step;
    const parts = [`${count(total)} through`, `${rate(perSecond)}/s`];
    if (failed !== undefined) {
      parts.push(`${count(failed)} failed`, `${count(inFlight)} in flight`);
    }
    setText(this.#part('.details').querySelector('.figures'), parts.join(' · '));
  }
}

/** Without an endpoint's options, which would say little in a line. */
function shortened({ text = '', kind }) {
  return ['to', 'toD', 'wireTap', 'poll'].includes(kind) ? text.replace(/\?.*/s, '') : text;
}

function add(list, term, text) {
  const value = document.createElement('dd');
  if (text) {
    const name = document.createElement('dt');
    name.textContent = term;
    value.textContent = text;
    list.append(name, value);
  }
  return value;
}
