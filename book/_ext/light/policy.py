"""A Content-Security-Policy in every page.

It allows no script but the site's own and those that stand in the page.
"""

import base64
import hashlib
import re

META = '<meta http-equiv="Content-Security-Policy" content="{}" />'
INLINE = re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/))[^>]*>(.*?)</script>", re.S)
# the theme's two inline handlers, which a policy could let in only with 'unsafe-hashes'; pages.js
# listens instead
HANDLERS = {
    'onclick="window.print()"': 'data-does="print"',
    'onclick="toggleFullScreen()"': 'data-does="fullscreen"',
}
RULES = {
    "default-src": "'self'",  # Firefox fetches the next page ahead, and has no name for that
    "script-src": "'self' {inline}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}


def stands(html: str) -> bool:
    """Whether a page has its policy already."""
    return META.split("{")[0] in html


def given(html: str) -> str:
    """A page with its policy, first of all in its head.

    It has no inline handler that the policy would stop.
    """
    for handler, data in HANDLERS.items():
        html = html.replace(handler, data)
    digests = [hashlib.sha256(code.encode()).digest() for code in {*INLINE.findall(html)}]
    hashes = sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = "; ".join(f"{name} {value}" for name, value in RULES.items()).format(
        inline=" ".join(hashes)
    )
    meta = META.format(rules.replace(" ;", ";"))
    first = re.search(r"<meta charset[^>]*>", html)
    return f"{html[: first.end()]}\n    {meta}{html[first.end() :]}" if first else html
