"""Case 36 for workers: what one worker's page names by a number is never another's, and answers as if never there."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from grievances import services
from grievances.budgets import purse
from grievances.models import Grievance, Message, StepEvent
from tests.grievances.builders import make_case
from tests.grievances.walking import come_back, filed, hidden

pytestmark = pytest.mark.django_db
CASE = "/en/report/follow-up/case/"
NEVER = 9_000_001
CHANGING = re.compile(r'name="(?:form_key|guard)" value="[^"]*"')


@pytest.fixture(autouse=True)
def full_purse() -> None:
    purse.empty()


@pytest.fixture
def another(nadia: Any) -> Grievance:
    """Return another worker's grievance, with messages to hide and a step of remedy to say something about."""
    filed(Client(), "en")
    grievance = Grievance.objects.get()
    for words in ("Come to the office", "Come tomorrow", "Come on Sunday"):
        services.send_message(grievance, words, actor=nadia)
    case = make_case(nadia, grievance)
    plan = services.StepPlan("restitution", "passport_returned", "employer", timezone.localdate())
    step = services.add_remedy_step(case, plan, actor=nadia)
    services.agree(step, actor=nadia)
    services.deliver(step, actor=nadia, proof=b"%PDF-1.4 proof")
    return grievance


def _state(grievance: Grievance) -> list[Any]:
    told = Message.objects.filter(grievance=grievance).order_by("pk")
    done = StepEvent.objects.filter(step__case__grievance=grievance).order_by("pk")
    return [*told.values(), *done.values()]


@pytest.fixture
def hers(another: Grievance, nadia: Any) -> tuple[Client, dict[str, str]]:
    """Return a worker who is back at her own report, which has one message and no remedy yet, and her page's form."""
    phone = Client()
    come_back(phone, filed(phone, "en"), "en")
    own = Grievance.objects.exclude(pk=another.pk).get()
    services.send_message(own, "We read your report", actor=nadia)
    page = phone.get(CASE).content.decode()
    return phone, hidden(page)


def _tells(phone: Client, way: str, form: dict[str, str], **named: object) -> tuple[int, str]:
    sent = {**form, **{name: str(value) for name, value in named.items()}}
    answer = phone.post(f"/en/report/follow-up/{way}/", sent, follow=True)
    return answer.status_code, CHANGING.sub("", answer.content.decode())


def test_case_36_no_number_that_she_sends_hides_a_message_of_somebody_else(
    hers: tuple[Client, dict[str, str]], another: Grievance
) -> None:
    phone, form = hers
    before, never = _state(another), _tells(phone, "hide", form, message=NEVER)
    assert "We read your report" in never[1]
    foreign = [*Message.objects.filter(grievance=another).values_list("pk", flat=True), 2, 3]
    for number in foreign:  # by its key, and by its place in the other report
        if number != 1:
            assert _tells(phone, "hide", form, message=number) == never, number
    assert _state(another) == before
    assert "We read your report" not in _tells(phone, "hide", form, message=1)[1], "her own she may hide"
    assert _state(another) == before


def test_case_36_no_number_that_she_sends_says_a_word_on_the_remedy_of_somebody_else(
    hers: tuple[Client, dict[str, str]], another: Grievance
) -> None:
    phone, form = hers
    before, never = _state(another), _tells(phone, "say", form, said=f"{NEVER}-all")
    step = another.case.steps.get()  # type: ignore[attr-defined]
    for number in {step.pk, step.number}:
        for word in ("all", "part", "none", "everything", ""):
            assert _tells(phone, "say", form, said=f"{number}-{word}") == never, (number, word)
    for odd in ("-all", "1", "1--all", "٣-all", "1-all-1", f"{'1' * 40}-all", "1 OR 1-all"):
        assert _tells(phone, "say", form, said=odd) == never, odd
    assert _state(another) == before
