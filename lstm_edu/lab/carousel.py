"""Part (c) of the homework, exact: h̄ and c̄ of step t by those of step t+1, for one unit.

The gates are written out.
A name without a time is of step t+1, so c_prev is c(t); o_prev is o(t). ell is the loss's own part
of h̄(t), eps and delta are what step t+1 sends back through h for each unit of its c̄ and of its
h̄, s is the slope of tanh at c(t).
"""

import numpy as np
from sympy import Expr, Symbol, expand

from lstm_edu.lab.evaluate import run
from lstm_edu.models.cell import Arrays
from lstm_edu.text import derive, proof
from lstm_edu.text.equations import BACKWARD, parse
from lstm_edu.text.proof import ProofError

CARRY = """
s = 1 - tanh(c_prev)**2
eps = g * i * (1 - i) * w_ih + c_prev * f * (1 - f) * w_fh + i * (1 - g**2) * w_gh
delta = tanh(c) * o * (1 - o) * w_oh
factor = f + o_prev * s * eps
added = o_prev * s * (ell + delta * h_bar)
h_bar_t = ell + eps * c_bar + delta * h_bar
c_bar_t = factor * c_bar + added
"""
GIVEN = [*"ifogc", "c_prev", "o_prev", "ell", "h_bar", "c_bar", *(f"w_{k}h" for k in "ifog")]
MADE = ["s", "eps", "delta", "factor", "added", "h_bar_t", "c_bar_t"]
Values = dict[str, np.ndarray]


def prove(carry: str = CARRY) -> None:
    """Prove the two last lines of `carry` from BACKWARD, which is proved from FORWARD first.

    They say h̄(t) and c̄(t), at any step before the last.
    Raises ProofError with the line that is wrong.
    """
    proof.prove()
    lines = parse(carry, [*GIVEN, *MADE])
    known = derive.composed(lines)
    for name, right in _before().items():
        if difference := expand(known[Symbol(name)] - right):
            raise ProofError(
                f"{name} = {lines[name].text} is wrong: "
                f"less what BACKWARD gives, it leaves {difference}"
            )


def along(p: Arrays, tape: Arrays, bars: Arrays) -> Values:
    """Every line of CARRY on a run of T steps, by name.

    Row t-1 is of the pair t, t+1; each has the shape (T - 1, N).
    N units that do not talk to each other; `tape` and `bars` are what `bptt.forward` and
    `bptt.backward` returned.
    """
    v = {name: tape[name][1:] for name in ("i", "f", "o", "g", "c", "c_prev")}
    v |= {name: bars[name][1:] for name in ("h_bar", "c_bar")}
    v |= {f"w_{k}h": np.diag(p[f"W_{k}h"]) for k in "ifog"}
    return worked(v | dict(o_prev=tape["o"][:-1], ell=bars["h_bar_loss"][:-1]))


def bounded(N: int = 10_000, seed: int = 0) -> Values:
    """CARRY on N random states, once the bounds of part (c) hold on all of them.

    The states have any gates, memories, weights and gradients.
    |eps| and |delta| are at most what `limits` says, the factor is at most o(t)|eps| from f and at
    most 1 + o(t)|eps| in size, and what is added is at most o(t)|ell + delta h̄(t+1)|.
    Raises AssertionError with both numbers of the first state that breaks one.
    """
    rng = np.random.default_rng(seed)
    v = {name: 3 * rng.normal(size=N) for name in GIVEN}
    v |= {name: rng.uniform(size=N) ** 3 for name in ("i", "o", "o_prev")}  # often near 0
    v |= dict(f=1 - rng.uniform(size=N) ** 3, g=rng.uniform(-1, 1, size=N))  # f often near 1
    v = worked(v)
    eps, delta = limits(v)
    at_most(v["eps"], eps, "eps")
    at_most(v["delta"], delta, "delta")
    at_most(v["factor"] - v["f"], v["o_prev"] * np.abs(v["eps"]), "factor - f")
    at_most(v["factor"], 1 + v["o_prev"] * np.abs(v["eps"]), "factor")
    at_most(v["added"], v["o_prev"] * np.abs(v["ell"] + v["delta"] * v["h_bar"]), "added")
    return v


def limits(v: Values) -> tuple[np.ndarray, np.ndarray]:
    """What |eps| and |delta| are at most: i|w_ih| + (1 - f)|c(t) w_fh| + i|w_gh|, and o|w_oh|."""
    w_ih, w_fh, w_oh, w_gh = (np.abs(v[f"w_{k}h"]) for k in "ifog")
    return v["i"] * (w_ih + w_gh) + (1 - v["f"]) * np.abs(v["c_prev"]) * w_fh, v["o"] * w_oh


def at_most(found: np.ndarray, most: np.ndarray, name: str) -> None:
    """Hold |found| against what it may be at most.

    Raises AssertionError with both numbers where it is more.
    """
    if (over := np.abs(found) > most + 1e-12).any():
        n = int(np.argmax(over))
        raise AssertionError(
            f"{name} is {found[n]:.3g} in state {n}, and may be {most[n]:.3g} at most"
        )


def worked(v: Values) -> Values:
    """The values of GIVEN and every line of CARRY computed from them."""
    return run(parse(CARRY, [*GIVEN, *MADE]).values(), v)


def _before() -> dict[str, Expr]:
    """h̄(t) and c̄(t) by BACKWARD: what step t+1 sends back is put into the two lines of step t."""
    backward = parse(BACKWARD)
    free = {"h_bar_loss", "h_bar", "c_bar"}
    known = derive.composed({n: line for n, line in backward.items() if n not in free})
    sent = {Symbol(f"{v}_bar_next"): known[Symbol(f"{v}_bar_prev")] for v in "hc"}
    at_t = sent | {
        Symbol("h_bar_loss"): Symbol("ell"),
        Symbol("o"): Symbol("o_prev"),
        Symbol("c"): Symbol("c_prev"),
    }
    h_bar = backward["h_bar"].expr.xreplace(at_t)
    return {
        "h_bar_t": h_bar,
        "c_bar_t": backward["c_bar"].expr.xreplace(at_t | {Symbol("h_bar"): h_bar}),
    }
