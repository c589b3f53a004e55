"""What is published: the notebooks' branch, the places that open it, the release.

The workflow that does it all is looked at, too.
"""

import re
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
import yaml

from tests import tree
from tests.browser.figure import Figure, assert_clean, drive
from tests.browser.test_access import ASLEEP, WAKE
from tests.tree import ROOT
from tools.make import launches, notebooks, release

WORKFLOW = ROOT / ".github" / "workflows" / "book.yml"
REPOSITORY = "https://github.com/someone/some.book"


def test_every_place_leads_into_the_published_branch() -> None:
    colab, binder, hub = launches.places("cell", REPOSITORY, "https://hub.example.org/")
    assert (
        colab.url
        == "https://colab.research.google.com/github/someone/some.book/blob/notebooks/cell.ipynb"
    )
    assert urlparse(binder.url).path == "/v2/gh/someone/some.book/notebooks"
    assert parse_qs(urlparse(binder.url).query) == {"urlpath": ["lab/tree/cell.ipynb"]}
    assert hub.url.startswith("https://hub.example.org/hub/user-redirect/git-pull?")
    wanted = {
        "repo": [REPOSITORY],
        "branch": ["notebooks"],
        "urlpath": ["lab/tree/some.book/cell.ipynb"],
    }
    assert parse_qs(urlparse(hub.url).query) == wanted


def test_with_no_repository_there_is_no_place() -> None:
    assert launches.places("cell", "") == []
    with pytest.raises(ValueError, match="is no address like https:"):
        launches.places("cell", "https://example.org/book")


def test_the_address_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPOSITORY_URL", f"{REPOSITORY}/")
    assert notebooks.address() == REPOSITORY
    monkeypatch.delenv("REPOSITORY_URL")
    assert (
        notebooks.address()
        == yaml.safe_load((ROOT / "_config.yml").read_text())["repository"]["url"]
    )


@pytest.mark.slow
def test_the_branch_holds_the_notebooks_and_what_binder_installs(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    remote = tmp_path / "remote.git"

    def git(*words: object) -> str:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *who, *map(str, words)], cwd=project, capture_output=True, text=True, check=True
        )
        return done.stdout

    git("init", "-q", "--bare", remote)
    git("init", "-q")
    git("add", "README.md")
    git("commit", "-qm", "Begin")
    git("remote", "add", "origin", remote)
    job = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["notebooks"]
    # as on a machine where git knows nobody
    env = dict(job["env"], HOME=str(tmp_path), GIT_CONFIG_NOSYSTEM="1")
    for _ in range(2):  # the second time takes the first one's place
        done = tree.run("make", "publish-notebooks", cwd=project, REPOSITORY_URL=REPOSITORY, **env)
        assert done.returncode == 0, done.stdout
        assert f"{REPOSITORY}/tree/notebooks" in done.stdout
    held = git("--git-dir", remote, "ls-tree", "--name-only", "notebooks").split()
    binder = ["constraints.txt", "requirements.txt", "runtime.txt"]
    assert held == sorted([*(f"{name}.ipynb" for name in notebooks.chapters()), *binder])
    assert git("--git-dir", remote, "rev-list", "--count", "notebooks").strip() == "1"
    pinned = f"--constraint constraints.txt\ngit+{REPOSITORY}@{git('rev-parse', 'HEAD').strip()}\n"
    assert git("--git-dir", remote, "show", "notebooks:requirements.txt") == pinned
    assert (
        git("--git-dir", remote, "show", "notebooks:constraints.txt")
        == (ROOT / "requirements.txt").read_text()
    )
    assert f"%pip install --quiet git+{REPOSITORY}" in git(
        "--git-dir", remote, "show", "notebooks:cell.ipynb"
    )
    assert not git("status", "--porcelain", "--untracked-files=no"), (
        "the clone itself is left as it was"
    )


@pytest.mark.slow
def test_publishing_without_an_address_says_what_to_do(tmp_path: Path) -> None:
    project = tree.copy(tmp_path / "project", ".venv", "node_modules")
    done = tree.run("make", "publish-notebooks", cwd=project, REPOSITORY_URL=None)
    assert done.returncode != 0
    assert "No repository address is known; set repository: url in _config.yml" in done.stdout


@pytest.mark.slow
def test_the_workflow_is_valid_and_runs_nothing_but_make() -> None:
    schema = [
        ROOT / ".venv" / "bin" / "check-jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        WORKFLOW,
    ]
    done = subprocess.run(schema, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    steps = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    targets = tree.run("make", "help", cwd=ROOT).stdout
    for step in steps:
        verb, target = step.split()
        assert verb == "make" and f"\n{target} " in f"\n{targets}", step


def covering(folder: Path) -> list[str]:
    """Pages that have a figure of every kind between them, the richest first."""
    kinds = {
        page.name: {*re.findall(r'data-kind="(\w+)"', page.read_text("utf-8"))}
        for page in folder.glob("*.html")
    }
    chosen, left = [], set().union(*kinds.values())
    assert len(left) > 5
    while left:
        chosen.append(max(sorted(kinds), key=lambda name: len(kinds[name] & left)))
        left -= kinds[chosen[-1]]
    return chosen


@pytest.mark.slow
@pytest.mark.xdist_group("firefox")
def test_the_release_opens_by_double_click_with_everything_alive(
    site: Path, tmp_path: Path, open_page, firefox
) -> None:
    packed = release.pack(site, tmp_path / f"{release.name()}.zip")
    with zipfile.ZipFile(packed) as file:
        file.extractall(tmp_path)
    first = tmp_path / release.name() / "index.html"
    assert first.exists()
    pages = covering(first.parent / "book")
    for which in {}, {"browser": firefox}:
        page = open_page((first.parent / "book" / "backwards.html").as_uri(), **which)
        drive(Figure(page), False)
        assert_clean(page)
        for name in pages:
            page.goto((first.parent / "book" / name).as_uri())
            page.js(f"({WAKE})()")
            assert page.js(ASLEEP) == [], name
            assert_clean(page)
    page = open_page(first.as_uri())
    page.wait(
        "location.pathname.endsWith('/book/index.html') && document.readyState === 'complete'"
    )
    assert_clean(page)
