// The graph of a text of equations: each line stands in a column of its own, in its order, so that
// no wire to it can meet another one on the way. A value keeps a lane to itself for as long as a
// later line uses it; the line that uses it last takes the lane over. What a value has several
// users for leaves its lane at a branch.

/** The lines of a printed module in order, and for each name the lines that use it. */
export function users({ inputs, html }) {
  const lines = Object.keys(html).filter((name) => Object.keys(html[name].partials).length);
  return {
    lines,
    users: Object.fromEntries(
      [...inputs, ...lines].map((name) => [
        name,
        lines.filter((line) => name in html[line].partials),
      ]),
    ),
  };
}

/** Everything that `figure.mjs` and `card.mjs` ask of a layout, from the printed module alone. */
export function layoutOf(program) {
  const { inputs, html } = program;
  const { lines, users: of } = users(program);
  const names = [...inputs, ...lines];
  const lane = lanes(inputs, lines, of, html);
  const rows = 1 + Math.max(...Object.values(lane));
  const gap = Math.max(100, 190 / Math.max(1, rows - 1)); // between the lanes of a narrow page
  const step = (name) => 1 + lines.indexOf(name); // inputs 0
  const across = (name) => 52 + (step(name) * 552) / lines.length;
  const points = Object.fromEntries(
    names.map((name) => [
      name,
      [
        [across(name), 40 + lane[name] * 124],
        [64 + lane[name] * gap, 34 + step(name) * 104],
      ],
    ]),
  );
  const loss = lines.at(-1);
  const given = Object.fromEntries(inputs.map((name) => [name, "given"]));
  const all = (value) => Object.fromEntries(names.map((name) => [name, value(name)]));
  return {
    label:
      `The equations as a graph, from ${inputs.join(" and ")} to the loss. ` +
      "Arrow keys left and right follow the wires, up and down go to the neighbour.",
    start: inputs[0],
    turn: 560,
    points,
    names,
    loss,
    lines,
    users: of,
    wires: names.flatMap((name) => wires(name, of[name], lane, points, html)),
    wide: { base: 660, height: 80 + (rows - 1) * 124 },
    narrow: { base: Math.max(320, 130 + (rows - 1) * gap), height: 74 + lines.length * 104 },
    marks: {},
    sizes: { state: [90, 42], given: [72, 42], loss: [94, 60] },
    narrowSizes: {},
    kinds: { ...all(() => "state"), ...given, [loss]: "loss" },
    lanes: {},
    hues: all(() => "ink"),
    ranges: {},
    captions: { [loss]: "loss" },
    barNames: Object.fromEntries(names.slice(0, -1).map((name) => [name, `${name}_bar`])),
    next: all((name) => of[name][0] ?? name),
    previous: all((name) => Object.keys(html[name].partials)[0] ?? name),
    siblings: [inputs, lines],
    signs: [],
    legend: [["ink", "from the loss"]],
    notes: () => [],
    story: {
      sums: [],
      forward: lines,
      backward: Object.keys(html).filter((name) => name.endsWith("_bar")),
    },
    invitation:
      "Point at a letter to read its equation and its slopes; " +
      "click it, or press Enter, to push it or to hold it.",
  };
}

function lanes(inputs, lines, of, html) {
  const lane = Object.fromEntries(inputs.map((name, k) => [name, k]));
  const busy = new Set(Object.values(lane));
  for (const line of lines) {
    const freed = Object.keys(html[line].partials)
      .filter((name) => of[name].at(-1) === line)
      .map((name) => lane[name]);
    freed.forEach((row) => busy.delete(row));
    let row = freed.length ? Math.min(...freed) : 0;
    while (busy.has(row)) row += 1;
    lane[line] = row;
    busy.add(row);
  }
  return lane;
}

// a name's lane up to each of its users, and the way from the lane into the user; each with the
// users whose share it carries
function wires(name, readers, lane, points, html) {
  let from = name;
  return readers.flatMap((user, k) => {
    const rest = readers.slice(k);
    const port = enter(name, user, lane, points, html);
    const turn = `${port}/${name}`;
    const touches = [name, ...rest];
    const start = k ? {} : { from: name };
    const way = {
      id: `${name}>${user}`,
      carries: [name, [user]],
      touches: [name, user],
      to: user,
      arrow: true,
    };
    if (lane[user] === lane[name]) return [{ ...way, points: [from, user], ...start }];
    if (rest.length === 1) return [{ ...way, points: [from, turn, port], ...start }];
    const along = {
      id: `${name} to ${user}`,
      carries: [name, rest],
      points: [from, turn],
      touches,
      joined: way.id,
      ...start,
    };
    from = turn;
    return [along, { ...way, points: [turn, port], start: 4 }];
  });
}

// where a wire enters its user: ways from the same side stand next to each other
function enter(name, user, lane, points, html) {
  const side = (other) => Math.sign(lane[other] - lane[user]);
  const same = Object.keys(html[user].partials).filter((other) => side(other) === side(name));
  const shift = side(name) ? 30 * (same.indexOf(name) - (same.length - 1) / 2) : 0;
  const port = `${user}<${name}`;
  const [[x, y], [across, down]] = points[user];
  points[port] = [
    [x + shift, y],
    [across, down + shift / 2],
  ];
  return port;
}
