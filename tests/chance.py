"""What a test draws at random, from a seed that is printed.

So a failure can be made again (TEST_SEED=…).
"""

import os
import random


def drawn() -> random.Random:
    """A generator with the seed TEST_SEED, or with a new one; a test that fails shows it."""
    seed = int(os.environ.get("TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"to draw the same again: TEST_SEED={seed}")
    return random.Random(seed)
