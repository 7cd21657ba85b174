"""Anybody may ask whether a licence is worth what its paper says, today or on a past day."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import SYSTEM
from recruiters.models import Licence
from recruiters.services import add_licence, register_recruiter, revoke_licence, suspend_licence

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def make_licence(name: str = "Everest Overseas", number: str = "1045/071/72", **fields: Any) -> Licence:
    holder = register_recruiter(name=name, country="NP", actor=SYSTEM, registered_on=dt.date(2020, 1, 1))
    terms = {"issued_on": dt.date(2024, 1, 1), "expires_on": TODAY() + dt.timedelta(days=300), **fields}
    return add_licence(holder, actor=SYSTEM, number=number, authority="Department of Foreign Employment", **terms)


def ask(client: Client, code: str, **more: str) -> str:
    response = client.get("/en/verify/", {"code": code, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("written", ["1045/071/72", " 1045 071 72 ", "1045-071-72"])
def test_a_number_is_found_however_it_is_written(client: Client, written: str) -> None:
    make_licence()
    html = ask(client, written)
    assert "Everest Overseas" in html
    assert "Yes, this recruiter may recruit today." in html


def test_a_suspended_licence_is_no_licence(client: Client) -> None:
    licence = make_licence()
    suspend_licence(licence, order_number="44/2026", reason_code="fees_charged", effective_on=TODAY(), actor=SYSTEM)
    assert "No, there is no valid licence today." in ask(client, licence.number)


def test_a_valid_licence_is_no_clear_yes_while_another_of_the_same_recruiter_is_suspended(client: Client) -> None:
    licence = make_licence()
    other = add_licence(
        licence.recruiter, actor=SYSTEM, number="2210/079/080", authority="DoFE", issued_on=dt.date(2025, 1, 1),
        expires_on=TODAY() + dt.timedelta(days=90),
    )  # fmt: skip
    assert "Yes, this recruiter may recruit today." in ask(client, licence.number)
    suspend_licence(other, order_number="44/2026", reason_code="fees_charged", effective_on=TODAY(), actor=SYSTEM)
    warning = "another licence of this recruiter, 2210/079/080, is not valid. The register says: Suspended"
    page = client.get(f"/en/recruiters/{licence.recruiter.ref}/").content.decode()
    for html in (ask(client, licence.number), ask(client, licence.recruiter.ref), page):
        assert warning in html
        assert "may recruit today" not in html
        assert "Do not pay anything before the authority has confirmed" in html or html is page
        assert "answer--good" not in html
    assert warning not in ask(client, licence.number, day="2024-06-01"), "of a past day it says nothing"


def test_a_licence_given_after_another_was_taken_away_stands_for_itself(client: Client) -> None:
    old = make_licence(number="1/2019", issued_on=dt.date(2020, 1, 1))
    revoke_licence(old, order_number="9", reason_code="fees_charged", effective_on=dt.date(2023, 5, 1), actor=SYSTEM)
    add_licence(
        old.recruiter, actor=SYSTEM, number="2/2024", authority="DoFE", issued_on=dt.date(2024, 1, 1),
        expires_on=TODAY() + dt.timedelta(days=90),
    )  # fmt: skip
    html = ask(client, "2/2024")
    assert "Yes, this recruiter may recruit today." in html
    assert "another licence" not in html


def test_the_day_of_recruitment_can_be_asked_for(client: Client) -> None:
    make_licence(expires_on=dt.date(2024, 12, 31))
    assert "No, there is no valid licence today." in ask(client, "1045/071/72")
    assert "was allowed to recruit on 1 June 2024" in ask(client, "1045/071/72", day="2024-06-01")


def test_our_own_references_are_understood(client: Client) -> None:
    licence = make_licence()
    assert "Everest Overseas" in ask(client, licence.ref.lower())
    assert "Everest Overseas" in ask(client, licence.recruiter.ref)


def test_a_slip_in_a_reference_is_named_as_a_slip(client: Client) -> None:
    licence = make_licence()
    wrong = licence.ref[:-1] + ("A" if licence.ref[-1] != "A" else "B")
    assert "seems to be mistyped" in ask(client, wrong)


def test_a_recruiter_without_a_licence_is_said_to_have_none(client: Client) -> None:
    holder = register_recruiter(name="Village Friend", country="NP", actor=SYSTEM)
    assert "No, there is no valid licence today." in ask(client, holder.ref)


ODD = ["99/2099", '"', "'; DROP TABLE", "<script>alert(1)</script>", "%00", "REC-", "-", "\u200f"]


@pytest.mark.parametrize("code", ODD)
def test_what_is_not_registered_is_a_calm_answer(client: Client, code: str) -> None:
    html = ask(client, code)
    assert "<script" not in html
    assert "Nothing is registered" in html or "There is one thing to correct" in html


def test_an_empty_question_or_a_day_that_does_not_exist_is_explained(client: Client) -> None:
    assert "There is one thing to correct" in ask(client, "")
    assert "There is one thing to correct" in ask(client, "1045", day="2026-02-31")


def test_a_recruiter_kept_off_the_public_register_is_not_told(client: Client) -> None:
    licence = make_licence()
    licence.recruiter.is_listed = False
    licence.recruiter.save()
    assert "Nothing is registered" in ask(client, licence.number)


def test_a_reports_number_leads_to_the_report(client: Client) -> None:
    response = client.get("/ar/verify/", {"code": "rpt-1234-5678-9"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/ar/reports/RPT-1234-5678-9/"


def test_the_same_number_from_many_authorities_costs_no_more_queries(client: Client) -> None:
    def queries(holders: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ask(client, "7/2024").count("answer-word") == holders
        return len(asked)

    client.get("/en/verify/")
    make_licence("Agency", "7/2024", country="NP")
    one = queries(1)
    for country in ("IN", "BD", "LK", "PH", "ID", "KE"):
        make_licence(f"Agency {country}", "7/2024", country=country)
    assert queries(7) == one
