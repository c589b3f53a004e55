"""Two steps of one unit with pencil and paper: a sheet with blanks to print, and its key.

The numbers are any weights, or drawn from any seed.

T = 2 steps.
Every number on the sheet is rounded first, and the key is computed from what is printed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from lstm_edu.lab.evaluate import evaluated
from lstm_edu.models.cell import one_unit
from lstm_edu.text.equations import BACKWARD, FORWARD, parse
from lstm_edu.text.notation import GATES, unknown
from lstm_edu.text.show import html

PARAMETERS = [name for k in GATES for name in (f"w_{k}x", f"w_{k}h", f"b_{k}")]
# how large each is drawn
OUTSIDE = {"x(1)": 1.5, "x(2)": 1.5, "y(1)": 0.9, "y(2)": 0.9, "h(0)": 0.9, "c(0)": 1.5}
FORWARDS, BACKWARDS = (
    list(parse(FORWARD)),
    [name for name in parse(BACKWARD) if name[:2] not in ("w_", "b_", "x_")],
)
DIGITS, STEPS = 4, (1, 2)  # digits after the point in the key
LEAST, TRIES = 0.0015, 1000  # the smallest share of a gradient that is worth the work
RULE = (
    "One unit, two time steps, L = L(1) + L(2). "
    "A letter without a time belongs to the step of its column. "
    "After the last step there is nothing, so 0 comes back from there. "
    "Carry six digits after the point, write four."
)


class Shown(str):
    """HTML that a notebook shows by itself."""

    def _repr_html_(self) -> str:
        return f"<style>{style()}</style>{self}"


@dataclass(frozen=True)
class Sheet:
    """What a sheet prints.

    It has the 12 parameters and what the steps receive, by name, and what the sheet is called.
    """

    given: Mapping[str, float]
    title: str

    @property
    def arrays(self) -> dict[str, Any]:
        """The same numbers as a program takes them.

        They are `p`, `xs` and `ys` (2, 1), `h0` and `c0` (1,).
        """
        xs, ys = (np.array([[self.given[f"{name}({t})"]] for t in STEPS]) for name in "xy")
        p = one_unit(**{name: self.given[name] for name in PARAMETERS})
        return dict(
            p=p, xs=xs, ys=ys, h0=np.array([self.given["h(0)"]]), c0=np.array([self.given["c(0)"]])
        )

    @property
    def key(self) -> dict[tuple[str, int], float]:
        """Every value and gradient by name and step, from the text of the equations.

        Step 0 has the sums over t.
        """
        v: dict[int, dict[str, float]] = {
            t: {name: self.given[name] for name in PARAMETERS} for t in STEPS
        }
        for t in STEPS:
            before = {"h": self.given["h(0)"], "c": self.given["c(0)"]} if t == 1 else v[1]
            v[t] |= dict(
                x=self.given[f"x({t})"],
                y=self.given[f"y({t})"],
                h_prev=before["h"],
                c_prev=before["c"],
            )
            v[t] |= _run(FORWARD, v[t])
        back = dict(h_bar_prev=0.0, c_bar_prev=0.0)
        for t in reversed(STEPS):
            v[t] |= dict(h_bar_next=back["h_bar_prev"], c_bar_next=back["c_bar_prev"])
            back = _run(BACKWARD, v[t])
            v[t] |= back
        summed = ["L", *(f"{name}_bar" for name in PARAMETERS)]
        return {(name, t): value for t in STEPS for name, value in v[t].items()} | {
            (name, 0): v[1][name] + v[2][name] for name in summed
        }

    def page(self, filled: bool) -> str:
        """The sheet in HTML, its blanks empty or filled."""
        key = self.key

        def cells(name: str, steps: tuple[int, ...]) -> list[str | None]:
            return [printed(key[name, t], "_bar" in name) if filled else None for t in steps]

        weights: list[list[str | None]] = [
            [_equation(f"{name}_bar"), *cells(f"{name}_bar", (2, 1, 0))] for name in PARAMETERS
        ]
        half = len(weights) // 2
        forwards = [[_equation(n), *cells(n, STEPS)] for n in FORWARDS]
        backwards = [[_equation(n), *cells(n, (2, 1))] for n in BACKWARDS]
        shares = ["share of each step", "t = 2", "t = 1", "sum"]
        tables = [
            *self._given(),
            _table("Forwards", ["equation", "t = 1", "t = 2"], forwards),
            _table("Backwards, the last step first", ["equation", "t = 2", "t = 1"], backwards),
            _table("The parameters of i and f", shares, weights[:half]),
            _table("The parameters of o and g", shares, weights[half:]),
        ]
        says = f"Key: {self.title}" if filled else f"Two steps by hand: {self.title}"
        name = "" if filled else "<span>Name</span><span>Date</span><span></span>"
        total = f" Here L = {printed(key['L', 0])}." if filled else ""
        return (
            f'<div class="pencil"><p class="pencil-title"><span>{says}</span>{name}</p>'
            f'<p class="pencil-small">{RULE}{total}</p>'
            f'<div class="pencil-parts">{"".join(tables)}</div></div>'
        )

    def write(self, path: str | Path, blanks: bool = True, key: bool = True) -> None:
        """Write a file that a browser prints: the sheet with its `blanks`, its `key`, or both.

        Each begins a page.
        """
        wanted = [filled for filled, asked in ((False, blanks), (True, key)) if asked]
        body = '<div class="pencil-next"></div>'.join(self.page(filled) for filled in wanted)
        title = f"<title>Two steps by hand: {self.title}</title>"
        head = f'<meta charset="utf-8">{title}<style>{style()}</style>'
        page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
        Path(path).write_text(page, "utf-8")

    @property
    def solved(self) -> "Shown":
        """The key, as a notebook shows it, folded."""
        return Shown(
            '<details class="pencil-key"><summary>The key</summary>'
            f"{self.page(filled=True)}</details>"
        )

    def _repr_html_(self) -> str:
        return f"<style>{style()}</style>{self.page(filled=False)}"

    def _given(self) -> list[str]:
        def at(*names: str) -> list[str | None]:
            return [printed(self.given[name], digits=2) if name else "" for name in names]

        heads = ["of", "weight of <i>x</i>", "weight of <i>h</i>", "bias"]
        parameters = [[f"<i>{k}</i>", *at(f"w_{k}x", f"w_{k}h", f"b_{k}")] for k in GATES]
        received = [[f"<i>{n}</i>", *at("", f"{n}(1)", f"{n}(2)")] for n in "xy"]
        states = [[f"<i>{n}</i>", *at(f"{n}(0)", "", "")] for n in "hc"]
        return [
            _table("Given: the parameters", heads, parameters),
            _table(
                "Given: what the steps receive",
                ["letter", *(f"t = {t}" for t in (0, *STEPS))],
                received + states,
            ),
        ]


def sheet(seed: int = 1, weights: Mapping[str, float] | None = None) -> Sheet:
    """A sheet whose numbers are drawn from the seed.

    Those given by name in `weights` are taken as they are, rounded.
    Names are those of the 12 parameters and `x(1)`, `x(2)`, `y(1)`, `y(2)`, `h(0)`, `c(0)`; two
    digits after the point are kept.
    Raises ValueError for another name, or for what is no finite number.
    """
    fixed = dict(weights or {})
    for name, value in fixed.items():
        if name not in (*PARAMETERS, *OUTSIDE):
            raise ValueError(unknown("number of a sheet", name, [*PARAMETERS, *OUTSIDE]))
        if not isinstance(value, Real) or not abs(value) <= 10:  # type: ignore[operator]
            raise ValueError(f"{name} is {value!r}; a number of a sheet lies between −10 and 10")
    rng = np.random.default_rng(seed)
    made = Sheet({}, "")
    for _ in range(TRIES):  # until every share of every gradient has digits to compute
        drawn = {name: _drawn(rng, OUTSIDE.get(name, 1.5)) for name in (*PARAMETERS, *OUTSIDE)}
        given = {name: round(float(fixed.get(name, value)), 2) for name, value in drawn.items()}
        made = Sheet(given, f"sheet {seed}" if not fixed else f"sheet {seed}, numbers of your own")
        key = made.key
        if all(abs(key[f"{name}_bar", t]) >= LEAST for name in PARAMETERS for t in (0, *STEPS)):
            break
    return made


def printed(value: float, plus: bool = False, digits: int = DIGITS) -> str:
    """A number as the sheet prints it, a gradient with its sign."""
    text = f"{value:{'+' if plus else ''}.{digits}f}"
    return text.replace("-", "−")


def style() -> str:
    """The sheet's style, for the screen and for paper."""
    return (files(__package__) / "pencil.css").read_text("utf-8")


def _drawn(rng: np.random.Generator, high: float) -> float:
    """A round number that is not 0."""
    return float(rng.integers(1, round(high * 10) + 1) / 10 * rng.choice([-1, 1]))


def _run(program: str, v: Mapping[str, float]) -> dict[str, float]:
    lines, known = parse(program), dict(v)
    for name, line in lines.items():
        known[name] = float(evaluated(line, known))
    return {name: known[name] for name in lines}


def _equation(name: str) -> str:
    """The equation with the times of this step left out; no line ends inside a product."""
    text = html(name).replace("<sup>(t)</sup>", "").replace("</span> <span", "</span>&nbsp;<span")
    return re.sub(r"\((<span[^<]*<i>\w</i></span>)\)(?=<sup>2)", r"\1", text)


def _table(caption: str, heads: list[str], rows: list[list[str | None]]) -> str:
    """A table; what is None is a blank, and the first of a row says what the row is."""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = ""
    for first, *rest in rows:
        cells = "".join(
            '<td class="pencil-blank"></td>' if text is None else f"<td>{text}</td>"
            for text in rest
        )
        body += f'<tr><th scope="row">{first}</th>{cells}</tr>'
    head = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
    return f"<table>{head}<tbody>{body}</tbody></table>"
