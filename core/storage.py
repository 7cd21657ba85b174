"""Store files durably: written under a temporary name, synced, renamed, and the folder synced, before any row."""

import os
import re
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible
from whitenoise.storage import CompressedManifestStaticFilesStorage

_NAME = re.compile(r"^[0-9a-f]{2}/[0-9a-f]{32}-[0-9a-f]{8}$")


@deconstructible
class SealedFileStorage(Storage):
    """Keep ciphertext files below a folder, each under a name of our own; nothing here is ever served."""

    def __init__(self, url: str) -> None:
        if not url.startswith("file://"):
            raise ImproperlyConfigured(
                "STORAGE_URL must begin with file:// in this edition. Set it to a folder on durable storage, "
                "for example file:///srv/safeconduct/sealed."
            )
        self.folder = Path(url.removeprefix("file://"))

    def keep(self, name: str, data: bytes) -> str:
        """Write bytes so that they survive a power cut once this returns, and return the stored name."""
        stored = f"{name[:2]}/{name}-{secrets.token_hex(4)}"
        target = self.folder / stored
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(target)
        for folder in (target.parent, self.folder):
            _sync_folder(folder)
        return stored

    def read(self, stored: str) -> bytes:
        """Return a stored file's bytes; raises FileNotFoundError."""
        return self._path(stored).read_bytes()

    def remove(self, stored: str) -> None:
        """Overwrite and remove a stored file; a file already gone is no error."""
        path = self._path(stored)
        if path.exists():
            with path.open("r+b") as stream:
                stream.write(secrets.token_bytes(path.stat().st_size))
                stream.flush()
                os.fsync(stream.fileno())
            path.unlink()
            _sync_folder(path.parent)

    def _path(self, stored: str) -> Path:
        if not _NAME.match(stored):
            raise FileNotFoundError("Not a name that this storage gives.")
        return self.folder / stored

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("Sealed files are written by keep() only.")
        return ContentFile(self.read(name), name=name)

    def exists(self, name: str) -> bool:
        """Say whether a stored file is there."""
        return bool(_NAME.match(name)) and self._path(name).exists()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=1)
def sealed_storage() -> SealedFileStorage:
    """Return the storage that holds sealed files."""
    storage = storages["sealed"]
    if not isinstance(storage, SealedFileStorage):
        raise ImproperlyConfigured("STORAGES['sealed'] must be a SealedFileStorage.")
    return storage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Name our own few files by their content and compress them; the editor's many are served as they are.

    A phone that has once loaded the style sheet never asks for it again, until it changes.
    """

    OURS = ("core/", "cms/", "recruiters/", "checklists/", "inspections/", "grievances/", "duediligence/")

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        """Hash and compress our own static files."""
        ours = {name: source for name, source in paths.items() if name.startswith(self.OURS)}
        yield from super().post_process(ours, dry_run=dry_run, **options)

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a file of ours, and any other name as it is."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name))) or name)
