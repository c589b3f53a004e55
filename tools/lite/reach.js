// Says within seconds that Python cannot be had here, and what works without it: JupyterLite itself
// would wait without a word. The build names Python's address and how many seconds to wait for it.
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  const python = new URL(here.dataset.python ?? "", location.href);
  const seconds = Number(here.dataset.seconds);
  const notebook = new URLSearchParams(location.search).get("path");
  const chapter = `../../book/${notebook?.match(/^([\w-]+)\.ipynb$/)?.[1] ?? "index"}.html`;
  /** @type {HTMLElement | undefined} */
  let says;

  const add = (tag, text, props = {}) => {
    const one = Object.assign(document.createElement(tag), props);
    one.textContent = text;
    says?.append(one);
    return one;
  };
  const say = (why) => {
    says?.remove();
    says = document.createElement("div");
    says.setAttribute("role", "alert");
    says.style.cssText =
      "position:fixed;inset:auto 0 0;z-index:9999;padding:12px 20px;" +
      "font:16px/1.5 system-ui,sans-serif;" +
      "color:CanvasText;background:Canvas;border-top:3px solid CanvasText";
    add("b", `Python cannot be reached: ${why} `);
    add("span", "So no cell can run. A notebook can still be read, edited and downloaded, and ");
    add("a", "the chapter’s page", { href: chapter }).style.cssText =
      "color:LinkText;text-decoration:underline";
    add("span", " works without it, with its figures and its answer boxes. ");
    add("button", "Try again", { onclick: () => location.reload() });
    document.body.append(says);
  };

  const host = python.host || "its host";
  const late = setTimeout(
    () => say(`${host} has not answered for ${seconds} seconds.`),
    1000 * seconds,
  );
  fetch(python)
    .then((answer) => {
      if (!answer.ok) throw new Error(`${host} answers “${answer.status}”.`);
      says?.remove();
    })
    .catch((error) => say(error instanceof TypeError ? `${host} does not answer.` : error.message))
    .finally(() => clearTimeout(late));
})();
