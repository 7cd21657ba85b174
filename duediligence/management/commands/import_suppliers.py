"""Read a supplier list in Open Supply Hub's format: import_suppliers COMPANY FILE."""

import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from core.actors import Automatic
from core.tabular import TableRefused
from duediligence import services
from duediligence.importing import numbered, open_list
from duediligence.models import Company
from duediligence.wording import PROBLEMS, say
from parties.models import Party

IMPORT = Automatic("import_suppliers")
CHUNK = 200


class Command(BaseCommand):
    """Read every row that can be used and name every other one."""

    help = "Reads a supplier list (CSV, XLSX, JSON Lines: country, name, address, sector, lat, lng, …) for a company."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the company and the file."""
        parser.add_argument("company", help="the company's reference (PTY-… or ACC-…) or its exact name")
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the list and print what came of it."""
        company, path, begun = _company(options["company"]), options["file"], time.monotonic()
        try:
            table = open_list(path, path.name)
        except (TableRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        report = services.begin_import(company, file_name=path.name, actor=IMPORT)
        rows = numbered(table)
        while chunk := list(islice(rows, CHUNK)):
            services.import_rows(report, chunk, actor=IMPORT)
            print(f"{report.rows} rows", file=sys.stderr)  # noqa: T201 - progress
        services.name_broken_rows(report, [(one.number, one.column, one.reason) for one in table.problems])
        services.finish_import(report, actor=IMPORT)
        for problem in report.problems.all():
            why = problem.reason or say(PROBLEMS, problem.code)
            self.stdout.write(f"row {problem.number}, column {problem.column or '-'}: {why} [{problem.value}]")
        self.stdout.write(
            f"{report.ref}: {report.rows} rows, {report.added} added, {report.changed} changed, "
            f"{report.unchanged} already there, {report.rejected} left out, {time.monotonic() - begun:.1f} s"
        )


def _company(text: str) -> Company:
    parties = Party.objects.filter(Q(ref=text) | Q(account__ref=text) | Q(name=text, account__kind="company"))
    party = parties.first()
    if party is None:
        raise CommandError(f"No company is known as {text}. Give its reference (PTY-…) or its exact name.")
    return Company.objects.get_or_create(party=party)[0]
