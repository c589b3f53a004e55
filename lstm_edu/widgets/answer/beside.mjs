// What a name means beside the left side of its line.

// what a gradient on the right was before, if the line gives it a new value
const EARLIER = {
  c_bar: ["c_bar_next", "c_bar(t+1)"],
  h_bar: ["h_bar_next", "h_bar_loss"],
};
const ASSIGNED = /<-|←|:=|\\(?:leftarrow|gets)/;

/** A meaning, and what else it may be where the left side of its reader names a gradient. */
export function beside(found, reader, at) {
  const [left = ""] = reader.left;
  const { name, means } = found;
  if (name === "h" && /^w_.h_bar/.test(left) && !timed(reader.source, at))
    return { id: "h of a weight", means: reader.known(["h_prev", "h"]) };
  const earlier = reader.known(EARLIER[left] ?? []);
  const same = means.includes(left);
  const met = same || means.includes(left.replace("bar", "bar_prev"));
  if (!earlier.length || !met || (name && !ASSIGNED.test(reader.source))) return found;
  const others = means.filter((one) => one !== left);
  if (others.some((one) => earlier.includes(one)))
    return { id: `${found.id} but ${left}`, means: others };
  return { id: `old ${left}`, means: [...others, ...earlier, ...(same ? [left] : [])] };
}

// whether a time is written at a name
const timed = (source, [from, to]) =>
  to - from > 1 || /^\S*?[_^{(<[\s]*[tₜᵗ⁽]/u.test(source.slice(to - 1, to + 4));
