// How much is computed for a verdict.

import { CALLS } from "../answer/states.mjs";
import { begun } from "../answer/verdict.mjs";

/** How often the hyperbolic tangent is evaluated for a line that was judged before. */
export function count(text, question) {
  begun(text, question);
  const { value } = CALLS.tanh;
  let times = 0;
  CALLS.tanh.value = (x) => {
    times += 1;
    return value(x);
  };
  begun(text, question);
  CALLS.tanh.value = value;
  return times;
}
