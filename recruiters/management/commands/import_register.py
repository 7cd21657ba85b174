"""Bring a register of recruiters and licences in from a file."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from core.actors import Automatic
from recruiters.countries import country_code
from recruiters.models import RegisterLoad
from recruiters.services import LoadRefused, load_register
from recruiters.wording import rejection_sentence

SHOWN = 200


class Command(BaseCommand):
    """import_register FILE [--source NAME] [--dry-run] [--allow-drop] [--country CODE] [--authority] [--dates] …"""

    help = (
        "Bring a register of recruiters and licences in (CSV, XLSX, JSON Lines): full load to staging, then one swap."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="the register's name; the file's name if not given")
        parser.add_argument("--country", default="", help="the country of rows that name none")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--allow-drop", action="store_true", help="accept that more than 10 %% of records disappear"
        )
        parser.add_argument("--authority", default="", help="the authority whose own register it is; remembered")
        parser.add_argument("--dates", choices=["dmy", "mdy"], default="", help="how 03/04/2029 is read; remembered")
        parser.add_argument(
            "--accept-names", action="store_true", help="a known number under another name is the same, renamed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and print the report."""
        path: Path = options["file"]
        began = time.monotonic()
        try:
            load = load_register(
                path,
                source=slugify(options["source"] or path.stem)[:60],
                actor=Automatic("import_register"),
                dry_run=options["dry_run"],
                allow_drop=options["allow_drop"],
                default_country=country_code(options["country"]),
                authority=options["authority"],
                dates=options["dates"],
                accept_names=options["accept_names"],
            )
        except LoadRefused as refusal:
            if refusal.load is not None:
                self._rejections(refusal.load)
            raise CommandError(str(refusal)) from refusal
        self._report(load, time.monotonic() - began)

    def _report(self, load: RegisterLoad, seconds: float) -> None:
        tried = "Nothing was written (dry run). " if load.state == RegisterLoad.State.TRIED else ""
        self.stdout.write(
            f"{tried}{load.ref} {load.source}: {load.read} rows read, {load.accepted} accepted, "
            f"{load.rejected} rejected; {load.added} added, {load.changed} changed, {load.unchanged} unchanged, "
            f"{load.gone} gone; {seconds:.1f} s"
        )
        columns = ", ".join(f"{field} from “{column}”" for field, column in load.report["columns"].items())
        self.stdout.write(f"Columns: {columns}")
        for note in load.report["notes"]:
            self.stdout.write(f"Note: {note}")
        for word, count in sorted(load.report["unmapped_words"].items()):
            self.stdout.write(f"Status word not known, so never shown as valid: “{word}” in {count} rows")
        for ref in load.report["linked_to_known"][:SHOWN]:
            self.stdout.write(f"Already here under the same number: {ref}")
        for ref in load.report["kept_because_of_order"][:SHOWN]:
            self.stdout.write(f"Kept as it is, because of an order given here: {ref}")
        for ref in load.report["kept_because_of_source"][:SHOWN]:
            self.stdout.write(f"Kept as it is, because this register does not speak for the licence: {ref}")
        if load.report["asked"]:
            self.stdout.write(
                f"{load.report['asked']} rows bear a known number under another name and are left out. "
                "Where they are the same organisation, renamed, run it again with --accept-names."
            )
        self._rejections(load)

    def _rejections(self, load: RegisterLoad) -> None:
        rejected = load.report["rejected"]
        for rejection in rejected[:SHOWN]:
            self.stdout.write(rejection_sentence(rejection))
        if len(rejected) > SHOWN:
            self.stdout.write(f"… and {len(rejected) - SHOWN} more, kept with the load {load.ref}")
