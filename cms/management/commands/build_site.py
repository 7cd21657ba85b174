"""Set up the public site's pages in every language."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.seeding import build_site


class Command(BaseCommand):
    """Set up the public site once; a site that is already there is left alone."""

    help = "Sets up the public site: rights, guidance and information pages in each language that has a file of words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the made-up news."""
        parser.add_argument("--with-demo", action="store_true", help="add fictional news, marked as such")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build and say what was done."""
        self.stdout.write(build_site(with_demo=options["with_demo"]))
