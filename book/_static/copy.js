// What a selection is copied as: a formula as LaTeX, once, a table as a spreadsheet reads it. A
// button that copies says so by `data-copies`.
(() => {
  const SHOWN = ".katex-display";
  const FORMULA = ".katex";
  const around = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  // A selection that begins or ends inside a formula holds all of it.
  const whole = (selected) => {
    const range = selected.cloneRange();
    const formula = (node) => around(node).closest(SHOWN) ?? around(node).closest(FORMULA);
    const [start, end] = [formula(range.startContainer), formula(range.endContainer)];
    if (start) range.setStartBefore(start);
    if (end) range.setEndAfter(end);
    return range;
  };

  // Cells keep the table around them.
  const contents = (range) => {
    const place = around(range.commonAncestorContainer);
    const table = place.matches("table, thead, tbody, tr") && place.closest("table");
    if (!table) return range.cloneContents();
    const shell = table.cloneNode();
    shell.append(range.cloneContents());
    return shell;
  };

  const asText = (formula) => {
    const text = document.createElement("span");
    const sign = formula.closest(SHOWN) ? "$$" : "$";
    text.textContent = sign + formula.querySelector("annotation").textContent + sign;
    text.style.whiteSpace = "pre-wrap";
    (formula.closest(SHOWN) ?? formula.closest("span.math") ?? formula).replaceWith(text);
  };
  // One line a cell, and a hyphen for minus: with the sign of the page it would be no number.
  const asCell = (cell) => {
    const text = cell.textContent.trim().replace(/\s+/g, " ");
    cell.textContent = /^[−+]?[\d.]+(e[−+]?\d+)?$/.test(text) ? text.replaceAll("−", "-") : text;
  };
  const IDLE = ".headerlink, .visually-hidden, .take, script, noscript";
  const clean = (box) => {
    box.querySelectorAll(IDLE).forEach((one) => one.remove());
    box.querySelectorAll(FORMULA).forEach(asText);
    box.querySelectorAll("i.bar").forEach((letter) => letter.append("\u0304"));
    box.querySelectorAll("td, th").forEach(asCell);
  };

  /** @param {ClipboardEvent} event */
  const copy = (event) => {
    const put = (kind, text) => {
      event.clipboardData.setData(`text/${kind}`, text);
      event.preventDefault();
    };
    /** @type {HTMLElement | null} */
    const pressed = document.querySelector("[data-copies]");
    if (pressed) return put("plain", pressed.dataset.copies);
    if (around(/** @type {Node} */ (event.target)).closest("input, textarea")) return undefined;
    const selection = getSelection();
    const ranges = Array.from({ length: selection.rangeCount }, (_, k) => selection.getRangeAt(k));
    const box = document.createElement("div");
    box.className = "copied";
    box.append(...ranges.map((range) => contents(whole(range))));
    if (!box.querySelector(`${FORMULA}, i.bar, td, th`)) return undefined;
    clean(box);
    document.body.append(box); // only what is laid out knows its lines
    const text = box.innerText.replace(/\u2060|^\n+|\n+$/g, "");
    box.remove();
    put("html", box.innerHTML);
    return put("plain", text);
  };
  document.addEventListener("copy", copy);
})();
