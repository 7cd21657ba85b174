"""Where each role's day begins: few questions to the database, with the demo's thousands of grievances in it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User

MOST = 15
OWN_PAGE = 16
"""A recruiter's day begins on its own page: one question for each kind of thing that the register holds on it."""


@pytest.mark.parametrize("username", ["nadia", "farah", "adaeze", "rosa", "quentin", "omar", "pema", "admin"])
def test_the_first_page_of_a_role_asks_the_database_few_questions(world: None, username: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    there = client.get("/workspace/")["Location"]
    client.get(there)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(there).status_code == 200
    most = OWN_PAGE if username == "omar" else MOST
    assert len(asked) <= most, "\n".join(query["sql"][:150] for query in asked)


@pytest.mark.parametrize("username", ["nadia", "farah", "adaeze"])
def test_the_indicators_ask_the_database_few_questions(world: None, username: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    client.get("/workspace/grievances/indicators/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/workspace/grievances/indicators/").status_code == 200
    assert len(asked) <= MOST, "\n".join(query["sql"][:150] for query in asked)
