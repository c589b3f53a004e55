"""Where the project and the book lie, and which pages there are, in which order."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
PART_C = ["forgetting", "carousel"]  # what 2(c) of the homework needs besides the fast route


def toc() -> dict:
    """The table of contents, as `_toc.yml` has it."""
    return yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))


def order() -> list[str]:
    """The pages of the book, in the reading order."""
    return re.findall(r"book/([\w-]+)", (ROOT / "_toc.yml").read_text("utf-8"))


def source(page: str) -> str:
    """The text of a page."""
    return (BOOK / f"{page}.md").read_text("utf-8")


def title(page: str) -> str:
    """The heading of a page."""
    return f"\n{source(page)}".partition("\n# ")[2].partition("\n")[0]


def teaching() -> list[str]:
    """The chapters that teach: those of every part but the reference."""
    parts = toc().get("parts", [])
    chapters = [
        one["file"] for part in parts if part["caption"] != "Reference" for one in part["chapters"]
    ]
    return [file.rpartition("/")[2] for file in chapters]


def fast() -> list[str]:
    """The fast route: the first page, and the chapters that its table gives a student."""
    [row] = re.findall(r"^\| a \*\*student\*\*.*", source("index"), re.M) or [""]
    return ["index", *re.findall(r"\((\w+)\.md\)", row)]
