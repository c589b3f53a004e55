// A figure as a file; the page fetches this only once a reader wants one.

import { flatten } from "./flatten.mjs";

/** Give the reader a figure as the file `name`, an SVG or, by `kind`, a PNG of twice its size. */
export async function save(root, name, kind) {
  const svg = flatten(root);
  const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  const link = document.createElement("a");
  link.download = `${name}.${kind}`;
  link.href = kind === "svg" ? address : await raster(address);
  link.click();
}

async function raster(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}
