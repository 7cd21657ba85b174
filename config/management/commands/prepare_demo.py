"""Make a demo ready to serve: database, catalogues, static files, fictional data; quick when nothing changed."""

import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.environment import ROOT
from parties.demo import PASSWORD, PEOPLE


class Command(BaseCommand):
    """Do what is missing and print where to look and how to sign in."""

    help = "Prepares a demo: migrates, compiles catalogues, collects static files, seeds. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare and greet."""
        call_command("compile_catalogues", stdout=self.stderr)
        self._when_changed("migrations", _digest("migrations/*.py"), self._migrate)
        self._when_changed("static", _digest("static/**/*"), self._collect)
        call_command("seed_demo", stdout=self.stdout, stderr=self.stderr)
        self._when_changed("due", _digest("demo*.py"), self._do_what_is_due)
        self._greet()

    def _when_changed(self, name: str, digest: str, do: Any) -> None:
        stamp = Path(settings.DATA_DIR, f"{name}.digest")
        if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
            return
        do()
        stamp.write_text(digest, encoding="ascii")

    def _migrate(self) -> None:
        self.stderr.write("  preparing the database")
        call_command("migrate", verbosity=0, interactive=False)

    def _collect(self) -> None:
        self.stderr.write("  collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)

    def _do_what_is_due(self) -> None:
        """Compare the register with the watchlists, tell of ends, publish figures: what a night would have done."""
        self.stderr.write("  doing what is due")
        call_command("run_due", stdout=self.stderr)

    def _greet(self) -> None:
        base = settings.BASE_URL
        self.stdout.write(
            f"\nSafeconduct demo: every name and case in it is fictional.\n\n  Public site     {base}/en/"
        )
        self.stdout.write(f"  Report safely   {base}/en/report/\n  Workspace       {base}/workspace/")
        self.stdout.write(f"  Site editor     {base}/cms/\n\n  Sign-ins, all with the password {PASSWORD}:")
        for username, name, _language, role, account, _kind in PEOPLE:
            self.stdout.write(f"    {username:<9} {name}, {role.replace('_', ' ')}, {account}")
        self.stdout.write("\n  Press Ctrl-C to stop.\n")


def _digest(pattern: str) -> str:
    """Return a digest of files of every app, with what the packages bring named by their versions."""
    seen = hashlib.sha256((ROOT / "requirements" / "app.txt").read_bytes())
    seen.update(str(settings.DATABASES["default"]["NAME"]).encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if Path(config.path).parent == ROOT:
            for file in sorted(Path(config.path).glob(pattern)):
                if file.is_file():
                    seen.update(str(file).encode() + file.read_bytes())
    return seen.hexdigest()
