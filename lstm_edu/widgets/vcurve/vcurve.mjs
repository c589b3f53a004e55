// The V of a gradient check: how far a gradient is from differences of the loss, against the size ε
// of their pushes. A wrong gradient's V has a floor; the line that the reader drags says what a
// check would let pass.

import { line, picture, plot, tens, ticks } from "../plot/axes.mjs";
import { slider, toggle } from "../kit/controls.mjs";
import { aloud } from "../kit/aloud.mjs";
import { now } from "../kit/letters.mjs";
import { live } from "../kit/live.mjs";
import { mistakes, rules } from "../printed/vcurve.mjs";
import { put } from "../kit/model.mjs";
import { number, plain } from "../kit/numbers.mjs";
import { prompts } from "../kit/prompts.mjs";
import { more } from "../kit/share.mjs";
import { grid, row, tabular } from "../kit/table.mjs";
import { el } from "../kit/tree.mjs";
import { inWords } from "./inwords.mjs";
import { complaint, compute, EPS, LOWEST, NAMES, size } from "./numbers.mjs";

const RUG = 22; // pixels for the nine floors, beside the slider

/** The whole widget as a tree, from the traits and from what belongs to this view. */
function view(t, ui) {
  const s = compute(t);
  const wide = ui.width >= 620;
  return el(
    "div",
    { class: `widget ${wide ? "wide" : "narrow"} vcurve` },
    el("div", { class: "top" }, menu(t), more(ui)),
    told(t),
    ui.table ? [table(t, s), allowed(t, s)] : [curves(t, s, ui, wide), caption],
    verdict(t, s),
    aloud(inWords(s, t)),
    el(
      "div",
      { class: "hand" },
      el(
        "div",
        { class: "switches" },
        slider("T", t.T, {
          symbol: "<i>T</i>",
          words: "number of steps",
          low: 1,
          high: rules.T.high,
          step: 1,
          text: `${t.T} ${t.T === 1 ? "step" : "steps"}`,
        }),
        toggle("last_only", "Loss at the last step only", t.last_only),
        toggle("equal_biases", "Biases equal, all 0", t.equal_biases),
      ),
    ),
    prompts(ui),
  );
}

const caption = el(
  "p",
  { class: "words" },
  "Grey passes the check; drag its edge. Nine marks: the floors of the nine mistakes.",
);

const allowed = (t, s) =>
  el(
    "label",
    { class: "slider" },
    el("span", { class: "words" }, "allowed error"),
    tolerance(t, s, ""),
  );

const menu = (t) =>
  el(
    "label",
    { class: "choose" },
    "Gradient ",
    el(
      "select",
      { "data-input": "mistake", value: String(NAMES.indexOf(t.mistake)) },
      ["the right one", ...NAMES].map((name, k) =>
        el("option", { value: String(k - 1), selected: k - 1 === NAMES.indexOf(t.mistake) }, name),
      ),
    ),
  );

// what is wrong with the gradient that is chosen, in words and as its line
function told(t) {
  const one = mistakes.find(({ name }) => name === t.mistake);
  const right = "The right gradient against differences of the loss: how far apart are they?";
  return el("p", { class: "wrong" }, one ? [one.words, " ", lineOf(one)] : right);
}

const lineOf = ({ formula, code }) =>
  formula ? el("span", { class: "line", html: now(formula) }) : el("code", null, code);

function curves(t, s, ui, wide) {
  const p = plot(
    ui.width,
    wide ? 340 : 320,
    { left: 50, right: 44 + RUG, top: 14, bottom: 50 },
    [-15, 0],
    [LOWEST, 1],
  );
  const points = (errors) => errors.map((v, k) => [Math.log10(EPS[k]), v ? Math.log10(v) : LOWEST]);
  const at = p.y(t.tolerance);
  const level = (v) => Math.min(p.box.bottom, p.y(v ? Math.log10(v) : LOWEST));
  const arm = (x, end, lines) =>
    lines.map((text, k) =>
      el("text", { class: "quiet", x, y: p.box.bottom - 28 + 19 * k, "text-anchor": end }, text),
    );
  return picture(p, {
    words:
      "The error of a gradient against differences with pushes of size ε, both axes logarithmic",
    outside: [
      ticks(p, tens(LOWEST, 1, 8), "left"),
      ticks(p, tens(-15, 0, wide ? 8 : 5)),
      el(
        "text",
        { class: "quiet", x: (p.box.left + p.box.right) / 2, y: p.H - 4, "text-anchor": "middle" },
        "ε, the size of the push",
      ),
      NAMES.map((name) =>
        rug(p, name, level(s.floors[name]), s.floors[name] < s.allowed, name === t.mistake),
      ),
      el("path", { class: "allowed", d: `M${p.box.left} ${at}H${p.box.right + RUG}` }),
    ],
    inside: [
      el("rect", {
        class: "passes",
        x: p.box.left,
        y: at,
        width: p.box.right - p.box.left,
        height: Math.max(0, p.box.bottom - at),
      }),
      line(p, points(s.right), t.mistake ? "thin" : "ink wide"),
      s.wrong ? line(p, points(s.wrong), "ink wide") : null,
      arm(p.box.left + 8, "start", ["rounding", "grows as 1/ε"]),
      arm(p.box.right - 8, "end", ["the chord", "falls with ε²"]),
    ],
    labels: [tolerance(t, s, upright(p)), t.mistake ? floor(p, s, level(s.floor), at) : null],
  });
}

// the place of the slider beside the plot
function upright(p) {
  const [top, bottom] = [rules.tolerance.high, rules.tolerance.low].map(p.y);
  return `left:${p.box.right + RUG}px;top:${top - 9}px;height:${bottom - top + 18}px`;
}

function floor(p, s, y, allowedY) {
  const style = `left:${p.x(-7)}px;top:${floorLabel(p, y, allowedY)}px`;
  return el("span", { class: "tag floor", style }, "its floor: ", shown(s.floor));
}

const shown = (v) => number(v, v < 1e-15 ? "0" : plain(v), { "data-of": "floor" });

// under its line, unless the allowed error is drawn there, or the names of the two arms
function floorLabel(p, y, allowedY) {
  if (y > p.box.bottom - 58) return p.box.bottom - 46;
  return allowedY > y && allowedY < y + 26 ? y - 14 : y + 14;
}

const rug = (p, name, y, passes, chosen) =>
  el(
    "path",
    {
      class: `rug${passes ? " in" : ""}${chosen ? " this" : ""}`,
      d: `M${p.box.right + 3} ${y.toFixed(1)}h${RUG - 6}`,
    },
    el("title", null, name),
  );

// the line itself is dragged: a native slider that stands upright in the plot's own scale
const tolerance = (t, s, style) =>
  el("input", {
    type: "range",
    class: style ? "tall" : "",
    style: style || undefined,
    min: rules.tolerance.low,
    max: rules.tolerance.high,
    step: 0.25,
    value: String(t.tolerance),
    "data-input": "tolerance",
    "aria-label": "allowed error",
    "aria-orientation": style ? "vertical" : "horizontal",
    "aria-valuetext": size(s.allowed),
  });

function verdict(t, s) {
  const n = s.passing.length;
  const caught = NAMES.filter((name) => !s.passing.includes(name));
  const list = n > 4 ? caught : s.passing; // the shorter one
  return el(
    "div",
    { class: "verdict" },
    el(
      "span",
      null,
      "At ",
      number(s.allowed, size(s.allowed), { "data-of": "allowed" }),
      " you would pass ",
      el("b", null, number(n, n ? String(n) : "none", { "data-of": "passes" })),
      " of the 9 mistakes",
      list.length ? [n > 4 ? "; caught: " : ": ", list.join(", ")] : "",
      ".",
    ),
    t.mistake ? verdictOnOne(t.mistake, s) : null,
  );
}

function verdictOnOne(name, s) {
  const word = s.passing.includes(name) ? "passes" : "is caught";
  return el("span", null, `“${name}” `, el("b", null, word), ".");
}

// every number that the picture draws
function table(t, s) {
  const few = (v, of) => number(v, v < 1e-15 ? "0" : plain(v), { "data-of": of });
  const wrongHead = s.wrong ? [`error of “${t.mistake}”`] : [];
  const wrong = (k) => (s.wrong ? [few(s.wrong[k], `wrong_${k}`)] : []);
  return tabular(
    grid(
      ["mistake", "floor", `at ${size(s.allowed)}`],
      NAMES.map((name) =>
        row(name, [few(s.floors[name], name), s.passing.includes(name) ? "passes" : "is caught"]),
      ),
    ),
    grid(
      ["ε", "error of the right one", ...wrongHead],
      EPS.map((eps, k) => row(size(eps), [few(s.right[k], `right_${k}`), ...wrong(k)])),
    ),
  );
}

const hands = (model) => ({
  input: (name, value) => put(model, { [name]: name === "mistake" ? (NAMES[value] ?? "") : value }),
  button: (action) => action in rules && put(model, { [action]: !model.get(action) }),
});

export const { still, render } = live({
  cls: "VCurve",
  rules,
  complaint,
  view,
  number: (t) => ["passes", compute(t).passing.length],
  hands,
});
