"""Write sheets for pencil and paper, one for each seed.

Their keys stand apart, and all keys stand in one table.
"""

import csv
import os
import sys
from pathlib import Path

from lstm_edu.course import pencil
from tools.make import causes

FOLDER = Path(__file__).resolve().parents[2] / "_build" / "homework"


def main() -> int:
    """Write what SEED names, or say what is wrong with it."""
    seeds = os.environ.get("SEED", "").split() or ["1"]
    if wrong := [seed for seed in seeds if not seed.isdecimal()]:
        print(
            f'SEED has {wrong[0]!r}; give whole numbers, as in make homework SEED="1 2 3"',
            file=sys.stderr,
        )
        return 1
    write([int(seed) for seed in seeds], FOLDER)
    print(f"{len(seeds)} sheets, their keys and keys.csv are in {FOLDER}")
    return 0


def write(seeds: list[int], folder: Path) -> None:
    """Write `sheet-7.html` and `key-7.html` for each seed, and `keys.csv`.

    The table's columns are seed, name, step (0: the sum), value.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "keys.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["seed", "name", "step", "value"])
        for seed in seeds:
            made = pencil.sheet(seed)
            made.write(folder / f"sheet-{seed}.html", key=False)
            made.write(folder / f"key-{seed}.html", blanks=False)
            table.writerows(
                [seed, name, t, f"{value:.{pencil.DIGITS}f}"]
                for (name, t), value in made.key.items()
            )


if __name__ == "__main__":
    sys.exit(causes.told(main))
