"""What only a browser can show of the cases: double clicks, an idle screen, digits typed, what leaves the page."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from grievances.budgets import purse
from grievances.models import Grievance, WorkerSession
from tests.grievances.builders import WORDS, make_lodged

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True),
]
BENGALI = "০১২৩৪৫৬৭৮৯"


@pytest.fixture(autouse=True)
def full_purse() -> None:
    """Begin with full budgets."""
    purse.empty()


def come_in(page: Any, base: str, language: str = "en", digits: str = "0123456789") -> str:
    """Open one's page with a receipt typed in these digits; return it."""
    receipt = make_lodged(language=language).receipt.digits
    page.goto(f"{base}/{language}/report/follow-up/")
    page.fill("#id_receipt", " ".join(digits[int(digit)] for digit in receipt))
    with page.expect_navigation():
        page.locator("main .actions .button").click()
    expect(page.locator("textarea[name=words]")).to_be_visible()
    return receipt


def to_contact(page: Any, base: str) -> None:
    """Go to the last page of a report."""
    page.goto(base + "/en/report/new/")
    page.locator("input[value=FEE]").check()
    for _page in range(3):
        with page.expect_navigation():
            page.locator("main form > .actions .button").first.click()


def test_case_4_she_types_her_receipt_in_bengali_digits_with_spaces(page: Any, live_server: Any, nadia: Any) -> None:
    come_in(page, live_server.url, "bn", BENGALI)
    assert WorkerSession.objects.count() == 1


def test_case_5_on_320_pixels_she_sees_what_comes_next_and_her_own_words_only_when_she_asks(
    page: Any, live_server: Any, nadia: Any
) -> None:
    come_in(page, live_server.url)
    expect(page.get_by_text("What happens next")).to_be_visible()
    assert WORDS not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    with page.expect_navigation():
        page.get_by_role("button", name="Show me what I wrote").click()
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_case_9_after_half_an_hour_without_a_hand_the_screen_is_left_and_back_shows_nothing(
    page: Any, live_server: Any, nadia: Any
) -> None:
    page.clock.install()
    come_in(page, live_server.url)
    page.locator("textarea[name=words]").fill("half a sentence")
    page.clock.fast_forward("26:00")
    expect(page.locator("main [role=alert], main [role=status]").first).to_be_visible()
    with page.expect_navigation(url="**/calendar/"):
        page.clock.fast_forward("05:00")
    assert not WorkerSession.objects.exists()
    page.go_back()
    expect(page.locator("textarea[name=words]")).to_have_count(0)


def test_case_27_a_double_click_on_the_last_button_makes_one_grievance(page: Any, live_server: Any, nadia: Any) -> None:
    to_contact(page, live_server.url)
    page.locator("main form > .actions .button").first.dblclick()
    page.locator(".receipt").wait_for()
    assert Grievance.objects.count() == 1


def test_case_39_no_request_of_hers_tells_where_she_came_from_what_she_holds_or_anybody_else(
    page: Any, live_server: Any, nadia: Any
) -> None:
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))
    to_contact(page, live_server.url)
    with page.expect_navigation():
        page.locator("main form > .actions .button").first.click()
    receipt = re.sub(r"\D", "", page.locator(".receipt").inner_text())
    page.fill("input[name=receipt]", receipt)
    with page.expect_navigation():
        page.locator("main .actions .button").first.click()
    come_in(page, live_server.url)
    page.goto(live_server.url + "/en/report/exit/")
    hosts = {request.url.split("/")[2] for request in asked if request.url.startswith("http")}
    assert hosts == {live_server.url.split("/")[2]}
    for request in asked:
        told = request.all_headers()
        assert "referer" not in told
        assert receipt[:9] not in re.sub(r"[^0-9]", "", request.url.split("/", 3)[3])
        assert receipt not in str(told)
    assert receipt not in page.evaluate("document.title + location.href + JSON.stringify(history.state)")
