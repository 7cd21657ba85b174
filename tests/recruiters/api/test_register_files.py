"""The register as files and feeds: whole, described, unchanged when nothing changed, cheap per chunk."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from yente_client import entities

from core.actors import SYSTEM
from core.api import throttling
from core.tabular import read_table
from recruiters import services
from recruiters.exchange import reading
from tests.recruiters.making import make_licence, make_recruiter, suspend

BASE = "/api/v1/register"
ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


def body(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def table(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client.get(f"{BASE}/recruiters.csv")), newline="")))


@pytest.fixture
def recruiter() -> Any:
    found = make_recruiter(
        "Golden Bridge Manpower", names=[("गोल्डेन ब्रिज", "alias"), ("Old Bridge", "former")], destinations=["QA", "AE"],
        sectors=["construction"], phone="+977 1 555", email="owner@example.org",
    )  # fmt: skip
    make_licence(found, number="RL-1", country="NP")
    found.refresh_from_db()
    return found


def test_the_table_says_what_the_register_says_today(client: Client, recruiter: Any) -> None:
    row = table(client)[0]
    assert (row["id"], row["name"], row["status"], row["may_recruit"]) == (
        recruiter.ref, "Golden Bridge Manpower", "active", "true",
    )  # fmt: skip
    assert row["other_names"] == "गोल्डेन ब्रिज"
    assert row["destinations"] == "AE|QA"
    assert row["valid_until"] == recruiter.expires_on.isoformat()
    suspend(recruiter.licences.get())
    assert (table(client)[0]["status_group"], table(client)[0]["may_recruit"]) == ("suspended", "false")


def test_the_description_fits_the_table_column_by_column(client: Client, recruiter: Any) -> None:
    answer = client.get(f"{BASE}/recruiters.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert 'recruiters.csv-metadata.json>; rel="describedby"; type="application/csvm+json"' in answer["Link"]
    described = client.get(f"{BASE}/recruiters.csv-metadata.json")
    assert described["Content-Type"] == "application/csvm+json"
    data = json.loads(described.content)
    assert data["@context"] == "http://www.w3.org/ns/csvw"
    names = [column["name"] for column in data["tableSchema"]["columns"]]
    assert names == body(answer).splitlines()[0].split(",")
    assert data["tableSchema"]["primaryKey"] in names


def test_a_name_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(client: Client) -> None:
    make_recruiter('=HYPERLINK("http://evil.example","Manpower")')
    assert table(client)[0]["name"].startswith("'=")


def test_the_product_reads_its_own_table_back(client: Client, recruiter: Any, tmp_path: Path) -> None:
    path = tmp_path / "recruiters.csv"
    path.write_text(body(client.get(f"{BASE}/recruiters.csv")), encoding="utf-8", newline="")
    found = read_table(path)
    assert [row.values["id"] for row in found.rows()] == [recruiter.ref]
    assert found.problems == []


def test_json_lines_hold_every_licence_and_no_way_to_reach_a_person(client: Client, recruiter: Any) -> None:
    text = body(client.get(f"{BASE}/recruiters.jsonl"))
    data = json.loads(text)
    assert data["licences"][0]["number"] == "RL-1"
    assert data["former_names"] == ["Old Bridge"]
    assert "+977 1 555" not in text
    assert "owner@example.org" not in text
    assert client.get(f"{BASE}/{recruiter.ref}.json").json() == data


def test_every_ftm_entity_fits_the_schema_that_it_names(client: Client, recruiter: Any) -> None:
    lines = [json.loads(line) for line in body(client.get(f"{BASE}/recruiters.ftm.jsonl")).splitlines()]
    assert [line["schema"] for line in lines] == ["Company", "Identification"]
    for line in lines:
        getattr(entities, line["schema"]).model_validate(line["properties"])
        assert all(isinstance(v, str) and v for values in line["properties"].values() for v in values)
    assert lines[1]["properties"]["holder"] == [recruiter.ref]
    assert lines[0]["properties"]["licenseNumber"] == ["RL-1"]


def test_a_copy_that_is_still_good_is_not_sent_again(client: Client, recruiter: Any) -> None:
    for name in ("recruiters.csv", "recruiters.csv-metadata.json", "recruiters.jsonl", "recruiters.ftm.jsonl",
                 "recruiters.bods.jsonl", "changes.atom"):  # fmt: skip
        first = client.get(f"{BASE}/{name}")
        body(first)
        same = client.get(f"{BASE}/{name}", headers={"if-none-match": first["ETag"]})
        assert (same.status_code, same["ETag"]) == (304, first["ETag"])
        since = client.get(f"{BASE}/{name}", headers={"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304
    etag = client.get(f"{BASE}/recruiters.csv")["ETag"]
    services.edit_recruiter(recruiter, name="Golden Bridge International", actor=SYSTEM)
    changed = client.get(f"{BASE}/recruiters.csv", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert "Golden Bridge International" in body(changed)


def test_head_tells_the_validators_without_the_file(client: Client, recruiter: Any) -> None:
    answer = client.head(f"{BASE}/recruiters.csv")
    assert answer.status_code == 200
    assert answer["ETag"] == client.get(f"{BASE}/recruiters.csv")["ETag"]
    assert "Content-Length" not in answer.headers, "a length of nothing would say that the file is empty"


def test_a_chunk_costs_the_same_statements_for_25_and_for_100_recruiters(client: Client) -> None:
    def costs() -> list[int]:
        counted = []
        for name in ("recruiters.csv", "recruiters.jsonl", "recruiters.ftm.jsonl", "recruiters.bods.jsonl"):
            throttling._leases.clear()
            with CaptureQueriesContext(connection) as caught:
                body(client.get(f"{BASE}/{name}"))
            counted.append(len(caught))
        return counted

    found = []
    for many in (25, 75):
        for place in range(many):
            make_licence(make_recruiter(f"Agency {many} {place}"))
        found.append(costs())
    assert found[0] == found[1]


def test_no_row_is_lost_or_doubled_between_chunks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 3)
    refs = {make_recruiter(f"Agency {place}").ref for place in range(10)}
    rows = table(client)
    assert len(rows) == 10
    assert {row["id"] for row in rows} == refs


def entries(client: Client, path: str = "changes.atom") -> list[dict[str, str]]:
    answer = client.get(f"{BASE}/{path}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.find(f"{ATOM}id") is not None
    assert feed.find(f"{ATOM}updated") is not None
    return [{part.tag.removeprefix(ATOM): part.text or "" for part in entry} for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_tells_each_change_once_with_an_id_that_stays(client: Client, recruiter: Any) -> None:
    suspend(recruiter.licences.get())
    first = entries(client)
    assert [one["title"] for one in first] == ["Golden Bridge Manpower: Suspended, disciplinary",
                                              "Golden Bridge Manpower: Valid"]  # fmt: skip
    assert all(one["id"].startswith("tag:") for one in first)
    assert len({one["id"] for one in first}) == 2
    other = make_licence(make_recruiter("Silver Lake"), number="RL-9").recruiter
    assert {one["id"] for one in first} < {one["id"] for one in entries(client)}
    assert [one["title"] for one in entries(client, f"{other.ref}/changes.atom")] == ["Silver Lake: Valid"]


def test_a_term_that_ran_out_is_told_though_nobody_decided_it(client: Client) -> None:
    today = timezone.localdate()
    make_licence(number="RL-3", issued_on=today - timedelta(days=400), expires_on=today - timedelta(days=2))
    assert entries(client)[0]["title"].endswith(": Expired")


def test_a_decision_that_begins_later_is_not_told_before_its_day(client: Client, recruiter: Any) -> None:
    suspend(recruiter.licences.get(), effective_on=timezone.localdate() + timedelta(days=3))
    assert [one["title"] for one in entries(client)] == ["Golden Bridge Manpower: Valid"]


def test_what_is_not_listed_is_in_no_file_and_no_feed(client: Client, recruiter: Any) -> None:
    recruiter.is_listed = False
    recruiter.save()
    for name in ("recruiters.csv", "recruiters.jsonl", "recruiters.ftm.jsonl", "recruiters.bods.jsonl", "changes.atom"):
        assert recruiter.ref not in body(client.get(f"{BASE}/{name}"))
    assert client.get(f"{BASE}/{recruiter.ref}.json").status_code == 404
    assert client.get(f"{BASE}/{recruiter.ref}/changes.atom").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "jsonl", "ftm"])
def test_the_command_writes_what_the_address_answers(client: Client, recruiter: Any, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"out.{kind}"
    call_command("export_register", str(path), "--format", kind, stdout=io.StringIO())
    name = {"csv": "recruiters.csv", "jsonl": "recruiters.jsonl", "ftm": "recruiters.ftm.jsonl"}[kind]
    assert path.read_bytes().decode() == body(client.get(f"{BASE}/{name}"))
    if kind == "csv":
        described = json.loads(path.with_name("out.csv-metadata.json").read_text(encoding="utf-8"))
        assert described["url"] == "out.csv"


def both_licences(recruiter: Any) -> list[str]:
    """Give a recruiter a second, suspended licence of another country, and return both numbers."""
    suspend(make_licence(recruiter, number="QA-77", country="QA"))
    recruiter.refresh_from_db()
    return ["QA-77", "RL-1"]


def test_every_file_tells_of_every_licence(client: Client, recruiter: Any, farah: Any) -> None:
    numbers = both_licences(recruiter)
    row = table(client)[0]
    assert row["licence_numbers"].split("|") == numbers
    lines = list(csv.DictReader(io.StringIO(body(client.get(f"{BASE}/licences.csv")), newline="")))
    assert [(line["number"], line["country"], line["status"], line["valid"]) for line in lines] == [
        ("QA-77", "QA", "suspended_disciplinary", "false"), ("RL-1", "NP", "active", "true"),
    ]  # fmt: skip
    assert [line["id"] for line in lines] == row["licences"].split("|")
    assert {line["recruiter"] for line in lines} == {row["id"]}
    held = json.loads(body(client.get(f"{BASE}/recruiters.jsonl")))["licences"]
    assert [(one["id"], one["number"], one["status"]) for one in held] == [
        (line["id"], line["number"], line["status"]) for line in lines
    ]
    feed = body(client.get(f"{BASE}/changes.atom"))
    assert all(number in feed for number in numbers)
    for address in ("/en/recruiters/?format=csv", "/workspace/recruiters/register/?format=csv"):
        client.force_login(farah)
        file = body(client.get(address))
        assert "RL-1, " in file, address
        assert "QA-77, " in file, address


def test_both_tables_are_described_together_with_what_ties_them(client: Client, recruiter: Any) -> None:
    both_licences(recruiter)
    group = json.loads(client.get(f"{BASE}/csv-metadata.json").content)
    assert [one["url"] for one in group["tables"]] == ["recruiters.csv", "licences.csv"]
    tie = group["tables"][1]["tableSchema"]["foreignKeys"][0]
    assert tie["reference"] == {"resource": "recruiters.csv", "columnReference": "id"}
    for one in group["tables"]:
        named = [column["name"] for column in one["tableSchema"]["columns"]]
        answer = client.get(f"{BASE}/{one['url']}")
        assert body(answer).splitlines()[0].split(",") == named
        alone = client.get(f"{BASE}/{one['url']}-metadata.json").json()
        assert [column["name"] for column in alone["tableSchema"]["columns"]] == named
        assert f"{one['url']}-metadata.json" in answer["Link"]
        assert tie["columnReference"] in named or one["url"] == "recruiters.csv"
