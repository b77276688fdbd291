// What stands below the graph: tasks and steps of one chain, checkpoints, state, sources, failures, counts, options.

import {bytes, cause, chainName, count, dateAndTime, duration, lag, many, percent, percentOfSecond, perSecond, time, watermark} from './text.js';
import {bars, byId, element, keep, number, rows, setText, show} from './elements.js';
import {inputsOf} from './verdict.js';

/** More rows than these nobody reads; the JSON has them all. */
const MOST_ROWS = 200;
/** The history has no more checkpoints; with fewer, bars are as wide as then. */
const MOST_BARS = 50;

/** The tasks and steps of a chain. `details` is its own answer, null until it has come. */
export function showDetails(job, vertex, details) {
  setText(byId('details-heading'), 'Chain ' + chainName(vertex));
  const names = new Map(job.vertices.map(each => [each.id, chainName(each)]));
  const inputs = inputsOf(job).get(vertex.id);
  setText(byId('details-inputs'), inputs.length === 0
    ? 'A source: takes from no other chain.'
    : inputs.map(input => `Takes from ${names.get(input.id)}, ${input.ship_strategy}: ${input.reason}.`).join(' '));
  const pool = ({credits, usage, 'in-flight': inFlight}) => number(credits === 0 ? '–' : `${count(inFlight)} of ${count(credits)} (${percent(usage)})`);
  rows(byId('tasks'), details === null ? [] : details.subtasks, task => task.subtask, task => [
    String(task.subtask), task.status.toLowerCase(),
    number(count(task.metrics['read-records'])), number(count(task.metrics['write-records'])),
    number(perSecond(task.rates.numRecordsInPerSecond)), number(perSecond(task.rates.numRecordsOutPerSecond)),
    number(percentOfSecond(task.rates.busyTimeMsPerSecond)),
    number(percentOfSecond(task.rates.backPressuredTimeMsPerSecond)),
    number(percentOfSecond(task.rates.idleTimeMsPerSecond)),
    watermark(task.currentInputWatermark), number(lag(task.watermarkLag)),
    pool(task.input), pool(task.output),
    number(count(task['state-live-cells'])), number(hits(task)), number(count(task['state-fetches'])), number(duration(task['checkpoint-pause-time'])),
  ]);
  rows(byId('steps'), vertex.steps.map((step, at) => ({...step, at})), step => step.at, step =>
    [step.name, step.note, watermark(step.outputWatermark)]);
}

/** The part of the cells asked for that were on the heap, where not all are. */
function hits(task) {
  const asked = task['state-hits'] + task['state-fetches'];
  return asked === 0 ? '–' : percent(task['state-hits'] / asked);
}

export function showCheckpoints(checkpoints, config) {
  const {counts, history, summary, latest} = checkpoints;
  const taken = config !== null && config.mode !== 'none';
  show(byId('checkpoints-shown'), taken);
  const failure = byId('checkpoints-failure');
  show(failure, latest.failed !== null);
  if (!taken) {
    setText(byId('checkpoints-text'), 'This job takes none: after a failure it begins at its beginning.');
    return;
  }
  setText(byId('checkpoints-text'), `One is due every ${duration(config.interval)}. ${count(counts.completed)} completed, ${count(counts.failed)} failed. `
    + (counts.completed === 0 ? '' : `Of the newest: took ${duration(summary.end_to_end_duration.avg)} in the mean and ${duration(summary.end_to_end_duration.max)} at most, `
      + `longest pause of a task ${duration(summary.pause.max)}. `)
    + (latest.restored === null ? '' : `The job went on from checkpoint ${count(latest.restored.id)}.`));
  if (latest.failed !== null) {
    setText(failure, `Last failed: checkpoint ${count(latest.failed.id)} at ${time(latest.failed.failure_timestamp)}: ${latest.failed.failure_message}`);
  }
  const oldestFirst = [...history].reverse();
  const svg = byId('checkpoints-bars');
  svg.setAttribute('aria-label', `How long the newest ${many(history.length, 'checkpoint')} took; the table has the figures`);
  const free = Math.max(0, MOST_BARS - oldestFirst.length);
  bars(svg, [...oldestFirst.map(each => each.end_to_end_duration), ...Array(free).fill(null)],
    {width: 9, gap: 3, classOf: at => 'bar ' + oldestFirst[at].status.toLowerCase()});
  rows(byId('checkpoints'), history, each => each.id, each => {
    const failed = each.status === 'FAILED';
    return [
      number(count(each.id)), {text: each.status.toLowerCase().replace('_', ' ') + (each.last ? ', the last' : ''), className: failed ? 'bad' : ''},
      time(each.trigger_timestamp), number(duration(each.end_to_end_duration)), number(bytes(each.checkpointed_size)), number(duration(each.pause)),
      number(`${count(each.num_acknowledged_subtasks)} of ${count(each.num_subtasks)}`), {text: failed ? each.failure_message : '', className: 'wrap'},
    ];
  });
}

/** Pairs of a name and a value. */
function facts(list, pairs) {
  keep(list, pairs, pair => pair[0], pair => element('div', '', element('dt', '', pair[0]), element('dd')), (node, pair) => setText(node.lastElementChild, pair[1]));
}

export function showState(job) {
  const state = job['state-size'];
  const limit = state['live-bytes-limit'];
  facts(byId('state'), [
    ['Cells on the heap', count(state['live-cells'])],
    ['Their size', state['live-bytes'] === 0 && limit < 0 ? 'not counted' : bytes(state['live-bytes']) + (limit > 0 ? ` of ${bytes(limit)} (${percent(state['live-bytes'] / limit)})` : '')],
    ['In RocksDB', state['rocksdb-bytes'] === 0 ? 'nothing' : bytes(state['rocksdb-bytes'])],
    ['Key groups', count(job.maxParallelism)],
    ['Open transactions', job['open-transactions'].length === 0 ? 'none' : job['open-transactions'].join(', ')],
  ]);
}

const BACKLOG = /[._:-]?backlog_elements$/;

/** What sources say that they still hold: Beam's own gauges. */
export function showSources(metrics) {
  const parts = metrics.gauges.filter(gauge => gauge.namespace === 'source.splits' && BACKLOG.test(gauge.name)).sort((a, b) => b.value - a.value);
  show(byId('sources-panel'), parts.length > 0);
  setText(byId('sources-text'), `${count(parts.reduce((sum, each) => sum + Math.max(0, each.value), 0))} records in ${many(parts.length, 'part')}.`);
  rows(byId('sources'), parts.slice(0, MOST_ROWS), each => each.step + ' ' + each.name, each =>
    [each.name.replace(BACKLOG, '') || each.name, each.step, number(count(each.value))]);
}

export function showCounted(metrics) {
  const all = [
    ...metrics.counters.map(each => ({...each, kind: 'counter', text: count(each.value)})),
    ...metrics.distributions.map(each => ({
      ...each, kind: 'distribution',
      text: each.count === 0 ? 'none' : `${count(each.count)} values, ${count(each.min)} to ${count(each.max)}, mean ${count(each.sum / each.count)}`,
    })),
    ...metrics.gauges.filter(each => each.namespace !== 'source.splits').map(each => ({...each, kind: 'gauge', text: count(each.value)})),
  ].filter(each => !each.namespace.startsWith('source.splits'));
  show(byId('counted-panel'), all.length > 0);
  rows(byId('counted'), all.slice(0, MOST_ROWS), each => [each.kind, each.step, each.namespace, each.name].join(' '), each =>
    [each.namespace + ' ' + each.name, each.step, each.kind, number(each.text)]);
}

export function showFailures(exceptions, job) {
  const {entries} = exceptions.exceptionHistory;
  show(byId('failures-shown'), entries.length > 0);
  setText(byId('failures-text'), entries.length === 0 ? 'None since the job was started.'
    : `${many(job.numRestarts, 'restart')} since the job was started` + (entries.length < job.numRestarts ? `; the newest ${many(entries.length, 'failure')} are kept.` : '.'));
  keep(byId('failures'), entries, each => each.timestamp + ' ' + each.taskName, each => {
    const when = element('th', '', dateAndTime(each.timestamp));
    when.scope = 'row';
    const trace = element('pre', '', each.stacktrace);
    trace.tabIndex = 0;
    return element('tr', '', when, element('td', '', each.taskName || 'no task'),
      element('td', 'wrap', element('p', 'cause', cause(each.stacktrace)), element('details', '', element('summary', '', 'Stack trace'), trace)));
  }, () => {});
}

export function showOptions(config) {
  const options = Object.entries(config['execution-config']['user-config']);
  rows(byId('options'), options, each => each[0], ([name, value]) => [name, {text: String(value), className: 'wrap'}]);
}
