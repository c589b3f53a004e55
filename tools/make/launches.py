"""Where a chapter's notebook can be run with no install.

It is beside the book, and elsewhere from the repository's address.
Elsewhere the notebooks lie in the branch `notebooks`, which `make publish-notebooks` writes;
`places` lead into it.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, urlencode

BRANCH = "notebooks"
LITE = "lite"  # the folder of the built site where JupyterLite lies, which `make lite` writes
# What a reader's browser fetches until the first cell has run,
# without NumPy and matplotlib; a test measures it.
LITE_MB = 23


class Place(NamedTuple):
    """A service that runs notebooks.

    It has a name, what a reader is told of it, and the address that opens a notebook there.
    """

    name: str
    says: str
    url: str


def beside(name: str) -> Place:
    """The JupyterLite site beside the book.

    It runs the notebook `name` in the reader's browser.
    """
    size = f"downloads about {LITE_MB} MB, and NumPy and matplotlib besides"
    says = f"Run in this browser: no install, no account. The first time it {size}"
    return Place(
        f"In the browser ({LITE_MB} MB)",
        says,
        f"../{LITE}/notebooks/index.html?path={quote(name)}.ipynb",
    )


def without_lite(html: str) -> str:
    """A page without the button to JupyterLite, and without the menu that held nothing else."""
    html = re.sub(rf'<li><a href="\.\./{LITE}/.*?</li>', "", html, flags=re.S)
    menu = r'<div class="dropdown dropdown-launch-buttons">\s*<button(?:(?!</?ul|<li).)*'
    return re.sub(rf'{menu}<ul class="dropdown-menu">\s*</ul>\s*</div>', "", html, flags=re.S)


def places(name: str, repository: str, hub: str = "") -> list[Place]:
    """The places that run the notebook `name` of a repository on GitHub; none without an address.

    `hub` is the address of a JupyterHub with nbgitpuller, for a class.
    Raises ValueError for an address elsewhere.
    """
    if not repository:
        return []
    found = re.fullmatch(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?", repository)
    if not found:
        raise ValueError(
            f"{repository!r} is no address like https://github.com/OWNER/NAME; "
            "leave it empty to show no buttons"
        )
    owner, project = found.groups()
    file = quote(f"{name}.ipynb")
    colab = f"https://colab.research.google.com/github/{owner}/{project}/blob/{BRANCH}/{file}"
    path = quote(f"lab/tree/{name}.ipynb", safe="")
    binder = f"https://mybinder.org/v2/gh/{owner}/{project}/{BRANCH}?urlpath={path}"
    opened = [
        Place("Colab", "Run in Google Colab: needs an account there", colab),
        Place("Binder", "Run on mybinder.org: no account, may take minutes to start", binder),
    ]
    if hub:
        pull = urlencode(
            dict(repo=repository, branch=BRANCH, urlpath=f"lab/tree/{project}/{name}.ipynb")
        )
        address = f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{pull}"
        opened.append(Place("JupyterHub", "Run on your class's JupyterHub", address))
    return opened
