// What the figures and boxes of a page stand at, with the page's entry in the browser's history: so
// it outlives a reload, asks no storage, and goes with the tab.

const SLOT = "lstm";
const before = () => globalThis.history?.state?.[SLOT];
const texts = { ...before() };
let later;

const write = () => history.replaceState({ ...history.state, [SLOT]: texts }, "");

/** The text that was kept under a key when the page was left. */
export const recall = (key) => before()?.[key];

/** Keep a text under a key. Browsers count how often a page writes, so it waits for a pause. */
export function remember(key, text) {
  if ((texts[key] ?? "") === text) return;
  texts[key] = text;
  clearTimeout(later);
  later = setTimeout(write, 200);
}

// a link within the page makes an entry of its own
globalThis.addEventListener?.("hashchange", () => Object.keys(texts).length && write());
