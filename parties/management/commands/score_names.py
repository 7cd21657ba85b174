"""Score pairs of names from standard input; for evaluation. Needs no database."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parties.matching.evaluate import LineError, score_lines
from parties.matching.score import ALGORITHMS, LATEST


class Command(BaseCommand):
    """Read {"id","query","candidate","type"} lines, write {"id","score"} lines."""

    help = "Score pairs of names: JSON Lines on standard input, JSON Lines on standard output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the caller choose the version of the algorithm."""
        parser.add_argument("--algorithm", choices=sorted(ALGORITHMS), default=LATEST)

    def handle(self, *args: Any, **options: Any) -> None:
        """Score until the end of the input."""
        usual = gc.get_threshold()
        gc.set_threshold(100_000, 50, 100)  # what is read is kept and holds no cycles: the collector need seldom look
        try:
            for line in score_lines(sys.stdin, options["algorithm"]):
                sys.stdout.write(line + "\n")
        except LineError as error:
            raise CommandError(str(error), returncode=1) from error
        finally:
            gc.set_threshold(*usual)
        sys.stdout.flush()
