// What no file here holds: the modules that `lstm_edu/widgets/kit/modules.py` prints, and what the
// theme's own scripts give a page.

declare module "*/printed/equations.mjs" {
  export const inputs: string[];
  export const html: Record<string, any>;
  export function forward(given: any, nudge?: any, lock?: any): Record<string, number>;
  export function backward(values: any): Record<string, number>;
  export function partials(values: any): Record<string, Record<string, number>>;
}

declare module "*/printed/rnnequations.mjs" {
  export * from "*/printed/equations.mjs";
}

declare module "*/printed/cell.mjs" {
  export const rules: Record<string, any>;
}

declare module "*/printed/carousel.mjs" {
  export const rules: Record<string, any>;
}

declare module "*/printed/time.mjs" {
  export const rules: Record<string, any>;
}

declare module "*/printed/paths.mjs" {
  export const rules: Record<string, any>;
  export const harms: Record<string, any>;
}

declare module "*/printed/ripple.mjs" {
  export const rules: Record<string, any>;
  export * from "*/printed/equations.mjs";
}

declare module "*/printed/mistakes.mjs" {
  export const MISTAKES: string[][];
  export const SAY: Record<string, string>;
}

declare module "*/printed/letters.mjs" {
  export const LETTERS: any;
  export const PARTIALS: Record<string, Record<string, string>>;
}

declare module "*/printed/vcurve.mjs" {
  export const rules: Record<string, any>;
  export const mistakes: any[];
  export const given: Record<string, number>;
  export function mistaken(values: any, mistake: string): Record<string, number>;
}

declare const DOCUMENTATION_OPTIONS: Record<string, unknown>;
declare function toggleFullScreen(): void;
