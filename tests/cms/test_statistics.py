"""Published figures: once a period is over, protected, the same as page, CSV and JSON, never changed."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import StatisticsCube, StatisticsRelease
from cms.statistics import counting
from cms.statistics.periods import Period
from cms.statistics.releasing import release, release_finished
from core.actors import SYSTEM
from core.models import AuditEntry
from core.standards import standard
from grievances.models import Concern, ConsentGiven, Grievance, PersonFacts
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
        ConsentGiven.objects.create(
            grievance=grievance, purpose="statistics_anonymised", given=True, on=day, language="ne"
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
    assert counting.cube(QUARTER).categories["FEE"] == 12
    assert counting.cube(QUARTER).everybody == 15


def test_small_numbers_of_people_are_nowhere_in_a_release() -> None:
    make_reports(13, "FEE", country="QA")
    make_reports(12, "CON", country="QA")
    make_reports(4, "WAG", country="OM")
    made = figures()
    assert made["categories"]["cells"]["FEE"] == 15
    assert made["categories"]["cells"]["WAG"] is None
    assert "OM" not in made["countries"]["cells"]
    assert made["countries"] == {"cells": {"other": 30}, "total": 30}


def test_where_all_but_a_few_name_the_same_that_is_not_told_for_it_tells_of_the_few() -> None:
    make_reports(33, "FEE")
    make_reports(4, "WAG")
    made = figures()
    assert made["grievances"]["cells"]["all"] == 35
    assert made["categories"]["cells"]["FEE"] is None


def test_who_does_not_want_to_be_counted_is_not_counted() -> None:
    make_reports(30, "FEE")
    first = Grievance.objects.order_by("pk").first()
    for given in (True, False):
        ConsentGiven.objects.create(
            grievance=first, purpose="statistics_anonymised", given=given, on=TODAY, language="ne"
        )
    assert counting.cube(QUARTER).everybody == 29


def test_a_year_is_its_quarters_added_whatever_is_changed_later() -> None:
    make_reports(40, "FEE", day=dt.date(2025, 2, 1))
    make_reports(40, "WAG", day=dt.date(2025, 2, 1))
    later = dt.date(2026, 1, 3)
    figures(Period(2025, 1), later)
    assert StatisticsCube.objects.count() == 1
    Concern.objects.filter(code="FEE", grievance__in=Grievance.objects.all()[:3]).update(code="TIP")
    Grievance.objects.filter(pk__in=Grievance.objects.values("pk")[:4]).delete()
    year = figures(Period(2025), later)
    assert year["categories"]["cells"]["FEE"] == 40
    assert year["grievances"]["cells"]["all"] == 80
    assert not StatisticsCube.objects.exists(), "exact counts are not kept once their year is told"


def make_people(number: int, age: str, sex: str, code: str = "FEE") -> None:
    """Write bare grievances of people who said their age group and sex."""
    known = set(Grievance.objects.values_list("pk", flat=True))
    make_reports(number, code)
    PersonFacts.objects.bulk_create(
        PersonFacts(grievance=grievance, age_band=age, sex=sex, source="handler", said_on=TODAY)
        for grievance in Grievance.objects.exclude(pk__in=known)
    )


def test_a_year_tells_age_group_and_sex_and_of_few_nothing(client: Client) -> None:
    make_people(40, "25_34", "female")
    make_people(60, "25_34", "male", "WAG")
    make_people(3, "35_44", "female", "WAG")
    make_people(50, "35_44", "male")
    make_people(12, "under_18", "male")
    make_reports(30, "WAG")
    cells = figures(Period(2025), dt.date(2026, 1, 3))["people"]["cells"]
    assert cells["25_34|male"] == 60
    assert cells["35_44|female"] is None
    assert cells["under_18|male"] is None, "children are told of only above twenty"
    assert cells["total|total"] == 195
    table = client.get("/en/statistics/people.json").json()
    assert table["year"] == "2025"
    assert table["columns"] == ["female", "male", "not_stated", "total"]
    by_sex = client.get("/en/statistics/categories_sex.json").json()
    assert {row["code"] for row in by_sex["rows"]}.isdisjoint(standard("statistics").sensitive)


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
    assert AuditEntry.objects.filter(verb="statistics.released").count() == 6  # a year after its four quarters


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
    make_reports(12, "CON", country="QA")
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


def test_the_data_package_holds_every_table_with_its_meaning(client: Client) -> None:
    published(client)
    answer = client.get("/en/statistics/datapackage.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        described = json.loads(package.read("datapackage.json"))
        assert described["name"] == "safeconduct-statistics"
        for resource in described["resources"]:
            rows = list(csv.DictReader(io.StringIO(package.read(resource["path"]).decode())))
            assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
        fees = csv.DictReader(io.StringIO(package.read("data/categories.csv").decode()))
        told = {(row["code"], row["period"]): row for row in fees}
    assert told["FEE", "2025-Q2"]["count"] == "35"
    assert (told["WAG", "2025-Q2"]["count"], told["WAG", "2025-Q2"]["status"]) == ("", "hidden")
    assert client.get("/en/statistics/datapackage.zip").content == answer.content


@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_the_method_is_told_with_its_numbers(client: Client, language: str) -> None:
    html = client.get(f"/{language}/statistics/method/").content.decode()
    tier = standard("statistics").tier
    assert f"<strong>{tier('public').k}</strong>" in html
    assert f"<strong>{tier('public_sensitive').k}</strong>" in html


def unpacked(client: Client) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """Return what a data package says of itself, and the rows of each of its tables."""
    with zipfile.ZipFile(io.BytesIO(client.get("/en/statistics/datapackage.zip").content)) as package:
        described = json.loads(package.read("datapackage.json"))
        rows = {
            each["name"]: list(csv.DictReader(io.StringIO(package.read(each["path"]).decode())))
            for each in described["resources"]
        }
    return described, rows


def test_the_data_package_keeps_to_its_own_schema(client: Client) -> None:
    make_people(40, "25_34", "female")
    make_people(60, "25_34", "male", "WAG")
    make_people(33, "under_18", "male", "SEX")
    make_people(3, "35_44", "female", "WAG")
    release(Period(2025), actor=SYSTEM, today=dt.date(2026, 1, 3))
    described, tables = unpacked(client)
    assert described["profile"] == "tabular-data-package"
    for resource in described["resources"]:
        schema, rows = resource["schema"], tables[resource["name"]]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        for field in schema["fields"]:
            rules = field["constraints"]
            for value in (row[field["name"]] for row in rows):
                assert value or not rules.get("required")
                assert not value or re.fullmatch(rules.get("pattern", ".*"), value)
                assert value in rules.get("enum", [value])
                if field["type"] == "integer" and value:
                    assert int(value) >= rules.get("minimum", 0)
        for each in schema.get("foreignKeys", []):
            there = {tuple(row[name] for name in each["reference"]["fields"]) for row in tables["categories"]}
            assert {tuple(row[name] for name in each["fields"]) for row in rows} <= there


def test_every_format_says_from_which_number_on_it_tells_and_how_the_rest_is_hidden(client: Client) -> None:
    make_people(40, "25_34", "female")
    make_people(60, "25_34", "male", "WAG")
    make_people(33, "under_18", "male", "SEX")
    make_people(3, "35_44", "female", "WAG")
    release(Period(2025), actor=SYSTEM, today=dt.date(2026, 1, 3))
    described, tables = unpacked(client)
    of = {resource["name"]: resource for resource in described["resources"]}
    assert of["people"]["smallest_counts_shown"] == [11, 20]
    assert of["people"]["rounded_to"] == 5
    assert "linear programming" in of["people"]["suppression"]
    assert of["licences"]["smallest_counts_shown"] == [1]
    for row in [*tables["people"], *tables["categories"], *tables["categories-sex"]]:
        assert row["status"] != "told" or row["count"] == "0" or int(row["count"]) >= int(row["smallest_shown"])
        assert (row["smallest_shown"] == "20") == (row["code"] in {"under_18", *standard("statistics").sensitive})
    told = {(row["code"], row["sex"]): row for row in tables["people"]}
    everybody = {(row["period"], row["code"]): row["count"] for row in tables["grievances"]}
    assert told["total", "total"]["count"] == everybody["2025", "all"]
    assert told["35_44", "female"]["status"] == "hidden"
    made = client.get("/en/statistics/people.json").json()
    assert "linear programming" in made["suppression"]
    assert {row["smallest_shown"] for row in made["rows"]} == {11, 20}
    answer = client.get("/en/statistics/people.csv")
    assert 'rel="describedby"' in answer["Link"]
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert {line["smallest_shown"] for line in lines} == {"11", "20"}
