"""Show the built site on this machine until Ctrl-C."""

import functools
import http.server
import os
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
TRIED = 20  # ports, from the first one on


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and keeps silent about each."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Serve the site on loopback, at PORT or the first free port from 8000 on.

    Where that is not possible, a sentence says why.
    """
    wanted = os.environ.get("PORT") or "8000"
    first = int(wanted) if wanted.isdecimal() else 0
    if not 1 <= first <= 65535:
        print(
            f"PORT={wanted} is no port; choose one from 1 to 65535: make serve PORT=9000",
            file=sys.stderr,
        )
        return 1
    if not (SITE / "index.html").exists():
        print(
            f"The book is not built yet ({SITE} holds no index.html); run: make book",
            file=sys.stderr,
        )
        return 1
    ports = range(first, min(first + TRIED, 65536))
    server = first_free(ports)
    if not server:
        print(
            f"Ports {ports[0]} to {ports[-1]} are all taken; choose another: make serve PORT=9000",
            file=sys.stderr,
        )
        return 1
    print(f"The book is at http://127.0.0.1:{server.server_port}/ — Ctrl-C stops it.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


def first_free(ports: range) -> http.server.ThreadingHTTPServer | None:
    """A server of the site at the first port that is free, or None where none is."""
    for port in ports:
        try:
            return http.server.ThreadingHTTPServer(
                ("127.0.0.1", port), functools.partial(Quiet, directory=str(SITE))
            )
        except OSError:
            continue
    return None


if __name__ == "__main__":
    sys.exit(main())
