"""The witnesses at 2,000 points, and every line of BACKWARD and of the cell broken on purpose."""

import ast
import importlib.util
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from lstm_edu.lab import witnesses
from lstm_edu.lab.evaluate import Values
from lstm_edu.models import cell
from lstm_edu.models.cell import EXAMPLE
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.text.proof import ProofError
from tests import alive, chance, mutants, tree

LINES = parse(BACKWARD)


@pytest.fixture(autouse=True)
def loud() -> None:
    """Overflow, division by zero and NaN are errors in this file."""
    np.seterr(over="raise", divide="raise", invalid="raise")


def in_chunks(witness, point: Values, size: int = 40) -> Values:
    """A witness at many points; NumPy holds N points as N × N matrices, so they go in chunks."""
    count = len(point["x"])
    parts = [witness({n: a[k : k + size] for n, a in point.items()}) for k in range(0, count, size)]
    return {name: np.concatenate([part[name] for part in parts]) for name in LINES}


@pytest.mark.parametrize(
    ("witness", "kind"),
    [
        *(
            (witness, kind)
            for witness in ("symbols", "complex step", "JavaScript")
            for kind in ("ordinary", "saturated")
        ),
        ("differences", "ordinary"),  # where a gate is shut, a difference has no digits left
    ],
)
def test_witnesses_agree_with_numpy_at_1000_points(witness: str, kind: str) -> None:
    point = alive.POINTS[kind]
    numpy, size = in_chunks(witnesses.computed, point), witnesses.scale(point)
    said = {
        "symbols": lambda: witnesses.symbols(point, digits=50),
        "complex step": lambda: in_chunks(witnesses.complex_step, point),
        "JavaScript": lambda: alive.everywhere()[kind],
        "differences": lambda: in_chunks(witnesses.differences, point),
    }[witness]()
    assert all(np.isfinite(said[name]).all() and np.isfinite(numpy[name]).all() for name in LINES)
    for name in LINES:
        tolerance = 1e-7 if witness == "differences" else 1e-13
        witnesses.compare(name, {witness: said[name], "NumPy": numpy[name]}, size, tolerance)


def test_the_points_are_what_the_comparison_needs() -> None:
    """The points have the sizes that they promise, and both next terms.

    There are 1,000 with every gate between 0.01 and 0.99 and 1,000 with |z| from 5 to nearly 700.
    """
    for kind, low, high in (("ordinary", 0, 5), ("saturated", 5, 700)):
        point = alive.POINTS[kind]
        values = [
            witnesses.computed({n: a[k : k + 1] for n, a in point.items()}) for k in range(1000)
        ]
        z = np.abs([[v[f"z_{k}"][0] for k in "ifog"] for v in values])
        assert low <= z.min()
        assert 0.95 * high * (kind == "saturated") < z.max() <= high
        gates = np.array([[v[k][0] for k in "ifo"] for v in values])
        assert kind == "saturated" or max(abs(v["g"][0]) for v in values) < 0.99
        assert kind == "saturated" or (
            gates.min() > 0.0099 and gates.max() < 0.9901 and gates.min() < 0.02
        )
        assert np.abs(point["h_bar_next"]).min() > 0 < np.abs(point["c_bar_next"]).min()


def test_n_points_at_once_are_n_points_one_by_one() -> None:
    point = witnesses.points(5, seed=3)
    at_once = witnesses.computed(point)
    for k in range(5):
        alone = witnesses.computed({n: a[k] for n, a in point.items()})
        for name in LINES:
            assert alone[name][0] == pytest.approx(at_once[name][k], rel=1e-15, abs=0)


def test_symbols_in_floating_point_and_with_50_digits() -> None:
    point = witnesses.points(20, seed=4)
    quick, exact = witnesses.symbols(point), witnesses.symbols(point, digits=50)
    for name in LINES:
        witnesses.compare(
            name, {"quick": quick[name], "exact": exact[name]}, witnesses.scale(point), 1e-15 * 10
        )


def test_a_stamp_shows_the_name_four_numbers_and_their_errors() -> None:
    stamp = witnesses.gradient("c_bar")
    assert list(stamp.values) == ["symbols", "NumPy", "complex step", "differences"]
    assert all(value == pytest.approx(-0.473, abs=5e-4) for value in stamp.values.values())
    assert (
        str(stamp).startswith("proved · NumPy ")
        and " · complex step " in str(stamp)
        and " · differences " in str(stamp)
    )
    assert repr(stamp).count("-0.47304") == 4
    html = stamp._repr_html_()
    assert html.count("<td>−0.47304") == 4 and 'data-name="c_bar"' in html and str(stamp) in html
    for who, error in stamp.errors.items():
        assert error <= witnesses.TOLERANCE[who]


def test_gradient_takes_a_point_of_the_readers_own() -> None:
    still = witnesses.gradient("o_bar", EXAMPLE | {"y": float(witnesses.computed(EXAMPLE)["h"][0])})
    assert all(abs(value) < 1e-9 for value in still.values.values()), (
        "where h is y, nothing is sent back"
    )
    assert witnesses.gradient("h_bar", EXAMPLE | {"h_bar_next": 1.0}).values[
        "NumPy"
    ] == pytest.approx(1 - 0.689, abs=5e-4)


def test_bad_points_and_unknown_gradients_get_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"unknown gradient 'c_ba'; did you mean 'c_bar'\?"):
        witnesses.gradient("c_ba")
    with pytest.raises(ValueError, match="y is missing or is none of them"):
        witnesses.gradient("c_bar", {n: v for n, v in EXAMPLE.items() if n != "y"})
    with pytest.raises(ValueError, match="w_iz is missing or is none of them"):
        witnesses.gradient("c_bar", EXAMPLE | {"w_iz": 1.0})
    with pytest.raises(ValueError, match="W_ix holds NaN or infinity"):
        witnesses.gradient("c_bar", EXAMPLE | {"w_ix": np.nan})


def test_compare_says_both_numbers_and_who_said_them() -> None:
    assert (
        witnesses.compare(
            "c_bar", {"NumPy": np.array([1.0, 2.0]), "symbols": np.array([1.0, 2.5])}, 5.0, 0.2
        )
        == 0.1
    )
    with pytest.raises(AssertionError) as error:
        witnesses.compare(
            "c_bar", {"NumPy": np.array([1.0, 2.0]), "symbols": np.array([1.0, 2.5])}, 5.0, 0.01
        )
    assert str(error.value) == (
        "c_bar is +2 by NumPy, +2.5 by symbols; "
        "relative to the largest gradient they differ by 1.0e-01, allowed is 1e-02"
    )
    with pytest.raises(AssertionError, match=r"\+nan"):
        witnesses.compare(
            "c_bar", {"NumPy": np.array([np.nan]), "symbols": np.array([1.0])}, 1.0, 0.01
        )


def test_everything_is_checked_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert witnesses.main() == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == list(LINES)
    assert all(" proved · NumPy " in line for line in said)


@pytest.mark.parametrize("name", LINES)
def test_a_broken_line_of_backward_is_named(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for broken in mutants.of(LINES[name].text):
        lines = [f"{n} = {broken if n == name else line.text}" for n, line in LINES.items()]
        monkeypatch.setattr(witnesses, "BACKWARD", "\n".join(lines))
        with pytest.raises(ProofError, match=rf"^{name} = "):
            witnesses.everything()
        with pytest.raises(ProofError, match=rf"^{name} = "):
            witnesses.gradient("o_bar")
    assert witnesses.main() == 1
    assert capsys.readouterr().err.startswith(f"check failed: {name} = ")


def assignments(function) -> list[tuple[str, ast.expr]]:
    """Every line of a function that computes a value, and every value of its last expression."""
    body = ast.parse(inspect.getsource(function)).body[0]
    found = [(n.targets[0].id, n.value) for n in ast.walk(body)
             if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)]  # fmt: skip
    returned = [n for n in ast.walk(body) if isinstance(n, ast.Return)][-1].value
    return found + [(k.arg, k.value) for k in returned.keywords if isinstance(k.value, ast.Call)]


def loaded(source: str, path: Path) -> ModuleType:
    path.write_text(source)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CELL = [
    (name, value)
    for function in (cell.step, cell.step_bar)
    for name, value in assignments(function)
]


def test_every_line_of_the_cell_is_broken_below() -> None:
    names = {name.replace("W", "w") for name, _ in CELL} | {
        "b_i_bar",
        "b_f_bar",
        "b_o_bar",
        "b_g_bar",
    }
    assert names == {*parse(FORWARD), *LINES} - {"L", "h_bar_loss", "h_bar"}


@pytest.mark.parametrize(("name", "value"), CELL, ids=[name for name, _ in CELL])
def test_a_broken_line_of_the_cell_is_named(
    name: str, value: ast.expr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(cell.__file__).read_text()
    function = inspect.getsource(cell.step if name in parse(FORWARD) else cell.step_bar)
    line = ast.get_source_segment(function, value)
    assigned = re.compile(rf"\b{name}( ?= ?(?:\(\s*(?:# \(D,\)\s*)?)?){re.escape(line)}(?=[\s,])")
    assert len(assigned.findall(source)) == 1
    letter = name.replace("W", "w")
    for k, broken in enumerate(mutants.of(" ".join(line.split()))):
        changed = assigned.sub(lambda found, broken=broken: f"{name}{found[1]}{broken}", source)
        monkeypatch.setattr(witnesses, "cell", loaded(changed, tmp_path / f"cell_{name}_{k}.py"))
        with pytest.raises(
            AssertionError,
            match=rf"^{letter} is .* by NumPy, .* by its equation from the same values; ",
        ):
            witnesses.everything()


def test_a_wrong_bias_gradient_and_a_wrong_sigma_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(cell.__file__).read_text()
    for old, new, name in [
        ("b_f_bar=z_f_bar", "b_f_bar=z_o_bar", "b_f_bar"),
        ("W_gh_bar=np.outer(z_g_bar, h_prev)", "W_gh_bar=np.outer(z_g_bar, x)", "w_gh_bar"),
        ("np.tanh(z / 2)", "np.tanh(z)", "i"),
    ]:
        assert old in source
        monkeypatch.setattr(
            witnesses, "cell", loaded(source.replace(old, new), tmp_path / f"cell_{name}.py")
        )
        with pytest.raises(AssertionError, match=rf"^{name} is "):
            witnesses.everything()


def test_the_complex_step_walks_through_the_code_of_the_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(cell.__file__).read_text().replace("h = o * np.tanh(c)", "h = o * c")
    monkeypatch.setattr(witnesses, "cell", loaded(source, tmp_path / "cell_h.py"))
    assert witnesses.complex_step(EXAMPLE)["o_bar"] != pytest.approx(
        witnesses.symbols(EXAMPLE)["o_bar"], rel=1e-2
    )


@pytest.mark.slow
def test_the_command_passes_and_names_a_line_broken_at_random(tmp_path: Path) -> None:
    """As the book's build calls it, on a copy of the project.

    It runs before and after one line was broken.
    """
    project = tree.copy(tmp_path / "project")
    command = [sys.executable, "-m", "lstm_edu.lab.witnesses"]
    passed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert passed.returncode == 0, passed.stderr
    assert passed.stdout.count("proved") == len(LINES)
    rng = chance.drawn()
    name = rng.choice([*LINES])
    broken = rng.choice([*mutants.of(LINES[name].text)])
    text = "outputs/half_square.txt" if name == "h_bar_loss" else "cells/lstm.txt"
    tree.edit(
        project / "lstm_edu" / "text" / text,
        f"\n{name} = {LINES[name].text}\n",
        f"\n{name} = {broken}\n",
    )
    failed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"check failed: {name} = {broken} is wrong: derived is ")
