// Gives every widget on the page its model and its module: no kernel, no outside host. The build
// leaves in each view the model's id, kind and state and the names of the scripts that hold its
// modules. They are rollup's, in the format of SystemJS, of which this page needs the few lines
// below.
(() => {
  document.documentElement.dataset.figures = ""; // else the style sheet says that this is missing
  /** The address of the script that runs now. */
  const here = () => /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const base = here();
  const models = {};
  const waiting = new Set();
  const loading = {};
  const loaded = new Set();
  const registered = {};
  const made = {};
  const PATIENCE = 10_000; // milliseconds
  const stills = new Map(); // what a reader without JavaScript sees in each view

  // The part of a notebook's model that a widget may use: get, set, on, off, save_changes, send.
  const newModel = (values) => {
    const listeners = {};
    const emit = (event, ...args) => [...(listeners[event] ?? [])].forEach((call) => call(...args));
    const model = {
      get: (name) => values[name],
      set(name, value) {
        if (values[name] === value) return;
        values[name] = value;
        emit(`change:${name}`, model, value);
        emit("change", model);
      },
      on: (event, call) => (listeners[event] ??= new Set()).add(call),
      off: (event, call) => (call ? listeners[event]?.delete(call) : delete listeners[event]),
      save_changes() {},
      send() {},
    };
    return model;
  };

  // A script registers its modules under its own address; `use` runs them once, after those of the
  // scripts it needs.
  const address = (name) => new URL(`${name}.js`, base).href;
  globalThis.System = {
    register(needs, declare) {
      registered[here()] = { needs, declare };
    },
  };
  const use = (script) => {
    if (made[script]) return made[script];
    if (!registered[script]) throw new Error(`${script.split("/").at(-1)} holds no module`);
    const { needs, declare } = registered[script];
    const names = {};
    const put = (name, value) => {
      Object.assign(names, typeof name === "string" ? { [name]: value } : name);
      return value;
    };
    const { setters, execute } = declare(put, {
      import: (name) => later(new URL(name, script).href),
    });
    needs.forEach((need, k) => setters[k]?.(use(new URL(need, script).href)));
    execute();
    made[script] = names;
    return names;
  };
  const load = (name) =>
    (loading[name] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address(name);
      script.async = false;
      script.onload = () => resolve(loaded.add(name));
      script.onerror = () => reject(new Error(`${name}.js could not be loaded`));
      document.head.append(script);
    }));
  // a script that a module asks for only when the reader wants what it does
  const later = (script) => load(script.split("/").at(-1).slice(0, -3)).then(() => use(script));
  const scripts = (el) => (el.dataset.scripts ?? "").split(" ").filter(Boolean);

  // A view has the height of its figure, and says so: then what moves in the figure cannot move the
  // page, and the browser lays out the figure alone.
  const fit = new ResizeObserver((entries) =>
    entries.forEach(({ target, borderBoxSize: [{ blockSize }] }) =>
      Object.assign(target.parentElement.style, {
        height: `${blockSize}px`,
        contain: "size layout",
      }),
    ),
  );

  const stand = (el) => {
    el.innerHTML = stills.get(el);
  };

  // A figure that cannot start says so in its own place, above its still picture; the rest of the
  // page stays alive.
  const say = (el, what) => {
    const says = document.createElement("p");
    says.className = "complaint";
    says.textContent = `${what} The text does not need it; reloading the page may help.`;
    stand(el);
    el.prepend(says);
  };
  const fail = (el, error) => {
    el.dataset.alive = "false";
    say(el, `This figure could not start (${error.message}).`);
  };
  // nor does one stay empty without a word whose script neither comes nor fails
  const late = (el) => el.dataset.alive || say(el, "This figure still waits for its script.");
  const start = (el) => {
    if (el.dataset.alive) return;
    try {
      const { model } = el.dataset;
      if (!models[model]) throw new Error("the page holds no state for it");
      if (models[model] instanceof Error) throw models[model];
      const { render } = use(address(scripts(el).at(-1)));
      el.replaceChildren();
      render({ model: models[model], el });
      el.dataset.alive = "true";
      fit.observe(el.firstElementChild);
    } catch (error) {
      fail(el, error);
    }
  };
  // starts at once where the scripts are there, so that a page can be printed whole
  const mount = (el) => {
    waiting.delete(el);
    near.unobserve(el);
    const missing = scripts(el).filter((name) => !loaded.has(name));
    if (missing.length) {
      setTimeout(late, PATIENCE, el);
      Promise.all(missing.map(load)).then(
        () => start(el),
        (error) => fail(el, error),
      );
    } else start(el);
  };

  const near = new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && mount(target)),
    { rootMargin: "600px" },
  );
  /** @type {NodeListOf<HTMLElement>} */
  const views = document.querySelectorAll(".lstm-view");
  views.forEach((el) => {
    const state = el.querySelector('script[type="application/json"]');
    try {
      if (state) models[el.dataset.model] ??= newModel(JSON.parse(state.textContent));
    } catch {
      models[el.dataset.model] = new Error("its state cannot be read");
    }
    stills.set(el, el.querySelector("noscript")?.textContent ?? "");
    el.replaceChildren();
    waiting.add(el);
    near.observe(el);
  });
  addEventListener("beforeprint", () =>
    waiting.forEach((el) => {
      mount(el);
      if (!el.dataset.alive) stand(el);
    }),
  );
  // the keys that move a slider are its own: the theme would ask the whole page about each of them
  addEventListener(
    "keydown",
    (event) =>
      /^(Arrow|Page|Home|End)/.test(event.key) &&
      event.target instanceof Element &&
      event.target.matches(".lstm-view [type=range]") &&
      event.stopPropagation(),
    true,
  );
  // what the figures further down need is fetched when nothing else is to be done; Safari cannot
  // say when that is
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  const ahead = () => {
    for (const el of waiting) for (const name of scripts(el)) load(name).catch(() => {});
  };
  addEventListener("load", () => idle(ahead));
})();
