"""Write the public register to a file in an open format."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.exports.delimited import csv_chunks
from recruiters.api.register import json_lines
from recruiters.exchange.bods import Publisher, statements
from recruiters.exchange.ftm import ftm_entities
from recruiters.exchange.holders import with_holders
from recruiters.exchange.reading import public_records
from recruiters.exchange.tables import HEADER, LICENCE_HEADER, csvw_metadata, json_record, licence_rows, table_row

FORMATS = ("csv", "jsonl", "ftm", "bods")


class Command(BaseCommand):
    """export_register FILE [--format csv|jsonl|ftm|bods] [--with-people]"""

    help = "Write the public register: a table with its CSVW description, JSON Lines, FollowTheMoney or BODS 0.4."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, default="csv", dest="kind")
        parser.add_argument(
            "--with-people",
            action="store_true",
            help="BODS only: name owners and directors. Only where the law makes their names public.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, complete or not at all; beside a table of recruiters one of their licences."""
        path: Path = options["file"]
        if options["with_people"] and options["kind"] != "bods":
            raise CommandError("--with-people goes with --format bods only.")
        written = [path]
        try:
            self._write(path, self._pieces(options["kind"], with_people=options["with_people"]))
            if options["kind"] == "csv":
                licences = path.with_name(f"{path.stem}-licences{path.suffix}")
                self._write(licences, csv_chunks(LICENCE_HEADER, licence_rows(public_records()), mark=False))
                self._describe(path, "Public register of recruiters")
                self._describe(licences, "Licences on the public register", of_licences=True)
                written.append(licences)
        except OSError as problem:
            raise CommandError(f"{path} could not be written: {problem.strerror}.") from problem
        for each in written:
            self.stdout.write(f"{each}: {each.stat().st_size} bytes.")

    def _write(self, path: Path, pieces: Iterator[bytes]) -> None:
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as out:
                for piece in pieces:
                    out.write(piece)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _pieces(self, kind: str, *, with_people: bool) -> Iterator[bytes]:
        if kind == "csv":
            return csv_chunks(HEADER, (table_row(record) for record in public_records()), mark=False)
        if kind == "jsonl":
            return json_lines(json_record(record) for record in public_records())
        if kind == "ftm":
            return json_lines(ftm_entities(public_records()))
        by = Publisher(settings.WAGTAIL_SITE_NAME, settings.BASE_URL, timezone.localdate())
        return json_lines(statements(with_holders(), by, with_people=with_people))

    def _describe(self, path: Path, title: str, *, of_licences: bool = False) -> None:
        described = csvw_metadata(
            url=path.name,
            title=title,
            of_licences=of_licences,
            publisher=settings.WAGTAIL_SITE_NAME,
            modified=timezone.now().isoformat(),
        )
        path.with_name(f"{path.name}-metadata.json").write_bytes(b"".join(json_lines([described])))
