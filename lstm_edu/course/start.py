"""The five questions of the first page.

They ask about the slope of σ, a product, a number used twice, and what a falling loss proves.
"""

import numpy as np
from sympy import Rational, diff, exp, symbols

from lstm_edu.course import chapter
from lstm_edu.models import cell
from lstm_edu.widgets import Answer


def slope_of_sigma() -> Answer:
    """How fast σ(3x − 1.5) grows at x = ½, where its inside is 0."""
    x, z = symbols("x z")
    sigma = 1 / (1 + exp(-z))
    right = diff(sigma.subs(z, 3 * x - Rational(3, 2)), x).subs(x, Rational(1, 2))
    wrong: dict[str | float, str] = {
        0.25: "That is the slope of σ. The inside grows three times as fast as x: one more factor.",
        0.5: "That is the value of σ there. How fast does it grow?",
        float(
            3 * diff(sigma, z).subs(z, Rational(1, 2))
        ): "You took σ of σ. The slope is s (1 − s), s the value of σ.",
    }
    ask = "1. How fast does σ(3x − 1.5) grow with x, at x = ½?"
    return Answer.number(ask, float(right), 0.004, wrong, id="index-slope")


def sigma_of_a_line() -> Answer:
    """The derivative of s = σ(ax + b) with respect to x, in terms of s."""
    right = (
        "a s (1 − s)",
        "The slope of σ in terms of its own value, times the slope of the inside.",
    )
    wrong = {
        "s (1 − s)": "The inside, a x + b, has a slope, too.",
        "x s (1 − s)": "That is the derivative with respect to a. What is x multiplied by inside?",
        "a σ(s) (1 − σ(s))": "s is the value of σ already. With σ of it you would take it twice.",
    }
    ask = "2. Let s = σ(ax + b). What is the derivative of s with respect to x?"
    return Answer.choice(ask, right, wrong, id="index-sigma")


def product() -> Answer:
    """The derivative of a product with respect to one of its factors."""
    right = (
        "r",
        "A product hands each factor the other one. Most of the homework is made of this.",
    )
    wrong = {
        "q": "That is the factor itself. "
        "Keep r as it is and let q grow by 1: by how much does q r grow?",
        "q + r": "That is the sum of both derivatives. Only q moves.",
        "1": "Only if r is 1.",
    }
    ask = "3. p = q r, and r does not depend on q. What is the derivative of p with respect to q?"
    return Answer.choice(ask, right, wrong, id="index-product")


def used_twice() -> Answer:
    """The derivative of y = s x + s at x = 2, where s = x².

    It is what comes through s, plus what comes directly.
    """
    x, s = symbols("x s")
    y, at = s * x + s, {s: 4, x: 2}
    through, direct = float((diff(y, s) * diff(x**2, x)).subs(at)), float(diff(y, x).subs(at))
    wrong: dict[str | float, str] = {
        direct: "That holds s still. But s moves with x, too.",
        through: "That is what comes through s. But y contains x directly as well.",
        through
        * direct: "x acts on y in two places. The two derivatives are added, not multiplied.",
        (through + direct) / 2: "The two derivatives are added. They are not averaged.",
    }
    ask = "4. s = x², and y = s x + s. What is the derivative of y with respect to x, at x = 2?"
    return Answer.number(
        ask, float(diff(y.subs(s, x**2), x).subs(x, 2)), 0.01, wrong, id="index-twice"
    )


def downhill() -> Answer:
    """What a falling loss says of a gradient: in the worked example it falls along a wrong one.

    Raises ValueError should that gradient be right, or the loss not fall.
    """
    now = chapter.values()
    twice = float(cell.sigma(np.array(now["i"])))  # σ of what is a σ already
    wrong_bar = now["i_bar"] * twice * (1 - twice)
    then = chapter.values(cell.EXAMPLE | {"b_i": cell.EXAMPLE["b_i"] - wrong_bar})
    if then["L"] >= now["L"] or abs(wrong_bar / now["b_i_bar"] - 1) < 0.01:
        raise ValueError(
            "the example no longer falls along a wrong gradient; choose another slip for question 5"
        )
    fell = (
        "With one σ too many in the gradient of b_i, an update of step size 1 takes the loss from "
        f"{now['L']:.3f} to {then['L']:.3f}. It fell, and the gradient is wrong."
    )
    right = ("It may still be wrong", fell)
    wrong = {
        "It is right": f"“The loss went down, so my gradient is right”: no. {fell}",
        "It is right if the loss falls at every update": (
            "An update against a wrong gradient can lower the loss every time."
        ),
    }
    ask = (
        "5. You move a parameter against your gradient, and the loss goes down. "
        "What do you know about the gradient?"
    )
    return Answer.choice(ask, right, wrong, id="index-downhill")
