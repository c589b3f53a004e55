// Every path from one number of a few steps to another, its product, and what is left when some
// paths are switched off. Steps are numbered as in lstm_edu.unroll: c_2 = f_2 c_1 + i_2 g_2, and a
// weight has no number.

import { sorry, unfit } from "../kit/complaints.mjs";
import { backward, forward, html, inputs, partials } from "../printed/equations.mjs";
import { harms, rules } from "../printed/paths.mjs";
import { once } from "../kit/numbers.mjs";
import { sweep } from "../steps/sweep.mjs";
import { back, run, summed } from "../steps/unrolled.mjs";

const MOST = 12; // rows; the others are one row together

const GATES = ["i", "f", "o", "g"];

export const WEIGHTS = inputs.filter((name) => /^[wb]_/.test(name));

export const LISTED = Object.keys(rules).filter((name) => name !== "steps"); // what the list is of

export const sources = (T) => [
  ...Array.from({ length: T }, (_, s) => [`c_${s}`, `h_${s}`]).flat(),
  ...WEIGHTS,
];

export const targets = (T) => [
  ...Array.from({ length: T }, (_, s) => [`c_${s + 1}`, `h_${s + 1}`]).flat(),
  "L",
];

export const stepOf = (name) => Number(/_(\d+)$/.exec(name)?.[1] ?? NaN);

export const letter = (name) => name.replace(/_\d+$/, "");

/** Why a state cannot be drawn, as a sentence, or "" when it can. */
export function complaint(t) {
  const bad = unfit(t, rules);
  if (bad) return bad;
  const ends = { of: sources(t.T), to: targets(t.T) };
  for (const [name, known] of Object.entries(ends))
    if (!known.includes(t[name]))
      return sorry(`${name} is ${String(t[name])}`, `It must be one of ${known.join(", ")}.`);
  return "";
}

// the numbered name of a letter of step t
function at(name, t) {
  if (WEIGHTS.includes(name)) return name;
  return name.endsWith("_prev") ? `${name.slice(0, -5)}_${t - 1}` : `${name}_${t}`;
}

/**
 * The local derivatives of all steps, { user: { name: ∂user/∂name } }, forwards; L is the sum of
 * the steps' losses.
 */
function edgesOf(tape) {
  const all = {};
  tape.forEach((v, k) => {
    for (const [user, slopes] of Object.entries(partials(v)))
      all[at(user, k + 1)] = Object.fromEntries(
        Object.entries(slopes)
          .filter(([name]) => name !== "y")
          .map(([name, slope]) => [at(name, k + 1), slope]),
      );
  });
  all.L = Object.fromEntries(tape.map((_, k) => [`L_${k + 1}`, 1]));
  return all;
}

/** Every path from `of` to `to`, each a list of names, in the order of `unroll.paths`. */
export function pathNames(edges, of, to) {
  if (of === to) return [[to]];
  const users = Object.keys(edges).filter((user) => of in edges[user]);
  return users.flatMap((user) => pathNames(edges, user, to).map((rest) => [of, ...rest]));
}

// of the longest graph, made when it is first asked for: [user, its names, its step], forwards
let shape;

/**
 * How many paths there are for any number of steps, as a BigInt, and how many products the merged
 * paths take.
 */
export function counted(T, of, to) {
  const empty = Array.from({ length: rules.steps.high }, () => ({}));
  shape ??= Object.entries(edgesOf(empty)).map(([user, slopes]) => [
    user,
    Object.keys(slopes),
    stepOf(user),
  ]);
  const edges = shape.filter(([, , step]) => !(step > T)); // L has no step
  const many = { [to]: 1n };
  for (const [user, names] of [...edges].reverse())
    if (many[user]) for (const name of names) many[name] = (many[name] ?? 0n) + many[user];
  const from = new Set([of]);
  let products = 0;
  for (const [user, names] of edges)
    for (const name of names)
      if (from.has(name) && many[user]) {
        from.add(user);
        products += user === "L" ? 0 : 1; // the losses are only added
      }
  return { many: many[of] ?? 0n, products };
}

const next = (v, u) => letter(v) !== letter(u) && stepOf(u) === stepOf(v) + 1 && u.startsWith("z_");

const alongC = (v, u) => /^c_\d/.test(v) && /^c_\d/.test(u);

const carries = (test) => (names) =>
  names.some((v, k) => k + 1 < names.length && test(v, names[k + 1], names[k - 1]));

const later = (v) => stepOf(v) >= 1; // what step 1 sends to the given start is left in place

/** Which paths a published mistake leaves out, by its name in `lstm_edu.lab.paths`. */
const LEFT_OUT = {
  "what c sends back": carries((v, u) => later(v) && alongC(v, u)),
  "what h sends back": carries((v, u) => later(v) && next(v, u)),
  "what h sends to the memory": carries(
    (v, u, before) => later(v) && next(v, u) && /^c_\d/.test(before ?? ""),
  ),
  "all that crosses steps": carries((v, u) => later(v) && (next(v, u) || alongC(v, u))),
  ...Object.fromEntries(
    GATES.map((k) => [`gate ${k}`, carries((v, u) => next(v, u) && u.startsWith(`z_${k}_`))]),
  ),
  "earlier steps’ shares": (names, T) => WEIGHTS.includes(names[0]) && stepOf(names[1]) < T,
  "later steps’ shares": (names) => WEIGHTS.includes(names[0]) && stepOf(names[1]) > 1,
};

/** The hue of a factor ∂user/∂name: what carries it. */
export function hueOf(user, name) {
  const u = letter(user);
  if (u === "L") return "ink";
  if (u === "h" || u === "c") return u;
  return u === "o" || u === "z_o" || letter(name) === "h" ? "h" : "c";
}

const timed = (markup, t) =>
  markup
    .replaceAll("(t)", `(${t})`)
    .replaceAll("(t−1)", `(${t - 1})`)
    .replace(/data-name="(\w+)"/g, (_, name) => `data-name="${at(name, t)}"`);

/** The letters of a numbered name, as markup. */
export function symbolOf(name) {
  if (name.startsWith("L_"))
    return `<span data-name="${name}"><i>L</i><sup>(${stepOf(name)})</sup></span>`;
  return name in html ? html[name].symbol : timed(html[letter(name)].symbol, stepOf(name));
}

function factor(edges, user, name) {
  const slopes = html[letter(user)].partials;
  return {
    symbol: timed(slopes[unnumbered(name, stepOf(user))], stepOf(user)),
    value: edges[user][name],
    hue: hueOf(user, name),
    name: user,
  };
}

// a numbered name in the letters of the step t
function unnumbered(name, t) {
  if (WEIGHTS.includes(name)) return name;
  return stepOf(name) < t ? `${letter(name)}_prev` : letter(name);
}

// ∂to/∂of as one sweep backwards gives it, by the equations' own backward pass
function gradient(t) {
  const T = t.to === "L" ? t.T : stepOf(t.to);
  const ys = t.to === "L" ? t.ys.slice(0, T) : new Array(T).fill(null);
  const tape = run({ forward }, given(t), t.xs.slice(0, T), ys);
  const bars = back({ backward }, tape, T, {
    h_bar_next: Number(letter(t.to) === "h"),
    c_bar_next: Number(letter(t.to) === "c"),
  });
  if (WEIGHTS.includes(t.of)) return summed(bars)[`${t.of}_bar`];
  const s = stepOf(t.of);
  if (s > T) return 0;
  return s === 0 ? bars[0][`${letter(t.of)}_bar_prev`] : bars[s - 1][`${letter(t.of)}_bar`];
}

const given = (t) => ({ ...t, h_prev: t.h_0, c_prev: t.c_0 });

/**
 * Every number of the figure from its traits. A path is { id, names, factors, product, off },
 * largest first.
 */
export const compute = (t) => ({ ...listed(t), long: longer(t) });

const longer = once(["steps", "of", "to"], ({ steps, of, to }) =>
  counted(steps, of, to === "L" ? "L" : `${letter(to)}_${steps}`),
);

const listed = once(LISTED, (t) => {
  const tape = run({ forward }, given(t), t.xs.slice(0, t.T), t.ys.slice(0, t.T));
  const edges = edgesOf(tape);
  const paths = pathNames(edges, t.of, t.to).map((names, id) => pathOf(edges, names, id, t.off));
  const sorted = [...paths].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const rest = sorted.slice(MOST);
  const missing = paths.filter(({ off }) => off).map(({ id }) => id);
  const sets = setsOf(paths, t.to === "L" ? t.T : stepOf(t.to));
  const same = (ids) => ids.length > 0 && String(ids) === String(missing);
  return {
    v: valuesOf(tape),
    edges,
    paths,
    shown: sorted.slice(0, MOST),
    rest,
    restSum: together(rest),
    total: together(sorted),
    aim: gradient(t),
    missing,
    sets,
    named: Object.keys(sets).filter((key) => same(sets[key])),
    bars: sweep(edges, { [t.to]: 1 }, {}),
    count: counted(t.T, t.of, t.to),
  };
});

function pathOf(edges, names, id, off) {
  const factors = names
    .slice(1)
    .flatMap((user, k) => (user === "L" ? [] : factor(edges, user, names[k])))
    .reverse();
  const product = factors.reduce((so, { value }) => so * value, 1);
  return { id, names, factors, product, off: off.includes(id) };
}

// the sum of those that are not switched off
const together = (paths) =>
  paths.filter(({ off }) => !off).reduce((sum, { product }) => sum + product, 0);

// the numbers of the paths that each mistake leaves out
function setsOf(paths, last) {
  const left = (name) => {
    const drops = LEFT_OUT[name];
    if (!drops) throw new Error(`nothing here says which paths "${name}" leaves out`);
    return paths.filter(({ names }) => drops(names, last)).map(({ id }) => id);
  };
  return Object.fromEntries(Object.keys(harms).map((name) => [name, left(name)]));
}

function valuesOf(tape) {
  const v = {};
  tape.forEach((step, k) => {
    for (const [name, value] of Object.entries(step)) v[at(name, k + 1)] = value;
  });
  return { ...v, L: tape.reduce((sum, { L }) => sum + L, 0) };
}
