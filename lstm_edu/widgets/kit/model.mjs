// What every figure asks of its model, and what it does to it.

/** The traits `names`, by name. */
export const read = (model, names) =>
  Object.fromEntries(names.map((name) => [name, model.get(name)]));

/** Change traits together. */
export function put(model, traits) {
  for (const [name, value] of Object.entries(traits)) model.set(name, value);
  model.save_changes();
}
