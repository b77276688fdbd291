// Where boxes and arrows go. Pure functions: sizes in, places out, all in pixels.

/** Between two layers: an arrow and its label have room. */
const LAYER_GAP = {across: 84, down: 46};
const BOX_GAP = 22;
/** What an arrow takes that goes past a box. */
const LANE = 16;
const WIDTH = {least: 216, across: 320, down: 560};
const ROUNDS = 8;

/**
 * How boxes are arranged in so much width: across, when all layers fit beside each other; else down, when the widest
 * layer fits; else as one list, with arrows beside it.
 */
export function arrangement(ids, edges, width) {
  const layers = layersOf(ids, edges);
  const count = Math.max(...layers.values()) + 1;
  const wide = Math.floor((width - (count - 1) * LAYER_GAP.across) / count);
  if (wide >= WIDTH.least) {
    return {mode: 'across', layers, boxWidth: Math.min(wide, WIDTH.across)};
  }
  const inLayer = Array.from({length: count}, (_, layer) => [...layers.values()].filter(each => each === layer).length);
  const most = Math.max(...inLayer);
  const narrow = Math.floor((width - 2 * LANE - (most - 1) * BOX_GAP) / most);
  if (narrow >= WIDTH.least) {
    return {mode: 'down', layers, boxWidth: Math.min(narrow, WIDTH.down)};
  }
  return {mode: 'list', layers, boxWidth: Math.min(width - 3 * LANE, WIDTH.down)};
}

/** Layer of each: one more than the last of those before it. Ids come in topological order. */
function layersOf(ids, edges) {
  const layers = new Map();
  for (const id of ids) {
    const before = edges.filter(edge => edge.to === id).map(edge => layers.get(edge.from) ?? -1);
    layers.set(id, Math.max(-1, ...before) + 1);
  }
  return layers;
}

/**
 * Places of boxes, {x, y}, and of arrows, {points, label}; and how large all of it is.
 *
 * @param heights of each box by its id
 */
export function place(ids, edges, {mode, layers, boxWidth}, heights) {
  if (mode === 'list') {
    return list(ids, edges, boxWidth, heights);
  }
  // What is "along" goes from layer to layer, "side" within a layer; they are x and y, or y and x.
  const across = mode === 'across';
  const nodes = withBends(ids, edges, layers, id => (across ? heights.get(id) : boxWidth));
  order(nodes);
  spread(nodes);
  const depth = nodes.rows.map(row => Math.max(...row.map(node => (node.bend ? 0 : across ? boxWidth : heights.get(node.id)))));
  const start = [];
  depth.forEach((each, layer) => start.push(layer === 0 ? 0 : start[layer - 1] + depth[layer - 1] + (across ? LAYER_GAP.across : LAYER_GAP.down)));
  const point = (along, side) => (across ? [along, side] : [side, along]);
  const boxes = new Map();
  for (const node of nodes.all.filter(each => !each.bend)) {
    const [x, y] = point(start[node.layer], node.side);
    boxes.set(node.id, {x, y});
  }
  const arrows = nodes.paths.map(({edge, nodes: path}) => {
    const points = [];
    path.forEach((node, at) => {
      const size = node.bend ? depth[node.layer] : across ? boxWidth : heights.get(node.id);
      if (at > 0) {
        points.push(point(start[node.layer], port(node, edge, 'in')));
      }
      if (at < path.length - 1) {
        points.push(point(start[node.layer] + size, port(node, edge, 'out')));
      }
    });
    return {edge, points, across};
  });
  const sides = nodes.all.map(node => node.side + node.size);
  const along = start[start.length - 1] + depth[depth.length - 1];
  const [width, height] = point(along, Math.max(...sides));
  return {boxes, arrows, width, height};
}

/** Arrows that leave or reach the same side of a box do so beside each other. */
function port(node, edge, direction) {
  const middle = node.side + node.size / 2;
  if (node.bend) {
    return middle;
  }
  const all = node[direction];
  return middle + (all.indexOf(edge) - (all.length - 1) / 2) * 14;
}

/** The nodes by layer; an arrow that passes a layer has a bend there, for which room is kept. */
function withBends(ids, edges, layers, sizeOf) {
  const rows = Array.from({length: Math.max(...layers.values()) + 1}, () => []);
  const byId = new Map();
  const add = node => {
    rows[node.layer].push(node);
    return node;
  };
  for (const id of ids) {
    byId.set(id, add({id, layer: layers.get(id), size: sizeOf(id), side: 0, next: [], before: [], in: [], out: []}));
  }
  const paths = edges.map(edge => {
    const path = [byId.get(edge.from)];
    for (let layer = layers.get(edge.from) + 1; layer < layers.get(edge.to); layer++) {
      path.push(add({bend: true, layer, size: LANE, side: 0, next: [], before: []}));
    }
    path.push(byId.get(edge.to));
    for (let at = 1; at < path.length; at++) {
      path[at - 1].next.push(path[at]);
      path[at].before.push(path[at - 1]);
    }
    return {edge, nodes: path};
  });
  for (const {edge, nodes} of paths) {
    nodes[0].out.push(edge);
    nodes[nodes.length - 1].in.push(edge);
  }
  return {rows, paths, all: rows.flat()};
}

const mean = numbers => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const middle = node => node.side + node.size / 2;

/** Orders each layer by where its neighbours are, so that few arrows cross. */
function order({rows}) {
  const rank = row => row.forEach((node, at) => { node.rank = at; });
  rows.forEach(rank);
  for (let round = 0; round < ROUNDS; round++) {
    const forward = round % 2 === 0;
    for (const row of forward ? rows : [...rows].reverse()) {
      const wish = node => {
        const near = forward ? node.before : node.next;
        return near.length === 0 ? node.rank : mean(near.map(each => each.rank));
      };
      row.map(node => [wish(node), node]).sort((a, b) => a[0] - b[0]).forEach(([, node], at) => { row[at] = node; });
      rank(row);
    }
  }
}

/** Moves the nodes of each layer to where their neighbours are, without one lying over another. */
function spread({rows, all}) {
  for (const row of rows) {
    let side = 0;
    for (const node of row) {
      node.side = side;
      side += node.size + BOX_GAP;
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) {
      const wishes = row.map(node => {
        const near = round % 2 === 0 ? node.before : node.next;
        return near.length === 0 ? node.side : mean(near.map(middle)) - node.size / 2;
      });
      let least = -Infinity;
      row.forEach((node, at) => {
        node.side = Math.max(wishes[at], least);
        least = node.side + node.size + BOX_GAP;
      });
      const shift = mean(row.map((node, at) => wishes[at] - node.side));
      row.forEach(node => { node.side += shift; });
    }
  }
  const least = Math.min(...all.map(node => node.side));
  all.forEach(node => { node.side = Math.round(node.side - least); });
}

/** One below the other; an arrow to the next goes straight down, others pass at the left, each in a lane of its own. */
function list(ids, edges, boxWidth, heights) {
  const left = 3 * LANE;
  const boxes = new Map();
  let y = 0;
  for (const id of ids) {
    boxes.set(id, {x: left, y});
    y += heights.get(id) + LAYER_GAP.down;
  }
  let lane = 0;
  const arrows = edges.map(edge => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    const bottom = from.y + heights.get(edge.from);
    if (ids.indexOf(edge.to) === ids.indexOf(edge.from) + 1) {
      return {edge, points: [[left + boxWidth / 2, bottom], [left + boxWidth / 2, to.y]], across: false};
    }
    const x = left - LANE * (1 + (lane++ % 2) * 0.7) - 4;
    const out = from.y + heights.get(edge.from) / 2 + 8;
    const into = to.y + heights.get(edge.to) / 2 - 8;
    return {edge, points: [[left, out], [x, out], [x, into], [left, into]], straight: true};
  });
  return {boxes, arrows, width: left + boxWidth, height: y - LAYER_GAP.down};
}

/** The points of an arrow as the path of a drawing. */
export function pathOf({points, across, straight}) {
  const at = ([x, y]) => x.toFixed(1) + ' ' + y.toFixed(1);
  let path = 'M' + at(points[0]);
  for (let i = 1; i < points.length; i++) {
    const [[x, y], [toX, toY]] = [points[i - 1], points[i]];
    if (straight || x === toX || y === toY) {
      path += 'L' + at(points[i]);
    } else if (across) {
      const half = (x + toX) / 2;
      path += `C${at([half, y])} ${at([half, toY])} ${at([toX, toY])}`;
    } else {
      const half = (y + toY) / 2;
      path += `C${at([x, half])} ${at([toX, half])} ${at([toX, toY])}`;
    }
  }
  return path;
}
