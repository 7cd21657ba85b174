"""A real browser for journeys, and axe for the pages they touch."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    "--use-fake-device-for-media-stream",  # a microphone that hums
    "--use-fake-ui-for-media-stream",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _chromium() -> str | None:
    """Return an installed browser; None leaves the choice to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the installed browser quietly, without calls home."""
    executable = _chromium()
    extra = {"executable_path": executable} if executable else {}
    return {**browser_type_launch_args, "args": FLAGS, **extra}


@pytest.fixture(autouse=True)
def _no_outside_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a browser test that asks for anything outside this machine."""
    if "context" not in request.fixturenames:
        yield
        return
    outside: list[str] = []

    def gate(route: Any) -> None:
        url = route.request.url
        if url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            outside.append(url)
            route.abort()

    request.getfixturevalue("context").route("**/*", gate)
    yield
    assert outside == [], f"pages asked third parties: {outside}"


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Return a check that fails with axe's own words when a page has a violation."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        page.wait_for_load_state("load")  # after a click the page may be there before its stylesheet
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
        found = [(v["id"], v["help"], [n["html"] for n in v["nodes"]][:3]) for v in results.response["violations"]]
        assert found == [], f"{page.url}: {found}"

    return check


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Any, Any], None]:
    """Return a way to be signed in as a user of the cast without typing the password again."""
    from django.test import Client

    def enter(page: Any, user: Any) -> None:
        client = Client()
        client.force_login(user)
        kept = [(name, morsel.value) for name, morsel in client.cookies.items()]
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in kept])

    return enter
