// CSS paint as SVG paint: colours resolved, gradients as gradients, which also are the stripes that
// mean minus and the level of a gauge.

const known = new Map();

/** A colour of CSS as [#rrggbb, opacity]. */
export function colour(text) {
  if (!known.has(text)) known.set(text, resolved(text));
  return known.get(text);
}

let pixel;
function resolved(text) {
  const context = { willReadFrequently: true };
  pixel ??= document.createElement("canvas").getContext("2d", context);
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = text;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return [`#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`, alpha / 255];
}

/** The parts of a list of CSS, apart at each comma that stands in no parenthesis. */
export function parts(list) {
  const found = [""];
  let depth = 0;
  for (const sign of list) {
    depth += { "(": 1, ")": -1 }[sign] ?? 0;
    if (sign === "," && !depth) found.push("");
    else found[found.length - 1] += sign;
  }
  return found.map((one) => one.trim());
}

/** A length, also one that calc() adds up, in pixels; `whole` is 100 %. */
export function pixels(text, whole) {
  const found = text.matchAll(/(-?)\s*([\d.]+)(px|%)/g);
  return [...found].reduce((sum, [, minus, digits, unit]) => {
    const size = unit === "%" ? (Number(digits) / 100) * whole : Number(digits);
    return minus ? sum - size : sum + size;
  }, 0);
}

const SIDES = { "to top": 0, "to right": 90, "to bottom": 180, "to left": 270 };
const degrees = (text) => SIDES[text] ?? (/deg$/.test(text) ? parseFloat(text) : undefined);

// [colour, pixels] of each stop; a place that is not given lies between its neighbours
function stops(list, whole) {
  const found = list.flatMap((text) => {
    const [, paint, places] = /^(.*?)((?:\s+(?:calc\([^)]*\)|-?[\d.]+(?:px|%)))*)$/.exec(text);
    const given = places.match(/calc\([^)]*\)|\S+/g)?.map((at) => pixels(at, whole));
    return (given ?? [undefined]).map((at) => [paint, at]);
  });
  const last = found.length - 1;
  found[0][1] ??= 0;
  found[last][1] ??= whole;
  found.forEach((stop, k) => {
    stop[1] ??= (found[last][1] * k) / last;
    stop[1] = Math.max(stop[1], found[k - 1]?.[1] ?? 0);
  });
  return found;
}

const number = (value) => String(Math.round(value * 100) / 100);

function stopped(list) {
  const end = list[list.length - 1][1] || 1;
  return list.map(([paint, at]) => {
    const [hex, alpha] = colour(paint);
    const opacity = alpha < 1 ? ` stop-opacity="${number(alpha)}"` : "";
    return `<stop offset="${Math.round((1e4 * at) / end) / 1e4}" stop-color="${hex}"${opacity}/>`;
  });
}

/**
 * A gradient of CSS that fills a box, as the text of an element of SVG with this id; "" for any
 * other image.
 */
export function gradient(image, id, { left, top, width, height }) {
  const found = /^(repeating-)?(linear|radial)-gradient\((.*)\)$/.exec(image);
  if (!found) return "";
  const [, repeats, shape, inside] = found;
  const spread = repeats ? ' spreadMethod="repeat"' : "";
  const list = parts(inside);
  const [x, y] = [left + width / 2, top + height / 2];
  const head = `id="${id}" gradientUnits="userSpaceOnUse"${spread}`;
  if (shape === "radial") {
    if (/circle|ellipse|at /.test(list[0])) list.shift();
    const at = stops(list, Math.hypot(width, height) / 2);
    const round = `cx="${number(x)}" cy="${number(y)}" r="${number(at[at.length - 1][1])}"`;
    return `<radialGradient ${head} ${round}>${stopped(at).join("")}</radialGradient>`;
  }
  const angle = degrees(list[0]);
  if (angle !== undefined) list.shift();
  const turn = ((angle ?? 180) * Math.PI) / 180;
  const [dx, dy] = [Math.sin(turn), -Math.cos(turn)];
  const length = Math.abs(width * dx) + Math.abs(height * dy);
  const at = stops(list, length);
  const end = at[at.length - 1][1] || 1;
  const [x1, y1] = [x - (dx * length) / 2, y - (dy * length) / 2];
  const line = { x1, y1, x2: x1 + dx * end, y2: y1 + dy * end };
  const ends = Object.entries(line).map(([name, value]) => `${name}="${number(value)}"`);
  return `<linearGradient ${head} ${ends.join(" ")}>${stopped(at).join("")}</linearGradient>`;
}
