// All the paths from the loss to one value: each a product of slopes, drawn as a staircase; their
// sum is its gradient.

import { short } from "../kit/letters.mjs";
import { button } from "../kit/controls.mjs";
import { signedNumber } from "../kit/numbers.mjs";
import { decades, levels, staircase } from "../plot/stairs.mjs";
import { sumBars } from "../plot/sums.mjs";
import { el } from "../kit/tree.mjs";

/**
 * The paths to `name`: { from, edges, product }, edges [user, used] from the loss on. `seeds` says
 * what arrives from outside, by name (1 at the loss); a held value passes nothing back.
 */
export function pathsTo(partials, seeds, lock, name) {
  const own = seeds[name] ? [{ from: name, edges: [], product: seeds[name] }] : [];
  const users = Object.keys(partials).filter((user) => name in partials[user] && !(user in lock));
  const through = users.flatMap((user) =>
    pathsTo(partials, seeds, lock, user).map(({ from, edges, product }) => ({
      from,
      edges: [...edges, [user, name]],
      product: product * partials[user][name],
    })),
  );
  return [...own, ...through];
}

/** The paths of the pinned value as a picture; `s.path` is the one that is chosen, -1 for all. */
export function targets(html, layout, s, name, width) {
  const paths = s.paths;
  if (!paths.length)
    return el(
      "p",
      { class: "words" },
      "No path leads from the loss to it: something on every path is held.",
    );
  const drawn = paths.map((path) => factors(html, layout, s, path));
  const k = paths.length === 1 ? 0 : Math.min(s.path ?? -1, paths.length - 1);
  const shown = Math.max(0, k);
  const steps = drawn.map(levels).map(decades);
  const scale = [
    Math.min(...steps.map(([low]) => low)),
    Math.max(...steps.map(([, high]) => high)),
  ];
  const room = width >= 560 && paths.length > 1 ? width - 300 : width - 30;
  const choice = (n, label) => button(`path:${n}`, label, { "aria-pressed": String(k === n) });
  return [
    paths.length > 1
      ? el(
          "div",
          { class: "routes" },
          el("span", { class: "words" }, `${paths.length} paths`),
          choice(-1, "all"),
          paths.map((path, n) => choice(n, el("span", { html: title(html, path, name) }))),
        )
      : null,
    el("div", { class: "product-of" }, staircase(drawn[shown], { width: room, height: 96, scale })),
    paths.length > 1
      ? sumBars(
          paths.map((path, n) => ({
            symbol: title(html, path, name),
            value: path.product,
            hue: drawn[n].at(-1).hue,
          })),
          { total: { symbol: "Σ", hue: layout.hues[name] }, aim: s.bars[name] },
        )
      : el(
          "p",
          { class: "words" },
          "One path, so its product is the whole gradient: ",
          signedNumber(s.bars[name]),
        ),
  ];
}

// a path is called after the first of its values that not all the others share
function title(html, { from, edges }, name) {
  if (!edges.length) return "from t + 1";
  const last = edges.at(-1)[0];
  const gate = edges.map(([user]) => user).find((user) => /^[ifog]$/.test(user));
  const via = gate && gate !== name ? gate : last;
  return `${from === "L" ? "" : "t + 1, "}via ${short(html, via)}`;
}

function factors(html, layout, s, { from, edges }) {
  const seed = layout.seeds?.[from];
  const first = seed
    ? [{ symbol: short(html, seed), value: s.v[seed], hue: layout.hues[seed] }]
    : [];
  const steps = edges.map(([user, used]) => ({
    symbol: `∂${short(html, user)}/∂${short(html, used)}`,
    value: s.partials[user][used],
    hue: user === "L" ? "ink" : (layout.hues[user] ?? "ink"),
  }));
  return [...first, ...steps];
}
