"""The demo's whole register, written to a file and brought back: nothing is added and nothing is changed."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from core.actors import SYSTEM
from recruiters.exchange.reading import public_records
from recruiters.models import Licence, LicenceStatus, Recruiter
from recruiters.services import load_register

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize("name", ["register.jsonl", "register.csv", "register-licences.csv"])
def test_the_register_brought_back_adds_nothing_and_changes_nothing(tmp_path: Path, name: str) -> None:
    before = list(public_records())
    stood = [model.objects.count() for model in (Recruiter, Licence, LicenceStatus)]
    kind = "jsonl" if name.endswith("jsonl") else "csv"
    call_command("export_register", str(tmp_path / f"register.{kind}"), "--format", kind, verbosity=0)
    with transaction.atomic():
        made = load_register(tmp_path / name, source="last-month", actor=SYSTEM)
        assert (made.added, made.gone, made.report["asked"]) == (0, 0, 0)
        assert {each["rule"] for each in made.report["rejected"]} <= {"several_licences"}
        assert [model.objects.count() for model in (Recruiter, Licence, LicenceStatus)] == stood
        assert list(public_records()) == before
        transaction.set_rollback(True)
