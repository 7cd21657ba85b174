"""Lists ask as many questions for a hundred rows as for twenty-five."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.models import Account
from core.references import new_reference
from parties.models import Name, Party
from parties.services import index_names
from recruiters.models import (
    Appeal,
    Application,
    Claim,
    Dispute,
    Recruiter,
    RiskFact,
    Screening,
    ScreeningHit,
    ScreeningRow,
)
from recruiters.queries import find_licences, public_recruiter, search_recruiters
from recruiters.services import note_risk
from tests.recruiters.making import make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db


def fill(count: int, farah) -> None:
    """Make so many more of everything that is listed."""
    start = Recruiter.objects.count()
    parties = Party.objects.bulk_create(
        Party(ref=new_reference("PTY"), kind="organisation", name=f"Agency {start + n}", country="NP")
        for n in range(count)
    )
    index_names(Name.objects.bulk_create(Name(party=p, text=p.name, kind="primary", script="Latn") for p in parties))
    made = Recruiter.objects.bulk_create(
        Recruiter(ref=new_reference("REC"), party=p, sort_name=p.name.lower(), country="NP", standing_code="active")
        for p in parties
    )
    screening = Screening.objects.get_or_create(title="List", owner=farah, state="done")[0]
    rows = ScreeningRow.objects.bulk_create(
        ScreeningRow(screening=screening, number=start + n, name=f"Agency {n}", subject_key="k") for n in range(count)
    )
    ScreeningHit.objects.bulk_create(
        ScreeningHit(
            ref=new_reference("HIT"),
            screening=screening,
            row=row,
            recruiter=made[n],
            target_key=f"register:{n}",
            target_name="A",
            list_name="register",
            content_hash="h",
            score=0.9,
            verdict="match",
            gravity="severe",
            algorithm="name/1",
        )
        for n, row in enumerate(rows)
    )
    asking = Application.objects.bulk_create(
        Application(ref=new_reference("APP"), recruiter=r, kind="new") for r in made
    )
    accounts = Account.objects.bulk_create(Account(name=f"Agency {start + n}", kind="recruiter") for n in range(count))
    claims = Claim.objects.bulk_create(
        Claim(ref=new_reference("CLM"), recruiter=r, account=a, state="refused")
        for r, a in zip(made, accounts, strict=True)
    )
    suspended = [suspend(make_licence()) for _each in range(2)]
    against = [{"decision": row} for row in suspended] + [{"application": one} for one in asking[2:10]]
    against += [{"claim": one} for one in claims[10:]]
    Appeal.objects.bulk_create(
        Appeal(ref=new_reference("APL"), recruiter=r, account=a, ground="too_harsh", **what)
        for r, a, what in zip(made, accounts, against, strict=True)
    )
    facts = RiskFact.objects.bulk_create(
        RiskFact(
            ref=new_reference("RSK"),
            recruiter=r,
            code="FEE",
            severity="serious",
            origin="fee",
            source_ref="FEE-1",
            occurred_on=timezone.localdate(),
            noted_by="user:1",
        )
        for r in made
    )
    Dispute.objects.bulk_create(
        Dispute(ref=new_reference("DSP"), recruiter=f.recruiter, fact=f, ground="other") for f in facts
    )


def asked(client: Client, address: str) -> int:
    """Return how many questions a page asks the database."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("register", 9),
        ("screenings", 9),
        ("applications", 9),
        ("claims", 9),
        ("appeals", 9),
        ("disputes", 9),
        ("dashboard", 16),
        ("screening_rows", 9),
        ("screening_hits", 9),
        ("hit_queue", 14),
        ("screening", 12),
    ],
)
def test_a_list_asks_as_much_for_a_hundred_rows_as_for_twenty_five(name, most, client, farah):
    client.force_login(farah)
    fill(25, farah)
    args = [Screening.objects.get().ref] if name.startswith("screening_") or name == "screening" else []
    address = reverse(f"recruiters:{name}", args=args)
    client.get(address)
    few = asked(client, address)
    fill(75, farah)
    assert asked(client, address) == few <= most


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 2),
        ("?q=agency", 3),
        ("?status=valid", 3),
        ("?country=NP&status=suspended&q=agen", 4),
        ("?q=nothing+like+it", 2),
    ],
)
def test_the_public_register_asks_as_little_for_a_hundred_as_for_some_more_than_a_page(query, most, client, farah):
    fill(30, farah)
    address = reverse("recruiters_public:register") + query
    client.get(address)
    few = asked(client, address)
    fill(70, farah)
    assert (asked(client, address), few) == (most, most)


def test_the_public_page_asks_as_much_for_a_long_history_as_for_a_short_one(client):
    licence = make_licence()
    address = reverse("recruiters_public:recruiter", args=[licence.recruiter.ref])
    client.get(address)
    few = asked(client, address)
    suspend(licence)
    make_licence(licence.recruiter)
    assert asked(client, address) == few <= 11


def test_the_public_list_pages_by_position_and_narrows(client, farah):
    fill(60, farah)
    page = client.get(reverse("recruiters_public:register") + "?status=valid&country=NP")
    assert len(page.context["listing"].rows) == 25
    assert page.context["listing"].next_url
    assert "60 results" in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["golden bri", "GOLDEN", "गोल्डेन", "golden bridge manpower", "RL-0042", "rl 42", "gölden"]
)
def test_a_recruiter_is_found_as_people_type(typed):
    recruiter = make_recruiter(names=[("गोल्डेन ब्रिज", "alias")])
    make_licence(recruiter, number="RL-0042")
    make_recruiter("Silver Gate")
    assert list(search_recruiters(Recruiter.objects.all(), typed)) == [recruiter]


@pytest.mark.parametrize("typed", ['"', "%", "'; drop", "REC-1111-1111-1", "\x00", "​"])
def test_odd_searches_find_nothing_and_break_nothing(typed, client):
    make_recruiter()
    assert client.get(reverse("recruiters_public:register"), {"q": typed}).status_code == 200


def test_a_status_may_be_asked_for_by_group_or_by_code(client):
    suspend(make_licence(make_recruiter("Suspended One")))
    make_licence(make_recruiter("Valid One"))
    for asked_for, name in (
        ("suspended", "Suspended One"),
        ("suspended_disciplinary", "Suspended One"),
        ("active", "Valid One"),
    ):
        text = client.get(reverse("recruiters_public:register"), {"status": asked_for}).content.decode()
        assert name in text
        assert text.count("REC-") == 2  # its link and its reference


def test_nothing_that_is_not_public_is_on_a_public_page_or_in_its_file(client, farah):
    licence = make_licence()
    recruiter = licence.recruiter
    from recruiters import services

    services.add_person(recruiter, name="Hari Prasad Koirala", role="owner", actor=farah)
    note_risk(recruiter, "SECRETCODE", "4", "CAS-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    pages = [
        client.get(reverse("recruiters_public:register")).content.decode(),
        client.get(reverse("recruiters_public:recruiter", args=[recruiter.ref])).content.decode(),
        b"".join(client.get(reverse("recruiters_public:register") + "?format=csv").streaming_content).decode(),
    ]
    for text in pages:
        assert recruiter.name in text
        for secret in ("Koirala", "SECRETCODE", "CAS-", "Farah", "risk"):
            assert secret not in text


def test_a_recruiter_that_is_not_listed_has_no_public_page(client):
    recruiter = make_recruiter()
    Recruiter.objects.update(is_listed=False)
    assert client.get(reverse("recruiters_public:recruiter", args=[recruiter.ref])).status_code == 404
    assert public_recruiter(recruiter.ref) is None


def test_a_mistyped_reference_is_said_to_be_mistyped(client):
    recruiter = make_recruiter()
    wrong = recruiter.ref[:-1] + ("A" if recruiter.ref[-1] != "A" else "B")
    answer = client.get(f"/en/recruiters/{wrong}/")
    assert answer.status_code == 404
    assert "mistyped" in answer.content.decode()
    assert client.get(f"/en/recruiters/{recruiter.ref.lower()}/").status_code == 308


def test_the_public_page_carries_the_same_facts_for_machines(client):
    import json
    import re

    licence = make_licence(make_recruiter("A </script> & Co"))
    text = client.get(reverse("recruiters_public:recruiter", args=[licence.recruiter.ref])).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])
    agency, permit = data["@graph"]
    assert (agency["@type"], agency["name"]) == ("EmploymentAgency", "A </script> & Co")
    assert permit["@type"] == ["Permit", "Certification"]
    assert (permit["identifier"], permit["validUntil"]) == (licence.number, licence.standing().expires_on.isoformat())
    assert permit["certificationStatus"].endswith("CertificationActive")


def test_others_find_licences_by_number_and_reference_on_any_day():
    licence = make_licence(number="RL-0042")
    (found,) = find_licences("rl 42")
    assert found.valid
    assert find_licences(licence.ref) == find_licences(licence.recruiter.ref) == [found]
    assert not find_licences("RL-42", at=timezone.localdate() - timedelta(days=4000))[0].valid
    assert find_licences("nothing") == []
