// What a person is told first: what the job does, whether it is slow and why, whether it is safe. Pure functions of the JSON.

import {cause, chainName, count, duration, lag, many, percentOfSecond, perSecond, shortStep} from './text.js';

/** Milliseconds of a second from which a chain counts as held back, as in Flink. */
const HELD_BACK = 100;
/** Milliseconds of a second in which one task at least of a chain must work, for the chain to be what others wait for. */
const WORKS = 500;
/** Milliseconds of a second from which a chain that holds back nobody is said to be at its limit. */
const AT_ITS_LIMIT = 800;
/** So many failed checkpoints one after the other are no accident. */
const FAILED_IN_A_ROW = 3;
const LEAST_LATE_MILLIS = 30_000;
/** So long a restart is news. */
const NEWS_MILLIS = 300_000;

const ENDED = {FINISHED: 'Finished', CANCELED: 'Stopped', FAILED: 'Failed'};

const busy = vertex => vertex.rates.busyTimeMsPerSecond;
const waits = vertex => vertex.rates.backPressuredTimeMsPerSecond;
const isHeldBack = vertex => waits(vertex) > HELD_BACK || vertex['backpressure-level'] !== 'ok';

/** Whom a vertex takes from, by its id. */
export function inputsOf(job) {
  return new Map(job.plan.nodes.map(node => [node.id, node.inputs]));
}

/**
 * The chain that makes the job slow, and those before it that it holds back: of the chains that somebody waits for and
 * that wait for nobody, the busiest. Null when nobody waits, or when none of these works much: then it is not their
 * work that makes the others wait.
 */
export function bottleneck(job) {
  const vertices = new Map(job.vertices.map(vertex => [vertex.id, vertex]));
  const inputs = inputsOf(job);
  let found = null;
  for (const vertex of job.vertices) {
    const before = inputs.get(vertex.id).map(input => vertices.get(input.id));
    if (!isHeldBack(vertex) && busy(vertex) * vertex.parallelism >= WORKS && before.some(isHeldBack) && (found === null || busy(vertex) > busy(found))) {
      found = vertex;
    }
  }
  return found === null ? null : {vertex: found, heldBack: heldBackBy(found, vertices, inputs)};
}

function heldBackBy(vertex, vertices, inputs) {
  const seen = new Set();
  const open = [vertex.id];
  while (open.length > 0) {
    for (const {id} of inputs.get(open.pop())) {
      if (!seen.has(id) && isHeldBack(vertices.get(id))) {
        seen.add(id);
        open.push(id);
      }
    }
  }
  return [...seen].map(id => vertices.get(id));
}

/** Records that the sources read in a second. */
export function readRate(job) {
  const inputs = inputsOf(job);
  return job.vertices
    .filter(vertex => inputs.get(vertex.id).length === 0)
    .reduce((sum, vertex) => sum + Math.max(vertex.rates.numRecordsInPerSecond, vertex.rates.numRecordsOutPerSecond), 0);
}

function worstLag(job) {
  const lags = job.vertices.map(vertex => vertex.watermarkLag).filter(each => typeof each === 'number' && each >= 0);
  return lags.length === 0 ? null : Math.max(...lags);
}

/** Of one word: a step; of several: a chain. */
const called = vertex => (vertex.steps.length === 1 ? 'step ' : 'chain ') + '“' + chainName(vertex) + '”';

function lastCause(exceptions) {
  return exceptions && exceptions['root-exception'] ? cause(exceptions['root-exception']) : 'its cause is not known';
}

/** Where records come from, and where they end. */
function ends(job) {
  const inputs = inputsOf(job);
  const taken = new Set([...inputs.values()].flat().map(input => input.id));
  const names = (vertices, stepOf) => vertices.filter(vertex => vertex.steps.length > 0)
    .map(vertex => '“' + shortStep(stepOf(vertex.steps).name) + '”').join(', ');
  const from = names(job.vertices.filter(vertex => inputs.get(vertex.id).length === 0), steps => steps[0]);
  const to = names(job.vertices.filter(vertex => !taken.has(vertex.id)), steps => steps[steps.length - 1]);
  return from === '' ? '' : `, from ${from} to ${to}`;
}

function doing(job, exceptions) {
  const tasks = job.vertices.reduce((sum, vertex) => sum + vertex.parallelism, 0);
  const size = many(tasks, 'task') + ' in ' + many(job.vertices.length, 'chain') + ends(job) + '.';
  if (job.state in ENDED) {
    const after = ' after ' + duration(job.duration);
    return job.state === 'FAILED'
      ? {kind: 'bad', word: ENDED[job.state], text: after.trim() + ': ' + lastCause(exceptions), more: size}
      : {kind: 'ended', word: ENDED[job.state], text: after.trim(), more: size};
  }
  if (job.state === 'CANCELLING') {
    return {kind: 'info', word: 'Stopping', text: 'it was told to stop', more: size};
  }
  if (job.state === 'RESTARTING' || (!job.ready && job.numRestarts > 0)) {
    return {kind: 'warn', word: 'Restarting', text: lastCause(exceptions), more: size};
  }
  if (!job.ready) {
    const ready = job.vertices.reduce((sum, vertex) => sum + vertex.tasks.RUNNING + vertex.tasks.FINISHED, 0);
    return {kind: 'info', word: 'Starting', text: count(ready) + ' of ' + many(tasks, 'task') + ' work', more: size};
  }
  return {kind: 'good', word: 'Running', text: perSecond(readRate(job)).replace('/s', ' records/s read'), more: size};
}

/** Whether one task of the slow chain does most of the work: then more tasks do not help. */
function skew(details) {
  const tasks = details ? details.subtasks : [];
  if (tasks.length < 2) {
    return '';
  }
  const sorted = [...tasks].sort((a, b) => busy(b) - busy(a));
  return busy(sorted[0]) > 500 && busy(sorted[0]) > 2 * busy(sorted[1])
    ? ` Task ${sorted[0].subtask} of it is busy ${percentOfSecond(busy(sorted[0]))}, the next one ${percentOfSecond(busy(sorted[1]))}: `
      + 'few keys have most of the records, and more tasks do not help.'
    : '';
}

function speed(job, slow, details) {
  const behind = worstLag(job);
  const event = behind === null ? 'No watermark yet, or no more.' : `Event time (the watermark) is ${lag(behind)} behind the clock.`;
  if (job.state in ENDED || !job.ready) {
    return {kind: 'info', word: 'Nothing to tell', text: job.state in ENDED ? 'it runs no more' : 'it does not run yet', more: ''};
  }
  if (slow !== null) {
    const tasks = slow.heldBack.reduce((sum, vertex) => sum + vertex.parallelism, 0);
    const part = skew(details);
    return {
      kind: 'bad',
      word: 'Slow',
      text: `${called(slow.vertex)} is busy ${percentOfSecond(busy(slow.vertex))} of the time and holds back ${many(tasks, 'task')} before it`,
      more: (part || ' What helps: make what it does cheaper, or give the job more tasks (--parallelism) while processors are free.').trim() + ' ' + event,
    };
  }
  const held = job.vertices.filter(isHeldBack);
  if (held.length > 0) {
    return {
      kind: 'info',
      word: 'By no one step',
      text: `${many(held.reduce((sum, vertex) => sum + vertex.parallelism, 0), 'task')} wait for those after them, but none of these works much`,
      more: 'Perhaps no processor is free, or records come in bursts. ' + event,
    };
  }
  const busiest = job.vertices.reduce((most, vertex) => (most === null || busy(vertex) > busy(most) ? vertex : most), null);
  if (busiest !== null && busy(busiest) > AT_ITS_LIMIT) {
    return {
      kind: 'info',
      word: 'At its limit',
      text: `${called(busiest)} is busy ${percentOfSecond(busy(busiest))} of the time; nobody waits for it`,
      more: event,
    };
  }
  return {
    kind: 'good',
    word: 'No',
    text: busiest === null ? '' : `nobody waits; the busiest, ${called(busiest)}, is busy ${percentOfSecond(busy(busiest))} of the time`,
    more: event,
  };
}

function failedInARow(checkpoints) {
  const done = checkpoints.history.filter(each => each.status !== 'IN_PROGRESS');
  const completed = done.findIndex(each => each.status === 'COMPLETED');
  return completed < 0 ? done.length : completed;
}

function safety(job, checkpoints, config, exceptions) {
  const restarted = job.numRestarts === 0 ? '' : ` Restarted ${job.numRestarts === 1 ? 'once' : many(job.numRestarts, 'time')}, the last time${ago(job, exceptions)}.`;
  if (!config || config.mode === 'none') {
    return {
      kind: 'info',
      word: 'No checkpoints',
      text: 'after a failure the job begins at its beginning',
      more: '--checkpointingInterval and --checkpointDir turn them on.' + restarted,
    };
  }
  const every = `One is due every ${duration(config.interval)}.`;
  const failed = failedInARow(checkpoints);
  const last = checkpoints.latest.completed;
  if (failed >= FAILED_IN_A_ROW) {
    return {
      kind: 'bad',
      word: 'Not safe',
      text: `the last ${failed} checkpoints failed` + (last === null ? '' : `; the last good one is ${lag(job.now - last.end_timestamp)} old`),
      more: (checkpoints.latest.failed ? checkpoints.latest.failed.failure_message + '. ' : '') + every + restarted,
    };
  }
  const age = job.now - (last === null ? job['start-time'] : last.end_timestamp);
  if (!(job.state in ENDED) && age > Math.max(LEAST_LATE_MILLIS, 5 * config.interval)) {
    return {
      kind: 'warn',
      word: 'Late',
      text: last === null ? `no checkpoint was completed in ${duration(age)}` : `the last checkpoint is ${duration(age)} old`,
      more: every + ' A checkpoint passes through the channels: a slow chain delays it.' + restarted,
    };
  }
  if (last === null) {
    return {kind: 'info', word: 'Not yet', text: 'the first checkpoint is still to come', more: every + restarted};
  }
  const good = `checkpoint ${last.id} is ${lag(age)} old`;
  if (job.state === 'RESTARTING' || !job.ready) {
    return {kind: 'good', word: 'Yes', text: good + '; the job goes on from there', more: every + restarted};
  }
  if (restarted !== '' && newest(exceptions) > job.now - NEWS_MILLIS) {
    const from = checkpoints.latest.restored ? 'from checkpoint ' + checkpoints.latest.restored.id : 'from its beginning';
    return {
      kind: 'warn',
      word: 'Yes, but',
      text: `the job failed${ago(job, exceptions)} and went on ${from}`,
      more: `Cause: ${lastCause(exceptions)}. Now ${good}. ${every}${restarted}`,
    };
  }
  return {kind: 'good', word: 'Yes', text: good + '; after a failure the job goes on from there', more: every + restarted};
}

const newest = exceptions => (exceptions ? exceptions.timestamp : null) || 0;

function ago(job, exceptions) {
  return newest(exceptions) > 0 ? ' ' + lag(Math.max(0, job.now - newest(exceptions))) + ' ago' : '';
}

/**
 * The answers, and the line above them. `key` changes when there is something new to say, not with every figure: that
 * is when it is read out.
 */
export function verdict({job, checkpoints, config, exceptions, slowDetails}) {
  const slow = job.ready ? bottleneck(job) : null;
  const does = doing(job, exceptions);
  const fast = speed(job, slow, slowDetails);
  const safe = safety(job, checkpoints, config, exceptions);
  const line = lineOf(job, does, fast, safe, exceptions);
  return {...line, key: [line.word, slow === null ? '' : slow.vertex.id, job.numRestarts].join(), slow, does, fast, safe};
}

function lineOf(job, does, fast, safe, exceptions) {
  if (does.kind !== 'good') {
    return {kind: does.kind, word: does.word, text: does.text};
  }
  if (safe.kind === 'bad') {
    return {kind: 'bad', word: safe.word, text: safe.text};
  }
  if (fast.kind === 'bad') {
    return {kind: 'bad', word: fast.word, text: fast.text};
  }
  if (safe.kind === 'warn') {
    return safe.word === 'Late' ? {kind: 'warn', word: 'Late', text: safe.text}
      : {kind: 'warn', word: 'Running again', text: `${safe.text}: ${lastCause(exceptions)}`};
  }
  const behind = worstLag(job);
  const figures = does.text + (behind === null ? '' : `, watermark ${lag(behind)} behind`);
  return fast.word === 'At its limit'
    ? {kind: 'good', word: 'At its limit', text: figures + '; ' + fast.text}
    : {kind: 'good', word: 'Healthy', text: figures};
}

