// What a graph of values shows, in words.

import { listed } from "../kit/aloud.mjs";
import { plain, signed } from "../kit/numbers.mjs";

/**
 * What the hand has done to a graph, as sentences: what it has pinned, held and pushed.
 * `call(name)` is what a value is called.
 */
export function grasped(s, call) {
  const held = Object.entries(s.lock).map(([name, v]) => [call(name), `at ${plain(v)}`]);
  return [
    s.pinned ? `In the card: ${call(s.pinned)}.` : "",
    held.length ? `Held: ${listed(held)}.` : "",
    s.nudge ? pushed(s, call(s.pinned)) : "",
  ];
}

function pushed({ nudge, change, predicted, backward }, name) {
  const said = backward ? `; its gradient promised ${signed(predicted)}` : "";
  return `Pushing ${name} by ${signed(nudge)} changes the loss by ${signed(change)}${said}.`;
}

/** The values of `names` as a list. */
export const values = (s, names, call) =>
  listed(names.map((name) => [call(name), plain(s.p[name])]));

/** The gradients of `names` as a sentence, where they are shown. */
export const gradients = (s, names, call) =>
  s.backward
    ? `Gradients: ${listed(names.map((name) => [call(name), signed(s.bars[name])]))}.`
    : "";
