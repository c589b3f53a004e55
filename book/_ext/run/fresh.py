"""Which pages are written again when one changes: only those that show something of it.

A page shows the titles of all pages, and the numbers, labels and sections that it refers to. As
long as none of these has changed in any page, a changed page is written alone; otherwise all are.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

SHOWN = {"std": ("labels", "anonlabels", "objects", "terms"), "math": ("objects",)}


def shared(env: BuildEnvironment) -> str:
    """One SHA-256 of all that one page can show of another."""
    pages = sorted(env.found_docs)
    parts: list[Any] = [
        [page, env.titles[page].pformat(), env.tocs[page].pformat()] for page in pages
    ]
    parts += [[env.toc_secnumbers.get(page), env.toc_fignumbers.get(page)] for page in pages]
    parts += [
        sorted(env.domaindata[domain].get(kind, {}).items())
        for domain, kinds in SHOWN.items()
        for kind in kinds
    ]
    cited = env.domaindata.get("cite", {}).get("citation_refs", [])
    parts.append(
        sorted((one.docname, *sorted(target.key for target in one.targets)) for one in cited)
    )
    boxes = getattr(env, "sphinx_exercise_registry", {})
    parts.append(
        sorted(
            (label, one["docname"], one["node"].get("title", "")) for label, one in boxes.items()
        )
    )
    parts += [Path(env.srcdir, file).read_text("utf-8") for file in env.config.bibtex_bibfiles]
    # words that Sphinx translates are no strings before they are written down
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """All pages, where something that one shows of another is not what it was before.

    It is compared with the build before.
    """
    before, now = getattr(env, "shared_of_pages", ""), shared(env)
    # Sphinx keeps it with all that it remembers
    env.shared_of_pages = now  # type: ignore[attr-defined]
    if before != now or not memory(app).exists():
        return env.found_docs
    env._search_index_index_entries |= json.loads(memory(app).read_text("utf-8"))
    return []


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the search knows of the index.

    Sphinx loses it: it remembers before it writes.
    """
    if exception is None and app.builder.format == "html":
        memory(app).write_text(json.dumps(app.env._search_index_index_entries), "utf-8")


def memory(app: Sphinx) -> Path:
    """The file that holds the lines of the index by page."""
    return Path(app.doctreedir, "index.json")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners with Sphinx.

    The first comes after the one that numbers sections, figures and exercises.
    """
    app.connect("env-get-updated", updated, priority=900)
    app.connect("build-finished", remember, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
