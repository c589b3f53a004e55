"""The edition for a class: with SOLUTIONS=off no page and no file of the site holds a solution."""

from pathlib import Path

from sphinx.application import Sphinx

from tools.read import edition


def read(app: Sphinx, page: str, text: list[str]) -> None:
    """Give Sphinx the page as this edition has it."""
    text[0] = edition.edited(text[0])


def write(app: Sphinx, exception: Exception | None) -> None:
    """Let the sources that readers may download be of the same edition."""
    if exception is None and app.builder.format == "html":
        for source in Path(app.outdir, "_sources").rglob("*.md"):
            source.write_text(edition.edited(source.read_text("utf-8")), "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx."""
    app.connect("source-read", read)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
