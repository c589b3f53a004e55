// The card of one step of both models: its values, and its bars as sums, part after part end to
// end.

import { number, plain, signed } from "../kit/numbers.mjs";
import { ends, linear, sumBar, sumLines, sumScale } from "../plot/sums.mjs";
import { el } from "../kit/tree.mjs";

/** A letter of the book at a step, under a bar where it is a gradient. */
export const letter = (name, step, bar = true) =>
  `<i${bar ? ' class="bar"' : ""}${/^[ch]$/.test(name) ? ` data-name="${name}${bar ? "_bar" : ""}"` : ""}>${name}</i>${step ? `<sup>(${step})</sup>` : ""}`;

/**
 * The sums of a step: [model, letter, hue, its parts as [words, hue, number, name], total, name of
 * the total].
 */
function sumsOf({ lstm, plain: rnn, at }) {
  const [a, b] = [lstm.bars[at - 1], rnn.bars[at - 1]];
  const h = (bar, said) => [
    ["the loss", "ink", bar.h_bar_loss, `${said}h_bar_loss`],
    ["from t + 1", "h", bar.h_bar_next, `${said}h_bar_next`],
  ];
  return [
    [
      "LSTM",
      "c",
      "c",
      [
        ["through h", "h", lstm.own[at - 1], "c_bar_own"],
        ["along c", "c", a.c_bar_next, "c_bar_next"],
      ],
      a.c_bar,
      "c_bar",
    ],
    ["LSTM", "h", "h", h(a, ""), a.h_bar, "h_bar"],
    ["RNN", "h", "h", h(b, "rnn_"), b.h_bar, "rnn_h_bar"],
  ];
}

/** The card; `models` are those that are shown. */
export function card(s, models) {
  const v = s.lstm.tape[s.at - 1];
  const values = [["x", v.x], ...["f", "i", "o", "g", "c", "h"].map((name) => [name, v[name]])];
  const here = models.includes("LSTM") ? values : [["h", s.plain.tape[s.at - 1].h]];
  return el(
    "section",
    { role: "group", class: "step", "aria-label": `Step ${s.at}` },
    el(
      "p",
      { class: "which" },
      el("span", null, el("b", null, `Step ${s.at}`), ` of ${s.T}`),
      without(s, models),
    ),
    el(
      "p",
      { class: "here" },
      here.map(([name, value]) =>
        el(
          "span",
          null,
          el("i", { class: "sym", "data-name": name }, name),
          " ",
          number(value, plain(value), { "data-now": name }),
        ),
      ),
    ),
    sumsOf(s)
      .filter(([model]) => models.includes(model))
      .map((sum) => row(sum, s.at, models.length > 1)),
  );
}

// what the cut has changed at this step: the totals that it would have without
function without({ k, T, at, lstm, plain: rnn }, models) {
  const full = { LSTM: lstm.full[at - 1], RNN: rnn.full[at - 1] };
  const all = [
    ["LSTM", "c", "c_bar"],
    ["LSTM", "h", "h_bar"],
    ["RNN", "h", "h_bar"],
  ].filter(([model]) => models.includes(model));
  if (k >= T) return null;
  return el(
    "span",
    { class: "words" },
    "without the cut ",
    all.map(([model, name, bar], n) => [
      n ? ", " : "",
      n === 2 ? "RNN " : "",
      el("span", { class: "sym", html: letter(name, "") }),
      " ",
      number(full[model][bar], signed(full[model][bar]), { "data-whole": `${model} ${bar}` }),
    ]),
  );
}

function row([model, name, hue, parts, total, key], at, both) {
  const values = parts.map(([, , value]) => value);
  const sums = ends(values);
  const ruler = linear(sums);
  return el(
    "div",
    { class: "step-sum" },
    el(
      "span",
      null,
      el("span", { class: `sym ${hue}`, html: letter(name, at) }),
      " = ",
      el("b", null, number(total, signed(total), { "data-bar": key })),
      both && name === "h" ? el("span", { class: "words" }, ` ${model}`) : null,
    ),
    el(
      "div",
      { class: "lengths" },
      el(
        "div",
        { class: "sum-track" },
        sumLines(ruler),
        parts.map(([, tone, value], n) => sumBar(sums[n], value, ruler, tone)),
      ),
      scale(ruler),
    ),
    el(
      "span",
      { class: "said-sum" },
      parts.map(([words, tone, value, id]) =>
        el(
          "span",
          { class: `bar-value ${tone}` },
          number(value, signed(value), { "data-bar": id }),
          ` ${words}`,
        ),
      ),
    ),
  );
}

// 0 and the tick farthest from it, also where both are tiny
function scale(ruler) {
  const far = ruler.ticks.reduce((one, v) => (Math.abs(v) > Math.abs(one) ? v : one), 0);
  const text = (v) =>
    Math.abs(v) < 0.001 ? plain(v) : String(Number(v.toPrecision(2))).replace("-", "−");
  return sumScale({ ...ruler, ticks: far ? [0, far] : [0] }, text);
}
