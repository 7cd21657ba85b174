"""The register's pages for officers and for the agency's own people."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from parties.models import Contact
from recruiters import services
from recruiters.models import Guarantee, Merge, TieDecision
from recruiters.services import details
from recruiters.tiegraph import ties_of
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(name, *args):
    return reverse(f"recruiters:{name}", args=args)


def send(client, address, **fields):
    """Fill a page's form in and send it, with its own key."""
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {"form_key": key, **fields})


def text_of(response):
    return response.content.decode()


@pytest.fixture
def licence(db):
    """Return the licence of a recruiter."""
    return make_licence(make_recruiter("Himchuli Overseas"))


def test_it_says_whether_a_licence_was_valid_on_any_day(client, farah, licence):
    suspend(licence, effective_on=timezone.localdate() - 10 * DAY)
    client.force_login(farah)
    page = licence.recruiter.get_absolute_url()
    before, after, long_ago = (timezone.localdate() - days * DAY for days in (20, 5, 3000))
    assert "<strong>valid</strong>" in text_of(client.get(page, {"on": before.isoformat()}))
    for day in (after, long_ago):
        assert "<strong>not valid</strong>" in text_of(client.get(page, {"on": day.isoformat()}))
    assert "Please give the day" in text_of(client.get(page, {"on": "yesterday"}))


def test_the_registers_own_word_stands_beside_ours_and_an_unknown_one_is_never_valid(client, farah):
    licence = make_licence(code="unknown", raw="Under process (Sec. 7)")
    client.force_login(farah)
    page = text_of(client.get(licence.recruiter.get_absolute_url()))
    assert "Under process (Sec. 7)" in page
    assert "Not clear: treat as not valid" in page
    assert not licence.standing().valid


def test_contacts_guarantees_and_limits_are_noted_and_ended(client, farah, licence):
    client.force_login(farah)
    ref = licence.recruiter.ref
    send(client, url("contact_new", ref), kind="phone", value="+977 1 5550144", provenance="extract")
    send(client, url("guarantee_new", ref), kind="bank", amount="3000000", currency="NPR", issuer="Harbour Bank",
         reference="HB-1", provenance="register")  # fmt: skip
    send(client, url("term_new", licence.ref), kind="corridor", country="QA")
    send(client, url("term_new", licence.ref), kind="demand_letters", amount=40)
    assert send(client, url("term_new", licence.ref), kind="sector").status_code == 422
    page = text_of(client.get(licence.recruiter.get_absolute_url()))
    for shown in ("+977 1 5550144", "company register extract", "Harbour Bank", "Qatar", "Demand letters", "40"):
        assert shown in page
    send(client, url("contact_end", ref, Contact.objects.get().pk), on=timezone.localdate())
    today = timezone.localdate()
    held = Guarantee.objects.get()
    Guarantee.objects.update(ends=today + 400 * DAY)  # it was to hold much longer
    ended = url("guarantee_release", ref, held.ref)
    covered = url("term_end", licence.ref, licence.terms.get(kind="corridor").pk)
    page = text_of(client.get(licence.recruiter.get_absolute_url()))
    assert ended in page
    assert covered in page
    assert "Harbour Bank HB-1" in text_of(client.get(ended))
    assert send(client, ended, on=today + DAY).status_code == 422
    send(client, ended, on=today)
    send(client, covered, on=today)
    assert Contact.objects.get().ends == Guarantee.objects.get().ends == today
    begun = licence.today()  # where the licence was given it may be tomorrow already, and nothing ends before it begins
    assert licence.terms.get(kind="corridor").ends == max(today, begun)
    page = text_of(client.get(licence.recruiter.get_absolute_url()))
    assert ended not in page
    assert covered not in page


def test_a_new_limit_ends_the_one_before(licence):
    first = details.set_term(
        licence, kind="workers_a_year", amount=100, starts=licence.today() - 30 * DAY, actor=SYSTEM
    )
    details.set_term(licence, kind="workers_a_year", amount=300, actor=SYSTEM)
    first.refresh_from_db()
    assert first.ends == licence.today() - DAY
    assert [term.amount for term in licence.terms.current(licence.today())] == [300]
    assert [term.amount for term in licence.terms.current(licence.today() - 5 * DAY)] == [100]


def test_days_the_wrong_way_round_are_said_at_the_field(client, farah, licence):
    client.force_login(farah)
    answer = send(
        client, url("contact_new", licence.recruiter.ref), kind="phone", value="+977 1 5550144",
        provenance="register", starts="2026-02-01", ends="2026-01-01",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "The last day lies before the first." in text_of(answer)
    assert "+977 1 5550144" in text_of(answer), "what was typed is still there"


def test_a_tie_is_drawn_and_decided_and_an_auditor_only_reads(client, farah, auditor, rosa, licence):
    suspend(licence)
    new = make_recruiter("New")
    person = services.add_person(licence.recruiter, name="Hari Koirala", role="owner", actor=SYSTEM).source
    services.add_person(new, name="", person=person, role="owner", actor=SYSTEM)
    address = url("ties", new.ref)
    client.force_login(rosa)
    assert client.get(address).status_code == 404
    client.force_login(auditor)
    assert "Say whether it matters" not in text_of(client.get(address))
    client.force_login(farah)
    page = text_of(client.get(address))
    assert '<svg viewBox="0 0 300' in page
    assert "<desc" in page
    assert page.count("Hari Koirala is or was owner of New") >= 2, "in the drawing's description and in the list"
    deciding = url("tie_decide", new.ref, ties_of(new).found[0].key)
    assert send(client, deciding, decided="relevant", reason_code="namesake").status_code == 422
    assert send(client, deciding, decided="relevant", reason_code="same_people").status_code == 302
    assert TieDecision.objects.get().by == farah
    assert "was found to matter" in text_of(client.get(new.get_absolute_url()))
    assert client.get(url("tie_decide", new.ref, "0" * 32)).status_code == 404


def test_two_entries_are_merged_and_taken_apart_on_the_pages(client, farah, licence):
    twin = make_recruiter("M/S Himchuli Overseas")
    client.force_login(farah)
    survivor = licence.recruiter
    assert twin.ref in text_of(client.get(url("merge_choose", survivor.ref), {"q": "himchuli"}))
    mistyped = twin.ref[:-1] + ("0" if twin.ref[-1] != "0" else "1")
    assert "mistyped" in text_of(client.get(url("merge_choose", survivor.ref), {"q": mistyped}))
    address = url("merge_confirm", survivor.ref, twin.ref)
    assert send(client, address, survivor=survivor.ref, reason_code="entered_twice").status_code == 302
    assert "was merged into this entry" in text_of(client.get(survivor.get_absolute_url()))
    assert send(client, url("merge_undo", Merge.objects.get().ref), note="Two branches.").status_code == 302
    assert client.get(twin.get_absolute_url()).status_code == 200


def test_licences_that_end_soon_are_listed_with_a_constant_number_of_queries(
    client, farah, django_assert_max_num_queries
):
    client.force_login(farah)
    for count in (5, 25):
        for n in range(count):
            make_licence(make_recruiter(f"Ending {count} {n}"), expires_on=timezone.localdate() + 20 * DAY)
        with django_assert_max_num_queries(25):
            assert "Ending" in text_of(client.get(url("ending")))


@pytest.mark.parametrize("name", ["claims", "appeals", "applications", "disputes"])
def test_the_lists_of_what_is_asked_open_for_officers_and_auditors_only(client, name, farah, auditor, rosa, omar):
    for user, status in ((farah, 200), (auditor, 200), (rosa, 404), (omar, 404)):
        client.force_login(user)
        assert client.get(url(name)).status_code == status


def test_an_agency_without_an_entry_finds_a_way_on_and_its_own_pages_open(client, omar, licence):
    client.force_login(omar)
    page = text_of(client.get(url("own")))
    assert url("own_find") in page
    assert url("own_begin") in page
    assert licence.recruiter.ref in text_of(client.get(url("own_find"), {"q": "himchuli"}))
    assert client.get(url("own_claim_new", licence.recruiter.ref)).status_code == 200
    assert send(client, url("own_begin"), name="Fresh Start", country="NP", registration_number="9").status_code == 302
    send(client, url("own_apply"))
    application = text_of(client.get(url("own")))
    assert "Complete it" in application
    people = client.get(re.search(r'href="([^"]+/own/applications/[^"]+/)"', application)[1] + "people/")
    assert "never workers" in text_of(people)


def test_an_agency_appeals_against_an_order_from_its_own_page(client, omar, licence):
    belongs_to(licence.recruiter, omar)
    decision = suspend(licence)
    client.force_login(omar)
    address = url("own_appeal_new", "order", decision.pk)
    assert address in text_of(client.get(url("own")))
    assert send(client, address, ground="too_harsh", words="Please look again.").status_code == 302
    assert address not in text_of(client.get(url("own")))


def test_an_order_s_own_date_is_seen_before_it_is_signed(client, farah, licence):
    client.force_login(farah)
    page = client.get(url("decide", licence.ref, "suspend")).content.decode()
    asked = page.partition('name="decided_on"')[2].partition(">")[0]
    assert f'value="{timezone.localdate().isoformat()}"' in asked
