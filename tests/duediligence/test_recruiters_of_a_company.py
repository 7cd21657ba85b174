"""What a company reads of the recruiters that work for it: the register's own words, on its list and beside each."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actors import SYSTEM
from duediligence.models import Record
from recruiters.models import Recruiter
from recruiters.services import add_licence, suspend_licence
from tests.duediligence.making import make_company, make_complete_record, make_engagement, make_recruiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, quentin: Any) -> Client:
    client.force_login(quentin)
    return client


@pytest.fixture
def record(quentin: Any) -> Record:
    return make_complete_record(make_company(quentin))


def test_a_company_reads_what_the_register_says_of_its_recruiter_today(signed_in: Client, record: Record) -> None:
    engagement = record.company.engagements.get()
    entry = Recruiter.objects.get(party=engagement.recruiter)
    licence = add_licence(
        entry, actor=SYSTEM, number="77/2024", issued_on=date(2024, 1, 1), expires_on=date(2060, 1, 1)
    )
    address = reverse("duediligence:engagement", args=[engagement.ref])
    assert "Licence valid today" in signed_in.get(address).content.decode()
    order = {"order_number": "44/2026", "reason_code": "fees_charged", "effective_on": date(2026, 1, 5)}
    suspend_licence(licence, actor=SYSTEM, **order)
    page = signed_in.get(address).content.decode()
    assert "Licence suspended since 5 January 2026 by order 44/2026." in page
    assert reverse("recruiters_public:recruiter", args=[entry.ref]).partition("/recruiters/")[2] in page
    assert "No rating of it is published." in page
    for name in ("engagements", "engagement_find"):
        assert "Suspended" in signed_in.get(reverse(f"duediligence:{name}"), {"q": "Golden"}).content.decode()


def test_the_list_of_recruiters_costs_no_more_queries_for_more_of_them(signed_in: Client, record: Record) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            signed_in.get(reverse("duediligence:engagements"))
        return len(asked)

    signed_in.get(reverse("duediligence:engagements"))
    few = queries()
    for number in range(5):
        make_engagement(record.company, make_recruiter(f"Agency {number}"))
    assert queries() == few
