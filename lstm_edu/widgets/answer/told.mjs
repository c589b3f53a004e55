// What a box says of an answer: the verdict, and that it was right before or is not kept.

import { prose } from "../kit/letters.mjs";
import { el } from "../kit/tree.mjs";

const LOST =
  "Your browser keeps nothing for this page, so it forgets what is right when you close it. " +
  "You can copy that below.";

/** The verdict; before there is one, the `day` of an earlier right answer. */
export function told({ right, praise, fault, lost }, day) {
  const glyph = el("span", { class: "ab-glyph", "aria-hidden": "true" }, right ? "✓ " : "→ ");
  const before = el("p", { class: "ab-done" }, `✓ Answered right on ${day}.`);
  const verdict = el(
    "div",
    { class: `ab-said${right ? " ab-right" : ""}`, role: "status", "aria-live": "polite" },
    praise ? el("p", { class: "ab-praise" }, praise) : null,
    fault ? el("p", null, glyph, prose(fault)) : null,
    lost ? el("p", { class: "ab-hint" }, LOST) : null,
  );
  return [day && !fault ? before : null, verdict];
}
