// The card of one step of both models: its values, and its gradients as sums, part after part end
// to end.

import { math } from "../kit/letters.mjs";
import { number, plain, signedNumber } from "../kit/numbers.mjs";
import { ends, linear, sumBar, sumLines, sumScale } from "../plot/sums.mjs";
import { el } from "../kit/tree.mjs";

/** A letter of the book under a bar, at a step if there is one. */
export function letter(name, step) {
  const linked = /^[ch]$/.test(name) ? ` data-name="${name}_bar"` : "";
  return `<i class="bar"${linked}>${name}</i>${step ? `<sup>(${step})</sup>` : ""}`;
}

/** The sums of a step; a part is [words, hue, number, name], `key` the name of the total. */
function sumsOf({ lstm, plain: rnn, at }) {
  const [a, b] = [lstm.bars[at - 1], rnn.bars[at - 1]];
  const h = (bar, said) => [
    ["the loss", "ink", bar.h_bar_loss, `${said}h_bar_loss`],
    ["from t + 1", "h", bar.h_bar_next, `${said}h_bar_next`],
  ];
  const c = [
    ["through h", "h", lstm.own[at - 1], "c_bar_own"],
    ["along c", "c", a.c_bar_next, "c_bar_next"],
  ];
  return [
    { model: "LSTM", name: "c", parts: c, total: a.c_bar, key: "c_bar" },
    { model: "LSTM", name: "h", parts: h(a, ""), total: a.h_bar, key: "h_bar" },
    { model: "RNN", name: "h", parts: h(b, "rnn_"), total: b.h_bar, key: "rnn_h_bar" },
  ];
}

/** The card; `models` are those that are shown. */
export function card(s, models) {
  const v = s.lstm.tape[s.at - 1];
  const values = ["x", "f", "i", "o", "g", "c", "h"].map((name) => [name, v[name]]);
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
      .filter(({ model }) => models.includes(model))
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
      math(letter(name, "")),
      " ",
      signedNumber(full[model][bar], { "data-whole": `${model} ${bar}` }),
    ]),
  );
}

function row({ model, name, parts, total, key }, at, both) {
  const values = parts.map(([, , value]) => value);
  const sums = ends(values);
  const scale = linear(sums);
  return el(
    "div",
    { class: "step-sum" },
    el(
      "span",
      null,
      el("span", { class: `sym ${name}`, html: letter(name, at) }),
      " = ",
      el("b", null, signedNumber(total, { "data-bar": key })),
      both && name === "h" ? el("span", { class: "words" }, ` ${model}`) : null,
    ),
    el(
      "div",
      { class: "lengths" },
      el(
        "div",
        { class: "sum-track" },
        sumLines(scale),
        parts.map(([, tone, value], n) => sumBar(sums[n], value, scale, tone)),
      ),
      twoTicks(scale),
    ),
    el(
      "span",
      { class: "said-sum" },
      parts.map(([words, tone, value, id]) =>
        el(
          "span",
          { class: `bar-value ${tone}` },
          signedNumber(value, { "data-bar": id }),
          ` ${words}`,
        ),
      ),
    ),
  );
}

// 0 and the tick farthest from it, also where both are tiny
function twoTicks(scale) {
  const far = scale.ticks.reduce((one, v) => (Math.abs(v) > Math.abs(one) ? v : one), 0);
  const text = (v) =>
    Math.abs(v) < 0.001 ? plain(v) : String(Number(v.toPrecision(2))).replace("-", "−");
  return sumScale({ ...scale, ticks: far ? [0, far] : [0] }, text);
}
