"""What watchlists hold against an agency and those behind it, where its licence is decided, and nowhere else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.models import AuditEntry
from core.roles import Role
from recruiters import services
from recruiters.models import HitWaiver, ScreeningHit
from recruiters.services import details
from recruiters.services.comparing import screen_behind
from recruiters.services.duerescreen import rescreen
from recruiters.tiegraph import ties_of
from recruiters.tiewords import ground_told, path_sentences, tie_rows
from recruiters.watchhits import watch_of
from tests.factories import make_user
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, make_screening, make_watchlist, suspend
from tests.recruiters.test_applications import GRANT, handed_in, in_a_year

pytestmark = pytest.mark.django_db
DEBARRED = {"name": "Bahadur Singh Thapamagar", "schema": "Person", "id": "p1", "topics": ["debarment"]}
FORCED = {"name": "New Himchuli Overseas", "id": "o1", "country": "np", "topics": ["forced.labor"]}
PERSON = {"name": "Bahadur Singh Thapamagar", "role": "owner"}


@pytest.fixture
def layla(db):
    """Return a second officer."""
    return make_user("layla", Role.MINISTRY_OFFICER)


@pytest.fixture
def recruiter(omar):
    """Return Omar's recruiter, without a licence."""
    return belongs_to(make_recruiter("New Himchuli Overseas"), omar)


def true(hit, *officers):
    for officer in officers:
        hit = services.decide_hit(hit, answer="true", reason_code="name_and_country", actor=officer)
    return hit


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"recruiters:{name}", args=args)).content.decode()


def test_who_applies_is_screened_with_everybody_behind_it_and_the_officer_sees_it(
    recruiter, omar, farah, auditor, tmp_path, client
):
    make_watchlist(tmp_path, DEBARRED, FORCED, source="Debarred in the region")
    application = handed_in(recruiter, omar, people=[PERSON])
    watch = watch_of(recruiter)
    assert {(line.who.name, line.hit.gravity) for line in watch.lines} == {
        ("New Himchuli Overseas", "severe"), ("Bahadur Singh Thapamagar", "severe"),
    }  # fmt: skip
    assert watch.speaks == "hit_open"
    assert watch.screened_on == timezone.localdate()
    assert [name for name, _day in watch.lists] == ["Debarred in the region"]
    assert not watch.unscreened
    for user in (farah, auditor):
        for name, ref in (("recruiter", recruiter.ref), ("application", application.ref), ("ties", recruiter.ref)):
            shown = page(client, user, name, ref)
            for line in watch.lines:
                assert line.hit.get_absolute_url() in shown
            assert "Debarred in the region" in shown


def test_a_sub_agent_and_an_officer_are_compared_too_and_who_is_clear_is_said_to_be(recruiter, omar, tmp_path, client):
    make_watchlist(tmp_path, DEBARRED)
    handed_in(recruiter, omar, sub_agents=[{"name": PERSON["name"], "is_person": True}])
    (line,) = watch_of(recruiter).lines
    assert line.who.role == "sub-agent of"
    other = make_recruiter("Sunrise Placement")
    assert [why for _who, why in watch_of(other).unscreened] == ["waiting"]
    rescreen(timezone.now())
    assert watch_of(other).unscreened == ()
    assert watch_of(other).screened_on == timezone.localdate()
    services.add_person(other, name="Asha Rai", role="owner", actor=SYSTEM)
    assert [who.name for who, _why in watch_of(other).unscreened] == ["Asha Rai"]


def test_without_a_list_it_is_said_plainly_that_nobody_was_screened(recruiter, omar, farah, client):
    handed_in(recruiter, omar)
    watch = watch_of(recruiter)
    assert {why for _who, why in watch.unscreened} == {"no_watchlist"}
    assert watch.screened_on is None
    shown = page(client, farah, "recruiter", recruiter.ref)
    assert "Not screened: no watchlist has been brought in." in shown
    assert "Nothing on a watchlist is held against it" not in shown


def test_who_could_not_be_screened_is_no_longer_said_not_to_be_once_the_whole_register_was(
    recruiter, omar, farah, client, tmp_path
):
    handed_in(recruiter, omar, people=[PERSON])
    make_watchlist(tmp_path, {"name": "Somebody Else Entirely", "topics": ["debarment"]})
    rescreen(timezone.now())
    watch = watch_of(recruiter)
    assert watch.unscreened == ()
    assert watch.screened_on == timezone.localdate()
    assert "Not screened" not in page(client, farah, "recruiter", recruiter.ref)


def test_an_uploaded_list_whose_row_is_the_agency_counts_and_a_false_match_does_not(recruiter, farah, layla, tmp_path):
    make_watchlist(tmp_path, FORCED)
    make_screening(farah, {"name": "NEW HIMCHULI OVERSEAS PVT LTD", "country": "Nepal"})
    (line,) = watch_of(recruiter).lines
    for officer in (farah, layla):
        services.decide_hit(line.hit, answer="false", reason_code="other_trade", actor=officer)
    assert watch_of(recruiter).lines == ()


def test_granting_over_a_severe_hit_needs_written_reasons_and_two_officers(
    recruiter, omar, farah, layla, tmp_path, client
):
    make_watchlist(tmp_path, FORCED)
    application = handed_in(recruiter, omar)
    client.force_login(farah)
    address = reverse("recruiters:application_answer", args=[application.ref])
    given = {"answer": "grant", "expires_on": in_a_year().isoformat(), "number": "RL-900", "authority": "Department"}
    assert client.post(address, given).status_code == 422
    with pytest.raises(services.DecisionRefused):
        services.decide_application(application, expires_on=in_a_year(), actor=farah, **GRANT)
    words = "Cleared by the embassy in writing."
    services.decide_application(application, expires_on=in_a_year(), actor=farah, hit_words=words, **GRANT)
    application.refresh_from_db()
    assert application.state == "submitted"
    assert words in page(client, layla, "application", application.ref)
    application = services.answer_proposal(application.proposals.get(), agree=True, actor=layla)
    assert application.state == "granted"
    waiver = HitWaiver.objects.get()
    assert waiver.hits == [ScreeningHit.objects.get(entry__name=FORCED["name"]).ref]
    assert words not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_a_severe_hit_that_came_after_the_proposal_stops_the_second_officer(recruiter, omar, farah, layla, tmp_path):
    application = handed_in(recruiter, omar, workers_a_year=5000)
    services.decide_application(application, expires_on=in_a_year(), actor=farah, **GRANT)
    make_watchlist(tmp_path, FORCED)
    screen_behind(recruiter, actor=farah)
    with pytest.raises(services.DecisionRefused):
        services.answer_proposal(application.proposals.get(), agree=True, actor=layla)


def test_a_debarred_person_as_owner_is_a_tie_that_the_applicant_is_never_told(recruiter, omar, farah, layla, tmp_path):
    make_watchlist(tmp_path, DEBARRED, source="Debarred in the region")
    handed_in(recruiter, omar, people=[PERSON])
    assert ties_of(recruiter).found == ()
    hit = true(watch_of(recruiter).lines[0].hit, farah, layla)
    found = ties_of(recruiter)
    (row,) = tie_rows(found, {})
    assert row.listed
    assert row.other is None
    assert hit.ref in row.sentences[-1]
    assert ground_told(found.found, found) == ""
    from recruiters.services.ties import decide_tie

    made = decide_tie(recruiter, row.key, relevant=True, reason_code="same_people", actor=farah)
    assert (made.other, made.other_name) == (None, PERSON["name"])
    assert path_sentences(made.path)[-1] == row.sentences[-1]


def test_a_listed_person_does_not_hide_the_fallen_agency_behind_it(recruiter, omar, farah, layla, tmp_path):
    make_watchlist(tmp_path, DEBARRED)
    handed_in(recruiter, omar, people=[PERSON])
    fallen = suspend(make_licence(make_recruiter("Old Agency"))).licence.recruiter
    person = recruiter.party.relations_in.get(kind="owner").source
    services.add_person(fallen, name="", person=person, role="owner", actor=SYSTEM)
    true(watch_of(recruiter).lines[0].hit, farah, layla)
    assert {tie.barred.code for tie in ties_of(recruiter).found} == {"listed", "suspended_disciplinary"}


def test_neither_the_recruiter_nor_the_public_ever_reads_of_a_hit(recruiter, omar, farah, layla, tmp_path, client):
    make_watchlist(tmp_path, DEBARRED, FORCED, source="Debarred in the region")
    details.add_contact(recruiter, kind="phone", value="+977 1 5550144", actor=SYSTEM)
    make_licence(recruiter)
    application = handed_in(recruiter, omar, people=[PERSON])
    for line in watch_of(recruiter).lines:
        true(line.hit, farah, layla)
    services.return_application(application, findings={"people": "Please explain."}, actor=farah)
    hits = [*ScreeningHit.objects.values_list("ref", flat=True), "Debarred in the region", "watchlist"]
    own = [page(client, omar, "own"), page(client, omar, "own_application", application.ref)]
    client.logout()
    public = [
        f"/en/recruiters/{recruiter.ref}/",
        "/en/recruiters/?q=Himchuli",
        f"/api/v1/register/{recruiter.ref}.json",
    ]
    for shown in (*own, *(client.get(address).content.decode() for address in public)):
        main = shown.partition("<main")[2] or shown
        assert recruiter.name in main or application.ref in main
        assert not [word for word in hits if word in main]


def test_only_an_officer_without_a_tie_of_her_own_screens(recruiter, rosa, omar, farah, client):
    for user in (rosa, omar):
        with pytest.raises(PermissionDenied):
            screen_behind(recruiter, actor=user)
        client.force_login(user)
        assert client.post(reverse("recruiters:screen_behind", args=[recruiter.ref])).status_code in (403, 404)
    client.force_login(farah)
    assert client.post(reverse("recruiters:screen_behind", args=[recruiter.ref])).status_code == 302
