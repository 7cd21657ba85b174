"""Acceptance cases of handling: conflict, recusal, urgent, the acknowledge clock, reading what another handles."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from core import due
from core.models import AuditEntry, Notice, User
from core.roles import Role
from grievances import openings, services
from grievances.clocks import last_day
from grievances.models import Clock, Grievance
from grievances.remedy import Outcome
from grievances.services import HandlingRefused, following
from grievances.services.clockwork import due_at
from grievances.statuses import ClockKind
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import WORDS, judgement, make_case, make_grievance

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(db):
    """Return Asha, a second case officer."""
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha", account="Harbour Office")


def accuse_office_of(user: User, grievance: Grievance, actor: User) -> Party:
    party = make_party(f"{user.current_memberships[0].account.name} Ltd")
    Party.objects.filter(pk=party.pk).update(account=user.current_memberships[0].account)
    services.link_accused(grievance, party, part="other", actor=actor)
    return party


def test_case_13_named_later_ends_access_in_the_same_transaction_open_sessions_included(nadia, asha, auditor) -> None:
    grievance = make_grievance(("WAG",))
    services.take(grievance, actor=asha)
    url, desk = f"/workspace/grievances/{grievance.ref}/", Client()
    desk.force_login(asha)
    desk.post(f"{url}open/", {"reason": "triage"})
    assert WORDS in desk.get(url).content.decode()
    accuse_office_of(asha, grievance, nadia)
    for path in ("", "triage/", "?find=x"):
        assert desk.get(f"{url}{path}").status_code == 404
    for path in ("open/", "contact/", "take/", "message/", "recuse/", "lower/", "second/", "related/"):
        assert desk.post(f"{url}{path}", {"reason": "triage", "words": "x"}).status_code == 404
    assert grievance.ref not in desk.get("/workspace/grievances/?stage=all").content.decode()
    assert grievance.assignments.get(until=None).user == nadia
    assert not Notice.objects.filter(user=asha, subject_ref=grievance.ref).exists()
    assert Notice.objects.filter(user=nadia, code="grievance.assigned", subject_ref=grievance.ref).exists()


def test_case_13_if_anything_of_it_fails_nothing_is_changed(nadia, asha, monkeypatch) -> None:
    grievance = make_grievance(("WAG",))
    services.take(grievance, actor=asha)
    monkeypatch.setattr("grievances.services.handling.locks.drop_keys", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        accuse_office_of(asha, grievance, nadia)
    assert not grievance.accusations.exists()
    assert grievance.assignments.get(until=None).user == asha


def test_case_14_who_recuses_loses_access_at_once_and_a_case_always_has_somebody(nadia, asha, auditor) -> None:
    case = make_case(nadia, make_grievance(("WAG",)), priority="normal")
    grievance = case.grievance
    services.take(grievance, actor=nadia)
    desk, watch = Client(), Client()
    desk.force_login(nadia)
    watch.force_login(auditor)
    oversight = "/workspace/grievances/oversight/"
    assert grievance.ref not in watch.get(oversight).content.decode()
    desk.post(f"/workspace/grievances/{grievance.ref}/recuse/", {"reason": "knows_party"})
    assert desk.get(f"/workspace/grievances/{grievance.ref}/").status_code == 404
    assert desk.get(f"/workspace/grievances/cases/{case.ref}/").status_code == 404
    assert grievance.assignments.get(until=None).user == asha
    services.recuse(grievance, reason="knows_worker", actor=asha)
    assert not grievance.assignments.filter(until=None).exists()
    assert Notice.objects.filter(user=auditor, code="grievance.no_handler").exists()
    page = watch.get(oversight).content.decode()
    assert grievance.ref in page
    assert "Nobody may handle it" in page
    assert "An administrator must give the role" in watch.get(f"{oversight}{grievance.ref}/").content.decode()
    newcomer = make_user("newcomer", Role.CASE_OFFICER, display_name="Nima")
    answer = watch.post(f"{oversight}{grievance.ref}/appoint/", {"user": str(newcomer.pk)})
    assert answer.status_code == 302
    assert grievance.assignments.get(until=None).user == newcomer
    assert Notice.objects.filter(user=newcomer, code="grievance.assigned").exists()


def test_nobody_is_appointed_who_is_tied_or_stepped_back_and_nobody_appoints_who_is_tied(nadia, asha, auditor) -> None:
    grievance = make_grievance(("VIO",))
    services.recuse(grievance, reason="knows_worker", actor=asha)
    watch = Client()
    watch.force_login(auditor)
    url = f"/workspace/grievances/oversight/{grievance.ref}/"
    assert "Asha" not in watch.get(url).content.decode()
    assert watch.post(f"{url}appoint/", {"user": str(asha.pk)}).status_code == 422
    with pytest.raises(HandlingRefused):
        services.appoint(grievance, asha, actor=auditor)
    accuse_office_of(auditor, grievance, nadia)
    assert watch.get(url).status_code == 404
    assert watch.post(f"{url}appoint/", {"user": str(nadia.pk)}).status_code == 404
    assert grievance.ref not in watch.get("/workspace/grievances/oversight/").content.decode()
    assert not Notice.objects.filter(user=auditor, subject_ref=grievance.ref).exists()


@pytest.mark.parametrize(
    ("codes", "facts"),
    [(("TIP",), {}), (("DOC", "THR", "FEE"), {}), (("WAG",), {"danger_now": True}), (("CHL",), {})],
)
def test_case_15_an_urgent_grievance_has_an_hour_alerts_the_supervisor_and_needs_two_to_end(
    nadia, asha, auditor, codes, facts
) -> None:
    before = timezone.now()
    grievance = make_grievance(codes, **facts)
    assert grievance.priority == "urgent"
    clock = grievance.clocks.get(kind="acknowledge")
    # Rounded up to the full hour, so that it does not tell the minute at which she wrote.
    assert timedelta(hours=1) <= clock.due_at - before < timedelta(hours=2)
    assert clock.due_at.minute == 0
    told = Notice.objects.filter(code="grievance.urgent", subject_ref=grievance.ref)
    assert {notice.user for notice in told} == {nadia, asha, auditor}
    watch = Client()
    watch.force_login(auditor)
    assert grievance.ref in watch.get("/workspace/grievances/oversight/").content.decode()
    assert f"/workspace/grievances/oversight/{grievance.ref}/" in watch.get("/workspace/notices/").content.decode()
    # Every way to end it alone is refused.
    case = make_case(nadia, grievance, priority="urgent")
    following.withdraw(grievance)
    assert not services.close(case, Outcome.WITHDRAWN, actor=nadia)
    with pytest.raises(services.CloseRefused):
        services.agree_to_close(case, actor=nadia)
    assert case.state == "closing"
    services.agree_to_close(case, actor=asha)
    assert case.state == "closed"


def lodged_at(at: datetime, *, country: str = "") -> Grievance:
    grievance = make_grievance(("SOC",), country=country)
    grievance.clocks.all().delete()
    from grievances.services import clockwork
    from grievances.triage import TERMS

    clockwork.start_intake(grievance, TERMS[1], at=at)
    return grievance


@pytest.mark.parametrize(
    ("office", "zone", "country", "at", "last"),
    [
        # Three working days, from the calendars on the wall.
        ("QA", "Asia/Qatar", "QA", "2026-11-18T09:00", "2026-11-23"),  # Wednesday: Thu, (Fri, Sat), Sun, Mon
        ("NP", "Asia/Kathmandu", "QA", "2026-11-19T09:00", "2026-11-23"),  # Thursday: Fri, (Sat), Sun, Mon
        ("DE", "Europe/Berlin", "DE", "2026-03-27T12:00", "2026-04-01"),  # over the night of summer time
        ("DE", "Europe/Berlin", "DE", "2026-10-23T12:00", "2026-10-28"),  # and of winter time
        ("KE", "Africa/Nairobi", "SA", "2028-02-28T09:00", "2028-03-02"),  # a leap day is one of the three
        ("", "UTC", "", "2027-02-26T09:00", "2027-03-03"),  # no leap day: Mon 1, Tue 2, Wed 3 March
        ("MY-14", "Asia/Kuala_Lumpur", "MY", "2026-12-30T09:00", "2027-01-05"),  # New Year's Day does not count
        # Dashain closes Nepal's offices for days: seven calendar days is the most that anybody waits.
        ("NP", "Asia/Kathmandu", "NP", "2026-10-16T09:00", "2026-10-23"),
    ],
)
def test_case_16_the_acknowledge_clock_follows_the_office_s_calendar_and_never_passes_seven_days(
    settings, office, zone, country, at, last
) -> None:
    settings.OFFICE_COUNTRY, settings.OFFICE_TIME_ZONE = office, zone
    begun = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))
    clock = lodged_at(begun, country=country).clocks.get(kind="acknowledge")
    assert last_day(clock.due_at, ZoneInfo(zone)) == date.fromisoformat(last)
    assert clock.due_at - begun <= timedelta(days=8)


def test_case_16_without_acknowledgement_exactly_one_escalation_also_after_two_days_down(nadia, auditor) -> None:
    """The job runs every hour, is down for two days over the moment, and then runs twice at once."""
    begun = datetime(2026, 11, 18, 9, tzinfo=UTC)  # a Wednesday
    grievance = lodged_at(begun)
    grievance.clocks.exclude(kind="acknowledge").delete()
    ends = grievance.clocks.get().due_at
    assert ends == datetime(2026, 11, 24, tzinfo=UTC)
    fired = []
    for hour in range(24 * 14):
        at = begun + timedelta(hours=hour)
        if ends - timedelta(days=1) < at < ends + timedelta(days=1):
            continue  # down
        fired += [at] * services.escalate(at).clocks
        fired += [at] * services.escalate(at).clocks
    assert fired == [ends + timedelta(days=1)]
    assert AuditEntry.objects.filter(verb="grievance.escalated", subject=grievance.ref).count() == 1
    for user in (nadia, auditor):
        assert Notice.objects.filter(user=user, code="grievance.overdue", subject_ref=grievance.ref).count() == 1


def test_case_16_two_runs_that_meet_escalate_once(nadia, monkeypatch) -> None:
    """The other run comes between this one's looking and its writing."""
    grievance = lodged_at(datetime(2026, 11, 18, 9, tzinfo=UTC))
    late = datetime(2027, 1, 1, tzinfo=UTC)
    from grievances.services import keeping

    real, other = keeping.transaction.atomic, []

    def meeting():
        if not other:
            other.append(None)
            other[0] = services.escalate(late).clocks
        return real()

    monkeypatch.setattr(keeping.transaction, "atomic", meeting)
    mine = services.escalate(late).clocks
    assert (mine, other[0]) == (0, 2)
    assert AuditEntry.objects.filter(verb="grievance.escalated", subject=grievance.ref).count() == 2


def test_what_was_done_in_time_never_escalates_and_what_was_done_late_is_known(nadia) -> None:
    begun = datetime(2026, 11, 18, 9, tzinfo=UTC)
    timely, late = lodged_at(begun), lodged_at(begun)
    services.take(timely, actor=nadia, at=begun + timedelta(days=1))
    services.escalate(begun + timedelta(days=30))
    services.take(late, actor=nadia, at=begun + timedelta(days=31))
    clocks = {clock.grievance_id: clock for clock in Clock.objects.filter(kind="acknowledge")}
    assert (clocks[timely.pk].escalated_at, clocks[timely.pk].was_late) == (None, False)
    assert clocks[late.pk].escalated_at is not None
    assert clocks[late.pk].was_late


def test_the_periodic_job_runs_the_same_clock(nadia) -> None:
    grievance = lodged_at(datetime(2026, 11, 18, 9, tzinfo=UTC))
    assert due.run_one("escalate", datetime(2026, 12, 24, tzinfo=UTC)).startswith("2 overdue clocks")
    assert due.run_one("escalate", datetime(2026, 12, 25, tzinfo=UTC)).startswith("0 overdue clocks")
    assert grievance.clocks.filter(escalated_at=None).count() == 0


def test_an_urgent_clock_does_not_wait_for_the_office_to_open(settings) -> None:
    settings.OFFICE_COUNTRY = "QA"
    friday = datetime(2026, 11, 20, 2, 10, tzinfo=UTC)
    grievance = make_grievance(("VIO",))
    from grievances.clocks import span

    assert due_at(grievance, span("1h"), friday) == datetime(2026, 11, 20, 4, tzinfo=UTC)
    assert ClockKind.ACKNOWLEDGE in ClockKind


def test_case_19_whoever_opens_what_another_handles_needs_a_reason_for_a_short_while_and_is_seen(
    nadia, asha, auditor, monkeypatch
) -> None:
    grievance = make_grievance(("VIO",))
    services.take(grievance, actor=nadia)
    url, desk, watch = f"/workspace/grievances/{grievance.ref}/", Client(), Client()
    desk.force_login(asha)
    watch.force_login(auditor)
    assert WORDS not in desk.get(url).content.decode()
    for reason in ("", "curiosity"):
        answer = desk.post(f"{url}open/", {"reason": reason})
        assert answer.status_code == 422
        assert WORDS not in answer.content.decode()
    assert not AuditEntry.objects.filter(verb__in=["grievance.read_by_another", "vault.opened"]).exists()
    assert openings.SECONDS <= 3 * 60 * 60
    desk.post(f"{url}open/", {"reason": "safety"})
    assert WORDS in desk.get(url).content.decode()
    entry = AuditEntry.objects.get(verb="grievance.read_by_another", subject=grievance.ref)
    assert (entry.actor, entry.facts["reason"]) == (asha.audit_code, "safety")
    for user in (nadia, auditor):
        assert Notice.objects.filter(user=user, code="grievance.read_by_another").count() == 1
    seen = watch.get(f"/workspace/grievances/oversight/{grievance.ref}/").content.decode()
    assert "Asha" in seen
    assert "in danger" in seen
    assert WORDS not in seen
    later = timezone.now() + timedelta(seconds=openings.SECONDS + 1)
    monkeypatch.setattr("grievances.openings.timezone.now", lambda: later)
    assert WORDS not in desk.get(url).content.decode()


def test_who_handles_it_reads_without_an_alarm(nadia, auditor) -> None:
    grievance = make_grievance(("WAG",))
    desk = Client()
    desk.force_login(nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "triage"})
    services.take(grievance, actor=nadia)
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "answer"})
    assert not AuditEntry.objects.filter(verb="grievance.read_by_another").exists()
    assert not Notice.objects.filter(user=auditor).exists()


def test_oversight_sees_what_is_open_for_ninety_days_and_asks_as_often_for_many(
    nadia, auditor, django_assert_num_queries
) -> None:
    old = make_grievance(("SOC",))
    recent = make_grievance(("SOC",))
    services.take(recent, actor=nadia)
    Grievance.objects.filter(pk=old.pk).update(received_on=timezone.localdate() - timedelta(days=90))
    watch = Client()
    watch.force_login(auditor)
    page = watch.get("/workspace/grievances/oversight/").content.decode()
    assert old.ref in page
    assert "Open for 90 days" in page
    assert recent.ref not in page
    assert watch.get(f"/workspace/grievances/oversight/{recent.ref}/").status_code == 404
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        watch.get("/workspace/grievances/oversight/")
    for _number in range(6):
        make_grievance(("VIO",))
    with CaptureQueriesContext(connection) as many:
        watch.get("/workspace/grievances/oversight/")
    assert len(few) == len(many) <= 15


def test_a_decision_by_the_rule_and_by_people_are_both_kept(nadia) -> None:
    grievance = make_grievance(("WAG",))
    services.triage(grievance, judgement(("WAG",), priority="urgent"), actor=nadia)
    first, second = grievance.decisions.all()
    assert (first.by, first.priority, second.by, second.rule_priority) == (None, "normal", nadia, "normal")
