// A long search beside which something else wants its turn.

import { inSlices } from "../answer/slices.mjs";

function* busy(count, time) {
  for (let k = 1; k <= count; k++) {
    for (const end = performance.now() + time; performance.now() < end;);
    yield k;
  }
}

/** What happened, in order, while `count` steps of `time` milliseconds were made. */
export function order(count, time) {
  const told = [];
  const key = setInterval(() => told.at(-1) !== "key" && told.push("key"), 1);
  return new Promise((done) =>
    inSlices(busy(count, time), {
      slow: () => told.push("slow"),
      done(last) {
        clearInterval(key);
        done([...told, last]);
      },
    }),
  );
}

/** What is told of a search that is stopped at once. */
export function stopped() {
  const told = [];
  const say = () => told.push("told");
  inSlices(busy(2, 1), { slow: say, done: say })();
  return new Promise((done) => setTimeout(() => done(told), 50));
}
