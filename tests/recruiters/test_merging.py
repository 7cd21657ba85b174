"""Two entries that are one agency: merged, found under both references, and taken apart again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.actors import SYSTEM
from parties.models import Relationship
from parties.search import likely_parties
from recruiters import services
from recruiters.models import Licence, Merge, Recruiter
from recruiters.queries import find_licences, public_recruiter
from recruiters.services.merging import merge_recruiters, undo_merge
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Return a survivor with a licence, and a twin with another licence, an owner, a telephone and a number."""
    survivor = make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd.")).recruiter
    twin = make_licence(
        make_recruiter(
            "M/S Himchuli Overseas", phone="+977 1 5550144", identifiers=[("registration:NP", "104882")],
            destinations=["QA"],
        )
    ).recruiter  # fmt: skip
    services.add_person(twin, name="Hari Koirala", role="owner", actor=SYSTEM)
    return survivor, twin


def merge(pair, actor=SYSTEM):
    return merge_recruiters(*pair, reason_code="entered_twice", note="Both papers name it.", actor=actor)


def state_of(recruiter):
    """Return everything about an entry that a merge may touch."""
    party = recruiter.party
    return {
        "names": sorted(party.names.values_list("text", "kind")),
        "numbers": sorted(party.identifiers.values_list("scheme", "value")),
        "contacts": sorted(party.contacts.values_list("kind", "value")),
        "people": sorted(party.relations_in.values_list("source__name", "kind")),
        "licences": sorted(recruiter.licences.values_list("ref", flat=True)),
        "history": sorted(recruiter.licences.values_list("history__code", flat=True)),
        "facts": sorted(recruiter.risk_facts.values_list("ref", flat=True)),
        "corridors": sorted(recruiter.corridors.values_list("destination", flat=True)),
        "account": party.account_id,
        "listed": Recruiter.objects.get(pk=recruiter.pk).is_listed,
        "status": Recruiter.objects.get(pk=recruiter.pk).standing_code,
    }


def test_case_12_both_references_stay_alive_after_a_merge(pair, client, farah):
    survivor, twin = pair
    merge(pair, farah)
    moved = client.get(reverse("recruiters_public:recruiter", args=[twin.ref]))
    assert (moved.status_code, moved["Location"]) == (308, reverse("recruiters_public:recruiter", args=[survivor.ref]))
    assert client.get(moved["Location"]).status_code == 200
    assert public_recruiter(twin.ref) == survivor
    assert {found.recruiter_ref for found in find_licences(twin.ref)} == {survivor.ref}
    client.force_login(farah)
    inside = client.get(reverse("recruiters:recruiter", args=[twin.ref]))
    assert (inside.status_code, inside["Location"]) == (308, survivor.get_absolute_url())
    assert "M/S Himchuli Overseas" in client.get(inside["Location"]).content.decode()


def test_case_12_undo_restores_both_with_their_history(pair, farah):
    survivor, twin = pair
    suspend(Licence.objects.get(recruiter=twin))
    before = [state_of(Recruiter.objects.get(pk=r.pk)) for r in pair]
    made = merge(pair, farah)
    merged = Recruiter.objects.get(pk=survivor.pk)
    assert merged.licences.count() == 2
    assert ("Hari Koirala", "owner") in state_of(merged)["people"]
    assert survivor.party_id in dict(likely_parties("M/S Himchuli Overseas"))
    undo_merge(made, note="Two branches after all.", actor=farah)
    assert [state_of(Recruiter.objects.get(pk=r.pk)) for r in pair] == before
    assert public_recruiter(twin.ref) == twin
    with pytest.raises(services.DecisionRefused):
        undo_merge(made, note="Again.", actor=farah)


def test_case_12_a_mistyped_reference_is_called_mistyped_and_not_unknown(pair, client, farah):
    ref = pair[0].ref
    mistyped = ref[:-1] + ("0" if ref[-1] != "0" else "1")
    client.force_login(farah)
    for name in ("recruiters_public:recruiter", "recruiters:recruiter"):
        answer = client.get(reverse(name, args=[mistyped]))
        assert answer.status_code == 404
        assert "mistyped" in answer.content.decode().lower()


def test_what_came_after_a_merge_stays_with_the_survivor(pair, farah):
    survivor, twin = pair
    made = merge(pair, farah)
    later = make_licence(survivor)
    undo_merge(made, note="Two branches.", actor=farah)
    assert later.ref in survivor.licences.values_list("ref", flat=True)
    assert twin.licences.count() == 1


def test_a_chain_of_merges_leads_to_its_end_and_is_undone_from_there(pair):
    survivor, twin = pair
    third = make_recruiter("Himchuli Group")
    first = merge(pair)
    merge((third, survivor))
    assert public_recruiter(twin.ref) == third
    with pytest.raises(services.DecisionRefused):
        undo_merge(first, note="Too early.", actor=SYSTEM)


def test_a_merge_that_would_lose_something_is_refused(pair, omar, farah):
    survivor, twin = pair
    with pytest.raises(services.DecisionRefused):
        merge((survivor, survivor))
    belongs_to(twin, omar)
    merged = merge((survivor, Recruiter.objects.get(pk=twin.pk)), farah)
    survivor.refresh_from_db()
    assert Recruiter.objects.get(pk=survivor.pk).party.account == omar.memberships.get().account
    with pytest.raises(services.DecisionRefused):
        merge((make_recruiter("Another"), twin))
    undo_merge(merged, note="No.", actor=farah)
    assert Recruiter.objects.get(pk=twin.pk).party.account is not None


def test_what_ties_the_two_does_not_tie_the_survivor_to_itself(pair):
    survivor, twin = pair
    Relationship.objects.create(source=twin.party, kind="successor_of", target=survivor.party)
    merge(pair)
    assert not Relationship.objects.filter(source=survivor.party, target=survivor.party).exists()


@pytest.mark.parametrize("who", ["rosa", "nadia", "omar", "auditor", "stranger"])
def test_only_an_officer_merges(pair, who, request):
    with pytest.raises(PermissionDenied):
        merge(pair, request.getfixturevalue(who))
    assert not Merge.objects.exists()


def test_programs_are_led_from_a_merged_reference_to_the_one_that_goes_on(pair, client):
    survivor, twin = pair
    merge(pair)
    for old, new in (
        (f"/api/v1/register/{twin.ref}.json", f"/api/v1/register/{survivor.ref}.json"),
        (f"/api/v1/register/{twin.ref}/changes.atom", f"/api/v1/register/{survivor.ref}/changes.atom"),
    ):
        moved = client.get(old)
        assert (moved.status_code, moved["Location"]) == (308, new)
        assert client.get(new).status_code == 200
