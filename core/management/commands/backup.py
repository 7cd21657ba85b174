"""Write one encrypted file with everything but the keys."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import deletions
from core.backups import back_up


class Command(BaseCommand):
    """Back up while people work; nobody waits."""

    help = "Writes one encrypted file with the database, sealed files and key envelopes, and says what it leaves out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up and say what went in."""
        target: Path = options["file"]
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}. Make it first; nothing was written.")
        if target.exists():
            raise CommandError(f"{target} is there already, and is not written over. Choose another name.")
        done = back_up(target)
        self.stdout.write(f"{target}: {done.tables} tables, {done.rows} rows, {done.files} files, {done.size} bytes.")
        if done.missing:
            self.stderr.write(
                f"{done.missing} sealed files were not there: destroyed while the backup was made, or lost."
            )
        self.stdout.write(
            "Not in it: VAULT_KEY, SECRET_KEY, other settings of the environment, sign-in sessions, what waited to be "
            "sent, and unfinished drafts. Without the same VAULT_KEY this file opens nothing: keep that key elsewhere."
        )
        self.stdout.write(
            f"Copy {deletions.place()} to the same safe place, daily: with it, a restored backup deletes again what "
            "was deleted since."
        )
