"""Every gradient of a step by four independent methods, called witnesses.

They are the symbols, NumPy, the complex step and central differences.

A point gives every letter of the equations a number, or N numbers: N units that do not talk to each
other, so that N points take one call of `cell.step`. What a step answers for is J = L + h_bar_next
h + c_bar_next c; `x_bar` is ∂J/∂x and so on. Errors are relative to the largest of |h_bar|,
|c_bar_next| and all gradients of the same point.
Longer than 300 lines because each witness is whole here and shares only the point with the next.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import mpmath  # comes with SymPy
import numpy as np
from sympy import Symbol, lambdify

from lstm_edu.lab.evaluate import Point, Values, _sigma, evaluated
from lstm_edu.lab.table import Table
from lstm_edu.models import cell
from lstm_edu.text.derive import composed, gradients
from lstm_edu.text.equations import (
    BACKWARD,
    FORWARD,
    RNN_BACKWARD,
    RNN_FORWARD,
    inputs,
    lookup,
    parse,
)
from lstm_edu.text.notation import RNN_NAMES
from lstm_edu.text.proof import prove

LETTERS = [*inputs(parse(FORWARD)), "h_bar_next", "c_bar_next"]
GRADIENTS = gradients(parse(FORWARD), parse(BACKWARD))
TOLERANCE = {"NumPy": 1e-13, "complex step": 1e-13, "differences": 1e-7}  # of the largest gradient


@dataclass(frozen=True)
class Stamp:
    """What the witnesses say of one gradient at one point.

    It has their numbers, and how far they are from the symbols, relative to the largest gradient.
    """

    name: str
    values: dict[str, float]
    errors: dict[str, float]

    def __str__(self) -> str:
        found = [f"{who} {e:.0e}" if e else f"{who} 0" for who, e in self.errors.items()]
        return " · ".join(["proved", *found])

    def __repr__(self) -> str:
        return "\n".join(
            [f"{self.name}: {self}", *(f"  {who:<13}{v:+.15f}" for who, v in self.values.items())]
        )

    def _repr_html_(self) -> str:
        rows = [[who, f"{value:+.15f}".replace("-", "−")] for who, value in self.values.items()]
        caption = f"`{self.name}`: {self}, over the largest gradient"
        return Table(caption, [], rows, [self.name] * len(rows))._repr_html_()


def gradient(name: str, point: Point = cell.EXAMPLE) -> Stamp:
    """The witnesses of one gradient at one point, once BACKWARD is proved and all agree.

    They agree when they differ by no more than TOLERANCE.
    Raises ValueError for an unknown name, ProofError for a wrong equation, AssertionError for a
    witness that differs.
    """
    lookup(parse(BACKWARD), name)
    prove(FORWARD, BACKWARD)
    return agree(point)[name]


def everything(count: int = 16, seed: int = 0) -> list[Stamp]:
    """Every gradient proved, then compared at EXAMPLE and at random points.

    There are `count` points of the usual size and `count` saturated ones.
    The plain RNN's lines are proved too.

    Raises ProofError or AssertionError that name the first line that
    is wrong, of BACKWARD or of `cell`.
    """
    prove(FORWARD, BACKWARD)
    prove(RNN_FORWARD, RNN_BACKWARD, RNN_NAMES)
    stamps = agree(cell.EXAMPLE)
    agree(points(count, seed))
    agree(points(count, seed + 1, saturated=True), without="differences")
    return list(stamps.values())


def agree(point: Point, without: str = "") -> dict[str, Stamp]:
    """A stamp for every gradient, once all agree.

    Each line of `cell` is compared with its equation, and each witness with the symbols.
    Of N points a stamp shows the first point's numbers and the largest errors.
    Raises AssertionError.
    """
    numpy, y = computed(point), np.abs(_complete(point)["y"])
    size = np.maximum(scale(point), y / 100)  # where h is nearly y, h − y has no more digits than y
    for line in [*parse(FORWARD).values(), *parse(BACKWARD).values()]:
        here = size if line.name in GRADIENTS else np.maximum(1, np.abs(numpy[line.name]))
        said = {
            "NumPy": numpy[line.name],
            "its equation from the same values": evaluated(line, numpy),
        }
        compare(line.name, said, here, TOLERANCE["NumPy"])
    truth = symbols(point, digits=50)
    others = {"NumPy": numpy, "complex step": complex_step(point)}
    others |= {} if without == "differences" else {"differences": differences(point)}
    stamps = {}
    for name in parse(BACKWARD):
        said = {who: values[name] for who, values in {"symbols": truth, **others}.items()}
        pairs = {who: {who: said[who], "the symbols": said["symbols"]} for who in others}
        errors = {who: compare(name, pair, size, TOLERANCE[who]) for who, pair in pairs.items()}
        stamps[name] = Stamp(name, {who: float(value[0]) for who, value in said.items()}, errors)
    return stamps


def compare(
    name: str, said: Mapping[str, np.ndarray], size: np.ndarray | float, tolerance: float
) -> float:
    """The largest difference of two witnesses, relative to `size`.

    Raises AssertionError with the name and both numbers where it is
    above `tolerance`, or not a number.
    """
    (one, a), (two, b) = ((who, np.atleast_1d(value)) for who, value in said.items())
    error = np.abs(a - b) / np.where(size == 0, 1, size)
    k = int(np.argmax(np.where(np.isnan(error), np.inf, error)))
    if not error[k] <= tolerance:
        raise AssertionError(
            f"{name} is {a[k]:+.17g} by {one}, {b[k]:+.17g} by {two}; "
            f"relative to the largest gradient they differ by {error[k]:.1e}, "
            f"allowed is {tolerance:.0e}"
        )
    return float(error[k])


def scale(point: Point) -> np.ndarray:
    """The largest of |h_bar|, |c_bar_next| and all gradients, by the symbols."""
    c_bar_next = np.abs(_complete(point)["c_bar_next"])
    return np.max([c_bar_next, *(np.abs(value) for value in symbols(point).values())], axis=0)


def symbols(point: Point, digits: int | None = None) -> Values:
    """BACKWARD, composed into formulas of the inputs, evaluated.

    It is evaluated in floating point, or with `digits` decimal digits.
    """
    v, f = _complete(point), _formulas("mpmath" if digits else "numpy")
    if not digits:
        return dict(zip(parse(BACKWARD), f(*(v[n] for n in LETTERS)), strict=True))
    with mpmath.workdps(digits):
        rows = [
            f(*map(mpmath.mpf, row)) for row in zip(*(v[n].tolist() for n in LETTERS), strict=True)
        ]
        return dict(zip(parse(BACKWARD), np.array(rows, dtype=float).T, strict=True))


def computed(point: Point) -> Values:
    """Every value and every gradient by NumPy: `cell.step`, the loss, `cell.step_bar`."""
    v = _complete(point)
    s = cell.step(_parameters(v), v["x"], v["h_prev"], v["c_prev"])
    h_bar_loss = s["h"] - v["y"]
    h_bar = h_bar_loss + v["h_bar_next"]
    bars = cell.step_bar(_parameters(v), s, h_bar, v["c_bar_next"])
    alone = {
        name.replace("W", "w"): np.diag(bar) if bar.ndim == 2 else bar for name, bar in bars.items()
    }
    outside = {"L": h_bar_loss**2 / 2, "h_bar_loss": h_bar_loss, "h_bar": h_bar}
    return {**v, **s, **outside, **alone}


def complex_step(point: Point, step: float = 1e-30) -> Values:
    """Every gradient as Im J(v + i·step) / step, exact to rounding, since nothing is subtracted.

    Source: Squire, Trapp 1998.
    """
    return {name: _answer(point, name, 1j * step).imag / step for name in parse(BACKWARD)}


def differences(point: Point, step: float = 1e-5) -> Values:
    """Every gradient as (J(v + step) − J(v − step)) / (2 step)."""
    return {
        name: (_answer(point, name, step) - _answer(point, name, -step)) / (2 * step)
        for name in parse(BACKWARD)
    }


def points(count: int, seed: int = 0, saturated: bool = False) -> Values:
    """Random points of the usual size or saturated.

    Of the usual size every gate lies between 0.01 and 0.99 and |g| < 0.99.
    Saturated, 5 < |z| < 700. Weights, inputs and what step t+1 sends back are drawn; the biases
    are solved for so that the gates are as drawn.
    """
    rng = np.random.default_rng(seed)
    v = {name: rng.normal(size=count) for name in LETTERS}
    v["h_prev"] = rng.uniform(-1, 1, count)
    for k in "ifog":
        gate = rng.uniform(-0.98, 0.98, count)  # as a tanh: σ(z) = (1 + tanh(z / 2)) / 2
        z = np.arctanh(gate) * (1 if k == "g" else 2)
        if saturated:
            z = np.sign(gate) * 10 ** rng.uniform(np.log10(5), np.log10(700), count)
        v[f"b_{k}"] = z - v[f"w_{k}x"] * v["x"] - v[f"w_{k}h"] * v["h_prev"]
    return v


def _answer(point: Point, name: str, step: complex) -> np.ndarray:
    """J, with one value moved by `step`, through the code of `cell.step`.

    The value that is moved is the one that `name` is the gradient of.
    """
    v, of = _complete(point), GRADIENTS[name]
    v, pushes = ({**v, of: v[of] + step}, {}) if of in v else (v, {of: step})
    s = _pushable(cell.step)(_parameters(v), v["x"], v["h_prev"], v["c_prev"], pushes)
    loss = (s["h"] - v["y"]) ** 2 / 2
    if name == "h_bar_loss":
        return loss
    return loss + v["h_bar_next"] * s["h"] + v["c_bar_next"] * s["c"]


@lru_cache
def _pushable(step: Callable[..., Values]) -> Callable[..., Values]:
    """The source of `cell.step` with a push added to every line.

    After the line of c stands `+ pushes.get("c", 0)`, and so on.
    """
    tree = ast.parse(inspect.getsource(step))
    tree.body[0].args.args.append(ast.arg("pushes"))  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            push = ast.parse(f"pushes.get({node.targets[0].id!r}, 0)", mode="eval").body
            node.value = ast.BinOp(node.value, ast.Add(), push)
    namespace = dict(step.__globals__)  # type: ignore[attr-defined]
    exec(compile(ast.fix_missing_locations(tree), "cell.step with pushes", "exec"), namespace)
    return namespace["step"]


@lru_cache
def _formulas(modules: str) -> Callable[..., list]:
    """All of BACKWARD as one function of the letters, in numbers of NumPy or of mpmath."""
    values = composed({**parse(FORWARD), **parse(BACKWARD)})
    sigma = _sigma if modules == "numpy" else lambda z: 1 / (1 + mpmath.exp(-z))
    return lambdify(
        LETTERS,
        [values[Symbol(name)] for name in parse(BACKWARD)],
        [{"sigma": sigma}, modules],
        cse=True,
    )


def _complete(point: Point) -> Values:
    """The letters as arrays of one length, once all of them and no other are there."""
    if wrong := [n for n in [*LETTERS, *point] if (n in point) != (n in LETTERS)]:
        raise ValueError(
            f"a point has the letters {', '.join(LETTERS)}; "
            f"{wrong[0]} is missing or is none of them"
        )
    return dict(
        zip(LETTERS, np.broadcast_arrays(*(np.atleast_1d(point[n]) for n in LETTERS)), strict=True)
    )


def _parameters(v: Values) -> Values:
    """N units that do not talk to each other: diagonal weights."""
    return {
        n.replace("w", "W"): np.diag(a) if n[0] == "w" else a
        for n, a in v.items()
        if n[:2] in ("w_", "b_")
    }


def main() -> int:
    """Check everything and print a line for each gradient.

    Returns 1 and prints the name of the wrong line if there is one.
    """
    try:
        for stamp in everything():
            print(f"{stamp.name:<11}{stamp.values['symbols']:+.6f}  {stamp}")
    except (ValueError, AssertionError) as error:
        print(f"check failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
