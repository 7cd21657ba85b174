"""What one case officer alone may not decide: two do, and what they agreed on is carried out at once."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.models import AuditEntry, Notice
from core.roles import Role
from grievances import services
from grievances.models import Grievance, SecondWord
from grievances.services import SecondRefused, TriageRefused, following
from grievances.statuses import Decision
from grievances.triage import Priority, ends_alone, may_set, severity_of
from tests.factories import make_user
from tests.grievances.builders import judgement, make_grievance
from tests.keys import present

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(db):
    """Return Asha, a second case officer."""
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha")


def again(grievance: Grievance) -> Grievance:
    return Grievance.objects.get(pk=grievance.pk)


def test_a_priority_is_lowered_by_two_people_with_a_written_reason(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    with pytest.raises(SecondRefused, match="Write why"):
        services.ask_to_lower(grievance, Priority.NORMAL, note="  ", actor=nadia)
    with pytest.raises(SecondRefused, match="below"):
        services.ask_to_lower(grievance, Priority.URGENT, note="no", actor=nadia)
    word = services.ask_to_lower(grievance, Priority.NORMAL, note="She meant a quarrel", actor=nadia)
    assert again(grievance).priority == "urgent"
    assert grievance.clocks.filter(kind="second_person", met_at=None).count() == 1
    assert Notice.objects.filter(user=asha, code="grievance.second_person").count() == 1
    with pytest.raises(SecondRefused, match="Somebody else"):
        services.answer_second(word, agree=True, actor=nadia)
    with present(asha):
        assert services.open_words(grievance, actor=asha, reason="supervision").second_note == "She meant a quarrel"
    services.answer_second(word, agree=True, actor=asha)
    assert again(grievance).priority == "normal"
    case = services.triage(again(grievance), judgement(("VIO",), priority="normal"), actor=nadia)
    assert case is not None
    assert case.severity == 2
    entry = AuditEntry.objects.get(verb="grievance.second_agreed", subject=grievance.ref)
    assert (entry.actor, entry.facts["value"]) == (asha.audit_code, "normal")


def test_a_second_person_who_declines_leaves_everything_as_it_was(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    word = services.ask_to_lower(grievance, Priority.HIGH, note="perhaps", actor=nadia)
    services.answer_second(word, agree=False, actor=asha)
    assert again(grievance).priority == "urgent"
    assert Notice.objects.filter(user=nadia, code="grievance.second_declined").exists()
    with pytest.raises(TriageRefused, match="cannot lower"):
        services.triage(grievance, judgement(("VIO",), priority="high"), actor=nadia)
    with pytest.raises(SecondRefused, match="already"):
        services.answer_second(word, agree=True, actor=asha)


def test_what_two_lowered_holds_for_what_they_knew_and_no_longer(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    word = services.ask_to_lower(grievance, Priority.NORMAL, note="a quarrel", actor=nadia)
    services.answer_second(word, agree=True, actor=asha)
    with pytest.raises(TriageRefused, match="cannot lower"):
        services.triage(again(grievance), judgement(("VIO", "SEX"), priority="normal"), actor=nadia)


def test_no_clock_moves_away_when_a_priority_is_lowered(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    before = list(grievance.clocks.exclude(kind="second_person").values_list("kind", "due_at"))
    word = services.ask_to_lower(grievance, Priority.NORMAL, note="a quarrel", actor=nadia)
    services.answer_second(word, agree=True, actor=asha)
    assert list(grievance.clocks.exclude(kind="second_person").values_list("kind", "due_at")) == before


@pytest.mark.parametrize(
    ("decision", "reason", "ends"),
    [(Decision.NOT_ACCEPTED, "out_of_scope", "not_accepted"), (Decision.REFER_OUT, "", "referred_out")],
)
def test_nobody_ends_an_urgent_grievance_alone_by_deciding(nadia, asha, decision, reason, ends) -> None:
    grievance = make_grievance(("VIO",))
    assert services.triage(grievance, judgement(("VIO",), decision, reason_code=reason), actor=nadia) is None
    assert grievance.status == "received"
    word = services.open_question(grievance)
    assert word is not None
    with pytest.raises(TriageRefused, match="waits for a second person"):
        services.triage(grievance, judgement(("VIO",), decision, reason_code=reason), actor=asha)
    services.answer_second(word, agree=True, actor=asha)
    assert grievance.status == ends
    assert grievance.decisions.order_by("-pk").first().by == nadia


def test_categories_that_hide_the_danger_do_not_let_one_person_end_it(nadia) -> None:
    grievance = make_grievance(("VIO",))
    decided = judgement(("WAG",), Decision.NOT_ACCEPTED, "normal", reason_code="out_of_scope")
    assert services.triage(grievance, decided, actor=nadia) is None
    assert grievance.status == "received"
    assert services.open_question(grievance) is not None


def test_nobody_ends_an_urgent_withdrawn_grievance_alone(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    following.withdraw(grievance)
    assert not services.close_withdrawn(grievance, freely=True, actor=nadia)
    assert grievance.status == "withdrawn_by_reporter"
    services.answer_second(services.open_question(grievance), agree=True, actor=asha)
    assert grievance.status == "closed"


def test_what_somebody_asked_who_then_stepped_back_is_not_carried_out(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    word = services.ask_to_lower(grievance, Priority.NORMAL, note="a quarrel", actor=nadia)
    services.recuse(grievance, reason="knows_party", actor=nadia)
    with pytest.raises(SecondRefused, match="may no longer"):
        services.answer_second(word, agree=True, actor=asha)
    services.answer_second(word, agree=False, actor=asha)
    assert again(grievance).priority == "urgent"


def test_with_nobody_to_be_the_second_those_who_oversee_are_told(nadia, auditor) -> None:
    services.ask_to_lower(make_grievance(("VIO",)), Priority.NORMAL, note="a quarrel", actor=nadia)
    assert Notice.objects.filter(user=auditor, code="grievance.no_handler").exists()


def test_the_database_itself_refuses_one_person_as_both(nadia) -> None:
    word = services.ask_to_lower(make_grievance(("VIO",)), Priority.NORMAL, note="a quarrel", actor=nadia)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondWord.objects.filter(pk=word.pk).update(answered_by=nadia, answered_at=timezone.now())


def test_it_is_asked_and_answered_on_the_grievance_s_page(nadia, asha) -> None:
    grievance = make_grievance(("VIO",))
    url = f"/workspace/grievances/{grievance.ref}/"
    first, second = Client(), Client()
    first.force_login(nadia)
    second.force_login(asha)
    assert first.post(f"{url}lower/", {"priority": "normal", "note": ""}).status_code == 422
    assert first.post(f"{url}lower/", {"priority": "normal", "note": "a quarrel"}).status_code == 302
    assert "You asked for it" in first.get(url).content.decode()
    page = second.get(url).content.decode()
    assert "Nadia asks: Lower the priority" in page
    assert "a quarrel" not in page
    second.post(f"{url}open/", {"reason": "supervision"})
    assert "a quarrel" in second.get(url).content.decode()
    assert first.post(f"{url}second/", {"question": "1", "agree": "yes"}).status_code == 302
    assert again(grievance).priority == "urgent"
    second.post(f"{url}second/", {"question": "2", "agree": "yes"})
    assert again(grievance).priority == "urgent"
    second.post(f"{url}second/", {"question": "1", "agree": "yes"})
    assert again(grievance).priority == "normal"


def test_the_rules_of_two_people() -> None:
    assert may_set(Priority.NORMAL, by_rule=Priority.URGENT, agreed=Priority.NORMAL)
    assert not may_set(Priority.NORMAL, by_rule=Priority.URGENT, agreed=Priority.HIGH)
    assert may_set(Priority.URGENT, by_rule=Priority.NORMAL, agreed=Priority.HIGH)
    assert [severity_of(Priority.NORMAL, by_rule=level) for level in (1, 2, 3, 4)] == [1, 2, 2, 2]
    assert not ends_alone(Priority.NORMAL, by_rule=Priority.URGENT)
    assert not ends_alone(Priority.URGENT, by_rule=Priority.NORMAL)
    assert ends_alone(Priority.HIGH, by_rule=Priority.HIGH)
