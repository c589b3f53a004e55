// Between a widget's model and its picture: listens to both, draws at most once a frame, and cleans
// up after itself.

import { keeper } from "./keeper.mjs";
import { create, patch } from "./tree.mjs";

/**
 * Show a widget in `el`. `names` are the traits to listen to, `draw(ui)` gives the tree, `act` is
 * what the reader's hand does; its `start(root)`, where it has one, returns a clean-up. `share`
 * says what `keeper.mjs` needs, which serves the prompts and the corner of every figure; returns
 * the clean-up. `ui` is what belongs to this view alone: what is pointed at, focused, its width.
 */
export function mount({ model, el, names, layout, draw, act, share }) {
  const root = document.createElement("div");
  const ui = {
    uid: `lstm${Math.random().toString(36).slice(2, 8)}`,
    width: 0,
    hover: "",
    focus: "",
    grip: "",
    stop: layout.start,
    table: false,
    said: "",
    pointed: "",
    names: [], // whose letters are lit
    edge: null,
  };
  root.className = "lstm";
  root.dataset.figure = ui.uid;
  el.append(root);
  ui.width = root.clientWidth || 660;
  const keep = keeper({ model, el, ui, ...share });
  keep.look();
  let tree = draw(ui);
  let shown = root.appendChild(create(tree));
  let frame = 0;
  const show = () => {
    frame = 0;
    keep.look();
    const next = draw(ui);
    const inside = root.contains(document.activeElement);
    shown = patch(shown, tree, next);
    tree = next;
    light(root, ui.names, layout);
    // a focused control that is gone (a freed value has no Push) hands the focus to the graph, not
    // to the page
    if (inside && !root.contains(document.activeElement)) refuge(root)?.focus();
  };
  const redraw = () => (frame ||= requestAnimationFrame(show));
  const change = (fresh) => {
    Object.assign(ui, fresh);
    redraw();
  };
  const button = (action) => keep.press(action, change) || act.button?.(action, ui, change);
  const hand = listen(root, ui, change, layout, { ...act, button });
  const end = act.start?.(root);
  const barOf = (name) => (model.get("backward") && layout.barNames?.[name]) || "";
  const quiet = points(root, ui, change, layout, barOf);
  const watcher = new ResizeObserver(
    () => root.clientWidth && root.clientWidth !== ui.width && change({ width: root.clientWidth }),
  );
  watcher.observe(root);
  names.forEach((name) => model.on(`change:${name}`, redraw));
  return () => {
    names.forEach((name) => model.off(`change:${name}`, redraw));
    watcher.disconnect();
    hand.abort();
    keep.stop();
    end?.();
    quiet();
    cancelAnimationFrame(frame);
    root.remove();
  };
}

// where the focus goes: to what is pinned, to the graph's tab stop, to a fold
/** @returns {HTMLElement | null} */
const refuge = (root) =>
  root.querySelector("[role=option][aria-selected='true']") ??
  root.querySelector("[role=option][tabindex='0']") ??
  root.querySelector("summary");

// one listener a kind of event for the whole widget; what was meant is written on the element
function listen(root, ui, change, layout, act) {
  const hand = new AbortController();
  const on = (type, call) => root.addEventListener(type, call, { signal: hand.signal });
  const nodeOf = (event) => event.target.closest?.("[role=option]")?.dataset.name ?? "";
  const focus = (name) => root.querySelector(`[role=option][data-name="${name}"]`)?.focus();
  on("input", ({ target }) => {
    const name = target.dataset.input;
    if (name) act.input?.(name, Number(target.value), ui, change);
  });
  on("click", (event) => {
    const control = event.target.closest("[data-action]");
    // the state opens it, not the browser
    if (control?.tagName === "SUMMARY") event.preventDefault();
    if (control) act.button?.(control.dataset.action, ui, change);
    else if (nodeOf(event) && !drag.moved) act.pin?.(nodeOf(event), ui, change);
  });
  const rowOf = (event) => event.target.closest?.("tr[data-name]")?.dataset.name ?? "";
  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    change({ hover: drag.name || nodeOf(event) || rowOf(event) });
  });
  on("pointerleave", () => change({ hover: "" }));
  on("focusin", (event) => {
    const name = nodeOf(event);
    const input = event.target.dataset.input;
    if (name) change({ focus: name, stop: name });
    else change({ focus: "", grip: layout.names.includes(input) ? input : ui.grip });
  });
  on("focusout", () => change({ focus: "" }));
  on("keydown", (event) => {
    event.stopPropagation(); // JupyterLab would take the arrow keys
    const name = nodeOf(event);
    if (event.key === "Escape") act.free?.(ui, change);
    else if (name && (event.key === "Enter" || event.key === " ")) act.pin?.(name, ui, change);
    else if (name && event.key.startsWith("Arrow")) focus(neighbour(layout, name, event.key));
    else return;
    event.preventDefault();
  });
  const drag = { name: "", moved: false, y: 0, value: 0 };
  on("pointerdown", (event) => {
    const name = nodeOf(event);
    const value = act.grip?.(name) ?? null;
    Object.assign(drag, {
      name: value === null ? "" : name,
      moved: false,
      y: event.clientY,
      value,
    });
  });
  on("pointermove", (event) => {
    if (!drag.name || (!drag.moved && Math.abs(event.clientY - drag.y) < 4)) return;
    if (!drag.moved) event.target.setPointerCapture?.(event.pointerId);
    drag.moved = true;
    act.drag(drag.name, drag.value, (drag.y - event.clientY) / 52, ui, change);
  });
  const drop = () => {
    drag.name = "";
  };
  on("pointerup", drop);
  on("pointercancel", drop);
  return hand;
}

// the letters of a picture are markup that no tree patches; those of what is pointed at are lit
// here
function light(root, names, { letter = (name) => name }) {
  if (!names.length && !root.querySelector(".lit.letter")) return;
  for (const one of root.querySelectorAll(":is(span, i, th)[data-name]")) {
    const on = names.some((name) => name === one.dataset.name || name === letter(one.dataset.name));
    if (on !== one.classList.contains("lit"))
      ["lit", "letter"].forEach((cls) => one.classList.toggle(cls, on));
  }
}

// what is pointed at here lights elsewhere on the page, and the other way round: one event for all
// (see `link.js`)
function points(root, ui, change, layout, barOf) {
  const hand = new AbortController();
  const on = (target, type, call) => target.addEventListener(type, call, { signal: hand.signal });
  let last = "";
  const tell = ({ target }) => {
    const name = target.closest?.("[data-name]")?.dataset.name ?? "";
    if (name === last) return;
    last = name;
    const own = layout.own?.(name) ?? name;
    const names = [own, barOf(own)].filter(Boolean);
    change({ names, pointed: "" });
    const told = [...names, layout.letter?.(own) ?? ""].filter(Boolean);
    document.dispatchEvent(
      new CustomEvent("lstm:point", { detail: { name: own, names: told, from: ui.uid } }),
    );
  };
  for (const type of ["pointerover", "focusin"]) on(root, type, tell);
  for (const type of ["pointerleave", "focusout"]) on(root, type, () => tell({ target: {} }));
  on(document, "lstm:point", ({ detail }) => {
    if (detail.from === ui.uid) return;
    const names = [detail.name, ...(detail.names ?? [])].filter(
      (name) => name && typeof name === "string",
    );
    const valueOf = (name) =>
      Object.entries(layout.barNames ?? {}).find(([, bar]) => bar === name)?.[0];
    const known = names.flatMap((name) => [
      valueOf(name),
      name,
      name.replace(/_bar_(loss|next)$/, ""),
    ]);
    const pointed = known.find((one) => layout.names.includes(one)) ?? "";
    const edge = detail.edge?.every((name) => typeof name === "string") ? detail.edge : null;
    if (pointed !== ui.pointed || edge || ui.edge || String(names) !== String(ui.names))
      change({ names, pointed, edge });
  });
  return () => hand.abort();
}

/**
 * The node that an arrow key leads to: → ← along wires, ↑ ↓ among siblings; the node itself where
 * nothing is.
 */
export function neighbour(layout, name, key) {
  if (key === "ArrowRight") return layout.next[name] ?? name;
  if (key === "ArrowLeft") return layout.previous[name] ?? name;
  const group = layout.siblings.find((names) => names.includes(name)) ?? [name];
  const step = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  return group[Math.max(0, Math.min(group.length - 1, group.indexOf(name) + step))];
}
