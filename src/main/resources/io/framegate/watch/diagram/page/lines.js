/**
 * Draws lines from each step to the routes it leads to: curved between columns, straight past the cards of a column.
 */
const SVG = 'http://www.w3.org/2000/svg';
const CLEAR = 7;

export class Lines {
  #map;
  #svg;
  #drawn = [];

  constructor(map, svg) {
    this.#map = map;
    this.#svg = svg;
  }

  /** columns: elements of cards, by column; ends: which row leads to which card, and how. */
  draw(columns, ends) {
    this.#svg.replaceChildren();
    this.#drawn = [];
    if (columns.length < 2 || getComputedStyle(this.#svg).display === 'none') {
      return;
    }
    const origin = this.#map.getBoundingClientRect();
    const box = (node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
    };
    const boxes = columns.map((cards) => cards.map(box));
    this.#svg.setAttribute('width', Math.max(...boxes.flat().map(({ right }) => right)));
    this.#svg.setAttribute('height', Math.max(...boxes.flat().map(({ bottom }) => bottom)) + 2 * CLEAR);
    const at = (card) => columns.findIndex((cards) => cards.includes(card));
    const arrivals = new Map();
    for (const end of ends) {
      const row = box(end.row.node.querySelector('.row'));
      const from = { x: box(end.from).right, y: (row.top + row.bottom) / 2 };
      const target = box(end.to);
      const number = arrivals.get(end.to) ?? 0;
      arrivals.set(end.to, number + 1);
      const to = { x: target.left, y: target.top + 18 + 7 * (number % 5) };
      const way = around(boxes, at(end.from), at(end.to), from, to, number);
      this.#add(end, way, to);
    }
  }

  /** Marks the lines that moved, and the lines of the card or row under the pointer. */
  show(moved, pointed) {
    for (const { end, group } of this.#drawn) {
      group.classList.toggle('moved', moved(end));
      group.classList.toggle('lit', pointed !== null && (end.to === pointed || end.from === pointed || end.row.node === pointed));
    }
  }

  #add(end, way, to) {
    const group = this.#svg.appendChild(document.createElementNS(SVG, 'g'));
    group.classList.toggle('outbox', end.outbox);
    for (const [name, path] of [['way', way], ['head', `M${to.x - 7} ${to.y - 4}l7 4l-7 4`]]) {
      const drawn = group.appendChild(document.createElementNS(SVG, 'path'));
      drawn.classList.add(name);
      drawn.setAttribute('d', path);
    }
    this.#drawn.push({ end, group });
  }
}

/** A path from one point to the other, through the nearest gap of every column between. */
function around(boxes, start, end, from, to, number) {
  let path = `M${from.x} ${from.y}`;
  let { x, y } = from;
  for (let column = start + 1; column < end; column++) {
    const cards = boxes[column];
    const left = Math.min(...cards.map((card) => card.left));
    const right = Math.max(...cards.map((card) => card.right));
    const wanted = y + (to.y - y) / (end - column + 1);
    const through = gap(cards, wanted, number);
    path += curve(x, y, left, through) + `L${right} ${through}`;
    x = right;
    y = through;
  }
  return path + curve(x, y, to.x - 2, to.y);
}

function curve(x, y, toX, toY) {
  const bend = Math.max(24, (toX - x) / 2);
  return `C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`;
}

/** The height at which a line passes these cards: its own height if no card is there, or else the nearest gap. */
function gap(cards, wanted, number) {
  if (cards.every(({ top, bottom }) => wanted < top - CLEAR || wanted > bottom + CLEAR)) {
    return wanted;
  }
  const shift = 4 * ((number % 3) - 1);
  const edges = cards.map(({ bottom }) => bottom + CLEAR + 4 + shift);
  return edges.reduce((best, edge) => (Math.abs(edge - wanted) < Math.abs(best - wanted) ? edge : best));
}
