"""An independent computation to compare with: stacked LSTM layers the long way.

It serves `autograd`, complex steps and differences.
Nothing here comes from lstm_edu: one gate at a time, batch rows, `where` for the hidden steps.
"""

import autograd.numpy as np
import numpy as plain
from autograd import grad


def sigma(z):
    return 0.5 * (np.tanh(0.5 * z) + 1.0)


def run(layers, xs, states, mask=None):
    """hs (T, B, H) of the last layer and every layer's (hT, cT); xs a list of T arrays (B, D)."""
    ends = []
    for p, (h, c) in zip(layers, states, strict=True):
        hs = []
        for t, x in enumerate(xs):
            # (B, H)
            gate = {
                k: np.dot(x, p[f"W_{k}x"].T) + np.dot(h, p[f"W_{k}h"].T) + p[f"b_{k}"]
                for k in "ifog"
            }
            c_new = sigma(gate["f"]) * c + sigma(gate["i"]) * np.tanh(gate["g"])
            h_new = sigma(gate["o"]) * np.tanh(c_new)
            if mask is None:
                h, c, out = h_new, c_new, h_new
            else:
                seen = plain.asarray(mask[t], float)[:, None]
                h, c = seen * h_new + (1 - seen) * h, seen * c_new + (1 - seen) * c
                out = seen * h_new
            hs.append(out)
        xs = hs
        ends.append((h, c))
    return xs, ends


def loss(inputs, upstream, mask=None):
    """A loss whose gradient by hs, hT and cT is `upstream`; inputs = (layers, xs, states)."""
    layers, xs, states = inputs
    hs, ends = run(layers, [xs[t] for t in range(len(xs))], states, mask)
    total = 0.0
    for h, h_bar in zip(hs, upstream["hs"], strict=True):
        total = total + np.sum(h * h_bar)
    for (h, c), (h_bar, c_bar) in zip(ends, upstream["ends"], strict=True):
        total = total + np.sum(h * h_bar) + np.sum(c * c_bar)
    return total


gradient = grad(loss)


def leaves(tree):
    """The arrays of nested lists, tuples and dicts, in order."""
    if isinstance(tree, dict):
        return [leaf for key in sorted(tree) for leaf in leaves(tree[key])]
    if isinstance(tree, list | tuple):
        return [leaf for branch in tree for leaf in leaves(branch)]
    return [tree]


def moved(tree, arrays):
    """The same tree with the next arrays of an iterator in place of its leaves."""
    if isinstance(tree, dict):
        return {key: moved(tree[key], arrays) for key in sorted(tree)}
    if isinstance(tree, list | tuple):
        return type(tree)(moved(branch, arrays) for branch in tree)
    return next(arrays)


def along(inputs, direction, upstream, mask=None, step=1e-100):
    """The derivative of the loss along `direction`, by one complex step.

    `direction` is a list like leaves(inputs).
    """
    there = moved(
        inputs, iter([a + 1j * step * d for a, d in zip(leaves(inputs), direction, strict=True)])
    )
    return plain.imag(loss(there, upstream, mask)) / step
