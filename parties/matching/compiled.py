"""Find this package compiled to machine code, where somebody compiled it: the same answers, about twice as fast.

``scripts/compile_matcher.py`` does so with mypyc where the machine has a C compiler. What it makes lies in a folder
that is named by the sources it was made of, as Python names what it compiles itself: whoever edits a line gets the
edited line, in plain Python, until it is compiled anew.
"""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent
_NO_GAIN = ("__init__", "compiled", "evaluate", "fictional", "fictional_people", "learn", "learn_han", "learn_words")
"""What finds the others, what learns, and what makes names up."""
_RECORDS = ("result", "subject")
"""What leaves this package is copied and sent to other processes, as only plain records can be."""
AS_THEY_ARE = frozenset((*_NO_GAIN, *_RECORDS))
"""Modules that are not compiled."""
PLAIN = "PLAIN_MATCHER"
"""Set in the environment, this leaves aside what was compiled."""


def sources() -> list[Path]:
    """Return the files that are compiled, by name."""
    return sorted(path for path in HERE.glob("*.py") if path.stem not in AS_THEY_ARE)


def folder() -> Path:
    """Return where these very sources lie when compiled for this Python, whether or not they do."""
    digest = blake2b(digest_size=10)
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return Path(sys.prefix, "matcher", f"{sys.implementation.cache_tag}-{digest.hexdigest()}")


def search_path() -> list[str]:
    """Return the folder to look into before the sources, or nothing where it is not there or not wanted."""
    if os.environ.get(PLAIN):
        return []
    found = folder()
    return [str(found)] if found.is_dir() else []
