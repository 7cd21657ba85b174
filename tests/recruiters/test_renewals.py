"""A renewal asks for everything again, filled in with what the register knows, and a new owner is looked at anew."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.models import Notice
from recruiters import services
from recruiters.services import applications, details
from recruiters.tiegraph import ties_of
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend
from tests.recruiters.test_applications import CONTENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(omar):
    """Return Omar's licence, of an agency whose owner, address and guarantee the register knows."""
    recruiter = belongs_to(make_recruiter("New Himchuli", identifiers=[("registration:NP", "555001")]), omar)
    services.add_person(recruiter, name="Deepa Rana", role="owner", country="NP", actor=SYSTEM)
    services.add_person(recruiter, name="Bikram Lama", role="sub_agent_of", actor=SYSTEM)
    details.add_contact(recruiter, kind="address", value="12 Lakeside Road", city="Pokhara", actor=SYSTEM)
    details.add_guarantee(
        recruiter, amount=3000000, currency="NPR", issuer="Harbour Bank", reference="HB-1", actor=SYSTEM,
        ends=timezone.localdate() + timedelta(days=400),
    )  # fmt: skip
    return make_licence(recruiter)


def test_what_the_register_knows_is_filled_in(licence, omar):
    draft = services.start_application(licence.recruiter, licence=licence, actor=omar)
    told = draft.content
    assert [(one["name"], one["role"], one["country"]) for one in told["people"]] == [("Deepa Rana", "owner", "NP")]
    assert [one["name"] for one in told["sub_agents"]] == ["Bikram Lama"]
    assert told["registration_number"] == "555001"
    assert told["address"].startswith("12 Lakeside Road")
    assert (told["guarantee_issuer"], told["guarantee_reference"]) == ("Harbour Bank", "HB-1")
    assert applications.lacking(draft) == ("phone", "destinations", "workers_a_year", "papers", "charges_no_fees",
                                           "no_barred_person")  # fmt: skip


@pytest.mark.parametrize("field", ["people", "address", "guarantee_issuer", "guarantee_until"])
def test_it_is_not_taken_in_without_owner_address_or_guarantee_and_names_what_is_missing(licence, omar, client, field):
    papers = [("registration", SimpleUploadedFile("paper.txt", b"A paper."))]
    empty = {"people": [], "sub_agents": []} if field == "people" else {field: ""}
    with pytest.raises(services.DecisionRefused):
        services.submit_application(
            licence.recruiter, licence=licence, content=CONTENT | empty, papers=papers, actor=omar
        )
    draft = services.start_application(licence.recruiter, licence=licence, actor=omar)
    for section, fields in applications.SECTIONS.items():
        services.save_section(draft, section, {n: (CONTENT | empty).get(n) for n in fields if n in CONTENT}, actor=omar)
    client.force_login(omar)
    page = client.post(reverse("recruiters:own_hand_in", args=[draft.ref]), follow=True).content.decode()
    assert f"Still missing: {applications.FIELD_LABELS[field]}" in page


def test_a_new_owner_at_renewal_is_tied_to_what_fell_before_and_the_officer_sees_who_is_no_longer_named(
    licence, omar, farah, client
):
    old = suspend(make_licence(make_recruiter("Old Agency"))).licence.recruiter
    services.add_person(old, name="Mohammad Abdul Karim Talukdar", role="owner", actor=SYSTEM)
    papers = [("registration", SimpleUploadedFile("paper.txt", b"A paper."))]
    content = CONTENT | {"people": [{"name": "Md. Abdul Karim Talukder", "role": "owner"}]}
    application = services.submit_application(
        licence.recruiter, licence=licence, content=content, papers=papers, actor=omar
    )
    assert [tie.path.kinds for tie in ties_of(licence.recruiter).found] == [("owner", "same_name", "owner")]
    client.force_login(farah)
    page = client.get(reverse("recruiters:application", args=[application.ref])).content.decode()
    assert "no longer named" in page
    assert "Deepa Rana" in page
    assert "The organisation" in page
    assert ">Your organisation<" not in page


def test_a_guarantee_that_is_over_is_refused_in_its_own_part_and_counts_as_missing(licence, omar, client):
    draft = services.start_application(licence.recruiter, licence=licence, actor=omar)
    client.force_login(omar)
    address = reverse("recruiters:own_section", args=[draft.ref, "guarantee"])
    answer = client.post(address, {"guarantee_until": "2020-01-01"})
    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()
    services.save_section(draft, "guarantee", {"guarantee_until": "2020-01-01"}, actor=omar)
    draft.refresh_from_db()
    assert "guarantee_until" in applications.lacking(draft)


def test_a_finding_leads_to_the_part_in_which_it_is_mended_and_the_notice_says_returned(licence, omar, farah, client):
    papers = [("registration", SimpleUploadedFile("paper.txt", b"A paper."))]
    application = services.submit_application(
        licence.recruiter, licence=licence, content=CONTENT, papers=papers, actor=omar
    )
    services.return_application(application, findings={"address": "Which floor?"}, actor=farah)
    client.force_login(omar)
    part = reverse("recruiters:own_section", args=[application.ref, "organisation"])
    assert part in client.get(reverse("recruiters:own_application", args=[application.ref])).content.decode()
    finding = applications.open_findings(type(application).objects.get(pk=application.pk))[0]
    page = client.get(reverse("recruiters:own_finding", args=[application.ref, finding.pk])).content.decode()
    assert part in page
    assert Notice.objects.filter(user=omar, code="application_returned").exists()
    assert "Your application was returned to you" in client.get("/workspace/notices/").content.decode()
