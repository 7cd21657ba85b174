"""Orders that take effect later: they block nothing today, and can be withdrawn before their day."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import AuditEntry, Notice
from recruiters import services
from recruiters.laterorders import Numbered, overtaken
from recruiters.licensing import ADVERSE, MAY_RECRUIT, Change, Status, standing_on
from recruiters.models import LicenceStatus, OrderWithdrawal, Recruiter
from recruiters.services import DecisionRefused
from tests.recruiters.making import belongs_to, make_licence, suspend

DAY = timedelta(days=1)


def ahead(days: int) -> date:
    return timezone.localdate() + days * DAY


def revoke(licence, **fields):
    given = {"order_number": "R-1", "reason_code": "deception", "effective_on": ahead(0), "actor": SYSTEM}
    return services.revoke_licence(licence, **{**given, **fields})


def key_of(response) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', response.content.decode())[0]


@pytest.mark.django_db
def test_an_emergency_suspension_is_possible_though_a_suspension_is_dated_ahead_by_a_slip():
    licence = make_licence()
    slip = suspend(licence, order_number="SLIP", effective_on=ahead(160))
    suspend(licence, order_number="NOW")
    assert licence.standing().code == Status.SUSPENDED_DISCIPLINARY
    assert not Recruiter.objects.get(pk=licence.recruiter_id).may_recruit
    slip.refresh_from_db()
    assert slip.is_withdrawn  # nobody is suspended twice
    assert slip.withdrawal.order_number == "NOW"


@pytest.mark.django_db
@pytest.mark.parametrize("take", [revoke, lambda licence: services.close_licence(licence, actor=SYSTEM)])
def test_a_licence_that_ended_today_does_not_become_suspended_on_the_day_of_a_later_order(take):
    licence = make_licence()
    suspend(licence, effective_on=ahead(160))
    take(licence)
    assert licence.standing(ahead(200)).code == licence.standing().code
    assert AuditEntry.objects.filter(verb="licence.order_overtaken", subject=licence.ref).count() == 1


@pytest.mark.django_db
def test_a_later_revocation_still_follows_on_a_suspension_of_today():
    licence = make_licence()
    revoke(licence, effective_on=ahead(160))
    suspend(licence)
    assert licence.standing().code == Status.SUSPENDED_DISCIPLINARY
    assert licence.standing(ahead(160)).code == Status.REVOKED
    assert not OrderWithdrawal.objects.exists()


@pytest.mark.django_db
def test_a_renewal_today_lives_on_after_a_later_suspension_is_lifted():
    licence = make_licence()
    suspend(licence, effective_on=ahead(20), until=ahead(40))
    services.renew_licence(licence, expires_on=ahead(900), actor=SYSTEM)
    services.reinstate_licence(licence, order_number="L", reason_code="put_right", effective_on=ahead(30), actor=SYSTEM)
    assert licence.standing(ahead(35)).expires_on == ahead(900)
    assert licence.valid_on(ahead(800))


@pytest.mark.django_db
def test_an_order_before_its_day_is_withdrawn_and_leaves_no_fact_behind(omar):
    licence = make_licence()
    belongs_to(licence.recruiter, omar)
    order = suspend(licence, effective_on=ahead(160))
    services.withdraw_order(order, reason_code="mistake", order_number="W-1", actor=SYSTEM)
    assert licence.valid_on(ahead(170))
    recruiter = Recruiter.objects.get(pk=licence.recruiter_id)
    assert recruiter.standing_then != Status.SUSPENDED_DISCIPLINARY
    assert [fact.state for fact in recruiter.risk_facts.prefetch_related("steps")] == ["withdrawn"]
    assert AuditEntry.objects.filter(verb="licence.order_withdrawn", subject=licence.ref).exists()
    assert Notice.objects.filter(user=omar, code="licence_order_withdrawn").exists()
    with pytest.raises(DecisionRefused):
        services.withdraw_order(order, reason_code="mistake", order_number="W-2", actor=SYSTEM)


@pytest.mark.django_db
def test_an_order_in_effect_is_not_withdrawn_and_one_with_a_number_needs_a_number():
    licence = make_licence()
    later = revoke(licence, effective_on=ahead(9))
    now = suspend(licence)
    with pytest.raises(DecisionRefused, match="in effect"):
        services.withdraw_order(now, reason_code="mistake", order_number="W", actor=SYSTEM)
    with pytest.raises(DecisionRefused, match="give its number"):
        services.withdraw_order(later, reason_code="mistake", actor=SYSTEM)


@pytest.mark.django_db
def test_what_an_appeal_brought_is_withdrawn_by_two_officers(farah, django_user_model):
    second = django_user_model.objects.create_user("faisal")
    second.memberships.create(account=farah.memberships.get().account, role="ministry_officer")
    licence = make_licence()
    suspend(licence)
    order = services.reinstate_licence(
        licence, order_number="A-1", reason_code="appeal_upheld", appeal_ref="APL-1", effective_on=ahead(30),
        actor=SYSTEM,
    )  # fmt: skip
    waiting = services.withdraw_order(order, reason_code="mistake", order_number="W", actor=farah)
    assert waiting.waits
    assert licence.valid_on(ahead(31))
    with pytest.raises(DecisionRefused, match="Another officer"):
        services.answer_withdrawal(waiting, agree=True, actor=farah)
    services.answer_withdrawal(waiting, agree=True, actor=second)
    assert not licence.valid_on(ahead(31))


@pytest.mark.django_db
def test_the_page_asks_about_a_day_far_ahead_and_tells_from_which_day_the_public_sees_it(client, farah):
    licence = make_licence()
    client.force_login(farah)
    address = reverse("recruiters:decide", args=[licence.ref, "suspend"])
    given = {
        "order_number": "O-1", "reason_code": "deception", "kind": "disciplinary", "effective_on": ahead(160),
        "form_key": key_of(client.get(address)),
    }  # fmt: skip
    asked = client.post(address, given)
    assert asked.status_code == 422
    assert "It would take effect only on" in asked.content.decode()
    assert licence.history.count() == 1
    page = client.post(address, {**given, "far_off": "on"}, follow=True).content.decode()
    assert "until then it shows the licence as it is" in page
    assert "The public register shows it now" not in page
    assert "Takes effect later" in page
    order = licence.history.get(order_number="O-1")
    withdraw = reverse("recruiters:order_withdraw", args=[licence.ref, order.pk])
    fields = {"reason_code": "mistake", "order_number": "W-1", "form_key": key_of(client.get(withdraw))}
    page = client.post(withdraw, fields, follow=True).content.decode()
    assert "withdrawn before it took effect" in page
    assert "Takes effect later" not in page
    near = {**given, "effective_on": ahead(0), "form_key": key_of(client.get(address))}
    assert "The public register shows it now" in client.post(address, near, follow=True).content.decode()
    public = client.get(reverse("recruiters_public:recruiter", args=[licence.recruiter.ref])).content.decode()
    assert "Suspended" in public


@pytest.mark.django_db
def test_strangers_and_readers_without_right_withdraw_nothing(client, quentin, auditor):
    licence = make_licence()
    order = suspend(licence, effective_on=ahead(60))
    for user in (quentin, auditor):
        client.force_login(user)
        answer = client.post(reverse("recruiters:order_withdraw", args=[licence.ref, order.pk]), {})
        assert answer.status_code in (403, 404)
    assert not LicenceStatus.objects.get(pk=order.pk).is_withdrawn


CODES = st.sampled_from([*map(str, ADVERSE), Status.ACTIVE.value, Status.CEASED.value, Status.APPLIED.value])
CHANGES = st.builds(lambda code, on: Change(code, date(2026, 1, 1) + on * DAY), CODES, st.integers(0, 400))


def on(code, days):
    return Change(str(code), date(2026, 1, 1) + days * DAY)


def test_what_was_to_lift_an_order_that_falls_away_lifts_no_ban():
    denied, given_back = Numbered(2, on(Status.RENEWAL_DENIED, 1)), Numbered(3, on(Status.ACTIVE, 30))
    history = [Numbered(1, on(Status.ACTIVE, 0)), denied, given_back]
    assert overtaken(history, on(Status.BANNED_PERMANENT, 0)) == (2, 3)


@given(st.lists(CHANGES, max_size=6), CHANGES)
@example([on(Status.RENEWAL_DENIED, 1), on(Status.ACTIVE, 0), on(Status.ACTIVE, 1)], on(Status.BANNED_PERMANENT, 0))
def test_no_order_of_today_is_undone_by_a_favourable_row_that_was_not_meant_to_lift_it(history, new):
    rows = [Numbered(place, change) for place, change in enumerate(history)]
    gone = overtaken(rows, new)
    begun = [row.change for row in rows if row.change.effective_on <= new.effective_on]
    later = sorted((r for r in rows if r.change.effective_on > new.effective_on), key=lambda r: r.change.effective_on)
    assert set(gone) <= {row.number for row in later}
    kept = [row for row in later if row.number not in gone]
    if kept and new.code == Status.BANNED_PERMANENT and standing_on(begun, new.effective_on).code in MAY_RECRUIT:
        first = kept[0].change
        assert (
            first.code not in MAY_RECRUIT
            or standing_on(
                [*begun, *(r.change for r in later if r.change.effective_on < first.effective_on)], first.effective_on
            ).code
            == Status.BANNED_PERMANENT
        )
