"""From triage to closing: one transaction, the worker's word, a second person, and a recruiter whose rating moves."""

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import AuditEntry
from core.roles import Role
from grievances import services, signals
from grievances.models import Accused, Clock, Grievance, RemediationCase
from grievances.remedy import Outcome, Word
from grievances.services import CloseRefused, RemedyRefused, StepPlan, TriageRefused, following, harms
from grievances.signals import CaseNews
from grievances.statuses import Decision
from recruiters.models import Rating, RiskFact
from tests.factories import make_user
from tests.grievances.builders import judgement, make_case, make_grievance, make_recruiter
from tests.keys import present

pytestmark = pytest.mark.django_db
PROOF = b"%PDF-1.4 proof of payment"


def plan(**fields):
    return StepPlan(
        **{
            "form": "restitution",
            "item": "passport_returned",
            "owner": "employer",
            "due_on": timezone.localdate() + timedelta(days=14),
            **fields,
        }
    )


def look_into(case: RemediationCase, handler) -> None:
    """Find nothing of any harm, in the papers."""
    for harm in case.harms.all():
        harms.note_finding(harm, "not_substantiated", "documents", actor=handler)


@pytest.fixture
def asha(db):
    """Return Asha, a second case officer."""
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha")


def test_triage_opens_the_case_moves_the_rating_and_tells_the_floors_above_in_one_go(nadia) -> None:
    recruiter, heard = make_recruiter(), []
    grievance = make_grievance()
    services.link_accused(grievance, recruiter.party, part="recruiter", actor=nadia)
    before = Rating.objects.filter(recruiter=recruiter).count()
    listener = lambda **said: heard.append(said["news"])  # noqa: E731
    signals.case_opened.connect(listener)
    try:
        case = services.triage(grievance, judgement(priority="high"), actor=nadia)
    finally:
        signals.case_opened.disconnect(listener)
    assert case is not None
    assert heard[0].case_ref == case.ref
    assert heard[0].grievance_codes == ("DOC", "FEE")
    assert heard[0].recruiter_party_ids == (recruiter.party_id,)
    facts = RiskFact.objects.filter(recruiter=recruiter)
    assert {(fact.code, fact.origin, fact.source_ref) for fact in facts} == {
        ("grievance.FEE", "grievance", case.ref),
        ("grievance.DOC", "grievance", case.ref),
    }
    assert Rating.objects.filter(recruiter=recruiter).count() > before
    assert not any(fact.may_be_told() for fact in facts)
    assert grievance.status == "accepted"


def test_if_the_last_hop_fails_nothing_is_kept(nadia) -> None:
    recruiter, grievance = make_recruiter(), make_grievance()
    services.link_accused(grievance, recruiter.party, part="recruiter", actor=nadia)
    ratings, entries = Rating.objects.count(), AuditEntry.objects.count()

    def broken(**_said) -> None:
        raise RuntimeError("the floor above failed")

    signals.case_opened.connect(broken)
    try:
        with pytest.raises(RuntimeError, match="the floor above failed"):
            services.triage(grievance, judgement(priority="high"), actor=nadia)
    finally:
        signals.case_opened.disconnect(broken)
    assert not RemediationCase.objects.exists()
    assert not RiskFact.objects.exists()
    assert (Rating.objects.count(), AuditEntry.objects.count()) == (ratings, entries)
    assert Grievance.objects.get().status == "received"
    assert not Clock.objects.filter(kind="resolve").exists()


def test_a_possible_party_moves_no_rating_until_a_handler_confirms_it(nadia) -> None:
    recruiter = make_recruiter()
    case = make_case(nadia, recruiter="Golden Bridge Manpower")
    assert case.grievance.accusations.get().basis == Accused.Basis.POSSIBLE
    assert not RiskFact.objects.exists()
    services.link_accused(case.grievance, recruiter.party, part="recruiter", actor=nadia)
    assert RiskFact.objects.filter(recruiter=recruiter, source_ref=case.ref).count() == 2


def test_one_person_cannot_lower_what_the_rule_says(nadia) -> None:
    grievance = make_grievance(("VIO",))
    with pytest.raises(TriageRefused, match="cannot lower"):
        services.triage(grievance, judgement(("VIO",), priority="normal"), actor=nadia)


def test_late_anonymous_or_without_proof_is_never_a_reason(nadia) -> None:
    grievance = make_grievance(("WAG",))
    for reason in ("", "late", "anonymous", "no_proof"):
        with pytest.raises(TriageRefused, match="never a reason"):
            services.triage(
                grievance,
                judgement(("WAG",), Decision.NOT_ACCEPTED, "normal", reason_code=reason),
                actor=nadia,
            )


def test_a_referral_without_consent_is_refused(nadia) -> None:
    grievance = make_grievance(("WAG",), consents={})
    with pytest.raises(TriageRefused, match="not agreed"):
        services.triage(grievance, judgement(("WAG",), Decision.REFER_OUT, "normal"), actor=nadia)
    agreed = make_grievance(("WAG",), consents={"refer_to_services": True})
    services.triage(agreed, judgement(("WAG",), Decision.REFER_OUT, "normal"), actor=nadia)
    assert agreed.status == "referred_out"


def test_a_grievance_is_decided_once(nadia) -> None:
    case = make_case(nadia)
    with pytest.raises(TriageRefused, match="decided already"):
        services.triage(case.grievance, judgement(priority="high"), actor=nadia)


def test_nobody_but_a_case_officer_handles_anything(farah, rosa, admin_user, auditor, quentin, omar) -> None:
    grievance = make_grievance()
    for user in (farah, rosa, admin_user, auditor, quentin, omar):
        for act in (
            lambda u: services.triage(grievance, judgement(priority="high"), actor=u),
            lambda u: services.open_words(grievance, actor=u, reason="triage"),
            lambda u: services.open_contact(grievance, actor=u, reason="triage"),
            lambda u: services.send_message(grievance, "hello", actor=u),
            lambda u: services.take(grievance, actor=u),
        ):
            with pytest.raises(PermissionDenied):
                act(user)


def test_a_case_closes_with_delivered_remedy_and_the_workers_word(nadia) -> None:
    case = make_case(nadia)
    recruiter = make_recruiter()
    services.link_accused(case.grievance, recruiter.party, part="recruiter", actor=nadia)
    step = services.add_remedy_step(case, plan(), actor=nadia)
    services.agree(step, actor=nadia)
    with pytest.raises(RemedyRefused, match="needs proof"):
        services.deliver(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=PROOF)
    assert case.grievance.status == "remedy_delivered"
    services.set_root_cause(case, "documents_policy", actor=nadia)
    with pytest.raises(CloseRefused) as refused:
        services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    assert [each.code for each in refused.value.closing.blockers] == ["worker_word_missing"]
    assert following.say_about_step(step, Word.ALL)
    assert services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    assert case.state == "closed"
    grievance = Grievance.objects.get(pk=case.grievance_id)
    assert grievance.status == "closed"
    assert grievance.keep_until is not None
    assert {fact.state for fact in RiskFact.objects.filter(source_ref=case.ref)} == {"remedied"}
    assert not Clock.objects.filter(grievance=grievance, met_at=None, dropped_at=None).exists()


def test_an_urgent_case_needs_a_second_person_who_is_not_the_first(nadia, asha) -> None:
    case = make_case(nadia, make_grievance(("VIO",)), priority="urgent")
    following.withdraw(case.grievance)
    assert not services.close(case, Outcome.WITHDRAWN, actor=nadia)
    assert case.state == "closing"
    with pytest.raises(CloseRefused, match="Somebody else"):
        services.agree_to_close(case, actor=nadia)
    services.agree_to_close(case, actor=asha)
    assert case.state == "closed"


def test_a_second_person_may_decline(nadia, asha) -> None:
    case = make_case(nadia)
    services.set_root_cause(case, "not_found", actor=nadia)
    look_into(case, nadia)
    services.close(case, Outcome.NOT_SUBSTANTIATED, actor=nadia)
    services.decline_to_close(case, actor=asha)
    assert case.state == "reopened"


def test_the_worker_can_open_a_closed_case_again_by_writing(nadia, asha) -> None:
    case = make_case(nadia)
    look_into(case, nadia)
    services.close(case, Outcome.NOT_SUBSTANTIATED, actor=nadia)
    services.agree_to_close(case, actor=asha)
    following.write(case.grievance, "they took it again")
    assert (case.state, case.grievance.status) == ("reopened", "reopened")
    grievance = Grievance.objects.get(pk=case.grievance_id)
    assert grievance.keep_until is None


def test_only_the_state_punishes(nadia) -> None:
    case = make_case(nadia)
    with pytest.raises(RemedyRefused, match="state authority"):
        services.add_remedy_step(case, plan(form="punitive_sanction", owner="employer"), actor=nadia)


def test_money_owed_keeps_its_amount_and_currency(nadia) -> None:
    case = make_case(nadia)
    step = services.add_remedy_step(
        case,
        plan(form="compensation_financial", item="wages_paid", amount=Decimal("1250.50"), currency="QAR"),
        actor=nadia,
    )
    step.refresh_from_db()
    assert (step.amount, step.currency) == (Decimal("1250.50"), "QAR")


def test_a_worker_who_says_no_puts_the_case_back_to_work(nadia) -> None:
    case = make_case(nadia)
    step = services.add_remedy_step(case, plan(), actor=nadia)
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=PROOF)
    following.say_about_step(step, Word.NONE)
    assert step.events.order_by("-pk").first().state == "disputed"
    assert case.grievance.status == "remedy_in_progress"


def test_a_worker_may_withdraw_and_somebody_checks_that_nobody_made_her(nadia) -> None:
    grievance = make_grievance(("WAG",))
    following.withdraw(grievance)
    assert grievance.status == "withdrawn_by_reporter"
    assert grievance.clocks.filter(kind="pressure_check", met_at=None).exists()
    services.close_withdrawn(grievance, freely=True, actor=nadia)
    assert grievance.status == "closed"


def test_opening_her_words_needs_a_reason_that_the_audit_trail_keeps(nadia) -> None:
    grievance = make_grievance()
    with pytest.raises(services.HandlingRefused):
        services.open_words(grievance, actor=nadia, reason="curious")
    with present(nadia):
        opened = services.open_words(grievance, actor=nadia, reason="triage")
    assert "राहदानी" in opened.words
    entry = AuditEntry.objects.filter(verb="vault.opened", subject=grievance.ref).latest("sequence")
    assert entry.facts["reason"] == "triage"
    assert entry.actor == nadia.audit_code
    assert opened.words not in repr(opened)


def test_a_message_answers_and_starts_the_next_promise(nadia) -> None:
    grievance = make_grievance(("WAG",))
    following.write(grievance, "are you there?")
    assert grievance.clocks.filter(kind="answer", met_at=None).exists()
    services.send_message(grievance, "yes", actor=nadia)
    assert not grievance.clocks.filter(kind="answer", met_at=None).exists()
    assert grievance.clocks.filter(kind="update", met_at=None).exists()
    assert grievance.status == "acknowledged"


def test_a_question_answered_goes_back_to_triage(nadia) -> None:
    grievance = make_grievance(("WAG",))
    services.triage(grievance, judgement(("WAG",), Decision.NEEDS_INFORMATION, "normal"), actor=nadia)
    assert grievance.status == "needs_information"
    following.write(grievance, "it was in May")
    assert grievance.status == "acknowledged"
    assert grievance.clocks.filter(kind="triage", met_at=None).exists()


def test_changing_contact_destroys_the_old_one(nadia) -> None:
    grievance = make_grievance(contact_mode="phone", contact={"value": "+977 98"})
    old = grievance.contact
    following.change_contact(grievance, "receipt", {}, {"investigate": True}, language="ne")
    old.refresh_from_db()
    assert old.destroyed_on is not None
    assert grievance.contact is None


def test_what_leaves_about_a_case_holds_no_sum_no_form_of_remedy_and_nobody(nadia) -> None:
    """A sum repaid in one case is one worker's: above this floor there are codes, never amounts."""
    assert {field.name for field in fields(CaseNews)} == {
        "case_ref",
        "grievance_codes",
        "severity",
        "recruiter_party_ids",
        "employer_party_ids",
        "opened_on",
        "state",
        "changed_on",
    }
    recruiter, heard = make_recruiter(), []
    with present(nadia):
        case = make_case(nadia, codes=("FEE",))
    services.link_accused(case.grievance, recruiter.party, part="recruiter", actor=nadia)

    def listener(**said) -> None:
        heard.append(said["news"])

    signals.case_changed.connect(listener)
    try:
        step = services.add_remedy_step(
            case, plan(item="fees_repaid", owner="recruiter", amount=Decimal("4321.00"), currency="QAR"), actor=nadia
        )
        services.agree(step, actor=nadia)
        services.deliver(step, actor=nadia, proof=PROOF)
        following.say_about_step(step, Word.ALL)
        services.set_root_cause(case, "fees_in_chain", actor=nadia)
        assert services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    finally:
        signals.case_changed.disconnect(listener)
    assert heard[-1].state == "closed"
    assert "4321" not in repr(heard)
    facts = RiskFact.objects.filter(recruiter=recruiter, source_ref=case.ref)
    assert {fact.state for fact in facts} == {"remedied"}
    assert "4321" not in repr([fact.__dict__ for fact in facts])
