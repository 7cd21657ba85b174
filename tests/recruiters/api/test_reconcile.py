"""The public register as a reconciliation service: every answer fits the specification, one match at most."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM
from core.api import throttling
from parties.services import add_name
from tests.recruiters.api.recon_schemas import (
    EXTENSION,
    MANIFEST,
    PROPOSED,
    RESULTS,
    SUGGESTED_ENTITIES,
    SUGGESTED_PROPERTIES,
    SUGGESTED_TYPES,
    fits,
)
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

SERVICE = "/api/v1/reconcile/register"
pytestmark = pytest.mark.django_db


def ask(client: Client, **queries: Any) -> Any:
    answer = client.post(SERVICE, {"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.content
    return fits(answer.json(), RESULTS)


def find(client: Client, query: str, *properties: tuple[str, Any], **fields: Any) -> list[dict[str, Any]]:
    given = [{"pid": pid, "v": v} for pid, v in properties]
    return list(ask(client, q0={"query": query, "properties": given, **fields})["q0"]["result"])


def test_the_manifest_fits_and_needs_no_key(client: Client) -> None:
    answer = client.get(SERVICE)
    manifest = fits(answer.json(), MANIFEST)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "set-cookie" not in {name.lower() for name in answer.headers}
    assert manifest["batchSize"] == 50
    for service in manifest["suggest"].values():
        assert client.get(service["service_url"] + service["service_path"], {"prefix": "a"}).status_code == 200


def test_a_browser_may_ask_before_it_posts(client: Client) -> None:
    answer = client.options(
        SERVICE, headers={"origin": "http://127.0.0.1:3333", "access-control-request-method": "POST"}
    )
    assert answer.status_code == 204
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_name_is_found_with_its_features_and_types(client: Client) -> None:
    recruiter = make_licence(make_recruiter("Golden Bridge Manpower Pvt. Ltd."), number="RL-7").recruiter
    make_recruiter("Silver Lake Overseas")
    found = find(client, "Golden Bridge Manpower Private Limited")
    assert [one["id"] for one in found] == [recruiter.ref]
    assert found[0]["match"] is True
    assert found[0]["features"]
    assert [one["id"] for one in found[0]["type"]] == ["recruiter", "agency"]
    assert "RL-7" in found[0]["description"]


def test_a_reference_returns_that_recruiter_however_it_is_typed(client: Client) -> None:
    recruiter, into = make_recruiter("Golden Bridge Manpower"), make_recruiter("Other Agency")
    for typed in (recruiter.ref, recruiter.ref.lower(), recruiter.ref.replace("-", " ")):
        found = find(client, typed)
        assert [(one["id"], one["score"], one["match"]) for one in found] == [(recruiter.ref, 100, True)]
    recruiter.merged_into, recruiter.is_listed = into, False
    recruiter.save()
    assert [one["id"] for one in find(client, recruiter.ref)] == [into.ref]


def test_a_licence_number_in_place_of_a_name_finds_its_holder(client: Client) -> None:
    licence = make_licence(number="RL-0042")
    assert [(one["id"], one["match"]) for one in find(client, "rl 42")] == [(licence.recruiter.ref, True)]
    make_licence(make_recruiter("Second Holder"), number="RL-42", authority="Another authority")
    both = find(client, "RL-0042")
    assert (len(both), any(one["match"] for one in both)) == (2, False)


def test_a_licence_number_and_a_country_tell_namesakes_apart(client: Client) -> None:
    one = make_licence(make_recruiter("Gulf Associates"), number="RL-11", country="NP").recruiter
    make_licence(make_recruiter("Gulf Associates"), number="RL-12", country="NP")
    plain = find(client, "Gulf Associates")
    assert (len(plain), any(c["match"] for c in plain)) == (2, False)
    told = find(client, "Gulf Associates", ("licence_number", "RL-11"), ("country", {"id": "NP", "name": "Nepal"}))
    assert (told[0]["id"], told[0]["match"]) == (one.ref, True)
    assert [c["match"] for c in told[1:]] == [False] * len(told[1:])


def test_one_licence_number_contradicted_is_no_match(client: Client) -> None:
    make_licence(make_recruiter("Gulf Associates"), number="RL-11", country="NP")
    found = find(client, "Gulf Associates", ("licence_number", "RL-999"), ("country", "Nepal"))
    assert not any(one["match"] for one in found)


def test_at_most_one_candidate_of_each_query_is_a_match(client: Client) -> None:
    for place in range(6):
        make_recruiter(f"Everest Star Manpower {'Pvt Ltd' if place % 2 else 'Limited'}")
    answers = ask(client, a={"query": "Everest Star Manpower"}, b={"query": "Everest Star Manpower Ltd", "limit": 2})
    for answer in answers.values():
        assert sum(one["match"] for one in answer["result"]) <= 1
    assert len(answers["b"]["result"]) == 2


def test_a_name_written_just_so_is_the_match_however_near_its_sister_is(client: Client) -> None:
    first = make_recruiter("Bayaning Araw Overseas Placement Inc.", country="PH")
    make_recruiter("Bayaning Araw Crewing and Placement Inc.", country="PH")
    found = find(client, "BAYANING ARAW OVERSEAS PLACEMENT INC")
    assert [(one["id"], one["match"]) for one in found][:1] == [(first.ref, True)]
    make_recruiter("Bayaning Araw Overseas Placement Inc.", country="ID")
    assert not any(one["match"] for one in find(client, "Bayaning Araw Overseas Placement Inc."))


def test_two_entries_of_one_name_are_offered_and_neither_is_the_match_whatever_its_capitals(client: Client) -> None:
    first = make_recruiter("Bagmara Human Resources Pvt. Ltd.")
    second = make_recruiter("M/S Bagmara Human Resources Private Limited")
    add_name(second.party, "BAGMARA HUMAN RESOURCES PVT. LTD.", actor=SYSTEM)
    for asked in ("BAGMARA HUMAN RESOURCES PVT. LTD.", "Bagmara Human Resources Pvt. Ltd."):
        found = find(client, asked)
        assert {one["id"] for one in found} == {first.ref, second.ref}
        assert not any(one["match"] for one in found)


def test_a_type_narrows_and_an_unknown_one_is_named(client: Client) -> None:
    make_recruiter("Golden Bridge Manpower")
    assert len(find(client, "Golden Bridge Manpower", type="agency")) == 1
    assert len(find(client, "Golden Bridge Manpower", type=["recruiter"])) == 1
    assert find(client, "Golden Bridge Manpower", type="sub_agent") == []
    answer = client.post(SERVICE, {"queries": json.dumps({"q0": {"query": "x", "type": "Banana"}})})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "queries.q0.type")


def test_every_query_of_a_batch_gets_an_answer_and_a_larger_batch_is_refused(client: Client) -> None:
    queries = {f"q{place}": {"query": f"Nobody {place}"} for place in range(50)}
    assert set(ask(client, **queries)) == set(queries)
    answer = client.post(SERVICE, {"queries": json.dumps(queries | {"q50": {"query": "x"}})})
    assert (answer.status_code, answer.json()["errors"][0]["type"]) == (413, "too_large")


def test_get_answers_as_post_does(client: Client) -> None:
    make_recruiter("Golden Bridge Manpower")
    query = json.dumps({"q0": {"query": "Golden Bridge Manpower"}})
    assert client.get(SERVICE, {"queries": query}).json() == client.post(SERVICE, {"queries": query}).json()


def test_a_caller_past_his_share_learns_when_to_go_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "RATES", dict.fromkeys(throttling.RATES, 0))
    answer = client.get(SERVICE)
    assert answer.status_code == 429
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    assert int(answer["Retry-After"]) >= 1


@pytest.mark.parametrize("dataset", ["watchlists", "default", "debarred", "Register", "x"])
def test_no_other_list_can_be_reconciled_with(client: Client, caller: Any, tmp_path: Any, dataset: str) -> None:
    make_watchlist(tmp_path, source="Debarred")
    for one in (client, caller("match:register", "match:watchlists")):
        assert one.get(f"/api/v1/reconcile/{dataset}").status_code == 404
        assert one.get(f"/api/v1/reconcile/{dataset}/suggest/entity?prefix=mer").status_code == 404


def test_a_recruiter_that_is_not_public_is_nowhere_in_the_service(client: Client) -> None:
    recruiter = make_recruiter("Quiet Harbour Overseas")
    make_licence(recruiter, number="RL-77")
    recruiter.is_listed = False
    recruiter.save()
    assert find(client, "Quiet Harbour Overseas") == find(client, recruiter.ref) == find(client, "RL-77") == []
    assert client.get(f"{SERVICE}/preview/{recruiter.ref}").status_code == 404
    assert client.get(f"{SERVICE}/suggest/entity?prefix=quiet").json() == {"result": []}
    extend = json.dumps({"ids": [recruiter.ref], "properties": [{"id": "name"}]})
    assert client.post(SERVICE, {"extend": extend}).json()["rows"] == {recruiter.ref: {"name": []}}


def test_a_table_is_extended_by_several_columns(client: Client) -> None:
    licence = make_licence(number="RL-1", country="NP")
    ref = licence.recruiter.ref
    wanted = ["licence_number", "status", "valid_until", "country", "may_recruit"]
    asked = {"ids": [ref, "REC-0000-0000-0", "odd"], "properties": [{"id": one} for one in wanted]}
    told = fits(client.post(SERVICE, {"extend": json.dumps(asked)}).json(), EXTENSION)
    assert [one["id"] for one in told["meta"]] == wanted
    assert told["rows"][ref]["licence_number"] == [{"str": "RL-1"}]
    assert told["rows"][ref]["may_recruit"] == [{"str": "true"}]
    assert told["rows"][ref]["valid_until"][0]["date"].startswith(licence.standing().expires_on.isoformat())
    assert told["rows"]["odd"] == {one: [] for one in wanted}


def test_a_setting_leaves_out_licences_that_are_not_valid(client: Client) -> None:
    from tests.recruiters.making import suspend

    recruiter = make_licence(number="RL-1", authority="First").recruiter
    suspend(make_licence(recruiter, number="RL-2", authority="Second"))

    def numbers(**settings: Any) -> list[str]:
        asked = {"ids": [recruiter.ref], "properties": [{"id": "licence_number", "settings": settings}]}
        rows = client.post(SERVICE, {"extend": json.dumps(asked)}).json()["rows"]
        return sorted(one["str"] for one in rows[recruiter.ref]["licence_number"])

    assert numbers() == ["RL-1", "RL-2"]
    assert numbers(valid_only=True) == ["RL-1"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("[]", 400),
        ('{"ids": 3, "properties": []}', 400),
        ('{"ids": ["x"], "properties": [{"id": "secret"}]}', 400),
        (json.dumps({"ids": ["x"] * 501, "properties": [{"id": "name"}]}), 413),
        ("not json", 400),
    ],
)
def test_an_extension_that_is_wrong_is_refused(client: Client, asked: str, status: int) -> None:
    answer = client.post(SERVICE, {"extend": asked})
    assert (answer.status_code, answer.json()["errors"][0]["field"].split(".")[0]) == (status, "extend")


def test_typing_completes_recruiters_types_and_properties(client: Client) -> None:
    recruiter = make_recruiter("Golden Bridge Manpower")
    told = client.get(f"{SERVICE}/suggest/entity", {"prefix": "golden bri"}).json()
    entity = fits(told, SUGGESTED_ENTITIES)["result"]
    assert [one["id"] for one in entity] == [recruiter.ref]
    assert client.get(f"{SERVICE}/suggest/entity", {"prefix": "golden", "cursor": "1"}).json() == {"result": []}
    kinds = fits(client.get(f"{SERVICE}/suggest/type", {"prefix": "agen"}).json(), SUGGESTED_TYPES)["result"]
    assert "agency" in {one["id"] for one in kinds}
    told = client.get(f"{SERVICE}/suggest/property", {"prefix": "licence n"}).json()
    properties = fits(told, SUGGESTED_PROPERTIES)["result"]
    assert [one["id"] for one in properties] == ["licence_number"]
    proposed = fits(client.get(f"{SERVICE}/propose-properties", {"type": "recruiter"}).json(), PROPOSED)
    assert len(proposed["properties"]) >= 10
    assert client.get(f"{SERVICE}/propose-properties", {"type": "Banana"}).status_code == 404


def test_flyouts_show_what_was_suggested_and_run_nothing(client: Client) -> None:
    recruiter = make_recruiter("Golden <script>alert(1)</script> Bridge")
    told = client.get(f"{SERVICE}/flyout/entity", {"id": recruiter.ref}).json()
    assert told["id"] == recruiter.ref
    assert "<script>" not in told["html"]
    assert client.get(f"{SERVICE}/flyout/type", {"id": "agency"}).json()["id"] == "agency"
    assert client.get(f"{SERVICE}/flyout/property", {"id": "country"}).status_code == 200
    assert client.get(f"{SERVICE}/flyout/property", {"id": "secret"}).status_code == 404


def test_the_preview_may_stand_in_a_frame_of_any_page_and_runs_nothing(client: Client) -> None:
    recruiter = make_licence(make_recruiter("Golden Bridge Manpower"), number="RL-5").recruiter
    page = client.get(f"{SERVICE}/preview/{recruiter.ref}")
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in page
    text = page.content.decode()
    assert "Golden Bridge Manpower" in text
    assert "RL-5" in text
    assert "<script" not in text
    assert "/workspace/" not in text


def test_a_batch_fetches_its_records_once(client: Client) -> None:
    for place in range(10):
        make_licence(make_recruiter(f"Harbour Lantern {place} Overseas"))

    def cost(limit: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            ask(client, q0={"query": "Harbour Lantern Overseas", "limit": limit})
        return len(caught)

    cost(1)
    assert cost(1) == cost(10)
