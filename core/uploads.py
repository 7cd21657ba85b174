"""Take uploads into memory only, capped, so that nothing a worker sends lies unsealed on a disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import multipartparser

# A phone may call a file anything, at any length; Django would refuse the whole form for it, her words with it.
multipartparser.MAX_TOTAL_HEADER_SIZE = 16 * 1024  # type: ignore[attr-defined] # the stubs lack it


class CappedMemoryUploadHandler(FileUploadHandler):
    """Hold each file in memory up to the evidence cap; of a larger one, count the bytes and keep nothing.

    The form then sees the file's full size and refuses it with a sentence; the other fields are untouched.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._chunks: list[bytes] = []
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Keep a chunk while the file is within the cap."""
        self._seen += len(raw_data)
        if self._seen <= settings.EVIDENCE_MAX_BYTES:
            self._chunks.append(raw_data)
        else:
            self._chunks.clear()

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Return the file; one over the cap is empty but tells its true size."""
        import io

        return InMemoryUploadedFile(
            file=io.BytesIO(b"".join(self._chunks)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
