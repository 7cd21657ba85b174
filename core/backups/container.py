"""Write and read a backup's file: compressed messages, sealed one by one, in an order that cannot be changed.

A secret stream (XChaCha20-Poly1305, libsodium): a message that is changed, left out, moved or cut off is noticed.
Layout: a first line with the format's name, a line of JSON in the clear (when, by which version, the key's mark), the
stream's header, then messages, each after its length in four bytes. A message is a line of JSON and, after it, bytes.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from nacl import bindings

MAGIC = b"safeconduct-backup-1\n"
MOST_MESSAGE = 64 * 1024 * 1024
FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
PLAIN = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
Head = dict[str, Any]


class BackupUnreadable(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A file that is no backup of ours, is damaged, or was made under another key."""


def key_from(secret: str) -> bytes:
    """Return the key of backups that follows from the installation's secret."""
    return hashlib.blake2b(secret.encode(), person=b"backup-file-v1", digest_size=32).digest()


def key_mark(secret: str) -> str:
    """Return a mark by which two keys can be compared; it tells nothing of the key."""
    return hashlib.blake2b(b"", key=key_from(secret), person=b"backup-mark-v1", digest_size=8).hexdigest()


class Writer:
    """Seal messages into a stream; `finish` must be called, or the file counts as cut off."""

    def __init__(self, stream: BinaryIO, secret: str, about: Head) -> None:
        self.stream = stream
        self.state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self.state, key_from(secret))
        clear = json.dumps({**about, "key": key_mark(secret)}, sort_keys=True).encode() + b"\n"
        stream.write(MAGIC + clear + header)
        self.bound = hashlib.blake2b(clear, digest_size=32).digest()

    def add(self, head: Head, data: bytes = b"", *, tag: int = PLAIN) -> None:
        """Seal one message."""
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        packed = zlib.compress(text + b"\n" + data, 6)
        sealed = bindings.crypto_secretstream_xchacha20poly1305_push(self.state, packed, self.bound, tag)
        self.stream.write(len(sealed).to_bytes(4, "big") + sealed)

    def finish(self, head: Head) -> None:
        """Seal the last message."""
        self.add(head, tag=FINAL)


def about(stream: BinaryIO) -> Head:
    """Return what a backup says of itself in the clear, and leave the stream behind it; raises BackupUnreadable."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise BackupUnreadable("This file is not a backup of Safeconduct.")
    line = stream.readline(100_000)
    try:
        found = json.loads(line)
    except ValueError as error:
        raise BackupUnreadable("This backup is damaged at its beginning.") from error
    return {**found, "_line": line}


def messages(stream: BinaryIO, secret: str, head: Head) -> Iterator[tuple[Head, bytes]]:
    """Yield every message after `about` was read; raises BackupUnreadable where the file is changed or cut off."""
    if head.get("key") != key_mark(secret):
        raise BackupUnreadable(
            "This backup was made under another VAULT_KEY. Set the VAULT_KEY that the instance had then."
        )
    bound = hashlib.blake2b(head["_line"], digest_size=32).digest()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = stream.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    try:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key_from(secret))
        tag = PLAIN
        while tag != FINAL:
            packed, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, _next(stream), bound)
            text, _newline, data = zlib.decompress(packed).partition(b"\n")
            yield json.loads(text), data
    except (RuntimeError, ValueError, zlib.error) as error:
        raise BackupUnreadable("This backup is damaged or was changed. Nothing of it was kept.") from error
    if stream.read(1):
        raise BackupUnreadable("Something was added to the end of this backup. Nothing of it was kept.")


def _next(stream: BinaryIO) -> bytes:
    length = int.from_bytes(stream.read(4), "big")
    sealed = stream.read(length) if 0 < length <= MOST_MESSAGE else b""
    if len(sealed) != length or not sealed:
        raise BackupUnreadable("This backup ends before it is complete. Nothing of it was kept.")
    return sealed
