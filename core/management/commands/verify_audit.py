"""Walk the audit chain and name the first broken link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit


class Command(BaseCommand):
    """Exit 1 if any entry was changed or removed."""

    help = "Walks the audit chain; exit 1 and the first broken link if anything was changed or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report."""
        count, broken = audit.verify()
        if broken:
            raise CommandError(f"The audit trail is broken at entry {broken.sequence}: {broken.reason}.", returncode=1)
        self.stdout.write(f"The audit trail is whole: {count} entries.")
