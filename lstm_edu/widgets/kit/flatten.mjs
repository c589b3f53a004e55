// A figure of the page as one SVG that stands alone: boxes become rectangles, letters become texts,
// each where the page has it and with every colour resolved. What only a hand needs is left out.

import { attributes, boxed, painted, safe } from "./boxes.mjs";

const HANDS = ".corner, .prompts, .switch, button, select, textarea, summary, .choice";
const INHERITED = [
  ["fill", "stroke"],
  ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"],
  ["font-family", "font-size", "font-style", "font-weight", "text-anchor"],
].flat();
const PLACES = /^(x|y|d|r|rx|ry|cx|cy|x1|y1|x2|y2|width|height|id|points|transform|pattern.*)$/;

/** The SVG of an element and all that it shows. */
export function flatten(root) {
  const frame = root.getBoundingClientRect();
  let count = 0;
  const page = { root: root.closest(".lstm"), frame, ids: () => `f${(count += 1)}`, out: [] };
  walk(root, page);
  const size = { width: frame.width, height: frame.height };
  const head = { xmlns: "http://www.w3.org/2000/svg", ...size };
  const paper = getComputedStyle(page.root).backgroundColor;
  return (
    `<svg${attributes({ ...head, viewBox: `0 0 ${frame.width} ${frame.height}` })}>` +
    `<rect${attributes({ ...size, ...painted("fill", paper) })}/>${page.out.join("")}</svg>`
  );
}

const placed = ({ frame }, { left, top, width, height }) => ({
  left: left - frame.left,
  top: top - frame.top,
  width,
  height,
});

function walk(node, page) {
  if (node.nodeType === Node.TEXT_NODE) return written(node, page);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(HANDS)) return undefined;
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath !== "none")
    return undefined;
  if (node.localName === "svg") return page.out.push(drawing(node, page));
  const inner = style.opacity === "1" ? page : { ...page, out: [] };
  const box = placed(page, node.getBoundingClientRect());
  inner.out.push(...boxed(box, style, page.ids), ...beside(node, box, "::before", page));
  if (node.type === "range") inner.out.push(thumb(node, box, style, page));
  node.childNodes.forEach((child) => walk(child, inner));
  inner.out.push(...beside(node, box, "::after", page));
  if (inner !== page)
    page.out.push(`<g${attributes({ opacity: style.opacity })}>${inner.out.join("")}</g>`);
  return undefined;
}

// What a style sheet puts before or after what is inside; only its own box can be seen.
function beside(node, box, where, page) {
  const style = getComputedStyle(node, where);
  if (style.content !== '""') return [];
  const [width, height] = [parseFloat(style.width), parseFloat(style.height)];
  const own = getComputedStyle(node);
  const free = style.position === "absolute";
  const left = free
    ? parseFloat(own.borderLeftWidth) + parseFloat(style.left)
    : (box.width - width) / 2;
  const top = free
    ? parseFloat(own.borderTopWidth) + parseFloat(style.top)
    : (box.height - height) / 2;
  const place = { left: box.left + left, top: box.top + top, width, height };
  return boxed(place, style, page.ids);
}

// The handle of a slider, which the browser draws.
function thumb({ min, max, value }, { left, top, width, height }, style, page) {
  const part = (value - min) / (max - min);
  const upright = style.writingMode.startsWith("vertical");
  const [cx, cy] = upright
    ? [left + width / 2, top + height - 9 - part * (height - 18)]
    : [left + 9 + part * (width - 18), top + height / 2];
  const { color, backgroundColor } = getComputedStyle(page.root);
  const ring = { r: 9, ...painted("fill", backgroundColor), ...painted("stroke", color) };
  const disc = { r: 6, ...painted("fill", color) };
  return [ring, disc].map((look) => `<circle${attributes({ cx, cy, ...look })}/>`).join("");
}

let pen;
function baseline(style, { top, height }) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("x");
  return top + (height * up) / (up + down);
}

// Each word by itself, around its own middle: in another font it is wider or narrower.
function written(node, page) {
  const style = getComputedStyle(node.parentElement);
  const range = document.createRange();
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = placed(page, range.getBoundingClientRect());
    const given = {
      x: box.left + box.width / 2,
      y: baseline(style, box),
      "text-anchor": "middle",
      "font-family": style.fontFamily,
      "font-size": parseFloat(style.fontSize),
      "font-style": style.fontStyle === "normal" ? undefined : style.fontStyle,
      "font-weight": style.fontWeight === "400" ? undefined : style.fontWeight,
      "text-decoration": style.textDecorationLine === "none" ? undefined : style.textDecorationLine,
      ...painted("fill", style.color),
    };
    if (box.width) page.out.push(`<text${attributes(given)}>${safe(word)}</text>`);
  }
}

// An <svg> of the page, moved to where it lies.
function drawing(svg, page) {
  const { a, d, e, f } = svg.getScreenCTM();
  const transform = `matrix(${a} 0 0 ${d} ${e - page.frame.left} ${f - page.frame.top})`;
  const inside = [...svg.children].map(copied).join("");
  const whole = `<g${attributes({ transform, ...looks(svg, {}) })}>${inside}</g>`;
  if (getComputedStyle(svg).overflow === "visible") return whole;
  const [id, box] = [page.ids(), placed(page, svg.getBoundingClientRect())];
  const { left: x, top: y, width, height } = box;
  const window = `<clipPath id="${id}"><rect${attributes({ x, y, width, height })}/></clipPath>`;
  return `${window}<g clip-path="url(#${id})">${whole}</g>`;
}

function copied(node) {
  if (node.nodeType === Node.TEXT_NODE) return safe(node.data);
  const style = getComputedStyle(node);
  if (style.display === "none") return "";
  const own = [...node.attributes].filter(({ name }) => PLACES.test(name));
  const places = Object.fromEntries(own.map(({ name, value }) => [name, value]));
  const all = attributes({ ...places, ...looks(node, getComputedStyle(node.parentElement)) });
  const inside = [...node.childNodes].map(copied).join("");
  return `<${node.localName}${all}>${inside}</${node.localName}>`;
}

// how an element of an <svg> looks, as far as that differs from what it stands in
function looks(node, outer) {
  const style = getComputedStyle(node);
  const found = {};
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value === outer.getPropertyValue?.(name)) continue;
    if (name !== "fill" && name !== "stroke") found[name] = value;
    else if (/^(none|url)/.test(value)) found[name] = value.replaceAll('"', "");
    else Object.assign(found, painted(name, value));
  }
  if (style.opacity !== "1") found.opacity = style.opacity;
  return found;
}
