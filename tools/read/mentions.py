"""Which symbols and terms a block of a chapter mentions.

It mentions them in its words, formulas and code, or by what it prints.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from lstm_edu.course import chapter
from lstm_edu.lab import pushes
from lstm_edu.text.notation import NAMES, RNN_NAMES, Name, mark
from tools.read import chapter as reading
from tools.read.chapter import Block

# letters that no equation assigns: steps, sizes, a gate's index, σ, and the size of a push
LETTERS = {
    "t": "t",
    "T": "T",
    "D": "D",
    "H": "H",
    "B": "B",
    "k": "k",
    r"\sigma": "sigma",
    r"\varepsilon": "eps",
}
# bars with a meaning of their own
OWN = {name for name in NAMES if re.search("_bar_(?:loss|next|prev)$", name)}
TYPED = {"σ": "sigma", "ε": "eps"}

GLYPH = re.compile(
    r"\\(?:text|mathrm)\{[^{}]*\}|\\htmlData\{name=(?P<name>\w+)\}"
    r"|(?:\\bar\s*\{?\s*(?P<barred>[A-Za-z])\s*\}?"
    r"|(?P<letter>(?<![\\A-Za-z])[A-Za-z]|\\sigma|\\varepsilon))"
    r"(?P<marks>(?:\s*(?:_\{[^{}]*\}|_\w|\^\{\([^{}]*\)\}))*)|\\[A-Za-z]+"
)
CODE = re.compile(r"(?<![\w.])[A-Za-z]\w*(?!\w)")
SHOWN = re.compile(r"\{(?:before\.|after\.)?(\w+)\}")
PRINTS = {"equations", "derive", "in_full", "product", "worked"}
MODULES = {"chapter": chapter, "pushes": pushes}


class Book:
    """The pages of the book by name, in order, and the terms of its glossary.

    With each term stands what finds it.
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        parts = (
            block
            for text in pages.values()
            for block in reading.blocks(text)
            if block.kind == "glossary"
        )
        found = [line for block in parts for line in re.findall(r"^(\S.*)$", block.text, re.M)]
        self.terms = tuple(sorted(found, key=len, reverse=True))  # the longest first

    def names(self, page: str) -> dict[str, Name | None]:
        """The symbols that a page may use."""
        return _names("% typed program: lab.pushes" in self.pages[page])

    def read(self, page: str) -> list[tuple[Block, frozenset[str]]]:
        """The blocks of a page.

        With each stands every symbol and every term that it mentions or prints.
        """
        text = self.pages[page]
        return [
            *zip(
                reading.blocks(text),
                _mentions(text, self.terms, "% typed program: lab.pushes" in text),
                strict=True,
            )
        ]


@lru_cache
def _names(own: bool) -> dict[str, Name | None]:
    return {
        **dict.fromkeys(LETTERS.values()),
        **RNN_NAMES,
        **NAMES,
        **(pushes.NAMES if own else {}),
    }


@lru_cache(maxsize=128)
def _mentions(text: str, terms: tuple[str, ...], own: bool) -> tuple[frozenset[str], ...]:
    forms = {term: _forms(term) for term in terms}
    return tuple(frozenset(mentioned(block, _names(own), forms)) for block in reading.blocks(text))


@lru_cache
def _forms(term: str) -> re.Pattern[str]:
    words = re.sub(r"[\s-]+", r"[\\s-]+", re.sub("fe$", "(?:fe|ves)", term))
    return re.compile(rf"(?<![\w-]){words}(?:e?s)?(?![\w-])", re.I)


def needed(book: Book, name: str) -> set[str]:
    """What must be introduced before a name is read.

    That is the name itself, or of a bar the bar and what stands under it.
    """
    if name.endswith("_bar") and name not in OWN:
        return {name.removesuffix("_bar")} | ({"bar"} & {*book.terms})
    return {name}


def is_term(words: str, term: str) -> bool:
    """Whether words are a form of a term and nothing else."""
    return _forms(term).fullmatch(words) is not None


def mentioned(
    block: Block, names: Mapping[str, Name | None], terms: Mapping[str, re.Pattern[str]]
) -> Iterator[str]:
    """Every one of these symbols and terms that a block mentions or prints.

    The `terms` come with what finds them.
    """
    said = [block.prose]
    for formula in block.formulas:
        yield from _in_formula(formula, names)
    for token in block.inline:
        if token.type == "code_inline":
            yield from _in_code(token.content, names)
    if block.kind == "listing":
        yield from _in_code(block.text, names, single=True)
    if block.kind == "cell":
        tree = ast.parse(block.text)
        texts = _texts(tree)
        yield from (name for text in texts for name in SHOWN.findall(text) if name in names)
        yield from _in_code("" if block.hidden else block.text, names)
        yield from _printed(tree)
        # what figures and questions say
        said += [SHOWN.sub("", text) for text in texts if " " in text]
    for text in said:
        yield from (TYPED[letter] for letter in text if letter in TYPED)
        for term, forms in terms.items():
            text, count = forms.subn("", text)  # "loss" is not counted again in a longer term
            yield from [term] * bool(count)


def _in_formula(latex: str, names: Mapping[str, Name | None]) -> Iterator[str]:
    for found in GLYPH.finditer(mark(latex)):
        if found["name"]:
            yield found["name"]
            continue
        letter, marks = found["barred"] or found["letter"], found["marks"] or ""
        time = re.search(r"\^\{\(([^{}]*)\)\}", marks)
        sub = re.search(r"_\{?(\w+)\}?", marks)
        yield from (one for one in (time[1] if time else "") if one in {"t", "T", "k"})
        before = time is not None and time[1] == "t-1" and not found["barred"]
        if letter and (name := _name(letter, sub[1] if sub else "", before, names)):
            yield f"{name}_bar" if found["barred"] else name


def _name(letter: str, sub: str, before: bool, names: Mapping[str, Name | None]) -> str:
    """The name of a glyph, or none; of any gate k the input gate stands for all."""
    base = LETTERS.get(letter, letter)
    full = f"{base.lower() if base == 'W' else base}_{re.sub('^k', 'i', sub)}" if sub else base
    full = full if full in names else base
    return next((one for one in (f"{full}_prev" * before, full) if one in names), "")


def _in_code(text: str, names: Mapping[str, Name | None], single: bool = False) -> Iterator[str]:
    """The names in code.

    A single letter is a name only in the lines of the package, which keep to the book's.
    """
    for word in CODE.findall(text):
        name = word.replace("W_", "w_", 1)
        if name in names and name not in LETTERS.values() and (single or "_" in name):
            yield name


def _texts(tree: ast.AST) -> list[str]:
    return [str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)]


def _printed(tree: ast.Module) -> Iterator[str]:
    """The names in what a cell prints by the machine, the point aside at which it is computed."""
    known: dict[str, Any] = {}
    for line in tree.body:
        for call in (node for node in ast.walk(line) if isinstance(node, ast.Call)):
            module, _, function = ast.unparse(call.func).rpartition(".")
            if function in {"witnesses", "gradient"} and module in {"chapter", "check"}:
                yield from _value(ast.List(call.args, ast.Load()), known)
            elif function in PRINTS and module in MODULES:
                words = [word for word in call.keywords if word.arg != "at"]
                table = (
                    pushes.NAMES
                    if module == "pushes"
                    else RNN_NAMES
                    if "rnn" in ast.unparse(call)
                    else NAMES
                )
                try:
                    made = mark(_value(ast.Call(call.func, call.args, words), known), table)
                # it takes what only the running chapter knows: the names that it asks for
                except NameError:
                    made = "".join(
                        rf"\htmlData{{name={text}}}" for text in _texts(call) if text in table
                    )
                yield from re.findall(r"\\htmlData\{name=(\w+)\}", made)
        if isinstance(line, ast.Assign) and not any(
            isinstance(node, ast.Call) for node in ast.walk(line.value)
        ):
            with suppress(NameError):  # it is made from what the chapter computes, so it is no text
                exec(compile(ast.Module([line], []), "cell", "exec"), known)


@lru_cache
def _made(source: str, known: str) -> Any:
    # a cell of the book, which its build executes as well
    return eval(source, {**MODULES, **ast.literal_eval(known)})


def _value(node: ast.expr, known: dict[str, Any]) -> Any:
    texts = {name: value for name, value in known.items() if name != "__builtins__"}
    return _made(ast.unparse(node), repr(texts))
