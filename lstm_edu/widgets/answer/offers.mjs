// The readings among which a reader chooses, and whose letters are read on this page.

import { typeset } from "./echo.mjs";
import { notation } from "./notation.mjs";
import { chosen } from "./reading.mjs";
import { el } from "../kit/tree.mjs";
import { written } from "./verdict.mjs";

/** The readings of a line as buttons; what is pressed is known on this page from then on. */
export function offers(found) {
  const button = ({ tree }, k) =>
    el(
      "button",
      {
        type: "button",
        "data-ab": "mean",
        "data-typed": String(k),
        "aria-label": written(tree),
      },
      typeset(tree, null),
    );
  return el(
    "div",
    { class: "ab-keys", role: "group", "aria-label": "Which do you mean?" },
    found.map(button),
  );
}

/** Take a reading. */
export function take({ plan }) {
  Object.assign(chosen.plan, plan);
}

/** Read the letters of an author, "" for the book's alone, and forget what was chosen. */
export function adopt(whose) {
  Object.assign(chosen, { whose, plan: {} });
}

/** The choice of an author. */
export function authors() {
  const options = ["", ...notation.authors].map((name) =>
    el("option", { value: name, selected: name === chosen.whose }, name || "this book"),
  );
  return el(
    "label",
    { class: "ab-whose" },
    "I write in the letters of ",
    el("select", { "data-ab-whose": "true" }, options),
  );
}
