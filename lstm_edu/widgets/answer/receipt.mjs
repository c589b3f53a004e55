// What is right so far, as a fold below each box: a receipt to save, to copy and to clear.

import { el } from "../kit/tree.mjs";

function receipt(entries) {
  const lines = entries.map(([id, day]) => `${day}  ${id}`);
  return [
    "LSTM Gradients, an interactive course",
    `right so far: ${entries.length}`,
    ...lines,
  ].join("\n");
}

/** The fold that shows, hands out and clears what is kept. */
export function progress(entries, open) {
  return el(
    "details",
    { class: "ab-fold", open },
    el("summary", { "data-ab": "progress" }, `${entries.length} right so far`),
    open ? held(entries) : null,
  );
}

function held(entries) {
  const count = entries.length;
  const text = receipt(entries);
  return el(
    "div",
    { class: "ab-kept" },
    el("p", null, "Kept in this browser only. Nothing is sent anywhere."),
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
  );
}
