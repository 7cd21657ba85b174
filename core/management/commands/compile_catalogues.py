"""Compile the translation catalogues without gettext's tools."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Make a .mo beside every .po that is newer; a fresh machine needs no msgfmt."""

    help = "Compiles every translation catalogue of the product."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what changed."""
        compiled = 0
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                target = source.with_suffix(".mo")
                if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                    polib.pofile(str(source)).save_as_mofile(str(target))
                    compiled += 1
        self.stdout.write(f"Compiled {compiled} catalogues.")
