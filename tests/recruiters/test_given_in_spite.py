"""What an officer gives of their own motion is held to the same: a grave tie or hit needs written reasons."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.models import AuditEntry, Notice
from recruiters import services
from recruiters.models import Licence, LicenceWaiver
from recruiters.services.comparing import screen_behind
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db
FORCED = {"name": "Himchuli Overseas", "country": "np", "topics": ["forced.labor"]}
WORDS = "The embassy cleared it in writing."


@pytest.fixture
def layla(db):
    """Return a second officer."""
    return make_user("layla", "ministry_officer", display_name="Layla")


@pytest.fixture
def listed(tmp_path, farah):
    """Return a recruiter that stands on a list of the severe kind, compared with it."""
    recruiter = make_recruiter("Himchuli Overseas Pvt. Ltd.")
    make_watchlist(tmp_path, FORCED)
    screen_behind(recruiter, actor=farah)
    return recruiter


@pytest.fixture
def tied(db):
    """Return a recruiter whose owner owned a revoked one."""
    gone, recruiter = make_recruiter("Annapurna Overseas"), make_recruiter("New Annapurna International")
    for each in (gone, recruiter):
        services.add_person(each, name="Hari Prasad Koirala", role="owner", actor=SYSTEM)
    services.revoke_licence(
        make_licence(gone), order_number="ORD-7", reason_code="fees_charged", actor=SYSTEM,
        effective_on=timezone.localdate() - timedelta(days=40),
    )  # fmt: skip
    return recruiter


def licence_fields(**more):
    today = timezone.localdate()
    return {
        "number": "RL-900", "authority": "Department", "issued_on": today.isoformat(),
        "expires_on": (today + timedelta(days=365)).isoformat(), **more,
    }  # fmt: skip


def send(client, address, fields):
    """Fill the page's form in and send it, with its own key."""
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {"form_key": key, **fields}).status_code


def address_of(recruiter):
    return reverse("recruiters:licence_new", args=[recruiter.ref])


def test_a_licence_is_not_added_over_a_severe_hit_without_a_written_reason(client, farah, layla, listed):
    client.force_login(farah)
    shown = client.get(address_of(listed)).content.decode()
    assert "This speaks against it:" in shown
    assert "a severe hit on a watchlist is not decided yet" in shown
    assert send(client, address_of(listed), licence_fields()) == 422
    assert send(client, address_of(listed), licence_fields(in_spite="   ")) == 422
    assert not Licence.objects.exists()
    assert send(client, address_of(listed), licence_fields(in_spite=WORDS)) == 302
    kept = LicenceWaiver.objects.get()
    assert (kept.decision, kept.reasons, kept.words, kept.by) == ("add", ["hit_open"], WORDS, farah)
    assert len(kept.hits) == 1
    assert Notice.objects.filter(user=layla, code="licence_in_spite").count() == 1
    assert not Notice.objects.filter(user=farah, code="licence_in_spite").exists()
    told = AuditEntry.objects.get(verb="licence.given_in_spite")
    assert told.facts["reasons"] == "hit_open"
    assert WORDS not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_a_strong_tie_asks_for_words_at_a_renewal_too_and_the_holder_never_reads_them(client, farah, tied, rosa):
    licence = make_licence(tied)
    client.force_login(farah)
    address = reverse("recruiters:decide", args=[licence.ref, "renew"])
    given = {
        "reason_code": "requirements_met", "effective_on": timezone.localdate().isoformat(),
        "expires_on": (timezone.localdate() + timedelta(days=900)).isoformat(),
    }  # fmt: skip
    assert "a strong tie has not been judged yet" in client.get(address).content.decode()
    assert send(client, address, given) == 422
    assert send(client, address, {**given, "in_spite": WORDS}) == 302
    assert LicenceWaiver.objects.get().reasons == ["tie_open"]
    assert WORDS in client.get(tied.get_absolute_url()).content.decode()
    client.force_login(rosa)
    assert WORDS not in client.get(tied.get_absolute_url()).content.decode()


def test_with_nothing_against_it_nobody_is_asked(client, farah):
    recruiter = make_recruiter("Sunrise Placement")
    client.force_login(farah)
    assert "in_spite" not in client.get(address_of(recruiter)).content.decode()
    assert send(client, address_of(recruiter), licence_fields()) == 302
    assert not LicenceWaiver.objects.exists()


def test_a_decision_against_the_holder_asks_for_no_such_words(client, farah, tied):
    licence = make_licence(tied)
    client.force_login(farah)
    assert "in_spite" not in client.get(reverse("recruiters:decide", args=[licence.ref, "revoke"])).content.decode()


def test_the_verb_itself_refuses(farah, tied):
    with pytest.raises(services.DecisionRefused):
        services.give_licence(tied, words="", actor=farah, number="RL-1", authority="Department")
    licence = make_licence(tied)
    with pytest.raises(services.DecisionRefused):
        services.decide_in_favour(
            licence, "renew", words=" ", actor=farah, expires_on=timezone.localdate() + timedelta(days=900)
        )
