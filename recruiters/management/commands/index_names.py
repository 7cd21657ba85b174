"""Make the search index of names anew, or tidy it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from recruiters.services.filing import keep_index


class Command(BaseCommand):
    """index_names [--all]"""

    help = "Bring the search index of names up to date: made anew where it is missing or old, else only tidied."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the caller ask for a new index."""
        parser.add_argument("--all", action="store_true", help="make the whole index anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        self.stdout.write(keep_index(anew=options["all"]))
