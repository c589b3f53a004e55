"""Figures that a test opens."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import notebook
from tests.browser.bridge import Browser, Page
from tests.browser.figure import Figure, Open
from tests.browser.gallery import Gallery, View


@pytest.fixture
def figure(open_page: Open, site: Path, browser: Browser) -> Callable[..., Figure]:
    """A function that opens a chapter by double-click, in each browser, and gives its figure."""
    return lambda chapter="backwards", **media: Figure(
        open_page(f"{site.as_uri()}/book/{chapter}.html", browser=browser, **media)
    )


@pytest.fixture(params=["chrome", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each of the two browsers in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """What writes pages with nothing but figures on them."""
    return Gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture
def opened(gallery: Gallery, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a page with these figures, in each browser.

    The page is closed afterwards.
    """
    pages: list[Page] = []

    def start(views: list[View], **media: Any) -> Page:
        pages.append(gallery.open(browser, views, **media))
        return pages[-1]

    yield start
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the JupyterLab that all tests share."""
    with notebook.started(tmp_path_factory.mktemp("lab")) as address:
        yield address
