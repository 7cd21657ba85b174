"""Screen a list from the command line, by the same rules as the pages."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recruiters.batch import Refused, ResultFile, screen_file
from recruiters.screening import DEFAULT_THRESHOLD


class Command(BaseCommand):
    """screen FILE [--output FILE.csv|.xlsx|.jsonl] [--threshold 0.7] [--workers N] [--restart]"""

    help = (
        "Screen every row of a CSV, XLSX or JSON Lines list against register and watchlists. "
        "Exit 0 done, 1 input refused, 2 usage. An interrupted run goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--output", type=Path, help="where the result goes: .csv, .xlsx or .jsonl; else standard output"
        )
        parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD)
        parser.add_argument(
            "--workers", type=int, default=0, help="processes that share the work; one per core if not given"
        )
        parser.add_argument("--restart", action="store_true", help="forget what an interrupted run has already done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Screen the list and write the result."""
        if not 0 < options["threshold"] <= 1:
            raise CommandError("--threshold is a number above 0 and up to 1.", returncode=2)
        output: Path | None = options["output"]
        if output is not None and output.suffix.lower() not in ResultFile.ENDINGS:
            raise CommandError("--output ends in .csv, .xlsx or .jsonl.", returncode=2)
        began = time.monotonic()
        try:
            counts = screen_file(
                options["file"],
                output=output,
                write=self.stdout.write if output is None else None,
                threshold=options["threshold"],
                progress=self._progress,
                restart=options["restart"],
                workers=options["workers"],
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        seconds = time.monotonic() - began
        summary = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        self.stderr.write(f"{sum(counts.values())} rows in {seconds:.1f} s: {summary}")
        for sentence in counts.sentences:
            self.stderr.write(sentence)

    def _progress(self, done: int, total: int | None) -> None:
        bar = ""
        if total:
            filled = done * 30 // total
            bar = f"[{'#' * filled}{'.' * (30 - filled)}] "
        end = "\r" if sys.stderr.isatty() and done != total else "\n"
        self.stderr.write(f"{bar}{done}" + (f" of {total}" if total else "") + " rows", ending=end)
