"""On a phone the workspace's places stand in a row that scrolls: it begins where the reader is."""

from typing import Any

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IN_SIGHT = """() => {
  const row = document.querySelector('.sidenav').getBoundingClientRect();
  const here = document.querySelector('.sidenav [aria-current=page]').getBoundingClientRect();
  return here.left >= row.left - 1 && here.right <= row.right + 1;
}"""
PEEKS = """() => {
  const row = document.querySelector('.sidenav').getBoundingClientRect();
  const before = document.querySelector('.sidenav-here').previousElementSibling.getBoundingClientRect();
  return before.right > row.left + 8 && before.left < row.right - 8;
}"""
LAST = "() => { const all = [...document.querySelectorAll('.sidenav a')]; return all.at(-1).href; }"


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_row_of_places_begins_where_the_reader_is(
    page: Any, live_server: Any, sign_in: Any, nadia: Any, language: str
) -> None:
    sign_in(page, nadia)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/workspace/grievances/")
    assert page.evaluate("document.querySelector('.sidenav').scrollWidth") > 360
    assert page.evaluate(IN_SIGHT)
    with page.expect_navigation():
        page.locator(".sidenav a[href$='/indicators/']").click()
    page.wait_for_function(IN_SIGHT)
    assert page.evaluate(PEEKS), "that places come before is seen too"
    page.goto(page.evaluate(LAST))
    page.wait_for_function(IN_SIGHT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("scrollY") == 0
    page.set_viewport_size({"width": 1280, "height": 300})
    page.reload()
    assert page.evaluate("scrollY") == 0
