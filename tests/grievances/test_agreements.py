"""Whoever may be the second person finds on the first page what waits for it; nobody is asked to agree with herself."""

from typing import Any

import pytest
from django.test import Client

from core.models import Account
from core.roles import Role
from grievances import services
from grievances.models import Erasure, Hold
from grievances.statuses import Decision
from grievances.views.agreements import waiting_for
from parties.conflicts import parties_of
from tests.factories import make_party, make_user
from tests.grievances.builders import judgement, make_case, make_grievance

pytestmark = pytest.mark.django_db


@pytest.fixture
def samir(db: Any) -> Any:
    return make_user("samir", Role.CASE_OFFICER)


def asked_not_to_accept(nadia: Any) -> Any:
    grievance = make_grievance(("VIO",))
    services.triage(
        grievance, judgement(("VIO",), Decision.NOT_ACCEPTED, "urgent", reason_code="out_of_scope"), actor=nadia
    )
    return grievance


def test_what_one_asks_for_waits_for_the_other_and_not_for_herself(nadia, samir) -> None:
    grievance = asked_not_to_accept(nadia)
    assert waiting_for(nadia) == []
    (found,) = waiting_for(samir)
    assert found.ref == grievance.ref
    assert found.url.endswith(f"/{grievance.ref}/#second")
    client = Client()
    client.force_login(samir)
    assert "1 matter waits for your agreement" in client.get("/workspace/grievances/").content.decode()


def test_every_kind_of_agreement_is_found_by_two_questions(nadia, samir, django_assert_num_queries) -> None:
    grievance, case = asked_not_to_accept(nadia), make_case(nadia)
    case.states.create(state="closing", outcome="contact_lost", by=nadia)
    gone = make_case(nadia)
    gone.states.create(state="closing", outcome="contact_lost", by=nadia)
    gone.states.create(state="in_remedy", by=nadia)  # went on since
    Hold.objects.create(
        grievance=grievance, reason="legal_claim", placed_on="2026-01-01", placed_by=samir, lift_asked_by=nadia
    )
    Erasure.objects.create(grievance=case.grievance, reason="worker", asked_on="2026-01-01", asked_by=nadia)
    waiting_for(samir)
    with django_assert_num_queries(2):
        found = waiting_for(samir)
    assert sorted(each.ref for each in found) == sorted([grievance.ref, grievance.ref, case.ref, case.grievance.ref])


def test_whoever_is_tied_to_the_accused_is_not_asked(nadia, samir, django_assert_num_queries) -> None:
    grievance = asked_not_to_accept(nadia)
    party = make_party("Silver Towers")
    party.account = Account.objects.get(memberships__user=samir)
    party.save()
    services.link_accused(grievance, party, part="employer", actor=nadia)
    samir = type(samir).objects.get(pk=samir.pk)
    samir.has_role(Role.CASE_OFFICER)
    parties_of(samir)
    with django_assert_num_queries(2):  # as many as for somebody from whom nothing is hidden
        assert waiting_for(samir) == []
