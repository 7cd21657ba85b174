"""The audit trail cannot be changed unnoticed, and holds no sentence."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import audit, audit_triggers
from core.actors import SYSTEM, WORKER
from core.models import AuditEntry


@pytest.fixture
def three_entries(db: Any) -> list[AuditEntry]:
    with transaction.atomic():
        return [audit.record("licence.granted", actor=SYSTEM, subject=f"LIC-{n}", order=n) for n in range(3)]


def test_an_untouched_chain_is_whole(three_entries: list[AuditEntry]) -> None:
    count, broken = audit.verify()
    assert broken is None
    assert count == 3


def test_a_changed_entry_is_found(three_entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=three_entries[1].pk).update(facts={"order": 99})
    assert audit.verify()[1] == audit.BrokenLink(2, "its content was changed after it was written")


def test_a_removed_entry_is_found(three_entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=three_entries[1].pk).delete()
    broken = audit.verify()[1]
    assert broken is not None
    assert broken.sequence == 2


def test_a_cut_off_tail_is_found(three_entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=three_entries[2].pk).delete()
    broken = audit.verify()[1]
    assert broken is not None
    assert "newest entries are missing" in broken.reason


def test_an_entry_forged_without_the_key_is_found(three_entries: list[AuditEntry], settings: Any) -> None:
    forged = three_entries[2]
    forged.facts = {"order": 5}
    settings.VAULT_KEY = "11" * 32
    AuditEntry.objects.filter(pk=forged.pk).update(facts=forged.facts, digest=audit.digest(forged))
    settings.VAULT_KEY = "00" * 32
    assert audit.verify()[1] is not None


def test_the_command_fails_and_names_the_first_broken_link(three_entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=three_entries[0].pk).update(actor="user:1")
    with pytest.raises(CommandError, match="broken at entry 1"):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_changes_and_deletions() -> None:
    with transaction.atomic():
        entry = audit.record("licence.granted", actor=SYSTEM, subject="LIC-1")
    audit_triggers.install(connection)
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(actor="user:2")
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).delete()
        assert AuditEntry.objects.get().actor == SYSTEM.audit_code
    finally:
        audit_triggers.remove(connection)


@pytest.mark.django_db
def test_a_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="'words' must be a code"):
        audit.record("grievance.lodged", actor=WORKER, subject="GRV-1", words="he kept my passport")


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.record("licence.granted", actor=SYSTEM, subject="LIC-1")


@pytest.mark.django_db
def test_a_worker_s_act_is_kept_to_the_day() -> None:
    entry = audit.record("grievance.lodged", actor=WORKER, subject="GRV-1")
    assert (entry.at.hour, entry.at.minute, entry.at.second) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_what_it_records() -> None:

    def fail_after_recording() -> None:
        with transaction.atomic():
            audit.record("licence.granted", actor=SYSTEM, subject="LIC-1")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    assert audit.verify() == (0, None)
