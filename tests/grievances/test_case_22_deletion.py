"""Case 22: when its time is over everything is gone, everywhere; a backup from before, restored, forgets it again."""

import io
import logging
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from core import audit, deletions
from core.models import AuditEntry, EvidenceFile, Notice, SealedRecord, StrongboxKey
from core.storage import sealed_storage
from grievances import services
from grievances.models import Disposal, Grievance, NameMark, SmsReach, WorkerSession
from grievances.remedy import Outcome, Word
from grievances.services import StepPlan, doors, following
from tests.database import start_anew
from tests.factories import make_party, make_user
from tests.grievances.builders import judgement, make_grievance, make_lodged
from tests.grievances.test_nothing_leaks import everything_in_the_database
from tests.keys import hold_receipt, present

PLANTED = (
    "Zebrafinchwords", "Zebrafinchplace", "Zebrafinchemployer", "Zebrafinchmessage", "Zebrafinchreply",
    "Zebrafinchfile", "Zebrafinchnote", "Zebrafinchproof",
)  # fmt: skip
NUMBER = "+97798000022"


@pytest.fixture
def clean_disk():
    yield
    deletions.place().unlink(missing_ok=True)
    shutil.rmtree(sealed_storage().folder, ignore_errors=True)


def whole_story(nadia: Any) -> Grievance:
    """Let a worker file, write, send a file and be reached by text; let her case end with remedy that she confirms."""
    lodged = make_lodged(
        ("WAG",),
        words="Zebrafinchwords",
        employer="Zebrafinchemployer",
        files=(b"Zebrafinchfile in a text",),
        contact_mode="sms",
        contact={"value": NUMBER, "times": "evening"},
    )
    grievance = lodged.grievance
    with hold_receipt(lodged.receipt):
        doors.open_session(grievance)
    following.write(grievance, "Zebrafinchmessage")
    services.take(grievance, actor=nadia)
    services.link_accused(grievance, make_party("Northwind Apparel"), part="employer", actor=nadia)
    services.send_message(grievance, "Zebrafinchreply", actor=nadia)
    case = services.triage(grievance, judgement(("WAG",), priority="normal", note="Zebrafinchnote"), actor=nadia)
    plan = StepPlan("compensation_financial", "wages_paid", "employer", timezone.localdate(), note="Zebrafinchplace")
    step = services.add_remedy_step(case, plan, actor=nadia)
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=b"Zebrafinchproof in a text")
    following.say_about_step(step, Word.ALL)
    services.set_root_cause(case, "fees_in_chain", actor=nadia)
    assert services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    grievance.refresh_from_db()
    return grievance


def on_the_disk() -> bytes:
    """Return every byte of the installation's folder: database with its log, sealed files, mail, lists."""
    return b"".join(path.read_bytes() for path in sorted(Path(settings.DATA_DIR).rglob("*")) if path.is_file())


def ciphertexts(grievance: Grievance) -> list[bytes]:
    """Return what is sealed of a grievance, as it lies in tables and files."""
    found = services.deleting.hanging_on(grievance)
    records = [*found.records, *(sealed for file in found.files for sealed in (file.original, file.cleaned) if sealed)]
    assert len(records) >= 9
    return [
        sealed_storage().read(record.stored_name) if record.stored_name else bytes(record.ciphertext)
        for record in records
    ]


def nothing_is_left(ref: str, refs: frozenset[str], sealed: list[bytes], log: str) -> None:
    """Look through tables, files, log and mail: no planted word, and not even what it was sealed as."""
    everything = on_the_disk()
    tables = everything_in_the_database()
    letters = "\n".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    for word in (*PLANTED, NUMBER):
        for place, text in (("tables", tables), ("log", log), ("mail", letters)):
            assert word not in text, (place, word)
        assert word.encode() not in everything, word
    assert [body for body in sealed if body in everything] == []
    assert not SealedRecord.objects.filter(destroyed_on__isnull=True, purpose__startswith="grievance").exists()
    assert not StrongboxKey.objects.exists()
    assert not WorkerSession.objects.exists()
    assert not NameMark.objects.exists()
    assert not SmsReach.objects.exists()
    assert not Notice.objects.filter(subject_ref__in=refs).exists()
    certificate = Disposal.objects.get(subject_ref=ref)
    assert certificate.records >= 5
    assert certificate.files >= 2


@pytest.mark.django_db(transaction=True)
def test_case_22_deleted_everywhere_and_again_after_a_backup_is_restored(
    clean_disk, tmp_path, caplog, settings
) -> None:
    settings.SMS_URL = "console:"
    caplog.set_level(logging.DEBUG)
    nadia = make_user("nadia", "case_officer", email="nadia@example.org")
    with present(nadia):
        grievance = whole_story(nadia)
    ref, refs, sealed = grievance.ref, services.deleting.hanging_on(grievance).refs, ciphertexts(grievance)
    older = tmp_path / "older.backup"
    call_command("backup", str(older), stdout=io.StringIO())
    due = timezone.now() + timedelta(days=(grievance.keep_until - timezone.localdate()).days + 1)

    assert services.purge(due - timedelta(days=2)).emptied == 0
    assert services.purge(due).emptied == 1
    nothing_is_left(ref, refs, sealed, caplog.text)
    assert services.purge(due).emptied == 0

    kept = tmp_path / "deletions.jsonl"
    shutil.copy(deletions.place(), kept)
    assert ref.encode() not in kept.read_bytes()
    deletions.place().unlink()
    start_anew()
    shutil.rmtree(sealed_storage().folder)
    call_command("restore", str(older), "--deletions", str(kept), stdout=io.StringIO(), stderr=io.StringIO())
    older.unlink()
    nothing_is_left(ref, refs, sealed, caplog.text)
    again = Grievance.objects.get(ref=ref)
    assert again.emptied_on == due.date()
    assert again.codes == ("WAG",)
    assert Disposal.objects.get(subject_ref=ref).on == due.date()

    services.purge(timezone.now() + timedelta(days=366 * 8))
    assert not Grievance.objects.exists()
    assert not EvidenceFile.objects.exists()
    assert not SealedRecord.objects.filter(purpose__startswith="grievance").exists()
    assert Disposal.objects.get(subject_ref=ref).rule == "case_facts"
    assert audit.verify()[1] is None
    facts = " ".join(str(entry.facts) for entry in AuditEntry.objects.filter(subject__in=refs))
    assert "Zebrafinch" not in facts


@pytest.mark.django_db
class TestWhatStopsDeletion:
    """A hold, a message, an open case: nothing goes before its time."""

    def ended(self, nadia: Any) -> Grievance:
        grievance = make_grievance(("WAG",))
        services.triage(
            grievance, judgement(("WAG",), "not_accepted", "normal", reason_code="out_of_scope"), actor=nadia
        )
        return grievance

    def test_what_was_not_accepted_has_its_day_too(self, nadia) -> None:
        grievance = self.ended(nadia)
        services.purge(timezone.now())
        grievance.refresh_from_db()
        assert grievance.keep_until is not None
        assert grievance.keep_until > timezone.localdate() + timedelta(days=600)

    def test_a_hold_stops_it_and_ends_only_when_two_agree(self, nadia, samir) -> None:
        grievance = self.ended(nadia)
        services.purge(timezone.now())
        found = services.hold(grievance, "legal_claim", actor=nadia)
        late = timezone.now() + timedelta(days=366 * 9)
        done = services.purge(late)
        assert (done.emptied, done.deleted, done.held) == (0, 0, 1)
        services.ask_to_lift(found, actor=nadia)
        with pytest.raises(services.RetentionRefused, match="Somebody else"):
            services.lift(found, agrees=True, actor=nadia)
        services.lift(found, agrees=False, actor=samir)
        assert services.purge(late).deleted == 0
        found.refresh_from_db()
        services.ask_to_lift(found, actor=samir)
        services.lift(found, agrees=True, actor=nadia)
        assert services.purge(late).deleted == 1

    def test_a_message_of_the_worker_keeps_it(self, nadia) -> None:
        grievance = self.ended(nadia)
        services.purge(timezone.now())
        following.write(Grievance.objects.get(pk=grievance.pk), "one more thing")
        grievance.refresh_from_db()
        assert (grievance.keep_until, grievance.files_until, grievance.shell_until) == (None, None, None)
        assert services.purge(timezone.now() + timedelta(days=366 * 9)).emptied == 0

    def test_words_go_sooner_where_two_people_agree_and_never_while_it_is_open_or_held(self, nadia, samir) -> None:
        grievance = make_grievance(("WAG",))
        with pytest.raises(services.RetentionRefused, match="still open"):
            services.ask_erasure(grievance, "worker", actor=nadia)
        grievance = self.ended(nadia)
        asked = services.ask_erasure(grievance, "worker", actor=nadia)
        with pytest.raises(services.RetentionRefused, match="asked for it already"):
            services.ask_erasure(grievance, "authority", actor=samir)
        with pytest.raises(services.RetentionRefused, match="Somebody else"):
            services.settle_erasure(asked, agrees=True, actor=nadia)
        held = services.hold(grievance, "criminal_case", actor=nadia)
        with pytest.raises(services.RetentionRefused, match="on hold"):
            services.settle_erasure(asked, agrees=True, actor=samir)
        services.ask_to_lift(held, actor=nadia)
        services.lift(held, agrees=True, actor=samir)
        services.settle_erasure(asked, agrees=True, actor=samir)
        grievance.refresh_from_db()
        assert grievance.emptied_on == timezone.localdate()
        assert grievance.codes == ("WAG",)
        assert Disposal.objects.get(subject_ref=grievance.ref).rule == "erasure"

    def test_files_of_grave_cases_go_before_the_words(self, nadia) -> None:
        lodged = make_lodged(("VIO",), files=(b"a file of mine",))
        grievance = lodged.grievance
        following.withdraw(grievance)
        services.close_withdrawn(grievance, freely=False, actor=nadia, agreed=True)
        grievance.refresh_from_db()
        assert grievance.files_until < grievance.keep_until
        at = timezone.now() + timedelta(days=(grievance.files_until - timezone.localdate()).days + 1)
        done = services.purge(at)
        assert (done.stripped, done.emptied) == (1, 0)
        assert services.purge(at).stripped == 0
        grievance.refresh_from_db()
        assert grievance.files.get().evidence.original.destroyed_on is not None
        assert grievance.statement.destroyed_on is None

    def test_what_was_withdrawn_freely_is_kept_for_weeks_not_years(self, nadia) -> None:
        grievance = make_grievance(("WAG",))
        following.withdraw(grievance)
        services.close_withdrawn(grievance, freely=True, actor=nadia)
        grievance.refresh_from_db()
        assert grievance.keep_until - timezone.localdate() < timedelta(days=100)

    def test_one_that_cannot_be_deleted_stops_no_other(self, nadia, monkeypatch) -> None:
        first, second = self.ended(nadia), self.ended(nadia)
        services.purge(timezone.now())
        real = services.keeping.empty

        def sometimes(grievance: Grievance, day: date, **more: Any) -> None:
            if grievance.pk == first.pk:
                raise OSError("the disk is gone")
            real(grievance, day, **more)

        monkeypatch.setattr(services.keeping, "empty", sometimes)
        done = services.purge(timezone.now() + timedelta(days=366 * 3))
        assert (done.emptied, done.failed) == (1, 1)
        second.refresh_from_db()
        assert second.emptied_on is not None


@pytest.fixture
def samir(db: Any) -> Any:
    """Return Samir, the other case officer."""
    return make_user("samir", "case_officer")
