"""The functions that equations may call, each with the one fact that proofs need: its derivative.

SymPy's own exp and log are not used: it rewrites 1/exp(a) as exp(−a), and the reader's line with
it. A function here is a letter with a derivative, so that what is written stays as it is written.
"""

from sympy import Expr, Function, tanh


class sigma(Function):  # noqa: N801  # spelled as in the equations
    """σ, of which the proofs need one fact only: σ′ = σ (1 − σ)."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative of σ, in terms of σ itself."""
        return self * (1 - self)

    # SymPy asks for LaTeX by this method.
    def _latex(self, printer, exp: str = "") -> str:  # type: ignore[no-untyped-def]
        return rf"\sigma{f'^{{{exp}}}' if exp else ''}\left({printer._print(self.args[0])}\right)"


class exp(Function):  # noqa: N801
    """The exponential function, which is its own derivative."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative of exp: exp."""
        return self


class log(Function):  # noqa: N801
    """The natural logarithm, whose derivative is 1 over its argument."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative of log(a): 1 / a."""
        return 1 / self.args[0]


CALLS = {"sigma": sigma, "tanh": tanh, "exp": exp, "log": log}
