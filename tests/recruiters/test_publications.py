"""A rating is published only after the recruiter was heard and a person decided; newer facts take it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import SYSTEM, WORKER
from core.models import AuditEntry, Notice
from recruiters import services
from recruiters.models import Assessment, Publication
from recruiters.models.publications import published_for
from recruiters.services import publications
from recruiters.services.judging import judge
from recruiters.wording import age_words
from tests.recruiters.making import belongs_to, make_licence, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter():
    """Return a licensed recruiter that was assessed and found well."""
    made = make_licence().recruiter
    Assessment.objects.create(
        recruiter=made, edition="1.2", kind="review", completed_on=timezone.localdate(), conclusion="positive"
    )
    return made


def late(publication: Publication) -> Publication:
    """Let the time to answer pass."""
    publication.reply_until = timezone.localdate() - timedelta(days=1)
    publication.save()
    return publication


def publish(recruiter, farah) -> Publication:
    publication = late(publications.propose_publication(recruiter, actor=farah))
    return publications.decide_publication(publication, publish=True, reason="recognise", note="Well.", actor=farah)


def test_nothing_is_published_before_the_recruiter_was_heard(recruiter, farah):
    publication = publications.propose_publication(recruiter, actor=farah)
    with pytest.raises(publications.PublicationRefused):
        publications.decide_publication(publication, publish=True, reason="recognise", actor=farah)
    assert published_for(recruiter) is None


def test_the_recruiter_answers_in_sealed_words_and_a_person_decides(recruiter, farah, omar):
    belongs_to(recruiter, omar)
    publication = publications.propose_publication(recruiter, actor=farah)
    assert Notice.objects.filter(user=omar, code="rating_proposed").exists()
    publication = publications.reply_to_publication(publication, words="Ram of our office says so.", actor=omar)
    done = publications.decide_publication(publication, publish=True, reason="reply_persuaded", note="", actor=farah)
    assert published_for(recruiter) == done
    steps = list(done.steps.values_list("state", "by__username"))
    assert steps == [("proposed", "farah"), ("replied", "omar"), ("published", "farah")]
    assert "Ram" not in str(list(done.steps.values_list("note", flat=True)))
    assert "Ram" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_a_proposal_can_be_dropped_with_the_reason(recruiter, farah):
    publication = publications.propose_publication(recruiter, actor=farah)
    publications.decide_publication(publication, publish=False, reason="facts_unsure", actor=farah)
    assert published_for(recruiter) is None
    publications.propose_publication(recruiter, actor=farah)


def test_too_little_known_is_not_published_and_the_hearing_is_not_cut_short(recruiter, farah):
    with pytest.raises(publications.PublicationRefused):
        publications.propose_publication(make_licence().recruiter, actor=farah)
    with pytest.raises(publications.PublicationRefused):
        publications.propose_publication(recruiter, reply_until=timezone.localdate() + timedelta(days=3), actor=farah)


def test_only_officers_propose_and_decide_and_only_the_recruiter_answers(recruiter, farah, omar, rosa):
    with pytest.raises(PermissionDenied):
        publications.propose_publication(recruiter, actor=rosa)
    publication = publications.propose_publication(recruiter, actor=farah)
    with pytest.raises(PermissionDenied):
        publications.reply_to_publication(publication, words="x", actor=omar)
    belongs_to(recruiter, omar)
    with pytest.raises(PermissionDenied):
        publications.decide_publication(late(publication), publish=True, reason="recognise", actor=omar)


def test_newer_facts_take_back_what_is_published(recruiter, farah):
    publication = publish(recruiter, farah)
    suspend(recruiter.licences.get())
    publication.refresh_from_db()
    services.rate_recruiter(recruiter, actor=SYSTEM)
    publication.refresh_from_db()
    assert publication.state == "withdrawn"
    assert publication.steps.last().reason_code == "newer_facts"
    assert publication.steps.last().by is None


def test_facts_that_changed_since_the_proposal_stop_the_publication(recruiter, farah):
    publication = late(publications.propose_publication(recruiter, actor=farah))
    services.record_fee(recruiter, category="FEE-C1", payer="worker", source_kind="documents", actor=farah)
    with pytest.raises(publications.PublicationRefused):
        publications.decide_publication(publication, publish=True, reason="recognise", actor=farah)


def test_what_workers_and_watchlists_say_never_shows_in_what_is_published(recruiter, farah):
    today = timezone.localdate()
    before = judge(recruiter, today, told_only=True)
    services.note_risk(recruiter, "SEXSECRET", "critical", "CAS-1111-2222-3", today, actor=WORKER)
    services.note_risk(recruiter, "screening.true_match", "critical", "HIT-1111-2222-3", today, actor=SYSTEM)
    assert judge(recruiter, today, told_only=True) == before
    assert judge(recruiter, today).score > before.score
    publish(recruiter, farah)
    page = Client().get(reverse("recruiters_public:rating", args=[recruiter.ref])).content.decode()
    assert "low" in page
    assert "SEXSECRET" not in page
    assert "HIT-" not in page


def test_the_public_reads_a_rating_only_while_it_is_published(recruiter, farah, client):
    address = reverse("recruiters_public:rating", args=[recruiter.ref])
    assert client.get(address).status_code == 404
    publication = publish(recruiter, farah)
    page = client.get(address)
    assert page.status_code == 200
    assert f"{publication.score} of 100" in page.content.decode(), "what would change it is said in these points"
    publications.withdraw_publication(publication, reason="court_order", actor=farah)
    assert client.get(address).status_code == 404


def test_time_alone_withdraws_what_is_no_longer_true(recruiter, farah):
    publish(recruiter, farah)
    assert publications.recheck_all() == 0
    Assessment.objects.update(completed_on=timezone.localdate() - timedelta(days=800))
    assert publications.recheck_all() == 1
    assert publications.recheck_all() == 0


def test_any_past_day_is_judged_again_by_any_ruleset_from_what_was_known_then(recruiter, farah, client):
    client.force_login(farah)
    services.note_risk(recruiter, "FEE", "serious", "FEE-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    address = reverse("recruiters:judged", args=[recruiter.ref])
    assert client.get(address, {"ruleset": "risk/1"}).context["judgement"].ruleset == "risk/1"
    past = client.get(address, {"day": "2020-01-01", "ruleset": "risk/2"}).context["judgement"]
    assert (past.score, past.band) == (0, "unknown")
    assert client.get(address, {"day": "2999-01-01"}).status_code == 422
    assert client.get(address, {"ruleset": "risk/0"}).status_code == 422


def test_what_happened_today_is_not_nought_days_old():
    assert [age_words(days) for days in (0, 1, 59, 61)] == ["of today", "1 day old", "59 days old", "2 months old"]
