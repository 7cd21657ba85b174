"""The process that makes one clean copy: reads the file, shuts itself in, opens it, writes the copy, ends.

Called as `python -I cell.py WAY EXTENSION` with the file on standard input. Answers with one line of JSON, either
{"extension", "size", "guarded"} followed by the copy, or {"why"}. A crash or a limit is an answer without a line.
"""

import codecs
import importlib
import json
import os
import sys
from pathlib import Path

MEMORY = {"picture": 130, "heic": 190, "webp": 190, "sound": 60, "paper": 76, "office": 76}
SECONDS = 60
MEGABYTE = 1024 * 1024
MAKERS = {"picture": "pictures", "sound": "sounds", "paper": "papers", "office": "offices"}


def main() -> None:
    """Make the copy."""
    way, extension = sys.argv[1], sys.argv[2]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from core.cleaning import walls

    maker = importlib.import_module(f"core.cleaning.{MAKERS[way]}")
    for encoding in ("ascii", "latin-1", "cp437", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        codecs.lookup(encoding)
    maker.prepare()
    data = sys.stdin.buffer.read()
    guarded = walls.shut_in(memory=MEMORY.get(extension, MEMORY[way]) * MEGABYTE, seconds=SECONDS)
    copy = b""
    try:
        copy, made = maker.clean(data)
        answer = {"extension": made, "size": len(copy), "guarded": guarded}
    except maker.NotCleaned as reason:
        answer = {"why": str(reason)}
    except MemoryError:
        answer = {"why": "too_large"}
    except Exception:  # whatever a hostile file makes a library say: the file is withheld, and that is the answer
        answer = {"why": "not_readable"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.write(copy)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
