// The figure of paths as the tests ask it; where a number is NaN, "NaN" is answered.
import { neighbour } from "../kit/mount.mjs";
import { print } from "../kit/tree.mjs";
import { python as code } from "../kit/share.mjs";
import * as graph from "../paths/graph.mjs";
import { hands } from "../paths/hands.mjs";
import * as numbers from "../paths/numbers.mjs";
import { share } from "../paths/paths.mjs";
import * as steps from "../plot/stairs.mjs";
import { sumBars } from "../plot/sums.mjs";
import { play as played, reach } from "./play.mjs";

const spelled = (value) =>
  JSON.parse(JSON.stringify(value, (_, v) => (Number.isNaN(v) ? "NaN" : v)));

export function compute(t) {
  const { paths, total, aim, sets, named, bars, v, count } = numbers.compute(t);
  const terms = paths.map(({ names, product, factors }) => ({
    names,
    product,
    factors: factors.map(({ value }) => value),
    hues: factors.map(({ hue }) => hue),
  }));
  const many = String(count.many);
  return spelled({ terms, total, aim, sets, named, bars, v, products: count.products, many });
}

export const counted = (T, of, to) => String(numbers.counted(T, of, to).many);
export const products = (T, of, to) => numbers.counted(T, of, to).products;
export const python = (t, first) => code("Paths", share.names, t, first, share.number(t));
export const play = (job) => played(hands, job, {});
export const reached = (t) => ({
  seen: reach(neighbour, graph.walks(t), t.to).sort(),
  nodes: graph.nodesOf(t).sort(),
});
export const levels = (values) => spelled(steps.levels(values.map((value) => ({ value }))));
const named = (values, hue) => values.map((value) => ({ symbol: "<i>w</i>", value, hue }));
export const stairs = (values, options) => print(steps.staircase(named(values, "c"), options));
export const sums = (values, options) => print(sumBars(named(values, "h"), options));
