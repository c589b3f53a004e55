"""What a reader's copy of a formula, a paragraph and a table says, in each browser."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lstm_edu.text import as_numpy
from tests.browser.bridge import Browser, Page
from tests.browser.figure import CHAPTERS, Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("copy")]

HEAR = """addEventListener("copy", (event) => {
    const { clipboardData: data } = event;
    globalThis.copied = ["text/plain", "text/html"].map((kind) => data.getData(kind));
})"""
SELECT = """(selector, k) => {
    const one = document.querySelectorAll(selector)[k];
    for (let fold = one; fold; fold = fold.parentElement) if (fold.localName === "details")
        fold.open = true;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    getSelection().selectAllChildren(one);
}"""
OFFERS = """k => [...document.querySelectorAll(".take")[k].querySelectorAll("button")]
    .map((one) => one.textContent)"""
REACH = """(k, n) => {
    const take = document.querySelectorAll(".take")[k];
    take.open = true;
    take.querySelectorAll("button")[n].focus();
}"""
OPEN_FOLDS = """document.querySelectorAll(".toggle-hidden").forEach(
    (fold) => fold.querySelector(".toggle-button").click())"""
PREAMBLE = "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n"


def opened(open_page: Open, site: Path, browser: Browser, name: str, **window: int) -> Page:
    page = open_page(f"{site.as_uri()}/book/{name}.html", browser=browser, **window)
    page.js(OPEN_FOLDS)
    page.js(HEAR)
    return page


def copied(page: Page, selector: str, k: int = 0) -> list[str]:
    """The words and the markup on the clipboard once a reader selects an element and copies."""
    page.js("globalThis.copied = null")
    page.js(SELECT, selector, k)
    page.press("Control", "c")
    return page.js("globalThis.copied")


def taken(page: Page, k: int) -> dict[str, str]:
    """What each button beside the formula of this number copies, by the keys, by name."""
    found = {}
    for n, name in enumerate(page.js(OFFERS, k)):
        page.js(REACH, k, n)
        page.press("Enter")
        found[name] = page.js("globalThis.copied[0]")
        assert page.js("document.activeElement.textContent") == "Copied"
    return found


def typeset(texts: list[str], folder: Path) -> None:
    """Set formulas in one LaTeX document, each in a paragraph of its own."""
    if not (latex := shutil.which("pdflatex")):
        pytest.skip("pdflatex is not installed; the formulas were copied, and not set")
    file = folder / "copied.tex"
    file.write_text("\n\n".join([PREAMBLE, *texts, "\\end{document}\n"]), "utf-8")
    command = [latex, "-halt-on-error", "-interaction=nonstopmode", file.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


def test_every_displayed_formula_is_copied_once_and_latex_sets_it(
    browser: Browser, open_page: Open, site: Path, tmp_path: Path
) -> None:
    texts: list[str] = []
    for name in CHAPTERS:
        page = opened(open_page, site, browser, name)
        count = page.js("document.querySelectorAll('.katex-display').length")
        for k in range(count):
            plain, markup = copied(page, ".katex-display", k)
            by_button = taken(page, k)
            latex = by_button["LaTeX"]
            assert plain == f"$${latex}$$", "the formula once, and nothing else"
            assert markup.count("$$") == 2
            assert by_button.get("NumPy") == as_numpy.of_latex(latex)
            assert not re.search(r"[\\{}$]", by_button["Plain text"])
            texts += [plain, f"\\[{latex}\\]"]
        latex = page.js(
            "[...document.querySelectorAll('span.math annotation')].map(a => a.textContent)"
        )
        texts += [f"${one}$" for one in latex]
        page.close()
    assert len(texts) > 100
    typeset([*dict.fromkeys(texts)], tmp_path)


PARAGRAPH = """() => {
    const all = [...document.querySelectorAll("article p")];
    const count = (one) => one.querySelectorAll(".katex").length;
    const most = all.reduce((a, b) => count(b) > count(a) ? b : a);
    most.dataset.test = "most";
    const copy = most.cloneNode(true);
    copy.querySelectorAll(".katex").forEach((one) => one.replaceWith("$"));
    return [count(most), copy.textContent];
}"""

PART = """(() => {
    const letter = document.querySelector("p[data-test=most] .katex-html .mord").firstChild;
    getSelection().setBaseAndExtent(letter, 0, letter, 1);
})()"""


def words(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def test_a_paragraph_is_copied_with_its_formulas(
    browser: Browser, open_page: Open, site: Path
) -> None:
    page = opened(open_page, site, browser, "weights")
    count, text = page.js(f"({PARAGRAPH})()")
    for found in copied(page, "p[data-test=most]"):
        assert found.count("$") == 2 * count > 4
        assert "katex" not in found and "htmlData" not in found
    plain = copied(page, "p[data-test=most]")[0]
    assert words(re.sub(r"\$[^$]*\$", "$", plain)) == words(text)
    page.js(PART)
    page.press("Control", "c")
    letter = page.js("globalThis.copied[0]")
    assert plain.count(letter) >= 1 and letter.count("$") == 2, "a part of a formula is all of it"


CELLS = """table => [...document.querySelectorAll(table + " tr")].map((row) => [...row.cells].map(
    (cell) => cell.querySelector(".katex") ? "$" : cell.innerText.trim().replace(/\\s+/g, " ")))"""


@pytest.mark.parametrize(("name", "table"), [("backwards", "table.stamp"), ("sheet", "table")])
def test_a_table_goes_into_a_spreadsheet(
    name: str, table: str, browser: Browser, open_page: Open, site: Path
) -> None:
    page = opened(open_page, site, browser, name)
    page.js(f"document.querySelector('article {table}').dataset.test = 'table'")
    wanted = page.js(CELLS, "table[data-test]")
    for selector in ("table[data-test]", "table[data-test] tbody"):
        plain, markup = copied(page, selector)
        rows = [line.split("\t") for line in plain.splitlines()][-len(wanted) :]
        assert "<table" in markup
        for row, cells in zip(reversed(rows), reversed(wanted), strict=False):
            assert len(row) == len(cells)
            assert all(a == number(b) or "$" in b for a, b in zip(row, cells, strict=True)), row


def number(cell: str) -> str:
    """A cell as a spreadsheet reads it: the minus of a number is a hyphen."""
    return re.sub(r"^−(?=[\d.]+$)", "-", cell)


BOXES = """() => [...document.querySelectorAll(".take")].map((take) => {
    const { height } = document.body.getBoundingClientRect();
    take.open = true;
    const [summary, row] = [...take.children].map((one) => one.getBoundingClientRect());
    const after = document.body.getBoundingClientRect().height;
    const formula = take.previousElementSibling.getBoundingClientRect();
    take.open = false;
    const named = take.firstChild.ariaLabel.startsWith("Copy ");
    return [after - height, summary.left - formula.right, row.left,
        innerWidth - summary.right, Math.min(summary.width, summary.height), named];
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_the_button_has_its_own_place_and_moves_nothing(
    width: int, browser: Browser, open_page: Open, site: Path
) -> None:
    page = opened(open_page, site, browser, "weights", width=width)
    boxes: list[list[Any]] = page.js(f"({BOXES})()")
    assert boxes
    for moved, gap, left, right, size, named in boxes:
        assert moved == 0 and gap >= 0 and left >= 0 and right >= 0 and size >= 24 and named
