"""How many rows an acceptance case has: a part in every run, all of them with FULL_SIZE=1, which takes minutes."""

import os


def rows(part: int, whole: int) -> int:
    """Return the whole where it was asked for, else the part."""
    return whole if os.environ.get("FULL_SIZE") else part
