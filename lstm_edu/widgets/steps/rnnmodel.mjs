// The plain RNN as a model that `unrolled.mjs` runs; a module of its own, since both models'
// printed functions have one name.

import { backward, forward } from "../printed/rnnequations.mjs";

export const rnn = { forward, backward };
