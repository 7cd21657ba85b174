"""What leaves a grievance goes only where the worker's own words on consent let it, and comes back with her word."""

import pytest

from core.models import AuditEntry
from core.roles import AccountKind, Role
from core.standards import standard
from duediligence.models import Step6Entry, Step6News
from grievances import services
from grievances.models import Grievance, RemediationCase
from grievances.services import following
from recruiters.models import Rating, RiskFact
from tests.duediligence.making import make_company, make_engagement
from tests.factories import make_user
from tests.grievances.builders import judgement, make_grievance, make_recruiter

pytestmark = pytest.mark.django_db
BOTH = {"investigate": True, "share_buyer": True}


@pytest.fixture
def recruiter():
    return make_recruiter()


@pytest.fixture
def engaged(recruiter, quentin):
    """Return a company that engages the recruiter."""
    company = make_company(quentin)
    make_engagement(company, recruiter.party)
    return company


def open_case(recruiter, nadia, **consents: bool) -> RemediationCase:
    grievance = make_grievance(consents=consents)
    services.link_accused(grievance, recruiter.party, part="recruiter", actor=nadia)
    case = services.triage(grievance, judgement(priority="high"), actor=nadia)
    assert case is not None
    return RemediationCase.objects.get(pk=case.pk)


def facts(case: RemediationCase) -> set[tuple[str, str]]:
    return {(fact.code, fact.state) for fact in RiskFact.objects.filter(source_ref=case.ref)}


def change(case: RemediationCase, **consents: bool) -> None:
    grievance = Grievance.objects.get(pk=case.grievance_id)
    following.change_contact(grievance, "receipt", {}, consents, language="ne")


@pytest.mark.parametrize(
    ("consents", "rated", "told"),
    [
        ({}, False, False),  # never asked, as by text message
        ({"investigate": False, "share_buyer": False}, False, False),
        ({"investigate": True, "share_buyer": False}, True, False),
        ({"investigate": False, "share_buyer": True}, False, True),
        (BOTH, True, True),
        ({"share_inspector": True, "share_police": True, "refer_to_services": True}, False, False),
    ],
)
def test_a_case_is_opened_for_her_own_remedy_and_others_learn_what_she_agreed_to(
    recruiter, engaged, nadia, consents, rated, told
) -> None:
    ratings = Rating.objects.filter(recruiter=recruiter).count()
    case = open_case(recruiter, nadia, **consents)
    assert case.state == "open"
    assert case.grievance.clocks.filter(kind="resolve").exists()
    assert facts(case) == ({("grievance.FEE", "standing"), ("grievance.DOC", "standing")} if rated else set())
    assert (Rating.objects.filter(recruiter=recruiter).count() > ratings) == rated
    assert Step6Entry.objects.filter(case_ref=case.ref).exists() == told
    assert case.told_companies == told


def test_a_yes_that_comes_later_lets_it_flow_and_a_no_takes_it_back(recruiter, engaged, nadia) -> None:
    case = open_case(recruiter, nadia)
    change(case, **BOTH)
    assert facts(case) == {("grievance.FEE", "standing"), ("grievance.DOC", "standing")}
    assert Step6Entry.objects.filter(case_ref=case.ref).count() == 1
    change(case, investigate=False, share_buyer=False)
    assert {state for _code, state in facts(case)} == {"withdrawn"}
    recruiter.refresh_from_db()
    assert recruiter.risk_score == 0
    assert Step6News.objects.latest("pk").state == "kept_private"
    case.refresh_from_db()
    assert not case.told_companies
    assert AuditEntry.objects.filter(verb="case.kept_private", subject=case.ref).count() == 1
    # What happens from now on is told to nobody, and nobody hears of it anew.
    told = Step6News.objects.count()
    services.add_remedy_step(
        case,
        services.StepPlan(form="restitution", item="passport_returned", owner="employer", due_on=case.opened_on),
        actor=nadia,
    )
    other = make_user("quilla", Role.COMPANY_MEMBER, account="Another Brand", kind=AccountKind.COMPANY)
    make_engagement(make_company(other), recruiter.party)
    change(case, investigate=False, share_buyer=False)
    assert Step6News.objects.count() == told


def test_a_second_yes_counts_again_and_the_same_answer_twice_changes_nothing(recruiter, nadia) -> None:
    case = open_case(recruiter, nadia, **BOTH)
    change(case, investigate=False)
    change(case, investigate=True)
    standing = RiskFact.objects.filter(source_ref=case.ref)
    assert sorted(fact.state for fact in standing) == ["standing", "standing", "withdrawn", "withdrawn"]
    ratings, entries = Rating.objects.count(), AuditEntry.objects.exclude(verb__startswith="grievance.").count()
    change(case, investigate=True)
    assert Rating.objects.count() == ratings
    assert AuditEntry.objects.exclude(verb__startswith="grievance.").count() == entries


def test_a_recruiter_that_was_not_meant_is_rated_without_it(recruiter, nadia) -> None:
    case = open_case(recruiter, nadia, **BOTH)
    link = case.grievance.accusations.get(dropped_on=None)
    services.drop_accused(link, actor=nadia)
    assert {state for _code, state in facts(case)} == {"withdrawn"}


def test_which_consents_each_way_out_needs_is_data_and_names_consents_that_exist() -> None:
    rules = standard("grievance")
    known = {consent.code for consent in rules.consents}
    assert {flow.code: set(flow.needs) for flow in rules.flows} == {
        "rate_recruiter": {"investigate"},
        "tell_companies": {"share_buyer"},
        "name_related": {"investigate"},
    }
    assert {purpose for flow in rules.flows for purpose in flow.needs} <= known


def test_a_worker_is_asked_for_everything_that_may_leave_her_grievance() -> None:
    from grievances.forms.worker import ASKED_CONSENTS

    assert {purpose for flow in standard("grievance").flows for purpose in flow.needs} <= set(ASKED_CONSENTS)
