// Rules that respell a text: a form, and what stands in its place.

export const raw = String.raw;

/** One of some words, as part of a form. */
export const any = (words) => `(?:${words.trim().split(/\s+/).join("|")})`;

/** One of some commands of LaTeX, as a form. */
export const command = (words) => raw`\\${any(words)}(?![A-Za-z])`;

/** Rules [form, by]; in what stands in the place of a form, $1 is its first group. */
export const rules = (...rows) => rows.map(([form, by]) => ({ form: new RegExp(form, "dgu"), by }));

/** A text by all of some rules, one after the other. */
export const respelled = (text, some) =>
  some.reduce((now, { form, by }) => now.replaced(form, by), text);
