"""After a case is closed she is asked whether she is punished for it; a yes opens it again, urgently."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.signing import TimestampSigner
from django.utils import timezone, translation

from core.models import Notice
from core.roles import Role
from grievances import services
from grievances.guarding import SESSION_COOKIE
from grievances.models import CaseState, Clock, RemediationCase, SafetyCheck
from grievances.remedy import Outcome, Word
from grievances.rulebook import grievance_standard
from grievances.services import StepPlan, clockwork, following, keeping, retaliation, safety
from grievances.wording import worker_category, worker_status
from tests.factories import make_user
from tests.grievances.builders import make_case
from tests.keys import present

pytestmark = pytest.mark.django_db
PROOF = b"%PDF-1.4 proof"


@pytest.fixture
def closed(nadia) -> RemediationCase:
    """Return a case that was put right, in the worker's own word."""
    with present(nadia):
        case = make_case(nadia, codes=("DOC",))
    plan = StepPlan("restitution", "passport_returned", "employer", timezone.localdate())
    step = services.add_remedy_step(case, plan, actor=nadia)
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=PROOF)
    following.say_about_step(step, Word.ALL)
    services.set_root_cause(case, "documents_policy", actor=nadia)
    assert services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    return case


def let_in(client, grievance) -> None:
    """Let a client in as the worker, without the costly hash of a receipt."""
    client.cookies[SESSION_COOKIE] = TimestampSigner(salt="worker-return").sign(services.open_session(grievance))


def days_of(case: RemediationCase) -> list[int]:
    today = timezone.localdate()
    return [(check.due_on - today).days for check in case.grievance.safety_checks.all()]


def later(days: int):
    return timezone.now() + timedelta(days=days)


def test_closing_plans_the_checks_of_the_standard(closed) -> None:
    assert days_of(closed) == sorted(grievance_standard().checkin_days)


def test_each_check_begins_one_clock_and_escalates_once_also_after_two_days_down(nadia, closed) -> None:
    assert [safety.ask_if_safe(later(6)), safety.ask_if_safe(later(9)), safety.ask_if_safe(later(9))] == [0, 1, 0]
    assert Clock.objects.filter(kind="safety_check").count() == 1
    assert Notice.objects.filter(user=nadia, code="grievance.safety_check").count() == 1
    assert [keeping.escalate(later(20)).clocks, keeping.escalate(later(22)).clocks] == [1, 0]


def test_a_closed_case_whose_check_is_due_stands_in_the_queue(client, nadia, closed) -> None:
    client.force_login(nadia)
    assert closed.grievance.ref not in client.get("/workspace/grievances/").content.decode()
    safety.ask_if_safe(later(8))
    assert closed.grievance.ref in client.get("/workspace/grievances/").content.decode()


def test_nothing_is_asked_of_her_before_its_day(closed) -> None:
    assert not retaliation.say_if_safe(closed.grievance, punished=True)
    assert closed.state == "closed"


def test_her_word_that_all_is_well_answers_the_check_and_those_before_it(nadia, closed) -> None:
    safety.ask_if_safe(later(31))
    assert retaliation.say_if_safe(closed.grievance, punished=False, at=later(31))
    done = closed.grievance.safety_checks.filter(result="safe")
    assert [(check.channel, check.by) for check in done] == [("receipt", None)] * 2
    assert not Clock.objects.filter(kind="safety_check", met_at=None).exists()
    assert closed.state == "closed"


def test_retaliation_opens_the_case_again_urgently_and_tells_everybody_who_may_handle_it(nadia, closed) -> None:
    asha = make_user("asha", Role.CASE_OFFICER)
    assert retaliation.say_if_safe(closed.grievance, punished=True, at=later(8))
    grievance = type(closed.grievance).objects.get(pk=closed.grievance_id)
    assert (closed.state, grievance.status, grievance.priority) == ("reopened", "reopened", "urgent")
    assert "RET" in grievance.codes
    assert closed.harms.filter(category="RET", entitlement="no_retaliation").exists()
    assert grievance.keep_until is None
    running = set(grievance.clocks.filter(met_at=None, dropped_at=None).values_list("kind", flat=True))
    assert {"triage", "answer"} <= running
    triage = grievance.clocks.get(kind="triage", met_at=None, dropped_at=None)
    assert triage.due_at <= later(8) + timedelta(hours=5)
    retaliation.note_check(
        grievance.safety_checks.filter(done_on=None).first(),
        "retaliation",
        channel="phone",
        form="threats",
        actor=nadia,
    )
    for user in (nadia, asha):
        assert Notice.objects.filter(user=user, code="grievance.retaliation").exists()


def test_a_handler_notes_what_she_heard_and_nobody_else_may(nadia, rosa, closed) -> None:
    check = closed.grievance.safety_checks.first()
    with pytest.raises(PermissionDenied):
        retaliation.note_check(check, "safe", channel="phone", actor=rosa)
    retaliation.note_check(check, "retaliation", channel="phone", form="dismissal", actor=nadia)
    check.refresh_from_db()
    assert (check.result, check.form, check.by) == ("retaliation", "dismissal", nadia)
    assert CaseState.objects.filter(case=closed).order_by("-pk").first().state == "reopened"


def test_closing_again_counts_from_the_new_day_and_loses_no_check_that_was_due(nadia, closed) -> None:
    overdue = closed.grievance.safety_checks.first()
    SafetyCheck.objects.filter(pk=overdue.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    safety.plan_checks(closed.grievance, since=timezone.localdate() + timedelta(days=3), actor=nadia)
    assert days_of(closed) == [-2, *(3 + days for days in sorted(grievance_standard().checkin_days))]


def test_what_was_let_go_of_is_not_asked_about(nadia, closed) -> None:
    grievance = closed.grievance
    grievance.emptied_on = timezone.localdate()
    grievance.save()
    assert safety.ask_if_safe(later(400)) == 0


def test_she_is_asked_on_her_own_page_in_her_language_and_her_yes_opens_the_case(client, nadia, closed) -> None:
    SafetyCheck.objects.filter(pk=closed.grievance.safety_checks.first().pk).update(due_on=timezone.localdate())
    let_in(client, closed.grievance)
    page = client.get("/ne/report/follow-up/case/").content.decode()
    with translation.override("ne"):
        asked = [
            worker_status("follow_up"),
            worker_category("RET"),
            translation.gettext("Yes"),
            translation.gettext("No"),
        ]
    assert all(words in page for words in asked)
    assert asked[0] != "We are checking that you are safe"
    guard = re.search(r'name="guard" value="([^"]+)"', page)
    assert guard is not None
    told = {"guard": guard[1], "said": "safety-yes"}
    assert client.post("/ne/report/follow-up/say/", told, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    assert closed.state == "reopened"
    assert asked[1] not in client.get("/ne/report/follow-up/case/").content.decode()


def test_a_check_whose_clock_stopped_with_the_case_is_asked_about_anew(nadia) -> None:
    case = make_case(nadia, codes=("DOC",))
    today = timezone.localdate()
    SafetyCheck.objects.create(grievance=case.grievance, due_on=today)
    assert safety.ask_if_safe(later(0)) == 1
    clockwork.drop_all(case.grievance)
    safety.plan_checks(case.grievance, since=today, actor=nadia)
    assert [safety.ask_if_safe(later(0)), safety.ask_if_safe(later(1))] == [1, 0]
    assert Clock.objects.filter(kind="safety_check", dropped_at=None).count() == 1
