"""What there is to read and to do in a block of a chapter, counted from its text.

The lines of a formula that a cell makes are those of the formula that its call makes. Two things
the text alone does not know, and each has a rule. A formula made from what only the running chapter
knows has four lines if it is a derivation, and else one for each name that is asked for. A table,
or a line of numbers, that other code prints takes as long as one displayed line.
"""

import ast
import re
from typing import NamedTuple

from lstm_edu import widgets
from tools.read.chapter import WORD, Block, calls
from tools.read.mentions import MODULES, PRINTS

FIGURES = {one.__name__ for one in widgets.WIDGETS} - {"Answer"}
QUESTIONS = {"Answer", "start"}
DERIVATION = 4  # lines


class Counts(NamedTuple):
    """How many of each a block has; or, as rates, the seconds that one of each takes."""

    words: float = 0
    inline: float = 0  # formulas inside a sentence
    lines: float = 0  # displayed lines of formula
    code: float = 0  # lines of code
    buttons: float = 0  # sentences to press in a figure
    questions: float = 0  # asked and checked by the page
    figures: float = 0


def counted(block: Block) -> Counts:
    """What a block has to read and to do."""
    if block.kind == "display":
        return Counts(lines=formula_lines(block.text))
    if block.kind == "listing":
        return Counts(code=code_lines(block.text))
    if block.kind == "cell":
        return _cell(block)
    kinds = [token.type for token in block.inline]
    words = len(WORD.findall(block.prose)) + kinds.count("code_inline")
    return Counts(words=words, inline=kinds.count("math_inline"))


def formula_lines(latex: str) -> int:
    """How many lines a displayed formula has."""
    inside = re.sub(r"\\(?:begin|end)\{\w+\*?\}", "", latex)
    return sum(bool(line.strip()) for line in re.split(r"\\\\(?:\[[^\]]*\])?", inside))


def code_lines(text: str) -> int:
    """How many lines of code are read; empty ones and the fences around them are none."""
    return sum(bool(line.strip()) and not line.startswith("```") for line in text.splitlines())


def _cell(block: Block) -> Counts:
    if "remove-cell" in block.tags or not block.text.strip():
        return Counts()
    tree, called = ast.parse(block.text), calls(block.text)
    figures = sum(name in FIGURES or name.startswith("plots.") for name in called)
    questions = sum(name.partition(".")[0] in QUESTIONS for name in called)
    prose, formulas = re.subn(r"\$[^$]+\$", " ", block.caption)
    return Counts(
        words=len(WORD.findall(prose)),
        inline=formulas,
        lines=0 if figures or questions else _printed(tree.body[-1]),
        code=0 if block.hidden else code_lines(block.text),
        buttons=_buttons(tree),
        questions=questions,
        figures=figures,
    )


def _printed(last: ast.stmt) -> int:
    """How many displayed lines a cell's last statement prints."""
    if not isinstance(last, ast.Expr):
        return int(isinstance(last, ast.For | ast.With | ast.Try))
    if not isinstance(last.value, ast.Call):
        return 1
    module, _, function = ast.unparse(last.value.func).rpartition(".")
    return _formula(last.value) if function in PRINTS and module in MODULES else 1


def _formula(call: ast.Call) -> int:
    """The lines of a formula, whichever numbers are put in."""
    words = [word for word in call.keywords if word.arg != "at"]
    source = ast.unparse(ast.Call(call.func, call.args, words))
    try:
        return formula_lines(eval(source, dict(MODULES)))  # the book's build executes it as well
    except NameError:  # it takes what only the running chapter knows
        return DERIVATION if source.partition("(")[0].endswith("derive") else len(call.args)


def _buttons(tree: ast.Module) -> int:
    """How many prompts a cell gives to figures: in their own list, or in one that has a name."""
    own = [
        word.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "prompts"
    ]
    named = [line.value for line in tree.body if isinstance(line, ast.Assign)]
    made = [one for one in named if "prompt" in calls(ast.unparse(one))]
    return sum(len(one.elts) for one in own + made if isinstance(one, ast.List))
