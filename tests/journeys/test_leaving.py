"""Leaving at once: three presses of Shift, the first link of the keyboard, and the way back that shows nothing."""

from typing import Any

import pytest
from playwright.sync_api import expect

from grievances.models import WorkerSession
from tests.grievances.builders import make_lodged

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def come_in(page: Any, base: str) -> None:
    """Open one's page with a receipt."""
    digits = make_lodged(language="en").receipt.digits
    page.goto(f"{base}/en/report/follow-up/")
    page.fill("#id_receipt", digits)
    with page.expect_navigation():
        page.locator("main .actions .button").click()
    expect(page.locator("textarea[name=words]")).to_be_visible()


def test_case_8_shift_three_times_ends_her_session_and_back_does_not_return(
    page: Any, live_server: Any, nadia: Any
) -> None:
    come_in(page, live_server.url)
    assert WorkerSession.objects.count() == 1
    with page.expect_navigation(url="**/calendar/"):
        for _press in range(3):
            page.keyboard.press("Shift")
    assert not WorkerSession.objects.exists()
    page.go_back()
    expect(page.locator("textarea[name=words]")).to_have_count(0)


def test_case_8_a_capital_letter_does_not_throw_her_out(page: Any, live_server: Any, nadia: Any) -> None:
    come_in(page, live_server.url)
    page.locator("textarea[name=words]").press_sequentially("ABC Def GHI")
    assert page.url.endswith("/follow-up/case/")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_case_8_without_a_script_the_keyboard_s_second_stop_leaves(page: Any, live_server: Any, nadia: Any) -> None:
    come_in(page, live_server.url)
    for _press in range(4):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("href").endswith("/exit/"):
            break
    with page.expect_navigation(url="**/calendar/"):
        page.keyboard.press("Enter")
    assert not WorkerSession.objects.exists()
