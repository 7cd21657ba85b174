"""Bring an empty instance to where a backup was, and delete again what was deleted since."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import audit
from core.backups import RestoreRefused, restore
from core.backups.container import BackupUnreadable


class Command(BaseCommand):
    """Restore before anything is served."""

    help = "Restores a backup into an empty instance, deletes again what was deleted since, and says what it did."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup and lists of later deletions."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--deletions",
            type=Path,
            action="append",
            default=[],
            metavar="LIST",
            help="a copy of deletions.jsonl made after the backup; give it as often as you have copies",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, check the audit trail, and say what came back and what did not."""
        for path in [options["file"], *options["deletions"]]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}. Nothing was restored.")
        try:
            done = restore(options["file"], lists=options["deletions"])
        except (RestoreRefused, BackupUnreadable) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored as of {done.made_at}: {done.rows} rows, {done.files} files.")
        self.stdout.write(
            f"Deleted again: {done.destroyed} sealed records; {done.later} deletions were later than the backup."
        )
        for said in done.said:
            self.stdout.write(said)
        if not done.later:
            self.stderr.write(
                f"No list of later deletions was found. If anything was deleted after {done.made_at}, it is back: give "
                "the newest copy of deletions.jsonl with --deletions, into an empty instance again."
            )
        entries, broken = audit.verify()
        if broken is not None:
            raise CommandError(f"The audit trail is broken at entry {broken.sequence}: {broken.reason}.")
        self.stdout.write(f"The audit trail is whole: {entries} entries. Everybody signs in again.")
