"""Prints the equations: as LaTeX for the pages, as HTML for the widgets, as JavaScript for the browser.

The three are dialects of one printer, so the author's order is the same in all of them. `mark` gives every symbol of
a page's mathematics its name; `javascript` writes the module that a widget computes with.
"""

import json
import re
from collections.abc import Iterator, Mapping

from sympy import Add, Expr, Function, Integer, Mul, Pow, Rational, Symbol

from lstm_edu.derive import Steps, Term, steps, terms
from lstm_edu.equations import BACKWARD, FORWARD, Line, Program, inputs, lookup, parse
from lstm_edu.notation import NAMES, Name

Names = Mapping[str, Name]


class Latex:
    """A formula in LaTeX as a teacher would write it; with `marked`, every symbol carries its name for the site."""

    space, minus, times = " ", "-", r" \times "
    calls = {"sigma": r"\sigma", "sigma_prime": r"\sigma'", "tanh": r"\tanh"}

    def __init__(self, names: Names = NAMES, marked: bool = False) -> None:
        self.names, self.marked = names, marked

    def show(self, e: Expr, inside: str = "") -> str:
        """The formula, in parentheses where what it stands inside, a "product" or a "power", asks for them."""
        if isinstance(e, Symbol):
            return self.symbol(e.name)
        if isinstance(e, Integer) and e >= 0:
            return str(e)
        if isinstance(e, Function):
            return self.call(e)
        if isinstance(e, Pow) and e.exp.is_positive:
            return self.power(e)
        if isinstance(e, Add):
            text = self.show(e.args[0]) + "".join(self.term(part, joined=True) for part in e.args[1:])
            return self.group(text) if inside else text
        text = self.term(e)
        return self.group(text) if inside == "power" or inside and text.startswith(self.minus) else text

    def term(self, e: Expr, joined: bool = False) -> str:
        """A product, its sign first: the factors side by side, over those that divide."""
        negative, above, below = _factors(e)
        text = self.space.join(self.show(f, "product") for f in above) or "1"
        if below:
            top = self.show(above[0]) if len(above) == 1 else text
            text = self.fraction(top, text, [self.show(f, "product") for f in below])
        if joined:
            return f" {self.minus if negative else '+'} {text}"
        return self.minus + text if negative else text

    def symbol(self, name: str) -> str:
        """One name of the table."""
        text = self.names[name].latex
        return rf"\htmlData{{name={name}}}{{{text}}}" if self.marked else text

    def group(self, text: str) -> str:
        """The text in parentheses."""
        return rf"\left({text}\right)"

    def fraction(self, top: str, grouped: str, below: list[str]) -> str:
        """A quotient; `grouped` is the top with the parentheses that it needs outside a bar."""
        return rf"\frac{{{top}}}{{{self.space.join(below)}}}"

    def call(self, e: Expr, raised: str = "") -> str:
        """σ(z), or without parentheses tanh c, the power after the function's name."""
        argument = self.show(e.args[0])
        lone = e.func.__name__ == "tanh" and isinstance(e.args[0], Symbol)
        return self.calls[e.func.__name__] + raised + (f"{self.space}{argument}" if lone else f"({argument})")

    def power(self, e: Expr) -> str:
        """A power with a whole exponent; a symbol that has a superscript already goes in parentheses."""
        raised = self.raised(str(e.exp))
        if isinstance(e.base, Function):
            return self.call(e.base, raised)
        text = self.show(e.base, "power")
        crowded = isinstance(e.base, Symbol) and "^" in self.names[e.base.name].latex
        return (self.group(text) if crowded else text) + raised

    def raised(self, exponent: str) -> str:
        """An exponent."""
        return f"^{exponent}" if len(exponent) == 1 else f"^{{{exponent}}}"

    def ratio(self, of: str, by: str, only: str = "") -> str:
        """∂of/∂by, or the part of it that goes through `only`."""
        text = rf"\frac{{\partial {self.symbol(of)}}}{{\partial {self.symbol(by)}}}"
        return rf"\left.{text}\right\vert_{{{only}}}" if only else text

    def operator(self, by: str, function: Expr) -> str:
        """∂/∂by of a formula, not yet carried out."""
        body = self.show(function) if isinstance(function, Function) else self.group(self.show(function))
        return rf"\frac{{\partial}}{{\partial {self.symbol(by)}}} {body}"


class Html(Latex):
    """The same formula in HTML that needs no mathematics: letters, `<sub>`, `<sup>`, a `data-name` on every symbol."""

    space, minus, times = "\u2009", "−", " × "
    calls = {"sigma": "σ", "sigma_prime": "σ′", "tanh": "tanh"}

    def symbol(self, name: str) -> str:
        """One name of the table, found by its `data-name`."""
        return f'<span data-name="{name}">{self.names[name].html}</span>'

    def group(self, text: str) -> str:
        """The text in parentheses."""
        return f"({text})"

    def fraction(self, top: str, grouped: str, below: list[str]) -> str:
        """A quotient on the line."""
        return f"{grouped}/{self.group(self.space.join(below)) if len(below) > 1 else below[0]}"

    def raised(self, exponent: str) -> str:
        """An exponent."""
        return f"<sup>{exponent}</sup>"

    def ratio(self, of: str, by: str, only: str = "") -> str:
        """∂of/∂by on the line, or the part of it that goes through `only`."""
        return f"∂{self.symbol(of)}/∂{self.symbol(by)}" + f"|<sub>{only}</sub>" * bool(only)

    def operator(self, by: str, function: Expr) -> str:
        """∂/∂by of a formula, not yet carried out."""
        body = self.show(function) if isinstance(function, Function) else self.group(self.show(function))
        return f"∂/∂{self.symbol(by)}{self.space}{body}"


class JavaScript(Html):
    """The same formula in JavaScript, every name spelled as in Python."""

    space, minus = " * ", "-"
    calls = {"sigma": "sigma", "tanh": "Math.tanh"}

    def symbol(self, name: str) -> str:
        """The name itself."""
        return name

    def fraction(self, top: str, grouped: str, below: list[str]) -> str:
        """A quotient on the line."""
        return f"{grouped} / {self.group(self.space.join(below)) if len(below) > 1 else below[0]}"

    def call(self, e: Expr, raised: str = "") -> str:
        """A call, with parentheses always."""
        return f"{self.calls[e.func.__name__]}({self.show(e.args[0])}){raised}"

    def power(self, e: Expr) -> str:
        """A power; JavaScript refuses -x ** 2, so it is grouped wherever a sign might stand before it."""
        return f"{self.show(e.base, 'power')} ** {e.exp}"

    def term(self, e: Expr, joined: bool = False) -> str:
        """A product, its sign first."""
        text = super().term(e, joined)
        return f"-({text[1:]})" if not joined and text.startswith("-") and "**" in text else text


def latex(name: str, *programs: str, names: Names = NAMES, marked: bool = False) -> str:
    """One equation in LaTeX; raises ValueError with the nearest name for an unknown one."""
    line, printer = _line(name, programs, names), Latex(names, marked)
    return f"{printer.symbol(name)} = {printer.show(line.printed)}"


def html(name: str, *programs: str, names: Names = NAMES) -> str:
    """One equation in HTML; raises ValueError with the nearest name for an unknown one."""
    line, printer = _line(name, programs, names), Html(names)
    return f"{printer.symbol(name)} = {printer.show(line.printed)}"


def latex_block(wanted: list[str], *programs: str, names: Names = NAMES, marked: bool = False) -> str:
    """Several equations in LaTeX, aligned at their equals signs."""
    lines = [latex(name, *programs, names=names, marked=marked).replace(" = ", " &= ", 1) for name in wanted]
    return _aligned(lines)


def derivation(made: str | Steps, names: Names = NAMES, marked: bool = False) -> str:
    """The derivation of a gradient in LaTeX, aligned: definition, product of partials, local function under ∂, result."""
    made = steps(made, names=names) if isinstance(made, str) else made
    printer = Latex(names, marked)
    first, *rest = (" \\\\\n&\\qquad + ".join(parts) for _, parts in _derivation(made, printer))
    return _aligned([f"{printer.symbol(made.name)} &= {first}", *(f"&= {line}" for line in rest)])


def derivation_html(made: str | Steps, names: Names = NAMES) -> list[dict[str, object]]:
    """The same derivation in HTML, line by line: what kind of line it is, which edges (u, v) it speaks of, its text."""
    made = steps(made, names=names) if isinstance(made, str) else made
    return [
        {"kind": step.kind, "edges": [list(edge) for edge in step.edges], "html": " + ".join(parts)}
        for step, (_, parts) in zip(made.lines, _derivation(made, Html(names)), strict=True)
    ]


def javascript(forward: str = FORWARD, backward: str = BACKWARD, names: Names = NAMES) -> str:
    """The ES module that a widget computes with: `inputs`, `forward`, `backward`, `partials`, and `html` to show.

    `forward(v, nudge, lock)` gives every value by name; each takes its locked value where it has one, and its nudge is
    added. `backward(v)` gives every bar, `partials(v)` every ∂(line)/∂(input), of what `forward` returned.
    """
    program, written = parse(forward, names), parse(backward, names)
    given = inputs(program)
    incoming = [n for n in inputs(written) if n not in program and n not in given]
    return "\n".join([*_js_forward(program, given, incoming), *_js_backward(written), *_js_partials(program),
                      f"export const html = {_js_html(program, written, [*given, *incoming], names)};", ""])  # fmt: skip


def _js_forward(program: Program, given: list[str], incoming: list[str]) -> Iterator[str]:
    yield "// Printed from the equations of lstm_edu: change them there."
    yield "const sigma = (z) => (1 + Math.tanh(z / 2)) / 2;"
    yield f"\nexport const inputs = {json.dumps(given)};"
    yield "\nexport function forward(v, nudge = {}, lock = {}) {"
    yield "  const put = (name, value) => {"
    yield "    if (value === undefined) throw new Error(`${name} is missing; forward needs ${inputs.join(', ')}`);"
    yield "    return (name in lock ? lock[name] : value) + (nudge[name] ?? 0);"
    yield "  };"
    yield from (f'  const {name} = put("{name}", v.{name});' for name in given)
    yield from (f'  const {name} = put("{name}", v.{name} ?? 0);' for name in incoming)
    yield from (f'  const {line.name} = put("{line.name}", {_js(line)});' for line in program.values())
    yield f"  return {{ {', '.join([*given, *incoming, *program])} }};\n}}"


def _js_backward(written: Program) -> Iterator[str]:
    yield "\nexport function backward(v) {"
    yield f"  const {{ {', '.join(inputs(written))} }} = v;"
    yield from (f"  const {line.name} = {_js(line)};" for line in written.values())
    yield f"  return {{ {', '.join(written)} }};\n}}"


def _js_partials(program: Program) -> Iterator[str]:
    found = _partials(program)
    used = {str(s) for row in found.values() for e in row.values() for s in e.free_symbols}
    yield "\nexport function partials(v) {"
    yield f"  const {{ {', '.join(n for n in [*inputs(program), *program] if n in used)} }} = v;\n  return {{"
    for name, row in found.items():
        yield f"    {name}: {{ {', '.join(f'{of}: {JavaScript().show(e)}' for of, e in row.items())} }},"
    yield "  };\n}\n"


def _js_html(program: Program, written: Program, given: list[str], names: Names) -> str:
    printer, found = Html(names), _partials(program)
    rows = {
        name: {
            "symbol": printer.symbol(name),
            "words": names[name].words,
            "lane": names[name].lane,
            "rhs": printer.show(line.printed) if line else None,
            "partials": {of: printer.show(e) for of, e in found.get(name, {}).items()},
        }
        for name, line in {**dict.fromkeys(given), **program, **written}.items()
    }
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _js(line: Line) -> str:
    return JavaScript().show(line.printed)


def _partials(program: Program) -> dict[str, dict[str, Expr]]:
    """∂(line)/∂(input) for every line and every name in it."""
    by_edge = {t.edge: t.partial for v in [*inputs(program), *program] for t in terms(program, v)}
    return {line.name: {v: by_edge[line.name, v] for v in line.uses} for line in program.values()}


def _line(name: str, programs: tuple[str, ...], names: Names) -> Line:
    lines = {n: line for text in programs or (FORWARD, BACKWARD) for n, line in parse(text, names).items()}
    return lookup(lines, name, "equation")


def _derivation(made: Steps, printer: Latex) -> Iterator[tuple[str, list[str]]]:
    """The kind of each line and the terms that stand in it."""
    incoming = [printer.symbol(made.incoming)] if made.incoming else []
    for step in made.lines:
        match step.kind:
            case "definition":
                yield step.kind, [printer.ratio("L", made.of, made.only)]
            case "product":
                yield step.kind, [" + ".join([*(_product(t, printer) for t in made.terms), *incoming])]
            case "function":
                parts = [_function(t, printer) for t in made.terms] + incoming
                yield step.kind, parts if len(parts) > 2 else [" + ".join(parts)]
            case "slope" | "result":
                yield step.kind, [printer.show(made.slope if step.kind == "slope" else made.result)]


def _product(term: Term, printer: Latex) -> str:
    if term.adjoint is None:
        return printer.ratio(term.user, term.of, only=term.user)
    return printer.times.join((printer.ratio("L", term.user), printer.ratio(term.user, term.of)))


def _function(term: Term, printer: Latex) -> str:
    body = printer.operator(term.of, term.function)
    return body if term.adjoint is None else printer.symbol(term.adjoint) + printer.space + body


def _aligned(lines: list[str]) -> str:
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _factors(e: Expr) -> tuple[bool, list[Expr], list[Expr]]:
    """Whether the product is negative, what it multiplies and what it divides by, each in the author's order."""
    if isinstance(e, Mul):
        parts = [_factors(f) for f in e.args]
        above, below = ([f for part in parts for f in part[k]] for k in (1, 2))
        return sum(part[0] for part in parts) % 2 == 1, above, below
    if isinstance(e, Rational):
        top, bottom = Integer(abs(e.p)), Integer(e.q)
        return bool(e < 0), [top] * (top != 1), [bottom] * (bottom != 1)
    if isinstance(e, Pow) and e.exp.is_negative:
        return False, [], [e.base if e.exp == -1 else Pow(e.base, -e.exp)]
    return False, [e], []
