"""A chapter as it is read: its blocks in order, each with its kind and its words.

The other checks of the text stand on this: `introduced` (symbols and terms), `paced` (minutes,
rhythm), `shaped`.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tools.read.places import BOOK, ROOT
from tools.read.plain import OPTION, included

NESTED = {
    "admonition",
    "dropdown",
    "note",
    "tip",
    "important",
    "warning",
    "hint",
    "exercise",
    "solution",
    "table",
}
ABOUT = "About this chapter"
PROSE = {"paragraph", "item", "row"}
HIDDEN = {"remove-input", "remove-cell", "hide-input"}
WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


class Block(NamedTuple):
    """One thing that a reader meets.

    It is a heading, paragraph, list item, table row, formula, listing, cell or glossary.
    """

    kind: str  # heading paragraph item row display listing cell glossary
    text: str  # as the source has it; of a cell its code, of a listing the lines that it shows
    inline: tuple[Token, ...] = ()  # a paragraph, parsed
    section: str = ""
    box: str = ""  # the title of the box that it stands in
    folded: bool = False
    tags: tuple[str, ...] = ()
    caption: str = ""
    remarks: tuple[str, ...] = ()  # the % lines just before it

    @property
    def prose(self) -> str:
        """Its text as words, without formulas, code and what a role says."""
        return (
            " ".join(token.content for token in self.inline if token.type == "text")
            + f" {self.caption}".rstrip()
        )

    @property
    def formulas(self) -> list[str]:
        """Its formulas in LaTeX."""
        if self.kind == "display":
            return [self.text]
        if self.kind == "glossary":
            return re.findall(r"\$([^$]+)\$", self.text)
        return [token.content for token in self.inline if token.type == "math_inline"]

    @property
    def bold(self) -> list[str]:
        """What it has in bold."""
        return (
            [found.strip() for found in re.findall(r"\*\*(.+?)\*\*", self.text)]
            if self.inline
            else []
        )

    @property
    def hidden(self) -> bool:
        """Whether it is a cell whose code is not shown."""
        return bool(HIDDEN & {*self.tags})

    @property
    def words(self) -> int:
        """How many words are read in it, with those of the code that it shows.

        A formula counts as one word.
        """
        if self.kind == "listing" or (self.kind == "cell" and not self.hidden):
            return len(self.text.split()) + len(WORD.findall(self.caption))
        short = sum(token.type in {"math_inline", "code_inline"} for token in self.inline)
        return len(WORD.findall(self.prose)) + short

    @property
    def exercise(self) -> bool:
        """Whether it belongs to the exercises, which are read apart."""
        return self.section == "Exercises"

    @property
    def names_only(self) -> bool:
        """Whether it names what the chapter is about, as a heading or an objective does."""
        return self.kind == "heading" or self.box == ABOUT

    @property
    def skipped(self) -> bool:
        """Whether someone who is in a hurry does not read it."""
        return self.folded or self.exercise


@lru_cache
def _parser() -> Any:
    extensions = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["parse"][
        "myst_enable_extensions"
    ]
    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)


@lru_cache(maxsize=128)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a chapter's text, in order, those in boxes among them."""
    made, section, solution = [], "", False
    for block in _blocks(text):
        if block.kind == "heading":
            section = block.text
        if block.kind == "fold":
            solution = block.text == "solution-start"
            continue
        made.append(block._replace(section=section, folded=block.folded or solution))
    return tuple(made)


def _blocks(text: str) -> Iterator[Block]:
    tokens, remarks, inside, level = _parser().parse(text), [], "paragraph", 0
    for k, token in enumerate(tokens):
        found: list[Block] = []
        if token.type == "myst_line_comment":
            remarks += [line.strip() for line in token.content.splitlines()]
        elif token.type in {"list_item_open", "tr_open", "dd_open"}:
            inside, level = "row" if token.type == "tr_open" else "item", token.level
        elif token.type in {"list_item_close", "tr_close", "dd_close"} and token.level == level:
            inside = "paragraph"
        elif token.type in {"fence", "colon_fence"}:
            found = list(_fence(token))
        elif token.type in {"math_block", "math_block_label", "amsmath"}:
            found = [Block("display", token.content)]
        elif token.type == "inline":
            kind = "heading" if tokens[k - 1].type == "heading_open" else inside
            found = [Block(kind, token.content, tuple(_leaves(token)))]
        for block in found:
            yield block._replace(remarks=(*remarks, *block.remarks))
            remarks = []


def _leaves(token: Token) -> Iterator[Token]:
    for child in token.children or []:
        yield from _leaves(child) if child.children else [child]


class Directive(NamedTuple):
    """A directive; one without a name is a plain block of code."""

    name: str
    title: str
    options: dict[str, Any]
    body: str


def directive(token: Token) -> Directive:
    """What a fence says."""
    found = re.match(r"\{([\w:-]+)\} *(.*)", token.info)
    name, title = found.groups() if found else ("", "")
    return Directive(name, title.strip(), *_options(token.content))


def directives(text: str, section: str) -> Iterator[Directive]:
    """The directives of a section, in order, those in boxes aside."""
    inside, tokens = False, _parser().parse(text)
    for k, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            inside = tokens[k + 1].content == section
        elif inside and token.type in {"fence", "colon_fence"}:
            yield directive(token)


def calls(code: str) -> list[str]:
    """What code calls, as it is written: `Cell` or `plots.arrows`."""
    tree = ast.parse(code)
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def objectives(text: str) -> dict[str, str]:
    """What a reader can do after a chapter, by its number: "cell.1"."""
    found = (
        re.fullmatch(r"\*\*(\w+\.\d+)\*\* (.+?)[;.]?", block.text, re.S)
        for block in blocks(text)
        if block.box == ABOUT and block.kind == "item"
    )
    return {one[1]: " ".join(one[2].split()) for one in found if one}


def _fence(token: Token) -> Iterator[Block]:
    """What a directive brings: the blocks of a box, a listing, a cell.

    A plain block of code is a listing.
    """
    name, title, options, body = directive(token)
    if name == "code-cell":
        tags = options.get("tags") or []
        figure = (options.get("mystnb") or {}).get("figure", {})
        yield Block("cell", body, tags=tuple(tags), caption=figure.get("caption", ""))
    elif name in {"solution-start", "solution-end"}:
        yield Block("fold", name)
    elif name in NESTED:
        folded = "dropdown" in str(options.get("class", "")) or name == "solution"
        for block in _blocks(body):
            yield block._replace(box=block.box or title or name, folded=block.folded or folded)
    elif name == "literalinclude":
        yield Block(
            "listing", included(BOOK / title, {key: str(value) for key, value in options.items()})
        )
    elif name == "math":
        yield Block("display", body)
    elif name == "glossary":
        yield Block("glossary", body)
    elif not name:
        yield Block("listing", token.content)


def _options(text: str) -> tuple[dict[str, Any], str]:
    if head := re.match(r"---\n(.*?)^---\n", text, re.M | re.S):
        return yaml.safe_load(head[1]) or {}, text[head.end() :]
    options = {}
    while option := OPTION.match(text):
        options[option["name"]] = yaml.safe_load(option["value"]) or ""
        text = text[option.end() :]
    return options, text
