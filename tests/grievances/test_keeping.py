"""Escalating exactly once, and letting go of what nobody may keep: run twice, the second run changes nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import vault
from core.models import EvidenceFile, Notice, SealedRecord
from core.storage import sealed_storage
from core.vault import VaultError
from grievances import services
from grievances.keys import new_token
from grievances.models import Clock, Disposal, Draft, DraftFile, Grievance, Hold, WorkerSession
from grievances.services import doors, drafts, following, papers
from grievances.services.drafts import DraftContent
from grievances.statuses import Decision
from tests.grievances.builders import WORDS, judgement, make_grievance, make_lodged

pytestmark = pytest.mark.django_db
LATER = timedelta(days=40)


def test_two_days_of_silence_make_exactly_one_escalation_per_clock(nadia) -> None:
    grievance = make_grievance(("WAG",))
    clocks = grievance.clocks.count()
    at = timezone.now() + LATER
    assert services.escalate(at).clocks == clocks
    assert services.escalate(at + timedelta(days=2)).clocks == 0
    assert Notice.objects.filter(user=nadia, code="grievance.overdue").count() == clocks


def test_what_was_done_in_time_is_never_escalated(nadia) -> None:
    grievance = make_grievance(("WAG",))
    services.take(grievance, actor=nadia)
    services.triage(
        grievance, judgement(("WAG",), Decision.NOT_ACCEPTED, "normal", reason_code="out_of_scope"), actor=nadia
    )
    assert services.escalate(timezone.now() + LATER).clocks == 0


def test_an_overdue_grievance_without_a_handler_goes_to_those_who_find_one(nadia, auditor) -> None:
    grievance = make_grievance(("WAG",))
    services.recuse(grievance, reason="knows_party", actor=nadia)
    assert services.escalate(timezone.now() + LATER).without_handler == grievance.clocks.count()
    assert Notice.objects.filter(user=auditor, code="grievance.overdue").exists()


def test_a_met_clock_says_whether_it_was_late_and_no_longer_the_hour(nadia) -> None:
    grievance = make_grievance(("VIO",))
    services.take(grievance, actor=nadia)
    clock = grievance.clocks.get(kind="acknowledge")
    assert clock.was_late is False
    assert (clock.due_at.hour, clock.due_at.minute) == (0, 0)


def closed(nadia, **fields) -> Grievance:
    grievance = make_grievance(("WAG",), **fields)
    following.write(grievance, "a message of mine")
    services.send_message(grievance, "an answer", actor=nadia)
    following.withdraw(grievance)
    services.close_withdrawn(grievance, freely=True, actor=nadia)
    return Grievance.objects.get(pk=grievance.pk)


def test_when_its_time_is_over_words_files_and_contact_are_gone_and_codes_remain(nadia) -> None:
    lodged = make_lodged(("WAG",), files=(b"a file of mine",), contact_mode="phone", contact={"value": "+977 98"})
    grievance = lodged.grievance
    following.withdraw(grievance)
    services.close_withdrawn(grievance, freely=True, actor=nadia)
    grievance.refresh_from_db()
    file = grievance.files.get().evidence
    stored = file.original.stored_name
    at = timezone.now().replace(year=grievance.keep_until.year, month=grievance.keep_until.month, day=1) + LATER
    assert "1 grievances emptied" in str(services.purge(at))
    assert "0 grievances emptied" in str(services.purge(at))
    grievance.refresh_from_db()
    assert grievance.codes == ("WAG",)
    for record in SealedRecord.objects.filter(pk__in=[grievance.statement_id, grievance.contact_id, file.original_id]):
        with pytest.raises(VaultError):
            vault.open_bytes(record, actor=nadia, reason="verify")
    assert stored
    assert doors.find_by_receipt(lodged.receipt, source="somewhere") is None
    disposal = Disposal.objects.get(subject_ref=grievance.ref)
    assert (disposal.rule, disposal.files) == ("identity", 1)


def test_after_the_codes_have_been_counted_long_enough_nothing_is_left_but_a_certificate(nadia) -> None:
    grievance = closed(nadia)
    at = timezone.now().replace(year=grievance.shell_until.year + 1)
    ref = grievance.ref
    services.purge(at)
    assert not Grievance.objects.exists()
    assert not Clock.objects.exists()
    assert not EvidenceFile.objects.filter(subject=ref).exists()
    assert Disposal.objects.get(subject_ref=ref).rule == "case_facts"
    services.purge(at)


def test_a_hold_keeps_everything(nadia) -> None:
    grievance = closed(nadia)
    services.hold(grievance, Hold.Reason.LEGAL_CLAIM, actor=nadia)
    done = services.purge(timezone.now().replace(year=grievance.shell_until.year + 1))
    assert (done.emptied, done.deleted, done.held) == (0, 0, 1)


def test_a_new_message_stops_the_clock_of_deletion(nadia) -> None:
    grievance = closed(nadia)
    following.write(grievance, "one more thing")
    grievance.refresh_from_db()
    assert grievance.keep_until is None
    assert services.purge(timezone.now() + timedelta(days=4000)).emptied == 0


def test_drafts_and_sessions_are_swept(nadia) -> None:
    token = new_token()
    drafts.save_draft(token, DraftContent(words=WORDS))
    doors.open_session(make_grievance())
    done = services.purge(timezone.now() + timedelta(days=2))
    assert (done.drafts, done.sessions) == (1, 1)
    assert not Draft.objects.exists()
    assert not WorkerSession.objects.exists()


def test_a_swept_drafts_files_are_gone_from_the_disk(django_capture_on_commit_callbacks) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    token = new_token()
    papers.add_file(token, SimpleUploadedFile("a.txt", b"a note of mine"))
    stored = DraftFile.objects.get().stored_name
    assert b"a note" not in sealed_storage().read(stored)
    with django_capture_on_commit_callbacks(execute=True):
        drafts.sweep_drafts(timezone.now() + timedelta(days=2))
    assert not sealed_storage().exists(stored)


@pytest.mark.parametrize("command", ["escalate", "purge"])
def test_the_commands_say_what_they_did_and_may_run_twice(command, capsys, nadia) -> None:
    for _run in range(2):
        call_command(command)
    assert len(capsys.readouterr().out.strip().splitlines()) == 2
