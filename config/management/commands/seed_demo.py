"""Fill an empty demo with fictional data, once."""

import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.models import User
from parties import demo

APPS = ("recruiters", "inspections", "duediligence", "grievances", "cms")


class Command(BaseCommand):
    """Build the demo's world through the services; a demo that has data is left as it is."""

    help = "Fills an empty demo with fictional data; does nothing where users exist."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build each app's part in order, all in one transaction, and say how long each took."""
        if not settings.DEMO:
            raise CommandError("Demo data goes into a demo only: set DEMO=1 on an instance that holds nothing real.")
        if User.objects.exists():
            return
        with transaction.atomic():
            world = self._timed("parties", demo.build)
            for app in APPS:
                self._timed(app, lambda app=app: import_module(f"{app}.demo").build(world))
        for line in world.notes:
            self.stdout.write(line)

    def _timed(self, name: str, build: Any) -> Any:
        began = time.perf_counter()
        made = build()
        self.stderr.write(f"  demo data: {name} ({time.perf_counter() - began:.1f} s)")
        return made
