"""Lodging: once per form, words only in the vault, codes to the rule, and nothing finer than the day."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import timezone

from core.models import AuditEntry, Notice
from grievances.keys import BadToken, new_token, read_token
from grievances.models import Accused, Clock, Draft, DraftFile, Grievance
from grievances.services import drafts, lodge
from grievances.services.drafts import DraftContent
from grievances.services.lodging import lock_receipts
from tests.factories import make_party
from tests.grievances.builders import WORDS, make_grievance, make_lodged

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)


def test_case_27_the_same_form_sent_again_returns_the_same_receipt_and_stores_nothing_twice(nadia) -> None:
    token = new_token()
    first = make_lodged(token=token)
    again = make_lodged(token=token, words="something else")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.receipt == first.receipt
    assert again.grievance.pk == first.grievance.pk
    assert Grievance.objects.count() == 1
    assert AuditEntry.objects.filter(verb="grievance.lodged").count() == 1


def test_two_forms_give_two_receipts(nadia) -> None:
    assert make_lodged().receipt != make_lodged().receipt


def test_words_and_names_are_nowhere_in_the_row(nadia) -> None:
    grievance = make_grievance(recruiter="Golden Bridge", employer="Northwind")
    row = str(Grievance.objects.filter(pk=grievance.pk).values())
    for secret in (WORDS, "Golden Bridge", "Northwind"):
        assert secret not in row
    assert WORDS.encode() not in bytes(grievance.statement.ciphertext)


def test_case_3_the_receipt_is_stored_only_as_a_locator_and_a_verifier(nadia) -> None:
    lodged = make_lodged()
    row = str(Grievance.objects.filter(pk=lodged.grievance.pk).values())
    assert lodged.receipt.digits not in row
    assert lodged.receipt.secret not in row
    assert lodged.receipt.locator not in row
    form, passes, memory, salt, mark = lodged.grievance.receipt_verifier.split("$")
    assert (form, len(bytes.fromhex(salt)), len(bytes.fromhex(mark))) == ("r2", 16, 32)
    assert (int(passes), int(memory)) == settings.RECEIPT_COST


def test_case_40_a_workers_acts_are_kept_to_the_day_only(nadia) -> None:
    grievance = make_grievance(("WAG",), files=(PNG,))
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert grievance.statuses.get().at == midnight
    assert grievance.decisions.get().at == midnight
    assert grievance.files.get().evidence.kept_at == midnight
    assert all(entry.at == midnight for entry in AuditEntry.objects.filter(actor="auto:worker"))
    assert all(notice.created_at == midnight for notice in Notice.objects.all())
    assert all((clock.due_at.minute, clock.due_at.second) == (0, 0) for clock in Clock.objects.all())


def test_the_first_look_sets_priority_and_clocks_before_anybody_reads_it(nadia) -> None:
    grievance = make_grievance(("VIO",))
    assert grievance.priority == "urgent"
    assert {clock.kind for clock in grievance.clocks.all()} == {"acknowledge", "triage"}
    assert Notice.objects.filter(user=nadia, code="grievance.urgent", subject_ref=grievance.ref).exists()


def test_parties_that_her_words_may_mean_are_linked_before_anybody_is_told(nadia) -> None:
    meant = make_party("Golden Bridge Manpower Pvt Ltd")
    make_party("Silver Gate Manpower")
    grievance = make_grievance(recruiter="golden bridge manpower, Kathmandu")
    links = list(Accused.objects.filter(grievance=grievance))
    assert [(link.party_id, link.basis, link.part) for link in links] == [(meant.pk, "possible", "recruiter")]


def test_a_party_is_meant_when_its_number_is_given(nadia) -> None:
    meant = make_party("Everest Overseas", identifiers=[("licence", "1042/071/72")])
    grievance = make_grievance(recruiter="1042/071/72")
    assert [link.party_id for link in grievance.accusations.all()] == [meant.pk]


def test_words_that_every_company_carries_mean_nobody(nadia) -> None:
    make_party("Golden Bridge Manpower")
    grievance = make_grievance(recruiter="manpower agency")
    assert not grievance.accusations.exists()


def test_a_token_that_we_did_not_make_is_refused() -> None:
    good = new_token().text
    for text in ("", "x", good[:-1], good[:-2] + "zz", "A" * 64, good + "AAAA", "é" * 20, good.swapcase()):
        with pytest.raises(BadToken):
            read_token(text)
    assert read_token(good).text == good


def test_a_draft_can_be_opened_by_its_own_form_only() -> None:
    token, other = new_token(), new_token()
    drafts.save_draft(token, DraftContent(words=WORDS, recruiter="Golden Bridge"))
    row = Draft.objects.get()
    assert WORDS.encode() not in bytes(row.ciphertext)
    assert drafts.read_draft(token).words == WORDS
    assert drafts.read_draft(other) == DraftContent()
    row.locator = other.draft_locator
    row.save()
    with pytest.raises(ValueError, match="another form"):
        drafts.read_draft(other)


def test_a_draft_goes_when_it_is_sent_and_after_a_day(nadia) -> None:
    token = new_token()
    drafts.save_draft(token, DraftContent(words=WORDS))
    make_lodged(token=token)
    assert not Draft.objects.exists()
    kept = drafts.save_draft(new_token(), DraftContent(words=WORDS))
    assert drafts.sweep_drafts(kept.expires_at.replace(year=2000)) == 0
    assert drafts.sweep_drafts(kept.expires_at) == 1
    assert not DraftFile.objects.exists()


def test_a_token_never_shows_in_a_log() -> None:
    token = new_token()
    assert token.secret.hex() not in repr(token)
    assert token.text not in f"{token} {token!r}"
    assert WORDS not in repr(DraftContent(words=WORDS))


def test_an_unfinished_receipt_is_locked_the_next_day(nadia) -> None:
    grievance = make_grievance()
    assert lock_receipts(datetime.now(UTC)) == 0
    Grievance.objects.update(received_on="2026-01-01")
    assert lock_receipts(datetime.now(UTC)) == 1
    grievance.refresh_from_db()
    assert grievance.receipt_kept


def test_case_28_when_something_fails_half_way_nothing_is_kept(nadia, monkeypatch) -> None:
    token = new_token()
    drafts.save_draft(token, DraftContent(words=WORDS))
    monkeypatch.setattr("grievances.services.lodging.look", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_lodged(token=token)
    assert not Grievance.objects.exists()
    assert drafts.read_draft(token).words == WORDS
    monkeypatch.undo()
    assert lodge(token, *_report_of()).repeated is False


def _report_of():
    from grievances.services import Report

    return Report(codes=("FEE",), language="ne"), DraftContent(words=WORDS)
