"""Bring two editions of a small fictional register in, as a file, and issue a certificate: pages to look at."""

import contextlib
import csv
import tempfile
from datetime import timedelta
from pathlib import Path

from parties.demo import World
from recruiters import services
from recruiters.models import Licence
from recruiters.services import CertificateRefused

SOURCE = "uzbekistan-agency-register"
CERTIFIED = "Golden Bridge Manpower"
HEAD = ("Name", "Country", "Licence No", "Status", "Issued", "Expiry", "Destinations")
FIRSTS = ("Oqsaroy", "Registon", "Chorsu", "Navro'z", "Zarafshon", "Turon", "Samo", "Yulduz")
SECONDS = ("Mehnat", "Xalqaro Ish", "Migratsiya Xizmati")


def build(world: World) -> None:
    """Load both editions and certify Omar's licence."""
    first = _rows(world, edition=1)
    second = [[*row[:3], "Suspended", *row[4:]] if place == 4 else row for place, row in enumerate(first[:-1])]
    second.append(["Bahor Mehnat MChJ", "Uzbekistan", "UZ-0199", "Active", *first[0][4:]])
    bad = [
        ["", "Uzbekistan", "UZ-0200", "Active", "", "soon", ""],
        ["Noma'lum MChJ", "Atlantis", "UZ-0201", "", "", "", ""],
    ]
    with tempfile.TemporaryDirectory() as folder:
        for edition, rows in enumerate((first, second + bad), start=1):
            path = Path(folder, f"uzbekistan-{edition}.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEAD, *rows])
            services.load_register(
                path, source=SOURCE, actor=world.actor, day=world.today - timedelta(days=9 - edition)
            )
    licence = Licence.objects.filter(recruiter__party__name=CERTIFIED).first()
    if licence is not None:
        with contextlib.suppress(CertificateRefused):  # a machine without the fonts shows everything but this
            services.issue_certificate(licence, actor=world.actor)


def _rows(world: World, *, edition: int) -> list[list[str]]:
    issued = (world.today - timedelta(days=400 * edition)).isoformat()
    expires = (world.today + timedelta(days=330)).isoformat()
    names = [f"{first} {second} MChJ" for first in FIRSTS for second in SECONDS]
    return [
        [name, "Uzbekistan", f"UZ-{place + 101:04d}", "Active", issued, expires, "South Korea; Russia"]
        for place, name in enumerate(names)
    ]
