// A picture is a tree of plain objects, made by pure functions. The browser patches its page to the
// newest tree; node prints the same tree as HTML, for tests and for readers without JavaScript.

const SVG = "http://www.w3.org/2000/svg";
// the page's own state: properties, not attributes
const LIVE = new Set(["value", "checked", "open", "disabled", "selected"]);

const isText = (node) => node === null || typeof node !== "object";
const absent = (value) => value === undefined || value === null || value === false;
const words = (node) => (absent(node) ? "" : String(node));

function flat(list, into) {
  for (const one of list) {
    if (Array.isArray(one)) flat(one, into);
    else into.push(one);
  }
  return into;
}

/**
 * One element; a child is an element, a text, or nothing (which keeps its place, so that siblings
 * stay the same).
 */
export function el(tag, props, ...children) {
  return {
    tag,
    props: props ?? {},
    children: children.some(Array.isArray) ? flat(children, []) : children,
  };
}

/** Class names: texts, and of an object the names that hold. */
export const classes = (...list) =>
  list
    .flatMap((one) => (isText(one) ? one : Object.keys(one).filter((name) => one[name])))
    .filter(Boolean)
    .join(" ");

/**
 * A place for one tree: `place(known, make)` gives the tree that it holds while all that is `known`
 * is the same.
 */
export function kept() {
  let [last, tree] = [[], null];
  return (known, make) => {
    if (known.length !== last.length || known.some((one, k) => one !== last[k]))
      [last, tree] = [known, make()];
    return tree;
  };
}

/**
 * The tree as HTML text. The property `html` is the only one printed raw: it holds markup of the
 * module itself.
 */
export function print(node) {
  if (isText(node) || node === undefined) return safe(words(node));
  const attributes = Object.entries(node.props)
    .filter(([name, value]) => name !== "html" && !absent(value))
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${safe(String(value))}"`));
  const inside = node.props.html ?? node.children.map(print).join("");
  const begin = `<${node.tag}${attributes.join("")}>`;
  return node.tag === "input" ? begin : `${begin}${inside}</${node.tag}>`;
}

/**
 * Make the page show `next` where it shows `old`, touching only what differs; returns the element
 * that shows it.
 */
export const patch = (dom, old, next) => change(() => dom, old, next) ?? dom;

// `find` gives what shows `old`. Trees are compared first: an element is cheap to compare and dear
// to ask for.
function change(find, old, next) {
  if (old === next) return undefined;
  if (isText(old) && isText(next)) {
    if (words(old) !== words(next)) find().textContent = words(next);
    return undefined;
  }
  if (isText(old) || isText(next) || old.tag !== next.tag) return replace(find(), next);
  let found;
  const dom = () => (found ??= find());
  reassign(dom, old.props, next.props);
  if (next.props.html === undefined) rechild(dom, old.children, next.children);
  return undefined;
}

function replace(dom, next) {
  const fresh = create(next, dom.parentNode.namespaceURI === SVG);
  dom.replaceWith(fresh);
  return fresh;
}

function reassign(dom, old, next) {
  for (const name in old) if (!(name in next)) assign(dom(), name, undefined, old[name]);
  for (const name in next) if (old[name] !== next[name]) assign(dom(), name, next[name], old[name]);
}

function rechild(dom, before, after) {
  after.forEach((child, k) => {
    if (k < before.length) change(() => dom().childNodes[k], before[k] ?? "", child ?? "");
    else dom().append(create(child, dom().namespaceURI === SVG));
  });
  for (let k = before.length; k > after.length; k--) dom().lastChild.remove();
}

/** The element or text that shows `node`, new. */
export function create(node, inSvg = false) {
  if (isText(node) || node === undefined) return document.createTextNode(words(node));
  const svg = inSvg || node.tag === "svg";
  const dom = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.props)) assign(dom, name, value);
  if (node.props.html === undefined)
    dom.append(...node.children.map((child) => create(child, svg)));
  return dom;
}

function assign(dom, name, value, old) {
  if (name === "html") dom.innerHTML = value ?? "";
  else if (name === "style") restyle(dom.style, old, value);
  else if (LIVE.has(name)) dom[name] = value ?? "";
  else if (absent(value)) dom.removeAttribute(name);
  else dom.setAttribute(name, value === true ? "" : value);
}

const declared = (style) =>
  Object.fromEntries(
    (style ?? "")
      .split(";")
      .map((one) => [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1)]),
  );

// one property at a time: a style attribute would break strict page policies, and what stays costs
// the browser nothing
function restyle(style, old, next) {
  const [before, after] = [declared(old), declared(next)];
  for (const name in before) if (!(name in after)) style.removeProperty(name);
  for (const name in after) if (before[name] !== after[name]) style.setProperty(name, after[name]);
}

const safe = (text) =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign],
  );
