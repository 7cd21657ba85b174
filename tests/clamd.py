"""A small clamd that speaks INSTREAM: it knows one harmful file, and can be told to be silent or to talk rubbish."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.samples import EICAR


class FakeClamd:
    """Listens on a socket until it is closed."""

    def __init__(self, path: Path) -> None:
        self.url, self.mode, self.seen = f"unix://{path}", "answer", 0
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._door.bind(str(path))
        self._door.listen(8)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with line:
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        stream = line.makefile("rwb")
        if self.mode == "hang up" or stream.read(10) != b"zINSTREAM\0":
            return
        data = b""
        while size := int.from_bytes(stream.read(4), "big"):
            data += stream.read(size)
        self.seen += 1
        rubbish = b"INSTREAM size limit exceeded. ERROR\0"
        found = b"stream: Eicar-Test FOUND\0" if EICAR in data else b"stream: OK\0"
        stream.write(rubbish if self.mode == "rubbish" else found)
        stream.flush()

    def close(self) -> None:
        """Stop listening, as a scanner does that is down."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[FakeClamd]:
    """Return a scanner that the product is told of."""
    fake = FakeClamd(tmp_path / "clamd")
    settings.CLAMD_URL = fake.url
    yield fake
    if fake._door.fileno() >= 0:
        fake.close()
