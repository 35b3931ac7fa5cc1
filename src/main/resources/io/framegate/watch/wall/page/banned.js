/** The banned addresses: a note over the page while there are any, and their list after a click. */
import { announce } from './announce.js';
import { arrange, byId, fromTemplate, setText } from './dom.js';
import { withoutLogin } from './events.js';
import { count, time } from './words.js';

export class Banned {
  #number = 0;
  #open = false;
  #loading = false;

  constructor() {
    byId('bans').addEventListener('toggle', ({ newState }) => {
      this.#open = newState === 'open';
      this.#refresh();
    });
  }

  /** Takes the number of banned addresses, once a second. */
  show(number) {
    if (number > 0 && this.#number === 0) {
      announce(words(number));
    }
    this.#number = number;
    byId('banned').hidden = number === 0;
    setText(byId('banned').querySelector('span'), words(number));
    if (number === 0 && this.#open) {
      byId('bans').hidePopover();
    }
    this.#refresh();
  }

  /** A ban may end while another begins, so the number does not tell whether the list is the same. */
  async #refresh() {
    if (!this.#open || this.#loading) {
      return;
    }
    this.#loading = true;
    try {
      const answer = await fetch(withoutLogin('api/bans'), { cache: 'no-store' });
      if (answer.ok) {
        this.#list(await answer.json());
      }
    } catch {
      // No connection; the next status asks again.
    }
    this.#loading = false;
  }

  #list({ total, bans }) {
    const list = byId('bans').querySelector('ol');
    arrange(list, bans.map((ban, at) => shown(list.children[at] ?? fromTemplate('ban-template'), ban)));
    const more = total - bans.length;
    byId('more-bans').hidden = more === 0;
    setText(byId('more-bans'), `and ${count(more)} more`);
  }
}

function shown(item, { address, reason, since, until }) {
  setText(item.querySelector('b'), address);
  setText(item.querySelector('.until'), `until ${time(until)}`);
  setText(item.querySelector('.why'), `${reason}, since ${time(since)}`);
  return item;
}

function words(number) {
  return number === 1 ? '1 address is banned' : `${count(number)} addresses are banned`;
}
