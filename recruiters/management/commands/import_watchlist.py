"""Bring an edition of a watchlist in from a file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.actors import Automatic
from recruiters.services import WatchlistRefused, load_watchlist
from recruiters.wording import drop_sentence

OLD_DAYS = 60


class Command(BaseCommand):
    """import_watchlist FILE [--source NAME] [--list-date DAY] [--max-age DAYS] [--publisher NAME]"""

    help = "Bring a watchlist in (FollowTheMoney JSON Lines, or a table); the report names whatever was left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="the list's name; the file's name if not given")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--list-date", type=date.fromisoformat, help="the day of this edition; today if not given")
        parser.add_argument(
            "--allow-drop", action="store_true", help="accept that more than 10 %% of the list's records disappear"
        )
        parser.add_argument("--allow-older", action="store_true", help="accept an edition older than the one here")
        parser.add_argument("--max-age", type=int, help="days after which nothing may be called clear by this list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and print the report."""
        try:
            load = load_watchlist(
                options["file"],
                actor=Automatic("import_watchlist"),
                source=options["source"],
                publisher=options["publisher"],
                list_date=options["list_date"],
                max_age_days=options["max_age"],
                allow_drop=options["allow_drop"],
                allow_older=options["allow_older"],
            )
        except WatchlistRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{load.ref} {load.source.code}, edition of {load.list_date}: {load.records} people and organisations; "
            f"{load.added} new, {load.changed} changed, {load.gone} gone"
        )
        for reason, count in sorted(load.dropped["counts"].items(), key=lambda pair: (-pair[1], pair[0])):
            self.stdout.write(drop_sentence(reason, count, load.dropped["lines"].get(reason, [])))
        if (
            load.content_date
            and (timezone.localdate() - load.content_date).days > OLD_DAYS
            and not options["list_date"]
        ):
            self.stdout.write(
                f"Note: the newest record in this file was seen on {load.content_date}. If the edition is as old, "
                "say so with --list-date, so that nothing is called clear by an old list."
            )
        if load.source.is_stale:
            self.stdout.write("Warning: this edition is too old to call anything clear by.")
