"""The figures on pages with a strict policy."""

import base64
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.bridge import Browser
from tests.browser.figure import Figure, Open, assert_clean, drive, url
from tests.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]

Changed = Callable[[str, Callable[[str], str]], Path]


@pytest.fixture
def changed(site: Path, tmp_path: Path) -> Changed:
    """A function that copies the site with one chapter changed, and gives the copy as a project that can be served."""

    def change(chapter: str, how: Callable[[str], str]) -> Path:
        folder = tmp_path / "_build" / "html"
        shutil.copytree(site, folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "tools", tmp_path / "tools", dirs_exist_ok=True)
        page = folder / "book" / f"{chapter}.html"
        page.write_text(how(page.read_text("utf-8")), "utf-8")
        return tmp_path

    return change


def strict(html: str) -> str:
    """A page with a policy that lets in the site's own scripts, and of inline ones those it has now, by their hash."""
    inline = re.findall(r"<script(?![^>]*(?:src=|application/|text/x))[^>]*>(.*?)</script>", html, flags=re.S)
    inline += [handler.replace("&quot;", '"') for handler in re.findall(r'\son\w+="([^"]*)"', html)]
    hashes = {base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inline}
    allowed = " ".join(f"'sha256-{digest}'" for digest in sorted(hashes))
    policy = (
        f"default-src 'self'; script-src 'self' 'unsafe-hashes' {allowed};"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"
    )
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


@pytest.mark.parametrize("place", ["http", "file"])
def test_figures_live_under_a_content_security_policy(
    place: str, changed: Changed, open_page: Open, serve: Callable[[Path], str]
) -> None:
    project = changed("backwards", strict)
    page = open_page(url(place, project / "_build" / "html", serve(project), "book/backwards.html"))
    refused = "new Promise(done => { const s = document.createElement('script'); s.textContent = 'globalThis.in = 1';"
    page.js(refused + " document.head.append(s); setTimeout(done, 50) })")
    assert page.js("globalThis.in === undefined"), "the policy is not in force"
    complaints = [said["text"] for said in page.seen()["console"] if said["type"] == "error"]
    assert len(complaints) == 1, complaints
    drive(Figure(page), forward_only=False)
    assert len([said for said in page.seen()["console"] if said["type"] == "error"]) == 1


@pytest.mark.xdist_group("firefox")
def test_figures_live_under_a_policy_in_firefox_too(changed: Changed, open_page: Open, firefox: Browser) -> None:
    html = changed("backwards", strict) / "_build" / "html"
    page = open_page(f"{html.as_uri()}/book/backwards.html", browser=firefox)
    drive(Figure(page), forward_only=False)
    assert_clean(page)
