"""Public pages in a real browser: accessible, mirrored, narrow, without JavaScript, without anybody else's help."""

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cms.seeding import build_site
from core.actors import SYSTEM
from recruiters.services import add_licence, register_recruiter
from tests.database import starting_from

PAGES = ["", "rights/", "rights/fees/", "guidance/due-diligence/", "news/", "statistics/", "verify/?code=77"]
WORKER_BYTES = 14 * 1024

pytestmark = pytest.mark.django_db(transaction=True)


def everest() -> None:
    build_site(with_demo=True)
    holder = register_recruiter(name="Everest Overseas", country="NP", actor=SYSTEM)
    add_licence(holder, actor=SYSTEM, number="77")


@pytest.fixture(scope="module")
def published(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The site is built once; each test starts with it as it was built."""
    with django_db_blocker.unblock(), starting_from(everest, tmp_path_factory.mktemp("world")):
        yield


@pytest.fixture
def public(published: None, live_server: Any) -> str:
    return str(live_server.url)


def reaches_beyond_the_window(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_public_pages_have_no_barrier_in_any_language_width_or_light(
    public: str, page: Any, axe: Callable[[Any], None]
) -> None:
    for language, width, scheme in (
        ("en", 1280, "light"),
        ("ar", 320, "light"),
        ("ne", 320, "dark"),
        ("ar", 1280, "dark"),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for path in PAGES:
            page.goto(f"{public}/{language}/{path}")
            axe(page)
            assert not reaches_beyond_the_window(page), page.url


def test_a_reader_without_javascript_finds_the_menu_the_languages_and_the_channel(public: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{public}/en/")
    page.locator(".to-menu").click()
    page.locator("#menu").get_by_role("link", name="Know your rights").click()
    page.get_by_role("link", name="You do not pay for a job").click()
    page.get_by_role("navigation", name="Language").get_by_role("link", name="العربيّة").click()
    assert page.url == f"{public}/ar/rights/fees/"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".masthead-report").get_attribute("href") == "/ar/report/"
    context.close()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(public: str, page: Any) -> None:
    page.goto(f"{public}/en/rights/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arabic_pages_are_laid_out_from_right_to_left(public: str, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{public}/ar/")
    brand = page.locator(".masthead .brand").bounding_box()
    report = page.locator(".masthead-report").bounding_box()
    assert brand["x"] > report["x"]


def test_the_workers_first_page_fits_into_one_window_of_the_network(public: str, page: Any) -> None:
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{public}/ne/report/", wait_until="networkidle")
    assert len(answers) <= 3, [answer.url for answer in answers]
    compressed = sum(
        len(gzip.compress(answer.body())) for answer in answers
    )  # as static files are served when deployed
    headers = sum(answer.request.sizes()["responseHeadersSize"] for answer in answers)
    assert compressed + headers < WORKER_BYTES
    assert page.locator("script").evaluate_all("all => all.map(one => one.getAttribute('src'))") == [
        "/static/grievances/worker.js"
    ]
