"""A backup holds everything but the keys, shows every damage, and gives the same answers in an empty instance."""

import io
import json
import shutil
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core import audit, deletions, vault
from core.actors import SYSTEM
from core.backups import rows
from core.backups.container import BackupUnreadable, Writer, about, messages
from core.backups.values import read, written
from core.models import AuditEntry, Notice, SealedRecord, User
from core.storage import sealed_storage
from tests.database import start_anew
from tests.factories import make_party, make_user

SECRET = "a secret of the tests"
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.binary(),
    st.uuids(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.datetimes(timezones=st.just(UTC)),
    st.dictionaries(st.text(), st.lists(st.integers())),
    st.lists(st.text()),
)


@given(values)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    assert read(json.loads(json.dumps(written(value)))) == value


def test_a_value_nobody_knows_is_refused_and_so_is_a_kind_nobody_writes() -> None:
    with pytest.raises(TypeError):
        written(object())
    with pytest.raises(ValueError, match="no values of the kind"):
        read(["wave", "x"])


def sealed(*bodies: bytes, secret: str = SECRET) -> bytes:
    stream = io.BytesIO()
    writer = Writer(stream, secret, {"made_at": "2026-11-01"})
    for number, body in enumerate(bodies):
        writer.add({"number": number}, body)
    writer.finish({"end": True})
    return stream.getvalue()


def opened(data: bytes, secret: str = SECRET) -> list[tuple[dict, bytes]]:
    stream = io.BytesIO(data)
    return list(messages(stream, secret, about(stream)))


@given(st.lists(st.binary(max_size=400), max_size=5))
def test_messages_come_back_in_their_order(bodies: list[bytes]) -> None:
    found = opened(sealed(*bodies))
    assert [body for _head, body in found[:-1]] == bodies
    assert found[-1][0] == {"end": True}


@given(st.data())
def test_whatever_is_changed_cut_off_or_added_is_noticed(data: st.DataObject) -> None:
    whole = sealed(b"first", b"second")
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    for damaged in (changed, whole[:place], whole + b"x"):
        with pytest.raises(BackupUnreadable):
            opened(damaged)


def test_nothing_inside_can_be_read_without_the_key_and_another_key_is_named_as_such() -> None:
    whole = sealed(b"Zebrafinch" * 20)
    assert b"Zebrafinch" not in whole
    with pytest.raises(BackupUnreadable, match="another VAULT_KEY"):
        opened(whole, "another secret")


def test_a_list_of_deletions_survives_an_unfinished_line_and_tells_no_name(tmp_path: Path) -> None:
    path = tmp_path / "list"
    entry = deletions.Deletion(date(2026, 1, 2), "sealed", deletions.mark_of("GRV-1"))
    path.write_text(json.dumps({"on": "2026-01-02", "kind": "sealed", "mark": entry.mark}) + '\n{"on": "2026-0')
    assert deletions.entries(path) == [entry]
    assert "GRV" not in entry.mark


def contents() -> dict[str, list]:
    """Return every row that a backup holds, by table."""
    from django.apps import apps

    return {model._meta.label: [row for batch in rows.read_rows(model) for row in batch] for model in rows.tables(apps)}


@pytest.fixture
def safe(tmp_path: Path):
    """Return a folder for backups, and leave no deletion and no sealed file behind."""
    yield tmp_path
    deletions.place().unlink(missing_ok=True)


def forget_files() -> None:
    shutil.rmtree(sealed_storage().folder, ignore_errors=True)


@pytest.mark.django_db(transaction=True)
def test_an_empty_instance_gives_the_same_answers_and_what_was_destroyed_since_is_destroyed_again(safe, capsys) -> None:
    nadia = make_user("nadia")
    make_party("Golden Bridge Manpower", country="NP")
    keep, drop = vault.seal("kept words", purpose="test.kept"), vault.seal_file(b"dropped words", purpose="test.file")
    Notice.objects.create(user=nadia, code="test", subject_ref="X-1")
    picture = Path(settings.MEDIA_ROOT, "images", "one.png")
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"picture")
    before = contents()
    call_command("backup", str(safe / "one.backup"))
    said = capsys.readouterr().out
    assert "VAULT_KEY" in said
    assert b"Golden Bridge" not in (safe / "one.backup").read_bytes()

    vault.destroy(drop, actor=SYSTEM)
    shutil.copy(deletions.place(), safe / "list")
    deletions.place().unlink()
    start_anew()
    forget_files()
    picture.unlink()
    call_command("restore", str(safe / "one.backup"))
    assert {label: found for label, found in contents().items() if found != before[label]}.keys() <= {
        "core.AuditEntry",
        "core.AuditHead",
    }
    assert picture.read_bytes() == b"picture"
    assert vault.open_bytes(SealedRecord.objects.get(pk=drop.pk), actor=SYSTEM, reason="test") == b"dropped words"
    assert "it is back" in capsys.readouterr().err

    start_anew()
    forget_files()
    call_command("restore", str(safe / "one.backup"), "--deletions", str(safe / "list"))
    again = SealedRecord.objects.get(pk=drop.pk)
    assert again.destroyed_on is not None
    assert not sealed_storage().exists(drop.stored_name)
    assert vault.open_text(SealedRecord.objects.get(pk=keep.pk), actor=SYSTEM, reason="test") == "kept words"
    assert audit.verify()[1] is None
    assert AuditEntry.objects.filter(verb="backup.restored").exists()
    assert deletions.mark_of(drop.pk.hex) in {entry.mark for entry in deletions.entries()}
    assert User.objects.create_user("new").pk > nadia.pk  # the next row gets a number of its own
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_an_instance_that_is_used_is_not_written_over_and_a_damaged_file_leaves_nothing(safe) -> None:
    make_user("nadia")
    vault.seal_file(b"words", purpose="test.file")
    target = safe / "one.backup"
    call_command("backup", str(target), stdout=io.StringIO())
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(target))
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(target))
    start_anew()
    forget_files()
    damaged = safe / "two.backup"
    damaged.write_bytes(target.read_bytes()[:-40])
    with pytest.raises(CommandError, match="ends before it is complete"):
        call_command("restore", str(damaged))
    assert not User.objects.exists()
    assert not [path for path in sealed_storage().folder.rglob("*") if path.is_file()]
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(safe / "three.backup"))


def test_times_and_money_keep_their_kind() -> None:
    for value in (Decimal("10.500"), datetime(2026, 1, 1, tzinfo=UTC), time(1, 2), timedelta(1), uuid4(), b"\x00"):
        assert type(read(json.loads(json.dumps(written(value))))) is type(value)
