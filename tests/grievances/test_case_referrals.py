"""A worker is referred as far as she agrees; without her, two people decide to save a life, and she is told."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.html import strip_tags

from core import vault
from core.keyring import Locked
from core.models import Account, AuditEntry, Notice, PartnerProfile, SealedRecord
from core.roles import AccountKind, Role
from grievances import services
from grievances.models import CaseReferral, CaseReferralField
from grievances.referring import CHILD_EXPLAINED, EXPLAINED
from grievances.remedy import Outcome
from grievances.services import following, referrals
from grievances.services.referrals import ReferralRefused, Wanted
from grievances.services.triaging import TriageRefused
from grievances.statuses import Decision
from tests.factories import make_account, make_party, make_user
from tests.grievances.builders import judgement, make_case, make_grievance
from tests.keys import present
from tests.samples import photo

pytestmark = pytest.mark.django_db
NEEDS = "A bed for two nights, from Friday"
NAME = "Wira Thapa"


@pytest.fixture
def shelter(partner_user) -> Account:
    """Return the partner that Pema works for."""
    return Account.objects.get(name="Harbour Shelter")


@pytest.fixture
def asha(db):
    """Return Asha, a second case officer."""
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha")


def agreed(**fields):
    return make_grievance(("WAG",), consents={"refer_to_services": True}, **fields)


def wanted(partner: Account, **fields) -> Wanted:
    told = {"needs": NEEDS, "language": "Nepali"}
    return Wanted(
        **{
            "partner": partner,
            "basis": "consent",
            "services": ("shelter",),
            "told": told,
            "explained": EXPLAINED,
            "agreed_channel": "phone",
            **fields,
        }
    )


def override(partner: Account, **fields) -> Wanted:
    return wanted(
        partner,
        basis="override",
        explained=(),
        agreed_channel="",
        override_reason="danger_to_life",
        override_note="She called from the roof; the door is locked.",
        notice="We asked people who can open the door. Nobody else knows.",
        **fields,
    )


def test_case_17_without_consent_a_referral_is_refused_and_an_override_takes_two_people_and_tells_her(
    client, nadia, asha, partner_user, shelter
) -> None:
    with present(nadia):
        case = make_case(nadia, make_grievance(("WAG",), consents={"refer_to_services": False}))
    # By the service, by triage, and by a page that is sent everything it does not ask for.
    with pytest.raises(ReferralRefused) as refused:
        referrals.refer(case, wanted(shelter), actor=nadia)
    assert refused.value.faults == ("no_consent",)
    with pytest.raises(TriageRefused, match="not agreed"):
        services.triage(
            make_grievance(("WAG",), consents={}), judgement(("WAG",), Decision.REFER_OUT, "normal"), actor=nadia
        )
    client.force_login(nadia)
    forged = {
        "form_key": "k1",
        "basis": "consent",
        "partner": shelter.pk,
        "urgency": "week",
        "explained": list(EXPLAINED),
        "agreed_channel": "phone",
        "tell_needs": "on",
        "text_needs": NEEDS,
        "consent": "true",
        "override": "1",
        "stage": "sent",
        "refer_to_services": "on",
        "cases": ["1", "2", "3"],
    }
    answer = client.post(f"/workspace/grievances/cases/{case.ref}/refer/", forged)
    assert answer.status_code == 422
    assert NEEDS in answer.content.decode()
    assert not CaseReferral.objects.exists()
    # An override without reason, without notice, with more than a life needs, or by one person alone: refused.
    for gap, code in [
        ({"override_reason": "she_seems_shy"}, "no_reason"),
        ({"override_note": " "}, "no_reason"),
        ({"notice": ""}, "no_notice"),
        ({"told": {"safe_contact": "+977"}}, "too_much"),
    ]:
        with pytest.raises(ReferralRefused) as refused:
            referrals.refer(case, Wanted(**{**override(shelter).__dict__, **gap}), actor=nadia)
        assert code in refused.value.faults
    with present(nadia):
        asked = referrals.refer(case, override(shelter), actor=nadia)
    assert asked.stage == "waiting_second"
    assert not CaseReferral.objects.visible_to(partner_user).exists()
    with present(nadia), pytest.raises(ReferralRefused, match="Somebody else"):
        referrals.decide_override(asked, agree=True, actor=nadia)
    assert not case.grievance.messages.exists()
    with present(nadia):
        services.locks.share(case.grievance, actor=nadia)
    with present(asha):
        referrals.decide_override(asked, agree=True, actor=asha)
    # Reason, second approver and the notice to the worker are recorded.
    assert asked.stage == "sent"
    assert (asked.override_reason, asked.steps.get(stage="sent").by) == ("danger_to_life", asha)
    assert case.grievance.messages.get(sender="handler").author == asha
    trail = list(AuditEntry.objects.filter(verb="case.referral_step").values_list("facts", flat=True))
    assert [fact["stage"] for fact in trail] == ["waiting_second", "sent"]
    assert CaseReferral.objects.visible_to(partner_user).exists()


def test_a_second_person_who_does_not_agree_leaves_nothing_behind(nadia, asha, partner_user, shelter) -> None:
    case = make_case(nadia, make_grievance(("WAG",)))
    asked = referrals.refer(case, override(shelter), actor=nadia)
    referrals.decide_override(asked, agree=False, actor=asha)
    assert asked.stage == "stopped"
    assert all(row.sealed.destroyed_on for row in asked.fields.all())
    assert not CaseReferral.objects.visible_to(partner_user).exists()
    assert not case.grievance.messages.exists()


def test_a_second_person_who_cannot_open_the_notice_sends_nothing(nadia, partner_user, shelter) -> None:
    with present(nadia):
        case = make_case(nadia, make_grievance(("WAG",)))
    asked = referrals.refer(case, override(shelter), actor=nadia)
    late = make_user("late", Role.CASE_OFFICER)
    with present(late), pytest.raises(Locked):
        referrals.decide_override(asked, agree=True, actor=late)
    assert asked.stage == "waiting_second"


def test_case_18_the_receiver_sees_the_agreed_fields_alone_answers_and_loses_them_at_once(
    client, nadia, partner_user, shelter
) -> None:
    with present(nadia):
        grievance = agreed(files=(photo(),), contact_mode="phone", contact={"value": "+97433", "name": NAME})
        case = make_case(nadia, grievance)
        made = referrals.refer(case, wanted(shelter), actor=nadia)
    # Identity and files are off: they were never handed over, so no reader and no fault can show them.
    assert set(made.fields.values_list("code", flat=True)) == {"needs", "language"}
    assert referrals.files_of(made) == []
    client.force_login(partner_user)
    page = client.get(f"/workspace/help/{made.ref}/")
    text = page.content.decode()
    assert NEEDS in text
    for secret in (NAME, "+97433", grievance.ref, case.ref, "WAG"):
        assert secret not in text
    for foreign in (f"/workspace/grievances/{grievance.ref}/", f"/workspace/grievances/cases/{case.ref}/"):
        assert client.get(foreign).status_code == 404
    # Returned with a question, sent again within what was agreed, accepted, begun.
    with pytest.raises(ReferralRefused, match="reason"):
        referrals.respond(made, "returned", actor=partner_user)
    referrals.respond(made, "returned", actor=partner_user, reason="details_missing", remark="From which day?")
    assert client.get(f"/workspace/help/{made.ref}/").status_code == 404
    with present(nadia):
        referrals.send_again(made, {"needs": "A bed from today", "name": NAME}, actor=nadia)
    assert referrals.read_told(made, actor=partner_user) == {"needs": "A bed from today", "language": "Nepali"}
    client.post(f"/workspace/help/{made.ref}/", {"form_key": "k2", "stage": "accepted"})
    assert made.stage == "accepted"
    # Her word takes it back: at once, for good, and nothing is left to read.
    following.change_contact(grievance, "receipt", {}, {"refer_to_services": False}, language="ne")
    assert client.get(f"/workspace/help/{made.ref}/").status_code == 404
    assert made.ref not in client.get("/workspace/help/").content.decode()
    assert made.stage == "revoked"
    with pytest.raises(PermissionDenied):
        referrals.read_told(made, actor=partner_user)
    assert all(row.sealed.destroyed_on for row in CaseReferralField.objects.select_related("sealed"))
    with pytest.raises(PermissionDenied):
        referrals.respond(made, "completed", actor=partner_user)


def test_a_partner_may_decline_and_keeps_nothing(nadia, partner_user, shelter) -> None:
    made = referrals.refer(make_case(nadia, agreed()), wanted(shelter), actor=nadia)
    referrals.respond(made, "declined", actor=partner_user, reason="no_capacity")
    assert not CaseReferral.objects.visible_to(partner_user).exists()
    assert all(row.sealed.destroyed_on for row in made.fields.select_related("sealed"))
    assert not Notice.objects.filter(user=partner_user, subject_ref=made.ref).exists()


def test_a_handler_takes_a_referral_back_at_her_word(nadia, partner_user, shelter) -> None:
    made = referrals.refer(make_case(nadia, agreed()), wanted(shelter), actor=nadia)
    assert CaseReferral.objects.visible_to(partner_user).exists()
    referrals.revoke(made, reason="she_said_no", actor=nadia)
    assert not CaseReferral.objects.visible_to(partner_user).exists()


def test_files_go_along_only_where_chosen_and_only_as_clean_copies(nadia, partner_user, shelter) -> None:
    with present(nadia):
        grievance = agreed(files=(photo(),))
        case = make_case(nadia, grievance)
        made = referrals.refer(case, wanted(shelter, files=tuple(grievance.files.all())), actor=nadia)
    (file,) = referrals.files_of(made)
    data = vault.open_bytes(file.original, actor=partner_user, reason="test", subject=made.ref)
    assert b"PLANTED" not in data


def test_a_child_goes_to_who_protects_children_without_consent_but_heard(nadia, partner_user, shelter) -> None:
    case = make_case(nadia, make_grievance(("CHL",), under_18=True), priority="urgent")
    child = {
        "needs": "Protection",
        "child_age": "15, by own word",
        "child_guardian": "None told: the uncle is accused",
        "child_views": "Wants to go to school",
        "child_authority": "Child protection, by telephone, today",
    }
    by_child = wanted(shelter, basis="child", told=child, explained=CHILD_EXPLAINED, agreed_channel="")
    with pytest.raises(ReferralRefused) as refused:
        referrals.refer(case, by_child, actor=nadia)
    assert refused.value.faults == ("not_for_children",)
    with pytest.raises(ReferralRefused) as refused:
        referrals.refer(case, wanted(shelter), actor=nadia)
    assert "child_route" in refused.value.faults
    PartnerProfile.objects.create(account=shelter, child_protection=True)
    made = referrals.refer(case, by_child, actor=nadia)
    assert (made.route, made.stage) == ("child", "sent")
    assert set(referrals.read_told(made, actor=partner_user)) == set(child)


def test_a_partner_tied_to_whoever_is_accused_receives_nothing(nadia, partner_user, shelter) -> None:
    grievance = agreed()
    accused = make_party("Harbour Shelter Holding")
    accused.account = shelter
    accused.save()
    services.link_accused(grievance, accused, part="employer", actor=nadia)
    with pytest.raises(ReferralRefused) as refused:
        referrals.refer(make_case(nadia, grievance), wanted(shelter), actor=nadia)
    assert refused.value.faults == ("partner_accused",)


def test_what_she_refused_is_put_down_without_a_word_about_her(nadia, shelter) -> None:
    case = make_case(nadia, make_grievance(("WAG",)))
    before = SealedRecord.objects.count()
    made = referrals.refer(case, wanted(shelter, basis="refused", told={}), actor=nadia)
    assert (made.stage, made.fields.count(), SealedRecord.objects.count()) == ("refused", 0, before)


def test_a_case_counts_as_helped_elsewhere_only_once_a_partner_accepted(nadia, partner_user, shelter) -> None:
    case = make_case(nadia, agreed())
    services.set_root_cause(case, "not_found", actor=nadia)
    made = referrals.refer(case, wanted(shelter), actor=nadia)
    assert not services.closing.judge(case, Outcome.REFERRED).allowed
    referrals.respond(made, "accepted", actor=partner_user)
    assert services.closing.judge(case, Outcome.REFERRED).allowed


def test_only_partners_receive_and_only_its_own_people_see(nadia, omar, shelter) -> None:
    case = make_case(nadia, agreed())
    agency = Account.objects.get(name="Golden Bridge Manpower")
    with pytest.raises(ReferralRefused) as refused:
        referrals.refer(case, wanted(agency), actor=nadia)
    assert "no_partner" in refused.value.faults
    made = referrals.refer(case, wanted(shelter), actor=nadia)
    make_account("Other Help", AccountKind.PARTNER)
    other = make_user("other", Role.REFERRAL_PARTNER, account="Other Help", kind=AccountKind.PARTNER)
    for stranger in (other, omar, nadia):
        assert not CaseReferral.objects.visible_to(stranger).exists()
        with pytest.raises(PermissionDenied):
            referrals.respond(made, "accepted", actor=stranger)


def test_the_trail_holds_codes_alone(nadia, partner_user, shelter) -> None:
    made = referrals.refer(make_case(nadia, agreed()), wanted(shelter), actor=nadia)
    referrals.respond(made, "accepted", actor=partner_user, remark="Come on Friday")
    referrals.read_told(made, actor=partner_user)
    trail = json.dumps(list(AuditEntry.objects.values_list("facts", flat=True)))
    for secret in (NEEDS, "Nepali", "Friday", "Harbour"):
        assert secret not in trail
    assert made.made_on == timezone.localdate()


def test_a_partner_reads_on_each_of_two_lists_who_refers_and_how_many_wait_on_the_other(
    client, nadia, shelter, partner_user
) -> None:
    made = referrals.refer(make_case(nadia, agreed()), wanted(shelter), actor=nadia)
    client.force_login(partner_user)

    def read(path: str) -> str:
        return strip_tags(client.get(path).content.decode())

    assert "Workers whom an inspector met on a visit." in read("/workspace/inspections/inbox/")
    assert "Referrals from case officers: 1 without your answer" in read("/workspace/inspections/inbox/")
    assert made.ref not in read("/workspace/inspections/inbox/")
    assert "Workers who filed a report." in read("/workspace/help/")
    assert "Referrals from inspectors: 0 without your answer" in read("/workspace/help/")
    referrals.respond(made, "accepted", actor=partner_user)
    assert "Referrals from case officers: 0" in read("/workspace/inspections/inbox/")
    following.change_contact(made.case.grievance, "receipt", {}, {"refer_to_services": False}, language="ne")
    assert made.ref not in read("/workspace/help/")
