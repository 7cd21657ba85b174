"""Have a clean copy made in a process of its own, which knows no key, within bounds of memory, time and answer."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from core.cleaning import kinds
from core.cleaning.kinds import Kind
from core.cleaning.reasons import BUSY, NOT_READABLE, REASONS, TOO_LARGE, TOO_SLOW

AT_ONCE = 2
WAIT_SECONDS = 40.0
MOST_SECONDS = 75.0
MOST_COPY = 40 * 1024 * 1024
_seats = threading.BoundedSemaphore(AT_ONCE)
_PROGRAM = str(Path(__file__).with_name("cell.py"))


@dataclass(frozen=True)
class Copy:
    """A clean copy with its kind, or the code of why there is none."""

    data: bytes | None = field(default=None, repr=False)
    kind: Kind | None = None
    why: str = ""


def clean(data: bytes, kind: Kind) -> Copy:
    """Return a copy that carries nothing but what is seen or heard, or why none could be made; never the original."""
    if kind.way == "text":
        return Copy(kinds.plain(data), kind)
    if not _seats.acquire(timeout=WAIT_SECONDS):
        return Copy(why=BUSY)
    try:
        return _read(*_run(data, kind))
    finally:
        _seats.release()


def _run(data: bytes, kind: Kind) -> tuple[bytes, str]:
    """Run the cell; return what it wrote and, where it was stopped, why."""
    cell = subprocess.Popen(  # noqa: S603 - our own file, codes as arguments
        [sys.executable, "-I", _PROGRAM, kind.way, kind.extension],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
        start_new_session=True,
    )  # fmt: skip
    stopped: list[str] = []

    def stop() -> None:
        stopped.append(TOO_SLOW)
        cell.kill()

    watch = threading.Timer(MOST_SECONDS, stop)
    feed = threading.Thread(target=_feed, args=(cell, data), daemon=True)
    watch.start()
    feed.start()
    try:
        with cell:
            assert cell.stdout is not None  # noqa: S101 - a pipe was asked for
            answer = cell.stdout.read(MOST_COPY + 1)
            if len(answer) > MOST_COPY:
                stopped.append(TOO_LARGE)
            cell.kill()
            feed.join()  # before the pipe is closed here: it may still be writing
    finally:
        watch.cancel()
    return answer, stopped[0] if stopped else ""


def _feed(cell: "subprocess.Popen[bytes]", data: bytes) -> None:
    assert cell.stdin is not None  # noqa: S101 - a pipe was asked for
    # Where the cell ended before it had read everything, its answer, or that it gave none, says what is to be done.
    with suppress(OSError, ValueError):
        cell.stdin.write(data)
    with suppress(OSError, ValueError):
        cell.stdin.close()


def _read(answer: bytes, stopped: str) -> Copy:
    line, _, copy = answer.partition(b"\n")
    if stopped or not line:
        # Without a line, a limit or a crash ended the cell: too much for its memory, more often than not.
        return Copy(why=stopped or TOO_LARGE)
    try:
        said = json.loads(line)
        if "why" in said:
            return Copy(why=said["why"] if said["why"] in REASONS else NOT_READABLE)
        if said["size"] != len(copy) or not copy:
            return Copy(why=NOT_READABLE)
        return Copy(copy, kinds.KINDS[said["extension"]])
    except (ValueError, KeyError, TypeError):
        return Copy(why=NOT_READABLE)
