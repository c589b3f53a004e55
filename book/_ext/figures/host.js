// Gives every widget on the page its model and its module: no kernel, no outside host.
// The build leaves in each view the model's id, kind and state and the names of the scripts that hold its modules.
(() => {
  const base = document.currentScript.src;
  const models = {};
  const waiting = new Set();
  const loading = {};
  const loaded = new Set();
  const made = {};
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

  // A script registers a function that makes its modules; `use` runs it once, when they are first needed.
  const use = (name) => {
    const make = globalThis.lstmModules?.[name];
    if (!make) throw new Error(`${name}.js holds no module`);
    return (made[name] ??= make(use));
  };
  const load = (name) =>
    (loading[name] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`${name}.js`, base).href;
      script.async = false;
      script.onload = () => resolve(loaded.add(name));
      script.onerror = () => reject(new Error(`${name}.js could not be loaded`));
      document.head.append(script);
    }));
  const scripts = (el) => (el.dataset.scripts ?? "").split(" ").filter(Boolean);

  // A view has the height of its figure, and says so: then what moves in the figure cannot move the page, and the browser
  // lays out the figure alone.
  const fit = new ResizeObserver((entries) =>
    entries.forEach(({ target, borderBoxSize: [{ blockSize }] }) =>
      Object.assign(target.parentNode.style, { height: `${blockSize}px`, contain: "size layout" }),
    ),
  );

  const stand = (el) => (el.innerHTML = stills.get(el));

  // A figure that cannot start says so in its own place, above its still picture; the rest of the page stays alive.
  const fail = (el, error) => {
    el.dataset.alive = "false";
    const says = document.createElement("p");
    says.className = "complaint";
    says.textContent = `This figure could not start (${error.message}). The text and the other figures do not need it; reloading the page may help.`;
    stand(el);
    el.prepend(says);
  };
  const start = (el) => {
    if (el.dataset.alive) return;
    try {
      const { model, kind } = el.dataset;
      if (!models[model]) throw new Error("the page holds no state for it");
      if (models[model] instanceof Error) throw models[model];
      const module = use(scripts(el).at(-1))[`${kind}_${kind}_mjs`];
      if (!module) throw new Error(`there is no widget ${kind}`);
      el.replaceChildren();
      module.render({ model: models[model], el });
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
    if (!missing.length) return start(el);
    Promise.all(missing.map(load)).then(
      () => start(el),
      (error) => fail(el, error),
    );
  };

  const near = new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && mount(target)),
    { rootMargin: "600px" },
  );
  document.querySelectorAll(".lstm-view").forEach((el) => {
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
      event.target.matches?.(".lstm-view [type=range]") &&
      event.stopPropagation(),
    true,
  );
  // what the figures further down need is fetched when nothing else is to be done; Safari cannot say when that is
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  addEventListener("load", () =>
    idle(() => waiting.forEach((el) => scripts(el).forEach((name) => load(name).catch(() => {})))),
  );
})();
