"""What is measured: the pages and posts that people wait for, each with its goal as a multiple of anchor A."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.formkeys import new_key
from core.models import User
from grievances.budgets import purse

Case = tuple[str, str, Callable[[], object], int]


def page(url: str, username: str | None = None) -> Callable[[], object]:
    """Return a call that asks for a page as a user of the demo, and fails unless it is answered."""
    client = Client(headers={"accept-encoding": "gzip"})
    if username:
        client.force_login(User.objects.get(username=username))

    def ask() -> object:
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        return response

    return ask


def queries(url: str, username: str | None = None) -> int:
    """Return how many queries a page takes when warm."""
    ask = page(url, username)
    ask()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ask()
    return len(seen)


PAGES: list[tuple[str, str, str | None, str]] = [
    ("A: bare view, 25 of the rows", "/bench/a", None, "1.0"),
    ("public register, first page", "/en/recruiters/", None, "<= 1.3, 5 queries"),
    ("public register, search", "/en/recruiters/?q=golden+bri", None, "<= 1.3, 5 queries"),
    ("public register, search that finds nothing", "/en/recruiters/?q=zzzzzz", None, "<= 1.3, 5 queries"),
    ("public register, country and status", "/en/recruiters/?country=NP&status=suspended", None, "<= 1.3, 5 queries"),
    ("public home (Wagtail)", "/en/", None, "<= 3, 12 queries"),
    ("published reports", "/en/reports/", None, "<= 3"),
    ("officer's register list", "/workspace/recruiters/register/", "farah", "<= 3, 15 queries"),
    ("officer's dashboard", "WORKSPACE", "farah", "<= 3, 15 queries"),
    ("inspector's queue", "WORKSPACE", "rosa", "<= 3, 15 queries"),
    ("case officer's queue", "WORKSPACE", "nadia", "<= 3, 15 queries"),
    ("company's landing", "WORKSPACE", "quentin", "<= 3, 15 queries"),
]


def cases() -> Iterator[Case]:
    """Yield each case: name, goal, call, rounds."""
    for name, url, username, goal in PAGES:
        address = _landing(username) if url == "WORKSPACE" else url
        count = queries(address, username)
        yield f"{name} ({count} queries)", goal, page(address, username), 15
    yield "grievance, first page to receipt", "<= 20", lodge, 7
    yield "POST: one row and its audit entry", "stated", post("admin"), 15


def post(username: str) -> Callable[[], object]:
    """Return a call that posts a form which writes one row and its audit entry, and fails unless it is carried out."""
    client = Client()
    client.force_login(User.objects.get(username=username))

    def send() -> object:
        key = new_key()
        response = client.post(reverse("core:account_new"), {"name": f"Firm {key}", "kind": "company", "form_key": key})
        if response.status_code != 302:
            raise RuntimeError(f"the form answered {response.status_code}")
        return response

    return send


def _landing(username: str | None) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return str(client.get("/workspace/")["Location"])


_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_ANSWERS: tuple[dict[str, object], ...] = (
    {"codes": ["FEE", "DOC"]},
    {"country": "QA", "recruiter": "Golden Bridge", "people": "one", "filed_by": "affected"},
    {"words": "They took my passport. " * 20},
    {"mode": "receipt", "consents": ["investigate"]},
)


def lodge() -> object:
    """Walk a worker's path from the first page to the receipt, as her browser does, and return the receipt's page."""
    purse.empty()
    client = Client(headers={"accept-encoding": "identity", "origin": "http://testserver"})
    client.get("/ne/report/")
    shown = client.get("/ne/report/new/").content.decode()
    for answer in _ANSWERS:
        shown = client.post("/ne/report/new/", {**_hidden(shown), **answer}).content.decode()
    if 'class="receipt"' not in shown:
        raise RuntimeError("no receipt was shown")
    return shown


def _hidden(shown: str) -> dict[str, object]:
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(shown.split("<main")[1]):
        found.setdefault(name, []).append(unescape(value))
    return dict(found)


def throughput() -> list[dict[str, Any]]:
    """Return how many grievances a second this machine takes in from eight writers, every commit synced."""
    each, writers, times = 4, 8, []

    def write() -> None:
        for _round in range(each):
            began = time.perf_counter()
            lodge()
            times.append(time.perf_counter() - began)
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    if len(times) != each * writers:
        raise RuntimeError("a grievance was lost")
    slowest = sorted(times)[int(len(times) * 0.95)]
    return [
        _stated("grievances whole, 8 writers, a second", round(len(times) / seconds, 1)),
        _stated("p95 of a whole grievance, 8 writers, ms", round(slowest * 1000)),
    ]


def _stated(name: str, figure: float) -> dict[str, Any]:
    return {"case": name, "cpu_ms": figure, "a_ms": "", "ratio": "", "goal": "stated"}
