"""Findings, corrective actions and the employer's letter."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from core.actors import SYSTEM
from core.models import Notice
from core.roles import AccountKind
from inspections.errors import NotNow
from inspections.letters import compose, leaks_in
from inspections.models import CorrectiveAction, Finding, Letter, Visit
from inspections.models.actions import Step
from inspections.services import actions, fieldwork
from inspections.services.findings import add_finding, read_note, withdraw_finding
from inspections.services.letters import issue_letter
from recruiters.models import RiskFact
from recruiters.services import register_recruiter
from tests.factories import make_account, make_party
from tests.inspections.builders import answer, close, fresh, make_finding, make_visit

TODAY = timezone.localdate
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00"
    b"\rIDATx\x9cc\xfc\xcf\xc0P\x0f\x00\x04\x85\x01\x80\x84\xa9\x8c!\x00\x00\x00\x00IEND\xaeB`\x82"
)


def make_action(visit: Visit, actor: Any, days: int = 30, **fields: Any) -> CorrectiveAction:
    """Return an action of a new finding."""
    finding = make_finding(visit, actor, **fields)
    return actions.set_action(finding, what="Pay what is owed.", deadline=TODAY() + timedelta(days=days), actor=actor)


def reread(action: CorrectiveAction) -> CorrectiveAction:
    """Return an action as a new request reads it."""
    return CorrectiveAction.objects.get(pk=action.pk)


def test_a_critical_finding_tells_the_supervisor_at_once(visit: Visit, rosa: Any) -> None:
    make_finding(visit, rosa, severity="major")
    assert not Notice.objects.filter(code="critical_finding").exists()
    make_finding(visit, rosa, severity="critical")
    notice = Notice.objects.get(code="critical_finding")
    assert (notice.user, notice.subject_ref) == (visit.supervisor, visit.ref)


def test_a_finding_about_a_recruiter_moves_its_rating(visit: Visit, rosa: Any) -> None:
    recruiter = register_recruiter(party=make_party("Golden Bridge"), actor=SYSTEM)
    make_finding(visit, rosa, severity="critical", item_code="REC-04", recruiter=recruiter)
    fact = RiskFact.objects.get(recruiter=recruiter)
    assert (fact.code, fact.severity, fact.source_ref) == ("inspection.rec-04", "critical", visit.ref)
    assert recruiter.ratings.exists()


def test_a_withdrawn_finding_no_longer_counts_against_the_recruiter(visit: Visit, rosa: Any) -> None:
    recruiter = register_recruiter(party=make_party("Golden Bridge"), actor=SYSTEM)
    finding = make_finding(visit, rosa, severity="critical", item_code="REC-04", recruiter=recruiter)
    withdraw_finding(finding, reason="mistake", actor=rosa)
    assert RiskFact.objects.get(recruiter=recruiter).state == "withdrawn"


def test_a_finding_names_an_item_that_the_checklist_has(visit: Visit, rosa: Any) -> None:
    with pytest.raises(NotNow):
        make_finding(visit, rosa, item_code="XYZ-99")


def test_the_note_is_sealed_and_only_for_the_team_and_the_supervisor(visit: Visit, rosa: Any, farah: Any) -> None:
    finding = make_finding(visit, rosa, note="Maya said so.")
    assert b"Maya" not in bytes(finding.note.ciphertext)  # type: ignore[union-attr]
    assert read_note(finding, actor=rosa) == "Maya said so."
    with pytest.raises(PermissionDenied):
        read_note(finding, actor=farah)


def test_a_withdrawn_finding_leaves_a_row_and_no_line_in_the_letter(visit: Visit, rosa: Any) -> None:
    finding = make_finding(visit, rosa)
    withdraw_finding(finding, reason="mistake", actor=rosa)
    assert Finding.objects.filter(pk=finding.pk).exists()
    assert not Finding.objects.standing().exists()
    assert compose(visit, TODAY())["findings"] == []


def test_an_action_keeps_every_step_and_every_deadline(visit: Visit, rosa: Any) -> None:
    action = make_action(visit, rosa)
    first = action.deadline
    actions.extend(action, until=first + timedelta(days=10), reason="Spare parts are late.", actor=rosa)
    actions.check(reread(action), state="verified", remark="Receipts seen.", actor=rosa)
    found = reread(action)
    assert [row.state for row in found.steps_taken] == ["open", "verified"]
    assert (found.deadline, found.due, found.is_over) == (first, first + timedelta(days=10), True)


@pytest.mark.parametrize("until", [0, -5])
def test_a_deadline_only_moves_later(visit: Visit, rosa: Any, until: int) -> None:
    action = make_action(visit, rosa)
    with pytest.raises(NotNow):
        actions.extend(action, until=action.due + timedelta(days=until), reason="Why not.", actor=rosa)


@pytest.mark.parametrize("state", sorted(Step))
def test_only_a_listed_step_can_follow(visit: Visit, rosa: Any, state: str) -> None:
    action = make_action(visit, rosa)
    if Step(state) in actions.NEXT[Step.OPEN]:
        actions.step(action, Step(state), actor=rosa)
        assert reread(action).stands == state
    else:
        with pytest.raises(NotNow):
            actions.step(action, Step(state), actor=rosa)


def test_overdue_is_what_nobody_acted_on_and_not_what_waits_for_us(visit: Visit, rosa: Any) -> None:
    late, handed = make_action(visit, rosa, days=1), make_action(visit, rosa, days=1)
    actions.step(handed, Step.SERVED, actor=rosa)
    actions.hand_in(reread(handed), None, remark="Done.", actor=rosa)
    tomorrow = TODAY() + timedelta(days=2)
    assert list(CorrectiveAction.objects.overdue(tomorrow)) == [late]
    assert reread(late).is_overdue(tomorrow)
    assert not reread(handed).is_overdue(tomorrow)


def test_the_reminder_goes_out_on_one_day_only(visit: Visit, rosa: Any) -> None:
    make_action(visit, rosa, days=1)
    now = timezone.now()
    told = [actions.remind(at=now + timedelta(days=days), actor=SYSTEM) for days in (1, 2, 3)]
    assert told == [0, 2, 0]


def test_the_letter_holds_findings_law_and_deadlines_and_nothing_of_the_cause(visit: Visit, rosa: Any) -> None:
    answer(visit, rosa, DOC_04=2)
    action = make_action(
        visit, rosa, statement="Identity documents are kept.", item_code="DOC-04", note="Maya told us."
    )
    letter = issue_letter(visit, language="en", actor=rosa)
    text = json.dumps(letter.content, ensure_ascii=False)
    for secret in ("GRV", "complaint", visit.ref, "Maya", "Rosa", "late, says one", "Seen."):
        assert secret not in text, secret
    assert action.ref in text
    assert letter.content["findings"][0]["count"] == {"number": None, "hidden": True}
    assert reread(action).stands == Step.SERVED


def test_its_reference_tells_nothing_of_the_visit(visit: Visit, rosa: Any) -> None:
    make_finding(visit, rosa)
    letter = issue_letter(visit, language="en", actor=rosa)
    assert letter.ref.startswith("LET-")
    assert letter.ref[4:] not in visit.ref


@pytest.mark.parametrize(
    "statement",
    ["A complaint was received about late wages.", "Two workers said so.", "See GRV-7K3M-9QX2-C.", "Rosa saw it."],
)
def test_a_letter_with_a_leak_is_not_issued(visit: Visit, rosa: Any, statement: str) -> None:
    make_finding(visit, rosa, statement=statement)
    assert leaks_in(compose(visit, TODAY()), visit)
    with pytest.raises(NotNow):
        issue_letter(visit, language="en", actor=rosa)
    assert not Letter.objects.exists()


def test_an_issued_letter_stays_as_it_was_when_the_visit_goes_on(visit: Visit, rosa: Any) -> None:
    make_finding(visit, rosa)
    letter = issue_letter(visit, language="en", actor=rosa)
    make_finding(visit, rosa, statement="Exits are locked.")
    assert len(Letter.objects.get(pk=letter.pk).content["findings"]) == 1


def test_the_addressee_hands_in_evidence_and_nobody_else_can(visit: Visit, rosa: Any, quentin: Any, omar: Any) -> None:
    visit.party.account = make_account("Northwind Apparel", AccountKind.COMPANY)
    visit.party.save()
    action = make_action(visit, rosa)
    letter = issue_letter(fresh(visit), language="en", actor=rosa)
    assert Notice.objects.filter(user=quentin, code="letter_issued", subject_ref=letter.ref).exists()
    with pytest.raises(PermissionDenied):
        actions.hand_in(reread(action), None, remark="Done", actor=omar, letter=letter)
    upload = SimpleUploadedFile("proof.png", PNG, content_type="image/png")
    actions.hand_in(reread(action), upload, actor=quentin, letter=letter)
    assert reread(action).stands == Step.EVIDENCE
    assert reread(action).evidence.get().from_owner
    actions.check(reread(action), state="rejected", remark="Not readable.", actor=rosa)
    assert Notice.objects.filter(user=quentin, code="action_returned", subject_ref=letter.ref).exists()


def test_a_clean_visit_gets_a_letter_once_it_is_closed(visit: Visit, rosa: Any) -> None:
    with pytest.raises(NotNow):
        issue_letter(visit, language="en", actor=rosa)
    close(visit, rosa)
    assert issue_letter(fresh(visit), language="ar", actor=rosa).content["findings"] == []


def test_photos_belong_to_the_visit_and_lose_their_place(visit: Visit, rosa: Any) -> None:
    exhibit = fieldwork.add_exhibit(
        visit, SimpleUploadedFile("me at work.png", PNG, content_type="image/png"), actor=rosa, item_code="DOC-04"
    )
    assert exhibit.is_image
    assert exhibit.file.subject == visit.ref


@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_the_report_is_a_pdf_in_each_language(visit: Visit, rosa: Any, language: str, client: Any) -> None:
    answer(visit, rosa, REC_04="yes")
    make_action(visit, rosa)
    client.force_login(rosa)
    client.cookies["django_language"] = language
    response = client.get(f"/workspace/inspections/visits/{visit.ref}/report.pdf")
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    assert len(pages) > 3


def test_the_report_says_what_was_found_and_never_why_the_visit_was_made(visit: Visit, rosa: Any, client: Any) -> None:
    answer(visit, rosa, REC_04="yes")
    make_action(visit, rosa)
    client.force_login(rosa)
    response = client.get(f"/workspace/inspections/visits/{visit.ref}/report.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert visit.ref in text
    assert "Wages are paid late." in text
    assert "GRV-" not in text


def test_findings_are_recorded_only_while_the_visit_is_under_way(rosa: Any) -> None:
    visit = make_visit(rosa, started=False)
    with pytest.raises(NotNow):
        add_finding(visit, severity="minor", statement="x", legal_basis="y", actor=rosa)
