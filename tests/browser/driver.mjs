// One browser, driven by JSON lines: {id, call, page, args} comes in, {id, value} or {id, error}
// goes out. What each page says to the console, throws and asks for is collected from its first
// moment and told by `seen`.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

/** @type {any[]} */
const [name, executablePath] = process.argv.slice(2);
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// A worker's requests are not on a page's record; this lets none of them leave this machine either.
const onlyHere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";
// These end what hangs; a busy machine may need minutes for what takes a second elsewhere.
const patient = { timeout: 600_000, protocolTimeout: 1_200_000 };
const pages = [];

// Chromium is told a reader's preferences page by page; Firefox reads them when it starts, so each
// kind has its own
const running = {};
function browserFor(dark, reduced) {
  const prefs = {
    "ui.prefersReducedMotion": Number(!!reduced),
    "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
  };
  const kind = name === "chrome" ? "" : JSON.stringify(prefs);
  const settings =
    name === "chrome" ? { args: [...quiet, onlyHere] } : { extraPrefsFirefox: prefs };
  return (running[kind] ??= puppeteer.launch({
    browser: name,
    executablePath,
    ...patient,
    ...settings,
  }));
}

// Firefox says this of a formula of which it has read half so far; test_pages.py counts the parts
// of the whole.
const HALF_READ = /Invalid markup: Incorrect number of children for <\w+\/> tag/;

const log = () => ({ console: [], errors: [], requests: [], outside: [], failed: [] });

// Every request goes on the record; one that would leave this machine goes no further.
async function watch(page, seen) {
  page.on("console", (message) =>
    seen.console.push({ type: message.type(), text: message.text() }),
  );
  page.on("pageerror", (error) => {
    if (!HALF_READ.test(String(error))) seen.errors.push(String(error.stack ?? error));
  });
  page.on("requestfailed", (request) =>
    seen.failed.push(`${request.failure()?.errorText} ${request.url()}`),
  );
  page.on(
    "response",
    (answer) => answer.status() >= 400 && seen.failed.push(`${answer.status()} ${answer.url()}`),
  );
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const inside =
      !/^(http|ws)s?:$/.test(protocol) || ["127.0.0.1", "localhost"].includes(hostname);
    seen.requests.push(request.url());
    if (!inside) seen.outside.push(request.url());
    (inside ? request.continue() : request.abort()).catch(() => {});
  });
  await page.setRequestInterception(true);
}

/** A page, or the frame of this number in it. */
const within = (page, frame) =>
  frame === undefined ? page : page.mainFrame().childFrames()[frame];

const calls = {
  async open(_, { width, height, dark, reduced, forced, contrast, scale = 1 }) {
    const page = await (await (await browserFor(dark, reduced)).createBrowserContext()).newPage();
    page.setDefaultTimeout(patient.timeout);
    page.seen = log();
    await watch(page, page.seen);
    await page.setViewport({ width, height, deviceScaleFactor: scale });
    const features = {
      "prefers-color-scheme": dark ? "dark" : "light",
      "prefers-reduced-motion": reduced ? "reduce" : "no-preference",
      "prefers-contrast": contrast ? "more" : "no-preference",
      "forced-colors": forced ? "active" : "none",
    };
    // puppeteer's own call knows no forced colours
    if (name === "chrome")
      await (
        await page.createCDPSession()
      ).send("Emulation.setEmulatedMedia", {
        features: Object.entries(features).map(([feature, value]) => ({ name: feature, value })),
      });
    return pages.push(page) - 1;
  },
  goto: (page, { url }) => page.goto(url, { waitUntil: "load" }).then(() => null),
  evaluate: (page, { code, frame }) => within(page, frame).evaluate(code),
  before: (page, { code }) => page.evaluateOnNewDocument(code).then(() => null),
  offline: (page, { on }) => page.setOfflineMode(on).then(() => null),
  wait: (page, { code, frame, timeout }) =>
    within(page, frame)
      .waitForFunction(code, { timeout, polling: 50 })
      .then(() => null),
  press: async (page, { keys, held }) => {
    for (const key of keys) await page.keyboard.down(key);
    if (held) await new Promise((done) => setTimeout(done, held));
    for (const key of keys.reverse()) await page.keyboard.up(key);
  },
  type: (page, { text }) => page.keyboard.type(text),
  mouse: async (page, { steps }) => {
    for (const [verb, ...where] of steps) await page.mouse[verb](...where);
  },
  slow: (page, { times }) => page.emulateCPUThrottling(times).then(() => null),
  viewport: (page, { width, height }) => page.setViewport({ width, height }),
  scripts: (page, { on }) => page.setJavaScriptEnabled(on),
  media: (page, { type }) => page.emulateMediaType(type).then(() => null),
  pdf: (page, { path }) =>
    page
      .pdf({
        path,
        format: "A4",
        preferCSSPageSize: true,
        margin: { top: "1cm", bottom: "1cm", left: "1cm", right: "1cm" },
      })
      .then(() => null),
  screenshot: (page, { path, fullPage }) => page.screenshot({ path, fullPage }).then(() => null),
  front: (page) => page.bringToFront().then(() => null),
  seen: (page) => page.seen,
  close: (page) => page.browserContext().close(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, call, page, args } = JSON.parse(line);
  try {
    const value = await calls[call](pages[page], args);
    console.log(JSON.stringify({ id, value: value ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ id, error: `${call}: ${error.message}` }));
  }
}
await Promise.all(Object.values(running).map(async (browser) => (await browser).close()));
