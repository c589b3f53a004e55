"""Write each chapter as a notebook that runs anywhere.

It is plain Markdown and needs only the package. Once the book is built it holds what its cells
gave, for readers without a kernel.
"""

import json
import os
import re
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pybtex.database
import pybtex.plugin
import yaml

from tools.make import cached, causes, outputs, sources
from tools.read import minutes, places
from tools.read.edition import edited
from tools.read.places import BOOK, ROOT
from tools.read.plain import Unknown, plain

NOTEBOOKS = ROOT / "_build" / "notebooks"
INSTALLS = """\
import sys

try:
    import lstm_edu
except ModuleNotFoundError:
    if sys.platform == "emscripten":
        # JupyterLite in a browser: the package lies beside the notebook
        %pip install --quiet lstm-edu
    else:
        {otherwise}"""
NEEDS = (
    "This notebook needs the package lstm-edu: "
    "in a copy of the book's repository run `pip install .`"
)
SAYS = f'raise SystemExit("{NEEDS}")'
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
"""What a converter writes the code as."""
FOLDED = {"remove-input", "hide-input"}


def main() -> int:
    """Write a notebook for every chapter, or say which one cannot be written, and why."""
    try:
        written = write(NOTEBOOKS)
    except Unknown as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{len(written)} notebooks are in {NOTEBOOKS}")
    return 0


def chapters() -> list[str]:
    """The chapters with code, in the reading order."""
    return [name for name in places.order() if "{code-cell}" in places.source(name)]


def address() -> str:
    """The repository's address, or none.

    It is REPOSITORY_URL, which a deploying workflow knows, else that of `_config.yml`.
    """
    configured = (
        yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
        .get("repository", {})
        .get("url", "")
    )
    return (os.environ.get("REPOSITORY_URL") or configured or "").rstrip("/")


def write(folder: Path) -> list[Path]:
    """Write every chapter's notebook into `folder`, and return the paths.

    Raises Unknown for what has no plain form.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    others = shown()
    for name in chapters():
        text = edited((BOOK / f"{name}.md").read_text("utf-8"))
        source = jupytext.reads(text, fmt="md:myst")
        gave = outputs.of([cell.source for cell in source.cells if cell.cell_type == "code"])
        depends = (name, text, others, json.dumps(gave))
        try:
            made = cached.made("notebooks", depends, partial(written, name, gave))
        except Unknown as wrong:
            raise Unknown(f"book/{name}.md: {wrong}") from None
        paths.append(folder / f"{name}.ipynb")
        paths[-1].write_bytes(made)
    return paths


def written(name: str, gave: list[outputs.Outputs]) -> bytes:
    """The notebook of a chapter as its file holds it."""
    return f"{nbformat.writes(notebook(name, address(), gave))}\n".encode()


def shown() -> str:
    """One SHA-256 of what a notebook shows besides its chapter's text.

    It covers titles, minutes, sources, code, and the address.
    """
    code = [
        file for file in sources.of_pages() if file.suffix == ".bib" or not sources.is_text(file)
    ]
    pages = [f"{page} {places.title(page)} {minutes.promised(page)}" for page in places.order()]
    pages.append(minutes.said("route"))
    return sources.digest(code, address(), *pages)


def notebook(name: str, repository: str = "", gave: Iterable[outputs.Outputs] = ()) -> Any:
    """The notebook of one chapter.

    `repository` is where the package is installed from, if there is such an address.
    `gave` are the outputs of each code cell, in order.
    """
    source = jupytext.reads(edited(places.source(name)), fmt="md:myst")
    titles = {one: places.title(one) for one in chapters()}
    seen: list[str] = []
    bibliography = pybtex.database.parse_file(str(BOOK / "references.bib"))

    def cited(key: str) -> str:
        if key not in seen:
            seen.append(key)
        entry = bibliography.entries[key]
        authors = entry.persons.get("author", [])
        people = [" ".join(person.last_names) for person in authors] or [entry.fields["key"]]
        who = people[0] + (
            " et al." if len(people) > 2 else f" and {people[1]}" if len(people) == 2 else ""
        )
        when = f", {entry.fields['year']}" if "year" in entry.fields else ""
        return f"({who.replace('{', '').replace('}', '')}{when})"

    given = iter(gave)
    cells = [nbformat.v4.new_code_cell(first(repository))]
    for cell in source.cells:
        text = (
            cell.source
            if cell.cell_type == "code"
            else plain(cell.source, BOOK, cited, titles, minutes.said)
        )
        if cell.cell_type == "code":
            cells.append(code(text, set(cell.metadata.get("tags", [])), next(given, [])))
        elif text:
            cells += [markdown(part) for part in re.split(r"\n+(?=#### )", text)]
    if seen:
        cells.append(nbformat.v4.new_markdown_cell(references(bibliography, seen)))
    made = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": KERNEL, "language_info": LANGUAGE}
    )
    for number, cell in enumerate(made.cells):
        cell["id"] = f"{name}-{number}"  # the same at every making
    return made


def first(repository: str) -> str:
    """The cell that installs the package where it is missing.

    Else it says in a sentence what to install.
    """
    return INSTALLS.format(
        otherwise=f"%pip install --quiet git+{repository}" if repository else SAYS
    )


def code(text: str, tags: set[str], gave: outputs.Outputs) -> Any:
    """A code cell with what it gave, its text folded where the book does not show it."""
    folded = {"jupyter": {"source_hidden": True}} if tags & FOLDED else {}
    return nbformat.v4.new_code_cell(
        text, metadata=folded, outputs=[nbformat.from_dict(one) for one in gave]
    )


def markdown(text: str) -> Any:
    """A cell of text.

    JupyterLab folds a solution up to the next heading, and other readers show it.
    """
    folded = {"jp-MarkdownHeadingCollapsed": True} if text.startswith("#### Solution") else {}
    return nbformat.v4.new_markdown_cell(text, metadata=folded)


def references(bibliography: Any, keys: list[str]) -> str:
    """What a chapter cites, as a list."""
    style = pybtex.plugin.find_plugin("pybtex.style.formatting", "unsrt")()
    backend = pybtex.plugin.find_plugin("pybtex.backends", "markdown")()
    entries = style.format_entries([bibliography.entries[key] for key in keys])
    return "## References\n\n" + "\n".join(f"- {entry.text.render(backend)}" for entry in entries)


if __name__ == "__main__":
    sys.exit(causes.told(main))
