"""Search a register of names given as a file; for evaluation. Needs no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parties.matching.evaluate import LineError
from parties.search_file import open_register, search_lines
from parties.search_learning import learn_weights, told


class Command(BaseCommand):
    """Load {"id","name","type"} lines from a file, answer {"id","name","type"} lines from standard input."""

    help = "Search a register of names: questions as JSON Lines on standard input, answers on standard output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the register, and how many answers are wanted."""
        parser.add_argument("register", type=Path, help="JSON Lines file with id, name, type")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument(
            "--learn", action="store_true", help="read questions with their truth, and print the weights they teach"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the register, then answer until the end of the input."""
        path: Path = options["register"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=1)
        try:
            self.stderr.write(f"{open_register(path)} names")
            if options["learn"]:
                self.stdout.write(told(learn_weights(sys.stdin)))
                return
            for line in search_lines(sys.stdin, options["limit"]):
                sys.stdout.write(line + "\n")
        except LineError as error:
            raise CommandError(str(error), returncode=1) from error
        sys.stdout.flush()
