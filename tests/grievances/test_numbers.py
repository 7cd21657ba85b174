"""Case 36: no number in an address or a form counts rows that its reader may not see."""

import re
from typing import Any

import pytest
from django.test import Client

from grievances import services
from grievances.models import Hold
from tests.factories import make_user
from tests.grievances.builders import make_grievance
from tests.grievances.walking import come_back, filed, hidden

pytestmark = pytest.mark.django_db


def test_case_36_her_messages_are_numbered_in_her_own_conversation(nadia: Any) -> None:
    other = make_grievance()
    for _ in range(3):
        theirs = services.send_message(other, "not hers", actor=nadia)
    phone = Client(enforce_csrf_checks=True)
    receipt = filed(phone)
    hers = type(other).objects.exclude(pk=other.pk).get()
    services.send_message(hers, "first", actor=nadia)
    services.send_message(hers, "second", actor=nadia)
    come_back(phone, receipt)
    page = phone.get("/ne/report/follow-up/case/").content.decode()
    assert re.findall(r'name="message" value="(\d+)"', page) == ["1", "2"]
    guard = hidden(page)["guard"][0]
    for number in (str(theirs.pk), "3", "0"):
        phone.post("/ne/report/follow-up/hide/", {"guard": guard, "message": number})
    assert not other.messages.filter(hidden_by_worker=True).exists()
    phone.post("/ne/report/follow-up/hide/", {"guard": guard, "message": "2"})
    assert list(hers.messages.order_by("pk").values_list("hidden_by_worker", flat=True)) == [False, True]


def test_case_36_holds_are_numbered_within_their_grievance(nadia: Any) -> None:
    others, mine = [make_grievance(), make_grievance()], make_grievance()
    for grievance in (*others, mine):
        services.hold(grievance, Hold.Reason.LEGAL_CLAIM, actor=nadia)
    client = Client()
    client.force_login(make_user("samir", "case_officer"))
    there = f"/workspace/grievances/{mine.ref}/kept/"
    assert f"{there}holds/1/" in client.get(there).content.decode()
    assert client.post(f"{there}holds/{mine.holds.get().pk}/").status_code == 404
    client.post(f"{there}holds/1/")
    assert mine.holds.get().lift_asked_on is not None
    assert not Hold.objects.filter(grievance__in=others, lift_asked_on__isnull=False).exists()
