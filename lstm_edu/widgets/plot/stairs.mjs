// A product as a staircase on a log scale, one stair a factor: edges multiply. The colour says
// which quantity carries it, stripes are a minus.

import { math } from "../kit/letters.mjs";
import { number, plain, signed, ten } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

const LOWEST = -8; // powers of ten: beyond these a step is a dotted hairline at the scale's end

const HIGHEST = 8;

// pixels
const GUTTER = 46; // for the powers of ten, at the left
const END = 84; // for the product, at the right
const TREAD = 8; // how thick a stair is
const ROW = 30; // of a turned staircase
const TEXT = 206; // for a row's factor
const RUN = 104; // the longest stair

/**
 * Where a product stands after each factor: its sign, and the power of ten of its size, `null` at
 * 0, `NaN` if not finite.
 */
export function levels(factors) {
  let [level, sign] = [0, 1];
  return factors.map(({ value }) => {
    if (!Number.isFinite(value) || Number.isNaN(level)) level = NaN;
    else if (value === 0 || level === null) level = null;
    else [level, sign] = [level + Math.log10(Math.abs(value)), value < 0 ? -sign : sign];
    return { level, sign };
  });
}

/**
 * The powers of ten that a scale must show for these steps: whole ones, 1 and 0.1 always among
 * them.
 */
export function decades(steps) {
  const known = steps.map(({ level }) => level).filter(Number.isFinite);
  const inside = (level) => Math.max(LOWEST, Math.min(HIGHEST, level));
  return [Math.floor(inside(Math.min(-0.5, ...known))), Math.ceil(inside(Math.max(0, ...known)))];
}

const columnsOf = (factors, bare) =>
  factors.map(({ symbol }) => (bare ? 1 : Math.max(54, wordWidth(symbol))));

const total = (columns) => columns.reduce((sum, column) => sum + column, 0);

/** How high `staircase` draws these factors. */
export const room = (factors, width, height) =>
  total(columnsOf(factors)) > width - GUTTER - END ? 24 + ROW * (factors.length + 1) : height + 50;

/**
 * A product as a staircase. A factor is { symbol, value, hue }: markup of the module, a number, the
 * quantity that carries it. One that fits in `width` goes down from left to right; a longer one is
 * turned a quarter, a row a factor, large to the right. `scale` [low, high] in powers of ten lets
 * several share one; `bare` leaves out all words, for a row of a list.
 * @param {any[]} factors
 * @param {{
 *   width?: number, height?: number, scale?: number[], bare?: boolean, label?: string
 * }} options
 */
export function staircase(factors, { width = 660, height = 108, scale, bare = false, label } = {}) {
  const steps = levels(factors);
  const range = scale ?? decades(steps);
  const columns = columnsOf(factors, bare);
  const turned = !bare && total(columns) > width - GUTTER - END;
  const g = turned
    ? downwards(columns.length, range, width)
    : across(columns, range, width, height, bare);
  const stop = steps.findIndex(({ level }) => !Number.isFinite(level));
  const walked = stop < 0 ? steps : steps.slice(0, stop + 1);
  return el(
    "div",
    {
      class: `stairs${turned ? " turned" : ""}${bare ? " bare" : ""}`,
      role: "img",
      "aria-label": label ?? spoken(factors, steps),
      style: `width:${g.width}px;height:${g.height}px`,
    },
    bare ? line(g) : lines(g),
    walked.map((step, k) => stair(g, step, k ? steps[k - 1].level : 0, k, factors[k].hue)),
    bare ? null : captions(g, factors, steps, height),
  );
}

const captions = (g, factors, steps, height) => [
  factors.map((factor, k) => words(g, factor, g.runs[k], height)),
  result(g, steps.at(-1) ?? { level: 0 }, factors),
];

// How a staircase is laid out: the pixels [from, to] of each factor and where they end, the place
// of a power of ten, and boxes in these two directions.

function across(columns, range, width, height, bare) {
  const all = total(columns);
  const fill = (bare ? width : width - GUTTER - END) / all;
  const stretch = bare ? fill : Math.max(1, Math.min(fill, (RUN * columns.length) / all));
  const lengths = columns.map((column) => column * stretch);
  const [runs, reached] = runsOf(lengths, bare ? 0 : GUTTER);
  const inset = TREAD / 2 + 2;
  return {
    turned: false,
    range,
    runs,
    reached,
    width: bare ? width : Math.round(reached + END),
    height: bare ? height : height + 50,
    place: (level) => inset + (1 - share(level, range)) * (height - 2 * inset),
    box,
  };
}

function downwards(count, range, width) {
  const [runs, reached] = runsOf(new Array(count).fill(ROW), 24);
  return {
    turned: true,
    range,
    runs,
    reached,
    width,
    height: reached + ROW,
    place: (level) => TEXT + share(level, range) * (width - TEXT - 24),
    box: (x, y, w, h) => box(y, x, h, w),
  };
}

function runsOf(lengths, start) {
  let reached = start;
  const runs = lengths.map((length) => {
    const from = reached;
    reached += length;
    return [from, reached];
  });
  return [runs, reached];
}

const share = (level, [low, high]) => (Math.max(low, Math.min(high, level)) - low) / (high - low);

// the riser from the level before, and the tread; or a ring where the product is 0 or not finite
function stair(g, { level, sign }, before, k, hue = "ink") {
  const [from, to] = g.runs[k];
  const [low, high] = g.range;
  if (!Number.isFinite(level)) {
    const style = g.box((from + to) / 2 - 5, g.place(low) - 5, 10, 10);
    return [null, el("div", { class: `sum-ring ${hue}${level === null ? "" : " cross"}`, style })];
  }
  const [last, here] = [g.place(before), g.place(level)];
  const off = level < low || level > high;
  const texture = sign < 0 ? "minus" : "plus";
  const thick = off ? 2 : TREAD;
  return [
    el("div", {
      class: "riser",
      style: g.box(from, Math.min(last, here), 1.5, Math.abs(last - here)),
    }),
    el("div", {
      class: `tread ${off ? "off" : texture} ${hue}`,
      style: g.box(from, here - thick / 2, to - from + 1.5, thick),
    }),
  ];
}

const line = (g) =>
  el("div", { class: "grid one", style: g.box(0, g.place(0), g.runs.at(-1)?.[1] ?? 0, 1) });

function lines({ turned, range: [low, high], reached, place, box: rect }) {
  const every = Math.ceil((high - low) / (turned ? 2 : 4));
  const powers = Array.from({ length: high - low + 1 }, (_, k) => high - k);
  const start = turned ? 18 : GUTTER - 4;
  const tick = (power) =>
    turned
      ? `left:${place(power)}px;top:0`
      : `left:0;width:${GUTTER - 8}px;top:${place(power) - 9}px`;
  return powers.map((power) => [
    el("div", {
      class: power ? "grid" : "grid one",
      style: rect(start, place(power), reached - start, 1),
    }),
    power % every ? null : el("span", { class: "tick", style: tick(power) }, ten(power)),
  ]);
}

function words({ turned }, { symbol, value, name }, [from, to], height) {
  const style = turned
    ? `left:0;top:${from}px;width:${TEXT - 14}px`
    : `left:${from}px;top:${height + 4}px;width:${to - from}px`;
  return el(
    "div",
    { class: "factor", style, "data-name": name },
    math(symbol),
    number(value, Number.isFinite(value) ? plain(value) : "not finite"),
  );
}

const productOf = (factors) => factors.reduce((so, { value }) => so * value, 1);

function result({ turned, range, reached, place }, { level }, factors) {
  const product = productOf(factors);
  const text = Number.isNaN(level) ? "not finite" : signed(product);
  const y = place(Number.isFinite(level) ? level : range[0]);
  const style = turned
    ? `left:0;top:${reached + 4}px;width:${TEXT - 14}px;text-align:right`
    : `left:${reached + 7}px;top:${Math.max(0, y - 9)}px`;
  return el("div", { class: "product", style }, "= ", number(product, text));
}

function spoken(factors, steps) {
  if (steps.some(({ level }) => Number.isNaN(level))) return "A product that is not finite.";
  const list = factors.map(({ value }) => plain(value)).join(" times ");
  return `A staircase on a log scale: ${list} is ${signed(productOf(factors))}.`;
}

// about how wide a formula is at 16 pixels
function wordWidth(markup) {
  const raised = [...markup.matchAll(/<su[bp]>(.*?)<\/su[bp]>/g)];
  const small = raised.reduce((sum, [, inside]) => sum + inside.length, 0);
  return 10 + (markup.replace(/<[^>]+>/g, "").length - small) * 6.4 + small * 5.3;
}

const box = (x, y, w, h) => `left:${cut(x)}px;top:${cut(y)}px;width:${cut(w)}px;height:${cut(h)}px`;

const cut = (v) => Math.round(v * 10) / 10;
