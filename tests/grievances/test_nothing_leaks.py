"""Planted words, names, numbers and receipts are nowhere in the clear: database, files, logs, mail, audit trail."""

import hashlib
import io
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from grievances import services
from grievances.models import Grievance
from grievances.receipts import read
from grievances.services import following
from tests.factories import make_party
from tests.grievances.builders import judgement
from tests.grievances.walking import come_back, hidden, shown_receipt, walk
from tests.keys import hold_receipt

pytestmark = pytest.mark.django_db
PLANTED = ["Zebrafinchwords", "Zebrafinchplace", "Zebrafinchemployer", "Zebrafinchname", "+97798zebra",
           "Zebrafinchmessage", "Zebrafinchfile", "Zebrafinchnote", "Zebrafinchreply"]  # fmt: skip


def everything_in_the_database() -> str:
    """Return every value of every table as text."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    out.write(raw.decode("utf-8", "replace") + raw.decode("utf-16-le", "replace") + "\n")
    return out.getvalue()


def test_case_39_after_a_whole_grievance_nothing_planted_is_found_anywhere(nadia, caplog, tmp_path) -> None:
    nadia.email = "nadia@example.org"
    nadia.save()
    caplog.set_level(logging.DEBUG)
    phone = Client()
    note = io.BytesIO(b"Zebrafinchfile in a text file")
    note.name = "Zebrafinchname.txt"
    response = walk(
        phone,
        "en",
        where={"place": "Zebrafinchplace", "employer": "Zebrafinchemployer", "recruiter": "Golden Bridge"},
        words={"words": "Zebrafinchwords"},
        files=[note],
        contact={"mode": "phone", "value": "+97798zebra", "name": "Zebrafinchname", "caution": "Zebrafinchplace"},
    )
    receipt = shown_receipt(response.content.decode())
    come_back(phone, receipt, "en")
    page = phone.get("/en/report/follow-up/case/").content.decode()
    phone.post("/en/report/follow-up/case/", {**hidden(page), "words": "Zebrafinchmessage"})
    grievance = Grievance.objects.get()
    services.link_accused(grievance, make_party("Golden Bridge"), part="recruiter", actor=nadia)
    services.send_message(grievance, "Zebrafinchreply", actor=nadia)
    services.triage(grievance, judgement(priority="urgent", note="Zebrafinchnote"), actor=nadia)
    with hold_receipt(read(receipt)):
        following.own_words(grievance)
    following.withdraw(grievance)

    places = {
        "database": everything_in_the_database(),
        "logs": caplog.text,
        "mail": "\n".join(f"{m.subject} {m.body} {m.to}" for m in mail.outbox),
        "files": "".join(
            path.read_bytes().decode("utf-8", "replace")
            for path in Path(settings.DATA_DIR, "sealed").rglob("*")
            if path.is_file()
        ),
    }
    file = b"Zebrafinchfile in a text file"
    digests = [named(file).hexdigest() for named in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b)]
    groups = [*digests, receipt, " ".join(receipt[n : n + 3] for n in range(0, 27, 3)), receipt[:10], receipt[10:25]]
    for place, text in places.items():
        for secret in [*PLANTED, *groups]:
            assert secret not in text, (place, secret)


def test_case_39_an_error_half_way_writes_no_word_to_the_log(phone_that_fails, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    phone_that_fails()
    assert "Zebrafinch" not in caplog.text


@pytest.fixture
def phone_that_fails(nadia, monkeypatch):
    """Return a walk that ends in an unexpected error while the grievance is written."""

    def broken(*_args, **_more):
        raise RuntimeError("unexpected")

    monkeypatch.setattr("grievances.services.lodging.look", broken)

    def run() -> None:
        response = walk(Client(raise_request_exception=False), "en", words={"words": "Zebrafinchwords"})
        assert response.status_code == 500
        assert b"Zebrafinch" not in response.content

    return run
