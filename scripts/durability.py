"""Kill a server's workers while workers write to it, and count what was acknowledged and what is whole afterwards.

    python scripts/durability.py post --kills 200     # SIGKILL while grievances are sent
    python scripts/durability.py upload --kills 200   # SIGKILL while files come piece by piece
    python scripts/durability.py trace                # the order of sync and answer, by strace

Each runs a server of its own (gunicorn, SQLite, as `make demo` does) on a new folder. Whatever the phone was told is
there must be there, words and files, opened with the receipt's own key; whatever it was not told is whole or absent.
"""

import argparse
import hashlib
import http.client
import json
import os
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PAGE = "/en/report/new/"


class NoPage(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The server answered, and not with a page of ours."""


BROKEN = (OSError, http.client.HTTPException, NoPage)


@dataclass
class Told:
    """What one phone sent and what it was told."""

    token: str
    words: str
    file: bytes = b""
    sent: bool = False
    acknowledged: bool = False
    file_acknowledged: bool = False


@dataclass
class Server:
    """A server on a folder of its own."""

    folder: Path
    workers: int = 2
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    env: dict[str, str] = field(default_factory=dict)

    def start(self, prepared: Path | None = None) -> None:
        """Serve on a new database, or on a copy of a folder that was prepared before."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        unwanted = ("PYTEST_VERSION", "SAFECONDUCT_TEST_DIR", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        self.env = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.env |= {"DEMO": "1", "DATA_DIR": str(self.folder), "PORT": str(self.port), "LOG_LEVEL": "ERROR"}
        self.env |= {"TASKS": "inline", "PYTHONPATH": str(ROOT)}
        if prepared is not None:
            shutil.copytree(prepared, self.folder, dirs_exist_ok=True)
        else:
            (self.folder / "static").mkdir(parents=True, exist_ok=True)
            self.manage("migrate", "--verbosity", "0")
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
                   "--workers", str(self.workers), "--threads", "4", "--worker-class", "gthread", "--preload",
                   "--no-control-socket", "--log-level", "critical"]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stderr=subprocess.DEVNULL)
        self.wait()

    def manage(self, *command: str) -> None:
        """Run a command of the product on this folder."""
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, check=True)

    def wait(self) -> None:
        """Wait until the server answers."""
        for _ in range(600):
            try:
                if ask(self.port, "GET", "/healthz")[0] == 200:
                    return
            except BROKEN:
                time.sleep(0.1)
        raise RuntimeError("The server does not answer.")

    def children(self) -> list[int]:
        """Return the processes that answer requests."""
        assert self.process is not None  # noqa: S101 - started
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]

    def stop(self) -> None:
        """End the server."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()


def ask(port: int, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
    """Send one request on a line of its own and return status and text."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Sec-Fetch-Site": "same-origin", **({"Content-Type": kind} if kind else {})}
        line.request(method, path, body or None, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        line.close()


def post(port: int, fields: dict[str, Any], path: str = PAGE, part: bytes | None = None) -> tuple[int, str]:
    """Post a form, with a piece of a file where there is one."""
    if part is None:
        return ask(port, "POST", path, urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded")
    edge = secrets.token_hex(12)
    rows = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
    ]
    rows.append(f'--{edge}\r\nContent-Disposition: form-data; name="part"; filename="blob"\r\n\r\n'.encode() + part)
    return ask(
        port, "POST", path, b"".join(rows) + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
    )


def hidden(page: str) -> dict[str, list[str]]:
    """Return what a page carries along."""
    found: dict[str, list[str]] = {}
    if "<main" not in page:
        raise NoPage(page[:300])
    for name, value in HIDDEN.findall(page.split("<main")[1]):
        found.setdefault(name, []).append(unescape(value))
    return found


class Phones:
    """Several phones that write at once, and somebody who kills."""

    def __init__(self, server: Server, kills: int, *, upload: bool, seed: int) -> None:
        self.server, self.kills, self.upload = server, kills, upload
        self.told: list[Told] = []
        self.killed, self.over = 0, False
        self.strange: list[str] = []
        self._busy, self._served = threading.Event(), threading.Event()
        self._usual = 0.2
        self._dice = random.Random(seed)

    def run(self, until: float, phones: int = 4) -> None:
        """Write until as many workers were killed as asked for, or until the time is over."""
        threads = [threading.Thread(target=self._phone, args=(n,)) for n in range(phones)]
        for thread in threads:
            thread.start()
        while self.killed < self.kills and time.monotonic() < until:
            # Somebody is served again before the next is killed; then somewhere in the time that one request takes.
            self._served.wait(20)
            self._served.clear()
            self._busy.clear()
            self._busy.wait(5)
            time.sleep(self._dice.uniform(0, 1.2 * self._usual))
            for pid in self.server.children()[:1] if self._dice.random() < 0.3 else self.server.children():
                self._kill(pid)
        self.over = True
        for thread in threads:
            thread.join()

    def _kill(self, pid: int) -> None:
        try:
            os.kill(pid, signal.SIGKILL)
            self.killed += 1
        except ProcessLookupError:
            pass

    def _was_served(self, seconds: float) -> None:
        """Note that a request was answered, and how long such a one takes."""
        self._usual = 0.8 * self._usual + 0.2 * seconds
        self._served.set()

    def _phone(self, number: int) -> None:
        dice = random.Random(number)
        while not self.over:
            try:
                self._report(dice)
            except BROKEN as broken:
                if isinstance(broken, NoPage):
                    self.strange.append(str(broken))
                time.sleep(0.05)

    def _report(self, dice: random.Random) -> None:
        port = self.server.port
        fields = hidden(ask(port, "GET", PAGE)[1])
        told = Told(fields["token"][0], f"words {secrets.token_hex(8)} " + "x" * dice.randrange(4000))
        self.told.append(told)
        fields |= {"step": ["words"], "codes": ["FEE"]}
        if self.upload:
            told.file = secrets.token_hex(dice.randrange(40_000, 300_000)).encode()
            self._send(told, fields, dice)
        status, page = post(port, {**fields, "words": told.words})
        if status != 200:
            return
        contact = {**hidden(page), "mode": "receipt"}
        for _ in range(3):
            if not self.upload:
                self._busy.set()
            told.sent = True
            try:
                began = time.monotonic()
                status, page = post(port, contact)
                told.acknowledged = status == 200 and 'class="receipt"' in page
                if told.acknowledged and not self.upload:
                    self._was_served(time.monotonic() - began)
                return
            except BROKEN:
                if dice.random() < 0.5:
                    return  # the phone is put away: it was told nothing

    def _send(self, told: Told, fields: dict[str, list[str]], dice: random.Random) -> None:
        name, start, size = secrets.token_hex(16), 0, 65536
        form = {"token": told.token, "guard": fields["guard"][0], "name": name, "total": len(told.file)}
        while not self.over:
            self._busy.set()
            try:
                piece, began = told.file[start : start + size], time.monotonic()
                status, text = post(self.server.port, {**form, "start": start}, "/en/report/part/", piece)
            except BROKEN:
                if dice.random() < 0.1:
                    return  # she goes on without the file
                time.sleep(0.05)
                continue
            if status != 200:
                return
            answer = json.loads(text)
            self._was_served(time.monotonic() - began)
            if answer["kept"]:
                told.file_acknowledged = True
                return
            start = answer["have"]


class NotWhole(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Something that was promised is not there, or not as it was sent."""


def demand(holds: bool, otherwise: str) -> None:
    """Raise NotWhole with a sentence unless something holds."""
    if not holds:
        raise NotWhole(otherwise)


def judge(told: list[Told]) -> Counter[str]:
    """Open everything with its receipt's key and count; raises NotWhole for what was promised and is not there."""
    from core import keyring, vault
    from core.actors import WORKER
    from core.keyring import KeyRing
    from grievances import verifiers
    from grievances.keys import read_token
    from grievances.models import Grievance
    from grievances.services import papers

    count: Counter[str] = Counter()
    for each in told:
        token = read_token(each.token)
        found = Grievance.objects.filter(form_digest=token.digest).first()
        count["reports begun"] += 1
        count["acknowledged"] += each.acknowledged
        count["files acknowledged"] += each.file_acknowledged
        if found is None:
            demand(bool(not each.acknowledged), "An acknowledged grievance is gone.")
            count["absent, never acknowledged"] += 1
            waiting = [paper.load()[0] for paper in papers.papers(token)]
            demand(each.file in waiting or not each.file_acknowledged, "An acknowledged file of a form is gone.")
            demand(all(data == each.file for data in waiting), "A file of a form is not whole.")
            count["files whole in forms not yet sent"] += len(waiting)
            continue
        demand(bool(each.sent), "A grievance that nobody sent.")
        count["whole, not acknowledged"] += not each.acknowledged
        known = verifiers.admit(token.receipt, found.receipt_verifier)
        if known is None:
            raise NotWhole("The receipt does not fit.")
        with keyring.holding(KeyRing(lambda pair=known.pair: [pair])):  # type: ignore[misc]
            if found.statement is None:
                raise NotWhole("Words are missing.")
            words = vault.open_text(found.statement, actor=WORKER, reason="durability", subject=found.ref)
            demand(bool(words == each.words.strip()), "Words are not whole.")
            files = [row.evidence for row in found.files.select_related("evidence__original")]
            demand(len(files) == 1 if each.file_acknowledged else len(files) <= 1, "An acknowledged file is gone.")
            for file in files:
                data = vault.open_bytes(file.original, actor=WORKER, reason="durability", subject=found.ref)
                demand(
                    bool(hashlib.sha256(data).digest() == hashlib.sha256(each.file).digest()), "A file is not whole."
                )
                count["files whole"] += 1
    return count


def look_for_plain_words(folder: Path, told: list[Told]) -> int:
    """Return how many files here and in the system's temporary folder hold a phone's words in the clear."""
    marks = [each.words.split()[1].encode() for each in told[:200]] + [
        each.file[:64] for each in told[:200] if each.file
    ]
    paths = [path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts]
    paths += [path for path in Path(tempfile.gettempdir()).glob("tmp*") if path.is_file()]
    return sum(any(mark in path.read_bytes() for mark in marks) for path in paths)


def use_database(folder: Path) -> None:
    """Point this process at the server's database and keys."""
    for name in ("PYTEST_VERSION", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DEMO": "1", "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["post", "upload", "trace"])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="end after so long with the kills made until then")
    parser.add_argument("--prepared", type=Path, help="a data folder to begin with a copy of")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="durability-") as name:
        server = Server(Path(name), workers=1 if chosen.what == "trace" else 2)
        try:
            server.start(chosen.prepared)
            if chosen.what == "trace":
                from scripts.durability_trace import trace

                trace(server)
                return
            phones = Phones(server, chosen.kills, upload=chosen.what == "upload", seed=chosen.seed)
            phones.run(until=time.monotonic() + 60 * chosen.minutes)
        finally:
            server.stop()
        use_database(Path(name))
        from django.core.management import call_command
        from django.db import connection

        count = judge(phones.told)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            demand(cursor.fetchone() == ("ok",), "The database is damaged.")
        call_command("verify_audit")
        print(f"{phones.killed} workers killed while {chosen.what}s were under way")
        for what, number in count.items():
            print(f"{number:6d} {what}")
        print(f"{len(phones.strange):6d} answers that were no page of ours")
        print(f"{look_for_plain_words(Path(name), phones.told):6d} files with words in the clear")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
