// The theme's scripts ask a browser's storage as if it could not refuse. They get these instead:
// what the browser does not keep, the page knows for as long as it is open.
for (const name of ["local", "session"]) {
  const known = {};
  const ask = (verb, ...given) => {
    try {
      return window[`${name}Storage`][verb](...given);
    } catch {
      return null;
    }
  };
  globalThis[`${name}Store`] = {
    getItem: (key) => known[key] ?? ask("getItem", key),
    setItem(key, text) {
      known[key] = String(text);
      ask("setItem", key, text);
    },
    removeItem(key) {
      delete known[key];
      ask("removeItem", key);
    },
  };
}
