"""An officer brings a register in by the browser: looks at what would change, lets it in, takes it back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import jobs
from core.actors import SYSTEM
from core.models import Job
from recruiters.models import Licence, LoadChange, Recruiter, RegisterLoad, RejectedRow, StagedRow
from recruiters.services import load_register, receive_register
from tests.recruiters.making import suspend

pytestmark = pytest.mark.django_db
HEAD = "Name,Country,Licence No,Status,Expiry\n"


def url(name: str, *args) -> str:
    return reverse(f"recruiters:{name}", args=args)


def rows(count: int, status: str = "Valid License") -> list[str]:
    return [f"Agency {n} Overseas,NP,RL-{n:04d},{status},2099-01-01" for n in range(count)]


def key_of(response, form: int = 0) -> str:
    return re.findall(r'name="form_key" value="([^"]+)"', response.content.decode())[form]


@pytest.fixture
def officer(client, farah):
    """Return a browser in which Farah is signed in."""
    client.force_login(farah)
    return client


def bring(client, *lines: str, name: str = "register.csv", source: str = "Nepal DoFE", run: bool = True, capture=None):
    page = client.get(url("load_new"))
    file = SimpleUploadedFile(name, (HEAD + "\n".join(lines) + "\n").encode())
    with capture(execute=run):
        return client.post(url("load_new"), {"form_key": key_of(page), "source": source, "country": "", "file": file})


@pytest.fixture
def brought(officer, django_capture_on_commit_callbacks):
    """Return a way to bring a file and get its load."""

    def do(*lines: str, **fields) -> RegisterLoad:
        answer = bring(officer, *lines, capture=django_capture_on_commit_callbacks, **fields)
        assert answer.status_code == 302
        return RegisterLoad.objects.get(ref=answer["Location"].rstrip("/").rpartition("/")[2])

    return do


@pytest.fixture
def press(officer, django_capture_on_commit_callbacks):
    """Return a way to press a button of a load's page."""

    def do(load: RegisterLoad, what: str, **fields):
        key = key_of(officer.get(url("load", load.ref)))
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(url(f"load_{what}", load.ref), {"form_key": key, **fields})

    return do


def test_nothing_changes_before_it_is_let_in_and_all_of_it_after(officer, brought, press):
    load = brought(*rows(12))
    assert (load.state, load.source, load.added, StagedRow.objects.count()) == ("staged", "nepal-dofe", 12, 12)
    assert not Recruiter.objects.exists()
    html = officer.get(url("load", load.ref)).content.decode()
    assert "What would change" in html
    assert "Agency 3 Overseas" in html
    press(load, "confirm")
    load.refresh_from_db()
    assert (load.state, Recruiter.objects.count(), StagedRow.objects.count()) == ("applied", 12, 0)
    assert load.upload.destroyed_on is not None


def test_the_page_shows_what_is_new_changed_and_gone(officer, brought, press):
    press(brought(*rows(20)), "confirm")
    altered = rows(19)
    altered[0] = altered[0].replace("Valid License", "Revoked")
    altered.append("Wholly New Ltd,NP,RL-9999,Valid License,2099-01-01")
    load = brought(*altered)
    html = officer.get(url("load", load.ref)).content.decode()
    for word in ("Revoked", "Wholly New Ltd", "Agency 19 Overseas"):
        assert word in html
    assert (load.added, load.changed, load.gone, load.unchanged) == (1, 1, 1, 18)


def test_a_large_drop_needs_a_tick(brought, press):
    press(brought(*rows(20)), "confirm")
    load = brought(*rows(10))
    refused = press(load, "confirm")
    assert refused.status_code == 422
    assert "more than 10 %" in refused.content.decode()
    assert press(load, "confirm", allow_drop="on").status_code == 302
    assert Recruiter.objects.standing_today("delisted").count() == 10


def test_rejected_rows_come_back_as_a_file_to_be_mended(officer, brought):
    load = brought(*rows(3), ",NP,RL-8,Expired,2020-01-01", "=cmd()|x,Atlantis,RL-9,Expired,soon")
    page = officer.get(url("load", load.ref)).content.decode()
    assert "Row 5, column “Name”: the name is missing." in page
    text = b"".join(officer.get(url("load_rejected", load.ref)).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Name,Country,Licence No,Status,Expiry,Row,Column,What is wrong"
    assert "'=cmd()" in text
    assert "this country is not known" in text
    assert RejectedRow.objects.count() == 2


def test_a_long_file_is_read_in_chunks_that_go_on_where_they_stopped(brought, monkeypatch):
    from recruiters.services import loads

    monkeypatch.setattr(loads, "CHUNK", 4)
    lines = rows(10)
    lines[5] = lines[5].replace("2099-01-01", "soon")
    load = brought(*lines, lines[0], run=False)
    assert load.state == "reading"
    job = load.job
    counts = []
    while loads.read_chunk(job):
        counts.append(job.done)
    load.refresh_from_db()
    assert counts == [4, 8]
    assert (load.state, load.read, load.accepted, load.rejected) == ("staged", 11, 9, 2)
    assert [(r["row"], r["rule"]) for r in load.report["rejected"]] == [(7, "unreadable_date"), (12, "repeats_row")]


def test_it_can_be_discarded_and_nothing_stays(officer, brought, press):
    load = brought(*rows(3))
    press(load, "discard")
    load.refresh_from_db()
    assert (load.state, Recruiter.objects.count(), StagedRow.objects.count()) == ("discarded", 0, 0)
    assert load.upload.destroyed_on is not None


def test_a_load_is_reversed_by_a_button_or_says_why_not(officer, brought, press):
    load = brought(*rows(3))
    press(load, "confirm")
    suspend(Licence.objects.first())
    refused = press(load, "undo")
    assert refused.status_code == 422
    assert Recruiter.objects.first().ref in refused.content.decode()
    assert Recruiter.objects.count() == 3
    assert press(load, "undo", leave="on").status_code == 302
    assert Recruiter.objects.count() == 1
    assert sorted(LoadChange.objects.values_list("fate", flat=True)) == ["left", "undone", "undone"]
    assert "reversed" in officer.get(url("load", load.ref)).content.decode()


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "empty"), (b"a,b\n1,2\n", "No column"), (b"\x00\x01\x02", ""), (b"PK\x03\x04", "")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_kept(officer, data, word):
    key = key_of(officer.get(url("load_new")))
    fields = {"form_key": key, "source": "x", "country": "", "file": SimpleUploadedFile("r.csv", data)}
    answer = officer.post(url("load_new"), fields)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not RegisterLoad.objects.exists()
    assert not Job.objects.exists()


def test_a_file_one_byte_too_large_is_told_by_how_much(officer, settings):
    settings.UPLOAD_TABLE_MAX_BYTES = 2000
    key = key_of(officer.get(url("load_new")))
    fields = {"form_key": key, "source": "x", "country": "", "file": SimpleUploadedFile("r.csv", b"x" * 2001)}
    assert "1\u00a0byte over that" in officer.post(url("load_new"), fields).content.decode()


def test_a_source_without_a_latin_letter_is_asked_again(officer, django_capture_on_commit_callbacks):
    answer = bring(officer, *rows(1), source="नेपाल", capture=django_capture_on_commit_callbacks)
    assert answer.status_code == 422
    assert "Latin" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "seen"), [("farah", 200), ("auditor", 200), ("rosa", 404), ("omar", 404), ("stranger", 404)]
)
def test_officers_and_auditors_see_loads_and_only_officers_run_them(who, seen, client, request, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(HEAD + rows(1)[0], encoding="utf-8")
    load = load_register(path, source="x", actor=SYSTEM)
    client.force_login(request.getfixturevalue(who))
    for name in ("load", "load_rejected"):
        assert client.get(url(name, load.ref)).status_code == seen
    assert client.get(url("loads")).status_code == seen
    undone = client.post(url("load_undo", load.ref), {"form_key": "k"})
    assert undone.status_code == (302 if who == "farah" else 404)


def test_the_list_costs_the_same_for_twenty_five_and_a_hundred(officer):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            officer.get(url("loads"))
        return len(seen)

    RegisterLoad.objects.bulk_create(
        RegisterLoad(source="x", file_name="f", sha256="0", ref=f"RGL-{n}") for n in range(25)
    )
    asked()
    few = asked()
    RegisterLoad.objects.bulk_create(
        RegisterLoad(source="x", file_name="f", sha256="0", ref=f"RGM-{n}") for n in range(75)
    )
    assert asked() == few


def test_a_country_of_destination_that_is_not_known_is_told_and_keeps_no_row_out(officer, farah):
    data = (
        b"Name,Country,Licence No,Status,Expiry,Destination countries\n"
        b"Agency 1 Overseas,NP,RL-1,Valid License,2099-01-01,Qatar; the Gulf\n"
        b"Agency 2 Overseas,NP,RL-2,Valid License,2099-01-01,Katar / Saudi-Arabien / the Gulf\n"
    )
    load = receive_register(actor=farah, source="nepal", data=data, file_name="register.csv")
    jobs.work.call(job_id=load.job_id)
    load.refresh_from_db()
    assert (load.accepted, load.rejected) == (2, 0)
    page = officer.get(url("load", load.ref)).content.decode()
    assert "Countries of destination that are not known" in page
    assert "<bdi>the Gulf</bdi> (2)" in page
    assert [staged.content["destinations"] for staged in load.staged.order_by("number")] == [["QA"], ["QA", "SA"]]
