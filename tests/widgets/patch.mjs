// Patches a page of its own, small enough to stand here, from state to state of a figure.
import * as carousel from "../carousel/carousel.mjs";
import * as cell from "../cell/cell.mjs";
import { create, patch } from "../kit/tree.mjs";
import * as time from "../time/time.mjs";

class Style {
  declared = {};
  setProperty(name, value) {
    if (name) this.declared[name] = value;
  }
  removeProperty(name) {
    delete this.declared[name];
  }
}
class Place {
  style = new Style();
  childNodes = [];
  attributes = {};
  parentNode = null;
  constructor(tag, props = {}) {
    this.tag = tag;
    Object.assign(this, props);
  }
  append(...more) {
    for (const one of more) this.childNodes.push(Object.assign(one, { parentNode: this }));
  }
  get lastChild() {
    return this.childNodes.at(-1);
  }
  replaceWith(...others) {
    const { parentNode } = this;
    parentNode.childNodes.splice(
      parentNode.childNodes.indexOf(this),
      1,
      ...others.map((one) => Object.assign(one, { parentNode })),
    );
  }
  remove() {
    this.replaceWith();
  }
  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  set innerHTML(markup) {
    this.childNodes = markup ? [new Place("#markup", { textContent: markup })] : [];
  }
}
/** @type {any} */
const made = {
  createTextNode: (textContent) => new Place("#text", { textContent }),
  createElement: (tag) => new Place(tag),
  createElementNS: (namespaceURI, tag) => new Place(tag, { namespaceURI }),
};
globalThis.document = made;
const sorted = (table) => Object.entries(table).sort();
const shown = (place) => [
  place.tag,
  place.textContent,
  sorted(place.attributes),
  sorted(place.style.declared),
  [place.value, place.checked, place.open].map((one) => one || ""),
  place.childNodes.map(shown),
];

let seed = 7;
const pick = (...of) => {
  seed = (seed * 1664525 + 1013904223) % 2 ** 32;
  return of[Math.floor((of.length * seed) / 2 ** 32)];
};
const number = () => pick(0, 0.5, -1, 3, NaN);
const SOME = {
  cell: () => ({
    x: number(),
    w_ix: number(),
    backward: pick(true, false),
    pinned: pick("", "c", "i", "x"),
    lock: pick({}, { c: 1 }),
    nudge: pick(0, 0.2),
  }),
  time: () => ({
    b_f: number(),
    w_fx: number(),
    T: pick(1, 7, 50),
    k: pick(1, 5, 50),
    losses: pick("last", "every"),
  }),
  carousel: () => ({ b_f: number(), b_o: number(), T: pick(1, 20, 100) }),
};
const VIEWS = { cell, time, carousel };

// one more state of a figure after another: how many patches left another page than the tree made
// afresh
export function patched(name, given) {
  const { draw } = VIEWS[name];
  const page = new Place("main");
  let old = null;
  let wrong = 0;
  for (let k = 0; k < 60; k++) {
    const more = pick({}, { differs: true, fold: true, key: "k" });
    const ui = {
      uid: "u",
      width: pick(350, 660),
      hover: "",
      focus: "",
      said: pick("", "<i>b</i>"),
      table: pick(false, false, true),
      tab: pick("push", "steps", "paths"),
      more,
      prompts: [],
      first: given,
    };
    const tree = draw({ ...given, ...SOME[name]() }, ui);
    if (old) patch(page.childNodes[0], old, tree);
    else page.append(create(tree));
    old = tree;
    const [kept, fresh] = [page.childNodes[0], create(tree)].map((one) =>
      JSON.stringify(shown(one)),
    );
    wrong += kept === fresh ? 0 : 1;
  }
  return wrong;
}
