"""Who may open which page, and what forms do with good and bad input."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from recruiters import services
from recruiters.models import (
    Application,
    Assessment,
    FeeFact,
    Licence,
    Recruiter,
    RiskFact,
    Screening,
    ScreeningHit,
)
from tests import samples
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, make_screening, make_watchlist

pytestmark = pytest.mark.django_db
CAST = ("farah", "rosa", "nadia", "auditor", "quentin", "omar", "partner_user", "editor", "admin_user", "stranger")
READERS = {"farah", "rosa", "nadia", "auditor"}
OFFICER = {"farah"}


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


@pytest.fixture
def licence():
    """Return the licence of a recruiter."""
    return make_licence()


def key_of(response) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def send(client, address: str, /, **fields):
    """Fill a page's form in and send it, with its own key."""
    return client.post(address, {"form_key": key_of(client.get(address)), **fields})


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("dashboard", OFFICER),
        ("register", READERS),
        ("new", OFFICER),
        ("screenings", {"farah", "auditor"}),
        ("screening_new", OFFICER),
        ("watchlists", {"farah", "auditor"}),
        ("watchlist_load", OFFICER),
        ("applications", {"farah", "auditor"}),
        ("disputes", {"farah", "auditor"}),
        ("own", {"omar"}),
    ],
)
def test_each_place_opens_to_its_roles_and_is_not_there_for_others(name, allowed, client, request):
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        assert (client.get(url(name)).status_code == 200) == (who in allowed), who
        assert client.get(url(name)).status_code in (200, 404)


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(client):
    assert client.get(url("register")).status_code == 302


def test_a_recruiters_page_opens_to_staff_and_to_nobody_else(client, request, licence):
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        code = client.get(url("recruiter", licence.recruiter.ref)).status_code
        assert code == (200 if who in READERS else 404), who


@pytest.mark.parametrize("name", ["edit", "person_new", "licence_new", "assess", "fee_new", "contract_new"])
def test_only_officers_change_a_recruiter(name, client, request, licence):
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        code = client.get(url(name, licence.recruiter.ref)).status_code
        assert code == (200 if who in OFFICER else 404), who


def test_a_recruiters_people_see_their_own_entry_and_no_other(client, omar, licence):
    client.force_login(omar)
    assert "does not speak for an entry" in client.get(url("own")).content.decode()
    belongs_to(licence.recruiter, omar)
    assert licence.number in client.get(url("own")).content.decode()
    other = make_licence(make_recruiter("Other Agency"))
    assert client.get(url("own_renew", other.ref)).status_code == 404


def test_a_recruiters_people_never_see_what_a_grievance_or_a_watchlist_said(client, omar, licence):
    recruiter = belongs_to(licence.recruiter, omar)
    services.note_risk(recruiter, "SEXSECRET", "4", "CAS-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    services.note_risk(recruiter, "screening.true_match", "4", "HIT-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    client.force_login(omar)
    text = client.get(url("own")).content.decode()
    assert "SEXSECRET" not in text
    assert "CAS-" not in text
    assert "watchlist" not in text
    for fact in RiskFact.objects.all():
        assert client.get(url("own_dispute", fact.ref)).status_code == 404


def test_an_inspector_sees_that_there_is_a_grievance_but_not_which(client, rosa, nadia, licence):
    services.note_risk(licence.recruiter, "DOC", "4", "CAS-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    client.force_login(rosa)
    text = client.get(url("recruiter", licence.recruiter.ref)).content.decode()
    assert "CAS-1111-2222-3" not in text
    assert "grievance" in text
    client.force_login(nadia)
    assert "CAS-1111-2222-3" in client.get(url("recruiter", licence.recruiter.ref)).content.decode()


def test_registering_twice_with_one_form_makes_one_recruiter(client, farah):
    client.force_login(farah)
    fields = {
        "form_key": key_of(client.get(url("new"))),
        "name": "Himchuli Overseas",
        "country": "NP",
        "kind": "agency",
        "other_names": "हिमचुली ओभरसिज",
        "sectors": ["construction"],
        "destinations": ["QA", "MY"],
    }
    first, second = client.post(url("new"), fields), client.post(url("new"), fields)
    assert first.url == second.url
    recruiter = Recruiter.objects.get()
    assert recruiter.corridors.count() == 2
    assert set(recruiter.party.names.values_list("script", flat=True)) == {"Latn", "Deva"}


def test_a_form_with_a_mistake_says_so_and_keeps_what_was_typed(client, farah):
    client.force_login(farah)
    response = send(client, url("new"), name="1234", country="NP", kind="agency", phone="+977 1 23")
    assert response.status_code == 422
    text = response.content.decode()
    assert "A name holds letters." in text
    assert "+977 1 23" in text
    assert not Recruiter.objects.exists()


def test_a_suspension_through_the_page_shows_on_the_public_page_at_once(client, farah, licence):
    public = reverse("recruiters_public:recruiter", args=[licence.recruiter.ref])
    assert "Licence valid today" in client.get(public).content.decode()
    client.force_login(farah)
    page = url("decide", licence.ref, "suspend")
    bad = send(client, page, reason_code="fees_charged", effective_on=timezone.localdate(), kind="disciplinary")
    assert bad.status_code == 422
    good = send(
        client,
        page,
        order_number="ORD-7",
        reason_code="fees_charged",
        effective_on=timezone.localdate(),
        kind="disciplinary",
    )
    assert good.url == url("recruiter", licence.recruiter.ref)
    text = client.get(public).content.decode()
    assert "Licence suspended since" in text
    assert "ORD-7" in text


@pytest.mark.parametrize("decision", ["renew", "condition", "revoke", "ban", "close"])
def test_each_decision_can_be_taken_through_its_page(client, farah, licence, decision):
    client.force_login(farah)
    fields = {
        "order_number": "7",
        "reason_code": "requirements_met" if decision == "renew" else "other",
        "effective_on": timezone.localdate(),
        "conditions": "At most 100 workers",
        "expires_on": timezone.localdate() + timedelta(days=900),
    }
    assert send(client, url("decide", licence.ref, decision), **fields).status_code == 302
    assert licence.history.count() == 2


def test_a_decision_that_cannot_be_taken_is_refused_with_a_sentence(client, farah, licence):
    client.force_login(farah)
    page = url("decide", licence.ref, "reinstate")
    response = send(client, page, order_number="7", reason_code="put_right", effective_on=timezone.localdate())
    assert response.status_code == 422
    assert "cannot be taken from there" in response.content.decode()
    assert client.get(url("decide", licence.ref, "explode")).status_code == 404


def test_a_renewal_goes_from_the_recruiter_to_the_officer_and_back(client, omar, farah, licence):
    belongs_to(licence.recruiter, omar)
    client.force_login(omar)
    send(client, url("own_renew", licence.ref))
    application = Application.objects.get()
    paper = SimpleUploadedFile("paper.pdf", samples.paper(), "application/pdf")
    parts = {
        "work": {"destinations": ["QA"], "workers_a_year": 300},
        "papers": {"kind": "tax", "papers": [paper]},
        "declarations": {"charges_no_fees": "on", "no_barred_person": "on"},
        "organisation": {
            "legal_name": "New", "registration_number": "5", "address": "12 Lakeside Road", "phone": "061 555 0100",
        },
        "guarantee": {
            "guarantee_kind": "bank", "guarantee_issuer": "Harbour Bank", "guarantee_reference": "HB-1",
            "guarantee_amount": "3000000", "guarantee_currency": "NPR",
            "guarantee_until": (timezone.localdate() + timedelta(days=400)).isoformat(),
        },
    }  # fmt: skip
    for part, fields in parts.items():
        assert send(client, url("own_section", application.ref, part), **fields).status_code == 302, part
    people = {
        "people-TOTAL_FORMS": 1, "people-INITIAL_FORMS": 0, "agents-TOTAL_FORMS": 0, "agents-INITIAL_FORMS": 0,
        "people-0-name": "Deepa Rana", "people-0-role": "owner",
    }  # fmt: skip
    assert client.post(url("own_section", application.ref, "people"), people).status_code == 302
    client.post(url("own_hand_in", application.ref))
    assert client.get(url("own_renew", licence.ref)).status_code == 302  # one is open already: it leads there
    client.force_login(farah)
    file = application.papers.get().file.ref
    assert client.get(url("application_file", application.ref, file)).status_code == 200
    returning = url("application_return", application.ref)
    assert send(client, returning).status_code == 422
    assert send(client, returning, finding_papers="The guarantee is missing.").status_code == 302
    client.force_login(omar)
    assert "The guarantee is missing." in client.get(url("own_application", application.ref)).content.decode()
    finding = application.findings.get()
    assert send(client, url("own_finding", application.ref, finding.pk), words="It is attached.").status_code == 302
    client.post(url("own_hand_in", application.ref))
    client.force_login(farah)
    end = timezone.localdate() + timedelta(days=800)
    answer = send(client, url("application_answer", application.ref), answer="grant", expires_on=end)
    assert answer.status_code == 302
    assert Licence.objects.get().standing().expires_on == end


def test_a_dispute_through_the_pages_is_answered_and_the_rating_follows(client, omar, farah, licence):
    belongs_to(licence.recruiter, omar)
    services.record_fee(licence.recruiter, category="FEE-B1", payer="worker", source_kind="documents", actor=farah)
    fact = RiskFact.objects.get()
    client.force_login(omar)
    send(client, url("own_dispute", fact.ref), ground="wrong_fact", words="The employer paid it.")
    client.force_login(farah)
    dispute = fact.disputes.get()
    page = url("dispute", dispute.ref)
    assert "The employer paid it." in client.get(page).content.decode()
    send(client, page, answer="accept", note="The receipt shows it.")
    client.force_login(omar)
    assert "The receipt shows it." in client.get(url("own")).content.decode()


def test_an_auditor_reads_that_there_is_a_dispute_but_not_its_words(client, omar, auditor, licence):
    belongs_to(licence.recruiter, omar)
    services.record_fee(licence.recruiter, category="FEE-B1", payer="worker", source_kind="documents", actor=SYSTEM)
    dispute = services.open_dispute(RiskFact.objects.get(), ground="other", words="Secret words", actor=omar)
    client.force_login(auditor)
    assert "Secret words" not in client.get(url("dispute", dispute.ref)).content.decode()


def test_an_assessment_is_made_principle_by_principle_and_never_called_a_certificate(client, farah, omar, licence):
    belongs_to(licence.recruiter, omar)
    client.force_login(farah)
    send(client, url("assess", licence.recruiter.ref), kind="review")
    assessment = Assessment.objects.get()
    page = url("principle", assessment.ref, "1")
    fields = {"IRIS-1-1-outcome": "major_gap", "IRIS-1-1-note": "Receipts show it."}
    fields |= {f"IRIS-1-{n}-outcome": "conforms" for n in range(2, 6)}
    assert client.post(page, fields).url == url("principle", assessment.ref, "2")
    client.post(url("assessment_finish", assessment.ref))
    assessment.refresh_from_db()
    assert assessment.is_open, "what is not complete is not finished by one click"
    client.post(url("assessment_finish", assessment.ref), {"incomplete": "on"})
    assessment.refresh_from_db()
    assert assessment.conclusion == "negative"
    text = client.get(url("assessment", assessment.ref)).content.decode()
    assert "not an IRIS certification" in text
    assert "IRIS certified" not in text
    assert client.post(page, fields).status_code == 422 or assessment.answers.count() == 5
    client.force_login(omar)
    assert client.get(url("assessment", assessment.ref)).status_code == 200
    assert client.post(page, fields).status_code in (403, 404, 422)


def test_a_self_assessment_rates_nobody(client, omar, licence):
    belongs_to(licence.recruiter, omar)
    client.force_login(omar)
    response = client.post(url("own_assess"))
    assessment = Assessment.objects.get()
    assert response.url == url("assessment", assessment.ref)
    client.post(url("assessment_finish", assessment.ref))
    assert not RiskFact.objects.exists()


def test_a_fee_is_recorded_with_both_answers(client, farah, licence):
    client.force_login(farah)
    fields = {
        "category": "FEE-B1",
        "payer": "worker",
        "amount": "5000",
        "currency": "npr",
        "source_kind": "documents",
        "paid_on": "2026-01-05",
    }
    assert send(client, url("fee_new", licence.recruiter.ref), **fields).status_code == 302
    fee = FeeFact.objects.get()
    assert (fee.international, fee.national, fee.currency) == ("breach", "cannot_say", "NPR")
    assert "not known" in client.get(url("recruiter", licence.recruiter.ref)).content.decode()


def test_a_pasted_list_is_mapped_screened_and_decided(client, farah, tmp_path, django_capture_on_commit_callbacks):
    make_watchlist(tmp_path, {"name": "Meridian Holdings", "topics": ["poi"]})
    make_recruiter()
    client.force_login(farah)
    columns = send(client, url("screening_new"), pasted="Meridian Holdings\nBlue Lantern\n").url
    assert "Meridian Holdings" in client.get(columns).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = send(client, columns, name="name", threshold="0.7").url
    screening = Screening.objects.get()
    assert screening.counts == {"match": 1, "clear": 1}
    hit = ScreeningHit.objects.get()
    assert hit.get_absolute_url() in client.get(page).content.decode()
    shown = client.get(hit.get_absolute_url()).content.decode()
    assert "Both names are written alike" in shown
    assert "Debarred" in shown
    after = send(client, hit.get_absolute_url(), answer="false", reason_code="other_trade")
    assert after.url == page
    export = b"".join(client.get(url("screening_export", screening.ref, "csv")).streaming_content).decode()
    assert "Another trade or sector" in export
    assert b"".join(client.get(url("screening_export", screening.ref, "xlsx")).streaming_content)[:2] == b"PK"


def test_a_decision_sent_twice_is_made_once(client, farah, tmp_path):
    make_watchlist(tmp_path, {"name": "Meridian Holdings", "topics": ["poi"]})
    hit = make_screening(farah, {"name": "Meridian Holdings"}).hits.get()
    client.force_login(farah)
    fields = {"form_key": key_of(client.get(hit.get_absolute_url())), "answer": "false", "reason_code": "other_trade"}
    for _time in range(2):
        assert client.post(hit.get_absolute_url(), fields).status_code == 302
    assert hit.decisions.count() == 1


def test_formulas_in_a_list_cannot_run_in_a_spreadsheet(client, farah, tmp_path):
    make_watchlist(tmp_path)
    screening = make_screening(farah, {"name": "=HYPERLINK(evil)", "country": "NP"})
    client.force_login(farah)
    export = b"".join(client.get(url("screening_export", screening.ref, "csv")).streaming_content).decode()
    assert ",=HYPERLINK" not in export


def upload(content: bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"name,country\n", "no rows"),
        (b"\x00\x01\x02\xff\xfe", ""),
        (b"PK\x03\x04 no workbook", ""),
        (b"x" * (21 * 1024 * 1024), "20"),
    ],
    ids=["empty", "no rows", "binary", "broken workbook", "21 MB"],
)
def test_a_list_that_cannot_be_read_is_refused_with_a_sentence_and_nothing_is_kept(client, farah, content, words):
    client.force_login(farah)
    response = send(client, url("screening_new"), title="My list", file=upload(content))
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text
    assert "My list" in text
    assert not Screening.objects.exists()


def test_forty_megabytes_are_refused_without_being_held(client, farah):
    client.force_login(farah)
    response = send(client, url("screening_new"), file=upload(b"name\n" + b"Agency\n" * 6_000_000))
    assert response.status_code == 422
    assert "Nothing of it was kept" in response.content.decode()


def test_a_list_in_another_encoding_is_read(client, farah):
    client.force_login(farah)
    response = send(client, url("screening_new"), file=upload("الاسم;الدولة\nالواحة للاستقدام;قطر\n".encode("cp1256")))
    assert response.status_code == 302
    assert Screening.objects.get().mapping == {"name": "الاسم", "country": "الدولة"}
