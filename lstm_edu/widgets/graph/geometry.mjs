// A graph drawn twice from one table: wide with time to the right, narrow with time downwards.
// Nodes are HTML over SVG wires, so that text keeps its size while the picture takes the width it
// is given.

import { el, kept } from "../kit/tree.mjs";

const CORNER = 9;

/**
 * The drawing of `layout` in a column of `width` pixels: size, direction, and `at(point)` for node
 * names and "a/b".
 */
export const place = (layout, width) =>
  (layout.drawing ??= kept())([width], () => placed(layout, width));

function placed(layout, width) {
  const wide = width >= layout.turn;
  const { base, height } = wide ? layout.wide : layout.narrow;
  const W = Math.max(base * (wide ? 0.94 : 0.92), Math.min(width, base * (wide ? 1.25 : 1.15)));
  const coordinates = (name) => {
    const [x, y] = layout.points[name][wide ? 0 : 1];
    return [(x * W) / base, y];
  };
  // "a/b" is the point at a's time on b's lane: an elbow, or a junction on a lane
  const at = (ref) => {
    const [a, b] = ref.split("/").map(coordinates);
    if (!b) return a;
    return wide ? [a[0], b[1]] : [b[0], a[1]];
  };
  return { wide, W, H: height, at, half: (name) => halfSize(layout, name, wide), ways: {} };
}

/**
 * What of a wire stands still as long as the drawing does: its corners on the way through `marks`,
 * its line plain and lit.
 */
export function still(drawing, wire, marks) {
  const line = (lit) => wireTree(corners(drawing, wire), { lit, arrow: wire.arrow });
  return (drawing.ways[wire.id] ??= {
    inner: corners(drawing, wire, marks),
    plain: line(false),
    lit: line(true),
  });
}

/**
 * The corners of a wire in pixels, cut off where its end nodes begin; `through` leaves out nodes
 * that it may enter.
 */
export function corners(drawing, wire, through = {}) {
  const points = wire.points.map(drawing.at);
  if (wire.from && !(wire.from in through))
    points[0] = leave(points[0], points[1], drawing.at(wire.from), drawing.half(wire.from));
  const last = points.length - 1;
  if (wire.to && !(wire.to in through))
    points[last] = leave(
      points[last],
      points[last - 1],
      drawing.at(wire.to),
      drawing.half(wire.to),
    );
  return points;
}

/**
 * The same corners, moved aside by `d` pixels (to the left of the way forward when `d` is
 * positive).
 */
export function aside(points, d) {
  return points.map((point, k) => {
    const before = k > 0 ? normal(points[k - 1], point) : null;
    const after = k + 1 < points.length ? normal(point, points[k + 1]) : null;
    const turns = before && after && (before[0] !== after[0] || before[1] !== after[1]);
    const [nx, ny] = turns ? [before[0] + after[0], before[1] + after[1]] : (before ?? after);
    return [point[0] + nx * d, point[1] + ny * d];
  });
}

/** The same corners, the ways in and out made longer by so many pixels, or shorter. */
export function stretched(points, start, end) {
  const last = points.length - 1;
  const moved = [...points];
  moved[0] = toward(points[0], points[1], -start);
  moved[last] = toward(points[last], points[last - 1], -end);
  return moved;
}

/** The SVG path through corners, each of them rounded. */
export function path(points) {
  const parts = [`M${round(points[0])}`];
  for (let k = 1; k + 1 < points.length; k++) {
    const [a, b, c] = [points[k - 1], points[k], points[k + 1]];
    const r = Math.min(CORNER, distance(a, b) / 2, distance(b, c) / 2);
    parts.push(`L${round(toward(b, a, r))}Q${round(b)} ${round(toward(b, c, r))}`);
  }
  parts.push(`L${round(points[points.length - 1])}`);
  return parts.join("");
}

/**
 * The way a value takes forwards: a line of 1.5 pixels, with an arrow head where it enters a node.
 */
export function wireTree(points, { lit, arrow }) {
  const [tip, before] = [points[points.length - 1], points[points.length - 2]];
  const back = toward(tip, before, 6);
  const [nx, ny] = normal(before, tip);
  const head = [
    [back[0] + nx * 3.5, back[1] + ny * 3.5],
    tip,
    [back[0] - nx * 3.5, back[1] - ny * 3.5],
  ];
  return el(
    "g",
    { class: lit ? "way lit" : "way" },
    el("path", { d: path(points) }),
    arrow ? el("path", { class: "head", d: `M${head.map(round).join("L")}Z` }) : null,
  );
}

/**
 * The point `r` pixels from `a` on the way to `b`.
 * @returns {[number, number]}
 */
export function toward(a, b, r) {
  const length = distance(a, b) || 1;
  return [a[0] + ((b[0] - a[0]) * r) / length, a[1] + ((b[1] - a[1]) * r) / length];
}

export const distance = (a, b) => Math.hypot(b[0] - a[0], b[1] - a[1]);

// left of the way from a to b, on a page whose y runs downwards
function normal(a, b) {
  const length = distance(a, b) || 1;
  return [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
}

function leave(point, inward, center, [halfX, halfY]) {
  const [dx, dy] = [Math.sign(inward[0] - point[0]), Math.sign(inward[1] - point[1])];
  return dx ? [center[0] + dx * halfX, point[1]] : [point[0], center[1] + dy * halfY];
}

function halfSize(layout, name, wide) {
  const kind = layout.kinds[name];
  const [w, h] = (wide ? layout.sizes : { ...layout.sizes, ...layout.narrowSizes })[kind] ?? [0, 0];
  return [w / 2, h / 2];
}

/**
 * The style of a box around `[x, y]`; a place in whole numbers needs no transform, which would be a
 * layer of its own.
 */
export const frame = ([x, y], [halfX, halfY]) =>
  `left:${(x - halfX).toFixed(1)}px;top:${(y - halfY).toFixed(1)}px;` +
  `width:${2 * halfX}px;height:${2 * halfY}px`;

/**
 * A point as SVG writes it, to a tenth of a pixel.
 * @param {number[]} point
 */
export const round = ([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
