"""Owners and directors are added, end, and are shown where they appear again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recruiters import services
from tests.recruiters.making import make_licence, make_recruiter

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


@pytest.fixture
def licence():
    """Return the licence of a recruiter."""
    return make_licence()


def key_of(response) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def send(client, address: str, **fields):
    """Fill a page's form in and send it, with its own key."""
    return client.post(address, {"form_key": key_of(client.get(address)), **fields})


def test_people_are_added_and_end(client, farah, licence):
    client.force_login(farah)
    ref = licence.recruiter.ref
    send(client, url("person_new", ref), name="Hari Koirala", native_name="हरि कोइराला", role="owner")
    relation = licence.recruiter.party.relations_in.get()
    ending, today = url("person_end", ref, relation.pk), timezone.localdate()
    client.post(ending)
    relation.refresh_from_db()
    assert relation.ends is None, "one click ends nothing"
    assert send(client, ending, on=today + timedelta(days=1)).status_code == 422
    assert "Hari Koirala" in client.get(ending).content.decode()
    send(client, ending, on=today - timedelta(days=3))
    relation.refresh_from_db()
    assert relation.ends == today - timedelta(days=3)


def test_the_same_people_behind_another_recruiter_are_shown(client, farah, licence):
    other = make_recruiter("New Golden Bridge")
    person = services.add_person(licence.recruiter, name="Hari Koirala", role="owner", actor=farah).source
    services.add_person(other, name="", role="director", person=person, actor=farah)
    client.force_login(farah)
    assert licence.recruiter.name in client.get(url("recruiter", other.ref)).content.decode()
