"""Published figures: once a period is over, protected, the same as page, CSV and JSON, never changed."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import StatisticsRelease
from cms.statistics import counting
from cms.statistics.periods import Period
from cms.statistics.releasing import release, release_finished
from core.actors import SYSTEM
from core.models import AuditEntry
from core.standards import standard
from grievances.models import Concern, Grievance
from recruiters.services import add_licence, register_recruiter

QUARTER = Period(2025, 2)
TODAY = dt.date(2025, 7, 2)
pytestmark = pytest.mark.django_db


def make_reports(number: int, *codes: str, country: str = "QA", day: dt.date = dt.date(2025, 5, 5)) -> None:
    """Write bare grievances: figures read only the day, the country and the categories."""
    for _ in range(number):
        key = f"{Grievance.objects.count():064d}"
        grievance = Grievance.objects.create(
            received_on=day, country=country, language="ne", receipt_locator=key, form_digest=key, receipt_verifier="x"
        )
        for code in codes:
            Concern.objects.create(grievance=grievance, code=code, source=Concern.Source.WORKER)
            Concern.objects.create(grievance=grievance, code=code, source=Concern.Source.TRIAGE)


def figures(period: Period = QUARTER, today: dt.date = TODAY) -> dict[str, Any]:
    return release(period, actor=SYSTEM, today=today).figures


def test_a_period_that_is_not_over_is_never_counted() -> None:
    with pytest.raises(ValueError, match="not over yet"):
        release(QUARTER, actor=SYSTEM, today=dt.date(2025, 6, 30))


def test_it_counts_a_report_once_for_each_thing_it_names() -> None:
    make_reports(12, "FEE", "DOC")
    make_reports(3, "WAG")
    make_reports(40, "FEE", day=dt.date(2025, 7, 1))
    assert counting.categories(QUARTER)["FEE"] == 12
    assert counting.grievances(QUARTER) == 15


def test_small_numbers_of_people_are_nowhere_in_a_release() -> None:
    make_reports(13, "FEE", country="QA")
    make_reports(4, "WAG", country="OM")
    made = figures()
    assert made["categories"]["cells"]["FEE"] == 15
    assert made["categories"]["cells"]["WAG"] is None
    assert "OM" not in made["countries"]["cells"]
    assert made["countries"] == {"cells": {"other": 15}, "total": 15}


def test_grave_harm_is_told_only_by_the_year_and_only_above_a_higher_number() -> None:
    make_reports(15, "SEX")
    make_reports(25, "CHL")
    grave = set(standard("statistics").sensitive)
    assert grave.isdisjoint(figures()["categories"]["cells"])
    year = figures(Period(2025), dt.date(2026, 1, 3))["categories"]["cells"]
    assert year["SEX"] is None
    assert year["CHL"] == 25


def test_a_year_never_gives_away_a_quarter_that_was_hidden() -> None:
    make_reports(20, "FEE", day=dt.date(2025, 2, 1))
    make_reports(3, "FEE", day=dt.date(2025, 5, 1))
    make_reports(30, "FEE", day=dt.date(2025, 8, 1))
    make_reports(15, "FEE", day=dt.date(2025, 11, 1))
    later = dt.date(2026, 1, 3)
    for number in (1, 2, 3, 4):
        figures(Period(2025, number), later)
    assert figures(Period(2025), later)["categories"]["cells"]["FEE"] is None
    assert figures(Period(2025), later)["grievances"]["cells"]["all"] is None


def test_what_was_published_never_changes() -> None:
    make_reports(12, "FEE")
    first = figures()
    make_reports(50, "FEE")
    assert figures() == first
    made = StatisticsRelease.objects.get()
    made.figures = {}
    with pytest.raises(TypeError, match="not changed"):
        made.save()


def test_the_daily_job_publishes_each_period_once_and_writes_it_down() -> None:
    assert release_finished(TODAY) == ["2025-Q2", "2024"]
    assert release_finished(TODAY) == []
    assert AuditEntry.objects.filter(verb="statistics.released").count() == 2


def test_licences_and_decisions_are_counted_as_they_stood() -> None:
    recruiter = register_recruiter(
        name="Everest Overseas", country="NP", actor=SYSTEM, registered_on=dt.date(2024, 1, 1)
    )
    add_licence(
        recruiter, actor=SYSTEM, number="77/2024", issued_on=dt.date(2024, 1, 1), expires_on=dt.date(2025, 6, 29)
    )
    assert counting.licences(Period(2025, 1))["valid"] == 1
    assert counting.licences(QUARTER)["valid"] == 0


def published(client: Client) -> None:
    make_reports(33, "FEE", country="QA")
    make_reports(4, "WAG", country="OM")
    release_finished(TODAY, quarters=4)


def test_page_csv_and_json_tell_the_same_numbers(client: Client) -> None:
    published(client)
    html = client.get("/en/statistics/").content.decode()
    assert "2025, quarter 2" in html
    made = client.get("/en/statistics/categories.json").json()
    fees = next(row for row in made["rows"] if row["code"] == "FEE")
    wages = next(row for row in made["rows"] if row["code"] == "WAG")
    assert fees["values"]["2025-Q2"] == 35
    assert wages["values"]["2025-Q2"] is None
    body = b"".join(client.get("/en/statistics/categories.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(body))}
    assert rows["FEE"]["2025-Q2"] == "35"
    assert rows["WAG"]["2025-Q2"] == "c"
    assert rows["SEX"]["2025-Q2"] == "-"
    assert fees["label"] in html


@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_the_page_is_there_before_the_first_figures(client: Client, language: str) -> None:
    assert client.get(f"/{language}/statistics/").status_code == 200


def test_the_page_asks_for_releases_only_however_many_reports_there_are(client: Client) -> None:
    published(client)
    client.get("/en/verify/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/statistics/")
    assert len(asked) <= 4
    assert not [query for query in asked.captured_queries if "grievances_" in query["sql"]]


def test_a_table_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/en/statistics/names.csv").status_code == 404
