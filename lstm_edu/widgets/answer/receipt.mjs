// What is right so far, as a fold below each box: a receipt to save, to copy and to clear.

import { el } from "../kit/tree.mjs";

const KEPT = "Kept in this browser only. Nothing is sent anywhere.";
const NOT_KEPT =
  "Your browser keeps nothing for this page: copy this before you close it. " +
  "Nothing is sent anywhere.";
const FRAMED =
  "Another page shows this one, and may forbid it to save. Then select the text and copy it.";

function receipt(entries) {
  const lines = entries.map(([id, day]) => `${day}  ${id}`);
  return [
    "LSTM Gradients, an interactive course",
    `right so far: ${entries.length}`,
    ...lines,
  ].join("\n");
}

/**
 * The fold that shows, hands out and clears what is right: `solved`, and whether it is `kept`.
 * @param {{ solved?: [string, string][], kept?: boolean, progress?: boolean, framed?: boolean }} ui
 */
export function progress({ solved = [], kept = true, progress: open = false, framed = false }) {
  const count = `${solved.length} right so far${kept ? "" : " on this page"}`;
  return el(
    "details",
    { class: "ab-fold", open },
    el("summary", { "data-ab": "progress" }, count),
    open ? held(solved, kept, framed) : null,
  );
}

function held(entries, kept, framed) {
  const count = entries.length;
  const text = receipt(entries);
  return el(
    "div",
    { class: "ab-kept" },
    el("p", null, kept ? KEPT : NOT_KEPT),
    el("textarea", { readonly: true, rows: Math.min(8, count + 2), "aria-label": "Receipt" }, text),
    el(
      "div",
      { class: "ab-buttons" },
      el(
        "a",
        {
          class: "ab-button",
          download: "lstm-gradients.txt",
          href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`,
        },
        "Save as text",
      ),
      el("button", { type: "button", "data-ab": "clear", disabled: !count }, "Clear"),
    ),
    framed ? el("p", null, FRAMED) : null,
  );
}
