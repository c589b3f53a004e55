// A picture is a tree of plain objects, made by pure functions. The browser patches its page to the newest tree;
// node prints the same tree as HTML, for tests and for readers without JavaScript.

const SVG = "http://www.w3.org/2000/svg";
const LIVE = new Set(["value", "checked", "open", "disabled", "selected"]); // the page's own state: properties, not attributes

const isText = (node) => node === null || typeof node !== "object";
const words = (node) => (node === null || node === undefined || node === false ? "" : String(node));

/** One element; a child is an element, a text, or nothing (which keeps its place, so that siblings stay the same). */
export function el(tag, props, ...children) {
  return { tag, props: props ?? {}, children: children.flat(Infinity) };
}

/** The tree as HTML text. The property `html` is the only one printed raw: it holds markup of the module itself. */
export function print(node) {
  if (isText(node) || node === undefined) return safe(words(node));
  const attributes = Object.entries(node.props)
    .filter(([name, value]) => name !== "html" && value !== undefined && value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${safe(String(value))}"`));
  const inside = node.props.html ?? node.children.map(print).join("");
  return `<${node.tag}${attributes.join("")}>${inside}${node.tag === "input" ? "" : `</${node.tag}>`}`;
}

/** Make the page show `next` where it shows `old`, touching only what differs; returns the element that shows it. */
export function patch(dom, old, next) {
  if (isText(old) || isText(next) || old.tag !== next.tag) {
    if (isText(old) && isText(next)) {
      if (words(old) !== words(next)) dom.textContent = words(next);
      return dom;
    }
    const fresh = create(next, dom.parentNode.namespaceURI === SVG);
    dom.replaceWith(fresh);
    return fresh;
  }
  for (const name of Object.keys(old.props)) if (!(name in next.props)) assign(dom, name, undefined);
  for (const [name, value] of Object.entries(next.props)) if (old.props[name] !== value) assign(dom, name, value);
  if (next.props.html !== undefined) return dom;
  const shown = [...dom.childNodes];
  next.children.forEach((child, k) => {
    if (k < shown.length) patch(shown[k], old.children[k] ?? "", child ?? "");
    else dom.append(create(child, dom.namespaceURI === SVG));
  });
  shown.slice(next.children.length).forEach((extra) => extra.remove());
  return dom;
}

/** The element or text that shows `node`, new. */
export function create(node, inSvg = false) {
  if (isText(node) || node === undefined) return document.createTextNode(words(node));
  const svg = inSvg || node.tag === "svg";
  const dom = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.props)) assign(dom, name, value);
  if (node.props.html === undefined) dom.append(...node.children.map((child) => create(child, svg)));
  return dom;
}

function assign(dom, name, value) {
  if (name === "html") dom.innerHTML = value ?? "";
  else if (name === "style")
    dom.style.cssText = value ?? ""; // a style attribute would break strict page policies
  else if (LIVE.has(name)) dom[name] = value ?? "";
  else if (value === undefined || value === null || value === false) dom.removeAttribute(name);
  else dom.setAttribute(name, value === true ? "" : value);
}

const safe = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
