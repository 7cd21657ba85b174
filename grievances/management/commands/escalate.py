"""Run the periodic job `escalate` now; safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import due


class Command(BaseCommand):
    """Escalate what is overdue, once each."""

    help = "Escalates every grievance clock that ran out, once each, and prints what it did."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the job and print what it did."""
        self.stdout.write(due.run_one("escalate", timezone.now()))
