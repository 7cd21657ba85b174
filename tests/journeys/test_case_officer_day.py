"""A day of a case officer: forty grievances through the queue with the keyboard alone, each read, none skipped."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditEntry
from grievances.models import Clock, Grievance, RemediationCase
from grievances.statuses import Status
from tests.grievances.builders import make_grievance
from tests.keys import present

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FORTY = 40
KINDS = (("WAG",), ("HOU",), ("HRS",), ("DOC", "FEE"))


def _lodged(nadia: Any, count: int) -> list[Grievance]:
    """Return so many grievances in the order in which they are due; each says its number in its own words."""
    with present(nadia):
        made = [
            make_grievance(KINDS[number % len(KINDS)], words=f"Story number {number:02d} of this day.")
            for number in range(count)
        ]
    for number, grievance in enumerate(made):
        Clock.objects.filter(grievance=grievance).update(due_at=timezone.now() + timedelta(hours=number + 1))
    return made


def _press(page: Any, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(key)


def _alt(page: Any, letter: str) -> None:
    """Press Alt and a letter as a keyboard does: Playwright leaves out the letter, which access keys go by."""
    code = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper()), "modifiers": 1}
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": "", "unmodifiedText": letter, **code})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **code})
    keyboard.detach()


def _alt_to(page: Any, letter: str) -> None:
    with page.expect_navigation():
        _alt(page, letter)


def _wait_for_focus(page: Any, text: str) -> None:
    """Wait until what says this has the focus: a browser sets it after the page has been read."""
    page.wait_for_function(
        "text => (document.activeElement.innerText || document.activeElement.value || '') === text", arg=text
    )


def test_forty_grievances_are_opened_read_and_decided_with_the_keyboard_alone(
    page: Any, live_server: Any, axe: Callable[[Any], None], sign_in: Any, nadia: Any
) -> None:
    forty = _lodged(nadia, FORTY)
    sign_in(page, nadia)
    page.goto(f"{live_server.url}/workspace/grievances/")
    _alt_to(page, "w")
    words = page.locator("#words + p")
    for number, grievance in enumerate(forty):
        assert grievance.ref in page.url
        assert words.count() == 0
        _wait_for_focus(page, "Open the words")
        _press(page, "Enter")
        assert words.inner_text() == f"Story number {number:02d} of this day."
        _wait_for_focus(page, "In the worker's words")
        if number == 0:
            assert page.get_by_text("1 of 40 that wait for a decision").count() == 1
            assert page.locator("input[name=decision]:checked").count() == 0
            axe(page)
        if number == 7:  # not sure: on to the next, and back with what was read still open
            _alt_to(page, "n")
            assert forty[8].ref in page.url
            _alt_to(page, "p")
            assert words.count() == 1
            _alt(page, "d")
            page.wait_for_function("document.activeElement.id === 'decide'")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        if number % 10 == 9:  # every tenth needs a question first
            page.keyboard.press("ArrowDown")
        _press(page, "Enter")
    assert page.url.split("#")[0].endswith("/workspace/grievances/")
    statuses = Counter(grievance.status for grievance in Grievance.objects.all())
    assert statuses == {Status.ACCEPTED: 36, Status.NEEDS_INFORMATION: 4}
    assert RemediationCase.objects.count() == 36
    opened = AuditEntry.objects.filter(verb="vault.opened", facts__purpose="grievance.statement")
    assert opened.count() >= FORTY


def test_without_scripts_the_same_round_is_plain_links_and_forms(nadia: Any) -> None:
    first_due, second_due = _lodged(nadia, 2)
    client = Client()
    client.force_login(nadia)
    first = client.get("/workspace/grievances/round/", follow=True)
    assert first_due.ref in first.request["PATH_INFO"]
    text = first.content.decode()
    assert f"/workspace/grievances/{second_due.ref}/triage/?round=1" in text
    assert "<script" not in text


def test_a_case_officers_lists_ask_the_database_at_most_fifteen_times(nadia: Any) -> None:
    _lodged(nadia, 26)
    client = Client()
    client.force_login(nadia)
    for path in ("/workspace/grievances/", "/workspace/grievances/cases/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 15, path
