"""Two people act on the same thing at the same moment, or one in two tabs: it happens once, and nobody slips in."""

from typing import Any

import pytest

from core.models import AuditEntry, User
from core.roles import Role
from grievances import services
from grievances.models import CaseState, Grievance, RemediationCase, SecondWord
from grievances.remedy import Outcome
from grievances.services import CloseRefused, HandlingRefused, SecondRefused
from grievances.services.closing import agree_to_close, decline_to_close
from grievances.services.handling import assign
from grievances.triage import Priority
from tests.factories import make_user
from tests.grievances.builders import make_case, make_grievance
from tests.grievances.test_at_once import at_once
from tests.keys import present

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asha(db: Any) -> Any:
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha")


def one_after_the_other(*acts: Any) -> list[Any]:
    """Run each act in its own thread, all at the same moment; return what they returned or raised."""
    turns = iter(acts)
    return at_once(len(acts), lambda: next(turns)())


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_case_13_who_steps_back_while_she_is_given_it_does_not_end_up_with_it(nadia, asha, auditor) -> None:
    for _ in range(3):
        grievance = make_grievance(("WAG",))

        def step_back(grievance: Grievance = grievance) -> None:
            services.recuse(fresh(grievance), reason="knows_party", actor=User.objects.get(pk=nadia.pk))

        def give(grievance: Grievance = grievance) -> None:
            assign(fresh(grievance), User.objects.get(pk=nadia.pk), actor=User.objects.get(pk=asha.pk))

        results = one_after_the_other(step_back, give)
        assert not [each for each in results if each is not None and not isinstance(each, HandlingRefused)]
        holders = [row.user_id for row in grievance.assignments.filter(until=None)]
        assert nadia.pk not in holders
        assert len(holders) <= 1


def closing_case(nadia: Any) -> RemediationCase:
    """Return a case that waits for a second person's word on its end."""
    case = make_case(nadia)
    CaseState.objects.create(case=case, state=CaseState.State.CLOSING, outcome=Outcome.CONTACT_LOST, by=nadia)
    return case


def test_case_15_one_who_agrees_and_one_who_declines_at_once_are_one_answer(nadia, asha, monkeypatch) -> None:
    monkeypatch.setattr("grievances.services.closing.judge", lambda *_given, **_more: ALLOWED)
    third = make_user("tara", Role.CASE_OFFICER)
    case = closing_case(nadia)

    def agree() -> None:
        agree_to_close(fresh(case), actor=User.objects.get(pk=asha.pk))

    def decline() -> None:
        decline_to_close(fresh(case), actor=User.objects.get(pk=third.pk))

    results = one_after_the_other(agree, decline)
    assert sorted(type(each).__name__ for each in results) == ["CloseRefused", "NoneType"], results
    assert case.states.filter(pk__gt=case.states.filter(state="closing").last().pk).count() == 1


class ALLOWED:  # noqa: N801 - stands in for what the rule would say
    allowed, needs_second_person = True, True


def test_case_15_the_same_second_person_in_two_tabs_agrees_once(nadia, asha, monkeypatch) -> None:
    monkeypatch.setattr("grievances.services.closing.judge", lambda *_given, **_more: ALLOWED)
    case = closing_case(nadia)
    results = one_after_the_other(*[lambda: agree_to_close(fresh(case), actor=User.objects.get(pk=asha.pk))] * 2)
    assert [type(each) for each in results if each is not None] == [CloseRefused]
    assert case.states.filter(state="closed").count() == 1


def test_case_15_who_asked_cannot_be_the_second_in_another_tab(nadia, asha) -> None:
    with present(nadia):
        grievance = make_grievance(("THR",))
        services.take(grievance, actor=nadia)
        word = services.ask_to_lower(grievance, Priority.NORMAL, note="less grave", actor=nadia)
    answers = one_after_the_other(
        *[
            lambda: services.answer_second(
                SecondWord.objects.get(pk=word.pk), agree=True, actor=User.objects.get(pk=nadia.pk)
            )
        ]
        * 2
    )
    assert [type(each) for each in answers] == [SecondRefused] * 2
    assert SecondWord.objects.get().answered_at is None
    assert not AuditEntry.objects.filter(verb="grievance.second_agreed").exists()
