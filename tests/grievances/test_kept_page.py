"""How long a grievance is kept, as its handlers see and change it; age group and sex, only where she said so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.models import AuditEntry
from grievances import services
from grievances.models import Grievance, Hold, PersonFacts
from grievances.services import following
from tests.factories import make_party, make_user
from tests.grievances.builders import make_grievance

pytestmark = pytest.mark.django_db


@pytest.fixture
def samir(db: Any) -> Any:
    return make_user("samir", "case_officer")


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ended(nadia: Any) -> Grievance:
    grievance = make_grievance(("WAG",))
    following.withdraw(grievance)
    services.close_withdrawn(grievance, freely=True, actor=nadia)
    return grievance


def test_a_hold_is_placed_by_one_and_lifted_by_two(nadia, samir) -> None:
    grievance = ended(nadia)
    page, other = browser(nadia), browser(samir)
    there = f"/workspace/grievances/{grievance.ref}/kept/"
    assert page.post(f"{there}hold/", {"hold": ""}).status_code == 422
    page.post(f"{there}hold/", {"hold": "legal_claim"})
    assert Hold.objects.count() == 1
    page.post(f"{there}holds/1/")
    html = page.get(there).content.decode()
    assert "Waits for a second person" in html
    page.post(f"{there}holds/1/", {"answer": "yes"})
    assert Hold.objects.standing().exists()
    assert "Lift it" in other.get(there).content.decode()
    other.post(f"{there}holds/1/", {"answer": "yes"})
    assert not Hold.objects.standing().exists()
    assert other.post(f"{there}holds/1/", {"answer": "yes"}).status_code == 404


def test_words_are_destroyed_when_a_second_person_agrees_and_the_page_shows_the_certificate(nadia, samir) -> None:
    grievance = ended(nadia)
    page, other = browser(nadia), browser(samir)
    there = f"/workspace/grievances/{grievance.ref}/kept/"
    page.post(f"{there}erase/", {"erase": "worker"})
    assert "Destroy it now" not in page.get(there).content.decode()
    assert "Destroy it now" in other.get(there).content.decode()
    other.post(f"{there}erase/", {"answer": "yes"})
    grievance.refresh_from_db()
    assert grievance.emptied_on is not None
    assert "The certificate counts" in page.get(there).content.decode()
    assert other.post(f"{there}erase/", {"answer": "yes"}).status_code == 404


def test_nobody_tied_to_the_accused_finds_the_page(nadia, samir) -> None:
    grievance = ended(nadia)
    accused = make_party("Golden Bridge", user=samir, kind="person")
    services.link_accused(grievance, accused, part="other", actor=nadia)
    there = f"/workspace/grievances/{grievance.ref}/kept/"
    client = browser(samir)
    assert client.get(there).status_code == 404
    for path in ("hold/", "erase/", "person/", "holds/1/"):
        assert client.post(there + path, {"hold": "legal_claim", "erase": "worker"}).status_code == 404


def test_what_she_said_of_herself_is_kept_as_codes_can_be_taken_back_and_is_not_in_the_audit_trail(nadia) -> None:
    grievance = make_grievance(("WAG",))
    client, there = browser(nadia), f"/workspace/grievances/{grievance.ref}/kept/person/"
    client.post(there, {"age_band": "25_34", "sex": "female"})
    facts = PersonFacts.objects.get()
    assert (facts.age_band, facts.sex, facts.source) == ("25_34", "female", "handler")
    assert not [entry for entry in AuditEntry.objects.all() if "female" in str(entry.facts)]
    assert client.post(there, {"age_band": "ninety"}).status_code == 422
    client.post(there, {"age_band": "", "sex": ""})
    assert not PersonFacts.objects.exists()


def test_a_child_is_a_child_for_triage_too(nadia) -> None:
    grievance = make_grievance(("WAG",))
    browser(nadia).post(f"/workspace/grievances/{grievance.ref}/kept/person/", {"age_band": "under_18"})
    grievance.refresh_from_db()
    assert grievance.under_18 is True


def test_the_page_says_until_when_each_part_is_kept(nadia) -> None:
    grievance = ended(nadia)
    Grievance.objects.update(keep_until=date(2031, 1, 9))
    html = browser(nadia).get(f"/workspace/grievances/{grievance.ref}/kept/").content.decode()
    assert 'datetime="2031-01-09"' in html
