// A product as a staircase on a log ruler, one stair a factor: edges multiply. The colour says
// which quantity carries it, stripes are a minus.

import { number, plain, signed, ten } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

const LOWEST = -8; // powers of ten: beyond these a step is a dotted hairline at the ruler's end

// pixels, but the first
const [HIGHEST, GUTTER, END, TREAD, ROW, TEXT, RUN] = [8, 46, 84, 8, 30, 206, 104];

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
 * The powers of ten that a ruler must show for these steps: whole ones, 1 and 0.1 always among
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
 * messenger that carries it. One that fits in `width` goes down from left to right; a longer one is
 * turned a quarter, a row a factor, large to the right. `ruler` [low, high] in powers of ten lets
 * several share one; `bare` leaves out all words, for a row of a list.
 */
export function staircase(factors, { width = 660, height = 108, ruler, bare = false, label } = {}) {
  const steps = levels(factors);
  const [low, high] = ruler ?? decades(steps);
  const columns = columnsOf(factors, bare);
  const space = bare ? width : width - GUTTER - END;
  const all = total(columns);
  const turned = !bare && all > space;
  const stretch = bare
    ? space / all
    : Math.max(1, Math.min(space / all, (RUN * columns.length) / all));
  const share = (level) => (Math.max(low, Math.min(high, level)) - low) / (high - low);
  const inset = TREAD / 2 + 2;
  const level = turned
    ? (v) => TEXT + share(v) * (width - TEXT - 24)
    : (v) => inset + (1 - share(v)) * (height - 2 * inset);
  let reached = turned ? 24 : bare ? 0 : GUTTER;
  const runs = columns.map((column) => [reached, (reached += turned ? ROW : column * stretch)]);
  const rect = (along, across, length, thick) =>
    turned ? box(across, along, thick, length) : box(along, across, length, thick);
  const stop = steps.findIndex((step) => !Number.isFinite(step.level));
  const walked = stop < 0 ? steps : steps.slice(0, stop + 1);
  const marks = walked.map((step, k) => {
    const [from, to] = runs[k];
    const before =
      k && Number.isFinite(walked[k - 1].level) ? level(walked[k - 1].level) : level(0);
    const here = Number.isFinite(step.level) ? level(step.level) : level(low);
    const riser = el("div", {
      class: "riser",
      style: rect(from, Math.min(before, here), 1.5, Math.abs(before - here)),
    });
    const middle = (from + to) / 2;
    return [
      step.level === null || Number.isNaN(step.level) ? null : riser,
      tread(step, factors[k].hue, rect, from, to, middle, here, [low, high]),
    ];
  });
  const wanted = label ?? spoken(factors, steps);
  const style = turned
    ? `width:${width}px;height:${reached + ROW}px`
    : `width:${bare ? width : Math.round(reached + END)}px;height:${height + (bare ? 0 : 50)}px`;
  return el(
    "div",
    {
      class: `stairs${turned ? " turned" : ""}${bare ? " bare" : ""}`,
      role: "img",
      "aria-label": wanted,
      style,
    },
    bare ? line(rect, runs, level(0)) : lines(rect, runs, level, low, high, turned, reached),
    marks,
    bare ? null : factors.map((factor, k) => words(factor, runs[k], turned, height)),
    bare ? null : result(steps.at(-1) ?? { level: 0 }, factors, turned, reached, level, low),
  );
}

function tread({ level, sign }, hue = "ink", rect, from, to, middle, here, [low, high]) {
  if (level === null || Number.isNaN(level))
    return el("div", {
      class: `sum-ring ${hue}${level === null ? "" : " cross"}`,
      style: rect(middle - 5, here - 5, 10, 10),
    });
  const off = level < low || level > high;
  return el("div", {
    class: `tread ${off ? "off" : sign < 0 ? "minus" : "plus"} ${hue}`,
    style: rect(from, here - (off ? 1 : TREAD / 2), to - from + 1.5, off ? 2 : TREAD),
  });
}

const line = (rect, runs, at) =>
  el("div", { class: "grid one", style: rect(0, at, runs.at(-1)?.[1] ?? 0, 1) });

function lines(rect, runs, level, low, high, turned, reached) {
  const every = Math.ceil((high - low) / (turned ? 2 : 4));
  const powers = Array.from({ length: high - low + 1 }, (_, k) => high - k);
  const start = turned ? 18 : GUTTER - 4;
  return powers.map((power) => [
    el("div", {
      class: power ? "grid" : "grid one",
      style: rect(start, level(power), reached - start, 1),
    }),
    power % every
      ? null
      : el(
          "span",
          {
            class: "tick",
            style: turned
              ? `left:${level(power)}px;top:0`
              : `left:0;width:${GUTTER - 8}px;top:${level(power) - 9}px`,
          },
          ten(power),
        ),
  ]);
}

function words({ symbol, value, name }, [from, to], turned, height) {
  const style = turned
    ? `left:0;top:${from}px;width:${TEXT - 14}px`
    : `left:${from}px;top:${height + 4}px;width:${to - from}px`;
  return el(
    "div",
    { class: "factor", style, "data-name": name },
    el("span", { class: "sym", html: symbol }),
    number(value, Number.isFinite(value) ? plain(value) : "not finite"),
  );
}

function result({ level }, factors, turned, reached, at, low) {
  const product = factors.reduce((so, { value }) => so * value, 1);
  const text = Number.isNaN(level) ? "not finite" : signed(product);
  const y = Number.isFinite(level) ? at(level) : at(low);
  const style = turned
    ? `left:0;top:${reached + 4}px;width:${TEXT - 14}px;text-align:right`
    : `left:${reached + 7}px;top:${Math.max(0, y - 9)}px`;
  return el("div", { class: "product", style }, "= ", number(product, text));
}

function spoken(factors, steps) {
  const wrong = steps.some(({ level }) => Number.isNaN(level));
  const product = factors.reduce((so, { value }) => so * value, 1);
  const list = factors.map(({ value }) => plain(value)).join(" times ");
  return wrong
    ? "A product that is not finite."
    : `A staircase on a log ruler: ${list} is ${signed(product)}.`;
}

// about how wide a formula is at 16 pixels
function wordWidth(markup) {
  const small = [...markup.matchAll(/<su[bp]>(.*?)<\/su[bp]>/g)].reduce(
    (sum, [, inside]) => sum + inside.length,
    0,
  );
  return 10 + (markup.replace(/<[^>]+>/g, "").length - small) * 6.4 + small * 5.3;
}

const box = (x, y, w, h) => `left:${cut(x)}px;top:${cut(y)}px;width:${cut(w)}px;height:${cut(h)}px`;

const cut = (v) => Math.round(v * 10) / 10;
