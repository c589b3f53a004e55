// A long search in short slices, between which keys and drawing have their turn.

const SLICE = 8; // milliseconds
const SLOW = 100;

/**
 * Run the steps of a search; `done` gets the last of them, `slow` is called where it takes a while.
 * Returns how to stop it.
 * @param {Iterator<any>} steps
 * @param {{ slow: () => void, done: (last: any) => void }} told
 */
export function inSlices(steps, { slow, done }) {
  const began = performance.now();
  let last;
  let said = false;
  let timer = setTimeout(slice);
  function slice() {
    const now = performance.now();
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return done(last);
      last = step.value;
      if (performance.now() > now + SLICE) break;
    }
    if (!said && performance.now() > began + SLOW) {
      said = true;
      slow();
    }
    timer = setTimeout(slice);
  }
  return () => clearTimeout(timer);
}
