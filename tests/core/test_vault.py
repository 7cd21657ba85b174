"""What is sealed opens only with its key, its purpose and its record, and every opening is written down."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core import vault
from core.actors import SYSTEM
from core.models import AuditEntry, SealedRecord
from core.storage import sealed_storage

WORDS = "पासपोर्ट मालिकले राखेको छ"


@pytest.mark.django_db
def test_sealed_words_open_again_and_the_opening_is_written_down() -> None:
    record = vault.seal(WORDS, purpose="grievance.words")
    assert vault.open_text(record, actor=SYSTEM, reason="triage", subject="GRV-1") == WORDS
    entry = AuditEntry.objects.get(verb="vault.opened")
    assert (entry.subject, entry.facts["reason"]) == ("GRV-1", "triage")


@pytest.mark.django_db
@limits(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=5000))
def test_any_bytes_come_back_unchanged(data: bytes) -> None:
    assert vault.open_bytes(vault.seal(data, purpose="test.bytes"), actor=SYSTEM, reason="test") == data


@pytest.mark.django_db
def test_nothing_of_the_words_lies_in_the_table() -> None:
    vault.seal("my passport is in his drawer", purpose="grievance.words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_sealedrecord")
        stored = b" ".join(
            bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone()
        )
    assert b"passport" not in stored


@pytest.mark.django_db
def test_another_key_opens_nothing(settings: Any) -> None:
    record = vault.seal(WORDS, purpose="grievance.words")
    settings.VAULT_KEY = "22" * 32
    with pytest.raises(vault.VaultError):
        vault.open_text(record, actor=SYSTEM, reason="test")


@pytest.mark.django_db
def test_content_moved_to_another_record_does_not_open() -> None:
    one, other = vault.seal("one", purpose="a.b"), vault.seal("other", purpose="a.b")
    other.ciphertext, other.wrapped_key = one.ciphertext, one.wrapped_key
    with pytest.raises(vault.VaultError):
        vault.open_text(other, actor=SYSTEM, reason="test")


@pytest.mark.django_db
def test_a_changed_byte_is_noticed() -> None:
    record = vault.seal(WORDS, purpose="a.b")
    assert record.ciphertext is not None
    record.ciphertext = record.ciphertext[:-1] + bytes([record.ciphertext[-1] ^ 1])
    with pytest.raises(vault.VaultError, match="changed"):
        vault.open_text(record, actor=SYSTEM, reason="test")


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_file_is_gone_from_the_disk_and_its_row_remains() -> None:
    record = vault.seal_file(b"photo", purpose="evidence.original")
    path = Path(sealed_storage().folder, record.stored_name)
    assert b"photo" not in path.read_bytes()
    vault.destroy(record, actor=SYSTEM)
    assert not path.exists()
    assert SealedRecord.objects.get(pk=record.pk).destroyed_on is not None
    with pytest.raises(vault.VaultError, match="destroyed"):
        vault.open_bytes(record, actor=SYSTEM, reason="test")


@pytest.mark.django_db
def test_keys_are_wrapped_for_a_new_holder_without_touching_content(settings: Any) -> None:
    record = vault.seal(WORDS, purpose="a.b")
    old = vault.key_holder()
    settings.VAULT_KEY = "33" * 32
    assert vault.rewrap(old, vault.key_holder(), SealedRecord.objects.all(), actor=SYSTEM) == 1
    record.refresh_from_db()
    assert vault.open_text(record, actor=SYSTEM, reason="test") == WORDS


def test_a_stored_name_cannot_lead_out_of_the_folder() -> None:
    for name in ("../../etc/passwd", "ab/../../x", "/etc/passwd", "ab/" + "0" * 32):
        with pytest.raises(FileNotFoundError):
            sealed_storage().read(name)
