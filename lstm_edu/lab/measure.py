"""Gradients measured: checked independently, followed along the ε of a difference, compared.

They are compared with the true gradient.
A model and a case are those of `cases`.
The witnesses are values of the loss: of a forward pass alone.
"""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from lstm_edu.lab.cases import (
    Backward,
    Case,
    Path,
    at,
    bar,
    forward,
    gradients,
    loss,
    name_of,
    paths,
    put,
)
from lstm_edu.lab.cases import drawn as drawn  # these are what most checks begin with
from lstm_edu.lab.cases import sequences as sequences
from lstm_edu.lab.table import Table
from lstm_edu.lab.witnesses import compare
from lstm_edu.models import bptt
from lstm_edu.models.cell import shapes
from lstm_edu.text.notation import unknown

# Three derivatives from values of J, which takes the size of a push.
SCHEMES: dict[str, Callable[[Callable, float], Any]] = {
    "central": lambda J, eps: (J(eps) - J(-eps)) / (2 * eps),
    "one-sided": lambda J, eps: (J(eps) - J(0)) / eps,
    "complex": lambda J, eps: J(1j * eps).imag / eps,
}
# By the digits of a number: ε and what the witness may differ by, of the largest gradient.
WITNESSES = {
    "the complex step": {8: ("complex", 1e-30, 1e-12), 4: ("complex", 1e-30, 1e-4)},
    "differences": {8: ("central", 6e-6, 1e-7), 4: ("central", 5e-3, 2e-2)},
}


class Distance(NamedTuple):
    """How far a gradient is from the true one.

    `error` is the length of their difference over that of the true one; `cosine` is that of the
    angle between them.
    """

    error: np.ndarray
    cosine: np.ndarray


def gradient_check(
    model: ModuleType, case: Case | None = None, backward: Backward | None = None,
    singly: int = 40, directions: int = 4, seed: int = 0,
) -> Table:  # fmt: skip
    """A table of every gradient of a model beside the complex step and central differences.

    It is returned once all of them agree.

    case: one like those of `drawn`, or nothing for a small one. backward: what to check in place of
    the model's own. An array of up to `singly` numbers is checked number by number, a larger one
    along `directions` random directions. Differences take the model's own forward pass. lstm and
    layers take no complex numbers: for them the complex step is that of `bptt`, sequence after
    sequence, layer on layer.
    Raises AssertionError with the first gradient that differs and
    both numbers, ValueError for no model.
    """
    case, rows = case or drawn(model), []
    by = name_of(model) if backward is None else "the given backward"
    claims, digits = gradients(model, case, backward), np.asarray(case["xs"]).dtype.itemsize
    size = max(
        np.abs(at(case, path)).max()
        for path in paths({n: a for n, a in case.items() if "bar" in n})
    )
    size = max(size, *(np.abs(at(claims, path)).max() for path in paths(claims)))
    for path in paths(claims):
        along, errors = _directions(at(case, path), singly, directions, seed), {}
        claimed, name = np.array([np.sum(push * at(claims, path)) for push in along]), bar(path)
        for who, by_digits in WITNESSES.items():
            scheme, eps, allowed = by_digits[digits]
            found = [derivative(model, case, path, push, eps, scheme) for push in along]
            errors[who] = compare(name, {by: claimed, who: np.array(found)}, size, allowed)
        count = np.size(at(case, path))
        checked = f"all {count}" if count == len(along) else f"{len(along)} directions of {count}"
        rows.append([f"`{name}`", checked, *(f"{error:.0e}" for error in errors.values())])
    head = ["gradient", "checked", *(who.removeprefix("the ") for who in WITNESSES)]
    return Table(
        f"`{by}` passes; its distance to" if backward is None else "It passes; its distance to",
        head,
        rows,
    )


def derivative(
    model: ModuleType,
    case: Case,
    path: Path,
    direction: np.ndarray,
    eps: float,
    scheme: str = "central",
) -> float:
    """The derivative of the loss where the array at `path` moves along `direction`.

    It is computed from values of the loss.
    scheme: central, one-sided or complex. Raises ValueError for another.
    """
    if scheme not in SCHEMES:
        raise ValueError(unknown("scheme", scheme, SCHEMES))
    a = np.asarray(at(case, path))

    def pushed(push: complex) -> Any:
        moved = a + push * direction
        return loss(
            model, put(case, path, moved if np.iscomplexobj(push) else moved.astype(a.dtype))
        )

    return SCHEMES[scheme](pushed, eps)


def numerical(case: Case, eps: float, scheme: str = "central") -> np.ndarray:
    """The gradients of the 12 parameters of a `bptt` case, one vector, from values of the loss."""
    directions = {path: _directions(at(case, path)) for path in paths({"p": case["p"]})}
    return np.array(
        [
            derivative(bptt, case, path, one, eps, scheme)
            for path in directions
            for one in directions[path]
        ]
    )


def vcurve(claimed: np.ndarray, case: Case, eps: np.ndarray, scheme: str = "central") -> np.ndarray:
    """How far a gradient of the 12 parameters is from `numerical`, at every ε.

    The distance is relative to the longer of the two.
    claimed: the gradient as one vector, as `flat` makes it.
    Of a right one the errors fall and rise again, a V; those of a wrong one stop falling.
    """
    found = [numerical(case, e, scheme) for e in eps]
    return np.array(
        [
            np.linalg.norm(claimed - v) / max(np.linalg.norm(claimed), np.linalg.norm(v))
            for v in found
        ]
    )


def flat(bars: Mapping[str, Any]) -> np.ndarray:
    """The gradients of the 12 parameters as one vector.

    `bars` is what `gradients` or a `backward` returns.
    """
    return np.concatenate(
        [np.ravel(bars["p"][name] if "p" in bars else bars[f"{name}_bar"]) for name in shapes(1, 1)]
    )


def distance(wrong: Mapping[str, Any], right: Mapping[str, Any]) -> Distance:
    """How far one gradient is from another, of all 12 parameters together.

    One distance is computed for each of N units that do not talk to each other.
    Both are what a `backward` returns; the results have shape (N,), (1,) for one unit.
    """
    a, b = _apart(wrong), _apart(right)  # (12, N)
    length = np.linalg.norm(b, axis=0)
    return Distance(
        np.linalg.norm(a - b, axis=0) / length,
        np.sum(a * b, 0) / (np.linalg.norm(a, axis=0) * length),
    )


def cut(case: Case, k: int) -> Distance:
    """How far the gradient is from the whole one when every loss flows back through k steps only.

    With k = 1 it stays in its own step.
    """
    tape = forward(bptt, case)
    given = case["p"], tape, case["h_bar_loss"]
    return distance(bptt.backward(*given, carry=k), bptt.backward(*given))


def _apart(bars: Mapping[str, Any]) -> np.ndarray:
    """The gradients of the 12 parameters of N units that do not talk, (12, N)."""
    found = (bars[f"{name}_bar"] for name in shapes(1, 1))
    return np.array([np.diag(a) if np.ndim(a) == 2 else a for a in found])


def _directions(
    a: np.ndarray, singly: int | None = None, directions: int = 0, seed: int = 0
) -> list[np.ndarray]:
    """The directions in which an array is moved.

    They go number by number, or at random where the array has more numbers than `singly`.
    """
    if singly is None or np.size(a) <= singly:
        return [one.reshape(np.shape(a)) for one in np.eye(np.size(a))]
    drawn = np.random.default_rng(seed).normal(size=(directions, *np.shape(a)))
    return [one / np.linalg.norm(one) for one in drawn]
