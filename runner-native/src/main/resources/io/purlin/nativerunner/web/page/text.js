// Numbers and times as text. Pure functions; what is not known (-1, null) is a dash.

const UNKNOWN = '–';
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const three = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

const isKnown = number => typeof number === 'number' && number !== -1;

/** Every digit, in groups of three. */
export function count(number) {
  return isKnown(number) ? whole.format(number) : UNKNOWN;
}

/** Three digits, with k, M or G. */
export function short(number) {
  for (const [size, name] of [[1e9, ' G'], [1e6, ' M'], [1e3, ' k']]) {
    if (number >= size) {
      return three.format(number / size) + name;
    }
  }
  return three.format(number);
}

export function perSecond(number) {
  return short(number) + '/s';
}

export function bytes(number) {
  if (!isKnown(number)) {
    return UNKNOWN;
  }
  for (const [size, name] of [[2 ** 30, ' GiB'], [2 ** 20, ' MiB'], [2 ** 10, ' KiB']]) {
    if (number >= size) {
      return three.format(number / size) + name;
    }
  }
  return whole.format(number) + ' B';
}

/** Of milliseconds in a second, as a percentage. */
export function percentOfSecond(millis) {
  return percent(millis / 1000);
}

/** Of 0 to 1. What is not nothing is never shown as 0. */
export function percent(part) {
  const hundredths = part * 100;
  return hundredths > 0 && hundredths < 0.5 ? '<1 %' : whole.format(hundredths) + ' %';
}

/** Milliseconds, in the two largest units that matter. */
export function duration(millis) {
  if (!isKnown(millis)) {
    return UNKNOWN;
  }
  if (millis < 1000) {
    return whole.format(millis) + ' ms';
  }
  if (millis < 10_000) {
    return (millis / 1000).toFixed(1) + ' s';
  }
  const seconds = Math.round(millis / 1000);
  if (seconds < 120) {
    return seconds + ' s';
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return minutes + ' min ' + (seconds % 60) + ' s';
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? hours + ' h ' + (minutes % 60) + ' min' : Math.floor(hours / 24) + ' d ' + (hours % 24) + ' h';
}

/** Milliseconds of a lag or an age: to a tenth of a second, so that it does not flicker. */
export function lag(millis) {
  return !isKnown(millis) ? UNKNOWN : millis < 10_000 ? (millis / 1000).toFixed(1) + ' s' : duration(millis);
}

export function time(millis) {
  return isKnown(millis) ? clock.format(millis) : UNKNOWN;
}

export function dateAndTime(millis) {
  return isKnown(millis) ? day.format(millis) : UNKNOWN;
}

/** A watermark; Beam's end of time is beyond the year 9999. */
export function watermark(millis) {
  if (typeof millis !== 'number') {
    return 'none yet';
  }
  return millis > Date.UTC(9999, 0, 1) ? 'end of time' : clock.format(millis);
}

export function many(number, one, more = one + 's') {
  return count(number) + ' ' + (number === 1 ? one : more);
}

/** Names of parts of Beam's own transforms, which say nothing to who reads the pipeline. */
const INNER = /\/(ParMultiDo\(.*\)|Map|AddKeys|Window\.Assign|Read\(.*\)|Precombine)$/;

/** The name of a step without the inner parts of Beam's own transforms. */
export function shortStep(name) {
  let left = name;
  while (INNER.test(left)) {
    left = left.replace(INNER, '');
  }
  return left;
}

/** Neighbours that are parts of the same transform, as that transform. */
function together(names) {
  const first = name => name?.split('/')[0];
  return names
    .map((name, at) => (first(name) === first(names[at - 1]) || first(name) === first(names[at + 1]) ? first(name) : name))
    .filter((name, at, all) => at === 0 || name !== all[at - 1]);
}

/** What a chain is called: its steps by their short names, those in the middle left out when there are many. */
export function chainName(vertex) {
  const names = together(vertex.steps.map(step => shortStep(step.name)));
  if (names.length === 0) {
    return vertex.name;
  }
  return names.length <= 3 ? names.join(' → ') : [names[0], '…', names[names.length - 1]].join(' → ');
}

/** The innermost cause of a stack trace: its first line, the package of the exception left out. */
export function cause(stacktrace) {
  const lines = (stacktrace || '').split('\n');
  const causes = lines.filter(line => line.startsWith('Caused by: '));
  const line = (causes.length > 0 ? causes[causes.length - 1].slice('Caused by: '.length) : lines[0]).trim();
  return line.replace(/^([a-z_][\w]*\.)+(?=[A-Z])/, '');
}
