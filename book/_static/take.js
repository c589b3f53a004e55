// A button beside each displayed formula, which copies it as LaTeX, as plain text, and as NumPy if
// the build found lines of it.
(() => {
  const MARKS = { ˉ: "\u0304", "^": "\u0302", "~": "\u0303" };
  const SPACED = /^(?:[=+−×⋅<>≤≥≈→∝∈,]|:=)$/;
  const FACTOR = /^m(i|n|sub|sup|subsup|over|frac)$/;
  const apart = (node) => {
    const before = node.previousElementSibling;
    const both = before && FACTOR.test(before.localName) && FACTOR.test(node.localName);
    return both && before.textContent !== "∂" ? " " : "";
  };
  const texts = (nodes) => [...nodes].map((node) => apart(node) + plain(node)).join("");
  const outside = (text) => {
    const less = text.replace(/\([^()]*\)/g, "");
    return less === text ? text : outside(less);
  };
  const single = (text) => (/[\s=+−/]/.test(outside(text)) ? `(${text})` : text);
  const script = (node) => single(plain(node).replaceAll(" ", ""));
  const under = (node) => `_${script(node)}`;
  const over = (node) => (script(node) === "′" ? "′" : `^${script(node)}`);
  /** How each kind of MathML reads on a line; what is not here reads as its parts in a row. */
  const READ = {
    annotation: () => "",
    mphantom: () => "",
    mspace: () => " ",
    mi: ({ textContent: name }) => (name.length > 1 ? ` ${name}` : name), // tanh
    mo: ({ textContent: sign }) => (SPACED.test(sign) ? ` ${sign} ` : sign),
    msub: ([base, sub]) => plain(base) + under(sub),
    msup: ([base, sup]) => plain(base) + over(sup),
    msubsup: ([base, sub, sup]) => plain(base) + under(sub) + over(sup),
    munder: ([base, sub]) => `${plain(base)}${under(sub)} `,
    munderover: ([base, sub, sup]) => `${plain(base)}${under(sub)}${over(sup)} `,
    mover: ([base, mark]) => plain(base) + (MARKS[mark.textContent] ?? over(mark)),
    mfrac: ([top, below]) => `${single(plain(top))}/${single(plain(below))}`,
    msqrt: (parts) => `√(${texts(parts)})`,
    mtable: (rows) => rows.map(plain).join("\n"),
  };
  function plain(node) {
    const read = READ[node.localName];
    if (read) return node.childElementCount ? read([...node.children]) : read(node);
    return node.childElementCount ? texts(node.children) : node.textContent;
  }
  // after a function stands U+2061; a minus with nothing before it is a sign
  const line = (text) =>
    text
      .replace(/\u2061+([(^_]|$)/g, "$1")
      .replace(/[\s\u2061-\u2064]+/g, " ")
      .replace(/ ,/g, ",")
      .replace(/(^|[(=+−×,] ?)([+−]) /g, "$1$2")
      .replace(/\( | \)/g, (found) => found.trim())
      .trim();
  const lines = (math) => plain(math).split("\n").map(line).join("\n");

  const rename = (one) => {
    one.textContent = one.dataset.form;
  };
  const button = (shown, form, text) => {
    const one = document.createElement("button");
    one.type = "button";
    one.dataset.form = form;
    one.addEventListener("click", () => {
      one.parentElement.childNodes.forEach(rename);
      getSelection().selectAllChildren(shown); // the reader sees what is copied
      one.dataset.copies = text();
      one.textContent = document.execCommand("copy") ? "Copied" : "Not copied";
      delete one.dataset.copies;
    });
    rename(one);
    return one;
  };
  const offer = (shown) => {
    const annotation = shown.querySelector("annotation");
    const { numpy } = annotation.dataset;
    const name = shown.querySelector("[data-name]")?.dataset.name ?? "this formula";
    const take = document.createElement("details");
    const summary = document.createElement("summary");
    const row = document.createElement("div");
    take.className = "take";
    Object.assign(summary, { title: "Copy", ariaLabel: `Copy ${name.replaceAll("_", " ")}` });
    row.ariaLive = "polite";
    row.append(
      button(shown, "LaTeX", () => annotation.textContent),
      button(shown, "Plain text", () => lines(shown.querySelector("math"))),
      ...(numpy ? [button(shown, "NumPy", () => numpy)] : []),
    );
    take.append(summary, row);
    take.addEventListener("toggle", () => {
      if (!take.open) row.childNodes.forEach(rename);
    });
    take.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      take.open = false;
      summary.focus();
    });
    shown.after(take);
  };
  document.querySelectorAll(".katex-display").forEach(offer);
})();
