"""A notice says in words what waits and leads there; the page there still asks who may."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from core.models import Notice
from core.notices import lines_for, notify

pytestmark = pytest.mark.django_db


def test_it_says_what_waits_and_leads_there(client: Client, rosa: Any) -> None:
    notify(rosa, "visit_planned", subject_ref="VIS-0000-0000-0")
    client.force_login(rosa)
    page = client.get(reverse("core:notices")).content.decode()
    assert "You are on the team of a visit." in page
    assert reverse("inspections:visit", args=["VIS-0000-0000-0"]) in page


def test_the_same_reference_leads_each_role_to_its_own_place(rosa: Any, partner_user: Any) -> None:
    for user in (rosa, partner_user):
        notify(user, "referral_received", subject_ref="REF-0000-0000-0")
    assert [line.url for line in lines_for(rosa)] == [reverse("inspections:referral", args=["REF-0000-0000-0"])]
    assert [line.url for line in lines_for(partner_user)] == [
        reverse("inspections:inbox_referral", args=["REF-0000-0000-0"])
    ]


def test_a_code_that_nobody_described_still_reads(rosa: Any) -> None:
    notify(rosa, "unheard_of", subject_ref="")
    (line,) = lines_for(rosa)
    with override("en"):
        assert (str(line.words), line.url) == ("Something waits for you.", None)


def test_a_long_list_asks_no_more_than_a_short_one(rosa: Any, django_assert_num_queries: Any) -> None:
    Notice.objects.bulk_create(Notice(user=rosa, code="visit_planned", subject_ref="VIS-0-0-0") for _ in range(100))
    rosa.has_role("inspector")
    with django_assert_num_queries(1):
        assert len(lines_for(rosa)) == 100
