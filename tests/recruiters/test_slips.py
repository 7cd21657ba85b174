"""Slips that an officer or a worker makes every day are asked about, not taken in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM
from recruiters import services
from recruiters.forms.assessing import FeeForm
from recruiters.models import Merge, Recruiter
from recruiters.scoring import Fact, rate
from recruiters.services.assessments import decide_outcome
from recruiters.services.merging import differences, merge_recruiters
from recruiters.wording import relief_sentence
from tests.recruiters.making import make_licence, make_recruiter


@pytest.mark.django_db
def test_who_is_likely_in_the_register_already_is_shown_before_it_is_entered_twice(farah, client):
    known = make_recruiter("Al-Amin Overseas Ltd.", country="BD")
    client.force_login(farah)
    given = {"name": "Al Amin Overseas Limited", "country": "BD", "kind": known.kind}
    given["form_key"] = client.get(reverse("recruiters:new")).context["form"]["form_key"].value()
    answer = client.post(reverse("recruiters:new"), given)
    assert answer.status_code == 422
    assert known.get_absolute_url() in answer.content.decode()
    assert 'type="checkbox" name="another"' in answer.content.decode()
    assert Recruiter.objects.count() == 1
    assert client.post(reverse("recruiters:new"), given | {"another": "on"}).status_code == 302
    assert Recruiter.objects.count() == 2


@pytest.mark.django_db
def test_a_merge_says_that_numbers_differ_and_takes_no_reason_that_is_not_true(farah, client):
    one, other = make_recruiter("Al-Amin"), make_recruiter("Al Amin")
    make_licence(one, number="RL-1")
    make_licence(other, number="RL-2")
    assert differences(one, other) == ("licence",)
    client.force_login(farah)
    page = client.get(reverse("recruiters:merge_confirm", args=[one.ref, other.ref])).content.decode()
    assert "Their licence numbers differ" in page
    for reason, note in ((Merge.Why.SAME_NUMBER, "Same."), (Merge.Why.SAME_PAPERS, "")):
        with pytest.raises(services.DecisionRefused):
            merge_recruiters(one, other, reason_code=reason, note=note, actor=farah)
    merge_recruiters(one, other, reason_code=Merge.Why.SAME_PAPERS, note="One paper names both.", actor=farah)
    assert Merge.objects.count() == 1


@pytest.mark.django_db
def test_the_same_number_is_a_reason_where_they_share_one():
    one = make_recruiter("Al-Amin", identifiers=[("registration:NP", "104882")])
    other = make_recruiter("Al Amin", identifiers=[("registration:NP", "104882")])
    assert merge_recruiters(one, other, reason_code=Merge.Why.SAME_NUMBER, actor=SYSTEM).survivor == one


@pytest.mark.django_db
def test_a_payment_of_a_day_to_come_or_in_no_currency_is_refused_at_its_field():
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = FeeForm(make_recruiter(), {"paid_on": tomorrow.isoformat(), "currency": "XXQ"})
    assert {"paid_on", "currency"} <= set(form.errors)
    form = FeeForm(make_recruiter(), {"paid_on": timezone.localdate().isoformat(), "currency": "npr"})
    assert not {"paid_on", "currency"} & set(form.errors)


def test_what_would_lower_a_rating_names_every_fact_of_one_record():
    day = date(2026, 6, 1)
    facts = [
        Fact(code=code, severity="critical", occurred_on=day, origin="contract", source_ref="CTR-1")
        for code in ("contract.CT-10.substituted_worse", "contract.CT-01.substituted_worse")
    ]
    (relief,) = [one for one in rate(facts, [], "active", day).relief if one.rule == "remedy"]
    said = relief_sentence({"rule": relief.rule, "code": relief.code, "score": relief.score})
    for fact in facts:
        one = relief_sentence({"rule": "remedy", "code": fact.code, "score": relief.score})
        assert one.partition("“")[2].partition("”")[0] in said


@pytest.mark.django_db
def test_an_assessment_without_an_answer_is_not_finished_and_one_without_a_worker_says_so(farah, client):
    assessment = services.start_assessment(make_recruiter(), kind="review", actor=farah)
    client.force_login(farah)
    client.post(reverse("recruiters:assessment_finish", args=[assessment.ref]), {"incomplete": "on"})
    assessment.refresh_from_db()
    assert assessment.is_open
    services.answer_criteria(assessment, {"IRIS-1-1": ("conforms", "")}, actor=farah)
    address = reverse("recruiters:assessment", args=[assessment.ref])
    assert "No worker was heard." in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_suspended_outcome_is_not_listed_as_if_it_held(farah, client):
    assessment = services.start_assessment(make_recruiter(), kind="review", actor=farah)
    services.answer_criteria(assessment, {"IRIS-1-1": ("conforms", "")}, actor=farah)
    assessment = services.complete_assessment(assessment, actor=farah)
    decide_outcome(assessment, state="suspended", reason="newer_facts", actor=farah)
    client.force_login(farah)
    row = client.get(reverse("recruiters:assessments")).content.decode().partition("<tbody")[2]
    assert f"{assessment.get_conclusion_display()} – suspended" in row
