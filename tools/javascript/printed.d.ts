// The modules that no file holds: `lstm_edu/widgets/kit/modules.py` prints them from the equations.

type Values = Record<string, number>;
type Html = Record<string, { symbol: string; words: string; rhs?: string; partials: Record<string, string> }>;

declare module "*/printed/equations.mjs" {
  export const inputs: string[];
  export const html: Html;
  export function forward(given: any, nudge?: Values, lock?: Values): Values;
  export function backward(values: any): Values;
  export function partials(values: any): Record<string, Values>;
}
