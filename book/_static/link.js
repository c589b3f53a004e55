// Point at a symbol in a formula, a line of code or a figure, and the same quantity lights in all
// the others. A displayed equation is one tab stop; the arrow keys walk its symbols. Figures take
// part by the same event.
(() => {
  const named = (target) => target.closest?.("[data-name]:not([data-figure] *)");
  const send = (name) =>
    document.dispatchEvent(
      new CustomEvent("lstm:point", { detail: { name, names: [name], from: "page" } }),
    );
  let now = "";
  const point = (name = "") => name !== now && send((now = name));

  document.addEventListener("lstm:point", ({ detail: { name, names = [name] } }) => {
    now = name;
    document
      .querySelectorAll(".lit:not([data-figure] *)")
      .forEach((one) => one.classList.remove("lit"));
    for (const wanted of names.filter((one) => /^\w+$/.test(one)))
      document
        .querySelectorAll(`[data-name="${wanted}"]:not([data-figure] *)`)
        .forEach((one) => one.classList.add("lit"));
  });
  document.addEventListener(
    "pointerover",
    ({ target }) => target.closest?.("[data-figure]") || point(named(target)?.dataset.name),
  );

  const said = Object.assign(document.createElement("div"), { className: "visually-hidden" });
  said.setAttribute("aria-live", "polite");
  const walk = (equation, symbols, step) => {
    const at = symbols.findIndex((one) => one.classList.contains("walked"));
    const next =
      at < 0
        ? step > 0
          ? 0
          : symbols.length - 1
        : Math.max(0, Math.min(symbols.length - 1, at + step));
    symbols[at]?.classList.remove("walked");
    symbols[next].classList.add("walked");
    said.textContent = symbols[next].dataset.name.replaceAll("_", " ");
    point(symbols[next].dataset.name);
  };
  for (const equation of document.querySelectorAll(".katex-display")) {
    const symbols = [...equation.querySelectorAll("[data-name]")];
    if (!symbols.length) continue;
    Object.assign(equation, {
      tabIndex: 0,
      role: "group",
      ariaLabel: "Equation; the arrow keys walk its symbols",
    });
    const leave = () => (symbols.forEach((one) => one.classList.remove("walked")), point());
    equation.addEventListener("blur", leave);
    equation.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") leave();
      if (!step) return;
      event.preventDefault();
      walk(equation, symbols, step);
    });
  }
  document.body.append(said);

  // a link to a figure's state leads to the figure, which need not be drawn yet
  const find = () =>
    document
      .querySelectorAll(".lstm-view")
      [/^#[a-z]+-(\d+)=/.exec(location.hash)?.[1] - 1]?.scrollIntoView({ block: "center" });
  addEventListener("load", find);
  addEventListener("hashchange", find);
})();
