// A gradient in the backward pass: a ribbon beside the wire. Width is the power of ten, stripes are
// a minus, chevrons point where it travels, hue says which quantity carries it: "h", "c", "ink" for
// the loss itself, "wire" once it has left both.

import { aside, distance, path, round, stretched, toward } from "./geometry.mjs";
import { el } from "../kit/tree.mjs";

export const GAP = 4; // between wire and ribbon
const HUES = ["h", "c", "ink", "wire"];

/**
 * The width of a ribbon in pixels: 2 at |v| ≤ 0.001, 4 more for each power of ten, 18 at |v| ≥ 10,
 * none at 0.
 */
export function width(v) {
  if (v === 0) return 0;
  return Math.max(2, Math.min(18, 14 + 4 * Math.log10(Math.abs(v))));
}

/**
 * The ribbon of `v` beside a wire; `side` is 1 or −1. Exactly 0 is an open ring on the path that
 * nothing takes.
 */
export function ribbon(points, v, hue, side, uid) {
  const w = width(v);
  if (w === 0) return ring(points, hue, side);
  const line = aside(points, side * (GAP + w / 2));
  const cap = Math.min(w, distance(points[0], points[1]), distance(...points.slice(-2))) / 2;
  // its round caps give the length back
  const d = path(hue === "h" ? stretched(line, -cap, -cap) : line);
  const thin = w < 6;
  return el(
    "g",
    { class: `ribbon ${hue}`, "stroke-linecap": hue === "h" ? "round" : "butt" },
    el("path", { class: "casing", d, "stroke-width": w + 3 }),
    el("path", {
      d,
      "stroke-width": w,
      style: v < 0 ? `stroke:url(#${uid}-minus-${hue})` : undefined,
    }),
    v < 0 && !thin
      ? [-1, 1].map((edge) =>
          el("path", { class: "edge", d: path(aside(line, (edge * (w - 1)) / 2)) }),
        )
      : null,
    el("path", {
      class: thin ? "chevron" : "chevron cut",
      d: chevrons(line, thin ? w / 2 + 3 : w / 2 + 1),
    }),
  );
}

/** The stripes that mean minus, one pattern a hue, for the `<defs>` of a picture. */
export function stripes(uid) {
  return HUES.map((hue) =>
    el(
      "pattern",
      {
        id: `${uid}-minus-${hue}`,
        width: 4.6,
        height: 4.6,
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      },
      el("rect", { class: `ribbon ${hue}`, width: 2.1, height: 4.6 }),
    ),
  );
}

function ring(points, hue, side) {
  const line = aside(points, side * (GAP + 4));
  const [x, y] = middle(line);
  return el("g", { class: `ribbon ${hue}` }, el("circle", { class: "ring", cx: x, cy: y, r: 3.5 }));
}

function middle(points) {
  const lengths = points.slice(1).map((point, k) => distance(points[k], point));
  const k = lengths.indexOf(Math.max(...lengths));
  return toward(points[k], points[k + 1], lengths[k] / 2);
}

// a chevron about every 26 pixels of each straight piece, its tip towards where the value came
// from: fins on a thin ribbon, cuts through a wide one, so that the ribbon is a row of arrows in
// its very shape
function chevrons(points, arm) {
  const marks = [];
  points.slice(1).forEach((end, k) => {
    const start = points[k];
    const length = distance(start, end);
    const count = length < 16 ? 0 : Math.max(1, Math.round(length / 26) - (length > 60 ? 1 : 0));
    const [nx, ny] = [((end[1] - start[1]) / length) * arm, ((start[0] - end[0]) / length) * arm];
    for (let n = 0; n < count; n++) {
      const tip = toward(start, end, (length * (n + 0.5)) / count - arm * 0.3);
      const foot = toward(tip, end, arm * 0.62);
      const corners = [[foot[0] + nx, foot[1] + ny], tip, [foot[0] - nx, foot[1] - ny]];
      marks.push(`M${corners.map(round).join("L")}`);
    }
  });
  return marks.join("");
}
