"""The worker's whole job, on a phone, in Nepali, without JavaScript: told, kept, answered, and answered again."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.models import AuditEntry
from grievances import services
from grievances.budgets import purse
from grievances.models import Grievance, WorkerSession
from tests.keys import present

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="ne"
    ),
]

WORDS = "एजेन्टलाई पैसा तिरेँ। राहदानी कम्पनीले राख्यो।"
REPLY = "हामीले पढ्यौँ। तपाईं सुरक्षित हुनुहुन्छ?"
ANSWER = "हजुर, म सुरक्षित छु।"


class Phone:
    """What Wira does on her phone; every page is checked for accessibility and for what it must not do."""

    def __init__(self, page: Any, reader: Any, base: str, axe: Callable[[Any], None]) -> None:
        self.page, self.reader, self.base, self.axe = page, reader, base, axe
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))

    def look(self) -> None:
        """Check the page: accessible, no wider than the screen, a way out, nothing secret in the address."""
        self.examine()
        assert self.page.locator("a.exit").is_visible()
        box = self.page.locator("html").bounding_box()
        assert box is not None
        assert box["width"] <= 360
        assert not re.search(r"\d{9}", self.page.url + self.page.title())
        assert len(self.asked) <= 4, self.asked  # the page, its style sheet, its icon; one more for a redirect
        self.asked.clear()

    def examine(self) -> None:
        """Let axe read the same page in a browser with JavaScript, which axe needs and the phone does not have."""
        html = self.page.content()
        self.reader.unroute_all()
        self.reader.route(
            self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        self.reader.goto(self.page.url)
        self.axe(self.reader)

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.base + path)
        self.look()

    def press(self, place: int = 0) -> None:
        """Press the page's main button and look at what follows."""
        self.tap(self.page.locator("main .actions .button:visible").nth(place))

    def tap(self, target: Any) -> None:
        """Tap a link or a button and look at what follows."""
        with self.page.expect_navigation():
            target.tap()
        self.look()

    def receipt(self) -> str:
        """Write down the receipt that the page shows."""
        return re.sub(r"\D", "", self.page.locator(".receipt").inner_text())


@pytest.fixture
def phone(page: Any, browser: Any, live_server: Any, axe: Callable[[Any], None]) -> Iterator[Phone]:
    """Return Wira's phone."""
    purse.empty()
    reader = browser.new_context(viewport={"width": 360, "height": 740})
    yield Phone(page, reader.new_page(), live_server.url, axe)
    reader.close()


def test_case_1_wira_tells_keeps_her_receipt_comes_back_reads_and_answers_without_a_script(
    phone: Phone, nadia: Any
) -> None:
    page = phone.page
    phone.go("/ne/report/")
    phone.tap(page.locator("main .button").first)
    page.locator("input[value=FEE]").check()
    page.locator("input[value=DOC]").check()
    phone.press()
    page.locator("select[name=country]").select_option("QA")
    page.locator("input[name=recruiter]").fill("Golden Bridge Manpower")
    phone.press()
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("input[name=papers]").set_input_files(
        {"name": "रसिद.txt", "mimeType": "text/plain", "buffer": "एक लाख पचास हजार".encode()}
    )
    phone.press()
    phone.press()

    receipt = phone.receipt()
    assert len(receipt) == 27
    page.locator("input[name=receipt]").fill(" ".join("०१२३४५६७८९"[int(digit)] for digit in receipt))
    phone.press()
    assert page.locator(".receipt").count() == 0
    grievance = Grievance.objects.get()
    assert grievance.codes == ("DOC", "FEE")
    assert grievance.receipt_kept
    assert grievance.files.count() == 1

    services.take(grievance, actor=nadia)
    services.send_message(grievance, REPLY, actor=nadia)

    phone.go("/ne/report/follow-up/")
    page.locator("input[name=receipt]").fill(receipt)
    phone.press()
    main = page.locator("main").inner_text()
    assert REPLY in main
    assert WORDS not in main
    page.locator("textarea[name=words]").fill(ANSWER)
    phone.press(0)
    assert ANSWER in page.locator("main").inner_text()
    with present(nadia):
        opened = services.open_words(grievance, actor=nadia, reason="answer")
    assert [text for _message, text in opened.messages] == [REPLY, ANSWER]
    assert opened.words == WORDS

    assert WorkerSession.objects.count() == 1
    page.locator("a.exit").tap()
    page.wait_for_url("**/calendar/")
    assert "Safeconduct" not in page.content()
    assert not WorkerSession.objects.exists()
    page.goto(phone.base + "/ne/report/follow-up/case/")
    assert page.url.endswith("/follow-up/")
    assert receipt not in str([(e.subject, e.facts) for e in AuditEntry.objects.all()])


def test_case_3_her_phone_keeps_nothing_that_opens_her_grievance(phone: Phone, nadia: Any) -> None:
    phone.go("/ne/report/new/")
    phone.page.locator("input[value=WAG]").check()
    for _page in range(4):
        phone.press()
    receipt = phone.receipt()
    cookies = phone.page.context.cookies()
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" for cookie in cookies)
    assert receipt not in str(cookies)
    assert receipt not in str(phone.page.context.storage_state())


def test_case_26_a_page_that_lay_open_too_long_is_given_back_with_everything(phone: Phone, nadia: Any) -> None:
    page = phone.page
    phone.go("/ne/report/new/")
    page.locator("input[value=FEE]").check()
    phone.press()
    page.locator("input[name=employer]").fill("Northwind")
    page.context.clear_cookies()
    phone.press()
    page.locator("textarea[name=words]").fill(WORDS)
    phone.press()
    phone.tap(page.locator("main .actions .link:visible").first)
    assert page.locator("textarea[name=words]").input_value() == WORDS


@pytest.mark.parametrize("language", ["en", "ar", "my", "ne"])
def test_case_2_every_page_is_accessible_and_right_to_left_where_it_is_read_so(
    phone: Phone, nadia: Any, language: str
) -> None:
    page = phone.page
    for path in ("", "safety/", "follow-up/", "new/"):
        phone.go(f"/{language}/report/{path}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    phone.press()
    assert page.locator(".errors, .error").count() >= 1
    page.locator("input[value=OTH]").check()
    for _page in range(4):
        phone.press()
    receipt = phone.receipt()
    phone.tap(page.locator("button[name=skip]"))
    phone.tap(page.locator("button[name=leave]"))
    phone.go(f"/{language}/report/follow-up/")
    page.locator("input[name=receipt]").fill("1" + receipt[1:] if receipt[0] != "1" else "2" + receipt[1:])
    phone.press()
    page.locator("input[name=receipt]").fill(receipt)
    phone.press()
    for path in ("contact/", "withdraw/"):
        phone.go(f"/{language}/report/follow-up/{path}")
