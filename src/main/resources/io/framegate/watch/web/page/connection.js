/** Shows in the page's header whether the gateway answers. */
import { announce } from './announce.js';
import { byId, setIcon, setText } from './dom.js';
import { span, time } from './words.js';

const WORDS = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

/** heardFrom: has a state, and since when it is lost; anything: whether there is something on the page. */
export class Connection {
  #heardFrom;
  #anything;

  constructor(heardFrom, anything) {
    this.#heardFrom = heardFrom;
    this.#anything = anything;
    setInterval(() => this.#showLost(), 1000);
  }

  changed() {
    announce(this.#heardFrom.state === 'live' ? 'Connected to the gateway' : 'No connection to the gateway');
    this.show();
  }

  show() {
    const { state } = this.#heardFrom;
    document.body.dataset.connection = state;
    const connection = byId('connection');
    setIcon(connection, state === 'live' ? 'live' : 'again');
    setText(connection.querySelector('span'), WORDS[state]);
    this.#showLost();
  }

  #showLost() {
    const { state, heard } = this.#heardFrom;
    byId('lost').hidden = state !== 'lost';
    if (state === 'lost') {
      const seconds = Math.round((Date.now() - heard) / 1000);
      const then = this.#anything() ? 'What you see is from then. ' : '';
      setText(byId('lost'), `No connection to the gateway since ${time(heard)} (${span(seconds)}). ${then}Trying again …`);
    }
  }
}
