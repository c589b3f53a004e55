// T steps of a model and all the way back: the same equations at every step, states handed on, bars handed back.
// A model is { forward, backward } as printed from its equations; the LSTM hands on h and c, the plain RNN h alone.

const NOTHING = { h_bar_next: 0, c_bar_next: 0 };

/** Every value of every step, a list; `ys[t]` is the target of step t, or null where that step has no loss. */
export function run(model, given, xs, ys) {
  const at = { h_prev: 0, c_prev: 0, ...given }; // one object for all steps: a copy for each would take most of the time
  return xs.map((x, t) => {
    const v = model.forward(Object.assign(at, { x, y: ys[t] ?? 0 }));
    Object.assign(at, { h_prev: v.h, c_prev: v.c });
    return ys[t] === null ? silent(v) : v;
  });
}

// a step without a loss is one that meets its target: h − y is 0
const silent = (v) => ({ ...v, y: v.h, L: 0 });

/**
 * Every bar of every step, a list, `h_bar_next` and `c_bar_next` included. `carry` = k truncates: the loss of a step flows
 * back through k steps, its own included, and no further. `arriving` reaches the last step from beyond it.
 */
export function back(model, tape, carry = tape.length, arriving = NOTHING) {
  if (carry >= tape.length) return sweep(model, tape, arriving);
  const zeros = Object.fromEntries(Object.keys(sweep(model, [tape[0]], NOTHING)[0]).map((name) => [name, 0]));
  const bars = tape.map(() => ({ ...zeros }));
  tape.forEach((v, s) => {
    const from = s === tape.length - 1 ? arriving : NOTHING;
    if (v.y === v.h && from === NOTHING) return;
    const first = Math.max(0, s + 1 - carry);
    const alone = [...tape.slice(first, s).map(silent), v];
    sweep(model, alone, from).forEach((bar, k) => add(bars[first + k], bar));
  });
  return bars;
}

function sweep(model, tape, arriving) {
  const bars = new Array(tape.length);
  const at = {}; // likewise
  let next = arriving;
  for (let t = tape.length; t--; ) {
    const bar = model.backward(Object.assign(at, tape[t], next));
    bars[t] = Object.assign(bar, next);
    next = { h_bar_next: bar.h_bar_prev, c_bar_next: bar.c_bar_prev ?? 0 };
  }
  return bars;
}

const add = (bars, more) => Object.keys(more).forEach((name) => (bars[name] += more[name]));

/** The gradient of every parameter, by name: its bars summed over the steps. */
export function summed(bars) {
  const names = Object.keys(bars[0] ?? {}).filter((name) => /^[wb]_.*_bar$/.test(name));
  return Object.fromEntries(names.map((name) => [name, bars.reduce((sum, bar) => sum + bar[name], 0)]));
}
