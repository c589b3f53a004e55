// What every live figure is made of: `still`, its picture as text, and `render`, which shows it.

import { instead } from "./complaints.mjs";
import { read } from "./model.mjs";
import { mount } from "./mount.mjs";
import { print } from "./tree.mjs";

const STILL = { uid: "still", width: 660, hover: "", focus: "", stop: "", said: "" };

/**
 * The figure `cls`, as `{ still, render, share, draw }`. `rules` are its traits as Python prints
 * them, `complaint(t)` says why a state cannot be drawn, `view(t, ui)` is the picture of one that
 * can, `number(t)` a pair [key of `values`, number on the screen], `hands(model, layout)` what the
 * reader's hand does. `layout` is what stands where, or a function that makes it for each view.
 * @param {{
 *   cls: string, rules: object, complaint: (t: any) => string, view: (t: any, ui: any) => any,
 *   number: (t: any) => [string, number], hands: (model: any, layout: any) => any, layout?: any,
 * }} figure
 */
export function live({ cls, rules, complaint, view, number, hands, layout = {} }) {
  const names = Object.keys(rules);
  const share = { cls, names, number, complaint };
  const draw = (t, ui) => {
    const wrong = complaint(t);
    return wrong ? instead(wrong) : view(t, ui);
  };
  return {
    share,
    draw,
    still: (t, ui = {}) => print(draw(t, { ...STILL, ...ui })),
    render({ model, el }) {
      const own = { start: "", names: [], ...(typeof layout === "function" ? layout() : layout) };
      const act = hands(model, own);
      const traits = act.traits ?? (() => read(model, names));
      return mount({ model, el, names, layout: own, act, share, draw: (ui) => draw(traits(), ui) });
    },
  };
}
