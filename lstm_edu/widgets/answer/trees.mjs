// Trees of lines: what stands in them, copies of them, and one in the place of another.

/** A text that two trees share where they are the same. */
export const id = (node) =>
  (node.id ??= `${node.op}${node.v ?? ""}${node.a ? `(${node.a.map(id).join()})` : ""}`);

/** A tree and all that stands in it, the outermost first. */
export const nodes = (node) => [node, ...(node.a ?? []).flatMap(nodes)];

/** The same node with other parts. */
export const copy = (node, a) => ({ op: node.op, v: node.v, a, at: node.at });

/** A tree that shares no node with another one. */
export const clone = (node) => ({ ...node, a: node.a?.map(clone) });

/** The names that stand in a tree. */
export const used = (node) =>
  new Set(
    nodes(node)
      .filter((one) => one.op === "name")
      .map((one) => one.v),
  );

/** A node, and of a longer product or sum every run of neighbours. */
export function slices(node) {
  const found = [node];
  if (!(node.a?.length > 2)) return found;
  for (let j = 0; j < node.a.length; j++)
    for (let k = j + 2; k <= node.a.length; k++) found.push(copy(node, node.a.slice(j, k)));
  return found;
}

/** The tree with each name that `trees` knows written out. */
export function inlined(node, trees) {
  if (node.op === "name") return trees[node.v] ?? node;
  return node.a
    ? copy(
        node,
        node.a.map((part) => inlined(part, trees)),
      )
    : node;
}

/** The tree with `put` in the place of one of its nodes. */
export function exchanged(tree, node, put) {
  if (tree === node) return put;
  const a = tree.a?.map((part) => exchanged(part, node, put));
  return a?.some((part, k) => part !== tree.a[k]) ? copy(tree, a) : tree;
}

/**
 * The tree with `to` wherever `from` stands, also among the factors of a longer product; null if it
 * stands nowhere.
 */
export function rewritten(node, from, to) {
  if (id(node) === id(from)) return to;
  const a = node.a?.map((part) => rewritten(part, from, to) ?? part) ?? [];
  const length = from.op === "product" && node.op === "product" ? from.a.length : Infinity;
  for (let k = 0; k + length <= a.length; k++)
    if (from.a.every((part, j) => id(part) === id(a[k + j])))
      return copy(node, a.toSpliced(k, length, to));
  return a.some((part, k) => part !== node.a[k]) ? copy(node, a) : null;
}
