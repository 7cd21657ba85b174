"""Whatever is sent, the answer is typed JSON with a status that fits: never a fault of ours, never a page."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.api import description
from tests.recruiters.making import make_licence, make_recruiter

QUIET = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = pytest.mark.django_db
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
texts = st.text(max_size=30) | st.sampled_from(
    ["\x00", "%00", "'; --", "\ud7ff", "REC-1234-5678-9", "-1", "NaN", "1e999"]
)


NARROWED = st.lists(
    st.fixed_dictionaries({"pid": st.sampled_from(["country", "licence_number", "x"]), "v": odd}), max_size=3
)
EXTENSIONS = st.fixed_dictionaries(
    {
        "ids": odd | st.lists(texts, max_size=3),
        "properties": odd | st.lists(st.fixed_dictionaries({"id": odd}), max_size=2),
    }
)


def is_typed(answer: Any, below: int = 500) -> None:
    assert answer.status_code < below, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"].startswith("application/json")
        data = json.loads(answer.content)
        assert isinstance(data["detail"], str)
        assert data["errors"]
        assert all(set(one) == {"field", "detail", "type"} for one in data["errors"])


@pytest.fixture
def screener(caller: Any) -> Client:
    return caller("match:register", "match:watchlists")


@QUIET
@given(
    body=odd | st.fixed_dictionaries({"queries": st.dictionaries(st.text(max_size=4), odd, max_size=3)})
    | st.fixed_dictionaries({"queries": st.fixed_dictionaries({"q": st.fixed_dictionaries(
        {"schema": st.sampled_from(["Company", "Person", "LegalEntity", "Vessel"]) | odd,
         "properties": st.dictionaries(st.sampled_from(["name", "country", "licenseNumber", "alias"]), odd) | odd})})})
)  # fmt: skip
def test_no_match_query_breaks_anything(screener: Client, body: Any) -> None:
    client = screener
    is_typed(client.post("/api/v1/match/default", json.dumps(body), content_type="application/json"))


@QUIET
@given(
    query=odd
    | st.fixed_dictionaries({}, optional={"query": odd, "type": odd, "limit": odd, "properties": odd | NARROWED})
)  # fmt: skip
def test_no_reconciliation_query_breaks_anything(client: Client, query: Any) -> None:
    is_typed(client.post("/api/v1/reconcile/register", {"queries": json.dumps({"q0": query})}))


@QUIET
@given(extend=odd | EXTENSIONS)
def test_no_extension_breaks_anything(client: Client, extend: Any) -> None:
    is_typed(client.post("/api/v1/reconcile/register", {"extend": json.dumps(extend)}))


@QUIET
@given(st.binary(max_size=80), st.sampled_from(["application/json", "multipart/form-data; boundary=x", "text/plain",
       "application/x-www-form-urlencoded; charset=no-such-thing", "multipart/form-data", ""]))  # fmt: skip
def test_no_bytes_break_anything(screener: Client, raw: bytes, kind: str) -> None:
    client = screener
    for path in ("match/default", "reconcile/register"):
        is_typed(client.generic("POST", f"/api/v1/{path}", raw, content_type=kind))


PARAMETERS = ["q", "limit", "offset", "threshold", "cutoff", "algorithm", "prefix", "cursor", "id", "type", "schema",
              "countries", "changed_since", "include_dataset", "exclude_entity_ids", "queries", "extend"]  # fmt: skip


@QUIET
@given(path=texts, params=st.dictionaries(st.sampled_from(PARAMETERS), texts, max_size=4), secret=texts)
def test_no_address_and_no_parameter_break_anything(screener: Client, path: str, params: Any, secret: str) -> None:
    client = screener
    clean = path.encode("utf-8", "replace").decode()
    for name in (f"entities/{clean}", f"search/{clean}", "search/default", "catalog", "reconcile/register",
                 f"reconcile/register/preview/{clean}", "reconcile/register/suggest/entity", f"register/{clean}.json",
                 "reconcile/register/flyout/entity", f"register/{clean}/changes.atom", clean):  # fmt: skip
        is_typed(client.get(f"/api/v1/{name}".replace("?", "%3F").replace("#", "%23"), params))
    wrong = secret.encode("ascii", "replace").decode().replace("\n", "").replace("\r", "")
    is_typed(Client().get("/api/v1/catalog", headers={"authorization": wrong}))


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/x", "/api/v1/nothing", "/api/v1/docs/", "/api/v1/catalog/"],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_below_api_is_a_page_or_a_redirect(client: Client, path: str, language: str) -> None:
    for answer in (client.get(path, headers={"accept-language": language, "accept": "text/html"}), client.post(path)):
        assert answer.status_code == 404
        is_typed(answer)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_that_an_address_does_not_take_is_named(client: Client, method: str) -> None:
    answer = getattr(client, method)("/api/v1/catalog")
    assert (answer.status_code, "GET" in answer["Allow"]) == (405, True)
    is_typed(answer)


def test_a_body_that_is_too_large_is_refused_as_such(caller: Any) -> None:
    body = json.dumps({"queries": {"q": {"schema": "Company", "properties": {"name": "x" * 3_000_000}}}})
    answer = caller("match:register").post("/api/v1/match/default", body, content_type="application/json")
    assert answer.status_code == 413
    is_typed(answer)
    deep = "[" * 100_000
    assert (
        caller("match:register").post("/api/v1/match/default", deep, content_type="application/json").status_code == 400
    )


def test_a_host_that_is_not_ours_gets_no_page(client: Client) -> None:
    answer = client.get("/api/v1/catalog", headers={"host": "evil.example"})
    assert answer.status_code == 400
    is_typed(answer)


def test_a_busy_database_is_said_to_be_busy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from recruiters.api import register

    def locked() -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr(register, "newest", locked)
    answer = client.get("/api/v1/register/recruiters.csv")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    is_typed(answer, below=504)


def test_a_fault_of_ours_tells_nothing_about_itself(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from recruiters.api import register

    def broken() -> Any:
        raise RuntimeError("Ramila Karki Thapa")

    monkeypatch.setattr(register, "newest", broken)
    answer = client.get("/api/v1/register/recruiters.csv")
    assert answer.status_code == 500
    assert "Ramila" not in answer.content.decode()
    assert answer.json()["errors"][0]["type"] == "server_error"


def test_the_description_is_sound_openapi_and_names_every_address(client: Client) -> None:
    from recruiters.api.urls import urlpatterns

    data = client.get("/api/v1/openapi.json").json()
    assert data["openapi"].startswith("3.1")
    named = {operation["operationId"] for path in data["paths"].values() for operation in path.values()}
    assert len(named) == len(description.operations())
    for path, methods in data["paths"].items():
        for operation in methods.values():
            placed = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
            assert placed == {
                part[1:-1] for part in path.split("/") for part in [part.split(".")[0]] if part[:1] == "{"
            }
            assert operation["responses"]
    mentioned = {name.split("_")[0] for name in named}
    for pattern in urlpatterns[:-1]:
        assert str(pattern.name).split("_")[0] in mentioned | {"docs"}, pattern.name


def test_every_get_without_a_key_in_the_description_answers(client: Client) -> None:
    recruiter = make_licence(make_recruiter("Golden Bridge Manpower")).recruiter
    for operation in description.operations():
        if operation.method != "GET" or operation.scope:
            continue
        path = operation.path.replace("{dataset}", "register").replace("{ref}", recruiter.ref)
        answer = client.get(f"/api/v1{path}{operation.example}")
        assert answer.status_code == 200, path
        assert answer["Content-Type"].split(";")[0] == operation.answer_type, path


def test_the_page_is_made_of_the_same_facts_and_runs_nothing(client: Client) -> None:
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    for operation in description.operations():
        assert f'id="{operation.anchor}"' in text
        assert operation.path in text
    assert "<script" not in text
    assert "http://testserver/api/v1" in text
    assert "unpkg" not in text
    assert "script-src 'self'" in page["Content-Security-Policy"]
    arabic = client.get("/api/v1/docs?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'href="/api/v1/docs?lang=en"' in arabic
    is_typed(Client(enforce_csrf_checks=False).delete("/api/v1/docs"))


def test_the_page_s_own_example_works_when_pasted(caller: Any) -> None:
    make_recruiter("Golden Bridge Manpower")
    example = next(one for one in description.operations() if one.name == "match").body_example
    answer = caller("match:register").post("/api/v1/match/register", example, content_type="application/json")
    assert answer.json()["responses"]["q1"]["results"][0]["caption"] == "Golden Bridge Manpower"
    form = next(one for one in description.operations() if one.name == "reconcile").body_example.removeprefix(
        "queries="
    )
    found = Client().post("/api/v1/reconcile/register", {"queries": form}).json()["q0"]["result"]
    assert found[0]["name"] == "Golden Bridge Manpower"
