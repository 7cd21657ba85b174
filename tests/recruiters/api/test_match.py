"""Matching answers as clients of yente expect, to keys that may ask, and only with what they may see."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.actors import SYSTEM
from recruiters import services
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

BOTH = ("match:register", "match:watchlists")


def ask(client: Client, *queries: dict[str, Any], dataset: str = "default", **params: Any) -> Any:
    named = {f"q{place}": query for place, query in enumerate(queries)}
    query_string = "&".join(f"{k}={v}" for k, v in params.items())
    url = f"/api/v1/match/{dataset}?{query_string}"
    return client.post(url, {"queries": named}, content_type="application/json")


def company(name: str, **properties: Any) -> dict[str, Any]:
    return {"schema": "Company", "properties": {"name": [name], **properties}}


def person(name: str, **properties: Any) -> dict[str, Any]:
    return {"schema": "Person", "properties": {"name": [name], **properties}}


def ids(response: Any, key: str = "q0") -> list[str]:
    return [one["id"] for one in response.json()["responses"][key]["results"]]


@pytest.fixture
def listed(tmp_path: Path) -> Any:
    return make_watchlist(
        tmp_path,
        {"name": "Orlan Vasquez Trading", "id": "NK-old", "country": "py", "referents": ["py-77"]},
        {"name": "Dorian Kaltenbrunn", "id": "NK-person", "schema": "Person", "topics": ["crime.traffick.human"]},
        source="Debarred",
    )


@pytest.mark.django_db
def test_a_query_finds_the_register_and_the_lists_that_the_key_may_ask(caller: Any, listed: Any) -> None:
    recruiter = make_recruiter("Golden Bridge Manpower Pvt. Ltd.")
    answer = ask(caller(*BOTH), company("Golden Bridge Manpower"), company("Orlan Vasquez Trading"))
    assert answer.status_code == 200
    assert answer["x-batch-size"] == "2"
    first = answer.json()["responses"]["q0"]
    assert first["status"] == 200
    top = first["results"][0]
    assert (top["id"], top["schema"], top["match"]) == (recruiter.ref, "Company", True)
    assert top["score"] >= 0.7
    assert top["explanations"]
    for feature in top["explanations"].values():
        assert {"score", "detail", "weight"} <= feature.keys()
    assert ids(answer, "q1") == ["NK-old"]


@pytest.mark.django_db
def test_the_query_is_echoed_cleaned_with_the_caller_s_own_id(caller: Any) -> None:
    query = {"id": "mine", "schema": "Company", "properties": {"name": "Any Agency", "country": "Nepal", "phone": 12}}
    told = ask(caller(*BOTH), query).json()["responses"]["q0"]["query"]
    assert told == {
        "id": "mine",
        "schema": "Company",
        "properties": {"name": ["Any Agency"], "country": ["np"], "phone": ["12"]},
    }


@pytest.mark.django_db
def test_nobody_without_a_key_matches_anything(client: Client) -> None:
    answer = ask(client, company("Golden Bridge"), dataset="register")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("ApiKey")
    assert answer.json()["errors"][0]["type"] == "not_authenticated"


@pytest.mark.django_db
def test_a_key_for_the_register_never_learns_of_a_watchlist(caller: Any, listed: Any) -> None:
    client = caller("match:register")
    assert ids(ask(client, company("Orlan Vasquez Trading"))) == []
    assert ask(client, company("Orlan Vasquez Trading"), dataset="watchlists").status_code == 403
    assert ask(client, company("Orlan Vasquez Trading"), dataset="debarred").status_code == 404
    assert ask(client, company("Orlan Vasquez Trading"), dataset="no-such-list").status_code == 404
    assert ask(client, company("Orlan"), dataset="register", include_dataset="debarred").status_code == 404
    assert client.get("/api/v1/entities/NK-old").status_code == 404
    assert client.get("/api/v1/search/default?q=Orlan").json()["results"] == []
    names = [one["name"] for one in client.get("/api/v1/catalog").json()["datasets"]]
    assert names == ["register"]


@pytest.mark.django_db
def test_a_key_for_watchlists_never_learns_of_the_register(caller: Any, listed: Any) -> None:
    recruiter = make_recruiter("Golden Bridge Manpower")
    client = caller("match:watchlists")
    assert ids(ask(client, company("Golden Bridge Manpower"))) == []
    assert ask(client, company("Golden Bridge Manpower"), dataset="register").status_code == 403
    assert client.get(f"/api/v1/entities/{recruiter.ref}").status_code == 404


@pytest.mark.django_db
def test_a_recruiter_that_is_not_public_is_not_matched(caller: Any) -> None:
    recruiter = make_recruiter("Quiet Harbour Overseas")
    recruiter.is_listed = False
    recruiter.save()
    client = caller(*BOTH)
    assert ids(ask(client, company("Quiet Harbour Overseas"))) == []
    assert client.get(f"/api/v1/entities/{recruiter.ref}").status_code == 404


@pytest.mark.django_db
def test_entities_already_judged_are_left_out_by_any_of_their_ids(caller: Any, listed: Any) -> None:
    client = caller(*BOTH)
    assert ids(ask(client, company("Orlan Vasquez Trading"))) == ["NK-old"]
    assert ids(ask(client, company("Orlan Vasquez Trading"), exclude_entity_ids="NK-old")) == []
    assert ids(ask(client, company("Orlan Vasquez Trading"), exclude_entity_ids="py-77")) == []
    too_many = "&exclude_entity_ids=".join(str(n) for n in range(51))
    assert ask(client, company("Orlan"), exclude_entity_ids=too_many).status_code == 400


@pytest.mark.django_db
def test_filters_narrow_by_topic_schema_list_and_day(caller: Any, listed: Any) -> None:
    client, query = caller(*BOTH), person("Dorian Kaltenbrunn")
    assert ids(ask(client, query)) == ["NK-person"]
    assert ids(ask(client, query, topics="debarment")) == []
    assert ids(ask(client, query, topics="crime.traffick.human")) == ["NK-person"]
    assert ids(ask(client, query, exclude_schema="Person")) == []
    assert ids(ask(client, query, exclude_dataset="debarred")) == []
    assert ids(ask(client, query, include_dataset="register")) == []
    assert ids(ask(client, query, include_dataset="debarred")) == ["NK-person"]
    assert ids(ask(client, query, changed_since="2999-01-01")) == []
    assert ids(ask(client, query, changed_since="2001-01-01T00:00:00")) == ["NK-person"]


@pytest.mark.django_db
def test_an_old_id_leads_to_the_record_that_it_went_into(caller: Any, listed: Any) -> None:
    client = caller(*BOTH)
    moved = client.get("/api/v1/entities/py-77")
    assert (moved.status_code, moved["Location"]) == (308, "/api/v1/entities/NK-old")
    survivor, gone = make_recruiter("Golden Bridge Manpower"), make_recruiter("Golden Bridge Man Power")
    gone.merged_into, gone.is_listed = survivor, False
    gone.save()
    assert client.get(f"/api/v1/entities/{gone.ref}")["Location"] == f"/api/v1/entities/{survivor.ref}"
    assert client.get(f"/api/v1/entities/{survivor.ref}").json()["referents"] == [gone.ref]
    assert ids(ask(client, company("Golden Bridge Manpower"), exclude_entity_ids=gone.ref)) == []


@pytest.mark.django_db
def test_another_licence_number_of_the_same_authority_is_never_a_match(caller: Any) -> None:
    licence = make_licence(make_recruiter("Al Noor Overseas"), number="RL-0010", country="NP")
    client = caller(*BOTH)
    same = ask(client, company("Al Noor Overseas", country="np", licenseNumber="RL-0010")).json()
    other = ask(client, company("Al Noor Overseas", country="np", licenseNumber="RL-0999"), cutoff="0").json()
    assert same["responses"]["q0"]["results"][0]["match"] is True
    assert other["responses"]["q0"]["results"][0]["id"] == licence.recruiter.ref
    assert other["responses"]["q0"]["results"][0]["match"] is False


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "queries"),
        ({"queries": []}, 422, "queries"),
        ({"queries": {}}, 400, "queries"),
        ({"queries": {"q": {"properties": {"name": "Banana"}}}}, 422, "queries.q.schema"),
        ({"queries": {"q": {"schema": "xxx", "properties": {"name": "Banana"}}}}, 400, "queries.q.schema"),
        ({"queries": {"q": {"schema": "Company", "properties": []}}}, 422, "queries.q.properties"),
        ({"queries": {"q": 7}}, 422, "queries.q"),
        ({"queries": {str(n): company("x") for n in range(101)}}, 400, "queries"),
        ({"queries": {"q": company("x")}, "config": {"odd": 1}}, 400, "config"),
        ({"queries": {"q": company("x")}, "weights": 3}, 422, "weights"),
    ],
)
@pytest.mark.django_db
def test_a_body_that_is_wrong_is_refused_naming_the_field(caller: Any, body: Any, status: int, field: str) -> None:
    answer = caller(*BOTH).post("/api/v1/match/default", body, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"limit": "501"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"threshold": "1.2"}, "threshold"),
        ({"threshold": "nan"}, "threshold"),
        ({"algorithm": "neural-net"}, "algorithm"),
        ({"changed_since": "yesterday"}, "changed_since"),
        ({"changed_since": "2026-13-41"}, "changed_since"),
    ],
)
@pytest.mark.django_db
def test_a_parameter_that_is_wrong_is_named(caller: Any, params: dict[str, str], field: str) -> None:
    answer = ask(caller(*BOTH), company("x y z"), **params)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.django_db
def test_schemata_that_no_register_holds_find_nothing_and_are_no_error(caller: Any) -> None:
    make_recruiter("Evergreen Star")
    answer = ask(caller(*BOTH), {"schema": "Vessel", "properties": {"name": "Evergreen Star"}})
    assert (answer.status_code, ids(answer)) == (200, [])


@pytest.mark.django_db
def test_a_record_on_two_lists_is_one_result_that_names_both(caller: Any, tmp_path: Path) -> None:
    for source in ("Debarred", "Wanted"):
        make_watchlist(tmp_path, {"name": "Orlan Vasquez Trading", "id": "NK-same"}, source=source)
    found = ask(caller(*BOTH), company("Orlan Vasquez Trading")).json()["responses"]["q0"]
    assert found["total"]["value"] == 1
    assert found["results"][0]["datasets"] == ["debarred", "wanted"]


@pytest.mark.django_db
def test_a_batch_of_many_fetches_its_records_with_the_same_statements(
    caller: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for place in range(12):
        make_recruiter(f"Northern Lantern {place} Placement")
    client = caller(*BOTH)
    counts = []
    for limit in (2, 10):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            ask(client, company("Northern Lantern Placement"), limit=limit, cutoff="0.1")
        counts.append(len(caught))
    assert counts[1] <= counts[0] + 2


@pytest.mark.django_db
def test_search_and_neighbours_answer_in_the_shape_of_the_client(caller: Any, listed: Any) -> None:
    licence = make_licence(make_recruiter("Golden Bridge Manpower"), number="RL-1")
    services.add_licence(licence.recruiter, number="RL-2", authority="Other", actor=SYSTEM)
    client = caller(*BOTH)
    found = client.get("/api/v1/search/default?q=golden").json()
    assert [one["id"] for one in found["results"]] == [licence.recruiter.ref]
    around = client.get(f"/api/v1/entities/{licence.recruiter.ref}/adjacent").json()
    assert around["adjacent"]["identificationEntity"]["total"] == {"value": 2, "relation": "eq"}
    page = client.get(f"/api/v1/entities/{licence.recruiter.ref}/adjacent/identificationEntity?limit=1&offset=1").json()
    assert len(page["results"]) == 1
    assert client.get(f"/api/v1/entities/{licence.recruiter.ref}/adjacent/other").status_code == 404


@pytest.mark.django_db
def test_another_date_of_birth_or_country_is_a_question_and_no_match(caller: Any, tmp_path: Path) -> None:
    make_watchlist(
        tmp_path,
        {"name": "Md. Kamal Mia", "id": "NK-kamal", "schema": "Person", "birthDate": ["1974-08"]},
        source="Debarred",
    )
    make_recruiter("Golden Bridge Manpower Pvt. Ltd.", country="NP")
    answer = ask(
        caller(*BOTH),
        person("Md. Kamal Mia", birthDate=["1990-05"]),
        person("Md. Kamal Mia", birthDate=["1974-08-03"]),
        company("Golden Bridge Manpower Pvt. Ltd.", country=["ph"]),
    ).json()["responses"]
    other, same, abroad = (answer[key]["results"][0] for key in ("q0", "q1", "q2"))
    assert (other["id"], other["match"]) == ("NK-kamal", False)
    assert "birth_differs" in other["explanations"]
    assert (same["id"], same["match"]) == ("NK-kamal", True)
    assert abroad["score"] < 0.85


@pytest.mark.django_db
def test_the_algorithm_that_is_asked_for_judges_and_is_named(caller: Any) -> None:
    make_recruiter("Golden Bridge Manpower Pvt. Ltd.")
    best = ask(caller(*BOTH), company("Goldan Bridg Manpower")).json()
    plain = ask(caller(*BOTH), company("Goldan Bridg Manpower"), algorithm="plain/1").json()
    assert (best["algorithm"], plain["algorithm"]) == ("name/1", "plain/1")
    scores = [one["responses"]["q0"]["results"][0]["score"] for one in (best, plain)]
    assert scores[0] != scores[1]


def by_number(schema: str = "Company", **properties: Any) -> dict[str, Any]:
    return {"schema": schema, "properties": properties}


@pytest.mark.django_db
def test_a_licence_number_without_a_name_finds_its_holder(caller: Any, tmp_path: Path) -> None:
    recruiter = make_recruiter("Golden Bridge Manpower", identifiers=[("registration:NP", "104882")])
    make_licence(recruiter, number="RL-0042", country="NP")
    make_watchlist(
        tmp_path,
        {"name": "Orlan Vasquez Trading", "id": "NK-1", "country": "np", "licence": "RL-42"},
        source="Debarred",
    )
    client = caller(*BOTH)
    answer = ask(
        client,
        by_number(licenseNumber="RL 42", country="np"),
        by_number("LegalEntity", licenseNumber="RL-0042"),
        by_number(registrationNumber="104882", country="Nepal"),
        by_number(licenseNumber="RL-43", country="np"),
        by_number(country="np"),
    )
    assert set(ids(answer)) == {recruiter.ref, "NK-1"}
    assert recruiter.ref in ids(answer, "q1")
    assert ids(answer, "q2") == [recruiter.ref]
    assert ids(answer, "q3") == ids(answer, "q4") == []
    found = answer.json()["responses"]["q0"]["results"][0]
    assert (found["score"], found["match"]) == (0.84, True)
    assert found["explanations"]["name_absent"]["detail"] == "No name was given, so only the number was compared."
    assert "identifier_agrees" in found["explanations"]


@pytest.mark.django_db
def test_a_licence_number_under_another_country_is_a_question_that_names_the_contradiction(caller: Any) -> None:
    recruiter = make_recruiter("Golden Bridge Manpower")
    make_licence(recruiter, number="RL-0042", country="NP")
    answer = ask(
        caller(*BOTH),
        company("Sunrise Placement", licenseNumber="RL-42", country="bd"),
        by_number(licenseNumber="RL-42", country="bd"),
    )
    for key in ("q0", "q1"):
        (found,) = answer.json()["responses"][key]["results"]
        assert (found["id"], found["match"]) == (recruiter.ref, False)
        assert "another country: BD against NP" in found["explanations"]["identifier_elsewhere"]["detail"]
