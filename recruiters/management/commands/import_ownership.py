"""Bring ownership statements (BODS 0.4) in from a file."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from core.actors import Automatic
from recruiters.exchange.bodsin import read_statements
from recruiters.services.ownership import import_ownership

SHOWN = 200
MOST_BYTES = 200 * 1024 * 1024


class Command(BaseCommand):
    """import_ownership FILE [--source NAME] [--dry-run]"""

    help = "Bring ownership statements of BODS 0.4 in (a JSON array or JSON Lines): parties and dated ties."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="who declared it; the file's name if not given")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file, bring in what is sound, and print each fault by statement."""
        path: Path = options["file"]
        source = slugify(options["source"] or path.stem)[:60] or "ownership"
        ownership = read_statements(_statements(path))
        with transaction.atomic():
            done = import_ownership(ownership, source=source, actor=Automatic("import_ownership"))
            if options["dry_run"]:
                transaction.set_rollback(True)
        tried = "Nothing was written (dry run). " if options["dry_run"] else ""
        self.stdout.write(
            f"{tried}{source}: {ownership.read} statements read, {len(ownership.problems)} faults, "
            f"{ownership.withheld} withheld by the declarer; organisations: {done.parties_added} new, "
            f"{done.parties_known} known; people: {done.people_added} new; ties: {done.ties_added} new, "
            f"{done.ties_ended} ended, {done.ties_unchanged} as before; {done.left_out} records without a tie left out."
        )
        for problem in ownership.problems[:SHOWN]:
            self.stdout.write(
                f"  statement {problem.place} ({problem.statement_id or 'no id'}), "
                f"{problem.path or 'the whole'}: {problem.rule}"
            )
        if len(ownership.problems) > SHOWN:
            self.stdout.write(f"  … and {len(ownership.problems) - SHOWN} more")


def _statements(path: Path) -> Iterator[Any]:
    """Yield the statements of a file; a line that is no JSON is yielded as a fault, not an end."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path.name} could not be read as UTF-8 text.") from problem
    try:
        data = json.loads(text)
        yield from data if isinstance(data, list) else [data]
    except RecursionError as problem:
        raise CommandError(f"{path.name} is nested too deeply.") from problem
    except ValueError:
        if text.lstrip().startswith("["):
            raise CommandError(f"{path.name} is not sound JSON.") from None
        for line in text.splitlines():
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None
