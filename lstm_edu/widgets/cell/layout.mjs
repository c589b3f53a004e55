// Where the cell's parts stand: cell state above, hidden state below, time to the right; on narrow
// pages all turned. A point is [wide x, y] and [narrow x, y]; "a/b" means at a's time on b's lane
// (see `geometry.mjs`).
// Longer than 300 lines because the places of a picture are data, wide and narrow.

export const GATES = ["f", "i", "g", "o"]; // from left to right as they stand

/**
 * Each slider's lowest and highest value and its step; weights and biases by their first letter.
 */
export const RANGES = {
  i: [0.01, 0.99, 0.01],
  f: [0.01, 0.99, 0.01],
  o: [0.01, 0.99, 0.01],
  g: [-0.99, 0.99, 0.01],
  x: [-3, 3, 0.1],
  y: [-1, 1, 0.05],
  h_prev: [-1, 1, 0.05],
  c_prev: [-2, 2, 0.05],
  h_bar_next: [-2, 2, 0.05],
  c_bar_next: [-2, 2, 0.05],
  w: [-3, 3, 0.1],
  b: [-5, 5, 0.1],
};

const points = {
  c_prev: [
    [56, 42],
    [56, 28],
  ],
  h_prev: [
    [55, 340],
    [274, 84],
  ],
  x: [
    [55, 400],
    [307, 28],
  ],
  c_lane: [
    [0, 42],
    [50, 0],
  ],
  h_lane: [
    [0, 340],
    [300, 0],
  ],
  x_lane: [
    [0, 400],
    [340, 0],
  ],
  times_f: [
    [137, 42],
    [50, 150],
  ],
  times_ig: [
    [273.5, 104],
    [90, 276],
  ],
  plus: [
    [273.5, 42],
    [50, 276],
  ],
  c: [
    [380, 42],
    [50, 356],
  ],
  branch: [
    [486, 42],
    [50, 488],
  ],
  c_end: [
    [660, 42],
    [50, 656],
  ],
  tanh: [
    [486, 104],
    [92, 488],
  ],
  times_o: [
    [486, 176],
    [136, 488],
  ],
  h: [
    [486, 340],
    [300, 488],
  ],
  h_out: [
    [486, 364],
    [332, 488],
  ],
  h_end: [
    [660, 364],
    [332, 656],
  ],
  L: [
    [606, 314],
    [268, 598],
  ],
  y: [
    [606, 224],
    [130, 598],
  ],
};
const columns = { f: [137, 150], i: [228, 234], g: [319, 318], o: [410, 402] };
for (const [k, [across, down]] of Object.entries(columns))
  Object.assign(points, {
    [k]: [
      [across, 176],
      [136, down],
    ],
    [`z_${k}`]: [
      [across, 246],
      [222, down],
    ],
    [`w_${k}h`]: [
      [across - 14, 296],
      [271, down - 14],
    ],
    [`w_${k}x`]: [
      [across + 14, 296],
      [271, down + 14],
    ],
    [`b_${k}`]: [
      [across + 25, 214.5],
      [222, down + 38],
    ],
  });

const wire = (id, route, touches, ends = {}) => ({
  id,
  points: route,
  touches,
  arrow: Boolean(ends.to),
  ...ends,
});
const intoC = ["c", "f", "c_prev", "i", "g"];
const wires = [
  wire("c_prev", ["c_prev/c_lane", "times_f"], ["c_prev", "c"], { from: "c_prev", to: "times_f" }),
  wire("f", ["f", "times_f"], ["f", "c"], { from: "f", to: "times_f", end: 4 }),
  wire("keep", ["times_f", "plus"], ["f", "c_prev", "c"], { from: "times_f", to: "plus" }),
  wire("i", ["i", "i/times_ig", "times_ig"], ["i", "c"], { from: "i", to: "times_ig" }),
  wire("g", ["g", "g/times_ig", "times_ig"], ["g", "c"], { from: "g", to: "times_ig" }),
  wire("add", ["times_ig", "plus"], ["i", "g", "c"], { from: "times_ig", to: "plus", end: 4 }),
  wire("c", ["plus", "c"], intoC, { from: "plus", to: "c" }),
  wire("out", ["c", "branch"], ["c", "h"], { from: "c", joined: "squash" }),
  wire("c_next", ["branch", "c_end"], ["c"], { to: "c_end" }),
  wire("squash", ["branch", "tanh"], ["c", "h"], { to: "tanh", start: 4 }),
  wire("squashed", ["tanh", "times_o"], ["c", "h"], { from: "tanh", to: "times_o" }),
  wire("o", ["o", "times_o"], ["o", "h"], { from: "o", to: "times_o", end: 4 }),
  wire("h", ["times_o", "h"], ["c", "o", "h"], { from: "times_o", to: "h" }),
  wire("loss", ["h/L", "L"], ["h", "L"], { from: "h", to: "L" }),
  wire("y", ["y", "L"], ["y", "L"], { from: "y", to: "L" }),
  wire("h_next", ["h/h_out", "h_end"], ["h"], { from: "h", to: "h_end" }),
  ...["h", "x"].flatMap((source) =>
    GATES.map((k, n) => {
      const begin = n
        ? `w_${GATES[n - 1]}${source}/${source}_lane`
        : `${source === "h" ? "h_prev" : "x"}/${source}_lane`;
      const name = source === "h" ? "h_prev" : "x";
      return wire(
        `${source}_lane_${k}`,
        [begin, `w_${k}${source}/${source}_lane`],
        [name],
        n ? {} : { from: name },
      );
    }),
  ),
  ...GATES.flatMap((k) => [
    ...["h", "x"].flatMap((source) => {
      const [w, name] = [`w_${k}${source}`, source === "h" ? "h_prev" : "x"];
      return [
        wire(`${source}_tap_${k}`, [`${w}/${source}_lane`, w], [name, w, `z_${k}`], { start: -5 }),
        wire(w, [w, `${w}/z_${k}`], [name, w, `z_${k}`], { to: `z_${k}` }),
      ];
    }),
    wire(`b_${k}`, [`b_${k}`, `b_${k}/z_${k}`], [`b_${k}`, `z_${k}`], { to: `z_${k}` }),
    wire(`z_${k}`, [`z_${k}`, k], [`z_${k}`, k], { from: `z_${k}`, to: k }),
  ]),
];

const ORDER = ["i", "f", "o", "g"];
const weights = ORDER.flatMap((k) => [`w_${k}x`, `w_${k}h`, `b_${k}`]);
const sums = ORDER.map((k) => `z_${k}`);
const names = ["x", "h_prev", "c_prev", ...weights, ...sums, ...ORDER, "c", "h", "L", "y"];
const each = (list, value) =>
  Object.fromEntries(list.map((name) => [name, typeof value === "function" ? value(name) : value]));

export const layout = {
  label:
    "One step of an LSTM cell. Arrow keys left and right follow the wires, " +
    "up and down go to the neighbour.",
  start: "L",
  turn: 620,
  points,
  wires,
  names,
  weights,
  wide: { base: 660, height: 430 },
  narrow: { base: 352, height: 664 },
  marks: { times_f: "×", times_ig: "×", plus: "+", tanh: "tanh", times_o: "×" },
  sizes: {
    state: [90, 42],
    before: [98, 42],
    given: [72, 42],
    gate: [52, 52],
    sum: [76, 38],
    weight: [24, 24],
    hidden: [92, 68],
    loss: [94, 60],
    times: [20, 20],
    tanh: [40, 22],
  },
  narrowSizes: { gate: [48, 48], sum: [66, 38] },
  kinds: {
    c_prev: "before",
    h_prev: "before",
    c: "state",
    x: "given",
    y: "given",
    h: "hidden",
    L: "loss",
    tanh: "tanh",
    times_f: "times",
    times_ig: "times",
    plus: "times",
    times_o: "times",
    ...each(ORDER, "gate"),
    ...each(sums, "sum"),
    ...each(weights, "weight"),
  },
  lanes: { c_prev: "c", c: "c", h_prev: "h", h: "h" },
  // what came along c reached f, i and g; what came through h reached o
  hues: {
    c: "c",
    c_prev: "c",
    h: "h",
    h_prev: "h",
    x: "wire",
    y: "wire",
    h_bar_next: "h",
    c_bar_next: "c",
    ...each([...ORDER, ...sums, ...weights], (name) => (/^(?:[zwb]_)?o/.test(name) ? "h" : "c")),
  },
  ranges: { i: [0, 1], f: [0, 1], o: [0, 1], g: [-1, 1] },
  captions: {
    x: "input",
    y: "target",
    c_prev: "before",
    h_prev: "before",
    c: "cell state",
    h: "hidden state",
    L: "loss",
    i: "input",
    f: "forget",
    o: "output",
    g: "candidate",
    ...each(sums, "sum"),
  },
  barNames: {
    ...each(
      names.filter((name) => name !== "L" && name !== "y"),
      (name) => `${name}_bar`,
    ),
    h_prev: "h_bar_prev",
    c_prev: "c_bar_prev",
  },
  seeds: { h: "h_bar_next", c: "c_bar_next" },
  next: {
    x: "w_ix",
    h_prev: "w_ih",
    c_prev: "c",
    y: "L",
    c: "h",
    h: "L",
    i: "c",
    f: "c",
    g: "c",
    o: "h",
    ...each(sums, (name) => name[2]),
    ...each(weights, (name) => `z_${name[2]}`),
  },
  previous: {
    L: "h",
    h: "o",
    c: "i",
    ...each(ORDER, (name) => `z_${name}`),
    ...each(sums, (name) => `w_${name[2]}x`),
    ...each(
      weights.filter((name) => name[0] === "w"),
      (name) => (name[3] === "x" ? "x" : "h_prev"),
    ),
  },
  siblings: [["c_prev", "h_prev", "x"], ORDER, sums, weights, ["c", "h"], ["y", "L"]],
  signs: [
    ["how-open", "how far a gate is open"],
    ["tiny", "a weight or a bias"],
    ["is", "h"],
    ["should", "the target y"],
    ["lost", "the loss, from 0 to 1"],
  ],
  story: {
    sums,
    forward: [...ORDER, "c", "h", "L"],
    backward: ["h_bar_loss", "h_bar", "o_bar", "c_bar", "i_bar", "g_bar", "f_bar"],
  },
  legend: [
    ["h", "through h"],
    ["c", "along c"],
    ["ink", "from the loss"],
    ["wire", "to x"],
  ],
  notes: (s) => [
    { at: "c_end", wide: [-4, 8], narrow: [12, -116], name: s.backward ? "c_bar_next" : "" },
    {
      at: "h_end",
      wide: [-4, 8],
      narrow: [-28, -20],
      end: true,
      name: s.backward ? "h_bar_next" : "",
    },
  ],
};
