"""Open a handler's locked grievances with the two parts of the recovery key."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.models import User
from core.recovery import RecoveryRefused, join_parts, two_people
from grievances.services.recovering import recover

MOST_READ = 2000


class Command(BaseCommand):
    """Ask both parts from standard input or files, never from the command line, where others could read them."""

    help = "Gives a case officer the grievances that a lost key locked; needs both parts of the recovery key."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who receives, who brings the parts, and files that hold them."""
        parser.add_argument("--for", dest="receiver", required=True, metavar="NAME", help="who receives (signs in as)")
        parser.add_argument("--first", required=True, metavar="NAME", help="who brings one part")
        parser.add_argument("--second", required=True, metavar="NAME", help="who brings the other part")
        parser.add_argument("--part-file", action="append", default=[], metavar="FILE", help="a part; give it twice")

    def handle(self, *args: Any, **options: Any) -> None:
        """Join the parts, give the keys, and say what opened."""
        user = User.objects.filter(username=options["receiver"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['receiver']}.")
        try:
            first, second = two_people(options["first"], options["second"])
            pair = join_parts(*self._parts(options))
            given, locked = recover(user, pair, first=first, second=second)
        except RecoveryRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{given} grievances opened to {user}; {locked} stay locked.")

    def _parts(self, options: dict[str, Any]) -> tuple[str, str]:
        files = options["part_file"]
        if files:
            if len(files) != 2:
                raise CommandError("Give --part-file twice, once for each part, or not at all.")
            try:
                one, other = (Path(name).read_text(encoding="utf-8")[:MOST_READ] for name in files)
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"A part's file cannot be read: {error}") from error
            return one, other
        if sys.stdin.isatty():
            return (
                getpass(f"Part of {options['first']}, sixteen groups: "),
                getpass(f"Part of {options['second']}, sixteen groups: "),
            )
        lines = [line for line in sys.stdin.read(MOST_READ).splitlines() if line.strip()]
        if len(lines) != 2:
            raise CommandError("Standard input must hold two lines: one part each.")
        return lines[0], lines[1]
