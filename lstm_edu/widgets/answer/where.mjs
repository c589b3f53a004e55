// Where a fault lies in the living cell: which edge, and how the reader is led there.

import { html } from "../printed/equations.mjs";

/**
 * The edge [from, to] of the cell along which a fault lies: the one path back to the asked value,
 * or that of the found name.
 */
export function edge(asked, found = "") {
  const to = asked.replace(/_bar(_prev)?$/, "$1");
  const users = Object.keys(html).filter((user) => to in html[user].partials);
  const speaks = (user) =>
    found === `${user}_bar` || html[user].partials[to].includes(`data-name="${found}"`);
  const from = users.length === 1 && !/_next$/.test(found) ? users[0] : users.find(speaks);
  return from ? [from, to] : null;
}

/** Light a value in the living cell of the page, if there is one, and an edge of it. */
export async function light(name, way) {
  /** @returns {HTMLElement | null} */
  const find = () =>
    document.querySelector(`[role="option"][data-name="${name.replace(/_bar(_prev)?$/, "$1")}"]`);
  /** @type {NodeListOf<HTMLElement>} */
  const waiting = document.querySelectorAll(".lstm-view:empty");
  for (const place of waiting) {
    if (find()) break;
    place.scrollIntoView({ block: "center" });
    for (let k = 0; k < 20 && !find() && !place.dataset.alive; k++)
      await new Promise((done) => setTimeout(done, 50));
  }
  find()?.focus();
  find()?.scrollIntoView({ block: "center" });
  if (way)
    document.dispatchEvent(
      new CustomEvent("lstm:point", { detail: { name, edge: way, from: "answer" } }),
    );
}
