"""The published client of yente, unmodified, works against a running server: its library and its command line."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from yente_client import Client, Company, Person
from yente_client.exceptions import AuthenticationError, BadRequestError, NotFoundError, RateLimitError

from core.api import throttling
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lists(tmp_path: Path) -> Any:
    licence = make_licence(make_recruiter("Golden Bridge Manpower Pvt. Ltd."), number="RL-0042", country="NP")
    make_watchlist(
        tmp_path,
        {"name": "Dorian Kaltenbrunn", "id": "NK-person", "schema": "Person", "referents": ["old-1"]},
        {"name": "Orlan Vasquez Trading", "id": "NK-firm", "country": "py"},
    )
    return licence


@pytest.fixture
def client(live_server: Any, key_for: Any) -> Any:
    with Client(base_url=f"{live_server.url}/api/v1", api_key=key_for("match:register", "match:watchlists")) as opened:
        yield opened


def test_case_9_match_finds_the_same_ids_and_says_why(client: Client, lists: Any) -> None:
    found = client.match(Company(name="Golden Bridge Manpower", country="np", licenseNumber="RL-0042"))
    assert found.top is not None
    assert (found.top.id, found.top.match) == (lists.recruiter.ref, True)
    assert found.top.contributing_explanations
    assert found.query["properties"]["country"] == ["np"]
    person = client.match(Person(firstName="Dorian", lastName="Kaltenbrunn"), datasets=["watchlists"], threshold=0.7)
    assert [hit.id for hit in person.matches] == ["NK-person"]
    assert person.top is not None
    assert person.top.datasets == ["debarred"]


def test_filters_of_the_client_reach_the_server(client: Client, lists: Any) -> None:
    asked = Company(name="Orlan Vasquez Trading")
    assert client.match(asked, limit=1, algorithm="best").limit == 1
    assert client.match(asked, exclude_entities=["NK-firm"]).results == []
    assert client.match(asked, topics=["wanted"]).results == []
    assert client.match(asked, datasets=["default", "debarred"]).top is not None


def test_a_stream_of_entities_keeps_its_keys(client: Client, lists: Any) -> None:
    asked = (
        (name, Company(name=name)) for name in ("Orlan Vasquez Trading", "Golden Bridge Manpower", "Nobody At All")
    )
    found = dict(client.match_iter(asked, workers=2))
    assert {name: answer.top.id if answer.top else None for name, answer in found.items()} == {
        "Orlan Vasquez Trading": "NK-firm",
        "Golden Bridge Manpower": lists.recruiter.ref,
        "Nobody At All": None,
    }


def test_the_other_addresses_answer_in_the_client_s_models(client: Client, lists: Any) -> None:
    assert client.healthz().status == client.readyz().status == "ok"
    catalog = client.datasets()
    assert {one.name for one in catalog.datasets} == {"register", "watchlists", "debarred"}
    assert catalog.current == ["register", "debarred"]
    algorithms = client.algorithms()
    assert algorithms.best in {one.name for one in algorithms.algorithms}
    entity = client.fetch(lists.recruiter.ref)
    assert entity.properties["identificationEntity"][0].schema_ == "Identification"
    assert client.fetch("old-1").id == "NK-person"
    assert client.search("golden").results[0].id == lists.recruiter.ref
    assert client.adjacent(lists.recruiter.ref).adjacent["identificationEntity"].total.value == 1


def test_refusals_arrive_as_the_client_s_own_errors(
    client: Client, lists: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadRequestError, match="algorithm"):
        client.match(Company(name="x y z"), algorithm="neural-net")
    with pytest.raises(NotFoundError):
        client.match(Company(name="x y z"), datasets=["sanctions"])
    wrong = Client(base_url=f"{live_server.url}/api/v1", api_key="sc_00000000_wrong")
    with wrong as stranger, pytest.raises(AuthenticationError):
        stranger.match(Company(name="x y z"))
    monkeypatch.setattr(throttling, "RATES", dict.fromkeys(throttling.RATES, 0))
    throttling._leases.clear()
    with pytest.raises(RateLimitError) as refused:
        client.match(Company(name="x y z"))
    assert refused.value.retry_after


def test_case_9_the_command_line_screens_a_sheet(live_server: Any, key_for: Any, lists: Any, tmp_path: Path) -> None:
    sheet, out = tmp_path / "sheet.csv", tmp_path / "out.csv"
    rows = ["Golden Bridge Manpower,np,RL-0042", "Orlan Vasquez Trading,py,", "Entirely Unknown Placement,,"]
    sheet.write_text("\n".join(["agency,country,licence", *rows]), encoding="utf-8")
    program = str(Path(sys.executable).parent / "yente-cli")
    given = {"YENTE_BASE_URL": f"{live_server.url}/api/v1", "OPENSANCTIONS_API_KEY": key_for("match:register",
             "match:watchlists"), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}  # fmt: skip
    columns = ["-i", "agency=name", "-i", "country=country", "-i", "licence=licenseNumber"]
    options = ["-s", "Company", *columns, "--match", "--include-empty", "--explanation", "--workers", "2"]
    done = subprocess.run(
        [program, "screen", str(sheet), str(out), *options], env=given, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        told = {row["agency"]: row["match_id"] for row in csv.DictReader(file)}
    assert told == {
        "Golden Bridge Manpower": lists.recruiter.ref,
        "Orlan Vasquez Trading": "NK-firm",
        "Entirely Unknown Placement": "",
    }
