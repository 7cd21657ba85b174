"""The ministry officer's whole job: a list, its hits, decisions with reasons, a suspension that shows at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from core.models import AuditEntry
from recruiters.models import Licence, Screening
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LIST = """Agency;Nation;Licence number
M/S Himchuli Overseas Private Limited;Nepal;RL-0042
Meridian Crewing Holdings;Cyprus;
Blue Lantern Catering;Kenya;
;Nepal;
"""


@pytest.fixture
def himchuli(db: Any) -> Licence:
    """Return the licence that will be suspended."""
    return make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-42")


@pytest.fixture
def watched(tmp_path: Path, himchuli: Licence) -> None:
    """Bring in a watchlist on which Himchuli stands too."""
    make_watchlist(
        tmp_path,
        {"name": "Meridian Crewing Holdings", "country": "cy", "topics": ["reg.warn"]},
        {"name": "Himchuli Overseas", "country": "np", "topics": ["forced.labor"], "licence": "RL-42"},
        source="Regional debarment list",
    )


def assert_decided_beside_the_evidence(page: Any) -> None:
    """See the whole decision on an office's smaller screens without scrolling, with the names beside it."""
    before = page.viewport_size
    for width, height in ((1200, 768), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        button = page.get_by_role("button", name="Decide and show the next").bounding_box()
        names = page.locator(".sides-name").bounding_box()
        assert button["y"] + button["height"] <= height
        assert names["y"] + names["height"] <= height
        assert names["x"] + names["width"] <= button["x"]
    page.set_viewport_size(before)


def test_farah_screens_a_list_decides_its_hits_and_suspends_a_licence(
    page: Any, live_server: Any, axe: Callable[[Any], None], sign_in: Any, farah: Any, himchuli: Licence, watched: None
) -> None:
    sign_in(page, farah)
    page.goto(f"{live_server.url}/workspace/")
    assert page.url.endswith("/workspace/recruiters/")
    axe(page)

    # She brings the list, and sees what the columns were taken for before anything is compared.
    page.get_by_role("link", name="Screen a list").click()
    axe(page)
    page.get_by_label("Title").fill("Agencies for the Gulf")
    page.get_by_label("File").set_input_files(
        {"name": "agencies.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Go on to the columns").click()
    assert page.locator("#id_name").input_value() == "Agency"
    assert page.locator("#id_country").input_value() == "Nation"
    assert "M/S Himchuli" in page.content()
    assert page.locator("dl.read-figures div", has_text="cannot be screened").locator("dd").inner_text() == "1"
    axe(page)

    # A wrong column is seen at once, and put right; nothing ran meanwhile.
    page.locator("#id_name").select_option("Licence number")
    page.locator("#id_licence_number").select_option("")
    page.get_by_role("button", name="Look again, do not start").click()
    assert page.locator("dl.read-figures div", has_text="cannot be screened").locator("dd").inner_text() == "3"
    assert Screening.objects.get(kind="upload").rows.count() == 0
    page.locator("#id_name").select_option("Agency")
    page.locator("#id_licence_number").select_option("Licence number")
    page.get_by_role("button", name="Start the screening").click()

    page.wait_for_selector("text=Outcomes")
    screening = Screening.objects.get(kind="upload")
    assert screening.counts == {"match": 2, "clear": 1, "not_screened": 1}
    assert "the row has no name" in page.content()
    axe(page)

    # The gravest hit comes first: a severe one, which two people decide. Three keys, and the next one is there.
    with page.expect_navigation():
        page.get_by_role("link", name="Decide 2 hits").click()
    assert "Himchuli Overseas" in page.content()
    assert "Regional debarment list" in page.content()
    assert "The same licence" in page.content()
    assert "two people decide" in page.content()
    axe(page)
    assert_decided_beside_the_evidence(page)
    page.keyboard.press("t")
    assert page.locator("#id_reason_true_same_identifier").is_checked()
    with page.expect_navigation():
        page.keyboard.press("1")
    assert "Meridian Crewing Holdings" in page.content()
    severe = screening.hits.get(gravity="severe")
    assert severe.state == "awaiting_second"

    # She looks back at it, takes it back with one key, and decides it again.
    with page.expect_navigation():
        page.keyboard.press("z")
    assert "Your decision was taken back" in page.content()
    severe.refresh_from_db()
    assert severe.state == "open"
    page.keyboard.press("t")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Meridian Crewing Holdings" in page.content()

    # The second: a false one, with a reason in words. A decision without a reason is refused, and what she chose stays.
    page.locator("#id_answer_1").check()
    page.locator("[data-answer=false] input[name=reason_code]:checked").evaluate("input => { input.checked = false }")
    page.get_by_role("button", name="Decide and show the next").click()
    assert page.get_by_role("alert").is_visible()
    assert page.locator("#id_answer_1").is_checked()
    axe(page)
    page.get_by_label("Another trade or sector").check()
    page.get_by_role("textbox", name="In words").fill("A shipping company, no recruiter.")
    page.get_by_role("button", name="Decide and show the next").click()
    page.wait_for_selector("text=Outcomes")
    assert screening.hits.get(gravity="attention").state == "false"

    # A colleague finds the severe one in her queue and agrees.
    second = make_user("fatima", "ministry_officer", display_name="Fatima")
    sign_in(page, second)
    page.goto(f"{live_server.url}/workspace/recruiters/screenings/queue/?screening={screening.ref}")
    axe(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Begin with the first").click()
    assert "Farah" in page.content()
    page.keyboard.press("t")
    with page.expect_navigation():
        page.keyboard.press("1")
    page.wait_for_selector("text=Outcomes")
    severe.refresh_from_db()
    assert severe.state == "true"

    # Farah suspends the licence with an order; without its number she cannot.
    sign_in(page, farah)
    page.goto(f"{live_server.url}/workspace/recruiters/register/?q=himchuli")
    axe(page)
    page.get_by_role("link", name="Himchuli Overseas Pvt. Ltd.").click()
    axe(page)
    page.get_by_role("link", name="Suspend").click()
    axe(page)
    page.get_by_label("Reason", exact=True).select_option("fees_charged")
    page.get_by_role("button", name="Suspend").click()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Number of the order").fill("ORD-2026-117")
    page.get_by_role("button", name="Suspend").click()
    assert "Suspended" in page.locator("#licences ~ section").first.inner_text()
    assert "ORD-2026-117" in page.content()
    axe(page)

    # A worker looks it up, in two languages, without signing in and without JavaScript's help.
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/en/recruiters/?q=himchuli")
    assert "Suspended" in page.locator("table").inner_text()
    axe(page)
    page.get_by_role("link", name="Himchuli Overseas Pvt. Ltd.").click()
    assert "Licence suspended since" in page.content()
    assert "ORD-2026-117" in page.content()
    assert "debarment" not in page.content()
    axe(page)
    page.goto(page.url.replace("/en/", "/ar/"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    axe(page)

    assert not himchuli.valid_on(timezone.localdate())
    told = AuditEntry.objects.filter(verb__in=("screening.hit_decided", "licence.suspended"))
    assert list(told.values_list("verb", flat=True)) == ["screening.hit_decided"] * 4 + ["licence.suspended"]
    assert "shipping" not in str(list(told.values_list("facts", flat=True)))
