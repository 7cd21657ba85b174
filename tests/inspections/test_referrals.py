"""Referrals: only what was agreed, only to whom, only as long as it is agreed."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry, Notice, SealedRecord
from inspections.errors import NotNow
from inspections.models import Referral, Visit
from inspections.models.referrals import Given, Stage
from inspections.referralcodes import CHILD_REQUIRED
from inspections.services import referrals
from tests.inspections.builders import make_consent, make_partner, make_referral

CHILD = dict.fromkeys(CHILD_REQUIRED, "known")


def reread(referral: Referral) -> Referral:
    """Return a referral as a new request reads it."""
    return Referral.objects.select_related("visit").get(pk=referral.pk)


def test_the_partner_reads_what_was_agreed_and_nothing_else(visit: Visit, rosa: Any, partner_user: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    assert referrals.read_details(reread(referral), actor=partner_user) == {
        "name": "Maya",
        "safe_contact": "In the evening only",
    }
    opened = AuditEntry.objects.filter(verb="vault.opened", actor=partner_user.audit_code)
    assert opened.count() == 2
    assert not opened.filter(facts__purpose="inspections.referral.risks").exists()


def test_nothing_about_the_person_is_stored_in_the_clear(visit: Visit, rosa: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    row = json.dumps({name: str(value) for name, value in vars(reread(referral)).items()})
    trail = json.dumps([entry.facts for entry in AuditEntry.objects.all()])
    sealed = b"".join(bytes(record.ciphertext or b"") for record in SealedRecord.objects.all())
    for secret in ("Maya", "evening"):
        assert secret not in row + trail
        assert secret.encode() not in sealed


def test_taking_consent_back_ends_the_partners_access_at_once(visit: Visit, rosa: Any, partner_user: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    referrals.respond(reread(referral), stage="accepted", actor=partner_user)
    assert Referral.objects.visible_to(partner_user).count() == 1
    referrals.withdraw_consent(reread(referral), actor=rosa)
    assert Referral.objects.visible_to(partner_user).count() == 0
    with pytest.raises(PermissionDenied):
        referrals.read_details(reread(referral), actor=partner_user)
    with pytest.raises(PermissionDenied):
        referrals.respond(reread(referral), stage="service_started", actor=partner_user)
    assert Notice.objects.filter(user=partner_user, code="referral_withdrawn").exists()


@pytest.mark.parametrize(("stage", "reason"), [("declined", "no_capacity"), ("returned", "details_missing")])
def test_declining_and_returning_need_a_reason_and_end_the_access(
    visit: Visit, rosa: Any, partner_user: Any, stage: str, reason: str
) -> None:
    referral = make_referral(visit, rosa, make_partner())
    with pytest.raises(NotNow):
        referrals.respond(reread(referral), stage=stage, actor=partner_user)
    referrals.respond(reread(referral), stage=stage, reason=reason, actor=partner_user)
    assert reread(referral).stands == stage
    assert not Referral.objects.visible_to(partner_user).exists()
    assert Notice.objects.filter(user=rosa, code="referral_answered").exists()


def test_a_returned_referral_is_sent_again_within_what_was_agreed(visit: Visit, rosa: Any, partner_user: Any) -> None:
    referral = make_referral(visit, rosa, make_partner())
    referrals.respond(reread(referral), stage="returned", reason="contact_not_safe", actor=partner_user)
    referrals.send_again(
        reread(referral), details={"safe_contact": "Sunday", "risks": "more risks"}, remark="", actor=rosa
    )
    details = referrals.read_details(reread(referral), actor=partner_user)
    assert details == {"name": "Maya", "safe_contact": "Sunday"}


def test_a_refusal_keeps_the_safety_steps_and_nothing_about_the_person(visit: Visit, rosa: Any) -> None:
    referral = make_referral(
        visit, rosa, make_partner(), consent=make_consent(Given.REFUSED), safety=("safe_now", "numbers_given")
    )
    assert referral.stands == Stage.REFUSED
    assert referral.safety == ["safe_now", "numbers_given"]
    assert referral.partner is None
    assert not referral.fields.exists()


def test_safety_comes_first_even_where_the_person_refuses(visit: Visit, rosa: Any) -> None:
    with pytest.raises(NotNow):
        make_referral(visit, rosa, make_partner(), consent=make_consent(Given.REFUSED), safety=())


def test_nothing_is_sent_before_everything_was_explained(visit: Visit, rosa: Any) -> None:
    hasty = referrals.ConsentGiven(Given.AGREED, ("purpose",), "ne", ("name",))
    with pytest.raises(NotNow):
        make_referral(visit, rosa, make_partner(), consent=hasty)
    assert not Referral.objects.exists()


def test_without_consent_an_emergency_shares_the_least(visit: Visit, rosa: Any) -> None:
    with pytest.raises(NotNow):
        make_referral(visit, rosa, make_partner(), consent=make_consent(Given.EMERGENCY, "safe_contact"))
    make_referral(visit, rosa, make_partner(), consent=make_consent(Given.EMERGENCY, "name"))
    assert Notice.objects.filter(user=visit.supervisor, code="emergency_referral").exists()


def test_a_child_goes_to_child_protection_by_a_route_of_its_own(visit: Visit, rosa: Any) -> None:
    consent = make_consent(Given.CHILD, "name")
    with pytest.raises(NotNow):
        make_referral(visit, rosa, make_partner(), route="child", consent=consent, child=CHILD)
    centre = make_partner("Children First", children=True)
    with pytest.raises(NotNow):
        make_referral(visit, rosa, centre, route="child", consent=consent, child={})
    with pytest.raises(NotNow):
        make_referral(visit, rosa, centre, route="adult", consent=consent)
    made = make_referral(visit, rosa, centre, route="child", consent=consent, child=CHILD)
    assert made.stands == Stage.SENT


def test_a_childs_referral_is_seen_by_its_maker_and_the_supervisor_only(rosa: Any, farah: Any) -> None:
    from core.roles import AccountKind, Role
    from tests.factories import make_user
    from tests.inspections.builders import make_visit

    ibrahim = make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    visit = make_visit(rosa, others=[ibrahim])
    centre = make_partner("Children First", children=True)
    made = make_referral(visit, rosa, centre, route="child", consent=make_consent(Given.CHILD, "name"), child=CHILD)
    seen = {
        person.username: made in Referral.objects.visible_to(person)
        for person in (rosa, visit.supervisor, ibrahim, farah)
    }
    assert seen == {"rosa": True, "selma": True, "ibrahim": False, "farah": False}


def test_another_partner_sees_nothing(visit: Visit, rosa: Any) -> None:
    from core.roles import AccountKind, Role
    from tests.factories import make_user

    other = make_user("legal", Role.REFERRAL_PARTNER, account="Legal Aid", kind=AccountKind.PARTNER)
    referral = make_referral(visit, rosa, make_partner())
    assert not Referral.objects.visible_to(other).exists()
    with pytest.raises(PermissionDenied):
        referrals.read_details(reread(referral), actor=other)


def test_the_visited_organisation_cannot_be_the_partner(visit: Visit, rosa: Any) -> None:
    partner = make_partner()
    visit.party.account = partner
    visit.party.save()
    with pytest.raises(NotNow):
        make_referral(visit, rosa, partner)


def test_an_answer_to_a_page_that_is_out_of_date_finds_no_access(visit: Visit, rosa: Any, partner_user: Any) -> None:
    stale = reread(make_referral(visit, rosa, make_partner()))
    assert stale.stands == Stage.SENT
    referrals.withdraw_consent(reread(stale), actor=rosa)
    with pytest.raises(PermissionDenied):
        referrals.respond(stale, stage="accepted", actor=partner_user)
    assert Referral.objects.get().stands == Stage.WITHDRAWN
