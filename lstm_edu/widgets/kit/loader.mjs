// Loads a figure's modules where a kernel sent them as texts: each gets an address of its own, so
// that the browser links them as it does files, and an error names the file and line that a reader
// finds in the package.

/**
 * The last of several modules, given as {name: text} in order of need. An import from "kit/tree"
 * means that name.
 */
export async function load(texts) {
  // by text: what another figure of this page brought is there already
  const made = (globalThis.lstmModules ??= new Map());
  const addresses = new Map();
  for (const [name, text] of Object.entries(texts)) {
    let linked = text;
    for (const [need, address] of addresses) {
      linked = linked.replaceAll(` from "${need}";`, ` from "${address}";`);
      linked = linked.replaceAll(`import("${need}")`, `import("${address}")`);
    }
    linked += `\n//# sourceURL=lstm_edu/widgets/${name}.mjs`;
    if (!made.has(linked)) {
      const blob = new Blob([linked], { type: "text/javascript" });
      made.set(linked, URL.createObjectURL(blob));
    }
    addresses.set(name, made.get(linked));
  }
  // asked for together: the browser would find them one floor of imports after the other
  const modules = [...addresses.values()].map((address) => import(address));
  return (await Promise.all(modules)).at(-1);
}
