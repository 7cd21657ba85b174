"""Crawl every public address of the interface with planted names: what is not public is in none of the answers."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import SYSTEM
from core.api import description
from recruiters import services
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db

OWNER, DIRECTOR, LISTED, LIST, UNLISTED = "Zorana Plantedowner", "Quillan Planteddirector", "Xanthe Plantedwatch", \
    "Plantedlist Bureau", "Plantedquiet Harbour Overseas"  # fmt: skip
PHONE, EMAIL, NOTE = "+977-1-5550199", "planted@example.org", "plantednote"


@pytest.fixture
def planted(tmp_path: Path) -> dict[str, Any]:
    recruiter = make_licence(
        make_recruiter("Golden Bridge Manpower", phone=PHONE, email=EMAIL), number="RL-1", country="NP"
    ).recruiter
    services.add_person(recruiter, name=OWNER, role="owner", actor=SYSTEM)
    services.add_person(recruiter, name=DIRECTOR, role="director", actor=SYSTEM)
    make_watchlist(tmp_path, {"name": LISTED, "id": "NK-planted"}, {"name": "Golden Bridge Manpower", "id": "NK-gb"},
                   source=LIST)  # fmt: skip
    today = timezone.localdate()
    for code, ref in (("GRV.passport_held", "CASE-1234-5678-9"), ("watchlist.hit", "HIT-1234-5678-9")):
        services.note_risk(recruiter, code, "critical", ref, today, actor=SYSTEM)
    services.rate_recruiter(recruiter, actor=SYSTEM)
    recruiter.refresh_from_db()
    quiet = make_licence(make_recruiter(UNLISTED), number="RL-2").recruiter
    quiet.is_listed = False
    quiet.save()
    return {"recruiter": recruiter, "quiet": quiet}


def addresses(ref: str, quiet_ref: str) -> list[str]:
    """Return every address of the description that needs no key, asked for what was planted."""
    found = []
    for operation in description.operations():
        if operation.method != "GET":
            continue
        for asked in (ref, quiet_ref, "NK-planted", "NK-gb"):
            path = operation.path.replace("{dataset}", "register").replace("{ref}", asked).replace("{id}", asked)
            found.append(f"/api/v1{path}{operation.example}")
        path = operation.path.replace("{dataset}", "register")
        texts = (OWNER, DIRECTOR, LISTED, UNLISTED, "Golden", PHONE, "planted")
        found += [f"/api/v1{path}?prefix={quote(text)}&q={quote(text)}" for text in texts]
    service = "/api/v1/reconcile/register"
    found += [f"{service}/flyout/entity?id={quote(one)}" for one in (ref, quiet_ref, OWNER, "NK-planted")]
    queries = {
        f"q{n}": {"query": text} for n, text in enumerate((OWNER, DIRECTOR, LISTED, UNLISTED, "RL-2", quiet_ref))
    }
    found.append(f"{service}?queries={quote(json.dumps(queries | {'all': {'query': 'Golden Bridge Manpower'}}))}")
    from recruiters.api.reconcile.vocabulary import PROPERTIES

    asked = {"ids": [ref, quiet_ref, "NK-planted"], "properties": [{"id": one.id} for one in PROPERTIES]}
    found.append(f"{service}?extend={quote(json.dumps(asked))}")
    return sorted(set(found))


def test_case_14_nothing_that_is_not_public_is_in_any_public_answer(client: Client, planted: dict[str, Any]) -> None:
    recruiter, quiet = planted["recruiter"], planted["quiet"]
    people = [relation.source.ref for relation in recruiter.party.relations_in.select_related("source")]
    hidden = ["plantedowner", "planteddirector", "plantedwatch", "plantedlist", "plantedquiet", PHONE, "5550199", EMAIL,
              "NK-planted", "NK-gb", "passport_held", "CASE-1234", "HIT-1234", "risk", "band", *people]  # fmt: skip
    assert recruiter.risk_score, "the planted facts must show in the rating, else this test proves nothing"
    read = 0
    for address in addresses(recruiter.ref, quiet.ref):
        answer = client.get(address)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        if answer.status_code == 200 and not address.startswith(("/api/v1/openapi", "/api/v1/docs")):
            read += "Golden Bridge Manpower" in text
        shown = text + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        for word in hidden:
            found = word.lower() in shown.lower().replace(quote(word).lower(), "")
            assert not found, f"{word} in {address}"
        if quiet.ref not in address:
            assert quiet.ref not in text, address
    assert read >= 10


def test_case_14_even_a_key_is_told_no_person_no_rating_and_no_grievance(caller: Any, planted: dict[str, Any]) -> None:
    client, recruiter = caller("match:register"), planted["recruiter"]
    body = {"queries": {name: {"schema": "LegalEntity", "properties": {"name": [name]}} for name in
                        (OWNER, DIRECTOR, LISTED, UNLISTED, "Golden Bridge Manpower")}}  # fmt: skip
    matched = client.post("/api/v1/match/default?cutoff=0", body, content_type="application/json").json()
    results = [result for one in matched["responses"].values() for result in one["results"]]
    for result in results:  # what remains is ours: the caller's own words come back in the explanations
        result["explanations"] = [feature["candidate"] for feature in result["explanations"].values()]
    told = json.dumps(results)
    told += client.get(f"/api/v1/entities/{recruiter.ref}").content.decode()
    told += client.get("/api/v1/search/default?q=planted").content.decode()
    assert "Golden Bridge Manpower" in told
    for word in ("Plantedowner", "Planteddirector", "Plantedwatch", "Plantedquiet", "5550199", "passport", "risk"):
        assert word not in told
