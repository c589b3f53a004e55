// Every notation but the book's own: a page loads it when a reader begins to write.

import { beside, guess } from "./beside.mjs";
import { notation } from "./notation.mjs";
import { LETTERS, PARTIALS } from "../printed/letters.mjs";
import { lexicon } from "./lexicon.mjs";
import { meaning } from "./names.mjs";
import { plainly } from "./spelling.mjs";

Object.assign(notation, {
  all: true,
  authors: Object.keys(LETTERS.authors),
  partials: PARTIALS,
  plainly,
  lexicon,
  meaning,
  beside,
  guess,
});
