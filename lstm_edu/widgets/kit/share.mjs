// A figure's state, as a link, as Python, and back to the first: what every figure's *More* holds.
// Nothing that an address says is run or put into the page: a name must be a trait's, a value of
// that trait's kind.

import { button } from "./controls.mjs";
import { el } from "./tree.mjs";

const LONGEST = 4000; // characters of a fragment that are looked at

/** The traits that differ from the first state. */
export const changed = (first, state) =>
  Object.keys(first).filter((name) => JSON.stringify(state[name]) !== JSON.stringify(first[name]));

/** The state as a fragment under `key`, only what differs: `cell-1=x:0.7,pinned:%22c%22`. */
export function fragment(key, first, state) {
  const parts = changed(first, state).map(
    (name) => `${name}:${encodeURIComponent(JSON.stringify(state[name]))}`,
  );
  return `#${key}=${parts.join(",")}`;
}

/**
 * What a fragment says of the figure `key`, as traits; {} where it says nothing that could be one.
 */
export function fromFragment(key, hash, first) {
  if (hash.length > LONGEST || !hash.startsWith(`#${key}=`)) return {};
  const found = {};
  for (const part of hash.slice(key.length + 2).split(",")) {
    const name = part.slice(0, part.indexOf(":"));
    const value = parsed(part.slice(name.length + 1));
    if (Object.hasOwn(first, name) && alike(value, first[name])) found[name] = value;
  }
  return found;
}

function parsed(text) {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

function alike(value, model) {
  if (Array.isArray(model))
    return Array.isArray(value) && value.length <= 100 && value.every((v) => Number.isFinite(v));
  if (value === null || typeof value !== typeof model || Array.isArray(value)) return false;
  return typeof value === "object"
    ? Object.values(value).every((v) => Number.isFinite(v))
    : typeof value !== "number" || Number.isFinite(value);
}

const place = (cls) => `lstm-${cls.toLowerCase()}`;

/**
 * Keep numbers in this browser, for the figures of this kind on other pages; false where the
 * browser keeps nothing.
 */
export function keepNumbers(cls, numbers) {
  try {
    localStorage.setItem(place(cls), JSON.stringify(numbers));
    return true;
  } catch {
    return false;
  }
}

/** The numbers that were kept, read as a fragment is: only known names, only finite numbers. */
export function keptNumbers(cls, first) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(cls))) ?? {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        ([name, v]) =>
          Object.hasOwn(first, name) && typeof first[name] === "number" && alike(v, first[name]),
      ),
    );
  } catch {
    return {};
  }
}

/**
 * The state as Python that runs as it stands: `cls` with the traits `names`, and a number of the
 * screen asserted.
 */
export function python(cls, names, state, first, shown) {
  const [key, value] = shown;
  const worth = (name) =>
    typeof state[name] === "number" || changed(first, state).includes(name) || isSet(state[name]);
  const given = names
    .filter((name) => name in first && worth(name))
    .map((name) => `${name}=${spelled(state[name])}`);
  const lines = given.reduce((rows, part) => {
    const last = rows[rows.length - 1];
    if (last && last.length + part.length < 84) rows[rows.length - 1] = `${last} ${part},`;
    else rows.push(`    ${part},`);
    return rows;
  }, []);
  const it = cls.toLowerCase();
  return [
    `from lstm_edu.widgets import ${cls}`,
    "",
    `${it} = ${cls}(`,
    ...lines,
    ")",
    `assert abs(${it}.values["${key}"] - ${spelled(value)}) < 1e-9`,
    it,
    "",
  ].join("\n");
}

const isSet = (value) =>
  typeof value === "object" && value ? Object.keys(value).length > 0 : Boolean(value);

const spelled = (value) => {
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value, null, 1)?.replace(/\n\s*/g, " ") ?? "None";
};

/**
 * The corner of a view: Reset where something differs, and the fold with all that is not for the
 * first sight.
 * @param {{ more?: any, table?: boolean }} ui
 */
export function more({ more: corner = {}, table } = {}) {
  const { differs, fold, note } = corner;
  return el(
    "div",
    { class: "corner" },
    differs ? button("reset", "Reset") : null,
    el(
      "details",
      { class: "more", open: !!fold },
      el("summary", { "data-action": "more" }, "More"),
      fold ? menu(corner, table) : null,
    ),
    note && !fold ? el("p", { class: "words", role: "status" }, note) : null,
  );
}

function menu({ key, cls, kept, what, text, note }, table) {
  return el(
    "div",
    { class: "menu" },
    button("table", table ? "Show as figure" : "Show as table"),
    key ? button("link", "Copy link") : null,
    cls ? button("python", "Copy as Python") : null,
    cls ? button("save:svg", "Save as SVG") : null,
    cls ? button("save:png", "Save as PNG") : null,
    cls && key ? button("keep", "Keep my numbers") : null,
    kept ? button("mine", "Use my numbers") : null,
    text ? written(what === "link", text) : null,
    el("span", { class: "words", role: "status" }, note),
  );
}

function written(link, text) {
  const label = link ? "Link to this state" : "This state as Python";
  return el("textarea", { readonly: true, rows: link ? 3 : 9, "aria-label": label }, text);
}
