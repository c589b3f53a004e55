// What the theme's pages leave undone: two buttons without inline handlers, search in a file, boxes
// that keys can scroll.
(() => {
  const { dataset } = document.documentElement;
  dataset.pages = ""; // else the style sheet says that this is missing
  const does = { print: () => print(), fullscreen: () => toggleFullScreen() };
  const press = ({ target }) => does[target.closest?.("[data-does]")?.dataset.does]?.();
  document.addEventListener("click", press);

  // Paper is light, whatever the screen is.
  let theme = "";
  addEventListener("beforeprint", () => {
    theme ||= dataset.theme;
    dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    dataset.theme = theme || dataset.theme;
    theme = "";
  });

  // Search shows lines of each page that it finds, which a page of no origin may not fetch: one
  // opened by double-click, and one in a frame that gives it none.
  if (origin === "null") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // Only a box whose content is wider than itself is a tab stop, and only as long as it is.
  const stop = ({ target: box }) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    // not hasAttribute: the theme asks once, when most boxes are not laid out yet, and gives
    // those -1
    if (scrolls && box.tabIndex < 0) {
      box.tabIndex = 0;
      box.dataset.scrolls = "";
    } else if (!scrolls && box.dataset.scrolls === "") {
      delete box.dataset.scrolls;
      box.removeAttribute("tabindex");
    }
  };
  const wide = new ResizeObserver((entries) => entries.forEach(stop));
  // a box that was not laid out before could not say how wide it is, and the theme has its own word
  // when all is loaded
  const BOXES = ".highlight pre, .cell_output, .katex-display, .pst-scrollable-table-container";
  const look = (place) => {
    for (const box of [place, ...place.querySelectorAll(BOXES)]) {
      if (!box.matches?.(BOXES)) continue;
      wide.unobserve(box);
      wide.observe(box);
    }
  };
  /** @param {any} event */
  const wake = ({ target, skipped }) => skipped || look(target);
  document.addEventListener("contentvisibilityautostatechange", wake);
  addEventListener("load", () => setTimeout(look, 0, document));
  look(document);

  // Sections far from the window rest: a figure that moves must not cost the whole page. Each keeps
  // the height that it has at this width, so nothing moves; the browser wakes what comes near, is
  // searched for or is linked to.
  /** @type {NodeListOf<HTMLElement>} */
  const found = document.querySelectorAll(".bd-article > section > section");
  const sections = [...found];
  const rest = () => {
    // all, before anything changes
    const boxes = sections.map((section) => ({ section, box: section.getBoundingClientRect() }));
    for (const { section, box } of boxes) {
      const { top, bottom, height } = box;
      if (top <= 2 * innerHeight && bottom >= -innerHeight) continue;
      section.style.containIntrinsicHeight = `auto ${height}px`;
      section.classList.add("rests");
    }
  };
  let width = 0;
  let later = null;
  const page = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return;
    width = contentRect.width;
    sections.forEach((section) => section.classList.remove("rests"));
    clearTimeout(later);
    later = setTimeout(rest, 500);
  });
  addEventListener("load", () =>
    document.querySelectorAll(".bd-article").forEach((article) => page.observe(article)),
  );
})();
