// The graph of chains: boxes with figures, and arrows drawn behind them.

import {chainName, count, lag, many, percent, percentOfSecond, perSecond, watermark} from './text.js';
import {byId, element, keep, setText, shape, show} from './elements.js';
import {arrangement, pathOf, place} from './layout.js';

/** A box shows so many steps; the details show all. */
const MOST_STEPS = 5;
/** From here on channels count as full, which is what makes a sender wait. */
const FULL = 0.8;

const PARTS = [
  ['busy', 'Busy', rates => rates.busyTimeMsPerSecond],
  ['waits', 'Waits', rates => rates.backPressuredTimeMsPerSecond],
  ['idle', 'Idle', rates => rates.idleTimeMsPerSecond],
];

/** The graph on the page. `open` is called with the id of the chain that was chosen. */
export class Graph {
  #open;
  #edges = [];
  #drawn = '';

  constructor(open) {
    this.#open = open;
    new ResizeObserver(() => this.#draw()).observe(byId('graph'));
  }

  /** Shows a job; `slow` is its bottleneck or null, `chosen` the id of the chain whose details are open. */
  update(job, slow, chosen) {
    const names = new Map(job.vertices.map(vertex => [vertex.id, chainName(vertex)]));
    const full = new Set(job.vertices.filter(vertex => vertex.input.usage >= FULL).map(vertex => vertex.id));
    this.#edges = job.plan.nodes.flatMap(node => node.inputs.map(input => ({
      from: input.id, to: node.id, label: input.ship_strategy, full: full.has(node.id),
    })));
    keep(byId('chains'), job.vertices, vertex => vertex.id, vertex => this.#box(vertex), (box, vertex) => {
      const before = this.#edges.filter(edge => edge.to === vertex.id).map(edge => names.get(edge.from));
      fill(box, vertex, slow !== null && slow.vertex.id === vertex.id ? slow : null, before);
      box.parts.open.setAttribute('aria-expanded', String(vertex.id === chosen));
    });
    this.#draw();
  }

  /** The button of a chain, to give the focus back to it. */
  focus(id) {
    byId('chains').known?.get(id)?.parts.open.focus();
  }

  #box(vertex) {
    const parts = {
      open: element('button', 'chain-open'),
      tasks: element('span', 'chain-tasks'),
      slow: element('p', 'chain-slow'),
      before: element('p', 'hidden'),
      steps: element('ul', 'chain-steps'),
      in: element('b'), out: element('b'),
      bar: element('div', 'split'),
      fill: element('b'), lag: element('b'),
    };
    parts.open.type = 'button';
    parts.open.setAttribute('aria-controls', 'details');
    parts.open.addEventListener('click', () => this.#open(vertex.id));
    parts.bar.setAttribute('aria-hidden', 'true');
    parts.bars = PARTS.map(([className]) => element('span', className));
    parts.bar.append(...parts.bars);
    parts.figures = PARTS.map(() => element('b'));
    const split = element('p', 'chain-split', ...PARTS.flatMap(([className, name], at) => [
      element('span', 'figure-' + className, name + ' ', parts.figures[at]), ' ']));
    const box = element('li', 'chain',
      element('div', 'chain-head', element('h3', '', parts.open), parts.tasks),
      parts.slow, parts.before, parts.steps,
      element('p', 'chain-flow', element('span', '', 'In ', parts.in), ' ', element('span', '', 'Out ', parts.out)),
      parts.bar, split,
      element('p', 'chain-more', element('span', '', 'Channels ', parts.fill), ' ', element('span', '', 'Watermark ', parts.lag)));
    box.dataset.vertex = vertex.id;
    box.parts = parts;
    return box;
  }

  /** Puts boxes and arrows where they belong, when something of them has another size. */
  #draw() {
    const boxes = [...byId('chains').children];
    const width = byId('graph').clientWidth;
    if (boxes.length === 0 || width === 0) {
      return;
    }
    const ids = boxes.map(box => box.dataset.vertex);
    const plan = arrangement(ids, this.#edges, width);
    boxes.forEach(box => { box.style.width = plan.boxWidth + 'px'; });
    const heights = new Map(boxes.map(box => [box.dataset.vertex, box.offsetHeight]));
    const drawn = JSON.stringify([width, [...heights], this.#edges]);
    if (drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    const placed = place(ids, this.#edges, plan, heights);
    const indent = plan.mode === 'list' ? 0 : Math.max(0, (width - placed.width) / 2);
    for (const box of boxes) {
      const {x, y} = placed.boxes.get(box.dataset.vertex);
      box.style.transform = `translate(${x + indent}px, ${y}px)`;
    }
    byId('graph').style.height = placed.height + 'px';
    const svg = byId('edges');
    svg.setAttribute('viewBox', `${-indent} 0 ${width} ${placed.height}`);
    svg.setAttribute('width', width);
    svg.setAttribute('height', placed.height);
    svg.replaceChildren(heads(), ...placed.arrows.flatMap(arrow => drawArrow(arrow)));
  }
}

function heads() {
  const all = shape('defs', {});
  for (const name of ['head', 'head-full']) {
    const marker = shape('marker', {id: name, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto'});
    marker.append(shape('path', {d: 'M0 0 8 4 0 8z', class: name}));
    all.append(marker);
  }
  return all;
}

function drawArrow(arrow) {
  const {edge, points} = arrow;
  const line = shape('path', {
    d: pathOf(arrow), class: edge.full ? 'edge full' : 'edge', 'marker-end': edge.full ? 'url(#head-full)' : 'url(#head)',
  });
  if (arrow.straight) {
    return [line];
  }
  const [[x, y], [toX, toY]] = points.slice(-2);
  const label = shape('text', {
    x: (x + toX) / 2 + (arrow.across ? 0 : 8), y: (y + toY) / 2 + (arrow.across && Math.abs(y - toY) < 30 ? -9 : 4),
    class: 'edge-label', 'text-anchor': arrow.across ? 'middle' : 'start',
  });
  label.append(edge.full ? edge.label + ', full' : edge.label);
  return [line, label];
}

function fill({parts, classList}, vertex, slow, before) {
  setText(parts.open, chainName(vertex));
  parts.open.title = vertex.name;
  setText(parts.tasks, many(vertex.parallelism, 'task') + (vertex.status === 'RUNNING' ? '' : ', ' + vertex.status.toLowerCase()));
  classList.toggle('is-slow', slow !== null);
  show(parts.slow, slow !== null);
  if (slow !== null) {
    const tasks = slow.heldBack.reduce((sum, each) => sum + each.parallelism, 0);
    setText(parts.slow, `⚠ Slowest: holds back ${many(tasks, 'task')} before it`);
  }
  setText(parts.before, before.length === 0 ? 'A source: takes from no other chain.' : 'Takes from ' + before.join(' and from ') + '.');
  const steps = vertex.steps.slice(0, vertex.steps.length > MOST_STEPS ? MOST_STEPS - 1 : MOST_STEPS).map(step => step.name);
  if (steps.length < vertex.steps.length) {
    steps.push('and ' + (vertex.steps.length - steps.length) + ' more');
  }
  keep(parts.steps, steps.map((name, at) => ({name, at})), each => each.at, () => element('li'), (item, {name}) => {
    setText(item, name);
    item.title = name;
  });
  setText(parts.in, perSecond(vertex.rates.numRecordsInPerSecond));
  setText(parts.out, perSecond(vertex.rates.numRecordsOutPerSecond));
  PARTS.forEach(([, , of], at) => {
    setText(parts.figures[at], percentOfSecond(of(vertex.rates)));
    parts.bars[at].style.width = of(vertex.rates) / 10 + '%';
  });
  setText(parts.fill, vertex.input.credits === 0 ? 'none' : `${percent(vertex.input.usage)} full (${count(vertex.input['in-flight'])} of ${count(vertex.input.credits)})`);
  setText(parts.lag, typeof vertex.watermarkLag === 'number' ? lag(vertex.watermarkLag) + ' behind' : watermark(vertex.currentInputWatermark));
}
