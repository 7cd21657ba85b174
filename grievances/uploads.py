"""Cap all files of one form together, so that many large ones cannot fill the memory."""

from typing import Any

from django.core.files.uploadhandler import StopUpload

from core.uploads import CappedMemoryUploadHandler
from grievances.services.papers import MOST_BYTES, MOST_FILES

ENDLESS = 3 * MOST_BYTES
"""Beyond this nobody waits for the end of what is sent: the line is cut, the text that came before it is kept."""


class CappedFormUploadHandler(CappedMemoryUploadHandler):
    """Hold at most so many files and bytes of one form; of the rest, keep nothing but the size."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taken = 0
        self._number = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._number += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk while form and file are within their caps."""
        self._taken += len(raw_data)
        if self._taken > ENDLESS:
            self._chunks.clear()
            raise StopUpload(connection_reset=True)
        if self._taken <= MOST_BYTES and self._number <= MOST_FILES:
            super().receive_data_chunk(raw_data, start)
        else:
            self._chunks.clear()
