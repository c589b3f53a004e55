// Draws still pictures as PNG. In: {browser, scale, pages: {name: HTML}}; out: {name: base64}.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { browser: executablePath, scale, pages } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.setViewport({ width: 700, height: 900, deviceScaleFactor: scale });
const drawn = {};
for (const [name, html] of Object.entries(pages)) {
  await page.setContent(html);
  const figure = await page.$(".lstm > fieldset > *");
  drawn[name] = await figure.screenshot({ encoding: "base64" });
}
await browser.close();
process.stdout.write(JSON.stringify(drawn));
