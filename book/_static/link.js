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
  const point = (name = "") => {
    if (name === now) return;
    now = name;
    send(name);
  };

  // figures light their own letters
  const all = (selector) => document.querySelectorAll(`${selector}:not([data-figure] *)`);
  /** @param {any} event */
  const light = ({ detail: { name, names = [name] } }) => {
    now = name;
    for (const one of all(".lit")) one.classList.remove("lit");
    for (const wanted of names.filter((one) => /^\w+$/.test(one)))
      for (const one of all(`[data-name="${wanted}"]`)) one.classList.add("lit");
  };
  document.addEventListener("lstm:point", light);
  const hover = ({ target }) => {
    if (!target.closest?.("[data-figure]")) point(named(target)?.dataset.name);
  };
  document.addEventListener("pointerover", hover);

  const said = Object.assign(document.createElement("div"), { className: "visually-hidden" });
  said.setAttribute("aria-live", "polite");
  const walk = (symbols, step) => {
    const last = symbols.length - 1;
    const at = symbols.findIndex((one) => one.classList.contains("walked"));
    const start = step > 0 ? 0 : last;
    const next = at < 0 ? start : Math.max(0, Math.min(last, at + step));
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
    const leave = () => {
      symbols.forEach((one) => one.classList.remove("walked"));
      point();
    };
    const press = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") leave();
      if (!step) return;
      event.preventDefault();
      walk(symbols, step);
    };
    equation.addEventListener("blur", leave);
    equation.addEventListener("keydown", press);
  }
  document.body.append(said);

  // a link to a figure's state leads to the figure, which need not be drawn yet
  const find = () => {
    const number = /^#[a-z]+-(\d+)=/.exec(location.hash)?.[1];
    const figure = document.querySelectorAll(".lstm-view")[Number(number) - 1];
    figure?.scrollIntoView({ block: "center" });
  };
  addEventListener("load", find);
  addEventListener("hashchange", find);
})();
