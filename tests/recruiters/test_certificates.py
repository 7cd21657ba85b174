"""A licence's certificate: signed, numbered, without a person's name, and checked against the register of today."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_tests
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import AuditEntry
from recruiters import services
from recruiters.models import Certificate
from recruiters.services import CertificateRefused, issue_certificate, take_certificate
from recruiters.signing import DEMO_NAME, check
from recruiters.vouching import COMPARED, Verdict, compare
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence():
    """Return a valid licence of a recruiter with a name in its own script and an owner."""
    recruiter = make_recruiter(names=[("गोल्डेन ब्रिज म्यानपावर", "alias")], destinations=["QA"], sectors=["construction"])
    services.add_person(recruiter, name="Hari Prasad Koirala", role="owner", actor=SYSTEM)
    return make_licence(recruiter)


@pytest.fixture
def issued(licence):
    """Return a certificate of it."""
    return issue_certificate(licence, actor=SYSTEM)


def pdf_of(certificate: Certificate) -> bytes:
    return take_certificate(certificate, actor=SYSTEM)


def verify(client: Client, code: str, language: str = "en") -> str:
    response = client.get(f"/{language}/verify/", {"code": code})
    assert response.status_code == 200
    return response.content.decode()


def hand_in(client: Client, data: bytes) -> str:
    response = client.post("/en/verify/file/", {"file": SimpleUploadedFile("paper.pdf", data, "application/pdf")})
    return response.content.decode()


def test_the_signature_is_judged_valid_by_the_library_s_own_validator(issued):
    checked = check(pdf_of(issued))
    assert (checked.signed, checked.whole, checked.trusted, checked.signer) == (True, True, True, DEMO_NAME)


@pytest.mark.parametrize("place", [20, 2000, -3000, -200])
def test_one_flipped_bit_is_refused_by_signature_and_by_digest(issued, client, place):
    pdf = bytearray(pdf_of(issued))
    pdf[place] ^= 1
    checked = check(bytes(pdf))
    assert not checked.trusted
    assert "not a certificate that was issued here" in hand_in(client, bytes(pdf))


def test_what_is_added_after_signing_is_noticed(issued, client):
    pdf = pdf_of(issued) + b"\n% a line more"
    assert not check(pdf).trusted
    assert "not a certificate that was issued here" in hand_in(client, pdf)


def test_the_file_itself_is_recognised_and_never_kept(issued, client):
    html = hand_in(client, pdf_of(issued))
    assert "exactly as it was issued" in html
    assert issued.ref in html


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x00" * 100, b"PK\x03\x04"])
def test_a_file_that_is_nothing_is_answered_calmly(data, client):
    assert "not a certificate" in hand_in(client, data) or "There is one thing to correct" in hand_in(client, data)
    assert not check(data).signed


def test_a_file_too_large_to_be_ours_is_refused_in_words(client):
    assert "There is one thing to correct" in hand_in(client, b"x" * (5 * 1024 * 1024 + 1))


def test_it_names_no_person_and_no_telephone(issued):
    text = str(issued.facts)
    assert "Koirala" not in text
    assert set(issued.facts) == {
        "name", "native_names", "recruiter", "licence", "number", "authority", "country", "status", "since",
        "expires_on", "conditions", "sectors", "destinations",
    }  # fmt: skip


def test_each_issue_is_a_numbered_row_that_never_changes(issued):
    other = issue_certificate(make_licence(make_recruiter("Silver Gate")), actor=SYSTEM)
    assert (issued.number, other.number) == (1, 2)
    assert issued.sha256 == hashlib.sha256(pdf_of(issued)).hexdigest()
    issued.day = timezone.localdate() - timedelta(days=3)
    with pytest.raises(TypeError):
        issued.save()
    assert AuditEntry.objects.filter(verb="certificate.issued", subject=issued.ref).exists()


def test_the_same_day_s_equal_certificate_is_given_again(issued, licence):
    assert issue_certificate(licence, actor=SYSTEM) == issued
    licence.recruiter.sectors = ["care"]
    licence.recruiter.save()
    assert issue_certificate(licence, actor=SYSTEM) != issued


def test_nothing_is_certified_of_a_licence_that_is_not_valid(licence):
    suspend(licence)
    with pytest.raises(CertificateRefused):
        issue_certificate(licence, actor=SYSTEM)
    assert not Certificate.objects.exists()


def test_outside_the_demo_a_missing_key_is_said_and_nothing_is_issued(licence, farah, client, settings):
    settings.DEMO = False
    with pytest.raises(CertificateRefused, match="CERTIFICATE_KEY"):
        issue_certificate(licence, actor=SYSTEM)
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(farah)
    html = client.get(reverse("recruiters:certificates", args=[licence.ref])).content.decode()
    assert "has not been set up" in html
    assert "Issue a certificate" not in html


def test_a_key_file_that_cannot_be_read_is_a_sentence_too(licence, settings, tmp_path):
    settings.CERTIFICATE_KEY = settings.CERTIFICATE_CHAIN = str(tmp_path / "nowhere.pem")
    with pytest.raises(CertificateRefused, match="cannot be read"):
        issue_certificate(licence, actor=SYSTEM)


def test_the_code_tells_then_and_today(issued, client):
    html = verify(client, issued.ref.lower())
    assert "still holds today" in html
    suspend(issued.licence)
    html = verify(client, issued.ref)
    assert "Do not rely on it" in html
    assert "Suspended" in html
    assert "ORD-1" in html


def test_a_paper_is_no_clear_yes_while_another_licence_of_the_recruiter_is_suspended(issued, client):
    assert "answer--good" in verify(client, issued.ref)
    suspend(make_licence(issued.licence.recruiter, number="2210/079/080"))
    html = verify(client, issued.ref)
    assert "another licence of this recruiter, 2210/079/080, is not valid" in html
    assert "answer--good" not in html
    assert "This certificate still holds today." not in html


def test_a_slip_in_the_code_is_named_as_a_slip_and_an_unknown_one_as_unknown(issued, client):
    wrong = issued.ref[:-1] + ("A" if issued.ref[-1] != "A" else "B")
    assert "mistyped" in verify(client, wrong)
    from core.references import new_reference

    assert "No certificate with this code was issued here" in verify(client, new_reference("CRT"))


def test_a_recruiter_taken_off_the_public_register_is_not_named_to_strangers(issued, client):
    recruiter = issued.licence.recruiter
    recruiter.is_listed = False
    recruiter.save()
    html = verify(client, issued.ref)
    assert "Do not rely on it" in html
    assert recruiter.name not in html


def test_a_shortened_term_and_a_new_name_are_shown_beside_the_paper(issued, client, farah):
    services.edit_recruiter(issued.licence.recruiter, actor=farah, name="Platinum Bridge Manpower")
    html = verify(client, issued.ref)
    assert "has changed" in html
    assert "Golden Bridge Manpower" in html
    assert "Platinum Bridge Manpower" in html


def key_of(response) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def test_the_agency_takes_its_own_and_nobody_else_s(licence, omar, client):
    belongs_to(licence.recruiter, omar)
    client.force_login(omar)
    address = reverse("recruiters:certificates", args=[licence.ref])
    assert client.post(address, {"form_key": key_of(client.get(address))}).status_code == 302
    made = Certificate.objects.get()
    taken = client.get(reverse("recruiters:certificate_file", args=[made.ref]))
    assert taken.headers["Content-Type"] == "application/pdf"
    assert hashlib.sha256(taken.content).hexdigest() == made.sha256
    other = make_licence(make_recruiter("Silver Gate"))
    theirs = issue_certificate(other, actor=SYSTEM)
    assert client.get(reverse("recruiters:certificates", args=[other.ref])).status_code == 404
    assert client.get(reverse("recruiters:certificate_file", args=[theirs.ref])).status_code == 404


def test_a_certificate_s_page_costs_the_same_for_many_issued(licence, client, farah, django_assert_max_num_queries):
    issue_certificate(licence, actor=SYSTEM)
    client.force_login(farah)
    with django_assert_max_num_queries(16):
        client.get(reverse("recruiters:certificates", args=[licence.ref]))


FACTS = st.dictionaries(st.sampled_from(COMPARED), st.sampled_from(["", "2026-01-01", "2027-01-01"]), max_size=3)


@settings_of_tests(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(then=FACTS, now=FACTS, valid=st.booleans())
def test_only_what_is_valid_today_is_ever_called_reliable(then, now, valid):
    found = compare(then, now, valid=valid)
    assert found.reliable == valid
    assert compare(then, then, valid=valid).changed == ()
    assert compare(then, None, valid=valid).verdict == Verdict.NOT_SHOWN
