"""Screen the register itself again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import due


class Command(BaseCommand):
    """rescreen"""

    help = "Screen the register's recruiters, owners and directors again where something changed; safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the periodic job now and print what it did."""
        self.stdout.write(due.run_one("rescreen", timezone.now()))
