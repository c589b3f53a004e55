// A box of CSS as SVG: its ground, its pictures, its border.

import { colour, gradient, parts, pixels } from "./paints.mjs";

/** Attributes as text; those that are undefined are left out. */
export const attributes = (given) =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${shown(value)}"`)
    .join("");

const SIGNS = { "&": "&amp;", "<": "&lt;", '"': "&quot;" };

/** A text as XML holds it. */
export const safe = (text) => text.replace(/[&<"]/g, (sign) => SIGNS[sign]);

const shown = (value) =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : safe(value);

/** A colour as the attribute `name` and, where it lets through, its opacity. */
export function painted(name, paint) {
  const [hex, alpha] = colour(paint);
  return { [name]: hex, [`${name}-opacity`]: alpha < 1 ? alpha : undefined };
}

const radius = (style, { width, height }) => {
  const text = style.borderTopLeftRadius;
  const most = Math.min(width, height) / 2;
  if (text.endsWith("%")) return { rx: width / 2, ry: height / 2 };
  return { rx: Math.min(parseFloat(text) || 0, most) || undefined };
};

const rect = ({ left: x, top: y, width, height }, more) =>
  `<rect${attributes({ x, y, width, height, ...more })}/>`;

/** A box that is smaller by so much on each side. */
const inset = ({ left, top, width, height }, by) => ({
  left: left + by,
  top: top + by,
  width: Math.max(0, width - 2 * by),
  height: Math.max(0, height - 2 * by),
});

const size = (text, whole) => (!text || text === "auto" ? whole : pixels(text, whole));
const lengths = (text) => text.match(/calc\([^)]*\)|\S+/g);

// where one picture of a ground lies
function tile(area, sizes, at) {
  const [w, h] = lengths(sizes);
  const [width, height] = [size(w, area.width), size(h, area.height)];
  const [x, y] = lengths(at);
  return {
    left: area.left + pixels(x, area.width - width),
    top: area.top + pixels(y, area.height - height),
    width,
    height,
  };
}

/** What a box shows of itself; `ids` gives a new id each time. */
export function boxed(box, style, ids) {
  const made = [];
  if (!box.width || !box.height) return made;
  const round = radius(style, box);
  if (colour(style.backgroundColor)[1])
    made.push(rect(box, { ...painted("fill", style.backgroundColor), ...round }));
  if (style.backgroundImage !== "none") made.push(...pictures(box, style, round, ids));
  return [...made, ...bands(box, style), ...border(box, style, round)];
}

// a shadow that lies inside along one edge, as a band
function bands(box, style) {
  const inside = parts(style.boxShadow).filter((one) => one.endsWith("inset"));
  return inside.flatMap((shadow) => {
    const [paint, x] = /^(.*?) (-?[\d.]+)px/.exec(shadow).slice(1);
    const width = Number(x);
    return width > 0 ? [rect({ ...box, width }, painted("fill", paint))] : [];
  });
}

function pictures(box, style, round, ids) {
  const area = inset(box, parseFloat(style.borderLeftWidth) || 0);
  const [sizes, places] = [parts(style.backgroundSize), parts(style.backgroundPosition)];
  const layers = parts(style.backgroundImage).map((image, k) => {
    const place = tile(area, sizes[k % sizes.length], places[k % places.length]);
    const id = ids();
    const paint = gradient(image, id, place);
    return paint && place.width > 0 && place.height > 0
      ? paint + rect(place, { fill: `url(#${id})` })
      : "";
  });
  const clip = ids();
  return [
    `<clipPath id="${clip}">${rect(box, round)}</clipPath>`,
    `<g clip-path="url(#${clip})">${layers.reverse().join("")}</g>`,
  ];
}

const EDGES = {
  Top: ({ left, top, width }) => [left, top, left + width, top],
  Right: ({ left, top, width, height }) => [left + width, top, left + width, top + height],
  Bottom: ({ left, top, width, height }) => [left, top + height, left + width, top + height],
  Left: ({ left, top, height }) => [left, top, left, top + height],
};

function border(box, style, round) {
  const edges = Object.keys(EDGES).map((side) => {
    const [kind, paint] = [style[`border${side}Style`], style[`border${side}Color`]];
    const width = kind === "none" ? 0 : parseFloat(style[`border${side}Width`]);
    const dash = kind === "dashed" ? `${2 * width} ${2 * width}` : undefined;
    return { side, width, paint, stroke: { "stroke-width": width, "stroke-dasharray": dash } };
  });
  const [{ width, paint, stroke }] = edges;
  const seen = (edge) => edge.width && colour(edge.paint)[1];
  if (edges.every((edge) => edge.width === width && edge.paint === paint)) {
    if (!seen(edges[0])) return [];
    const less = Object.entries(round).map(([name, r]) => [name, r && Math.max(0, r - width / 2)]);
    const line = { fill: "none", ...painted("stroke", paint), ...stroke };
    return [rect(inset(box, width / 2), { ...line, ...Object.fromEntries(less) })];
  }
  return edges.filter(seen).map((edge) => {
    const [x1, y1, x2, y2] = EDGES[edge.side](box);
    const line = { ...painted("stroke", edge.paint), ...edge.stroke };
    return `<line${attributes({ x1, y1, x2, y2, ...line })}/>`;
  });
}
