"""On a phone the workspace's places stand in a row that scrolls: where the reader is stays in sight."""

from typing import Any

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IN_SIGHT = """() => {
  const row = document.querySelector('.sidenav').getBoundingClientRect();
  const here = document.querySelector('.sidenav [aria-current=page]').getBoundingClientRect();
  const top = document.elementFromPoint((here.left + here.right) / 2, (here.top + here.bottom) / 2);
  return here.left >= row.left - 1 && here.right <= row.right + 1 && top.matches('[aria-current=page]');
}"""
SCROLL = "far => { const row = document.querySelector('.sidenav'); row.scrollLeft = far; return row.scrollLeft; }"


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
@pytest.mark.parametrize(("language", "sign"), [("en", 1), ("ar", -1)])
def test_on_a_phone_the_present_place_is_in_sight_however_far_the_row_is_scrolled(
    page: Any, live_server: Any, sign_in: Any, nadia: Any, language: str, sign: int
) -> None:
    sign_in(page, nadia)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/workspace/grievances/indicators/")
    assert page.evaluate("document.querySelector('.sidenav').scrollWidth") > 360
    assert page.evaluate(IN_SIGHT)
    assert page.evaluate(SCROLL, sign * 9999) != 0
    assert page.evaluate(IN_SIGHT)
    page.locator(".sidenav a").first.focus()  # what has the focus is never behind the present place
    assert page.evaluate(IN_SIGHT.replace("[aria-current=page]", "a:focus"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
