/** The cards of the map: one for each route and one for each error handling. */
import { fromTemplate, setText } from './dom.js';
import { leadsOf } from './layout.js';
import { linkTo, list, showMarks } from './steps.js';
import { count, rate } from './words.js';

/** A card for a route, or an error handling, of the picture. */
export function cardOf(what) {
  return what.handlers ? new ErrorCard(what) : new RouteCard(what);
}

export const keyOf = (what) => (what.handlers ? `errors-${what.handlers[0]?.id}` : `route-${what.id}`);

class RouteCard {
  node = fromTemplate('card-template');
  /** By key, those of nested steps too. */
  rows = new Map();
  leads;
  key;

  constructor(route) {
    this.key = keyOf(route);
    this.leads = leadsOf(route.steps);
    this.node.id = this.key;
    setText(this.node.querySelector('h2'), route.id);
    const from = this.node.querySelector('.from');
    const address = route.from.replace(/\?.*/s, '');
    setText(from, route.address ? `listens on ${route.address}` : `from ${address}`);
    from.title = route.from;
    // Most are called as their address is.
    from.hidden = address === `direct:${route.id}`;
    const description = this.node.querySelector('.description');
    description.hidden = !route.description;
    setText(description, route.description ?? '');
    setText(this.node.querySelector('.file'), route.file ?? '');
    list(this.node.querySelector(':scope > .tree'), route.steps ?? [], { key: this.key, file: route.file, rows: this.rows });
  }

  /**
   * Shows the figures; failedAt tells routes in which something failed. The number of steps in which something failed
   * themselves.
   */
  show(route, counts, failedAt) {
    const change = counts.of(this.key, route);
    const stopped = route.status !== 'Started';
    this.node.classList.toggle('moved', change.moved > 0);
    this.node.classList.toggle('stopped', stopped);
    const status = this.node.querySelector('.status');
    status.hidden = !stopped;
    setText(status, route.status);
    setText(this.node.querySelector('.total'), count(route.total));
    setText(this.node.querySelector('.rate'), change.perSecond > 0 ? `${rate(change.perSecond)}/s` : '');
    setText(this.node.querySelector('.pace'), route.meanMillis === undefined ? '' : `${route.meanMillis} ms`);
    this.node.querySelector('.pace').title = route.maxMillis === undefined ? '' : `on average; the slowest of late ${route.maxMillis} ms`;
    const failures = showRows(this.rows, this.key, route.steps, counts, failedAt);
    showMarks(this.node.querySelector('.sums .marks'), route, change, failures === 0);
    this.node.classList.toggle('failing', failures > 0);
    return failures;
  }
}

class ErrorCard {
  node = fromTemplate('card-template');
  rows = new Map();
  leads;
  key;

  constructor(handling) {
    this.key = keyOf(handling);
    this.leads = handling.handlers.flatMap((handler) => leadsOf(handler.steps));
    this.node.id = this.key;
    this.node.classList.add('errors');
    setText(this.node.querySelector('h2'), 'When a step fails');
    const from = this.node.querySelector('.from');
    from.append(handling.id ? `${handling.id}, for ` : 'for ');
    if (handling.routes.length > 3) {
      from.append(`${count(handling.routes.length)} routes`);
    } else {
      handling.routes.forEach((id, at) => from.append(at > 0 ? ', ' : '', linkTo(id)));
    }
    from.title = handling.routes.join(', ');
    this.node.querySelector('.sums').remove();
    setText(this.node.querySelector('.file'), handling.file ?? '');
    this.node.querySelector('.tree').replaceWith(...handling.handlers.map((handler) => this.#handler(handler, handling.file)));
  }

  #handler(handler, file) {
    const node = fromTemplate('handler-template');
    setText(node.querySelector('h3'), handler.exceptions.join(', '));
    const then = handler.steps?.length > 0 ? ', then' : '';
    setText(node.querySelector('.retries'), `${handler.retries === 'never' ? 'not tried again' : `tried again ${handler.retries}`}${then}`);
    list(node.querySelector('.tree'), handler.steps ?? [], { key: `${this.key}/${handler.id}`, file, rows: this.rows });
    return node;
  }

  show(handling, counts, failedAt) {
    return handling.handlers.reduce(
      (sum, handler) => sum + showRows(this.rows, `${this.key}/${handler.id}`, handler.steps, counts, failedAt),
      0,
    );
  }
}

/** Whether anything has failed in these steps, or in those that they are made of. */
export function anyFailed(steps = []) {
  return steps.some((step) => step.failed > 0 || anyFailed(step.steps));
}

/** A failure passes through all that it is in: it is shown where it happened. The number of steps where one did. */
function showRows(rows, key, steps = [], counts, failedAt) {
  let failures = 0;
  steps.forEach((step, at) => {
    const own = `${key}/${at}`;
    const further = anyFailed(step.steps) || (step.leadsTo ?? []).some((id) => failedAt.has(id));
    failures += step.failed > 0 && !further ? 1 : 0;
    failures += showRows(rows, own, step.steps, counts, failedAt);
    rows.get(own).show(step, counts.of(own, step), further);
  });
  return failures;
}
