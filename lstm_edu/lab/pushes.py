"""Four letters to push, with their gradients and names.

They are a product, a sum that uses `a` a second time, and a loss.
u = a b, v = u + a, L = ½ v².
The functions are those of `chapter` on these texts; each takes another forward text, too.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from sympy import Symbol

from lstm_edu.lab.evaluate import run
from lstm_edu.text.derive import bar, partials, steps
from lstm_edu.text.equations import inputs, lookup, parse
from lstm_edu.text.notation import NAMES as BOOK
from lstm_edu.text.notation import Glyph, Name
from lstm_edu.text.numbered import Formula, numbered
from lstm_edu.text.proof import prove
from lstm_edu.text.show import derivation, latex_block

FORWARD = """
u = a * b
v = u + a
L = v**2 / 2
"""

BACKWARD = """
v_bar = v
u_bar = v_bar
a_bar = u_bar * b + v_bar
b_bar = u_bar * a
"""

# The direct path of a, −0.6, says that a larger a lowers the loss; the sum of both, +0.24, says
# that it raises it.
EXAMPLE = {"a": 1.5, "b": -1.4}

WORDS = {
    "a": "a number that is used twice",
    "b": "a number that is used once",
    "u": "the product",
    "v": "the sum",
}
NAMES: dict[str, Name] = {
    n: Name((Glyph(n),), words, (), "ink", n in EXAMPLE) for n, words in WORDS.items()
}
NAMES |= {
    bar(n): Name((Glyph(n, bar=True),), f"gradient of {words}", ()) for n, words in WORDS.items()
}
NAMES["L"] = BOOK["L"]


def equations(*names: str, program: str = FORWARD) -> Formula:
    """The equations of these names, one below the other.

    Raises ValueError with the nearest name.
    """
    return Formula(latex_block(names, program, _written(program), names=NAMES))


def derive(name: str, program: str = FORWARD) -> Formula:
    """The derivation of one gradient in the homework's lines, proved.

    Raises ValueError with the nearest name.
    """
    if written := _written(program):
        prove(program, written, NAMES)
    return Formula(derivation(steps(name, program, written, seeds={}, names=NAMES), NAMES))


def values(
    point: Mapping[str, float] = EXAMPLE,
    nudge: Mapping[str, float] = {},
    lock: Mapping[str, float] = {},
    program: str = FORWARD,
) -> dict[str, float]:
    """Every value by name, and every gradient of what can still move.

    Through a name in `lock` nothing passes back.
    What `nudge` gives is added on top of what a name is computed from, or held at.
    Raises ValueError for a stranger.
    """
    lines = parse(program, NAMES)
    names = [*inputs(lines), *lines]
    for name in (*point, *nudge, *lock):
        lookup(dict.fromkeys(names), name, "name")
    v = run(
        lines.values(), {name: float(point[name]) for name in names if name in point}, nudge, lock
    )
    bars = dict.fromkeys(names, 0.0) | {names[-1]: 1.0}
    at = {Symbol(name): value for name, value in v.items()}
    for user, row in reversed(partials(lines).items()):
        for name, slope in row.items():
            bars[name] += 0.0 if user in lock else bars[user] * float(slope.xreplace(at))
    return v | {bar(name): bars[name] for name in names[:-1]}


def worked(*names: str, at: Mapping[str, float] | None = None, program: str = FORWARD) -> Formula:
    """The equations of these names with numbers put in.

    A line reads symbol = numbers = result; gradients have their sign.
    """
    lines = parse(program, NAMES) | parse(_written(program), NAMES)
    return numbered(names, lines, values(program=program) if at is None else at, NAMES)


def harm(seeds: Sequence[int] = (1, 2, 3), count: int = 10_000) -> dict[str, list[float]]:
    """How often each wrong rule for `a_bar` gets its sign wrong.

    For each seed, `count` settings are drawn from −2 to 2.

    The direct path alone, the path through u alone, and both multiplied as though they were one.
    """
    lines = parse(FORWARD, NAMES) | parse(BACKWARD, NAMES)
    shares: dict[str, list[float]] = {
        "direct path only": [],
        "through u only": [],
        "multiplied": [],
    }
    for seed in seeds:
        v = dict(zip("ab", np.random.default_rng(seed).uniform(-2, 2, (2, count)), strict=True))
        v = run(lines.values(), v)
        direct, through_u = v["v_bar"], v["a_bar"] - v["v_bar"]
        for rule, wrong in zip(shares, (direct, through_u, direct * through_u), strict=True):
            shares[rule].append(round(float(np.mean(np.sign(wrong) != np.sign(v["a_bar"]))), 2))
    return shares


def _written(program: str) -> str:
    """The gradients as an author writes them, where there are any."""
    return BACKWARD if program == FORWARD else ""
