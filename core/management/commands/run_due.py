"""Run the periodic jobs that are due, once or for as long as the installation runs."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from core import due


class Command(BaseCommand):
    """run_due [--every SECONDS]"""

    help = "Runs all periodic jobs that are due and prints what each did; with --every, again and again until stopped."
    stopping = Event()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="Look every so many seconds, as a service does.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report; a failed job stops neither the others nor the next round."""
        every: float | None = options["every"]
        if every is None:
            if failed := self._round(quiet=False).failed:
                raise CommandError(f"Failed, and due again at once: {', '.join(failed)}. The log says why.")
            return
        if every <= 0:
            raise CommandError("--every takes a number of seconds above 0.")
        self.stopping.clear()
        for sent in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sent, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            try:
                self._round(quiet=True)
            except Exception as problem:  # the database may be away for a while; a service waits for it
                self.stderr.write(f"This round was given up ({type(problem).__name__}); the next one tries again.")
            close_old_connections()
            self.stopping.wait(every)

    def _round(self, *, quiet: bool) -> due.Ran:
        ran = due.run_round(timezone.now())
        for name, outcome in ran.outcomes.items():
            self.stdout.write(f"{name}: {outcome}")
        if not ran.outcomes and not quiet:
            self.stdout.write("Nothing is due.")
        self.stdout.flush()
        return ran
