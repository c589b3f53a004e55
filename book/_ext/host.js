// Gives every widget on the page its model and its module: no kernel, no outside host.
// The build leaves each widget's state in one JSON script and its module's file name in `_esm`.
(() => {
  const base = document.currentScript.src;
  const states = document.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]');
  const views = document.querySelectorAll('script[type="application/vnd.jupyter.widget-view+json"]');
  const models = {};
  const loading = {};

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

  const load = (file) =>
    (loading[file] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(file, base).href;
      script.onload = () => {
        const module = globalThis.lstmModules?.[file.replace(".js", "")];
        module ? resolve(module) : reject(new Error(`${file} registered no module`));
      };
      script.onerror = () => reject(new Error(`${file} could not be loaded`));
      document.head.append(script);
    }));

  const start = async (el, model) => {
    const module = await load(model.get("_esm"));
    const started = (model.started ??= Promise.resolve(module.initialize?.({ model })));
    await started;
    await module.render({ model, el });
    el.dataset.alive = "true";
  };

  // A figure that cannot start says so in its own place; the rest of the page stays alive.
  const mount = (el, id) => {
    if (el.dataset.mounted) return;
    el.dataset.mounted = "true";
    const fail = (error) => {
      el.dataset.alive = "false";
      el.textContent = `This figure could not start (${error.message}). The text and the other figures do not need it; reloading the page may help.`;
    };
    models[id] ? start(el, models[id]).catch(fail) : fail(new Error("the page holds no state for it"));
  };

  const read = (script) => {
    const { state } = JSON.parse(script.textContent);
    for (const [id, { state: values }] of Object.entries(state)) if (values._esm) models[id] = newModel(values);
  };

  states.forEach((script) => {
    try {
      read(script);
    } catch {
      // each view then says that the page holds no state for it
    }
  });
  const waiting = new Map();
  const near = new IntersectionObserver(
    (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && mount(target, waiting.get(target))),
    { rootMargin: "600px" },
  );
  views.forEach((script) => {
    const el = document.createElement("div");
    el.className = "lstm-view";
    script.after(el);
    waiting.set(el, JSON.parse(script.textContent).model_id);
    near.observe(el);
  });
  addEventListener("beforeprint", () => waiting.forEach((id, el) => mount(el, id)));
})();
