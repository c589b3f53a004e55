"""Put the notebooks, and what Binder installs for them, into the repository's branch `notebooks`.

The branch holds one commit without a past: what it had before can be made again from the chapters.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.make import causes, launches, notebooks
from tools.read.places import ROOT

PYTHON = "python-3.13"  # as repo2docker, which builds for Binder, reads it from runtime.txt


def write(folder: Path, package: str) -> None:
    """Write the notebooks, and what Binder installs for them.

    It installs the package, and every version as the book's lock has it.
    repo2docker brings JupyterLab itself, so nothing else is needed.
    `package` is where pip gets ours from.
    """
    notebooks.write(folder)
    shutil.copy(ROOT / "requirements.txt", folder / "constraints.txt")
    (folder / "requirements.txt").write_text(f"--constraint constraints.txt\n{package}\n", "utf-8")
    (folder / "runtime.txt").write_text(f"{PYTHON}\n", "utf-8")


def main() -> int:
    """Write the notebooks and push them, or say in a sentence why not."""
    repository = notebooks.address()
    if not repository:
        print(
            "No repository address is known; set repository: url in _config.yml, or REPOSITORY_URL",
            file=sys.stderr,
        )
        return 1
    commit = publish(repository, os.environ.get("REMOTE", "origin"))
    print(f"The branch {launches.BRANCH} is now {commit[:9]}: {repository}/tree/{launches.BRANCH}")
    return 0


def publish(repository: str, remote: str) -> str:
    """Commit the notebooks to no branch of this clone, and push that to the branch of `remote`.

    The commit is returned.
    Binder installs the package as the current commit has it, which must be on GitHub too.
    """
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), f"git+{repository}@{git('rev-parse', 'HEAD')}")
        index = {"GIT_INDEX_FILE": str(Path(folder, ".index"))}
        here = ("--work-tree", folder)
        git(*here, "add", "--force", "--", *sorted(os.listdir(folder)), cwd=folder, **index)
        tree = git("write-tree", **index)
        commit = git("commit-tree", tree, "-m", "Publish the notebooks")
        git("push", "--force", remote, f"{commit}:refs/heads/{launches.BRANCH}")
        return commit


def git(*arguments: str, cwd: str | Path = ROOT, **env: str) -> str:
    """What a git command prints. Raises CalledProcessError where it fails."""
    command = ["git", "--git-dir", str(ROOT / ".git"), *arguments]
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(causes.told(main))
