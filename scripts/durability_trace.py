"""Show by strace in which order a grievance is synced and answered."""

import re
import secrets
import subprocess
import tempfile
import time
from pathlib import Path

from scripts.durability import PAGE, Server, ask, demand, hidden, post

CALLS = "fsync,fdatasync,rename,renameat,renameat2,sendto,sendmsg,write"
INTERESTING = re.compile(r"fsync|fdatasync|rename|HTTP/1\.1")


def trace(server: Server) -> None:
    """Send one grievance with a file under strace and print what was synced before the answer left."""
    name = tempfile.mktemp(prefix="trace-", dir=server.folder)  # noqa: S306 - inside a folder of our own
    watcher = subprocess.Popen(
        ["strace", "-f", "-y", "-e", f"trace={CALLS}", "-s", "40", "-o", name, "-p", str(server.children()[0])],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1.5)
    fields = hidden(ask(server.port, "GET", PAGE)[1]) | {"step": ["words"], "codes": ["FEE"]}
    form = {"token": fields["token"][0], "guard": fields["guard"][0], "name": secrets.token_hex(16), "start": 0}
    text = b"a paper that she sends"
    marks = []
    marks.append(
        _after(
            name, "a piece of a file", lambda: post(server.port, {**form, "total": len(text)}, "/en/report/part/", text)
        )
    )
    page = post(server.port, {**fields, "words": "what happened"})[1]
    marks.append(_after(name, "the grievance", lambda: post(server.port, {**hidden(page), "mode": "receipt"})))
    watcher.terminate()
    watcher.wait()
    for title, lines in marks:
        _print(title, lines)


def _after(name: str, title: str, act: "object") -> tuple[str, list[str]]:
    """Do something and return the calls that it made."""
    begun = len(Path(name).read_text(errors="replace"))
    status, _text = act()  # type: ignore[operator]
    demand(status == 200, f"{title} was answered {status}.")
    time.sleep(0.5)
    lines = Path(name).read_text(errors="replace")[begun:].splitlines()
    return title, [line for line in lines if INTERESTING.search(line)]


def _print(title: str, lines: list[str]) -> None:
    """Print the order, and fail where anything of ours is synced only after the answer began."""
    answer = next(place for place, line in enumerate(lines) if "HTTP/1.1 200" in line)
    before = [line for line in lines[:answer] if "sync" in line]
    after = [line for line in lines[answer + 1 :] if "sync" in line and ("sqlite3-wal" in line or "/sealed/" in line)]
    print(f"\n{title}: {len(before)} syncs, then the answer; {len(after)} syncs of ours after it")
    for line in lines[: answer + 1]:
        print("   ", re.sub(r"^\d+\s+", "", line)[:150])
    demand(bool(before), "Answered before anything was synced.")
    demand(not after, "Something was synced only after the answer.")
