"""Every cell with every output: proved, computed, printed, read; and what people get wrong."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from lstm_edu.lab import cells
from lstm_edu.text import python, source, table
from lstm_edu.text.equations import inputs, parse
from lstm_edu.text.proof import ProofError
from tests import chance, node, tree

CELLS, OUTPUTS = source.names("cells"), source.names("outputs")
PAIRS = [*product(CELLS, OUTPUTS)]
# Each cell with the book's loss, each output with the GRU of PyTorch.
FEW = [(c, "half_square") for c in CELLS] + [("gru_reset_after", o) for o in OUTPUTS]
# Three gates of other names, two states, an output of its own.
MADE_UP = """
# k: keep gate
z_k = w_kx * x + w_kh * v_prev + b_k
z_n = w_nx * x_2 + w_nh * v_prev + b_n
z_e = w_ex * x + w_es * s_prev
k = sigma(z_k)
n = tanh(z_n)
e = exp(z_e) / (1 + exp(z_e))
s = k * s_prev + (1 - k) * n
v = e * tanh(s) + v_prev / 2
r = w_rv * v + b_r
L = log(1 + exp(-y * r))
"""


def drawn(cell: cells.Cell, rng: np.random.Generator, T: int = 4, *N: int) -> tuple[Any, ...]:
    """Parameters, inputs, targets and the states at the start."""
    given = inputs(cell.forward)
    p = {name: rng.normal(size=N) for name in cell.parameters}
    xs = {name: rng.normal(size=(T, *N)) for name in given if table.is_input(name)}
    ys = {name: rng.uniform(size=(T, *N)) for name in given if table.is_target(name)}
    return p, xs, ys, {v: rng.normal(size=N) for v in cell.states}


def error(cell: cells.Cell, seed: int, losses: list[int] | None) -> float:
    """The largest difference from the complex step, relative to the largest gradient."""
    case = drawn(cell, np.random.default_rng(seed))
    found, truth = cell.gradients(*case, losses), cells.complex_step(cell, *case, losses)
    assert found.keys() == truth.keys()
    largest = max(np.max(np.abs(one)) for one in truth.values())
    return max(np.max(np.abs(found[name] - truth[name])) for name in truth) / largest


@pytest.mark.parametrize(("cell", "output"), FEW)
@pytest.mark.parametrize("losses", [None, [1, 3]])
def test_gradients_are_those_of_the_complex_step(
    cell: str, output: str, losses: list[int] | None
) -> None:
    assert error(cells.book(cell, output), 0, losses) < 1e-12


@pytest.mark.prove
@pytest.mark.parametrize(("cell", "output"), PAIRS)
def test_every_pair_agrees_with_the_complex_step(cell: str, output: str) -> None:
    one = cells.book(cell, output)
    worst = max(error(one, seed, None if seed % 2 else [1, 3]) for seed in range(200))
    print(f"{cell} with {output}: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize(("cell", "output"), FEW)
def test_the_printed_programs_agree_with_the_text(cell: str, output: str) -> None:
    """NumPy for one unit, and the browser's JavaScript, at one step of a sequence."""
    one, rng = cells.book(cell, output), np.random.default_rng(1)
    p, xs, ys, start = drawn(one, rng, 1)
    point = {**p, **{name: a[0] for name, a in {**xs, **ys}.items()}}
    point |= {f"{v}_prev": value for v, value in start.items()}
    point |= {f"{v}_bar_next": rng.normal() for v in one.states}
    values = cells._valued(one.forward | one.backward, point)
    module = _run(one.python())
    ahead = module["forward"](**point)
    back = module["backward"](**point, **ahead)
    name = node.module(f"{cell}_{output}", one.javascript() + _BOTH)
    said = node.ask(name, "both", {key: float(value) for key, value in point.items()})
    for line in (one.forward | one.backward).values():
        close = dict(rel=1e-12, abs=1e-12)
        assert {**ahead, **back}[line.name] == pytest.approx(values[line.name], **close), line.name
        assert said[line.name] == pytest.approx(values[line.name], **close), line.name


_BOTH = """
export const both = (given) => {
  const values = forward(given);
  return { ...values, ...backward(values) };
};
"""


def _run(text: str) -> dict[str, Any]:
    module: dict[str, Any] = {}
    exec(text, module)
    return module


@pytest.mark.parametrize("name", CELLS)
def test_a_printed_layer_agrees_with_the_complex_step(name: str) -> None:
    """The cell alone, T = 3, B = 2, D = 2, H = 3, against pushes of every entry of every array."""
    text, rng = source.load("cells", name), np.random.default_rng(2)
    names = table.of(text)
    module = _run(python.module(text.forward, text.backward, names, layer=True))
    size, given = {"H": 3, "D": 2}, inputs(parse(text.forward, names))
    states = sorted({v for v in given if v.endswith("_prev")})
    p = {
        v: rng.normal(size=[size[one] for one in names[v].shape])
        for v in given
        if table.is_parameter(v)
    }
    whole = {**p, "x": rng.normal(size=(3, 2, 2))}
    whole |= {v: rng.normal(size=(2, 3)) for v in states}
    h_bar_loss = rng.normal(size=(3, 2, 3))

    def tape(whole: dict[str, np.ndarray]) -> list[dict[str, np.ndarray]]:
        steps, before = [], {v: whole[v] for v in states}
        for x in whole["x"]:
            point = {**{v: whole[v] for v in p}, "x": x, **before}
            steps.append({**point, **module["forward"](**point)})
            before = {v: steps[-1][v.removesuffix("_prev")] for v in states}
        return steps

    after = {f"{v.removesuffix('_prev')}_bar_next": np.zeros((2, 3)) for v in states}
    bars = []
    for t, step in reversed([*enumerate(tape(whole))]):
        bars.append(module["backward"](**step, **after, h_bar_loss=h_bar_loss[t]))
        after = {name: bars[-1][name.replace("next", "prev")] for name in after}
    for v in p:
        found = sum(step[f"{v}_bar"] for step in bars)
        truth = np.empty_like(p[v])
        for entry in np.ndindex(*p[v].shape):
            pushed = {**whole, v: whole[v].astype(complex)}
            pushed[v][entry] += 1e-30j
            loss = sum((h_bar_loss[t] * step["h"]).sum() for t, step in enumerate(tape(pushed)))
            truth[entry] = np.imag(loss) / 1e-30
        assert found == pytest.approx(truth, rel=1e-11, abs=1e-12), v


def test_the_layer_of_the_gru_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    text, rng = source.load("cells", "gru_reset_after"), np.random.default_rng(3)
    module = _run(python.module(text.forward, text.backward, table.of(text), layer=True))
    net = torch.nn.GRU(2, 3).double()
    (ih, hh), (b_ih, b_hh) = (
        [getattr(net, f"{kind}_{side}_l0") for side in ("ih", "hh")] for kind in ("weight", "bias")
    )
    cut = lambda a: np.split(a.detach().numpy(), 3)  # noqa: E731  # r, z, n
    p = {f"w_{k}x": w for k, w in zip("rug", cut(ih), strict=True)}
    p |= {f"w_{k}h": w for k, w in zip("rug", cut(hh), strict=True)}
    p |= {f"b_{k}": b + more for k, b, more in zip("ru", cut(b_ih), cut(b_hh), strict=False)}
    p |= {"b_g": cut(b_ih)[2], "b_m": cut(b_hh)[2]}
    xs, h_bar_loss = rng.normal(size=(4, 2, 2)), rng.normal(size=(4, 2, 3))
    x = torch.tensor(xs, requires_grad=True)
    (net(x)[0] * torch.tensor(h_bar_loss)).sum().backward()
    steps, h = [], np.zeros((2, 3))
    for row in xs:
        steps.append({**p, "x": row, "h_prev": h, **module["forward"](**p, x=row, h_prev=h)})
        h = steps[-1]["h"]
    after, found = np.zeros((2, 3)), []
    for t in reversed(range(4)):
        back = module["backward"](**steps[t], h_bar_loss=h_bar_loss[t], h_bar_next=after)
        after = back["h_bar_prev"]
        found.insert(0, back)
    truth = dict(zip([f"w_{k}x_bar" for k in "rug"], cut(ih.grad), strict=True))
    truth |= dict(zip([f"w_{k}h_bar" for k in "rug"], cut(hh.grad), strict=True))
    truth |= {"b_m_bar": cut(b_hh.grad)[2], "b_g_bar": cut(b_ih.grad)[2]}
    for name, value in truth.items():
        assert sum(step[name] for step in found) == pytest.approx(value, rel=1e-11, abs=1e-13), name
    assert [step["x_bar"] for step in found] == pytest.approx(x.grad.numpy(), abs=1e-13)


def test_a_made_up_cell_goes_all_the_way() -> None:
    one = cells.read(MADE_UP)
    assert str(one) == (
        "This cell carries s and v, learns w_kx, w_kh, b_k, w_nx, w_nh, b_n, w_ex, w_es, w_rv "
        "and b_r, receives x and x_2 and is to say y."
    )
    assert error(one, 5, None) < 1e-12
    assert error(one, 6, [2]) < 1e-12
    assert r"\bar{k}^{(t)} &= \frac{\partial L}{\partial k^{(t)}}" in one.derivation("k_bar")
    assert one.names["z_k"].words == "pre-activation of the keep gate"
    point = {name: 0.3 for name in inputs(one.forward)}
    said = node.ask(node.module("made_up", one.javascript() + _BOTH), "both", point)
    back = _run(one.python())["backward"](**said)
    assert said["s_bar_prev"] == pytest.approx(back["s_bar_prev"], rel=1e-12)


# The line where people go wrong, and how far the gradient of all parameters is then from the truth:
# the length of the difference over that of the truth, median of random cells over 20 steps.
WRONG = [
    ("lstm", "half_square", {"c_bar": "h_bar * o * (1 - tanh(c)**2)"}, 0.38),
    ("gru_reset_before", "half_square",
     {"h_bar_prev": "z_u_bar * w_uh + z_r_bar * w_rh + m_bar * r"}, 0.50),
    ("gru_reset_after", "half_square",
     {"w_gh_bar": "z_g_bar * h_prev", "b_m_bar": "z_g_bar"}, 0.36),
    ("peepholes", "half_square", {"c_bar_prev": "c_bar * f"}, 0.11),
    ("coupled", "half_square", {"f_bar": "c_bar * c_prev"}, 0.36),
    ("no_forget", "half_square", {"c_bar_prev": "c_bar_next"}, 0.35),
    ("no_forget_1997", "half_square", {"z_g_bar": "g_bar * (1 - g**2)"}, 0.35),
    ("lstm", "linear", {"h_bar": "y_hat_bar + h_bar_next"}, 0.21),
    ("lstm", "sigmoid", {"a_bar": "(p - y) * p * (1 - p)"}, 0.78),
    ("lstm", "softmax_2", {f"a_{k}_bar": f"p_{k}_bar * p_{k} * (1 - p_{k})" for k in (1, 2)}, 1.2),
    ("lstm", "softmax_3", {f"a_{k}_bar": f"p_{k}_bar * p_{k} * (1 - p_{k})" for k in (1, 2, 3)},
     0.88),
    ("lstm", "softmax_3_of_1", {"a_2_bar": "0", "a_3_bar": "0"}, 0.62),
    ("mgu", "half_square", {"f_bar": "h_bar * (g - h_prev)"}, 0.059),
    ("gru_update_only", "half_square", {"u_bar": "h_bar * g"}, 0.52),
    ("rnn", "half_square", {"h_bar_prev": "h_bar * w_hh"}, 1.0),
]  # fmt: skip


def broken(one: cells.Cell, lines: dict[str, str]) -> cells.Cell:
    """The cell with other formulas in some lines of its gradients."""
    text = "\n".join(f"{n} = {lines.get(n, line.text)}" for n, line in one.backward.items())
    return cells.Cell(one.text._replace(backward=text))


@pytest.mark.parametrize(("cell", "output", "lines", "harm"), WRONG)
def test_a_wrong_line_is_refused_by_name(
    cell: str, output: str, lines: dict[str, str], harm: float
) -> None:
    with pytest.raises(ProofError, match=f"^{next(iter(lines))} = .* is wrong: derived is "):
        broken(cells.book(cell, output), lines).proved()


@pytest.mark.prove
@pytest.mark.parametrize(("cell", "output", "lines", "harm"), WRONG)
def test_the_harm_of_a_wrong_line(
    cell: str, output: str, lines: dict[str, str], harm: float
) -> None:
    right = cells.book(cell, output)
    p, xs, ys, start = drawn(right, np.random.default_rng(0), 20, 1000)
    if output == "half_square":
        ys = {"y": 2 * ys["y"] - 1}
    case = (p, xs, ys, start)
    truth, found = (one.gradients(*case) for one in (right, broken(right, lines)))
    each = [f"{v}_bar" for v in right.parameters]
    off = np.sqrt(sum((found[name] - truth[name]) ** 2 for name in each))
    median = np.median(off / np.sqrt(sum(truth[name] ** 2 for name in each)))
    print(f"{cell} with {output}: {median:.3f}")
    assert median == pytest.approx(harm, rel=0.2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "h = exp(z_h)\nL = (h - y)**2 / 2",
            "Line 2: exp(z_h) is too large for a number: z_h is 8",
        ),
        ("h = tanh(z_h)\nL = -log(h - y)", "Line 3: log(h - y) has no value: h - y is -0.5 here"),
        ("h = tanh(z_h)\nL = h / (h - h_prev)", "Line 3: h / (h - h_prev) divides by 0: h - h_p"),
    ],
)
def test_a_line_without_a_value_is_named(text: str, sentence: str) -> None:
    one = cells.read(f"z_h = w_hx * x + w_hh * h_prev + b_h\n{text}")
    with pytest.raises(ValueError) as error:
        one.run({"w_hx": 700, "w_hh": 0, "b_h": 0}, {"x": [1.2]}, {"y": [1.5]}, {"h": 1})
    assert str(error.value).startswith(sentence)


def test_what_leads_nowhere_and_what_is_missing_is_noted() -> None:
    said = str(cells.read("z = w_zx * x\nh = tanh(z)\nq = 2 * h\nL = (h - y)**2 / 2"))
    assert "q is made, and neither L nor a state comes of it: its gradient is 0." in said
    assert "this cell remembers nothing" in said


def test_a_line_of_any_cell_with_its_sign_turned_is_refused_by_name() -> None:
    rng = chance.drawn()
    for cell, output in FEW:
        one = cells.book(cell, output)
        name = rng.choice([n for n, line in one.backward.items() if line.text != "0"])
        with pytest.raises(ProofError, match=f"^{name} = "):
            broken(one, {name: f"-({one.backward[name].text})"}).proved()


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (tree.ROOT / "README.md").read_text("utf-8")
    made = _run(readme.split("```python\n")[1].split("```")[0])
    assert capsys.readouterr().out.startswith("This cell carries h, learns w_hx, w_hh and b_h,")
    assert made["gru"].states == ["h"]
