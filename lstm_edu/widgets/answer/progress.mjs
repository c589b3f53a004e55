// Which exercises are right, kept in this browser alone; where a browser keeps nothing, for as long
// as the page is open.

import { el } from "../kit/tree.mjs";

const KEY = "lstm-answers";
const CHANGED = "lstm-answers-changed";
let here = {};

/** What is right so far: each exercise's title and the day it was solved on. */
export function solved() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && typeof kept === "object") here = kept;
  } catch {
    // no storage: what this page knows
  }
  return Object.entries(here).filter(([, day]) => typeof day === "string");
}

function keep(kept) {
  here = kept;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // no storage
  }
  globalThis.dispatchEvent?.(new Event(CHANGED));
}

/** Note that an exercise is right. */
export function note(title, day = new Date().toISOString().slice(0, 10)) {
  keep({ ...Object.fromEntries(solved()), [title]: Object.fromEntries(solved())[title] ?? day });
}

/** Forget everything. */
export function clear() {
  keep({});
}

/** Call `change` whenever some box of the page notes something; returns how to stop. */
export function watch(change) {
  addEventListener(CHANGED, change);
  return () => removeEventListener(CHANGED, change);
}

/** The receipt as plain text. */
function receipt(entries = solved()) {
  const lines = entries.map(([title, day]) => `${day}  ${title}`);
  return [
    "LSTM Gradients, an interactive course",
    `right so far: ${entries.length}`,
    ...lines,
  ].join("\n");
}

/** The fold that shows, hands out and clears what is kept. */
export function progress(entries, open) {
  const count = entries.length;
  return el(
    "details",
    { class: "ab-fold", open },
    el("summary", { "data-ab": "progress" }, `${count} right so far`),
    open
      ? el(
          "div",
          { class: "ab-kept" },
          el("p", null, "Kept in this browser only. Nothing is sent anywhere."),
          el(
            "textarea",
            { readonly: true, rows: Math.min(8, count + 2), "aria-label": "Receipt" },
            receipt(entries),
          ),
          el(
            "div",
            { class: "ab-buttons" },
            el(
              "a",
              {
                class: "ab-button",
                download: "lstm-gradients.txt",
                href: `data:text/plain;charset=utf-8,${encodeURIComponent(receipt(entries))}`,
              },
              "Save as text",
            ),
            el("button", { type: "button", "data-ab": "clear", disabled: !count }, "Clear"),
          ),
        )
      : null,
  );
}
