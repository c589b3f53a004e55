// T steps of a model forwards and backwards: the same equations at every step, states handed on,
// bars handed back. A model is { forward, backward } as printed from its equations; the LSTM hands
// on h and c, the plain RNN h alone.

const NOTHING = { h_bar_next: 0, c_bar_next: 0 };

/**
 * Every value of every step, a list; `ys[t]` is the target of step t, or null where that step has
 * no loss.
 */
export function run(model, given, xs, ys) {
  // one object for all steps: a copy for each would take most of the time
  const at = { h_prev: 0, c_prev: 0, ...given };
  return xs.map((x, t) => {
    const v = model.forward(Object.assign(at, { x, y: ys[t] ?? 0 }));
    Object.assign(at, { h_prev: v.h, c_prev: v.c });
    return ys[t] === null ? silent(v) : v;
  });
}

// a step without a loss is one that meets its target: h − y is 0
const silent = (v) => ({ ...v, y: v.h, L: 0 });

/**
 * Every bar of every step, a list, `h_bar_next` and `c_bar_next` included. `carry` = k truncates:
 * the loss of a step flows back through k steps, its own included, and no further. `arriving`
 * reaches the last step from beyond it.
 */
export function back(model, tape, carry = tape.length, arriving = NOTHING) {
  if (carry >= tape.length) return sweep(model, tape, arriving);
  const next = tape.map((_, s) => ({ ...(s === tape.length - 1 ? arriving : NOTHING) }));
  const passing = [];
  tape.forEach((v, s) => {
    if (v.y === v.h && s < tape.length - 1) return;
    // later steps, whose turn is still to come, have added nothing to next[s] yet
    let { h_bar_prev: h, c_bar_prev: c = 0 } = model.backward({ ...v, ...next[s] });
    for (let t = s - 1; t >= 0 && t > s - carry; t--) {
      next[t].h_bar_next += h;
      next[t].c_bar_next += c;
      [h, c] = (passing[t] ??= passes(model, silent(tape[t])))(h, c);
    }
  });
  return tape.map((v, s) => Object.assign(model.backward({ ...v, ...next[s] }), next[s]));
}

// what a step passes on of what arrives at it: bars are linear in it, so that two of them say it
// for all
function passes(model, v) {
  const [one, other] = [
    { h_bar_next: 1, c_bar_next: 0 },
    { h_bar_next: 0, c_bar_next: 1 },
  ].map((arrives) => model.backward({ ...v, ...arrives }));
  const from = (name, h, c) => h * (one[name] ?? 0) + c * (other[name] ?? 0);
  return (h, c) => [from("h_bar_prev", h, c), from("c_bar_prev", h, c)];
}

function sweep(model, tape, arriving) {
  const bars = new Array(tape.length);
  const at = {}; // likewise
  let next = arriving;
  for (let t = tape.length; t--;) {
    const bar = model.backward(Object.assign(at, tape[t], next));
    bars[t] = Object.assign(bar, next);
    next = { h_bar_next: bar.h_bar_prev, c_bar_next: bar.c_bar_prev ?? 0 };
  }
  return bars;
}

/** The gradient of every parameter, by name: its bars summed over the steps. */
export function summed(bars) {
  const names = Object.keys(bars[0] ?? {}).filter((name) => /^[wb]_.*_bar$/.test(name));
  return Object.fromEntries(
    names.map((name) => [name, bars.reduce((sum, bar) => sum + bar[name], 0)]),
  );
}
