"""Show the built site on this machine until Ctrl-C."""

import functools
import http.server
import os
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "_build" / "html"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and keeps silent about each."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Serve the site on loopback, at PORT or the first free port from 8000 on."""
    first = int(os.environ.get("PORT", "8000"))
    handler = functools.partial(Quiet, directory=str(SITE))
    for port in range(first, first + 20):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            continue
        print(f"The book is at http://127.0.0.1:{port}/ — Ctrl-C stops it.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
        return 0
    print(f"Ports {first} to {first + 19} are all taken; choose another: make serve PORT=9000", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
