"""Twenty posts at the same moment: one grievance, one receipt, whoever wins; and two handlers who decide at once."""

import threading

import pytest
from django.db import connections
from django.test import Client

from grievances.models import Grievance, RemediationCase
from grievances.statuses import Decision
from tests.grievances.builders import make_grievance
from tests.grievances.walking import hidden, shown_receipt, walk

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, act):
    """Run an act in many threads that start together; return what each returned."""
    gate, results, lock = threading.Barrier(count), [], threading.Lock()

    def run() -> None:
        gate.wait()
        try:
            found = act()
        except Exception as error:
            found = error
        finally:
            connections.close_all()
        with lock:
            results.append(found)

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_case_27_fifty_posts_of_one_form_at_once_make_one_grievance_and_one_receipt(nadia) -> None:
    phone = Client()
    last = {**hidden(walk(phone, "en", stop="words").content.decode()), "mode": "receipt"}
    cookie = phone.cookies["form"].value

    def post() -> str:
        client = Client()
        client.cookies["form"] = cookie
        return shown_receipt(client.post("/en/report/new/", last).content.decode())

    receipts = at_once(20, post)
    assert len(set(receipts)) == 1, receipts[:3]
    assert len(receipts[0]) == 27
    assert Grievance.objects.count() == 1


def test_two_decisions_at_once_open_one_case(nadia) -> None:
    grievance = make_grievance()
    form = {"codes": ["FEE", "DOC"], "priority": "high", "decision": Decision.ACCEPT}

    def decide() -> int:
        client = Client()
        client.force_login(nadia)
        key = str(threading.get_ident()).rjust(24, "k")
        return client.post(f"/workspace/grievances/{grievance.ref}/triage/", {**form, "form_key": key}).status_code

    answers = sorted(at_once(2, decide))
    assert answers == [302, 422], answers
    assert RemediationCase.objects.count() == 1
