// Runs the numbers of the plots under node: reads { carousel, vcurve, views } from standard input, writes what the browser has.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const at = (name) => import(pathToFileURL(join(process.argv[2], `${name}.mjs`)).href);
const [c, v, axes, ...views] = await Promise.all(
  ["carousel/numbers", "vcurve/numbers", "plot/axes", "carousel/carousel", "vcurve/vcurve"].map(at),
);
const job = JSON.parse(readFileSync(0, "utf-8"), (_, value) =>
  value === "#NaN" ? NaN : value === "#Infinity" ? Infinity : value,
);

function swept(t) {
  const { tape, ...rest } = c.compute(t);
  return {
    ...rest,
    tape: Object.fromEntries(
      ["f", "i", "o", "c", "h"].map((name) => [name, tape.map((step) => step[name])]),
    ),
  };
}

function curve(t) {
  const one = v.caseOf(t);
  return { ...v.compute(t), claimed: v.claimed(one, t.mistake) };
}

const stills = { carousel: views[0].still, vcurve: views[1].still };
console.log(
  JSON.stringify({
    carousel: job.carousel.map(swept),
    vcurve: job.vcurve.map(curve),
    eps: v.EPS,
    names: v.NAMES,
    views: job.views.map(([widget, t, ui]) => stills[widget](t, ui)),
    spread: job.spread.map((list) => axes.spread(list, 0, 300)),
    tens: job.tens.map((range) => axes.tens(...range)),
  }),
);
