"""The queue and the cases: codes only, the same number of queries for few and many, exports that are safe to open."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grievances import services
from grievances.statuses import Decision
from tests.grievances.builders import WORDS, judgement, make_case, make_grievance

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(nadia) -> Client:
    client = Client()
    client.force_login(nadia)
    return client


def queries(desk: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200
    return len(caught)


def test_the_queue_asks_as_often_for_a_hundred_rows_as_for_twenty_five(desk) -> None:
    for _number in range(26):
        make_grievance(("FEE", "DOC"), recruiter="Somebody")
    few = queries(desk, "/workspace/grievances/")
    for _number in range(75):
        make_grievance(("WAG",))
    assert queries(desk, "/workspace/grievances/") == few
    assert few <= 15


def test_the_cases_ask_as_often_for_many_as_for_few(desk, nadia) -> None:
    for _number in range(2):
        make_case(nadia)
    few = queries(desk, "/workspace/grievances/cases/")
    for _number in range(10):
        make_case(nadia)
    assert queries(desk, "/workspace/grievances/cases/") == few


def test_a_grievance_page_asks_as_often_with_many_messages_as_with_one(desk, nadia) -> None:
    grievance = make_grievance(("WAG",))
    services.send_message(grievance, "one", actor=nadia)
    path = f"/workspace/grievances/{grievance.ref}/"
    few = queries(desk, path)
    for _number in range(10):
        services.send_message(grievance, "more", actor=nadia)
    assert queries(desk, path) == few


def test_no_word_of_the_workers_is_on_any_page_until_it_is_opened(desk) -> None:
    grievance = make_grievance(recruiter="Golden Bridge", employer="Northwind")
    for path in (
        "/workspace/grievances/",
        f"/workspace/grievances/{grievance.ref}/",
        f"/workspace/grievances/{grievance.ref}/triage/",
    ):
        page = desk.get(path).content.decode()
        for secret in (WORDS, "Golden Bridge", "Northwind"):
            assert secret not in page
    opened = desk.post(
        f"/workspace/grievances/{grievance.ref}/open/", {"reason": "triage"}, follow=True
    ).content.decode()
    assert WORDS in opened
    assert WORDS in desk.get(f"/workspace/grievances/{grievance.ref}/triage/").content.decode()


def test_words_open_only_with_a_reason_and_only_for_half_an_hour(desk, monkeypatch) -> None:
    grievance = make_grievance()
    path = f"/workspace/grievances/{grievance.ref}/"
    assert desk.post(f"{path}open/", {"reason": ""}).status_code == 422
    assert desk.post(f"{path}open/", {"reason": "curiosity"}).status_code == 422
    desk.post(f"{path}open/", {"reason": "triage"})
    assert WORDS in desk.get(path).content.decode()
    monkeypatch.setattr("grievances.openings.SECONDS", -1)
    desk.post(f"{path}open/", {"reason": "triage"})
    assert WORDS not in desk.get(path).content.decode()


def test_words_opened_in_one_grievance_do_not_open_another(desk) -> None:
    first, second = make_grievance(), make_grievance()
    desk.post(f"/workspace/grievances/{first.ref}/open/", {"reason": "triage"})
    assert WORDS not in desk.get(f"/workspace/grievances/{second.ref}/").content.decode()


def test_the_export_holds_codes_and_no_word(desk) -> None:
    grievance = make_grievance(recruiter="Golden Bridge")
    response = desk.get("/workspace/grievances/?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert f"{grievance.ref},high," in text
    assert "DOC+FEE" in text
    assert WORDS not in text
    assert "Golden Bridge" not in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("stage=triage", True),
        ("stage=ended", False),
        ("category=FEE", True),
        ("category=VIO", False),
        ("mine=nobody", True),
        ("mine=me", False),
        ("priority=high", True),
        ("priority=urgent", False),
        ("due=week", True),
        ("country=QA", False),
        ("ref=nonsense", False),
    ],
)
def test_filters_narrow_by_codes_and_dates(desk, query, shown) -> None:
    grievance = make_grievance()
    page = desk.get(f"/workspace/grievances/?{query}").content.decode()
    assert (grievance.ref in page) == shown


def test_a_reference_is_found_however_it_is_typed(desk) -> None:
    grievance = make_grievance()
    assert (
        grievance.ref
        in desk.get("/workspace/grievances/", {"ref": grievance.ref.lower().replace("-", " ")}).content.decode()
    )


def test_a_double_click_on_decide_opens_one_case(desk, nadia) -> None:
    grievance = make_grievance()
    path = f"/workspace/grievances/{grievance.ref}/triage/"
    form = {"form_key": "k" * 24, "codes": ["FEE", "DOC"], "priority": "high", "decision": Decision.ACCEPT}
    first, second = desk.post(path, form), desk.post(path, form)
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith("/workspace/grievances/cases/CASE-")


def test_a_refused_decision_keeps_what_was_typed(desk) -> None:
    grievance = make_grievance(("VIO",))
    form = {
        "codes": ["VIO"],
        "priority": "normal",
        "decision": Decision.ACCEPT,
        "note": "a note of mine",
        "form_key": "x" * 24,
    }
    response = desk.post(f"/workspace/grievances/{grievance.ref}/triage/", form)
    assert response.status_code == 422
    assert "a note of mine" in response.content.decode()


def test_a_case_that_cannot_close_says_everything_that_is_missing(desk, nadia) -> None:
    case = make_case(nadia)
    response = desk.post(
        f"/workspace/grievances/cases/{case.ref}/close/", {"outcome": "resolved_confirmed_by_worker", "root_cause": ""}
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert "No step of remedy is planned" in text
    assert "Choose the root cause" in text
    assert "There are 2 things to correct" in text


def test_files_are_handed_out_only_after_opening_and_never_as_a_page(desk) -> None:
    grievance = make_grievance(files=(b"a note, not a page",))
    file = grievance.files.get().evidence
    path = f"/workspace/grievances/{grievance.ref}/files/{file.ref}/"
    assert desk.get(path).status_code == 302
    desk.post(f"/workspace/grievances/{grievance.ref}/open/", {"reason": "verify"})
    response = desk.get(path)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_each_triage_decision_can_be_taken(desk, nadia) -> None:
    for decision, reason in ((Decision.NEEDS_INFORMATION, ""), (Decision.NOT_ACCEPTED, "out_of_scope")):
        grievance = make_grievance(("WAG",))
        services.triage(grievance, judgement(("WAG",), decision, "normal", reason_code=reason), actor=nadia)
        assert desk.get(f"/workspace/grievances/{grievance.ref}/").status_code == 200
