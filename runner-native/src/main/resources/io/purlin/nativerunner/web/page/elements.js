// Elements of the page. What a job says becomes text, never markup: its names are not ours.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

/** An element with a class, and text or children. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

/** A shape of a drawing, with its attributes. */
export function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  return made;
}

/** Sets text where it differs: what has not changed is not read out again, and stays selected. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function show(node, shown) {
  node.hidden = !shown;
}

/**
 * Makes the children of a node those that the items want: each item keeps its own by its key, in the order of the items.
 * Whoever has the focus in one keeps it.
 */
export function keep(parent, items, keyOf, make, fill) {
  const known = parent.known ??= new Map();
  const wanted = new Set();
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    wanted.add(key);
    let child = known.get(key);
    if (child === undefined) {
      child = make(item);
      known.set(key, child);
    }
    fill(child, item);
    if (child === at) {
      at = at.nextElementSibling;
    } else {
      parent.insertBefore(child, at);
    }
  }
  for (const [key, child] of known) {
    if (!wanted.has(key)) {
      child.remove();
      known.delete(key);
    }
  }
}

/** Rows of a table; the first cell is the head of its row. Cells are texts, or {text, number, className}. */
export function rows(body, items, keyOf, cellsOf) {
  keep(body, items, keyOf, () => element('tr'), (row, item) => {
    cellsOf(item).forEach((given, at) => {
      const cell = typeof given === 'object' ? given : {text: given};
      let node = row.children[at];
      if (node === undefined) {
        node = element(at === 0 ? 'th' : 'td');
        if (at === 0) {
          node.scope = 'row';
        }
        row.append(node);
      }
      const className = [cell.number ? 'n' : '', cell.className || ''].join(' ').trim();
      if (node.className !== className) {
        node.className = className;
      }
      setText(node, cell.text);
    });
  });
}

/** A cell with a number in it. */
export const number = text => ({text, number: true});

/** Bars that rise from the bottom of a drawing, one for each value; where it is null there is none. */
export function bars(svg, values, {height = 36, width = 5, gap = 1, classOf = () => 'bar'} = {}) {
  const most = Math.max(...values, 1e-9);
  svg.setAttribute('viewBox', `0 0 ${Math.max(1, values.length) * (width + gap)} ${height}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.replaceChildren(...values.flatMap((value, at) => {
    if (value === null) {
      return [];
    }
    const tall = Math.max(value > 0 ? 2 : 1, value / most * height);
    return [shape('rect', {x: at * (width + gap), y: height - tall, width, height: tall, class: classOf(at)})];
  }));
}
