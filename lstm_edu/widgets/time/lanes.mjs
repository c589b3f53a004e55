// Lanes: a column a step, and in each what a gradient is there. Thickness is its power of ten,
// stripes are a minus, and the columns are tiles that point back in time; what a cut has taken away
// is grey. Each lane is a few paths, so it is drawn fast.

import { scaleOf } from "../graph/scale.mjs";
import { el } from "../kit/tree.mjs";

export const LOWEST = 1e-8;
const SAMPLES = [
  [1, "≥ 1"],
  [1e-4, "10⁻⁴"],
  [LOWEST, "10⁻⁸"],
  [-0.1, "minus"],
  [LOWEST / 10, "less than 10⁻⁸"],
  [0, "exactly 0"],
];
const MEANING =
  "Scale. A lane of 13 pixels is a gradient of 1 or more, 1.5 pixels less for each power of ten, " +
  "1 pixel is 10⁻⁸. Dotted is less than that. Striped is negative. An open ring is exactly 0. " +
  "Grey is what the cut has taken away.";

/**
 * The thickness of a lane in pixels: 13 at |v| ≥ 1, 1.5 less for each power of ten, 1 at 10⁻⁸, none
 * below.
 */
export function thickness(v) {
  const size = Math.abs(v);
  return size < LOWEST ? 0 : Math.min(13, 13 + 1.5 * Math.log10(size));
}

/** Where the columns stand: `count` of them, a column a step, between `left` and `right`. */
export function columns(left, right, count) {
  const w = (right - left) / count;
  return {
    left,
    right,
    count,
    w,
    x: (step) => left + (step - 1) * w,
    steps: Array.from({ length: count }, (_, n) => n + 1),
  };
}

/**
 * One lane around the height `y`: `cut[t−1]` in the hue, where it is 0 and `full[t−1]` is not, that
 * in grey.
 */
export function lane(grid, y, hue, cut, full, uid, from = 0) {
  const marks = { plus: "", minus: "", thin: "", off: "", far: "", zero: "", grey: "", greyed: "" };
  for (const step of grid.steps.filter((one) => one >= from)) {
    const lost = cut[step - 1] === 0 && full[step - 1] !== 0;
    const v = lost ? full[step - 1] : cut[step - 1];
    const kind = kindOf(v, lost);
    marks[kind] += SHAPES[kind]?.(grid, step, y) ?? tile(grid.x(step), y, grid.w, thickness(v));
  }
  const path = (name, tone, props = {}) =>
    marks[name] ? el("path", { class: `${name} ${tone}`, d: marks[name], ...props }) : null;
  const striped = (tone) => ({ style: `fill:url(#${uid}-minus-${tone})` });
  return el(
    "g",
    { class: "lane" },
    path("plus", hue),
    path("minus", hue, striped(hue)),
    path("thin", hue, striped(hue)),
    path("grey", "wire"),
    path("greyed", "wire", striped("wire")),
    path("off", hue),
    path("far", "wire"),
    path("zero", hue),
  );
}

// the path that the tile of a step belongs to
function kindOf(v, lost) {
  const h = thickness(v);
  if (v === 0) return "zero";
  if (!h) return lost ? "far" : "off";
  if (lost) return v < 0 ? "greyed" : "grey";
  if (v > 0) return "plus";
  return h < 4 ? "thin" : "minus";
}

const dots = (grid, step, y) => `M${px(grid.x(step))} ${y}h${px(grid.w)}`;
/** What is drawn where there is no tile. */
const SHAPES = {
  zero: (grid, step, y) => ring(grid.x(step) + grid.w / 2, y, Math.min(3, grid.w / 2 - 1.2)),
  off: dots,
  far: dots,
};

// a tile between two steps, its tip and its notch to the left
function tile(x, y, w, h) {
  const tip = Math.min(w * 0.4, h * 0.42);
  const [d, back, half] = [px(tip), px(-tip), px(h / 2)];
  const above = `l${d} ${px(-h / 2)}h${px(w - 1.4)}l${back} ${half}`;
  return `M${px(x + 0.6)} ${y}${above}l${d} ${half}h${px(1.4 - w)}z`;
}

function ring(x, y, r) {
  const arc = `a${px(r)} ${px(r)} 0 1 0`;
  return `M${px(x - r)} ${y}${arc} ${px(2 * r)} 0${arc} ${px(-2 * r)} 0`;
}

const px = (v) => String(Math.round(v * 100) / 100);

/** Values as strips from a line at `y`, `half` pixels for `most`; what is larger stops there. */
export function bars(grid, y, half, most, values) {
  const d = grid.steps.map((step) => {
    const up = (-half * Math.max(-most, Math.min(most, values[step - 1]))) / most;
    return `M${px(grid.x(step) + 1)} ${y}h${px(grid.w - 2)}v${px(up)}h${px(2 - grid.w)}z`;
  });
  return el("path", { class: "values", d: d.join("") });
}

/** The steps that are written below: the first, and multiples of 5 or 10, none too near. */
export function ticks(grid) {
  const every = grid.w > 16 ? 5 : 10;
  const room = Math.ceil(20 / grid.w);
  return grid.steps.filter((step) => step === 1 || (step % every === 0 && step > room));
}

/** The scale of lanes, its stripes those of the picture `uid`. */
export function laneScale(uid, legend) {
  const sample = (v) => {
    const grid = columns(1, v ? 34 : 13, v ? 3 : 1);
    const values = grid.steps.map(() => v);
    const drawn = lane(grid, 10, "ink", values, values, uid);
    return el("svg", { width: v ? 38 : 14, height: 20 }, drawn);
  };
  return scaleOf(MEANING, SAMPLES, sample, legend);
}
