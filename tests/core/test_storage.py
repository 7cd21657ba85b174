"""A file is on the disk for good before anything says that it was kept."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import vault
from core.models import SealedRecord
from core.storage import SealedFileStorage, sealed_storage

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_synced_then_renamed_then_its_folder_is_synced(tmp_path: Path, monkeypatch: Any) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.rename

    def note_sync(descriptor: int) -> None:
        target = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        steps.append("sync folder" if target.is_dir() else f"sync {target.suffix}")
        sync(descriptor)

    def note_rename(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "rename", note_rename)
    storage = SealedFileStorage(f"file://{tmp_path}")
    stored = storage.keep("0" * 32, b"sealed bytes")
    assert steps == ["sync .part", "rename", "sync folder", "sync folder"]
    assert storage.read(stored) == b"sealed bytes"
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.django_db
def test_no_row_is_written_for_a_file_that_could_not_be_kept(monkeypatch: Any) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed_storage(), "keep", full)
    with pytest.raises(OSError, match="No space"):
        vault.seal_file(b"photo", purpose="evidence.original")
    assert not SealedRecord.objects.exists()


def ask_settings(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Evaluate an expression in a process of its own, outside the tests' settings."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTEST_VERSION", "DATABASE_URL")}
    code = f"import django; django.setup(); from django.db import connection as c; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_sqlite_never_takes_back_an_acknowledged_commit(tmp_path: Path) -> None:
    pragmas = "[c.cursor().execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode','synchronous','foreign_keys')]"
    asked = ask_settings(f"{pragmas}, c.settings_dict['OPTIONS']['transaction_mode']", DEMO="1", DATA_DIR=str(tmp_path))
    assert asked.stdout.split("\n")[-2] == "['wal', 2, 1] IMMEDIATE", asked.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "VAULT_KEY"])
def test_outside_the_demo_a_missing_secret_stops_the_start_and_is_named(missing: str, tmp_path: Path) -> None:
    given = {name: "x" * 64 for name in ("SECRET_KEY", "VAULT_KEY") if name != missing}
    asked = ask_settings("'started'", DEMO="0", DATA_DIR=str(tmp_path), **given)
    assert asked.returncode != 0
    assert f"{missing} is not set" in asked.stderr
    assert "started" not in asked.stdout
