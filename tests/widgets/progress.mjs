// Tabs with one storage between them, as a browser gives it: each has the store of the answer
// boxes, and hears `storage` when another has written.

let tabs = 0;

/** A storage that holds `given`; `broken` is "denied", "full" or "". */
function storage(given, broken) {
  const held = new Map(Object.entries(given));
  const box = { broken, held };
  const allowed = () => {
    if (box.broken === "denied") throw new Error("SecurityError");
    return held;
  };
  const room = () => {
    if (box.broken === "full") throw new Error("QuotaExceededError");
    return allowed();
  };
  return Object.assign(box, {
    getItem: (key) => allowed().get(key) ?? null,
    setItem: (key, text) => room().set(key, text),
    removeItem: (key) => allowed().delete(key),
  });
}

/**
 * What is known after each step: [tab, verb, …given], the verbs being those of the store and
 * `broken`, `wipe` of the storage. Of each: the ids that are right in that tab, and whether it is
 * kept.
 */
export async function told(given, broken, steps) {
  const box = storage(given, broken);
  Object.assign(globalThis, { localStorage: box });
  const stores = {};
  const said = [];
  for (const [tab, verb, ...args] of steps) {
    stores[tab] ??= await import(`../answer/progress.mjs?${(tabs += 1)}`);
    if (verb === "broken") box.broken = args[0];
    else if (verb === "wipe") box.held.clear();
    else stores[tab][verb](...args);
    const right = Object.fromEntries(stores[tab].solved());
    said.push([right, stores[tab].kept()]);
  }
  return { said, held: Object.fromEntries(box.held) };
}
