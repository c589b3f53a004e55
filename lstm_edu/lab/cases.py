"""Cases: what a model takes and what its loss says, one form for bptt, rnn, lstm and layers.

T steps, B sequences, D inputs, H units. A model is one of these four modules. A case is what it
takes: `p`, `xs`, `h0`, `c0`, `mask`, and what its loss says, `h_bar_loss`, `hT_bar`, `cT_bar`, in
the model's own shapes. The loss of a case is the sum of h, hT, cT times these, so that these are
its gradients by h, hT, cT.
"""

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from lstm_edu.models import bptt, layers, lstm, rnn
from lstm_edu.models.cell import shapes

Case = dict[str, Any]
# where an array is in a case: ("xs",), ("p", "W_ix"), in a stack ("p", 0, "W_ix")
Path = tuple[str | int, ...]
Backward = Callable[..., Mapping[str, Any]]

MODELS = {model.__name__.rpartition(".")[2]: model for model in (bptt, rnn, lstm, layers)}


def drawn(
    model: ModuleType,
    T: int = 5,
    B: int = 2,
    D: int = 2,
    H: int = 3,
    L: int = 2,
    seed: int = 0,
    dtype: type = float,
) -> Case:
    """A case with every number drawn at random, with a loss at every step.

    The states at the start are drawn too, and the gradients of the states at the end.
    B counts for lstm and layers, L for layers alone.
    Raises ValueError for a module that is no model.
    """
    stacked, batch = model is layers, () if model in (bptt, rnn) else (B,)
    rng, name = np.random.default_rng(seed), name_of(model)

    def normal(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(dtype)

    shapes_of = rnn.shapes if name == "rnn" else shapes
    widths = [H if n else D for n in range(L if stacked else 1)]  # of each layer's input
    sizes = [shapes_of(width, H) for width in widths]
    p = [{key: normal(*shape) for key, shape in size.items()} for size in sizes]
    states = ("h0", "hT_bar") if name == "rnn" else ("h0", "c0", "hT_bar", "cT_bar")
    case: Case = dict(p=p, **{state: [normal(*batch, H) for _ in p] for state in states})
    case = case if stacked else {key: value[0] for key, value in case.items()}
    return dict(case, xs=normal(T, *batch, D), h_bar_loss=normal(T, *batch, H))


def sequences(T: int, N: int = 100, losses: str = "every", b_f: float = 0.0, seed: int = 0) -> Case:
    """A `bptt` case of N units that do not talk to each other.

    Each has its own weights, inputs and targets.
    So N draws of the book's one-unit cell take one call: the weight matrices are diagonal. All
    numbers are normal, but y, uniform between -1 and 1; to the forget gates' biases `b_f` is added.
    The loss is that of the book, (h - y)² / 2, at every step or at the "last".
    Raises ValueError for other losses.
    """
    if losses not in ("every", "last"):
        raise ValueError(
            f"losses is {losses!r}; a loss stands at every step or at the last: "
            "give 'every' or 'last'"
        )
    rng = np.random.default_rng(seed)
    p = {key: rng.normal(size=N) for key in shapes(1, 1)}
    p["b_f"] += b_f
    p = {key: np.diag(a) if key[0] == "W" else a for key, a in p.items()}
    xs, ys = rng.normal(size=(T, N)), rng.uniform(-1, 1, (T, N))
    h_bar_loss = bptt.forward(p, xs)["h"] - ys
    if losses == "last":
        h_bar_loss[:-1] = 0
    return dict(p=p, xs=xs, h_bar_loss=h_bar_loss)


def forward(model: ModuleType, case: Case) -> dict[str, Any]:
    """The tape of a case.

    Raises ValueError for a module that is no model, and what the model's `forward` raises.
    """
    name_of(model)
    return model.forward(
        case["p"], case["xs"], **{name: case[name] for name in ("h0", "c0", "mask") if name in case}
    )


def gradients(model: ModuleType, case: Case, backward: Backward | None = None) -> Case:
    """The gradients by `p`, `xs`, `h0` and `c0`, in the shapes of the case.

    They come from the model's `backward`, or from another.
    """
    ends = {name: case[name] for name in ("hT_bar", "cT_bar") if name in case}
    bars = (backward or model.backward)(case["p"], forward(model, case), case["h_bar_loss"], **ends)
    if model is layers:
        p: Any = [{name: one[f"{name}_bar"] for name in case["p"][0]} for one in bars["p_bar"]]
    else:
        p = {name: bars[f"{name}_bar"] for name in case["p"]}
    return dict(p=p, **{name: bars[f"{name}_bar"] for name in ("xs", "h0", "c0") if name in case})


def loss(model: ModuleType, case: Case) -> Any:
    """The sum of h, hT and cT, each times its upstream gradient.

    The case may hold complex numbers.
    """
    if model in (lstm, layers) and any(np.iscomplexobj(at(case, path)) for path in paths(case)):
        return _loss_by_bptt(case)
    tape = forward(model, case)
    total = np.sum(case["h_bar_loss"] * tape["h"])
    for name, state in (("hT_bar", "h"), ("cT_bar", "c")):
        if name in case:
            ends = tape[f"{state}T"] if f"{state}T" in tape else tape[state][-1]
            total += sum(
                np.sum(bar * end) for bar, end in zip(_each(case[name]), _each(ends), strict=True)
            )
    return total


def paths(tree: Any, at: Path = ()) -> Iterator[Path]:
    """Where the arrays of nested dicts and lists are."""
    if not isinstance(tree, dict | list):
        yield at
        return
    for key in tree if isinstance(tree, dict) else range(len(tree)):
        yield from paths(tree[key], (*at, key))


def at(tree: Any, path: Path) -> Any:
    """The array at `path`."""
    return at(tree[path[0]], path[1:]) if path else tree


def put(tree: Any, path: Path, new: Any) -> Any:
    """The same tree with another array at `path`."""
    if not path:
        return new
    other = tree.copy()
    other[path[0]] = put(tree[path[0]], path[1:], new)
    return other


def bar(path: Path) -> str:
    """The name of the gradient at a path: `W_ix_bar`, in a stack `W_ix_bar of layer 0`."""
    name = [key for key in path if isinstance(key, str)][-1]
    return f"{name}_bar" + "".join(f" of layer {key}" for key in path if not isinstance(key, str))


def name_of(model: ModuleType) -> str:
    """The name of a model. Raises ValueError for a module that is none."""
    for name, known in MODELS.items():
        if known is model:
            return name
    raise ValueError(f"{model!r} is no model; give one of the modules {', '.join(MODELS)}")


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _loss_by_bptt(case: Case) -> Any:
    """The loss of a case of lstm or layers, by `bptt`.

    One sequence goes after the other, layer on layer, and hidden steps are left out.
    """
    names = ("p", "h0", "c0", "hT_bar", "cT_bar")
    p, h0, c0, hT_bar, cT_bar = (_each(case[name]) for name in names)
    total, seen = 0.0, case.get("mask", np.ones(np.shape(case["xs"])[:2], bool))
    for b in range(seen.shape[1]):
        h = case["xs"][seen[:, b], b]
        for n, layer in enumerate(p):
            tape = bptt.forward(layer, h, h0[n][b], c0[n][b])
            h, hT, cT = tape["h"], [h0[n][b], *tape["h"]][-1], [c0[n][b], *tape["c"]][-1]
            total += hT_bar[n][b] @ hT + cT_bar[n][b] @ cT
        total += np.sum(case["h_bar_loss"][seen[:, b], b] * h)
    return total
