// A page inside another page, as a learning system shows it: what that one may forbid.
(() => {
  const each = (selector, call) => document.querySelectorAll(selector).forEach(call);

  // without a right to send forms, a search can still go to an address
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const form = field instanceof HTMLInputElement && field.closest("form.bd-search");
    if (event.key !== "Enter" || event.isComposing || !form) return;
    event.preventDefault();
    const { action } = /** @type {HTMLFormElement} */ (form);
    location.assign(`${action.split("?")[0]}?q=${encodeURIComponent(field.value)}`);
  });

  if (!document.fullscreenEnabled) each("[data-does=fullscreen]", (button) => button.remove());
  if (self === top) return;
  // Whether a new tab, a download or a print is allowed cannot be asked.
  each(".dropdown-menu a[target]", (link) => link.removeAttribute("target"));
  each(".dropdown-download-buttons .dropdown-menu", (menu) => {
    const says = menu.appendChild(document.createElement("li"));
    says.className = "framed";
    says.textContent =
      "Another page shows this one, and may forbid it to save and to print. Then open this " +
      `address in a tab of its own: ${location.href.split("#")[0]}`;
  });
})();
