"""Facts pushed down by others, and the rating they make."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.actors import SYSTEM, WORKER
from core.models import AuditEntry
from recruiters import services
from recruiters.models import Rating, Recruiter, RiskFact
from recruiters.services.risk import judge, origin_of
from tests.recruiters.making import belongs_to, make_licence, make_recruiter

pytestmark = pytest.mark.django_db


def note(recruiter, **fields):
    given = {"code": "FEE", "severity": "3", "source_ref": "CAS-1111-2222-3", "occurred_on": timezone.localdate()}
    return services.note_risk(recruiter, actor=SYSTEM, **{**given, **fields})


def test_a_fact_is_written_and_rated_in_one_transaction():
    recruiter = make_recruiter()
    rating = note(recruiter)
    assert rating.score == 22
    assert Recruiter.objects.get().risk_score == 22
    assert RiskFact.objects.get().origin == "grievance"


def test_nothing_remains_when_the_caller_rolls_back():
    recruiter = make_recruiter()
    with transaction.atomic():
        note(recruiter)
        transaction.set_rollback(True)
    assert not RiskFact.objects.exists()
    assert not Rating.objects.exists()


def test_the_same_fact_is_kept_once_and_a_graver_one_replaces_it():
    recruiter = make_recruiter()
    note(recruiter)
    note(recruiter)
    assert RiskFact.objects.count() == 1
    assert note(recruiter, severity="critical").score == 40
    assert [fact.state for fact in RiskFact.objects.order_by("pk")] == ["withdrawn", "standing"]


def test_a_workers_fact_leaves_no_time_of_day_in_the_audit_trail():
    services.note_risk(make_recruiter(), "FEE", "3", "GRV-1111-2222-3", timezone.localdate(), actor=WORKER)
    assert {entry.at.hour for entry in AuditEntry.objects.filter(actor="auto:worker")} == {0}


def test_a_rating_can_be_made_again_for_any_past_day():
    recruiter = make_recruiter()
    note(recruiter)
    assert judge(recruiter, date(2020, 1, 1)).score == 0
    assert judge(recruiter, timezone.localdate()).score == 22


def test_a_rating_is_never_changed():
    rating = note(make_recruiter())
    rating.score = 1
    with pytest.raises(TypeError):
        rating.save()


def test_every_line_of_the_account_names_its_source():
    rating = note(make_recruiter())
    assert rating.lines[0]["source_ref"] == "CAS-1111-2222-3"
    assert rating.lines[0]["points"] == 22
    assert {relief["rule"] for relief in rating.relief} >= {"remedy", "year_without_new_facts"}


@pytest.mark.parametrize(
    "source", ["GRV-1111-2222-3", "CAS-1111-2222-3", "HIT-1111-2222-3", "VIS-1111-2222-3", "ZZZ-1"]
)
def test_what_could_show_who_complained_is_never_told_to_the_recruiter(source):
    recruiter = make_recruiter()
    note(recruiter, source_ref=source)
    assert not RiskFact.objects.get().may_be_told()


def test_a_grievances_fact_cannot_be_served(farah):
    note(make_recruiter())
    with pytest.raises(PermissionDenied):
        services.serve_fact(RiskFact.objects.get(), actor=farah)


def test_an_inspections_fact_is_told_once_an_officer_serves_it(farah, omar):
    recruiter = belongs_to(make_recruiter(), omar)
    note(recruiter, source_ref="VIS-1111-2222-3")
    fact = RiskFact.objects.get()
    with pytest.raises(PermissionDenied):
        services.open_dispute(fact, ground="not_us", words="", actor=omar)
    services.serve_fact(fact, actor=farah)
    assert RiskFact.objects.get().may_be_told()
    assert services.open_dispute(RiskFact.objects.get(), ground="not_us", words="It was another agency.", actor=omar)


def test_an_accepted_dispute_withdraws_the_fact_and_lowers_the_rating(farah, omar):
    licence = make_licence(belongs_to(make_recruiter(), omar))
    services.record_fee(licence.recruiter, category="FEE-B1", payer="worker", source_kind="documents", actor=farah)
    fact = RiskFact.objects.get()
    before = Recruiter.objects.get().risk_score
    dispute = services.open_dispute(fact, ground="wrong_fact", words="The employer paid.", actor=omar)
    assert RiskFact.objects.get().state == "disputed"
    services.answer_dispute(dispute, accept=True, answer="The receipt shows it.", actor=farah)
    assert RiskFact.objects.get().state == "withdrawn"
    assert Recruiter.objects.get().risk_score < before


def test_the_words_of_a_dispute_are_sealed(farah, omar):
    recruiter = belongs_to(make_recruiter(), omar)
    services.record_fee(recruiter, category="FEE-B1", payer="worker", source_kind="documents", actor=farah)
    dispute = services.open_dispute(RiskFact.objects.get(), ground="other", words="Sita Tamang lies", actor=omar)
    assert b"Sita" not in bytes(dispute.words.ciphertext)
    assert "Sita" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_origins_are_read_from_references():
    assert origin_of("VIS-1") == "inspection"
    assert origin_of("LIC-1") == "licence"
    assert origin_of("nonsense") == "other"


def test_an_older_fact_counts_less():
    recruiter = make_recruiter()
    assert note(recruiter, occurred_on=timezone.localdate() - timedelta(days=540)).score == 11


def test_a_fee_fact_from_a_grievance_keeps_the_grievance_as_its_source(farah):
    recruiter = make_recruiter()
    services.record_fee(
        recruiter, category="FEE-A1", payer="worker", source_kind="grievance", source_ref="CAS-1111-2222-3", actor=farah
    )
    assert RiskFact.objects.get().origin == "grievance"
