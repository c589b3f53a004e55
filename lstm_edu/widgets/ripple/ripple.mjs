// A few equations as a graph: push a value and the ripple runs to the loss, hold a value and it
// stops there. Where a value is used twice, two answers come back; their strips, end to end, are
// its gradient.

import { card } from "../graph/card.mjs";
import { hand, slider } from "../kit/controls.mjs";
import { figure } from "../graph/picture.mjs";
import { place } from "../graph/geometry.mjs";
import { table } from "../graph/table.mjs";
import { grips, news } from "../graph/grips.mjs";
import { short } from "../kit/letters.mjs";
import { live } from "../kit/live.mjs";
import { put, read } from "../kit/model.mjs";
import { signedNumber } from "../kit/numbers.mjs";
import { prompts } from "../kit/prompts.mjs";
import { backward, forward, html, inputs, partials, rules } from "../printed/ripple.mjs";
import { aloud } from "../kit/aloud.mjs";
import { inWords } from "./inwords.mjs";
import { layoutOf } from "./layout.mjs";
import { complaint, compute } from "./numbers.mjs";
import { scale } from "../graph/scale.mjs";
import { more } from "../kit/share.mjs";
import { sumBars } from "../plot/sums.mjs";
import { el } from "../kit/tree.mjs";

const program = { forward, backward, html, inputs, partials };

export const layout = layoutOf(program);

/** The whole widget as a tree, from the traits and from what this view's reader points at. */
function view(t, ui) {
  const numbers = numbersOf(t);
  const s = {
    ...numbers,
    lit: ui.hover || ui.focus || ui.pointed || numbers.pinned,
    uid: ui.uid,
    width: ui.width,
    edges: [],
    hues: layout.hues,
    stop: ui.stop || layout.start,
    invitation: layout.invitation,
  };
  const drawing = place(layout, ui.width);
  return el(
    "div",
    { class: `widget ${drawing.wide ? "wide" : "narrow"}${s.backward ? " backward" : ""}` },
    el("div", { class: "top" }, more(ui)),
    aloud(inWords(s, layout)),
    ui.table
      ? table(layout, html, s, layout.names, (name) => named(s.parts[name]))
      : [
          picture(drawing, s),
          s.backward ? answers(drawing, s) : null,
          s.backward ? scale(ui.uid, layout.legend) : null,
        ],
    hand(
      inputs.map((name) => handle(s, name)),
      news(ui.said, s.lock),
      "grid-template-columns:1fr 1fr",
    ),
    about(drawing, s),
    prompts(ui),
  );
}

export const numbersOf = (t) => compute(t, program, layout);

const named = (parts) => (parts.length > 1 ? parts.map(([user, x]) => [`through ${user}`, x]) : []);

// the card, on a narrow page no higher than what these few equations need
function about(drawing, s) {
  const made = card(program, layout, s);
  return drawing.wide
    ? made
    : { ...made, props: { ...made.props, style: `height:${s.backward ? 568 : 360}px` } };
}

// the graph, and beside each branch the answer that comes back along it
function picture(drawing, s) {
  const drawn = figure(layout, drawing, html, s);
  const shares = layout.wires.filter(
    ({ arrow, carries: [name] }) => s.backward && arrow && layout.users[name].length > 1,
  );
  drawn.children.push(...shares.map((wire) => shareOf(drawing, s, wire)));
  return drawn;
}

function shareOf(drawing, s, { points, carries: [name, [user]] }) {
  const [[x, y], [tip, down]] = [points.at(-2), points.at(-1)].map(drawing.at);
  const [, value] = s.parts[name].find(([other]) => other === user);
  const upright = ["24px,-50%", "12px,-50%"];
  const level = ["-50%,8px", "-50%,-26px"];
  const moved = (x === tip ? upright : level)[drawing.wide ? 0 : 1];
  return el(
    "span",
    {
      class: "note",
      style: `left:${(x + tip) / 2}px;top:${(y + down) / 2}px;transform:translate(${moved})`,
    },
    signedNumber(value, {
      class: "num bar-value ink",
      "data-share": `${name}>${user}`,
    }),
  );
}

// the answers of the value in focus, or else of the first that has two
function answers(drawing, s) {
  const many = layout.names.filter((name) => layout.users[name].length > 1);
  const name = layout.users[s.lit]?.length ? s.lit : many[0];
  const rows = Math.max(...layout.names.map((other) => layout.users[other].length));
  const parts = s.parts[name].map(([user, value]) => ({
    symbol: short(html, user),
    value,
    hue: "ink",
  }));
  const letters = short(html, name);
  const words = `The answers to a push of ${letters}, each through the line that uses it`;
  const [width, height] = [Math.min(s.width, drawing.W), 30 * (rows + 3)];
  return el(
    "div",
    { class: "answers", style: `width:${width}px;min-height:${height}px;margin:6px auto 0` },
    el("p", { class: "words", html: words }),
    sumBars(parts, {
      total: { symbol: short(html, layout.barNames[name]), hue: "ink" },
      label: words.replace(/<[^>]+>/g, ""),
    }),
  );
}

function handle(s, name) {
  const options = {
    symbol: short(html, name),
    words: html[name].words,
    low: -3,
    high: 3,
    step: 0.1,
    disabled: name in s.lock,
    long: rules[name].high,
  };
  return slider(name, s.v[name], {
    ...options,
    bar: s.backward ? s.bars[name] : undefined,
    hue: "ink",
  });
}

/** What the reader's hand does to the model. */
export function hands(model) {
  const traits = () => read(model, Object.keys(rules));
  const { buttons, ...pins } = grips(model, () => numbersOf(traits()));
  return {
    traits,
    ...pins,
    input: (name, value) => put(model, { [name]: value }),
    button: (action) => buttons[action]?.(),
    grip: () => null,
  };
}

export const { still, render } = live({
  cls: "Ripple",
  rules,
  complaint,
  view,
  number: (t) => ["L", numbersOf(t).p.L],
  hands,
  layout,
});
