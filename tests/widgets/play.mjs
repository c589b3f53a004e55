// A model as a notebook has it, and what the reader's hand left in it and in the picture.
export function play(hands, { state, moves }, ...more) {
  const values = { ...state };
  const ui = {};
  let saved = 0;
  const act = hands(
    {
      get: (name) => values[name],
      set: (name, value) => (values[name] = value),
      save_changes: () => (saved += 1),
    },
    ...more,
  );
  act.traits?.();
  const change = (fresh) => Object.assign(ui, fresh);
  const grips = moves.map(([kind, ...rest]) =>
    kind === "grip" ? act.grip(...rest) : void act[kind](...rest, ui, change),
  );
  return { values, saved, ui, grips };
}

// which nodes of a layout the arrow keys reach from one of them
export function reach(neighbour, layout, start) {
  const seen = new Set([start]);
  for (const name of seen)
    for (const key of ["Left", "Right", "Up", "Down"])
      seen.add(neighbour(layout, name, `Arrow${key}`));
  return [...seen];
}
