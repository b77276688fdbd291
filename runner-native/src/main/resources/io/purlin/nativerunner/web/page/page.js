// Asks for the job's state about once a second and shows it. What was last seen stays when nobody answers any more.

import {bars, byId, setText, show} from './elements.js';
import {Graph} from './graph.js';
import {showCheckpoints, showCounted, showDetails, showFailures, showOptions, showSources, showState} from './tables.js';
import {count, dateAndTime, duration, lag, time} from './text.js';
import {readRate, verdict} from './verdict.js';

const MILLIS = {period: 1000, most: 15_000, answer: 5000};
/** What seldom changes is asked for every so many rounds. */
const SELDOM = 5;
const MOST_SAMPLES = 120;

const ENDED = ['FINISHED', 'CANCELED', 'FAILED'];

/** No answer, or another than the one asked for. */
class Refused extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
  }
}

/** What was last heard of the job. */
const seen = {job: null, checkpoints: null, config: null, exceptions: null, metrics: null, options: null, details: new Map(), at: 0};
const rates = [];
let token = '';
let chosen = null;
let round = 0;
let failures = 0;
let timer = 0;
let announced = '';
let running = false;
let again = false;

const graph = new Graph(id => choose(id === chosen ? null : id));

async function ask(path) {
  let status = 0;
  try {
    const answer = await fetch(path, {
      headers: token === '' ? {} : {Authorization: 'Bearer ' + token},
      cache: 'no-store',
      signal: AbortSignal.timeout(MILLIS.answer),
    });
    status = answer.status;
    if (answer.ok) {
      return await answer.json();
    }
  } catch (e) {
    throw new Refused(0, e.message);
  }
  throw new Refused(status, 'status ' + status);
}

/** Asks for all that is to be shown. Throws when one answer does not come; what has come before is kept. */
async function look() {
  const {jobs} = await ask('/jobs');
  const path = '/jobs/' + jobs[0].id;
  const [job, checkpoints] = await Promise.all([ask(path), ask(path + '/checkpoints')]);
  const before = seen.job;
  const isOther = before === null || before['start-time'] !== job['start-time'];
  if (isOther) {
    // Nothing of what another run of the job was is left.
    Object.assign(seen, {config: null, exceptions: null, metrics: null, options: null, details: new Map()});
    rates.length = 0;
  }
  Object.assign(seen, {job, checkpoints, at: Date.now()});
  if (isOther || round % SELDOM === 0 || before.numRestarts !== job.numRestarts || before.state !== job.state) {
    [seen.exceptions, seen.metrics] = await Promise.all([ask(path + '/exceptions'), ask(path + '/user-metrics')]);
  }
  if (seen.options === null) {
    [seen.config, seen.options] = await Promise.all([ask(path + '/checkpoints/config'), ask(path + '/config')]);
  }
  const {slow} = verdict(answers());
  const wanted = new Set([chosen, slow === null ? null : slow.vertex.id].filter(id => id !== null && job.vertices.some(vertex => vertex.id === id)));
  for (const id of wanted) {
    seen.details.set(id, await ask(path + '/vertices/' + id));
  }
  rates.push(readRate(job));
  if (rates.length > MOST_SAMPLES) {
    rates.shift();
  }
  round++;
}

function answers(slowDetails = null) {
  return {job: seen.job, checkpoints: seen.checkpoints, config: seen.config, exceptions: seen.exceptions, slowDetails};
}

function showJob() {
  const {job, checkpoints} = seen;
  const first = verdict(answers());
  const said = first.slow === null ? first : verdict(answers(seen.details.get(first.slow.vertex.id) ?? null));
  show(byId('shown'), true);
  showHead(job, checkpoints);
  showVerdict(said);
  graph.update(job, said.slow, chosen);
  showChosen();
  showCheckpoints(checkpoints, seen.config);
  showState(job);
  showFailures(seen.exceptions, job);
  showSources(seen.metrics);
  showCounted(seen.metrics);
  showOptions(seen.options);
}

function showHead(job, checkpoints) {
  setText(byId('job-name'), job.name);
  document.title = job.name + ' – Purlin';
  setText(byId('job-state'), job.state.toLowerCase());
  byId('job-state').dataset.state = job.state;
  setText(byId('job-duration'), duration(Math.floor(job.duration / 1000) * 1000) + ', since ' + dateAndTime(job['start-time']));
  setText(byId('job-restarts'), count(job.numRestarts));
  const last = checkpoints.latest.completed;
  setText(byId('job-checkpoint'), last !== null ? lag(job.now - last.end_timestamp) + ' ago'
    : seen.config.mode === 'none' ? 'takes none' : 'none yet');
}

function showVerdict(said) {
  byId('verdict').dataset.kind = said.kind;
  setText(byId('verdict-word'), said.word + ':');
  setText(byId('verdict-text'), said.text);
  if (announced !== said.key) {
    announced = said.key;
    setText(byId('announce'), said.word + ': ' + said.text);
  }
  for (const [id, answer] of [['card-doing', said.does], ['card-speed', said.fast], ['card-safety', said.safe]]) {
    const card = byId(id);
    card.dataset.kind = answer.kind;
    setText(card.querySelector('.answer'), answer.text === '' ? answer.word : answer.word + ': ' + answer.text);
    setText(card.querySelector('.more'), answer.more);
  }
  bars(byId('doing-history'), [...Array(MOST_SAMPLES - rates.length).fill(null), ...rates], {width: 4, gap: 1});
}

function showChosen() {
  const vertex = seen.job.vertices.find(each => each.id === chosen);
  show(byId('details'), vertex !== undefined);
  if (vertex !== undefined) {
    showDetails(seen.job, vertex, seen.details.get(chosen) ?? null);
  }
}

function choose(id) {
  chosen = id;
  showJob();
  if (id !== null && failures === 0) {
    next(0);
  }
}

/** Says that nobody answers, what that means, and when it is tried again. */
function showGone(wait) {
  const gone = byId('gone');
  show(gone, true);
  const again = `Asked again in ${duration(wait)}.`;
  if (seen.job === null) {
    setText(gone, `Nobody answers yet. ${again}`);
    return;
  }
  document.body.dataset.gone = 'true';
  const ended = ENDED.includes(seen.job.state);
  setText(gone, (ended ? 'The job has ended, and its port with it.' : 'Nobody answers: the job has ended, or its process is gone. Its log says which.')
    + ` What stands here is what was seen at ${time(seen.at)}. ${again}`);
  if (!ended) {
    setText(byId('job-state'), 'last seen ' + seen.job.state.toLowerCase());
    byId('job-state').dataset.state = '';
    byId('verdict').dataset.kind = 'ended';
    setText(byId('verdict-word'), 'No answer:');
    setText(byId('verdict-text'), `what stands here is of ${time(seen.at)}`);
  }
  if (announced !== 'gone') {
    announced = 'gone';
    setText(byId('announce'), gone.textContent);
  }
}

function askForToken() {
  show(byId('token-form'), true);
  setText(byId('token-wrong'), token === '' ? '' : 'That is not the token of this job.');
  byId('token').focus();
}

/** One round: asks, shows, and says when the next one is. Never two at once. */
async function tick() {
  if (running) {
    again = true;
    return;
  }
  if (document.hidden) {
    return;
  }
  running = true;
  again = false;
  const wait = await roundWait();
  running = false;
  if (wait !== null) {
    next(again ? 0 : wait);
  }
}

/** Milliseconds to the next round; null when there is none before somebody has done something. */
async function roundWait() {
  try {
    await look();
    failures = 0;
    delete document.body.dataset.gone;
    show(byId('gone'), false);
    show(byId('token-form'), false);
    showJob();
    return MILLIS.period;
  } catch (e) {
    if (e.status === 401) {
      askForToken();
      return null;
    }
    failures++;
    const wait = Math.min(MILLIS.most, MILLIS.period * 2 ** (failures - 1));
    if (!(e instanceof Refused)) {
      console.error(e);
      setText(byId('gone'), 'This page has failed: ' + e.message);
      show(byId('gone'), true);
    } else if (failures > 1 || seen.job === null) {
      // One answer that does not come is no news.
      showGone(wait);
    }
    return wait;
  }
}

function next(wait) {
  clearTimeout(timer);
  timer = setTimeout(tick, wait);
}

byId('details-close').addEventListener('click', () => {
  const was = chosen;
  choose(null);
  graph.focus(was);
});
byId('token-form').addEventListener('submit', event => {
  event.preventDefault();
  token = byId('token').value.trim();
  byId('token').value = '';
  next(0);
});
document.addEventListener('visibilitychange', () => next(0));
next(0);
