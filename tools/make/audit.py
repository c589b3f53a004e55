"""Measure every chapter with Lighthouse, against what the book promises.

It is measured as a phone on a slow line would meet it.
Performance is the median of five runs after one that does not count, because single runs differ by
twenty points. A chapter may be named to measure it alone, and `--runs 1` gives a quick look.
`make test` checks what does not vary.
"""

import argparse
import functools
import gzip
import hashlib
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

from tools.make import browser, causes, serve
from tools.read.places import ROOT

KIT = ROOT / "tools" / "lighthouse"
PLACE = ROOT / "_build" / "lighthouse"
NODE = ROOT / ".venv" / "bin" / "node"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update"
)
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
MEASURED = {"shift": "cumulative-layout-shift", "bytes": "total-byte-weight"}
LEAST = 97  # performance
MOST_SHIFT = 0.02  # cumulative layout shift
PACKED = {".html", ".css", ".js", ".mjs", ".svg", ".json", ".wasm"}

Score = dict[str, float]


class Packing(serve.Quiet):
    """Serves files as a web host does: texts gzipped, names with a digest to keep."""

    def do_GET(self) -> None:  # noqa: N802 - the name is http.server's
        """Send a file."""
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if file.suffix in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header(
            "Cache-Control", "public, max-age=" + ("600" if file.suffix == ".html" else "31536000")
        )
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def install() -> None:
    """Fetch Lighthouse as its lock names it, where it is not there.

    The book itself does not need it.
    """
    lock = (KIT / "package-lock.json").read_bytes()
    stamp = PLACE / "lock.sha256"
    if stamp.exists() and stamp.read_text() == hashlib.sha256(lock).hexdigest():
        return
    print("Fetching Lighthouse (once; about 180 MB on disk) …", flush=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(KIT / name, PLACE)
    env = dict(os.environ, PATH=f"{NODE.parent}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(
        [NODE.parent / "npm", "ci", "--silent", "--no-audit", "--no-fund"],
        cwd=PLACE,
        env=env,
        check=True,
    )
    stamp.write_text(hashlib.sha256(lock).hexdigest())


def measure(url: str, chrome: str) -> Score:
    """One run of Lighthouse over a page, by the names of CATEGORIES, `shift` and `bytes`.

    Complaints are printed.
    """
    command = [
        str(NODE),
        str(PLACE / "node_modules" / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
    ]
    command += [
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--no-enable-error-reporting",
    ]
    env = dict(os.environ, CHROME_PATH=chrome)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Lighthouse could not measure {url}: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    score = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    for name in CATEGORIES[1:]:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {url}: {name}: {audit['title']}", file=sys.stderr)
    return score | {
        name: report["audits"][audit]["numericValue"] for name, audit in MEASURED.items()
    }


def summary(runs: list[Score]) -> Score:
    """The median performance of the runs after the first, and the worst of everything else."""
    counted = runs[1:] or runs
    worst = {name: min(run[name] for run in counted) for name in CATEGORIES[1:]}
    performance = statistics.median(run["performance"] for run in counted)
    return {"performance": performance, **worst} | {
        name: max(run[name] for run in counted) for name in MEASURED
    }


def misses(scores: dict[str, Score]) -> list[str]:
    """What falls short of the promises, a sentence each."""
    found = []
    for name, score in scores.items():
        if score["performance"] < LEAST:
            found.append(f"{name}: performance is {score['performance']:.0f}, promised {LEAST}")
        found += [
            f"{name}: {part} is {score[part]:.0f}, promised 100"
            for part in CATEGORIES[1:]
            if score[part] < 100
        ]
        if score["shift"] >= MOST_SHIFT:
            found.append(
                f"{name}: the layout shifts by {score['shift']:.3f}, "
                f"promised less than {MOST_SHIFT}"
            )
    return found


def main() -> int:
    """Measure, print a table, and say what falls short; the exit code is 1 where anything does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "chapters", nargs="*", help="the chapters to measure; all where none is named"
    )
    parser.add_argument(
        "--runs", type=int, default=6, help="runs a page; the first of several does not count"
    )
    asked = parser.parse_args()
    chrome = browser.find()
    built = {file.stem: file for file in sorted((serve.SITE / "book").glob("*.html"))}
    unknown = set(asked.chapters) - built.keys()
    if not chrome or not built or unknown or asked.runs < 1:
        print(
            "Measuring needs the built book, a Chromium, chapters that exist and at least one run.",
            file=sys.stderr,
        )
        print(f"Chapters: {' '.join(built) or 'none is built; run make book'}", file=sys.stderr)
        return 1
    install()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Packing, directory=str(serve.SITE))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/book"
    scores = {}
    print(f"{'chapter':14} performance accessibility practices  seo  shift   kB", flush=True)
    for name in asked.chapters or built:
        runs = [measure(f"{address}/{name}.html", chrome) for _ in range(asked.runs)]
        scores[name] = summary(runs)
        cells = [
            f"{scores[name][part]:>{width}.0f}"
            for part, width in zip(CATEGORIES, (11, 13, 9, 4), strict=True)
        ]
        shift, kilobytes = scores[name]["shift"], scores[name]["bytes"] / 1000
        print(f"{name:14} {' '.join(cells)}  {shift:.3f}  {kilobytes:3.0f}", flush=True)
    server.shutdown()
    found = misses(scores)
    print("\n".join(found) or "Every page keeps what the book promises.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(causes.told(main))
