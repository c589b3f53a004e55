"""A real browser for the tests.

One long-lived node process drives it through puppeteer, with lines of JSON in both directions.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from lstm_edu.widgets.kit.node import NODE
from tests.tree import ROOT
from tools.make import browser


def path_of(name: str) -> str:
    """The program of the browser `chrome` or `firefox`.

    A missing one fails the test with a sentence.
    """
    path = (
        browser.find()
        if name == "chrome"
        else shutil.which("firefox-esr") or shutil.which("firefox")
    )
    if not path:
        raise FileNotFoundError(
            f"no {name} was found for the browser tests; `make test` says how to get one"
        )
    return path


def inside(frame: int | None) -> dict[str, int]:
    """What tells the driver to look into a frame."""
    return {} if frame is None else {"frame": frame}


class Browser:
    """One browser; `open` gives a page of its own profile, closed with the browser."""

    def __init__(self, name: str = "chrome") -> None:
        command = [NODE, Path(__file__).with_name("driver.mjs"), name, path_of(name)]
        self.name, self.ids = name, itertools.count()
        self.process = subprocess.Popen(
            command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def call(self, call: str, page: int | None = None, **args: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        wanted = next(self.ids)
        self.process.stdin.write(
            json.dumps(dict(id=wanted, call=call, page=page, args=args)) + "\n"
        )
        self.process.stdin.flush()
        answer = json.loads(
            self.process.stdout.readline() or '{"error": "the browser\'s driver ended"}'
        )
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def open(self, url: str = "", width: int = 1280, height: int = 900, **media: int) -> "Page":
        page = Page(self, self.call("open", width=width, height=height, **media))
        if url:
            page.goto(url)
        return page

    def close(self) -> None:
        self.process.communicate(timeout=600)


class Page:
    """One page: what a reader does with it, and what it said, threw and asked for (`seen`)."""

    def __init__(self, browser: Browser, number: int) -> None:
        self.browser, self.number, self.closed = browser, number, False

    def call(self, call: str, **args: Any) -> Any:
        return self.browser.call(call, self.number, **args)

    def goto(self, url: str) -> None:
        self.call("goto", url=url)

    def js(self, code: str, *args: Any, frame: int | None = None) -> Any:
        """The value of a JavaScript expression, or of a function called with `args`.

        It is that of the page, or of one of the frames in it.
        """
        called = f"({code})({', '.join(map(json.dumps, args))})" if args else code
        return self.call("evaluate", code=called, **inside(frame))

    def wait(self, code: str, seconds: float = 120, frame: int | None = None) -> None:
        """Wait until a JavaScript expression holds, in the page or in one of its frames.

        Where it never does, a picture of the page is left to look at.
        """
        try:
            self.call("wait", code=code, timeout=1000 * seconds, **inside(frame))
        except RuntimeError as late:
            shot = ROOT / "_build" / "screenshots" / "waited-in-vain.png"
            shot.parent.mkdir(parents=True, exist_ok=True)
            self.screenshot(shot)
            raise RuntimeError(f"{late}; waited for {code}; the page looked like {shot}") from None

    def press(self, *keys: str, held: int = 0) -> None:
        """Press keys together, as in press("Shift", "Tab"), and hold them for some milliseconds."""
        self.call("press", keys=list(keys), held=held)

    def type(self, text: str) -> None:
        self.call("type", text=text)

    def box(self, selector: str) -> dict[str, float]:
        """The place in the window of the first element of a selector, in its middle.

        It is taken once the element stands still."""
        code = """async selector => {
            const frame = () => new Promise(requestAnimationFrame);
            let [last, still] = ["", 0];
            for (let k = 0; k < 200 && still < 3; k++) {
                const element = document.querySelector(selector);
                element.scrollIntoView({ block: "center", behavior: "instant" });
                const { x, y, width, height } = element.getBoundingClientRect();
                const now = JSON.stringify({ x, y, width, height });
                [still, last] = [now === last ? still + 1 : 0, now];
                await frame();
            }
            return JSON.parse(last);
        }"""
        return self.js(code, selector)

    def click(self, selector: str) -> None:
        box = self.box(selector)
        self.call(
            "mouse", steps=[["click", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]]
        )

    def drag(self, selector: str, start: float, end: float) -> None:
        """Drag along the middle of an element, from one fraction of its width to another."""
        box = self.box(selector)
        y = box["y"] + box["height"] / 2
        at = [
            (box["x"] + fraction * box["width"], y) for fraction in (start, (start + end) / 2, end)
        ]
        self.call(
            "mouse", steps=[["move", *at[0]], ["down"], ["move", *at[1]], ["move", *at[2]], ["up"]]
        )

    def viewport(self, width: int, height: int = 900) -> None:
        self.call("viewport", width=width, height=height)

    def screenshot(self, path: str | os.PathLike[str], whole: bool = False) -> None:
        self.call("screenshot", path=str(path), fullPage=whole)

    def printed(self, path: Path) -> int:
        """Print the page into a file; on how many pages of paper."""
        self.call("pdf", path=str(path))
        return len(re.findall(rb"/Type /Page\b", path.read_bytes()))

    def seen(self) -> dict[str, list[Any]]:
        """What the page said, threw, asked for and missed.

        Those are `console`, `errors`, `requests` (those to other hosts in `outside`), `failed`.
        """
        return self.call("seen")

    def close(self) -> None:
        if not self.closed:
            self.call("close")
        self.closed = True
