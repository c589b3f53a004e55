// Branches add: the answers that come back to one value as signed bars, each from where the last one ended, on a linear
// ruler, and below them their sum from 0. Striped is a minus.

import { percent, signed } from "./numbers.mjs";
import { nice } from "./push.mjs";
import { el } from "./tree.mjs";

const [ROW, LEFT, RIGHT] = [24, 92, 62];

/** The bars of `parts`, pairs (words, number), in a picture `width` pixels wide with room for `rows` parts. */
export function sumBars(uid, parts, rows, width) {
  const ends = parts.reduce((all, [, x]) => [...all, all.at(-1) + x], [0]);
  const reach = nice(Math.max(0.01, ...ends.map(Math.abs)));
  const x = (v) => LEFT + (percent(v, -reach, reach) / 100) * (width - LEFT - RIGHT);
  const total = ends.at(-1);
  const bars = [...parts.map(([words, v], k) => [words, v, ends[k], ends[k + 1]]), ["together", total, 0, total]];
  const foot = (rows + 1) * ROW + 2;
  return el("svg", { width, height: foot + 18, role: "img", "aria-label": bars.map(([words, v]) => `${words} ${signed(v)}`).join(", ") },
    el("g", { class: "slope" },
      el("path", { class: "axis", d: `M${x(0)} 0V${foot}M${x(-reach)} ${foot}H${x(reach)}` }),
      [-reach, 0, reach].map((v) => el("text", { x: x(v), y: foot + 15, "text-anchor": "middle" }, signed(v)))),
    bars.map(([words, v, from, to], k) =>
      el("g", { class: "ribbon ink", "data-sum": words },
        el("text", { x: 0, y: k * ROW + 16, "font-weight": k === parts.length ? 600 : null }, words),
        el("rect", { x: Math.min(x(from), x(to)), y: k * ROW + 5, width: Math.max(1, Math.abs(x(to) - x(from))), height: 14,
          style: `stroke:var(--lstm-ink);fill:${v < 0 ? `url(#${uid}-ink)` : "var(--lstm-ink)"}` }),
        k < parts.length ? el("path", { d: `M${x(to)} ${k * ROW + 19}v10`, "stroke-dasharray": "2 2" }) : null,
        el("text", { x: width, y: k * ROW + 16, "text-anchor": "end" }, signed(v))))); // prettier-ignore
}
