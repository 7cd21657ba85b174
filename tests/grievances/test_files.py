"""Cases 28 to 33: what a worker sends is kept whole or refused with a sentence, and never passed on as it came."""

import io
import json
import re
import resource
import secrets
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadhandler import StopUpload
from django.test import Client
from django.urls import reverse

from core import evidence
from core.actors import SYSTEM
from core.models import AuditEntry, EvidenceFile, Notice
from grievances.budgets import purse
from grievances.models import Draft, DraftFile, DraftPart, Grievance
from grievances.services import drafts
from grievances.uploads import ENDLESS, CappedFormUploadHandler
from tests import samples
from tests.clamd import FakeClamd, clamd  # noqa: F401 - the fixture
from tests.grievances.builders import make_grievance
from tests.grievances.walking import WORDS, hidden, walk

pytestmark = pytest.mark.django_db
NEW, PART = "/en/report/new/", "/en/report/part/"


@pytest.fixture(autouse=True)
def full_purse() -> None:
    purse.empty()


def named(data: bytes, name: str = "photo.jpg") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


class Phone(Client):
    """A phone on the page for words, with what its hidden fields hold."""

    def open(self) -> dict[str, list[str]]:
        self.fields = hidden(walk(self, "en", stop="where").content.decode())
        return self.fields

    def piece(self, data: bytes, start: Any, total: Any, name: str = "a" * 32, **more: Any) -> dict[str, Any]:
        fields = {"token": self.fields["token"], "guard": self.fields["guard"], "name": name}
        part = {"part": named(data, "blob")} if data else {}
        answer = self.post(PART, {**fields, "start": start, "total": total, **part, **more})
        return dict(json.loads(answer.content))

    def send(self, *files: io.BytesIO, **more: Any) -> Any:
        return self.post(NEW, {**self.fields, "words": WORDS, "papers": files, **more})


@pytest.fixture
def phone(nadia: Any) -> Phone:
    made = Phone()
    made.open()
    return made


def stored() -> set[Path]:
    return {path for path in Path(configured.DATA_DIR, "sealed").rglob("*") if path.is_file()}


# 28: a broken line


def test_case_28_a_file_sent_piece_by_piece_is_whole_and_a_lost_answer_costs_one_piece(phone: Phone) -> None:
    data = samples.photo((300, 200))
    assert phone.piece(data[:700], 0, len(data)) == {"have": 700, "kept": ""}
    assert phone.piece(data[:700], 0, len(data))["have"] == 700
    assert phone.piece(data[900:], 900, len(data))["have"] == 700
    assert phone.piece(b"", 0, len(data))["have"] == 700
    last = phone.piece(data[700:], 700, len(data))
    assert last["have"] == len(data)
    assert "File 1 is kept (jpg" in last["kept"]
    assert not DraftPart.objects.exists()
    contact = hidden(phone.send().content.decode())
    phone.post(NEW, {**contact, "mode": "receipt"})
    file = EvidenceFile.objects.get()
    assert (file.size, file.cleaned_type) == (len(data), "image/jpeg")
    assert not Draft.objects.exists()


def test_case_28_a_line_that_breaks_at_99_percent_leaves_nothing_half_kept_and_nothing_in_the_clear(
    phone: Phone,
) -> None:
    before, marker = stored(), b"PLANTED-IN-THE-CLEAR" * 50
    data = marker + b" end of the text"
    phone.piece(data[:-9], 0, len(data))
    assert not DraftFile.objects.exists()
    assert all(b"PLANTED" not in path.read_bytes() for path in stored() - before)
    assert all(
        b"PLANTED-IN-THE" not in path.read_bytes()
        for path in Path(tempfile.gettempdir()).glob("tmp*")
        if path.is_file()
    )
    text = phone.send().content.decode()
    assert 'name="drop"' not in text
    with_rest = phone.piece(data[-9:], len(data) - 9, len(data))
    assert "kept" in with_rest["kept"]


@pytest.mark.django_db(transaction=True)
def test_case_28_what_never_arrived_whole_goes_with_the_draft(phone: Phone) -> None:
    before = stored()
    phone.piece(b"first half ", 0, 22)
    assert len(stored() - before) == 1
    drafts.sweep_drafts(Draft.objects.get().expires_at)
    assert stored() <= before
    assert not DraftPart.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_she_takes_back_on_its_way_is_gone(phone: Phone) -> None:
    before = stored()
    phone.piece(b"first half ", 0, 22)
    phone.piece(b"", 0, 0, drop="1")
    assert not DraftPart.objects.exists()
    assert stored() <= before


def test_case_28_a_failure_between_file_and_row_keeps_neither(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(DraftFile.objects, "create", fails)
    phone.raise_request_exception = False
    assert phone.send(named(samples.photo())).status_code == 500
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "../../x"},
        {"start": "-1"},
        {"start": "9" * 30},
        {"total": "x"},
        {"start": 5, "total": 3},
        {"token": "no"},
    ],
)
def test_a_piece_that_no_page_of_ours_sends_is_refused_with_a_sentence(phone: Phone, fields: dict[str, Any]) -> None:
    assert phone.piece(**{"data": b"x", "start": 0, "total": 1, **fields})["why"]
    assert not DraftPart.objects.exists()


def test_pieces_from_another_site_are_refused(phone: Phone) -> None:
    fields = {"token": phone.fields["token"], "name": "b" * 32, "start": 0, "total": 1, "part": named(b"x")}
    assert phone.post(PART, fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


# 29: floods


def test_case_29_26_megabytes_piece_by_piece_are_refused_at_the_first(phone: Phone) -> None:
    assert "25 MB" in phone.piece(b"x", 0, 26 * 1024 * 1024)["why"]


def test_case_29_more_than_five_files_on_their_way_are_refused(phone: Phone) -> None:
    answers = [phone.piece(b"x", 0, 9, name=f"{n}" * 32) for n in range(6)]
    assert [bool(answer.get("why")) for answer in answers] == [False] * 5 + [True]


BOMBS = {
    "a picture of 50,000 times 50,000": samples.flood,
    "a zip bomb": lambda: samples.letter(word__bomb__xml=bytes(90_000_000)),
    "a nested zip": lambda: samples.parcel(
        {"inner.zip": samples.parcel({"inner.zip": samples.parcel({"a": b"0" * 9**6})})}
    ),
    "a zip of too many parts": lambda: samples.parcel({str(n): b"" for n in range(2_100)}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_case_29_a_bomb_is_refused_in_little_memory_and_her_words_stay(phone: Phone, bomb: str) -> None:
    data = BOMBS[bomb]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    response = phone.send(named(data))
    assert response.status_code == 422
    assert "राहदानी" in response.content.decode()
    assert not DraftFile.objects.exists()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_case_29_a_stream_without_end_is_cut_and_holds_no_memory() -> None:
    handler = CappedFormUploadHandler(None)
    handler.new_file("papers", "x", "text/plain", None)
    chunk = bytes(1024 * 1024)
    for taken in range(0, ENDLESS, len(chunk)):
        handler.receive_data_chunk(chunk, taken)
        assert sum(map(len, handler._chunks)) <= configured.EVIDENCE_MAX_BYTES
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(chunk, ENDLESS)
    assert handler._chunks == []


# 30 and 31: what staff get

POLYGLOTS = {
    "HTML named jpg": (b"<!doctype html><script>alert(1)</script>", None),
    "SVG with script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', None),
    "GIF that is JavaScript": (b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)", None),
    "program": (b"MZ\x90\x00" + bytes(60), None),
    "JPEG that is PHP": (
        samples.photo()[:20] + b"\xff\xfe\x00\x20<?php system($_GET['PLANTED']);?>" + samples.photo()[20:],
        "jpg",
    ),
    "PDF with JavaScript": (samples.paper(), "pdf"),
    "JPEG with a zip behind": (samples.photo() + samples.parcel({"PLANTED": b"1"}), "jpg"),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_case_30_a_file_that_is_two_things_is_refused_or_becomes_one(name: str) -> None:
    data, becomes = POLYGLOTS[name]
    if becomes is None:
        with pytest.raises(evidence.EvidenceRefused):
            evidence.keep_bytes(data, actor=SYSTEM, subject="GRV-1")
        return
    file = evidence.keep_bytes(data, actor=SYSTEM, subject="GRV-1")
    if evidence.held_for(file):
        return  # withheld, never passed on
    answer = evidence.respond(file, actor=SYSTEM)
    assert b"<?php" not in answer.content
    assert b"PLANTED" not in answer.content
    assert b"/JavaScript" not in answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="{file.ref}.{becomes}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def opened(client: Client, nadia: Any, grievance: Grievance) -> str:
    client.force_login(nadia)
    client.post(reverse("grievances:open", args=[grievance.ref]), {"reason": "triage"})
    file = grievance.files.get().evidence
    return reverse("grievances:file", args=[grievance.ref, file.ref])


def test_case_31_staff_get_the_clean_copy_and_the_original_only_for_a_coded_reason(client: Client, nadia: Any) -> None:
    grievance = make_grievance(files=(samples.photo(),))
    address = opened(client, nadia, grievance)
    copy = client.get(address)
    assert copy.status_code == 200
    assert samples.PLANTED not in copy.content
    asked = client.get(address, {"original": "1"})
    assert asked.status_code == 409
    assert samples.PLANTED not in asked.content
    assert client.get(address, {"original": "1", "reason": "curious"}).status_code == 422
    elsewhere = client.get(address, {"original": "1", "reason": "proof"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert samples.PLANTED not in elsewhere.content
    assert not AuditEntry.objects.filter(verb="evidence.original").exists()
    original = client.get(address, {"original": "1", "reason": "proof"})
    assert samples.PLANTED in original.content
    assert original["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(verb="evidence.original").facts["reason"] == "proof"


def test_case_31_a_file_that_cannot_be_cleaned_is_withheld_and_staff_see_why(client: Client, nadia: Any) -> None:
    grievance = make_grievance(files=(samples.photo()[:200],))
    address = opened(client, nadia, grievance)
    page = client.get(address)
    assert page.status_code == 409
    assert "could not be read" in page.content.decode()
    assert samples.PLANTED not in page.content
    row = client.get(reverse("grievances:grievance", args=[grievance.ref])).content.decode()
    assert "Original only" in row
    assert client.get(address, {"reason": "no_copy"}).content == samples.photo()[:200]


def test_case_31_nobody_without_the_right_gets_the_original_with_a_reason(
    client: Client, nadia: Any, rosa: Any
) -> None:
    grievance = make_grievance(files=(samples.photo(),))
    address = opened(client, nadia, grievance)
    stranger = Client()
    stranger.force_login(rosa)
    assert stranger.get(address, {"original": "1", "reason": "proof"}).status_code in {403, 404}


# 32: names

NAMES = [
    "../../x",
    "C:\\con",
    "a\x00b.jpg",
    "photo\u202egpj.exe",
    "x" * 5000 + ".jpg",
    'a"b\r\nSet-Cookie: x=1.jpg',
    "<b>.jpg",
]


@pytest.mark.parametrize("name", NAMES)
def test_case_32_a_hostile_name_is_never_used_or_kept(phone: Phone, client: Client, nadia: Any, name: str) -> None:
    before = stored()
    response = phone.send(named(b"plain words", name))
    assert response.status_code == 200
    phone.post(NEW, {**hidden(response.content.decode()), "mode": "receipt"})
    grievance = Grievance.objects.get()
    assert all(re.fullmatch(r"[0-9a-f]{32}-[0-9a-f]{8}", path.name) for path in stored() - before)
    if not grievance.files.exists():
        return  # the name was no name of a file: the parser took none in, and her words were filed
    answer = client.get(opened(client, nadia, grievance))
    assert re.fullmatch(r'attachment; filename="EVD-[0-9A-Z-]+\.txt"', answer["Content-Disposition"])
    assert "Set-Cookie: x" not in str(answer.headers)


# 33: the scanner


@pytest.mark.parametrize("state", ["infected", "not_checked"])
def test_case_33_a_held_file_s_grievance_is_filed_and_its_handlers_are_warned(
    phone: Phone,
    client: Client,
    nadia: Any,
    clamd: FakeClamd,  # noqa: F811
    state: str,
) -> None:
    if state == "not_checked":
        clamd.close()
    contact = hidden(phone.send(named(samples.EICAR, "paper.txt")).content.decode())
    assert phone.post(NEW, {**contact, "mode": "receipt"}).status_code == 200
    grievance = Grievance.objects.get()
    assert grievance.statement is not None
    assert Notice.objects.filter(user=nadia, code="grievance.file_held").count() == 1
    address = opened(client, nadia, grievance)
    withheld = client.get(address)
    assert withheld.status_code == 409
    assert samples.EICAR not in withheld.content
    words = {"infected": "Harmful program found", "not_checked": "Not checked for harmful programs"}[state]
    assert words in client.get(reverse("grievances:grievance", args=[grievance.ref])).content.decode()


# without a script


def test_without_a_script_a_recording_is_sent_by_the_phone_s_own_recorder(phone: Phone, nadia: Any) -> None:
    page = walk(Client(), "en", stop="where").content.decode()
    assert re.search(r'<input type="file" name="voice" accept="audio/\*" capture', page)
    contact = hidden(phone.send(voice=named(samples.sound("3gp", "aac"), "rec.3gp")).content.decode())
    phone.post(NEW, {**contact, "mode": "receipt"})
    file = EvidenceFile.objects.get()
    assert (file.extension, file.cleaned_type) == ("3gp", "audio/mpeg")


def test_the_form_s_random_names_never_meet(phone: Phone) -> None:
    other = Phone()
    other.open()
    name = secrets.token_hex(16)
    assert phone.piece(b"mine ", 0, 12, name=name)["have"] == 5
    assert other.piece(b"", 0, 12, name=name)["have"] == 0
