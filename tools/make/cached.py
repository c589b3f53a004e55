"""What a build keeps from the one before, in _build/cache.

Each result is kept under one SHA-256 of all that it depends on.
"""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / "_build" / "cache"
KEPT = 14 * 86400  # seconds for which a result is kept that no build asks for


def key(*depends: str | bytes) -> str:
    """One SHA-256 of everything that a result depends on."""
    total = hashlib.sha256()
    for part in depends:
        content = part.encode() if isinstance(part, str) else part
        total.update(f"{len(content)}:".encode() + content)
    return total.hexdigest()


def found(kind: str, name: str) -> bytes | None:
    """The result that was kept under this key, or None."""
    file = CACHE / kind / name
    if not file.exists():
        return None
    os.utime(file)
    return file.read_bytes()


def keep(kind: str, name: str, content: bytes) -> None:
    """Keep a result; a build that is stopped here leaves no half of one."""
    file = CACHE / kind / name
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)


def made(kind: str, depends: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    """The result of `make`.

    It is an earlier build's where everything that it depends on was the same.
    """
    name = key(*depends)
    content = found(kind, name)
    if content is None:
        content = make()
        keep(kind, name, content)
    return content


def prune() -> None:
    """Forget what no build of the last two weeks has asked for."""
    for file in CACHE.rglob("*"):
        if file.is_file() and time.time() - file.stat().st_mtime > KEPT:
            file.unlink()
