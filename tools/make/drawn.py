"""Still pictures as PNG, which every reader of notebooks shows, drawn by the browser there is."""

import base64
from collections.abc import Iterable
from pathlib import Path

from lstm_edu.widgets.kit import node, pictures
from tools.make import browser, cached
from tools.read.places import ROOT

PROGRAM = Path(__file__).with_name("draw.mjs")
SCALE = 1.5  # pixels of a picture for one of a page
# what only a hand needs is left out
PAGE = (
    "<!doctype html><html lang='en'><meta charset='utf-8'>{sheet}"
    "<style>.corner, .prompts, .ab-fold {{ display: none !important }}</style>{markup}"
)


def pngs(markup: Iterable[str]) -> dict[str, str]:
    """The picture of each still as base64, by its markup; nothing where no Chromium is found."""
    names = {one: cached.key(PROGRAM.read_bytes(), PAGE, page(one)) for one in markup}
    missing = {name: page(one) for one, name in names.items() if not found(name)}
    if missing and (program := chromium()):
        for name, picture in asked(program, missing).items():
            cached.keep("pictures", name, picture.encode())
    return {one: picture for one, name in names.items() if (picture := found(name))}


def width(png: str) -> int:
    """How many pixels of a page a picture is wide: its 24 first bytes end with its own size."""
    head = base64.b64decode(png[:32])
    return round(int.from_bytes(head[16:20]) / SCALE)


def page(markup: str) -> str:
    """A page with a still picture alone."""
    return PAGE.format(sheet=pictures.style(), markup=markup)


def found(name: str) -> str:
    """The picture that is kept under a name, or nothing."""
    return (cached.found("pictures", name) or b"").decode()


def chromium() -> str | None:
    """The browser that the tests drive, or None: pictures are worth no failed build."""
    try:
        return browser.find()
    except FileNotFoundError:
        return None


def asked(program: str, pages: dict[str, str]) -> dict[str, str]:
    """What draw.mjs draws of some pages. Raises RuntimeError, with its words, where it fails."""
    try:
        return node.answer(PROGRAM, dict(browser=program, scale=SCALE, pages=pages), ROOT)
    except RuntimeError as error:
        raise RuntimeError(f"the notebooks' pictures could not be drawn: {error}") from None
