"""A phone that writes text messages to the product and reads what comes back."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone

from core import keyring
from core.keyring import KeyRing
from grievances import receipts
from grievances.models import Grievance
from grievances.services import following
from grievances.services.doors import let_in
from grievances.services.texting import outbox
from grievances.smsgateways import signature

SECRET = "a-secret-that-the-gateway-shares"
_ids = count(1)


class Taken:
    """A gateway that keeps what it is to send, in the order in which it came."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, number: str, text: str, reference: str) -> None:
        self.sent.append((number, text))


def post(body: bytes, *, at: int | None = None, secret: str = SECRET, **headers: str):
    moment = int(time.time()) if at is None else at
    mark = f"t={moment},v1={signature(secret, moment, body)}"
    return Client().post("/sms/in/", body, content_type="application/json", headers={"X-Signature": mark, **headers})


class Phone:
    """One phone with its number."""

    def __init__(self, gateway: Taken, number: str = "+97455501234") -> None:
        self.gateway, self.number = gateway, number

    def write(self, text: str, *, name: str = "", **more: object) -> list[str]:
        """Send a text; return what came back for this phone."""
        before = len(self.gateway.sent)
        body = json.dumps({"id": name or f"m{next(_ids)}", "from": self.number, "text": text, **more}).encode()
        response = post(body)
        assert response.status_code == 202, response.status_code
        outbox.deliver(timezone.now())
        return [words for number, words in self.gateway.sent[before:] if number == self.number]

    def report(self, *, words: str = "Zebrafinch kept my passport", contact: str = "1") -> list[str]:
        """Walk to the end of a report in English; return what was said last."""
        for text in ("hello", "1", "13", "2", "Qatar", words, "0", contact):
            self.write(text)
        return self.write("1")

    def receipt(self) -> str:
        """Take the receipt, check it, and return its digits."""
        digits = re.sub(r"\D", "", self.write("1")[0])
        assert len(digits) == 27
        self.write(digits[-4:])
        return digits


@contextmanager
def inside(digits: str) -> Iterator[Grievance]:
    """Let the holder of a receipt in: everything inside opens what her key opens."""
    entrance = let_in(receipts.read(digits), source="test")
    assert entrance is not None
    with keyring.holding(KeyRing(lambda: [entrance.pair])):
        yield entrance.grievance


def own_words(digits: str) -> str:
    """Return what was filed, as its worker reads it."""
    with inside(digits) as grievance:
        return following.own_words(grievance).get("words", "")


def everything() -> str:
    """Return every value of every table, as somebody with a dump of the database reads it."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for value in (value for row in cursor.fetchall() for value in row):
                if isinstance(value, bytes | memoryview):
                    parts += [bytes(value).hex(), bytes(value).decode("latin-1")]
                else:
                    parts.append(str(value))
    return "\n".join(parts)
