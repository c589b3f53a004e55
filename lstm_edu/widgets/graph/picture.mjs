// The picture of a layout: wires and ribbons in SVG, nodes in HTML above them, all from numbers and
// never the reverse.

import { frame, still, stretched } from "./geometry.mjs";
import { node } from "./nodes.mjs";
import { signedNumber } from "../kit/numbers.mjs";
import { GAP, ribbon, stripes, width } from "./ribbon.mjs";
import { el } from "../kit/tree.mjs";

/** The whole picture; `s` holds its numbers and what the reader points at (see `cell.mjs`). */
export function figure(layout, drawing, html, s) {
  const { W, H } = drawing;
  // a column narrower than the narrowest picture scrolls it, not the page
  const tight = s.width < W;
  return el(
    "div",
    {
      class: `figure${tight ? " tight" : ""}${s.edges?.length ? " some" : ""}`,
      style: `width:${tight ? s.width : W}px;height:${H + (tight ? 16 : 0)}px`,
    },
    el(
      "svg",
      { width: W, height: H, "aria-hidden": "true" },
      el("defs", null, stripes(s.uid)),
      layout.wires.map((wire) => wireWithRibbon(layout, drawing, wire, s)),
      Object.keys(layout.marks).map((name) => mark(drawing.at(name), layout.marks[name])),
    ),
    el(
      "div",
      { class: "graph", role: "listbox", "aria-label": layout.label },
      layout.names.map((name) =>
        node(layout, drawing, html, s, name, frame(drawing.at(name), drawing.half(name))),
      ),
    ),
    layout.notes(s).map(({ at, name, wide, narrow, end }) =>
      el(
        "span",
        {
          class: `note${drawing.wide || end ? " end" : ""} ${name && layout.hues[name]}`,
          style: spot(drawing.at(at), drawing.wide ? wide : narrow),
        },
        name
          ? [signedNumber(s.v[name], { class: "num bar-value", "data-bar": name }), " from t + 1"]
          : "to t + 1",
      ),
    ),
  );
}

function wireWithRibbon(layout, drawing, wire, s) {
  const { inner, plain, lit } = still(drawing, wire, layout.marks);
  const flow = s.backward ? s.flows[wire.id] : undefined;
  const reach = flow && wire.joined ? GAP + width(s.flows[wire.joined][0]) : 0;
  // ribbons meet in the middle of an operation, or where another one joins from the side; wires end
  // at its edge
  const bed = stretched(inner, wire.start ?? 0, (wire.end ?? 0) + reach);
  const onEdge = s.edges?.some((edge) => edge.every((name) => wire.touches.includes(name)));
  return el(
    "g",
    { "data-wire": wire.id, class: onEdge ? "on" : undefined },
    flow ? ribbon(bed, flow[0], flow[1], drawing.wide ? 1 : -1, s.uid) : null,
    (s.edges?.length ? onEdge : wire.touches.includes(s.lit)) ? lit : plain,
  );
}

// an operation between values: ⊗ ⊕ are drawn, since their letters sit differently in every font
function mark([x, y], sign) {
  const r = 10;
  if (sign !== "×" && sign !== "+")
    return el(
      "g",
      { class: "op" },
      el("rect", { x: x - 20, y: y - 11, width: 40, height: 22, rx: 11 }),
      el("text", { x, y: y + 4.5, "text-anchor": "middle" }, sign),
    );
  const a = sign === "×" ? r * 0.5 : 0;
  const b = sign === "×" ? r * 0.5 : r * 0.62;
  return el(
    "g",
    { class: "op" },
    el("circle", { cx: x, cy: y, r }),
    el("path", { d: `M${x - b} ${y - a}L${x + b} ${y + a}M${x - a} ${y + b}L${x + a} ${y - b}` }),
  );
}

const spot = ([x, y], [dx, dy]) => `left:${(x + dx).toFixed(1)}px;top:${(y + dy).toFixed(1)}px`;
