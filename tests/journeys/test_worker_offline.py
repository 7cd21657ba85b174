"""A worker's phone with scripts: a file in pieces over a bad line, her voice, a report that outlives a lost network."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.models import EvidenceFile
from grievances.budgets import purse
from grievances.models import DraftFile, Grievance
from tests import samples

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True),
]
WORDS = "Zebrafinch: they hold my passport"
LEFT = """async () => {
    const names = (await indexedDB.databases()).map((db) => db.name);
    return { names, local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length };
}"""
NOTHING = {"names": [], "local": 0, "session": 0, "caches": 0}
SEALED = """() => new Promise((done) => {
    const open = indexedDB.open("kept", 1);
    open.onsuccess = () => {
        const all = open.result.transaction("kept").objectStore("kept").getAll();
        all.onsuccess = async () => {
            open.result.close();
            const [kept] = all.result;
            const raw = await crypto.subtle.exportKey("raw", kept.key).then(() => true, () => false);
            const text = new TextDecoder("latin1").decode(kept.words.data);
            done({ raw, text, hours: (kept.until - Date.now()) / 36e5, names: Object.keys(kept) });
        };
    };
})"""


class Phone:
    """What Wira does; every page is checked for accessibility."""

    def __init__(self, page: Any, base: str, axe: Callable[[Any], None]) -> None:
        self.page, self.base, self.axe = page, base, axe

    def press(self) -> None:
        """Press the page's main button and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator("main form > .actions .button").first.click()

    def to_words(self) -> None:
        """Go to the page for words."""
        self.page.goto(self.base + "/en/report/new/")
        self.page.locator("input[name=codes]").first.check()
        self.press()
        self.press()
        self.page.locator("#voice-go").wait_for()

    def keep(self) -> None:
        """Tick that the phone keeps what she writes, and wait until it does."""
        self.page.locator("#keep").check()
        self.page.wait_for_function("async () => (await indexedDB.databases()).some((db) => db.name === 'kept')")

    def left(self) -> dict[str, Any]:
        """Return what this browser holds of the site, once it has finished tidying up."""
        found = {}
        for _try in range(30):
            found = dict(self.page.evaluate(LEFT))
            if found == NOTHING:
                break
            self.page.wait_for_timeout(100)
        return found

    def send_all(self) -> None:
        """Go on to the receipt."""
        self.press()
        self.press()
        self.page.locator(".receipt").wait_for()


@pytest.fixture
def phone(page: Any, live_server: Any, nadia: Any, axe: Callable[[Any], None]) -> Iterator[Phone]:
    """Return Wira's phone."""
    purse.empty()
    yield Phone(page, live_server.url, axe)
    page.context.set_offline(False)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a photo with a place in it, large enough for several pieces."""
    path = tmp_path / "passport.jpg"
    path.write_bytes(samples.photo((900, 700)) + bytes(200_000))
    return path


def test_case_28_a_photo_goes_in_pieces_and_goes_on_after_the_line_broke(phone: Phone, picture: Path) -> None:
    phone.to_words()
    page, pieces = phone.page, []

    def line(route: Any) -> None:
        pieces.append(route.request.post_data_buffer or b"")
        if len(pieces) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/report/part/", line)
    page.locator("input[name=papers]").set_input_files(picture)
    page.get_by_text("The network is gone.").wait_for()
    phone.axe(page)
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("File 1 is kept (jpg").wait_for()
    assert len(pieces) > 3
    assert sum(map(len, pieces)) < 2 * picture.stat().st_size
    page.unroute("**/report/part/")
    phone.send_all()
    file = EvidenceFile.objects.get()
    assert file.size == picture.stat().st_size
    assert file.cleaned_type == "image/jpeg"


def test_the_button_waits_for_a_file_on_its_way(phone: Phone, picture: Path) -> None:
    phone.to_words()
    held: list[Any] = []
    slow = [True]
    phone.page.route("**/report/part/", lambda route: held.append(route) if slow else route.continue_())
    phone.page.locator("input[name=papers]").set_input_files(picture)
    phone.page.locator("progress").wait_for()
    phone.page.locator("main form > .actions .button").click()
    phone.page.get_by_text("still on their way").wait_for()
    assert "Page 3" in phone.page.title()
    slow.clear()
    with phone.page.expect_navigation():
        for route in held:
            route.continue_()
    assert "Page 4" in phone.page.title()
    assert DraftFile.objects.count() == 1


def test_her_voice_is_recorded_heard_deleted_recorded_again_and_sent_and_nothing_stays(phone: Phone) -> None:
    phone.to_words()
    page = phone.page
    assert not page.locator("input[name=voice]").is_visible()
    for keep in (False, True):
        page.locator("#voice-go").click()
        page.get_by_text("Recording. Speak now.").wait_for()
        page.wait_for_function("() => document.getElementById('voice-time').textContent === '0:01'")
        phone.axe(page)
        page.locator("#voice-stop").click()
        page.locator("#voice-hear").wait_for()
        page.wait_for_function("() => document.getElementById('voice-hear').readyState > 1")
        phone.axe(page)
        page.locator("#voice-use" if keep else "#voice-drop").click()
        assert page.locator("#voice-hear").get_attribute("src") is None
    page.get_by_text("File 1 is kept (webm").wait_for()
    assert phone.left() == NOTHING
    phone.send_all()
    file = EvidenceFile.objects.get()
    assert (file.extension, file.cleaned_type, file.withheld) == ("webm", "audio/mpeg", "")


def test_without_her_tick_nothing_is_kept_on_the_phone(phone: Phone) -> None:
    phone.to_words()
    phone.page.locator("#keep-box").wait_for()
    phone.page.locator("[name=words]").fill(WORDS)
    phone.press()
    assert phone.left() == NOTHING


def test_what_she_wrote_and_chose_outlives_a_lost_network_and_a_closed_page(phone: Phone, picture: Path) -> None:
    phone.to_words()
    page = phone.page
    phone.keep()
    page.locator("[name=words]").fill(WORDS)
    page.context.set_offline(True)
    page.locator("input[name=papers]").set_input_files(picture)
    page.get_by_text("The network is gone.").wait_for()
    page.locator(".out").click()
    page.locator("main form > .actions .button").click()
    page.get_by_text("Nothing was sent and nothing is lost").wait_for()
    phone.axe(page)
    page.locator("input[name=papers]").set_input_files(picture)
    page.wait_for_function(
        """() => new Promise((done) => { const open = indexedDB.open("kept", 1); open.onsuccess = () => {
        const all = open.result.transaction("kept").objectStore("kept").getAll();
        all.onsuccess = () => { open.result.close(); done(all.result[0].files.length === 1); }; }; })"""
    )
    sealed = page.evaluate(SEALED)
    assert not sealed["raw"]
    assert "Zebrafinch" not in json.dumps(sealed)
    assert 23 < sealed["hours"] <= 24
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(phone.base + "/en/report/new/")
    page.get_by_role("button", name="Go on with it").wait_for()
    assert WORDS not in page.content()
    phone.axe(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Go on with it").click()
    assert page.locator("[name=words]").input_value() == WORDS
    page.get_by_text("File 1 is kept (jpg").wait_for()
    phone.send_all()
    page.wait_for_function("async () => !(await indexedDB.databases()).length")
    assert phone.left() == NOTHING
    assert Grievance.objects.get().files.count() == 1


@pytest.mark.parametrize("way", ["untick", "leave", "delete", "a day later"])
def test_what_is_kept_goes_when_she_says_so_leaves_or_a_day_is_over(phone: Phone, way: str) -> None:
    phone.to_words()
    page = phone.page
    phone.keep()
    page.locator("[name=words]").fill(WORDS)
    if way == "untick":
        page.locator("#keep").uncheck()
    elif way == "leave":
        with page.expect_navigation():
            page.locator("a.exit").click()
        assert "/calendar/" in page.url
    else:
        if way == "a day later":
            page.clock.install(time=page.evaluate("Date.now()") + 25 * 3_600_000)
        page.goto(phone.base + "/en/report/new/")
        if way == "delete":
            page.get_by_role("button", name="Delete it").click()
        else:
            page.locator("#keep-box").wait_for()
            assert not page.locator("#kept").is_visible()
    page.wait_for_function("async () => !(await indexedDB.databases()).length")
    assert phone.left() == NOTHING
