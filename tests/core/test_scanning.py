"""Case 33: a file that the scanner calls harmful, or does not answer for, is held and never silently passed on."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import due, evidence, scanning
from core.actors import SYSTEM
from core.evidence import EvidenceWithheld
from core.models import AuditEntry, EvidenceFile
from core.scanning import Verdict
from tests.clamd import FakeClamd
from tests.clamd import clamd as clamd
from tests.samples import EICAR

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


def kept(data: bytes = b"plain words") -> EvidenceFile:
    return evidence.keep_bytes(data, actor=SYSTEM, subject="GRV-1")


def why_withheld(file: EvidenceFile) -> str:
    with pytest.raises(EvidenceWithheld) as withheld:
        evidence.read(EvidenceFile.objects.get(pk=file.pk), actor=SYSTEM)
    return withheld.value.why


def test_without_a_scanner_nothing_is_said_of_one(settings: Any) -> None:
    settings.CLAMD_URL = ""
    assert scanning.scan(EICAR) is None


def test_the_scanner_s_three_answers(clamd: FakeClamd) -> None:  # noqa: F811
    assert scanning.scan(b"x" * 300_000) == Verdict.CLEAN
    assert scanning.scan(b"before" + EICAR) == Verdict.INFECTED
    for clamd.mode in ("rubbish", "hang up"):
        assert scanning.scan(b"x") == Verdict.NOT_CHECKED
    clamd.close()
    assert scanning.scan(b"x") == Verdict.NOT_CHECKED


@pytest.mark.parametrize("url", ["tcp://scanner.example:3310", "tcp://192.0.2.7", "http://localhost", "unix-ish"])
def test_case_33_a_file_never_crosses_a_network_in_the_clear(settings: Any, url: str) -> None:
    settings.CLAMD_URL = url
    with pytest.raises(ImproperlyConfigured, match="in the clear"):
        scanning.scan(b"words")


@pytest.mark.django_db
def test_case_33_a_harmful_file_is_held_and_its_original_opens_only_with_a_reason_under_a_harmless_name(
    clamd: FakeClamd,  # noqa: F811
) -> None:
    file = kept(EICAR)
    assert file.cleaned is None
    assert why_withheld(file) == "infected"
    with pytest.raises(EvidenceWithheld):
        evidence.respond_original(file, actor=SYSTEM, reason="curious")
    answer = evidence.respond_original(file, actor=SYSTEM, reason="apart")
    assert answer["Content-Disposition"].endswith('.txt.infected"')
    entry = AuditEntry.objects.get(verb="evidence.original")
    assert entry.facts["reason"] == "apart"
    assert entry.facts["held"] == "infected"


@pytest.mark.django_db
def test_case_33_a_file_that_came_while_the_scanner_was_down_is_checked_when_somebody_asks_for_it(
    clamd: FakeClamd,
) -> None:  # noqa: F811
    clamd.mode = "hang up"
    file, harmful = kept(), kept(EICAR)
    assert why_withheld(file) == "not_checked"
    clamd.mode = "answer"
    assert evidence.read(file, actor=SYSTEM) == b"plain words"
    assert why_withheld(harmful) == "infected"


@pytest.mark.django_db
def test_the_hourly_job_checks_what_waits_and_says_what_it_did(clamd: FakeClamd, settings: Any) -> None:  # noqa: F811
    clamd.mode = "hang up"
    files = [kept(), kept(EICAR), kept(b"other words")]
    assert due.run_one("recheck_files", NOON) == "0 files checked, 0 wait for their reader"
    clamd.mode = "answer"
    assert due.run_one("recheck_files", NOON) == "3 files checked, 0 wait for their reader"
    assert [evidence.held_for(EvidenceFile.objects.get(pk=file.pk)) for file in files] == ["", "infected", ""]
    assert due.run_one("recheck_files", NOON) == "0 files checked, 0 wait for their reader"
    settings.CLAMD_URL = ""
    assert due.run_one("recheck_files", NOON) == "no scanner is set up"
