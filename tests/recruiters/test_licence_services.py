"""Deciding about licences."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.actors import SYSTEM
from core.models import AuditEntry, Notice
from parties import services as parties
from recruiters import services
from recruiters.models import Recruiter
from recruiters.services import DecisionRefused
from recruiters.services.standing import turn_standings
from tests.factories import make_party
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def test_a_new_licence_is_valid_and_the_list_knows_it():
    licence = make_licence()
    assert licence.valid_on(today())
    recruiter = Recruiter.objects.get(pk=licence.recruiter_id)
    assert recruiter.may_recruit
    assert recruiter.licence_number == licence.number


def test_it_refuses_a_licence_that_ends_before_it_starts():
    with pytest.raises(DecisionRefused):
        make_licence(issued_on=today(), expires_on=today() - DAY)


def test_it_refuses_a_number_that_somebody_else_holds():
    make_licence(number="RL-0010")
    with pytest.raises(DecisionRefused):
        make_licence(make_recruiter("Other"), number="rl 10")


def test_a_suspension_is_a_row_and_shows_at_once():
    licence = make_licence()
    suspend(licence)
    assert [row.code for row in licence.history.all()] == ["active", "suspended_disciplinary"]
    assert licence.valid_on(today() - DAY)
    assert not licence.valid_on(today())
    assert not Recruiter.objects.get(pk=licence.recruiter_id).may_recruit


def test_a_suspension_needs_an_order_and_cannot_be_given_twice():
    licence = make_licence()
    with pytest.raises(DecisionRefused):
        suspend(licence, order_number=" ")
    suspend(licence)
    with pytest.raises(DecisionRefused):
        suspend(licence)


def test_a_decision_cannot_take_effect_before_the_newest_one():
    licence = make_licence()
    suspend(licence)
    with pytest.raises(DecisionRefused):
        services.revoke_licence(
            licence, order_number="2", reason_code="other", effective_on=today() - 5 * DAY, actor=SYSTEM
        )


def test_reinstating_gives_back_what_was_there_before():
    licence = make_licence()
    services.set_conditions(licence, conditions="200 workers", order_number="1", reason_code="other", actor=SYSTEM)
    suspend(licence)
    services.reinstate_licence(licence, order_number="3", reason_code="put_right", actor=SYSTEM)
    assert licence.standing().code == "active_conditions"
    assert licence.standing().expires_on == today() + timedelta(days=365)


def test_a_suspension_for_a_fixed_time_ends_without_anybody_doing_anything():
    licence = make_licence()
    suspend(licence, until=today() + 9 * DAY)
    assert licence.valid_on(today() + 10 * DAY)
    recruiter = Recruiter.objects.get()
    assert (recruiter.standing_until, recruiter.standing_then) == (today() + 10 * DAY, "active")


def test_a_licence_that_runs_out_is_expired_on_the_day_before_any_job_has_run():
    licence = make_licence(issued_on=today() - 30 * DAY, expires_on=today() - DAY)
    Recruiter.objects.update(
        standing_code="active", standing_until=today(), standing_turns_at=timezone.now(), standing_then="expired"
    )
    assert Recruiter.objects.get().current_code == "expired"
    assert Recruiter.objects.standing_today("expired").exists()
    assert not Recruiter.objects.standing_today("active").exists()
    assert turn_standings(timezone.now()) == 1
    assert Recruiter.objects.get().standing_code == licence.standing().code == "expired"


def test_status_on_a_past_day_is_answered_from_history():
    licence = make_licence()
    suspend(licence)
    then = today() - 10 * DAY
    (before,) = Recruiter.objects.with_status(at=then)
    (now,) = Recruiter.objects.with_status()
    (long_ago,) = Recruiter.objects.with_status(at=today() - timedelta(days=4000))
    assert (before.status_code, before.status_valid) == ("active", True)
    assert (now.status_code, now.status_valid) == ("suspended_disciplinary", False)
    assert long_ago.status_code == "none"
    assert licence.standing(then).code == before.status_code


def test_status_of_a_term_that_was_over_on_that_day_is_expired():
    make_licence(issued_on=today() - 90 * DAY, expires_on=today() - 60 * DAY)
    (then,) = Recruiter.objects.with_status(at=today() - 30 * DAY)
    assert (then.status_code, then.status_valid) == ("expired", False)


def test_a_row_of_history_cannot_be_changed():
    row = make_licence().history.get()
    row.code = "revoked"
    with pytest.raises(TypeError):
        row.save()


def test_every_decision_is_in_the_audit_trail_without_words():
    licence = make_licence()
    suspend(licence, legal_basis="Section 13 (2) of the Act")
    entry = AuditEntry.objects.get(verb="licence.suspended")
    assert entry.subject == licence.ref
    assert "Section" not in str(entry.facts)


def test_a_suspension_moves_the_rating_and_reinstating_moves_it_back():
    licence = make_licence()
    suspend(licence)
    recruiter = Recruiter.objects.get()
    assert recruiter.risk_band == "high"
    services.reinstate_licence(licence, order_number="3", reason_code="put_right", actor=SYSTEM)
    assert Recruiter.objects.get().risk_score < recruiter.risk_score


def test_the_recruiters_people_are_told_that_there_is_something_to_read(omar):
    licence = make_licence(belongs_to(make_recruiter(), omar))
    suspend(licence)
    assert Notice.objects.get(user=omar).subject_ref == licence.ref


@pytest.mark.parametrize("who", ["rosa", "nadia", "omar", "quentin", "auditor", "stranger"])
def test_only_a_ministry_officer_decides(who, request):
    licence = make_licence()
    with pytest.raises(PermissionDenied):
        suspend(licence, actor=request.getfixturevalue(who))


def test_an_officer_tied_to_the_recruiter_does_not_decide(farah):
    licence = make_licence()
    person = make_party("Farah", kind="person")
    person.user = farah
    person.save()
    parties.relate(person, "director", licence.recruiter.party, actor=SYSTEM)
    with pytest.raises(PermissionDenied):
        suspend(licence, actor=farah)
    assert not Recruiter.objects.visible_to(farah).exists()


def test_a_former_name_stays_findable(farah):
    recruiter = make_recruiter("Sagarmala Overseas")
    services.edit_recruiter(recruiter, actor=farah, name="Tamor Overseas")
    kinds = dict(recruiter.party.names.values_list("text", "kind"))
    assert kinds == {"Sagarmala Overseas": "former", "Tamor Overseas": "primary"}
    assert Recruiter.objects.get().sort_name == "tamor overseas"


def test_an_edit_begun_before_a_suspension_does_not_undo_it():
    licence = make_licence()
    opened_before = Recruiter.objects.get(pk=licence.recruiter_id)
    suspend(licence)
    services.edit_recruiter(opened_before, phone="+977 1 5550100", sectors=["construction"], actor=SYSTEM)
    now = Recruiter.objects.get(pk=licence.recruiter_id)
    assert (now.standing_code, now.phone, now.sectors) == ("suspended_disciplinary", "+977 1 5550100", ["construction"])
