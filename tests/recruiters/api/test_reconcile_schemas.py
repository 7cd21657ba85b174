"""Every answer of the reconciliation service fits the report's schemas, in every language and as OpenRefine asks."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from core.actors import SYSTEM
from parties.matching.fictional import make_agencies
from recruiters import services
from recruiters.api.reconcile.vocabulary import PROPERTIES
from recruiters.models import Recruiter
from tests import fullsize
from tests.recruiters.api import recon_schemas as schemas
from tests.recruiters.api.recon_schemas import fits
from tests.recruiters.making import make_licence, make_recruiter, suspend

SERVICE = "/api/v1/reconcile/register"
pytestmark = pytest.mark.django_db


@pytest.fixture
def register() -> list[Recruiter]:
    """Return recruiters that differ in all that an answer can tell."""
    full = make_recruiter(
        "Golden Bridge Manpower Pvt. Ltd.", phone="+977 1 5550101", website="https://golden.example",
        identifiers=[("registration:NP", "104882")], destinations=["QA", "MY"], sectors=["construction"],
    )  # fmt: skip
    make_licence(full, number="RL-1", expires_on=None)
    suspend(make_licence(full, number="RL-2", authority="Second Authority"))
    script = make_recruiter("सगरमाथा म्यानपावर प्रा. लि.", names=[("Sagarmatha Manpower", "alias")])
    revoked = make_licence(script, number="RL-3")
    services.revoke_licence(
        revoked, order_number="9", reason_code="fees_charged", effective_on=timezone.localdate(), actor=SYSTEM
    )
    bare = make_recruiter("شركة الأمين", country="", kind="sub_agent")
    ended = make_licence(
        make_recruiter('Odd "quoted" <b>&amp; Sons</b>', country="BD"), number="RL-4",
        issued_on=timezone.localdate() - timedelta(days=900), expires_on=timezone.localdate() - timedelta(days=9),
    ).recruiter  # fmt: skip
    return [full, script, bare, ended]


def test_every_schema_is_a_schema_and_refuses_what_the_report_calls_invalid() -> None:
    for schema in schemas.EVERY.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    spaces = {
        "versions": ["0.2"],
        "name": "x",
        "identifierSpace": "https://a.example",
        "schemaSpace": "http://b.example",
    }
    one = {"id": "x", "name": "x", "score": 1}
    wrong = [
        (schemas.MANIFEST, spaces | {"versions": ["0.1"]}),
        (schemas.MANIFEST, {key: value for key, value in spaces.items() if key != "schemaSpace"}),
        (schemas.MANIFEST, spaces | {"view": {"url": "https://a.example/"}}),
        (schemas.MANIFEST, spaces | {"extend": {"propose_settings": []}}),
        (schemas.MANIFEST, spaces | {"extend": {"property_settings": [{"name": "a", "label": "b", "type": "select"}]}}),
        (schemas.MANIFEST, spaces | {"defaultTypes": ["recruiter"]}),
        (schemas.RESULTS, []),
        (schemas.RESULTS, {"q0": {}}),
        (schemas.RESULTS, {"q0": {"result": [{"id": "x", "name": "x"}]}}),
        (schemas.RESULTS, {"q0": {"result": [one | {"score": "1"}]}}),
        (schemas.RESULTS, {"q0": {"result": [one | {"features": [{"id": "f", "value": "high"}]}]}}),
        (schemas.EXTENSION, {"rows": {}}),
        (schemas.EXTENSION, {"meta": [], "rows": {"x": {"p": [{"str": "a", "int": 1}]}}}),
        (schemas.EXTENSION, {"meta": [], "rows": {"x": {"p": [{"date": "2026-01-01"}]}}}),
        (schemas.SUGGESTED_TYPES, {"result": [{"id": "x"}]}),
        (schemas.QUERIES, {"q0": {}}),
        (schemas.QUERIES, {"q0": {"query": "x", "type_strict": "maybe"}}),
    ]  # fmt: skip
    for schema, data in wrong:
        with pytest.raises(jsonschema.ValidationError):
            fits(data, schema)
    fits(spaces, schemas.MANIFEST)


@pytest.mark.parametrize("language", ["en", "ar", "ne"])
def test_every_answer_that_the_manifest_leads_to_fits(client: Client, register: list[Recruiter], language: str) -> None:
    def get(address: str, **fields: str) -> Any:
        answer = client.get(address, fields, headers={"accept-language": language})
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*"), address
        return answer

    manifest = fits(get(SERVICE).json(), schemas.MANIFEST)
    asked: dict[str, Any] = {
        f"q{place}": {"query": one.party.name, "type_strict": "any", "limit": 3} for place, one in enumerate(register)
    }
    asked |= {
        "ref": {"query": register[0].ref},
        "number": {"query": "RL-2"},
        "typed": {"query": "golden bridge", "type": ["agency", "recruiter"], "type_strict": "all"},
        "cells": {"query": "golden", "properties": [
            {"pid": "country", "v": [{"id": "NP", "name": "Nepal"}, "BD"]}, {"pid": "licence_number", "v": 1},
            {"pid": "unknown", "v": True}]},
        "property": {"properties": [{"pid": "licence_number", "v": "RL-3"}]},
        "nobody": {"query": "Entirely Unknown Placement"},
    }  # fmt: skip
    answer = client.post(SERVICE, {"queries": json.dumps(fits(asked, schemas.QUERIES))},
                         headers={"accept-language": language})  # fmt: skip
    found = fits(answer.json(), schemas.RESULTS)
    assert set(found) == set(asked)
    for place, one in enumerate(register):
        assert found[f"q{place}"]["result"][0]["id"] == one.ref
    assert [one["id"] for one in found["property"]["result"]] == [register[1].ref]

    extension = {"ids": [one.ref for one in register] + ["odd"], "properties": [{"id": one.id} for one in PROPERTIES]}
    extension["properties"][0]["settings"] = {manifest["extend"]["property_settings"][0]["name"]: True}
    told = client.post(SERVICE, {"extend": json.dumps(extension)}, headers={"accept-language": language}).json()
    rows = fits(told, schemas.EXTENSION)["rows"]
    assert set(rows) == set(extension["ids"])
    filled = {name for row in rows.values() for name, values in row.items() if values}
    assert filled == {one.id for one in PROPERTIES} - {"address"}

    shapes = {
        "entity": schemas.SUGGESTED_ENTITIES,
        "type": schemas.SUGGESTED_TYPES,
        "property": schemas.SUGGESTED_PROPERTIES,
    }
    for kind, shape in shapes.items():
        service = manifest["suggest"][kind]
        address = service["service_url"] + service["service_path"]
        fits(get(address, prefix="").json(), shape)
        offered = fits(get(address, prefix="golden" if kind == "entity" else "").json(), shape)["result"]
        flyout = service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", offered[0]["id"])
        assert fits(get(flyout).json(), schemas.FLYOUT)["id"] == offered[0]["id"]
    propose = manifest["extend"]["propose_properties"]
    address = propose["service_url"] + propose["service_path"]
    assert fits(get(address).json(), schemas.PROPOSED)["properties"]
    assert fits(get(address, type="agency", limit="2").json(), schemas.PROPOSED)["limit"] == 2
    for one in register:
        page = get(manifest["preview"]["url"].replace("{{id}}", one.ref))
        assert page["Content-Type"].startswith("text/html")
        assert page.content.decode().lstrip().lower().startswith("<!doctype html>")
        assert client.get(manifest["view"]["url"].replace("{{id}}", one.ref)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("post", "", {"queries": "[]"}, 400),
        ("post", "", {"queries": "{"}, 400),
        ("post", "", {"queries": json.dumps({"a": {"query": ["x"], "limit": 0, "type": "Banana"}})}, 400),
        ("post", "", {"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 413),
        ("post", "", {"extend": json.dumps({"ids": ["x"], "properties": [{"id": "secret"}]})}, 400),
        ("post", "", {}, 400),
        ("put", "", {}, 405),
        ("get", "/suggest/entity", {"prefix": "x", "cursor": "-1"}, 400),
        ("get", "/suggest/banana", {}, 404),
        ("get", "/flyout/entity", {"id": "REC-0000-0000-0"}, 404),
        ("get", "/propose-properties", {"type": "Banana"}, 404),
        ("get", "/preview/REC-0000-0000-0", {}, 404),
    ],
)
def test_every_refusal_is_typed_and_may_be_read_by_any_page(
    client: Client, method: str, path: str, given: dict[str, str], status: int
) -> None:
    answer = getattr(client, method)(SERVICE + path, given)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")
    assert answer["Content-Type"] == "application/json"
    fits(answer.json(), schemas.REFUSED)


def test_case_10_a_long_sheet_goes_through_as_openrefine_sends_it(client: Client, tmp_path: Path) -> None:
    """OpenRefine's own requests in their order: register, guess the type, reconcile in batches, extend two columns."""
    each = fullsize.rows(100, 250)
    names = [name.title() for name in make_agencies(each)]
    lines = [f"{name},NP,RL-{n:04d},Valid License,2099-01-01" for n, name in enumerate(names)]
    table = tmp_path / "register.csv"
    table.write_text("\n".join(["Name,Country,Licence No,Status,Expiry", *lines]), encoding="utf-8")
    services.load_register(table, source="nepal", actor=SYSTEM)
    refs = dict(Recruiter.objects.values_list("licences__number", "ref"))

    manifest = fits(client.get(SERVICE).json(), schemas.MANIFEST)
    guess = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(names[:10])}
    guessed = fits(client.post(SERVICE, {"queries": json.dumps(guess)}).json(), schemas.RESULTS)
    kinds = {one["result"][0]["type"][0]["id"] for one in guessed.values()}
    assert kinds == {manifest["defaultTypes"][0]["id"]}

    # Four sorts of rows: as registered, in capitals without signs, the name of one with the number of nobody, unknown.
    sheet = [(name, f"RL-{n:04d}", f"RL-{n:04d}") for n, name in enumerate(names)]
    plain = [name.upper().replace(".", "").replace("-", " ") for name in names]
    sheet += [(name, f"rl {n}", f"RL-{n:04d}") for n, name in enumerate(plain)]
    sheet += [(name, f"RL-9{n:04d}", "") for n, name in enumerate(names)]
    sheet += [(f"Nobody {n} Known To Us", "", "") for n in range(each)]
    assert len(sheet) == 4 * each
    judged: list[str] = []
    size = manifest["batchSize"]
    for start in range(0, len(sheet), size):
        asked = {
            f"q{n}": {"query": name, "type": "recruiter", "type_strict": "should", "properties": [
                {"pid": "licence_number", "v": number}, {"pid": "country", "v": "Nepal"}]}
            for n, (name, number, _of) in enumerate(sheet[start : start + size])
        }  # fmt: skip
        told = fits(client.post(SERVICE, {"queries": json.dumps(fits(asked, schemas.QUERIES))}).json(), schemas.RESULTS)
        assert list(told) == list(asked)
        for answer in told.values():
            result = answer["result"]
            assert sum(one["match"] for one in result) <= 1
            assert [one["score"] for one in result] == sorted((one["score"] for one in result), reverse=True)
            judged.append(result[0]["id"] if result and result[0]["match"] else "")
    assert judged == [refs.get(of, "") for _name, _number, of in sheet]

    matched = [ref for ref in judged if ref]
    for start in range(0, len(matched), 100):
        ids = matched[start : start + 100]
        wanted = {"ids": ids, "properties": [{"id": "status_code"}, {"id": "valid_until"}]}
        told = fits(client.post(SERVICE, {"extend": json.dumps(wanted)}).json(), schemas.EXTENSION)
        row = {"status_code": [{"str": "active"}], "valid_until": [{"date": "2099-01-01T00:00:00Z"}]}
        assert told["rows"] == dict.fromkeys(ids, row)
