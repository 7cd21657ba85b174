"""Make the organisation's recovery key and show its two parts, once."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import keypairs
from core.recovery import RecoveryRefused, make_recovery_key


class Command(BaseCommand):
    """Show two parts for two people; the server keeps only what seals."""

    help = "Makes the organisation's recovery key and prints its two parts, once; only what seals is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two people who keep the parts, and the word that an earlier key is replaced."""
        parser.add_argument("--first", required=True, metavar="NAME", help="who keeps part 1 (signs in as)")
        parser.add_argument("--second", required=True, metavar="NAME", help="who keeps part 2 (signs in as)")
        parser.add_argument("--replace", action="store_true", help="a new key in place of the present one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print part 1, wait until it is written down and off the screen, then part 2."""
        try:
            one, two = make_recovery_key(first=options["first"], second=options["second"], replace=options["replace"])
        except RecoveryRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for part, name in ((one, options["first"]), (two, options["second"])):
            self.stdout.write(f"\nPart {part.number}, for {name} alone. Write it down; it is not shown again.\n\n")
            for place in range(0, 16, 4):
                self.stdout.write("    " + "  ".join(part.groups[place : place + 4]))
            if sys.stdin.isatty():
                input("\nPress Enter when it is written down; the screen is cleared. ")
                self.stdout.write("\033[2J\033[3J\033[H")
        self.stdout.write(
            "\nKeep the parts in two places, with two people, off every computer. Both together open every grievance."
        )
        waiting = keypairs.trusted_pairs().count()
        self.stdout.write(
            f"From now on new grievances are sealed for this key too; earlier ones as handlers open them ({waiting} "
            "handlers have keys: ask one to press “Seal all for the recovery key” on the page Keys)."
        )
