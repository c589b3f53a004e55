// Axes for the figures that are plots: places for numbers, lines, a shaded gulf between two of
// them, labels side by side. On a logarithmic axis a number is given by its power of ten.

import { ten } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";

/**
 * A plot of W × H pixels: `x` and `y` give the place of a number, `box` is what lies between the
 * axes.
 */
export function plot(W, H, { left = 8, right = 8, top = 10, bottom = 28 }, [x0, x1], [y0, y1]) {
  const box = { left, top, right: W - right, bottom: H - bottom };
  return {
    W,
    H,
    box,
    lows: [x0, y0],
    highs: [x1, y1],
    x: (v) => box.left + ((v - x0) / (x1 - x0 || 1)) * (box.right - box.left),
    y: (v) => box.bottom - ((v - y0) / (y1 - y0 || 1)) * (box.bottom - box.top),
  };
}

/**
 * The picture: what is inside the axes is cut off at their edges, `outside` is not, labels are HTML
 * above both. What is inside has a picture of its own, of an unchanging size: the browser then
 * draws it anew and lays out nothing else.
 */
export function picture({ W, H, box }, { inside, outside, labels, words }) {
  const { left, top } = box;
  const [width, height] = [box.right - left, box.bottom - top];
  return el(
    "div",
    { class: "figure plot", style: `width:${W}px;height:${H}px` },
    el(
      "svg",
      { width: W, height: H, role: "img", "aria-label": words },
      el("rect", { class: "ground", x: left, y: top, width, height }),
      outside,
    ),
    el(
      "svg",
      {
        class: "inside",
        style: `left:${left}px;top:${top}px`,
        width,
        height,
        viewBox: `${left} ${top} ${width} ${height}`,
        "aria-hidden": "true",
      },
      el("rect", { x: left, y: top, width, height, fill: "transparent" }),
      inside,
    ),
    labels,
  );
}

/** Ticks along the bottom or, with `side`, on the "left" or "right"; a tick is [number, text]. */
export function ticks(p, list, side = "bottom") {
  const { box } = p;
  const down = side === "bottom";
  return list.map(([v, text]) => {
    const at = down ? p.x(v) : p.y(v);
    const beside =
      side === "left"
        ? { x: box.left - 6, y: at + 4.5, "text-anchor": "end" }
        : { x: box.right + 6, y: at + 4.5, "text-anchor": "start" };
    const label = down ? { x: at, y: box.bottom + 24, "text-anchor": "middle" } : beside;
    return [
      el("path", {
        class: "grid",
        d: down ? `M${px(at)} ${box.bottom}v5` : `M${box.left} ${px(at)}H${box.right}`,
      }),
      el("text", label, text),
    ];
  });
}

/** Ticks at powers of ten between two of them, at most `most`. */
export function tens(low, high, most = 6) {
  const step = [1, 2, 3, 5, 10, 20, 30, 50, 100].find((size) => (high - low) / size < most) ?? 100;
  const list = [];
  for (let v = Math.floor(high / step) * step; v >= low; v -= step) list.push([v, ten(v)]);
  return list;
}

/** Ticks at round numbers from 0 to a whole number, which has its own. */
export function rounds(high, most = 5) {
  const step = [1, 2, 5, 10, 20, 25, 50].find((size) => high / size <= most) ?? 50;
  const list = [[high, String(high)]];
  for (let v = 0; v <= high - step / 2; v += step) list.push([v, String(v)]);
  return list;
}

/**
 * A line through points [x, y, minus]; it is dashed where `minus` holds, and breaks where a y is
 * not finite.
 */
export function line(p, points, type) {
  const ways = { solid: "", dashed: "" };
  const ends = {};
  const spots = points.map((point) => spot(p, point));
  points.slice(1).forEach((to, k) => {
    const from = points[k];
    if (!Number.isFinite(from[1]) || !Number.isFinite(to[1])) return;
    const way = to[2] || from[2] ? "dashed" : "solid";
    ways[way] += `${ends[way] === k ? "" : `M${spots[k]}`}L${spots[k + 1]}`;
    ends[way] = k + 1;
  });
  return el(
    "g",
    { class: `line ${type}` },
    el("path", { d: ways.solid || "M0 0" }),
    ways.dashed ? el("path", { class: "minus", d: ways.dashed }) : null,
  );
}

/** What lies between two lines that have the same x. */
export function gulf(p, one, other, type) {
  const ring = [...one, ...[...other].reverse()].filter(([, y]) => Number.isFinite(y));
  return el("path", {
    class: `gulf ${type}`,
    d: ring.length ? `M${ring.map((point) => spot(p, point)).join("L")}Z` : "M0 0",
  });
}

/**
 * Labels [wanted y, height, content, class] in a column at the left, moved up or down until none
 * lies over another.
 */
export function aside(p, list, width) {
  const { top, bottom } = p.box;
  const sorted = [...list].sort((a, b) => a[0] - b[0]);
  const places = spread(
    sorted.map(([y, height]) => [Math.max(top, Math.min(bottom, y)), height]),
    0,
    bottom + 12,
  );
  return el(
    "div",
    { class: "beside", style: `width:${width}px;height:${bottom + 12}px` },
    sorted.map(([, height, content, type], k) =>
      el(
        "span",
        { class: `tag ${type}`, style: `margin-top:${px(places[k] - height / 2)}px` },
        content,
      ),
    ),
  );
}

/**
 * Middles for things [wanted middle, height], sorted, so that none overlap and all lie between low
 * and high.
 */
export function spread(list, low, high) {
  const places = list.map(([middle]) => middle);
  const apart = (k) => (list[k][1] + list[k + 1][1]) / 2;
  for (let k = 0; k < list.length; k++)
    places[k] = Math.max(places[k], k ? places[k - 1] + apart(k - 1) : low + list[0][1] / 2);
  for (let k = list.length - 1; k >= 0; k--) {
    const limit = k === list.length - 1 ? high - list[k][1] / 2 : places[k + 1] - apart(k);
    places[k] = Math.min(places[k], limit);
  }
  return places;
}

const px = (v) => v.toFixed(1);
const spot = (p, [x, y]) => `${px(p.x(x))} ${px(Math.max(-9999, Math.min(9999, p.y(y))))}`;
