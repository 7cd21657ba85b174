"""Run the periodic job `purge` now; safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import due


class Command(BaseCommand):
    """Let go of drafts, sessions, words and files whose time is over."""

    help = "Lets go of drafts, worker sessions, and of grievances whose time to be kept is over; prints what it did."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the job and print what it did."""
        self.stdout.write(due.run_one("purge", timezone.now()))
