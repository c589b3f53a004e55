// The panel in which both models learn the task of `training.mjs`, a little at a time so that the
// page follows the hand. The reader says first how many starts will make it; every start is shown,
// not one lucky one.

import { math } from "../kit/letters.mjs";
import { html } from "../printed/equations.mjs";
import { button } from "../kit/controls.mjs";
import { read } from "../kit/model.mjs";
import { plain } from "../kit/numbers.mjs";
import { el } from "../kit/tree.mjs";
import { solved, STARTS, train, UPDATES } from "./training.mjs";

const BETS = [
  ["none or one", 0, 1],
  ["two to four", 2, 4],
  ["five or more", 5, STARTS],
];
const [WIDTH, HEIGHT, MOST] = [70, 38, 0.2]; // of a curve: pixels, and the loss at its top
const CHUNK = 12; // milliseconds of work before the page is drawn
const letter = math(html.b_f.symbol);
const AGAIN = ["Change ", letter, " or T to train again."];
const same = (a, b) => ["b_f", "T", "k"].every((name) => a[name] === b[name]);
/** @param {any} traits */
const settings = ({ b_f, T, k }) => ({ b_f, T, k: Math.min(k, T) });

/** The panel; `ui.train` is what this view has trained, `ui.asked` whether the question stands. */
export function panel(t, { train: done, asked, trained = [] }) {
  const now = settings(t);
  const stale = !done || (!done.runs && !same(done, now));
  return el(
    "section",
    { role: "group", class: "training", "aria-label": "Training" },
    el(
      "p",
      null,
      el("b", null, "Recall the first sign. "),
      "To the first input +1 or −1 is added; all inputs are noise. " +
        `After T = ${now.T} steps h should have the first sign. ` +
        `${STARTS} random starts of one unit each, ${UPDATES} updates by Adam ` +
        "on 16 sequences; the LSTM starts with ",
      letter,
      ` = ${plain(now.b_f)}${cut(now)}.`,
    ),
    el(
      "div",
      { class: "bet", role: "group", "aria-label": "What do you expect?" },
      stale ? question(asked) : words(done.runs ? "They are learning. " : AGAIN),
      done?.runs ? button("halt", "Stop") : null,
    ),
    done ? ["LSTM", "RNN"].map((name) => curves(name, done)) : null,
    el(
      "div",
      { class: "words", role: "status", "aria-live": "polite" },
      done?.right.RNN ? result(done) : null,
      trained.length > 1 ? summary(trained) : null,
    ),
  );
}

const words = (text) => el("span", { class: "words" }, text);
const cut = (one) => (one.k < one.T ? `, cut at K = ${one.k}` : "");

function question(asked) {
  if (!asked) return button("train", "Train both models");
  return [
    words(`How many of the ${STARTS} LSTMs will learn it?`),
    BETS.map(([label], n) => button(`guess:${n}`, label)),
  ];
}

function result(done) {
  const [lstm, rnn] = [count(done, "LSTM"), count(done, "RNN")];
  return el(
    "p",
    null,
    el("b", null, verdict(done)),
    ` ${lstm} of ${STARTS} LSTMs and ${rnn} of ${STARTS} plain RNNs tell the first sign ` +
      "of at least 95 of 100 new sequences.",
  );
}

function summary(trained) {
  const said = (one) => [
    letter,
    ` = ${plain(one.b_f)}, T = ${one.T}${cut(one)}`,
    `: LSTM ${count(one, "LSTM")}, RNN ${count(one, "RNN")}`,
  ];
  return el(
    "p",
    null,
    "So far: ",
    trained.map((one, n) => [n ? " · " : "", said(one)]),
  );
}

const count = (done, name) => solved(done.right[name]);

function verdict(done) {
  const [, low, high] = BETS[done.bet];
  const learnt = count(done, "LSTM");
  return learnt >= low && learnt <= high ? "As you said." : "Not as you said.";
}

function curves(name, { losses, right }) {
  return el(
    "div",
    { class: "curves" },
    el("span", { class: "words" }, name === "RNN" ? "plain RNN" : name),
    Array.from({ length: STARTS }, (_, s) =>
      curve(
        name,
        s,
        losses[name].map((all) => all[s]),
        right[name]?.[s],
      ),
    ),
  );
}

// the loss of one start after each update, and the share of new sequences that it gets right
function curve(name, s, losses, share) {
  const points = losses.map((loss, n) => {
    const level = HEIGHT - 1 - (HEIGHT - 2) * Math.min(1, loss / MOST);
    return `${px((WIDTH * n) / UPDATES)} ${px(level)}`;
  });
  const made = share !== undefined && solved([share]) === 1;
  return el(
    "span",
    { class: made ? "curve made" : "curve" },
    el(
      "svg",
      { width: WIDTH, height: HEIGHT, role: "img", "aria-label": `Loss of start ${s + 1}` },
      el("path", { class: "axis", d: `M0.5 0V${HEIGHT - 0.5}H${WIDTH}` }),
      points.length ? el("path", { d: `M${points.join("L")}` }) : null,
    ),
    el(
      "span",
      { "data-right": `${name}-${s}` },
      share === undefined ? " " : `${Math.round(100 * share)} %${made ? " ✓" : ""}`,
    ),
  );
}

const px = (v) => String(Math.round(v * 10) / 10);

/** The hand of the panel: { button, stop }. */
export function trainer(model) {
  let timer = null;
  const stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  const traits = () => settings(read(model, ["b_f", "T", "k"]));
  const start = (bet, ui, change) => {
    stop();
    const done = { ...traits(), bet, losses: { LSTM: [], RNN: [] }, right: {}, runs: true };
    const left = ["LSTM", "RNN"].map((name) => ({ name, run: train(name, done) }));
    const work = () => {
      const until = performance.now() + CHUNK;
      while (left.length && performance.now() < until) {
        const [{ name, run }] = left;
        const { done: over, value } = run.next();
        if (over) {
          done.right[name] = value;
          left.shift();
        } else done.losses[name].push(value);
      }
      done.runs = left.length > 0;
      timer = done.runs ? setTimeout(work) : null;
      change({ train: { ...done }, asked: false });
      if (done.runs) return;
      const others = (ui.trained ?? []).filter((one) => !same(one, done));
      change({ trained: [...others, done] });
    };
    work();
  };
  return {
    stop,
    button(action, ui, change) {
      const [verb, bet] = action.split(":");
      if (verb === "train") change({ asked: true });
      if (verb === "guess") start(Number(bet), ui, change);
      if (verb !== "halt") return;
      stop();
      change({ train: null, asked: true });
    },
  };
}
