"""What a chapter shows of the equations: printed, derived, with numbers, pushed or held.

Each function returns something that a notebook displays by itself, made from `equations` and never
typed again. The forms of a derivation: "last" is the last step of a sequence (T = 1 is the same),
where nothing comes back from step t+1; "any" is any step; "homework" is the last step without
biases and with z written into the gates; "rnn" is any step of the plain RNN; "in time" is a step
before the last, with step t+1 written out (`twosteps`); "homework in time" is the same without
biases and z.
"""

from collections.abc import Mapping
from typing import Any

from sympy import Add

from lstm_edu.lab.evaluate import values
from lstm_edu.lab.table import Table
from lstm_edu.lab.witnesses import TOLERANCE, Stamp, gradient
from lstm_edu.text.derive import steps
from lstm_edu.text.equations import BACKWARD, FORWARD, RNN_BACKWARD, inlined, lookup, parse
from lstm_edu.text.forms import HOMEWORK, LAST, NEXT, PASSED_ON, PROGRAMS
from lstm_edu.text.notation import NAMES, RNN_NAMES
from lstm_edu.text.numbered import Formula, numbered
from lstm_edu.text.proof import prove
from lstm_edu.text.show import Latex, Names, derivation, latex_block
from lstm_edu.text.twosteps import derivation as derivation_in_time
from lstm_edu.text.twosteps import derived, equation

IN_TIME = {"in time": False, "homework in time": True}


class Witnesses(list[Stamp]):
    """What the witnesses say of several gradients, as a table."""

    def __repr__(self) -> str:
        return "\n".join(f"{stamp.name:<11}{stamp.values['NumPy']:+.6f}  {stamp}" for stamp in self)

    def _repr_html_(self) -> str:
        caption = "Proved; and how far each witness is from the symbols, over the largest gradient"
        rows = [
            [
                f"`{one.name}`",
                f"{one.values['NumPy']:+.6f}".replace("-", "−"),
                *(f"{error:.0e}" if error else "0" for error in one.errors.values()),
            ]
            for one in self
        ]
        head = ["gradient", "value", *TOLERANCE]
        return Table(caption, head, rows, [one.name for one in self])._repr_html_()


def witnesses(*names: str) -> Witnesses:
    """The four witnesses of each of these gradients at the worked example.

    Raises what `check.gradient` raises.
    """
    return Witnesses(gradient(name) for name in names)


def equations(*names: str, form: str = "any") -> Formula:
    """The equations of these names, one below the other; in time, of `h_bar` and `c_bar` alone."""
    if form in IN_TIME:
        return Formula("\n".join(equation(derived(name, homework=IN_TIME[form])) for name in names))
    programs = _chosen({**PROGRAMS, **IN_TIME}, form)
    return Formula(latex_block(list(names), *programs, names=_names(form)))


def derive(
    name: str, form: str = "last", program: str | None = None, backward: str | None = None
) -> Formula:
    """The derivation of one gradient in the homework's lines.

    `program` is a forward text of the reader's own.
    `backward` holds its gradients as one would write them; they are proved first.
    Raises ValueError for an unknown gradient or form and for a text that does not parse, ProofError
    for a gradient that is wrong.
    """
    if program is None and backward is not None:
        raise ValueError(
            "gradients by hand need the program that they belong to; give program= too"
        )
    if program is not None:
        if form != "last":
            raise ValueError(
                f"form {form!r} is one of the book's own equations; "
                "a program of your own has the form 'last'"
            )
        if backward is not None:
            prove(program, backward)
        return Formula(derivation(steps(name, program, backward, seeds={})))
    if form in IN_TIME:
        return Formula(derivation_in_time(derived(name, homework=IN_TIME[form])))
    forward, backward = _chosen({**PROGRAMS, "homework": (HOMEWORK, None), **IN_TIME}, form)
    seeds: dict[str, str] | None = None if form in ("any", "rnn") else {}
    return Formula(derivation(steps(name, forward, backward, seeds, _names(form)), _names(form)))


def product(name: str, form: str = "any") -> Formula:
    """How the last `name` depends on the first along `name` alone.

    It is one factor for each step, from `name_bar_prev`.
    Raises ValueError where what a step sends back is no single product, as for h in the LSTM, or
    for another form.
    """
    backward, names = _chosen({"any": (BACKWARD, NAMES), "rnn": (RNN_BACKWARD, RNN_NAMES)}, form)
    inner = [f"z_{name}_bar"] if form == "rnn" else []
    line = lookup(parse(inlined(backward, inner), names), f"{name}_bar_prev")
    first, _, factor = line.text.partition(" * ")
    if first != f"{name}_bar" or isinstance(line.expr, Add):
        raise ValueError(
            f"{line.name} = {line.text} is a sum over several paths, not one factor for each step"
        )
    end, start = (names[name].glyphs[0]._replace(time=time).latex for time in ("T", "0"))
    shown = Latex(names).show(parse(f"{line.name} = {factor}", names)[line.name].printed, "product")
    ratio, only = rf"\frac{{\partial {end}}}{{\partial {start}}}", rf"\right\vert_{{{name}}}"
    left = ratio if form == "rnn" else rf"\left.{ratio}{only}"  # an LSTM has other paths besides
    return Formula(rf"{left} = \prod_{{t=1}}^{{T}} {shown}")


def in_full(name: str) -> Formula:
    """A gradient at the last step with every other gradient but `h_bar` written out."""
    return Formula(
        latex_block([name], inlined(BACKWARD, [n for n in PASSED_ON if n != name], zero=NEXT))
    )


def worked(*names: str, at: Mapping[str, float] | None = None) -> Formula:
    """The equations of these names with numbers put in: symbol = numbers = result, to three digits.

    A fourth is printed where it says the number exactly, or where the line could not be computed
    from three. `at` is what `values` returned; without it, the worked example of the book.
    Gradients are printed with their sign.
    """
    v = values() if at is None else at
    last = all(v[name] == 0 for name in NEXT)
    return numbered(names, parse(FORWARD) | parse(LAST if last else BACKWARD), v)


def _names(form: str) -> Names:
    return RNN_NAMES if form == "rnn" else NAMES


def _chosen(of: Mapping[str, Any], form: str) -> Any:
    if form not in of:
        raise ValueError(f"unknown form {form!r}; a chapter has {', '.join(of)}")
    return of[form]
