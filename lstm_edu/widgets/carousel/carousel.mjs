// The carousel: how far back c(T) depends on c(t). The product of forget gates beside ∂c(T)/∂c(t),
// h(t) held, on a log axis; what lies between them has come through h.
// Longer than 300 lines because the figure’s three plots are drawn side by side.

import { math } from "../kit/letters.mjs";
import { aside, gulf, line, picture, plot, rounds, tens, ticks } from "../plot/axes.mjs";
import { inWords } from "./inwords.mjs";
import { BIASES, LOWEST, complaint, compute, shown as written } from "./numbers.mjs";
import { hand, slider } from "../kit/controls.mjs";
import { aloud } from "../kit/aloud.mjs";
import { rules } from "../printed/carousel.mjs";
import { html } from "../printed/equations.mjs";
import { put } from "../kit/model.mjs";
import { number, once, percent, plain, signed, signedNumber, ten } from "../kit/numbers.mjs";
import { prompts } from "../kit/prompts.mjs";
import { more } from "../kit/share.mjs";
import { live } from "../kit/live.mjs";
import { grid, row, tabular } from "../kit/table.mjs";
import { el } from "../kit/tree.mjs";

const BOTTOMS = [-1, -3, -10, -30, -100, LOWEST];
const PRICES = [-12, 3]; // powers of ten of the small axis
const d = (of, by, t = "t") => `∂<i>${of}</i>(T)/∂<i>${by}</i>(${t})`;
const OTHERS = [
  ["c_h", "c", "h"],
  ["h_c", "h", "c"],
  ["h_h", "h", "h"],
];
const priceOf = once(Object.keys(rules), (t) => compute(t).price);

/** The whole widget as a tree, from the traits and from what belongs to this view. */
function view(t, ui) {
  const s = compute(t);
  const wide = ui.width >= 620;
  return el(
    "div",
    { class: `widget ${wide ? "wide" : "narrow"} carousel` },
    el("div", { class: "top" }, more(ui)),
    aloud(inWords(s, t)),
    verdict(s),
    ui.table ? table(s, t) : curves(s, t, ui, wide),
    hand([...BIASES, "T"].map((name) => handle(name, t, s))),
    ui.table ? null : price(s, t, ui),
    prompts(ui),
  );
}

// how far apart the two are at t = 0
function verdict(s) {
  const [truth, product] = [s.c_c[0], s.product[0]];
  return el(
    "div",
    { class: "verdict" },
    el(
      "span",
      null,
      el("span", { html: d("c", "c", "0") }),
      " is ",
      el("b", null, shown(truth, signed, "truth")),
    ),
    el(
      "span",
      null,
      "product of ",
      el("i", null, "f"),
      ": ",
      el("b", { class: "c" }, shown(product, plain, "product")),
    ),
    s.within ? el("span", { class: "within" }, "✓ within 1 %") : gulfOf(s),
  );
}

function gulfOf({ gulf: size }) {
  const known = Number.isFinite(size);
  const text = known ? number(size, size.toFixed(1), { "data-of": "gulf" }) : "∞";
  return el("span", { class: "h" }, "apart by ", el("b", null, text), " powers of ten");
}

// a number that may be smaller than any that is drawn
const shown = (sized, text, of) => number(sized.v, written(sized, text), { "data-of": of });

function curves(s, t, ui, wide) {
  const logs = [...s.c_c, ...s.product].map(({ log }) => log);
  const low = BOTTOMS.find((bottom) => bottom <= Math.min(s.c_h[0].log, ...logs)) ?? LOWEST;
  const high = Math.max(0, Math.ceil(Math.max(...logs) - 0.02));
  const left = wide ? 128 : 104;
  const p = plot(
    ui.width,
    wide ? 310 : 290,
    { left, right: 48, top: 12, bottom: 50 },
    [0, t.T],
    [low, high],
  );
  const points = (list) =>
    list.map(({ log, minus }, k) => [k, Math.max(log, log > -Infinity ? 2 * LOWEST : log), minus]);
  const heard = s.full <= 8; // else what h says is lost in rounding
  const others = OTHERS.filter(([key]) => heard || key === "c_h");
  const deep = Math.min(...logs) < LOWEST;
  return picture(p, {
    words:
      "The derivative of c(T) by c(t), with h(t) held, and the product of forget gates " +
      `from t = 0 to ${t.T}, on a logarithmic axis`,
    outside: [
      ticks(p, tens(low, high), "right"),
      ticks(p, rounds(t.T, wide ? 5 : 4)),
      el(
        "text",
        { x: (p.box.left + p.box.right) / 2, y: p.H - 4, "text-anchor": "middle", class: "quiet" },
        "step t: ∂c(T)/∂c(t) with h(t) held",
      ),
    ],
    inside: [
      gulf(p, points(s.c_c), points(s.product), "h"),
      others.map(([key, of]) => line(p, points(s[key]), of === "c" ? "thin" : "thin faint")),
      line(p, points(s.c_c), "ink wide"), // the blue line lies on it where the two are one
      line(p, points(s.product), "c"),
      gulfWords(p, s, t.T),
    ],
    labels: [
      aside(p, labels(p, s, others, low), left - 8),
      deep ? note(left, p.box.bottom - 46, `below ${ten(LOWEST)} nothing is drawn`) : null,
      heard ? null : note(left, p.box.top + 4, saturated(s.full)),
    ],
  });
}

// of each curve its label at t = 0, where it is drawn: [y, height, content, class]
function labels(p, s, others, low) {
  const level = (key) => p.y(s[key][0].log);
  const derivative = [el("b", null, "derivative"), el("br"), shown(s.c_c[0], signed)];
  const product = ["product of ", el("i", null, "f"), el("br"), shown(s.product[0], plain)];
  const partial = (of, by) => math(`∂<i>${of}</i>/∂<i>${by}</i>`);
  return [
    [level("c_c"), 34, derivative, "strong"],
    [level("product"), 34, product, "c"],
    ...others
      .filter(([key]) => s[key][0].log >= low)
      .map(([key, of, by]) => [level(key), 18, partial(of, by), ""]),
  ];
}

const note = (left, top, text) =>
  el("span", { class: "note plot-note", style: `left:${left + 8}px;top:${top}px` }, text);

const saturated = (full) => `|c| reaches ${plain(full)}: tanh c is ±1, h no longer hears c`;

// the words stand in the gulf at its left end, where they are clear of both lines
function gulfWords(p, s, T) {
  // as many steps as the words are long
  const reach = Math.ceil((T * 158) / (p.box.right - p.box.left));
  const under = Math.max(...s.c_c.slice(0, reach + 1).map(({ log }) => p.y(log)));
  const over = Math.min(p.box.bottom, ...s.product.slice(0, reach + 1).map(({ log }) => p.y(log)));
  if (reach > T || over - under < 24) return null;
  return el(
    "text",
    { class: "h", x: p.box.left + 10, y: (over + under) / 2 + 4.5 },
    "what came through ",
    el("tspan", { "font-style": "italic" }, "h"),
  );
}

function handle(name, t, s) {
  const k = name[2];
  if (name === "T")
    return el(
      "div",
      { class: "held-by" },
      slider("T", t.T, {
        symbol: "<i>T</i>",
        words: "number of steps",
        low: 1,
        high: rules.T.high,
        step: 1,
        text: String(t.T),
      }),
      el("span", { class: "words" }, "steps"),
    );
  const g = s.gates[k];
  const three = (v, key) => number(v, v.toFixed(3), { "data-of": `${k}_${key}` });
  return el(
    "div",
    { class: "held-by" },
    slider(name, t[name], {
      symbol: html[name].symbol,
      words: html[name].words,
      low: -6,
      high: 6,
      step: 0.1,
      long: rules[name].high,
    }),
    el(
      "span",
      { class: "words" },
      el("i", null, k),
      " ",
      three(g.mean, "mean"),
      " (",
      three(g.low, "low"),
      "–",
      three(g.high, "high"),
      ")",
    ),
  );
}

// where a gradient stands on the axis of prices, in per cent
const place = (v) => percent(v ? Math.log10(Math.abs(v)) : PRICES[0], PRICES[0], PRICES[1]);

// a dot is a background, 12 pixels wide: moving it lays out nothing
function dot(v) {
  const along = place(v);
  return `background-position:calc(${along.toFixed(2)}% + ${(0.12 * along - 6).toFixed(1)}px)`;
}

function paid(name, now, was) {
  const bar = now[name];
  const sign = bar < 0 ? "minus" : "";
  return el(
    "div",
    { class: "paid" },
    math(html[name].symbol),
    el(
      "span",
      { class: "track" },
      was ? el("span", { class: "was", style: dot(was[name]) }) : null,
      el("span", { class: `is ${bar === 0 ? "none" : sign}`, style: dot(bar) }),
    ),
    signedNumber(bar, { "data-bar": name }),
  );
}

// the price: what the same sliders do to the gradients of the weights, each on a log axis; a ring
// where it first was
function price(s, t, ui) {
  const { first } = ui;
  const moved =
    first && !complaint(first) && Object.keys(rules).some((name) => first[name] !== t[name]);
  const was = moved ? priceOf(first) : null;
  return el(
    "div",
    { class: "price" },
    el(
      "p",
      null,
      el("b", null, "The price. "),
      "The gradients of the weights, for the loss ",
      el("span", { html: t.T === 1 ? "<i>h</i>(1)" : `<i>h</i>(1) + … + <i>h</i>(${t.T})` }),
      was ? ". Rings: at first." : ".",
    ),
    ["x", "h"].map((from) =>
      el(
        "div",
        null,
        ["i", "f", "o", "g"].map((k) => paid(`w_${k}${from}_bar`, s.price, was)),
        el(
          "div",
          { class: "paid scale" },
          el("span"),
          el(
            "span",
            { class: "track" },
            [-9, -6, -3, 0].map((v) =>
              el("span", { style: `margin-left:calc(${place(10 ** v)}% - 20px)` }, ten(v)),
            ),
          ),
        ),
      ),
    ),
  );
}

// every number that the picture draws
function table(s, t) {
  const held = (of, by) => `${d(of, by)}, <i>${by === "c" ? "h" : "c"}</i>(t) held`;
  const pairs = [held("c", "h"), held("h", "c"), held("h", "h")];
  const heads = [held("c", "c"), "product of <i>f</i>", ...pairs];
  const keys = ["c_c", "product", "c_h", "h_c", "h_h"];
  const cell = (key, k) =>
    key[0] === "h" && s.full > 8
      ? "lost in rounding"
      : shown(s[key][k], key === "product" ? plain : signed, `${key}_${k}`);
  const formula = (text) => el("span", { html: text });
  return tabular(
    grid(
      ["<i>t</i>", ...heads].map(formula),
      Array.from({ length: t.T + 1 }, (_, k) =>
        row(
          String(k),
          keys.map((key) => cell(key, k)),
        ),
      ),
    ),
    grid(
      ["gradient", formula(`for the loss <i>h</i>(1) + … + <i>h</i>(${t.T})`)],
      Object.entries(s.price).map(([name, bar]) =>
        row(math(html[name].symbol), [signedNumber(bar, { "data-bar": name })]),
      ),
    ),
  );
}

export const { still, render, draw } = live({
  cls: "Carousel",
  rules,
  complaint,
  view,
  number: (t) => ["gulf", compute(t).gulf],
  hands: (model) => ({ input: (name, value) => put(model, { [name]: value }) }),
});
