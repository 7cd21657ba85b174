"""Open a file as often as it must be read, uploaded or on the disk, and refuse one that is too large."""

import io
from pathlib import Path
from typing import IO

from django.conf import settings

from core.tabular.refusal import too_large

HEAD_BYTES = 64 * 1024
BLOCK_BYTES = 1024 * 1024


class Source:
    """A file's bytes. A path is opened anew for each reading; an upload, which is capped, is held in memory."""

    def __init__(self, file: str | Path | IO[bytes], *, name: str, max_bytes: int | None) -> None:
        self.name = name
        self._path: Path | None = None
        self._data = b""
        if isinstance(file, str | Path):
            self._path = Path(file)
            self.size = self._path.stat().st_size
            _refuse_if_larger(self.size, max_bytes)
            return
        cap = settings.UPLOAD_TABLE_MAX_BYTES if max_bytes is None else max_bytes
        _refuse_if_larger(getattr(file, "size", None) or 0, cap)
        file.seek(0)
        self._data = file.read(cap + 1)
        self.size = len(self._data)
        _refuse_if_larger(self.size, cap)

    def open(self) -> IO[bytes]:
        """Return the bytes from the start."""
        return io.BytesIO(self._data) if self._path is None else self._path.open("rb")

    def head(self) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


def _refuse_if_larger(size: int, cap: int | None) -> None:
    if cap is not None and size > cap:
        raise too_large(size, cap)
