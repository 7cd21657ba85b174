"""Whoever reloads an address that only takes a form arrives on the page above it; it tells nobody anything."""

import pytest
from django.test import Client

from core.formaddresses import page_above

NAVIGATES = {"sec-fetch-mode": "navigate"}
ADDRESS = "/workspace/grievances/cases/CASE-0000-0000-0/repayment/1/fees/2/strike/"


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/workspace/grievances/cases/CASE-1/steps/", "/workspace/grievances/cases/CASE-1/"),
        (
            "/workspace/grievances/cases/C/repayment/1/payments/2/word/",
            "/workspace/grievances/cases/C/repayment/1/payments/",
        ),
        ("/workspace/grievances/GRV-1/kept/holds/5/", "/workspace/grievances/GRV-1/kept/"),
        ("/workspace/nowhere/at/all/", "/workspace/"),
    ],
)
def test_the_page_above_is_the_nearest_address_that_leads_anywhere(path: str, above: str) -> None:
    assert page_above(path) == above


@pytest.mark.django_db
def test_a_browser_is_led_to_the_page_and_a_program_is_told_what_is_taken(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 405
    answer = client.get(ADDRESS, headers=NAVIGATES)
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/workspace/grievances/cases/CASE-0000-0000-0/repayment/1/fees/",
    )


@pytest.mark.django_db
def test_everybody_is_led_the_same_way_whether_the_row_is_there_or_not(nadia, omar, client: Client) -> None:
    answers = []
    for user in (None, nadia, omar):
        asks = Client()
        if user is not None:
            asks.force_login(user)
        answers.append(asks.get(ADDRESS, headers=NAVIGATES)["Location"])
    assert len(set(answers)) == 1
    assert client.post(ADDRESS, headers=NAVIGATES).status_code in (302, 404)  # a form that is sent is never led away
