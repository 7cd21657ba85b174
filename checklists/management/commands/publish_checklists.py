"""Publish the checklists that ship with the product."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from checklists.services import publish_shipped
from core.actors import SYSTEM


class Command(BaseCommand):
    """Publish the shipped checklists; what is published already stays as it is."""

    help = "Publish the checklists that ship with the product; safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the national limits that counts are held to."""
        parser.add_argument("--limit", action="append", default=[], metavar="CODE=NUMBER", help="such as ACC-08=6")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Publish and say what stands."""
        limits = {code: int(number) for code, _sign, number in (each.partition("=") for each in options["limit"])}
        for version in publish_shipped(actor=SYSTEM, limits=limits):
            self.stdout.write(f"{version.ref}: {version.item_count} questions, digest {version.digest[:12]}")
