"""The pages of assessments, corrective actions, fees, contracts and ratings."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.references import new_reference
from parties.models import Party
from recruiters import services
from recruiters.contractterms import Money
from recruiters.feelookup import every_rule
from recruiters.models import (
    Assessment,
    ContractReview,
    Correction,
    FeeFact,
    FeeRule,
    Publication,
    Recruiter,
)
from recruiters.wording import assessment_reason
from tests.recruiters.making import belongs_to, make_licence

pytestmark = pytest.mark.django_db
LISTS = ("assessments", "corrections", "fees", "contracts", "publications")


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def send(client, address: str, **fields):
    """Fill a page's form in and send it, with its own key."""
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {"form_key": key, **fields})


@pytest.fixture
def recruiter():
    """Return a licensed recruiter."""
    return make_licence().recruiter


def fill(count: int) -> None:
    """Make so many more of everything that is listed."""
    today = timezone.localdate()
    parties = Party.objects.bulk_create(
        Party(ref=new_reference("PTY"), kind="organisation", name=f"Agency {n}", country="NP") for n in range(count)
    )
    made = Recruiter.objects.bulk_create(
        Recruiter(ref=new_reference("REC"), party=p, sort_name=p.name.lower(), country="NP") for p in parties
    )
    looked = Assessment.objects.bulk_create(
        Assessment(ref=new_reference("ASM"), recruiter=r, edition="1.2", kind="review", next_look_on=today)
        for r in made
    )
    Correction.objects.bulk_create(
        Correction(ref=new_reference("CRA"), recruiter=a.recruiter, assessment=a, criterion="IRIS-1-1", what="Repay",
                   severity="minor", owner="finance", due_on=today) for a in looked
    )  # fmt: skip
    FeeFact.objects.bulk_create(
        FeeFact(ref=new_reference("FEE"), recruiter=r, category="FEE-B1", payer="worker", source_kind="documents",
                international="breach", national="cannot_say", severity="serious") for r in made
    )  # fmt: skip
    ContractReview.objects.bulk_create(
        ContractReview(ref=new_reference("CTR"), recruiter=r, source_kind="documents", rules="terms/1", severity="none")
        for r in made
    )
    Publication.objects.bulk_create(
        Publication(ref=new_reference("RPB"), recruiter=r, ruleset="risk/2", day=today, score=1, band="low",
                    reply_until=today) for r in made
    )  # fmt: skip


def test_the_lists_ask_as_many_questions_for_a_hundred_rows_as_for_twenty_five(client, farah):
    client.force_login(farah)
    counts = []
    for more in (25, 75):
        fill(more)
        asked = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(name)).status_code == 200, name
            asked[name] = len(queries)
        counts.append(asked)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_filtered_sorted_and_taken_out(client, farah, name):
    client.force_login(farah)
    fill(3)
    filters = {"assessments": "due=soon&sort=next", "corrections": "state=open&overdue=yes&sort=-due",
               "fees": "national=cannot_say&sort=amount", "contracts": "substituted=False&sort=-worse",
               "publications": "state=proposed&sort=band"}  # fmt: skip
    page = client.get(f"{url(name)}?{filters[name]}")
    assert page.status_code == 200
    taken = client.get(f"{url(name)}?format=csv")
    assert taken["Content-Type"].startswith("text/csv")
    assert taken.getvalue().count(b"Agency") == 3


@pytest.mark.parametrize("name", LISTS)
def test_strangers_and_companies_find_no_list(client, stranger, quentin, name):
    for user in (stranger, quentin):
        client.force_login(user)
        assert client.get(url(name)).status_code == 404


def test_a_recruiter_sees_its_own_actions_alone(client, omar, recruiter):
    fill(2)
    belongs_to(recruiter, omar)
    own = Assessment.objects.create(recruiter=recruiter, edition="1.2", kind="review")
    action = Correction.objects.create(recruiter=recruiter, assessment=own, criterion="IRIS-1-1", what="Repay",
                                       severity="minor", owner="finance", due_on=timezone.localdate())  # fmt: skip
    client.force_login(omar)
    first, _rest = client.get(url("own")).content.decode().split("<h2>Licences</h2>")
    assert url("correction", action.ref) in first, "what waits for an answer stands before everything else"
    text = client.get(url("corrections")).content.decode()
    assert action.ref in text
    assert "Agency 0" not in text
    other = Correction.objects.exclude(pk=action.pk).first()
    assert client.get(url("correction", other.ref)).status_code == 404
    send(client, url("correction", action.ref), words="Repaid in full.")
    action.refresh_from_db()
    assert action.state == "answered"
    assert url("correction", action.ref) not in client.get(url("own")).content.decode().split("<h2>Licences</h2>")[0]


def test_an_officer_s_day_names_appeals_claims_and_answered_actions(client, farah, omar, recruiter):
    assessment = Assessment.objects.create(recruiter=recruiter, edition="1.2", kind="review")
    given = {"criterion": "IRIS-1-1", "what": "Repay", "severity": "minor", "owner": "finance"}
    for state in ("open", "answered", "answered"):
        Correction.objects.create(
            recruiter=recruiter, assessment=assessment, state=state, due_on=timezone.localdate(), **given
        )
    client.force_login(farah)

    def told() -> str:
        return re.sub(r" +", " ", re.sub(r"<[^>]+>|\s+", " ", client.get(url("dashboard")).content.decode()))

    text = told()
    assert "2 corrective actions answered" in text
    assert "0 appeals to decide" in text
    assert "0 claims to decide" in text
    Correction.objects.filter(state="answered").first().delete()
    assert "1 corrective action answered" in told()


def test_whoever_disputes_a_fact_reads_which_one(client, omar, recruiter):
    belongs_to(recruiter, omar)
    services.note_risk(recruiter, "contract.missing", "moderate", "CTR-1", date(2026, 3, 9), actor=SYSTEM)
    fact = recruiter.risk_facts.get()
    client.force_login(omar)
    page = client.get(url("own_dispute", fact.ref)).content.decode()
    assert "Contract: something that belongs in it is missing · moderate · contract record · 9 March 2026" in page


def test_an_officer_holds_a_look_page_by_page(client, farah, recruiter):
    client.force_login(farah)
    assessment = services.start_assessment(recruiter, kind="review", actor=farah)
    begun = send(client, url("look_begin", assessment.ref, "workers"), held_on=timezone.localdate().isoformat(),
                 heard="5", without_employer="yes")  # fmt: skip
    stage = assessment.stages.get()
    assert begun.url == url("look", stage.ref)
    page = url("look_part", stage.ref, "1")
    refused = send(client, page, wrk_05="yes")
    assert refused.status_code == 422
    saved = send(client, page, wrk_05="yes", wrk_05_note="Most paid for the medical.", wrk_06="no", base="0")
    assert saved.status_code == 302
    assert "Most paid" in client.get(page).content.decode()
    assert send(client, url("look", stage.ref), heard="5", without_employer="yes").status_code == 302
    text = client.get(url("principle", assessment.ref, "1")).content.decode()
    assert "Workers speak against it." in text
    assert client.get(url("assessment", assessment.ref)).status_code == 200


def test_a_reader_sees_counts_of_a_look_and_never_its_words(client, farah, rosa, recruiter):
    client.force_login(farah)
    assessment = services.start_assessment(recruiter, kind="review", actor=farah)
    send(client, url("look_begin", assessment.ref, "documents"), held_on=timezone.localdate().isoformat())
    stage = assessment.stages.get()
    send(client, url("look_part", stage.ref, "A"), doc_01="no", doc_01_note="The secret drawer", base="0")
    client.force_login(rosa)
    for address in (url("look", stage.ref), url("look_part", stage.ref, "A"), url("assessment", assessment.ref)):
        page = client.get(address)
        assert page.status_code == 200
        assert "secret drawer" not in page.content.decode()
    assert client.post(url("look_part", stage.ref, "A"), {"doc_01": "yes"}).status_code == 403
    assert client.get(url("look_begin", assessment.ref, "workers")).status_code == 404


def test_an_action_is_asked_and_an_outcome_suspended_on_its_page(client, farah, recruiter):
    client.force_login(farah)
    assessment = services.start_assessment(recruiter, kind="review", actor=farah)
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    made = send(client, url("correction_new", assessment.ref), criterion="IRIS-1-1", severity="serious",
                what="Repay", owner="finance", due_on=due)  # fmt: skip
    assert made.status_code == 302
    services.complete_assessment(assessment, actor=farah)
    send(client, url("assessment_outcome", assessment.ref), state="suspended", reason="actions_overdue")
    text = client.get(url("assessment", assessment.ref)).content.decode()
    assert "The outcome is suspended." in text
    assert "certif" not in text.lower().replace("not an iris certification", "")


def test_a_contract_is_entered_in_three_versions_and_compared(client, farah, recruiter):
    client.force_login(farah)
    fields = {
        "source_kind": "documents", "corridor": "", "read_whole": ["signed"], "language_understood": "no",
        "offered-pay-amount": "1,400", "offered-pay-currency": "QAR", "offered-pay-per": "month",
        "signed-pay-amount": "1100", "signed-pay-currency": "qar", "signed-pay-per": "month",
        "actual-pay-amount": "5", "actual-pay-currency": "QAR", "actual-pay-per": "hour",
        "offered-passport-choice": "worker", "actual-passport-choice": "employer",
    }  # fmt: skip
    made = send(client, url("contract_compare", recruiter.ref), **fields)
    review = ContractReview.objects.get()
    assert made.url == url("contract_review", review.ref)
    assert (review.substituted, review.severity) == (True, "critical")
    text = client.get(made.url).content.decode()
    assert "1,400 QAR a month" in text
    assert "hours or days of work are not known" in text
    codes = set(recruiter.risk_facts.values_list("code", "severity"))
    assert ("contract.substituted_worse", "critical") in codes
    assert ("contract.not_understood", "serious") in codes


def test_a_term_that_cannot_be_read_is_named_and_the_rest_is_kept(client, farah, recruiter):
    client.force_login(farah)
    page = send(client, url("contract_compare", recruiter.ref), source_kind="documents",
                **{"offered-pay-amount": "lots", "signed-work-text": "Mason"})  # fmt: skip
    assert page.status_code == 422
    assert 'value="lots"' in page.content.decode()
    assert 'value="Mason"' in page.content.decode()
    assert not ContractReview.objects.exists()


def test_what_a_grievance_told_of_a_contract_is_for_those_who_handle_it(client, farah, rosa, recruiter):
    terms = {
        "offered": {"pay": Money(Decimal(9), "QAR", "month")},
        "signed": {"pay": Money(Decimal(8), "QAR", "month")},
    }
    review = services.record_contract_review(
        recruiter, terms=terms, source_kind="grievance", source_ref="CAS-1111-2222-3", actor=farah
    )
    assert recruiter.risk_facts.get().origin == "grievance"
    client.force_login(rosa)
    assert review.ref not in client.get(url("contracts")).content.decode()
    assert client.get(url("contract_review", review.ref)).status_code == 403


def test_officers_set_and_confirm_national_rules_and_the_one_before_ends(client, farah, rosa):
    client.force_login(farah)
    for starts in ("2024-01-01", "2026-01-01"):
        made = send(client, url("fee_rule_new"), jurisdiction="NP", origin="NP", worker_max="0", currency="npr",
                    starts=starts, source="Act 1")  # fmt: skip
        assert made.status_code == 302
    assert [(r.ends.isoformat() if r.ends else None) for r in FeeRule.objects.order_by("starts")] == [
        "2025-12-31",
        None,
    ]
    client.post(url("fee_rule_confirm", "FR-NP-1"), {"destination": "QA"})
    client.post(url("fee_rule_confirm", "FR-NP-1"), {"destination": "QA"})
    assert [r.verified for r in every_rule() if (r.code, r.destination) == ("FR-NP-1", "QA")] == [True]
    assert client.post(url("fee_rule_confirm", "FR-NP-2"), {"destination": "QA"}).status_code == 404
    text = client.get(url("fee_rules")).content.decode()
    assert "not confirmed" in text
    client.force_login(rosa)
    assert client.get(url("fee_rules")).status_code == 200
    assert client.get(url("fee_rule_new")).status_code == 404


def test_a_rule_that_does_not_fit_is_refused_with_the_reason(client, farah):
    client.force_login(farah)
    page = send(client, url("fee_rule_new"), jurisdiction="NP", origin="NP", worker_max="5", starts="2026-01-01",
                source="Act")  # fmt: skip
    assert page.status_code == 422
    assert "Say in which currency the amount is." in page.content.decode()


def test_what_is_not_assessed_yet_is_counted_and_no_wall_of_words():
    codes = [f"IRIS-1-{number}" for number in range(1, 6)] + ["IRIS-2-1", "IRIS-2-2"]
    assert assessment_reason("not_assessed", codes).endswith("; … (+2).")
    assert "…" not in assessment_reason("not_assessed", codes[:5])
    assert "…" not in assessment_reason("major_gap", codes), "a gap is never left out"


def test_a_new_assessment_is_not_said_to_rest_on_papers_already(client, farah, recruiter):
    client.force_login(farah)
    made = services.start_assessment(recruiter, kind="review", actor=farah)
    assert "No worker was heard" not in client.get(url("assessment", made.ref)).content.decode()


def test_a_ruleset_is_shown_in_the_reader_s_words(client, farah, recruiter):
    client.force_login(farah)
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "ar"})
    aside = client.get(url("judged", recruiter.ref)).content.decode().partition("<aside")[2]
    terms = re.findall(r"<dt>([^<]*)</dt>", aside)
    assert len(terms) > 8
    assert not [term for term in terms if re.search(r"[A-Za-z]", term)]
