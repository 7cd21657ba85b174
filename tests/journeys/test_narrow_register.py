"""The recruiters' pages on the narrowest screens: 320 px, which is also a desk's screen enlarged to 400 per cent."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LISTS = (
    *("dashboard", "register", "new", "ending", "loads", "load_new", "screenings", "screening_new", "hit_queue"),
    *("watchlists", "watchlist_load", "applications", "disputes", "claims", "appeals", "assessments", "fees"),
    "fee_rules",
)
PUBLIC = (
    "/en/recruiters/",
    "/ar/recruiters/",
    "/en/recruiters/fee-check/",
    "/ne/recruiters/?q=himchali+intrnational",
    "/ar/recruiters/?q=himchuli",
    "/my/recruiters/contract-check/",
    "/en/verify/",
)


def assert_fits(page: Any) -> None:
    """Find nothing to the side of the screen."""
    found = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert found[0] <= found[1], page.url


def test_no_page_of_the_register_is_wider_than_the_screen_and_a_phone_can_sort(
    page: Any, live_server: Any, sign_in: Any, farah: Any, tmp_path: Path
) -> None:
    recruiter = make_recruiter("Himchuli Overseas International Manpower and Placement Services Private Limited")
    make_licence(recruiter, number="2210/079/080-KATHMANDU-METROPOLITAN")
    make_recruiter("Himchuli Overseas")
    make_watchlist(tmp_path, {"name": "Orion Shipping", "topics": ["poi"]}, source="Second")
    hit = make_screening(farah, {"name": "Orion Shipping"}).hits.get()
    page.set_viewport_size({"width": 320, "height": 256})
    for address in (*PUBLIC, f"/en/recruiters/{recruiter.ref}/"):
        page.goto(live_server.url + address)
        assert_fits(page)
    sign_in(page, farah)
    staff = [reverse(f"recruiters:{name}") for name in LISTS]
    for address in (*staff, hit.get_absolute_url(), recruiter.get_absolute_url()):
        page.goto(live_server.url + address)
        assert_fits(page)

    # The heads that sort are out of sight here: they take no focus, and a list of its own does their work.
    page.goto(live_server.url + reverse("recruiters:register"))
    head = page.locator("thead a").first
    assert not head.is_visible()
    assert head.evaluate("link => { link.focus(); return document.activeElement !== link }")
    page.locator(".list-order summary").click()
    with page.expect_navigation():
        page.locator(".list-order").get_by_role("link", name="Term ends").click()
    assert page.url.endswith("?sort=expires")
    assert_fits(page)
