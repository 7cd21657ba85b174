"""What was brought in and not wanted can be let go, and open formats come in by the page."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parties.models import Relationship
from recruiters.exchange.ftm import ftm_entities
from recruiters.exchange.incoming import kind_of, table_of
from recruiters.exchange.records import LicenceRecord, RecruiterRecord
from recruiters.models import Recruiter, RegisterLoad, Screening, ScreeningRow
from recruiters.services import LoadRefused, ScreeningRefused, undo_load
from recruiters.services.sharing import cut, do, share_out, take
from recruiters.services.stopping import cancel_screening, discard_list
from tests.recruiters.making import make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def key_of(response) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', response.content.decode())[0]


@pytest.fixture
def listed(client, farah):
    """Return a pasted list whose columns nobody has confirmed."""
    client.force_login(farah)
    page = client.get(url("screening_new"))
    client.post(url("screening_new"), {"form_key": key_of(page), "pasted": "name\nOrion Trading\nHimchuli Overseas"})
    return Screening.objects.get()


@pytest.fixture
def bring(client, farah, django_capture_on_commit_callbacks):
    """Return a way to bring a register's file by the page."""
    client.force_login(farah)

    def send(name: str, data: bytes):
        given = {"form_key": key_of(client.get(url("load_new"))), "source": "exchange", "country": ""}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url("load_new"), {**given, "file": SimpleUploadedFile(name, data)}, follow=True)

    return send


def test_a_list_that_was_never_screened_is_discarded_and_its_file_destroyed(client, listed):
    assert "Discard the list" in client.get(url("screening_columns", listed.ref)).content.decode()
    client.post(url("screening_stop", listed.ref))
    listed.refresh_from_db()
    assert (listed.state, listed.samples) == ("discarded", [])
    assert listed.upload.destroyed_on is not None
    assert "was discarded" in client.get(url("screening", listed.ref)).content.decode()


def test_a_cancelled_screening_keeps_what_was_compared_and_says_what_was_not(
    client, listed, farah, tmp_path, monkeypatch
):
    from recruiters.services import confirm_columns, sharing

    monkeypatch.setattr(sharing, "PIECE", 1)
    make_recruiter("Himchuli Overseas")
    make_watchlist(tmp_path, {"name": "Orion Trading"})
    screening = confirm_columns(listed, mapping={"name": "name"}, threshold=0.7, actor=farah)
    cut(screening)
    assert do(take(screening.pk))
    held = take(screening.pk)
    assert "Cancel the screening" in client.get(url("screening", screening.ref)).content.decode()
    client.post(url("screening_stop", screening.ref))
    assert not do(held)  # who still worked on a piece writes nothing any more
    assert share_out(screening.job) is False
    screening.refresh_from_db()
    assert screening.state == "cancelled"
    first, second = ScreeningRow.objects.order_by("number")
    assert (first.outcome, second.outcome, second.reason) == ("match", "not_screened", "cancelled")
    page = client.get(url("screening", screening.ref)).content.decode()
    assert "This screening was cancelled" in page
    assert "the screening was cancelled before this row" in page
    with pytest.raises(ScreeningRefused):
        cancel_screening(screening, actor=farah)
    with pytest.raises(ScreeningRefused):
        discard_list(screening, actor=farah)


def test_readers_stop_nothing(client, listed, auditor):
    client.force_login(auditor)
    assert client.post(url("screening_stop", listed.ref)).status_code in (403, 404)
    listed.refresh_from_db()
    assert listed.state == "mapping"


def entities() -> bytes:
    from datetime import date

    licence = LicenceRecord(
        ref="LIC-1", number="RL-55", authority="DoFE", country="NP", status="active", valid=True,
        issued_on=date(2025, 1, 1), valid_until=date(2099, 1, 1),
    )  # fmt: skip
    record = RecruiterRecord(
        ref="REC-1", name="Himchuli Overseas", kind="agency", country="NP", status="active", group="valid", valid=True,
        url="https://example.org/REC-1", licences=(licence,),
    )  # fmt: skip
    return "\n".join(json.dumps(each) for each in ftm_entities([record])).encode()


def test_our_own_followthemoney_export_comes_in_by_the_page(client, bring):
    assert kind_of(entities()) == "ftm"
    bring("register.ftm.json", entities())
    load = RegisterLoad.objects.get()
    assert "Himchuli Overseas" in client.get(url("load", load.ref)).content.decode()
    assert (load.state, load.added, load.rejected) == ("staged", 1, 0)
    row = load.staged.get().content
    assert (row["licence_number"], row["authority"], row["expires_on"]) == ("RL-55", "DoFE", "2099-01-01")


def test_owners_in_followthemoney_stand_with_their_company():
    said = [
        {"id": "c", "schema": "Company", "properties": {"name": ["Orion"], "country": ["np"]}},
        {"id": "p", "schema": "Person", "properties": {"name": ["Sita Rai"]}},
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"]}},
    ]
    text = table_of("\n".join(json.dumps(each) for each in said).encode()).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("c,Orion,")
    assert "Sita Rai" in text


def statements() -> bytes:
    def one(number: int, kind: str, **details):
        return {
            "statementId": f"0000000000000000000000000000-{number:04d}", "declarationSubject": "e1", "recordType": kind,
            "recordId": {1: "e1", 2: "p1", 3: "r1"}[number], "recordStatus": "new", "recordDetails": details,
            "statementDate": "2026-01-01",
        }  # fmt: skip

    return json.dumps([
        one(1, "entity", isComponent=False, entityType={"type": "registeredEntity"}, name="Himchuli Overseas",
            jurisdiction={"code": "NP", "name": "Nepal"}),
        one(2, "person", isComponent=False, personType="knownPerson",
            names=[{"type": "legal", "fullName": "Sita Rai"}]),
        one(3, "relationship", isComponent=False, subject="e1", interestedParty="p1",
            interests=[{"type": "shareholding", "startDate": "2025-01-01"}]),
    ]).encode()  # fmt: skip


def test_ownership_statements_are_shown_and_tied_only_when_let_in(client, bring, farah):
    make_recruiter("Himchuli Overseas")
    page = bring("owners.json", statements()).content.decode()
    assert "New ties" in page
    assert not Relationship.objects.exists()
    load = RegisterLoad.objects.get()
    assert load.report["ownership"]["ties_added"] == 1
    client.post(url("load_confirm", load.ref), {"form_key": key_of(client.get(url("load", load.ref)))})
    load.refresh_from_db()
    assert (load.state, load.upload.destroyed_on is not None) == ("applied", True)
    tie = Relationship.objects.get()
    assert (tie.source.name, tie.target.name) == ("Sita Rai", "Himchuli Overseas")
    assert Recruiter.objects.count() == 1
    with pytest.raises(LoadRefused, match="not reversed whole"):
        undo_load(load, actor=farah)


def test_json_that_speaks_neither_is_read_as_a_table(bring):
    bring("list.jsonl", b'{"name": "Orion Trading", "country": "NP"}\n')
    assert RegisterLoad.objects.get().added == 1


def test_a_workbook_that_cannot_be_read_is_called_so(bring):
    for data in (b"PK\x03\x04broken", b"this is no workbook", b"name,country"):
        answer = bring("register.xlsx", data)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "cannot be read as one" in page or "damaged" in page
        assert "no rows" not in page
