// Which questions are right, by their ids. This browser alone keeps it; where it keeps nothing, the
// page knows it for as long as it is open.

const KEY = "lstm-progress";
const VERSION = 1;
const TITLED = "lstm-answers"; // where earlier editions kept a day under each question's title
const CHANGED = "lstm-progress-changed";

/**
 * What is known of questions, by their ids: the day on which each was right. A later edition may
 * put tries beside it, so whatever stands in an entry stays in it.
 * @typedef {Record<string, { right?: string }>} Questions
 */

/** @type {Questions} */
let here = {};
let unsaved = false; // whether storage lacks something of it
const ids = {}; // the id of a title

function parsed(key) {
  const text = localStorage.getItem(key);
  try {
    return JSON.parse(text);
  } catch {
    return null; // what is no JSON is not ours
  }
}

const object = (value) => (value && typeof value === "object" ? value : {});

function titled() {
  const days = parsed(TITLED);
  const entries = Object.entries(object(days)).map(([title, right]) => [title, { right }]);
  return days && Object.fromEntries(entries);
}

// null where nothing is kept
function stored() {
  const kept = parsed(KEY);
  if (kept?.version > VERSION) throw new Error("a later edition keeps it in another form");
  return kept ? object(kept.questions) : titled();
}

// of two entries for one question, each has something to say
function joined(...many) {
  /** @type {Questions} */
  const all = {};
  for (const [key, one] of many.flatMap(Object.entries)) {
    const id = ids[key] ?? key;
    all[id] = { ...all[id], ...object(one) };
  }
  return all;
}

function read() {
  try {
    const kept = stored();
    if (kept) here = unsaved ? joined(kept, here) : joined(kept);
  } catch {
    unsaved = true;
  }
  return here;
}

function write(questions) {
  here = questions;
  try {
    stored();
    localStorage.setItem(KEY, JSON.stringify({ version: VERSION, questions }));
    unsaved = false;
  } catch {
    unsaved = true;
  }
  globalThis.dispatchEvent?.(new Event(CHANGED));
}

/**
 * The id of a box's question, by its traits; with a menu, of the line that is chosen.
 * @param {any} t
 */
export const idOf = (t) => (Object.keys(t.menu ?? {}).length ? `${t.id}.${t.name}` : t.id);

/** What is right so far: each question's id and the day on which it was. */
export function solved() {
  const known = Object.entries(read()).map(([id, { right }]) => [id, right]);
  return known.filter(([, right]) => typeof right === "string");
}

/** Whether this browser keeps what is right so far. */
export const kept = () => !unsaved;

/** Note that a question is right. */
export function note(id, day = new Date().toISOString().slice(0, 10)) {
  const known = read();
  write({ ...known, [id]: { right: day, ...known[id] } });
}

/** Say under which titles earlier editions kept questions, each with its id. */
export function rename(titles) {
  Object.assign(ids, titles);
}

/** Forget everything. */
export function clear() {
  try {
    [KEY, TITLED].forEach((key) => localStorage.removeItem(key));
  } catch {
    // nothing was kept
  }
  write({});
}

/**
 * Call `change` whenever a box notes something, in this page or another tab; returns how to stop.
 */
export function watch(change) {
  const types = [CHANGED, "storage", "pageshow"];
  types.forEach((type) => addEventListener(type, change));
  return () => types.forEach((type) => removeEventListener(type, change));
}
