"""Run the periodic jobs that are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import due


class Command(BaseCommand):
    """Run every job whose time has come; safe to run as often as you like."""

    help = "Runs all periodic jobs that are due and prints what each did."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        outcomes = due.run_due(timezone.now())
        for name, outcome in outcomes.items():
            self.stdout.write(f"{name}: {outcome}")
        if not outcomes:
            self.stdout.write("Nothing is due.")
